-- The last interval of a deal is found by its deal. With this the indexes of
-- parts of texts come, which are made from the descriptions: see substring.go.

-- +goose Up

DROP INDEX funnel_deal;
CREATE INDEX funnel_deal ON funnel (deal_id, to_day, id);
