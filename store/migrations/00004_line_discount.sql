-- A discount of a line may be given as a sum; what it takes off is kept either
-- way.

-- +goose Up

ALTER TABLE proposal_variants_lines ADD COLUMN discount_sum BIGINT NOT NULL DEFAULT 0;
ALTER TABLE proposal_variants_lines ADD COLUMN discount_fixed BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE proposal_variants_lines SET discount_sum = (price * quantity + 500) / 1000 - amount WHERE heading = FALSE;
