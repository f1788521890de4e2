-- What the base keeps beside records: who did what, numbers, views, and the
-- register of the funnel. Words in braces are what the engines say
-- differently: see dialect.go.

-- +goose Up

-- Settings of the base.
CREATE TABLE setting (
	name {text} PRIMARY KEY,
	value {text} NOT NULL
);

-- Settings of a user: tabs, columns, language.
CREATE TABLE preference (
	user_id BIGINT NOT NULL,
	name {text} NOT NULL,
	value {text} NOT NULL,
	PRIMARY KEY (user_id, name)
);

-- Saved filters with their columns. columns, widths, sort are JSON.
CREATE TABLE saved_view (
	id {id},
	kind {text} NOT NULL,
	name {text} NOT NULL,
	condition {text} NOT NULL,
	columns {text} NOT NULL,
	widths {text} NOT NULL,
	sort {text} NOT NULL,
	group_by {text} NOT NULL,
	layout {text} NOT NULL,
	shared BOOLEAN NOT NULL,
	owner_id BIGINT NOT NULL,
	place BIGINT NOT NULL
);
CREATE INDEX saved_view_kind ON saved_view (kind, place);

-- The last number given in a series; year is 0 where numbers go on for ever.
CREATE TABLE series (
	kind {text} NOT NULL,
	year BIGINT NOT NULL,
	last BIGINT NOT NULL,
	PRIMARY KEY (kind, year)
);

-- One row for each save: fields is JSON, all that changed.
CREATE TABLE history (
	id {id},
	kind {text} NOT NULL,
	record_id BIGINT NOT NULL,
	at BIGINT NOT NULL,
	user_id BIGINT NOT NULL,
	action {text} NOT NULL,
	batch_id BIGINT NOT NULL,
	fields {text} NOT NULL
);
CREATE INDEX history_record ON history (kind, record_id, id);
CREATE INDEX history_at ON history (at);

-- What was saved, in order, for the other windows.
CREATE TABLE changes (
	id {id},
	kind {text} NOT NULL,
	record_id BIGINT NOT NULL
);

-- What was done together, and each record as it was before: NULL for a record
-- that the batch made.
CREATE TABLE batch (
	id {id},
	at BIGINT NOT NULL,
	user_id BIGINT NOT NULL,
	label {text} NOT NULL,
	records BIGINT NOT NULL,
	undone_at BIGINT
);
CREATE TABLE batch_item (
	id {id},
	batch_id BIGINT NOT NULL,
	kind {text} NOT NULL,
	record_id BIGINT NOT NULL,
	version BIGINT NOT NULL,
	before {text}
);
CREATE INDEX batch_item_batch ON batch_item (batch_id, id);

-- The funnel, a journal of intervals: this deal stood in this stage from a day
-- to a day (9999-12-31 while it still does), with this amount. entry says that
-- it came into the stage then; other rows are changes while it stood there.
-- A row is never rewritten, but closed, or made void; binned says that it is
-- void for as long as its deal is in the bin. since_day is when it came into the
-- stage; an entry also keeps the stage that the deal came from and since when it
-- had stood there, so that durations and conversions need one scan. A deal stands in a stage at the
-- end of day D when from_day <= D < to_day.
CREATE TABLE funnel (
	id {id},
	deal_id BIGINT NOT NULL,
	process_id BIGINT NOT NULL,
	stage_id BIGINT NOT NULL,
	from_day BIGINT NOT NULL,
	to_day BIGINT NOT NULL,
	from_at BIGINT NOT NULL,
	to_at BIGINT,
	since_day BIGINT NOT NULL,
	from_stage_id BIGINT,
	from_since BIGINT,
	amount BIGINT NOT NULL,
	currency {text} NOT NULL,
	amount_base BIGINT NOT NULL,
	weighted BIGINT NOT NULL,
	probability BIGINT NOT NULL,
	client_id BIGINT,
	manager_id BIGINT,
	department_id BIGINT,
	organization_id BIGINT,
	region_id BIGINT,
	segment_id BIGINT,
	project_id BIGINT,
	source_id BIGINT,
	reason_id BIGINT,
	entry BOOLEAN NOT NULL,
	entered_by BIGINT NOT NULL,
	imported BOOLEAN NOT NULL,
	void BOOLEAN NOT NULL DEFAULT FALSE,
	binned BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE INDEX funnel_deal ON funnel (deal_id, id);
CREATE INDEX funnel_day ON funnel (to_day, from_day, stage_id, since_day, amount_base, weighted, deal_id, process_id) WHERE void = FALSE;
CREATE INDEX funnel_entries ON funnel (from_day, stage_id, from_stage_id, from_since, amount_base, weighted, deal_id, process_id) WHERE entry = TRUE AND void = FALSE;
