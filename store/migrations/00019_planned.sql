-- Activities that were given another day: what was planned on a past day. Said so
-- that SQLite does not choose the index by kind, which leads to every save.

-- +goose Up

CREATE INDEX history_due ON history (at) WHERE kind || '' = 'activity' AND action <> 'create' AND fields LIKE '%"f":"due"%';
