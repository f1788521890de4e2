-- For which client a proposal was asked to be approved: approval for one is none
-- for another.

-- +goose Up

ALTER TABLE approval ADD COLUMN client_id BIGINT {ref client};
UPDATE approval SET client_id = (SELECT p.client_id FROM proposal p WHERE p.id = approval.proposal_id);

{fk approval client_id client}

CREATE INDEX approval_client_id ON approval (client_id, marked);
