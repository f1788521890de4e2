-- Lists in the order of ids, and of one state, without reading the rows.

-- +goose Up

CREATE INDEX deal_live ON deal (id) WHERE marked = FALSE;
CREATE INDEX deal_state ON deal (state, client_id, amount_base) WHERE marked = FALSE;
CREATE INDEX proposal_live ON proposal (id) WHERE marked = FALSE;
CREATE INDEX proposal_status ON proposal (status, client_id, amount_base) WHERE marked = FALSE;
CREATE INDEX revision_live ON revision (id) WHERE marked = FALSE;
CREATE INDEX letter_live ON letter (id) WHERE marked = FALSE;
CREATE INDEX approval_live ON approval (id) WHERE marked = FALSE;
