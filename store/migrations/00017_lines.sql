-- Kits: products made of products. Lines of a proposal that are options or
-- notes, the parts of a kit in a line, and terms of a variant's own.

-- +goose Up

ALTER TABLE proposal_variants ADD COLUMN payment_terms {text} NOT NULL DEFAULT '';
ALTER TABLE proposal_variants ADD COLUMN payment_terms_search {text} NOT NULL DEFAULT '';
ALTER TABLE proposal_variants ADD COLUMN delivery_terms {text} NOT NULL DEFAULT '';
ALTER TABLE proposal_variants ADD COLUMN delivery_terms_search {text} NOT NULL DEFAULT '';
ALTER TABLE proposal_variants ADD COLUMN warranty {text} NOT NULL DEFAULT '';
ALTER TABLE proposal_variants ADD COLUMN warranty_search {text} NOT NULL DEFAULT '';
ALTER TABLE proposal_variants ADD COLUMN options_sum BIGINT NOT NULL DEFAULT 0;
ALTER TABLE proposal_variants_lines ADD COLUMN note BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE proposal_variants_lines ADD COLUMN optional BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE proposal_variants_lines ADD COLUMN taken BOOLEAN NOT NULL DEFAULT FALSE;

CREATE TABLE product_parts (
	id {id},
	owner_id BIGINT NOT NULL {ref product},
	position BIGINT NOT NULL,
	product_id BIGINT {ref product},
	quantity BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE proposal_variants_lines_parts (
	id {id},
	owner_id BIGINT NOT NULL {ref proposal_variants_lines},
	position BIGINT NOT NULL,
	product_id BIGINT {ref product},
	text {text} NOT NULL DEFAULT '',
	text_sort {bytes},
	text_search {text} NOT NULL DEFAULT '',
	article {text} NOT NULL DEFAULT '',
	article_sort {bytes},
	article_search {text} NOT NULL DEFAULT '',
	quantity BIGINT NOT NULL DEFAULT 0,
	unit {text} NOT NULL DEFAULT '',
	unit_sort {bytes},
	unit_search {text} NOT NULL DEFAULT '',
	vat {text} NOT NULL DEFAULT '',
	price BIGINT NOT NULL DEFAULT 0,
	cost BIGINT NOT NULL DEFAULT 0
);

{fk product_parts owner_id product}
{fk product_parts product_id product}
{fk proposal_variants_lines_parts owner_id proposal_variants_lines}
{fk proposal_variants_lines_parts product_id product}
CREATE INDEX product_parts_owner ON product_parts (owner_id, position);
CREATE INDEX product_parts_product_id ON product_parts (product_id);
CREATE INDEX proposal_variants_lines_parts_owner ON proposal_variants_lines_parts (owner_id, position);
CREATE INDEX proposal_variants_lines_parts_product_id ON proposal_variants_lines_parts (product_id);
