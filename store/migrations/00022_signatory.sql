-- Who signs for a client; which of the program's files a template was made of.

-- +goose Up

ALTER TABLE client ADD COLUMN signatory {text} NOT NULL DEFAULT '';
ALTER TABLE client ADD COLUMN signatory_sort {bytes};
ALTER TABLE client ADD COLUMN signatory_search {text} NOT NULL DEFAULT '';
ALTER TABLE client ADD COLUMN signatory_post {text} NOT NULL DEFAULT '';
ALTER TABLE client ADD COLUMN signatory_post_sort {bytes};
ALTER TABLE client ADD COLUMN signatory_post_search {text} NOT NULL DEFAULT '';
ALTER TABLE client ADD COLUMN signatory_basis {text} NOT NULL DEFAULT '';
ALTER TABLE client ADD COLUMN signatory_basis_sort {bytes};
ALTER TABLE client ADD COLUMN signatory_basis_search {text} NOT NULL DEFAULT '';
ALTER TABLE template ADD COLUMN shipped {text} NOT NULL DEFAULT '';
ALTER TABLE template ADD COLUMN made {text} NOT NULL DEFAULT '';
