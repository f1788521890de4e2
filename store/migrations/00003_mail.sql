-- What letters need beside their records: package mail/outbox reads and writes
-- these tables.

-- +goose Up

-- The exact bytes of a letter, kept apart so that lists stay small.
CREATE TABLE letter_bytes (
	id {id},
	data {bytes} NOT NULL
);

-- Mail accounts of users; 0 is the program itself. Secrets are not here.
CREATE TABLE mail_account (
	id {id},
	version BIGINT NOT NULL,
	user_id BIGINT NOT NULL,
	address {text} NOT NULL,
	name {text} NOT NULL,
	host {text} NOT NULL,
	port BIGINT NOT NULL,
	security {text} NOT NULL,
	auth {text} NOT NULL,
	login {text} NOT NULL,
	client_id {text} NOT NULL,
	exposed BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX mail_account_user ON mail_account (user_id, address);
