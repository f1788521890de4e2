-- Invoices: from an accepted proposal, in whole or in part, or made by hand.

-- +goose Up

CREATE TABLE invoice (
	id {id},
	version BIGINT NOT NULL,
	marked BOOLEAN NOT NULL DEFAULT FALSE,
	number {text} NOT NULL DEFAULT '',
	number_sort {bytes},
	number_search {text} NOT NULL DEFAULT '',
	created BIGINT,
	changed BIGINT,
	date BIGINT,
	status {text} NOT NULL DEFAULT '',
	client_id BIGINT {ref client},
	contact_id BIGINT {ref contact},
	deal_id BIGINT {ref deal},
	subject {text} NOT NULL DEFAULT '',
	subject_sort {bytes},
	subject_search {text} NOT NULL DEFAULT '',
	amount BIGINT,
	amount_currency {text} NOT NULL DEFAULT '',
	amount_base BIGINT,
	vat BIGINT NOT NULL DEFAULT 0,
	discount BIGINT NOT NULL DEFAULT 0,
	margin BIGINT NOT NULL DEFAULT 0,
	pay_until BIGINT,
	proposal_id BIGINT {ref proposal},
	variant {text} NOT NULL DEFAULT '',
	variant_sort {bytes},
	variant_search {text} NOT NULL DEFAULT '',
	revision BIGINT NOT NULL DEFAULT 0,
	manager_id BIGINT {ref employee},
	department_id BIGINT {ref department},
	source_id BIGINT {ref source},
	organization_id BIGINT {ref organization},
	language {text} NOT NULL DEFAULT '',
	vat_mode {text} NOT NULL DEFAULT '',
	currency {text} NOT NULL DEFAULT '',
	currency_search {text} NOT NULL DEFAULT '',
	rate BIGINT NOT NULL DEFAULT 0,
	payment_terms {text} NOT NULL DEFAULT '',
	payment_terms_search {text} NOT NULL DEFAULT '',
	note {text} NOT NULL DEFAULT '',
	note_search {text} NOT NULL DEFAULT '',
	signatory_id BIGINT {ref employee},
	template_id BIGINT {ref template},
	issued_at BIGINT,
	cancelled_at BIGINT,
	cancel_words {text} NOT NULL DEFAULT '',
	cancel_words_sort {bytes},
	cancel_words_search {text} NOT NULL DEFAULT '',
	gross BIGINT NOT NULL DEFAULT 0,
	net BIGINT NOT NULL DEFAULT 0,
	total BIGINT NOT NULL DEFAULT 0,
	cost_sum BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE invoice_lines (
	id {id},
	owner_id BIGINT NOT NULL {ref invoice},
	position BIGINT NOT NULL,
	product_id BIGINT {ref product},
	text {text} NOT NULL DEFAULT '',
	text_sort {bytes},
	text_search {text} NOT NULL DEFAULT '',
	article {text} NOT NULL DEFAULT '',
	article_sort {bytes},
	article_search {text} NOT NULL DEFAULT '',
	heading BOOLEAN NOT NULL DEFAULT FALSE,
	note BOOLEAN NOT NULL DEFAULT FALSE,
	quantity BIGINT NOT NULL DEFAULT 0,
	unit {text} NOT NULL DEFAULT '',
	unit_sort {bytes},
	unit_search {text} NOT NULL DEFAULT '',
	price BIGINT NOT NULL DEFAULT 0,
	discount BIGINT NOT NULL DEFAULT 0,
	vat {text} NOT NULL DEFAULT '',
	discount_sum BIGINT NOT NULL DEFAULT 0,
	discount_fixed BOOLEAN NOT NULL DEFAULT FALSE,
	cost BIGINT NOT NULL DEFAULT 0,
	amount BIGINT NOT NULL DEFAULT 0,
	vat_amount BIGINT NOT NULL DEFAULT 0,
	total BIGINT NOT NULL DEFAULT 0,
	bills BIGINT NOT NULL DEFAULT 0
);

ALTER TABLE letter ADD COLUMN invoice_id BIGINT {ref invoice};

{fk invoice client_id client}
{fk invoice contact_id contact}
{fk invoice deal_id deal}
{fk invoice proposal_id proposal}
{fk invoice manager_id employee}
{fk invoice department_id department}
{fk invoice source_id source}
{fk invoice organization_id organization}
{fk invoice signatory_id employee}
{fk invoice template_id template}
{fk invoice_lines owner_id invoice}
{fk invoice_lines product_id product}
{fk letter invoice_id invoice}

CREATE INDEX invoice_number ON invoice (number_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX invoice_number_down ON invoice (number_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX invoice_number_search ON invoice (number_search);
CREATE INDEX invoice_created ON invoice (created) WHERE marked = FALSE;
CREATE INDEX invoice_date ON invoice (date) WHERE marked = FALSE;
{postgresql CREATE INDEX invoice_date_down ON invoice (date DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX invoice_client_id ON invoice (client_id, marked);
CREATE INDEX invoice_contact_id ON invoice (contact_id, marked);
CREATE INDEX invoice_deal_id ON invoice (deal_id, marked);
CREATE INDEX invoice_subject ON invoice (subject_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX invoice_subject_down ON invoice (subject_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX invoice_subject_search ON invoice (subject_search);
CREATE INDEX invoice_amount ON invoice (amount_base) WHERE marked = FALSE;
{postgresql CREATE INDEX invoice_amount_down ON invoice (amount_base DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX invoice_pay_until ON invoice (pay_until) WHERE marked = FALSE;
{postgresql CREATE INDEX invoice_pay_until_down ON invoice (pay_until DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX invoice_proposal_id ON invoice (proposal_id, marked);
CREATE INDEX invoice_manager_id ON invoice (manager_id, marked);
CREATE INDEX invoice_department_id ON invoice (department_id, marked);
CREATE INDEX invoice_source_id ON invoice (source_id, marked);
CREATE INDEX invoice_organization_id ON invoice (organization_id, marked);
CREATE INDEX invoice_signatory_id ON invoice (signatory_id, marked);
CREATE INDEX invoice_template_id ON invoice (template_id, marked);
CREATE INDEX invoice_issued_at ON invoice (issued_at) WHERE marked = FALSE;
{postgresql CREATE INDEX invoice_issued_at_down ON invoice (issued_at DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX invoice_cancelled_at ON invoice (cancelled_at) WHERE marked = FALSE;
{postgresql CREATE INDEX invoice_cancelled_at_down ON invoice (cancelled_at DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX invoice_bin ON invoice (changed) WHERE marked = TRUE;
CREATE INDEX invoice_live ON invoice (id) WHERE marked = FALSE;
CREATE INDEX invoice_status ON invoice (status, client_id, amount_base) WHERE marked = FALSE;
CREATE INDEX invoice_lines_owner ON invoice_lines (owner_id, position);
CREATE INDEX invoice_lines_product_id ON invoice_lines (product_id);
CREATE INDEX letter_invoice_id ON letter (invoice_id, marked);
