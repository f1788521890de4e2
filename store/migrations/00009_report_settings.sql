-- Saved settings of reports.

-- +goose Up

-- settings is JSON, by the names that package reports gives them.
CREATE TABLE report_settings (
	id {id},
	report {text} NOT NULL,
	name {text} NOT NULL,
	settings {text} NOT NULL,
	shared BOOLEAN NOT NULL,
	owner_id BIGINT NOT NULL
);
CREATE INDEX report_settings_report ON report_settings (report, id);
