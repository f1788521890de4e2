-- Where deals stand now, in the order in which the funnel groups them; inquiries
-- that wait for an answer; what was saved of a kind since a day.

-- The plus keeps SQLite from choosing the index by days for the funnel: it does
-- not know how many intervals end on the far one.

-- +goose Up

CREATE INDEX funnel_now ON funnel (stage_id, since_day, from_day, amount_base, weighted, deal_id, process_id, to_day) WHERE +to_day = 2932896 AND void = FALSE;
CREATE INDEX inquiry_waiting ON inquiry (given_to_id, day) WHERE outcome = '' AND marked = FALSE;
DROP INDEX history_at;
CREATE INDEX history_kind ON history (kind, at);
