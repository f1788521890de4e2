-- What a batch came from and what it did, for the journal of imports; which of
-- its records were undone, for those edited since may be kept at first.

-- +goose Up

ALTER TABLE batch ADD COLUMN origin {text} NOT NULL DEFAULT '';
ALTER TABLE batch ADD COLUMN details {text} NOT NULL DEFAULT '';
ALTER TABLE batch_item ADD COLUMN undone BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX batch_origin ON batch (origin, id);
