-- Whose turn it is to approve, and what letters told; which revision the client
-- accepted; where deals follow their proposals.

-- +goose Up

ALTER TABLE approval ADD COLUMN passed_by_id BIGINT {ref employee};
ALTER TABLE approval ADD COLUMN turn_at BIGINT;
ALTER TABLE approval ADD COLUMN told BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE approval ADD COLUMN answered BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE proposal ADD COLUMN accepted_revision BIGINT NOT NULL DEFAULT 0;
ALTER TABLE process ADD COLUMN sent_stage_id BIGINT {ref stage};
ALTER TABLE process ADD COLUMN accepted_stage_id BIGINT {ref stage};

{fk approval passed_by_id employee}
{fk process sent_stage_id stage}
{fk process accepted_stage_id stage}

-- What was asked before is not written about any more.
UPDATE approval SET passed_by_id = asked_by_id, told = TRUE, answered = TRUE;
UPDATE approval SET turn_at = asked_at WHERE state <> 'waiting' OR step =
	(SELECT MIN(a.step) FROM approval a WHERE a.proposal_id = approval.proposal_id AND a.state = 'waiting' AND a.marked = FALSE);
UPDATE proposal SET accepted_revision = revision WHERE status = 'accepted';

CREATE INDEX approval_passed_by_id ON approval (passed_by_id, marked);
CREATE INDEX approval_turn_at ON approval (turn_at) WHERE marked = FALSE;
{postgresql CREATE INDEX approval_turn_at_down ON approval (turn_at DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX process_sent_stage_id ON process (sent_stage_id, marked);
CREATE INDEX process_accepted_stage_id ON process (accepted_stage_id, marked);
CREATE INDEX approval_untold ON approval (id) WHERE answered = FALSE AND marked = FALSE;
CREATE INDEX approval_waiting ON approval (proposal_id) WHERE state = 'waiting' AND marked = FALSE;
