-- Revisions of proposals, rules of approval with their answers, and the figures
-- of a proposal that rules ask for.

-- +goose Up

ALTER TABLE product ADD COLUMN floor BIGINT;
ALTER TABLE product ADD COLUMN floor_currency {text} NOT NULL DEFAULT '';
ALTER TABLE product ADD COLUMN floor_base BIGINT;
ALTER TABLE proposal ADD COLUMN revision BIGINT NOT NULL DEFAULT 0;
ALTER TABLE proposal ADD COLUMN sent_revision BIGINT NOT NULL DEFAULT 0;
ALTER TABLE proposal ADD COLUMN kept BIGINT NOT NULL DEFAULT 0;
ALTER TABLE proposal ADD COLUMN kept_digest {text} NOT NULL DEFAULT '';
ALTER TABLE proposal ADD COLUMN returned BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE proposal ADD COLUMN discount_share BIGINT NOT NULL DEFAULT 0;
ALTER TABLE proposal ADD COLUMN top_discount BIGINT NOT NULL DEFAULT 0;
ALTER TABLE proposal ADD COLUMN margin_share BIGINT NOT NULL DEFAULT 0;
ALTER TABLE proposal ADD COLUMN below_floor BIGINT NOT NULL DEFAULT 0;
ALTER TABLE proposal ADD COLUMN standard_terms BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE proposal SET revision = 1;

CREATE TABLE revision (
	id {id},
	version BIGINT NOT NULL,
	marked BOOLEAN NOT NULL DEFAULT FALSE,
	number {text} NOT NULL DEFAULT '',
	number_sort {bytes},
	number_search {text} NOT NULL DEFAULT '',
	created BIGINT,
	changed BIGINT,
	proposal_id BIGINT {ref proposal},
	no BIGINT NOT NULL DEFAULT 0,
	at BIGINT,
	author_id BIGINT {ref employee},
	reason {text} NOT NULL DEFAULT '',
	words {text} NOT NULL DEFAULT '',
	words_sort {bytes},
	words_search {text} NOT NULL DEFAULT '',
	approved_at BIGINT,
	sent_at BIGINT,
	superseded BOOLEAN NOT NULL DEFAULT FALSE,
	valid_until BIGINT,
	amount BIGINT,
	amount_currency {text} NOT NULL DEFAULT '',
	amount_base BIGINT,
	discount BIGINT NOT NULL DEFAULT 0,
	margin BIGINT NOT NULL DEFAULT 0,
	digest {text} NOT NULL DEFAULT '',
	data {bytes}
);

CREATE TABLE approval_rule (
	id {id},
	version BIGINT NOT NULL,
	marked BOOLEAN NOT NULL DEFAULT FALSE,
	number {text} NOT NULL DEFAULT '',
	number_sort {bytes},
	number_search {text} NOT NULL DEFAULT '',
	created BIGINT,
	changed BIGINT,
	name {text} NOT NULL DEFAULT '',
	name_sort {bytes},
	name_search {text} NOT NULL DEFAULT '',
	active BOOLEAN NOT NULL DEFAULT FALSE,
	"order" BIGINT NOT NULL DEFAULT 0,
	"when" {text} NOT NULL DEFAULT '',
	when_search {text} NOT NULL DEFAULT '',
	approver {text} NOT NULL DEFAULT '',
	person_id BIGINT {ref employee},
	role {text} NOT NULL DEFAULT '',
	own BOOLEAN NOT NULL DEFAULT FALSE
);

CREATE TABLE approval (
	id {id},
	version BIGINT NOT NULL,
	marked BOOLEAN NOT NULL DEFAULT FALSE,
	number {text} NOT NULL DEFAULT '',
	number_sort {bytes},
	number_search {text} NOT NULL DEFAULT '',
	created BIGINT,
	changed BIGINT,
	proposal_id BIGINT {ref proposal},
	revision BIGINT NOT NULL DEFAULT 0,
	rule_id BIGINT {ref approval_rule},
	step BIGINT NOT NULL DEFAULT 0,
	approver_id BIGINT {ref employee},
	role {text} NOT NULL DEFAULT '',
	state {text} NOT NULL DEFAULT '',
	asked_by_id BIGINT {ref employee},
	asked_at BIGINT,
	decided_by_id BIGINT {ref employee},
	decided_at BIGINT,
	words {text} NOT NULL DEFAULT '',
	words_search {text} NOT NULL DEFAULT '',
	comment {text} NOT NULL DEFAULT '',
	comment_search {text} NOT NULL DEFAULT '',
	total BIGINT,
	total_currency {text} NOT NULL DEFAULT '',
	total_base BIGINT,
	discount_share BIGINT NOT NULL DEFAULT 0,
	top_discount BIGINT NOT NULL DEFAULT 0,
	margin_share BIGINT NOT NULL DEFAULT 0,
	below_floor BIGINT NOT NULL DEFAULT 0,
	terms {text} NOT NULL DEFAULT '',
	terms_search {text} NOT NULL DEFAULT '',
	standard_terms BOOLEAN NOT NULL DEFAULT FALSE
);

{fk revision proposal_id proposal}
{fk revision author_id employee}
{fk approval_rule person_id employee}
{fk approval proposal_id proposal}
{fk approval rule_id approval_rule}
{fk approval approver_id employee}
{fk approval asked_by_id employee}
{fk approval decided_by_id employee}

CREATE INDEX revision_number ON revision (number_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX revision_number_down ON revision (number_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX revision_number_search ON revision (number_search);
CREATE INDEX revision_created ON revision (created) WHERE marked = FALSE;
CREATE INDEX revision_proposal_id ON revision (proposal_id, marked);
CREATE INDEX revision_at ON revision (at) WHERE marked = FALSE;
{postgresql CREATE INDEX revision_at_down ON revision (at DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX revision_author_id ON revision (author_id, marked);
CREATE INDEX revision_approved_at ON revision (approved_at) WHERE marked = FALSE;
{postgresql CREATE INDEX revision_approved_at_down ON revision (approved_at DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX revision_sent_at ON revision (sent_at) WHERE marked = FALSE;
{postgresql CREATE INDEX revision_sent_at_down ON revision (sent_at DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX revision_valid_until ON revision (valid_until) WHERE marked = FALSE;
{postgresql CREATE INDEX revision_valid_until_down ON revision (valid_until DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX revision_bin ON revision (changed) WHERE marked = TRUE;
CREATE INDEX approval_rule_number ON approval_rule (number_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX approval_rule_number_down ON approval_rule (number_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX approval_rule_number_search ON approval_rule (number_search);
CREATE INDEX approval_rule_created ON approval_rule (created) WHERE marked = FALSE;
CREATE INDEX approval_rule_name ON approval_rule (name_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX approval_rule_name_down ON approval_rule (name_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX approval_rule_name_search ON approval_rule (name_search);
CREATE INDEX approval_rule_person_id ON approval_rule (person_id, marked);
CREATE INDEX approval_rule_bin ON approval_rule (changed) WHERE marked = TRUE;
CREATE INDEX approval_created ON approval (created) WHERE marked = FALSE;
CREATE INDEX approval_proposal_id ON approval (proposal_id, marked);
CREATE INDEX approval_rule_id ON approval (rule_id, marked);
CREATE INDEX approval_approver_id ON approval (approver_id, marked);
CREATE INDEX approval_asked_by_id ON approval (asked_by_id, marked);
CREATE INDEX approval_asked_at ON approval (asked_at) WHERE marked = FALSE;
{postgresql CREATE INDEX approval_asked_at_down ON approval (asked_at DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX approval_decided_by_id ON approval (decided_by_id, marked);
CREATE INDEX approval_decided_at ON approval (decided_at) WHERE marked = FALSE;
{postgresql CREATE INDEX approval_decided_at_down ON approval (decided_at DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX approval_bin ON approval (changed) WHERE marked = TRUE;
