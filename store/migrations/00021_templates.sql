-- What a template makes of a document, for which documents it is chosen, and
-- every file that it ever had.

-- +goose Up

ALTER TABLE template ADD COLUMN form {text} NOT NULL DEFAULT '';
ALTER TABLE template ADD COLUMN "when" {text} NOT NULL DEFAULT '';
ALTER TABLE template ADD COLUMN when_search {text} NOT NULL DEFAULT '';
ALTER TABLE template ADD COLUMN "order" BIGINT NOT NULL DEFAULT 0;
UPDATE template SET form = 'proposal', "order" = 1;

CREATE TABLE template_version (
	id {id},
	version BIGINT NOT NULL,
	marked BOOLEAN NOT NULL DEFAULT FALSE,
	number {text} NOT NULL DEFAULT '',
	number_sort {bytes},
	number_search {text} NOT NULL DEFAULT '',
	created BIGINT,
	changed BIGINT,
	template_id BIGINT {ref template},
	no BIGINT NOT NULL DEFAULT 0,
	at BIGINT,
	author_id BIGINT {ref employee},
	reason {text} NOT NULL DEFAULT '',
	size BIGINT NOT NULL DEFAULT 0,
	file {bytes}
);

{fk template_version template_id template}
{fk template_version author_id employee}

CREATE INDEX template_version_created ON template_version (created) WHERE marked = FALSE;
CREATE INDEX template_version_template_id ON template_version (template_id, marked);
CREATE INDEX template_version_at ON template_version (at) WHERE marked = FALSE;
{postgresql CREATE INDEX template_version_at_down ON template_version (at DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX template_version_author_id ON template_version (author_id, marked);
CREATE INDEX template_version_bin ON template_version (changed) WHERE marked = TRUE;
CREATE INDEX template_version_live ON template_version (id) WHERE marked = FALSE;
