-- Tables of records as the first version of the program had them; what came
-- later stands in migrations of its own.
-- Words in braces are what the engines say differently: see dialect.go.

-- +goose Up

CREATE TABLE organization (
	id {id},
	version BIGINT NOT NULL,
	marked BOOLEAN NOT NULL DEFAULT FALSE,
	number {text} NOT NULL DEFAULT '',
	number_sort {bytes},
	number_search {text} NOT NULL DEFAULT '',
	created BIGINT,
	changed BIGINT,
	name {text} NOT NULL DEFAULT '',
	name_sort {bytes},
	name_search {text} NOT NULL DEFAULT '',
	full_name {text} NOT NULL DEFAULT '',
	full_name_sort {bytes},
	full_name_search {text} NOT NULL DEFAULT '',
	code {text} NOT NULL DEFAULT '',
	code_search {text} NOT NULL DEFAULT '',
	tax {text} NOT NULL DEFAULT '',
	ipn {text} NOT NULL DEFAULT '',
	ipn_search {text} NOT NULL DEFAULT '',
	main BOOLEAN NOT NULL DEFAULT FALSE,
	address {text} NOT NULL DEFAULT '',
	address_sort {bytes},
	address_search {text} NOT NULL DEFAULT '',
	phone {text} NOT NULL DEFAULT '',
	phone_search {text} NOT NULL DEFAULT '',
	email {text} NOT NULL DEFAULT '',
	email_search {text} NOT NULL DEFAULT '',
	website {text} NOT NULL DEFAULT '',
	website_search {text} NOT NULL DEFAULT '',
	signatory {text} NOT NULL DEFAULT '',
	signatory_sort {bytes},
	signatory_search {text} NOT NULL DEFAULT '',
	signatory_post {text} NOT NULL DEFAULT '',
	signatory_post_sort {bytes},
	signatory_post_search {text} NOT NULL DEFAULT '',
	signatory_basis {text} NOT NULL DEFAULT '',
	signatory_basis_sort {bytes},
	signatory_basis_search {text} NOT NULL DEFAULT '',
	logo {bytes},
	stamp {bytes},
	signature {bytes}
);

CREATE TABLE organization_accounts (
	id {id},
	owner_id BIGINT NOT NULL {ref organization},
	position BIGINT NOT NULL,
	iban {text} NOT NULL DEFAULT '',
	iban_search {text} NOT NULL DEFAULT '',
	bank {text} NOT NULL DEFAULT '',
	bank_sort {bytes},
	bank_search {text} NOT NULL DEFAULT '',
	currency {text} NOT NULL DEFAULT '',
	currency_search {text} NOT NULL DEFAULT '',
	main BOOLEAN NOT NULL DEFAULT FALSE
);

CREATE TABLE department (
	id {id},
	version BIGINT NOT NULL,
	marked BOOLEAN NOT NULL DEFAULT FALSE,
	number {text} NOT NULL DEFAULT '',
	number_sort {bytes},
	number_search {text} NOT NULL DEFAULT '',
	created BIGINT,
	changed BIGINT,
	name {text} NOT NULL DEFAULT '',
	name_sort {bytes},
	name_search {text} NOT NULL DEFAULT '',
	parent_id BIGINT {ref department},
	head_id BIGINT {ref employee}
);

CREATE TABLE employee (
	id {id},
	version BIGINT NOT NULL,
	marked BOOLEAN NOT NULL DEFAULT FALSE,
	number {text} NOT NULL DEFAULT '',
	number_sort {bytes},
	number_search {text} NOT NULL DEFAULT '',
	created BIGINT,
	changed BIGINT,
	name {text} NOT NULL DEFAULT '',
	name_sort {bytes},
	name_search {text} NOT NULL DEFAULT '',
	post {text} NOT NULL DEFAULT '',
	post_sort {bytes},
	post_search {text} NOT NULL DEFAULT '',
	department_id BIGINT {ref department},
	phone {text} NOT NULL DEFAULT '',
	phone_search {text} NOT NULL DEFAULT '',
	email {text} NOT NULL DEFAULT '',
	email_search {text} NOT NULL DEFAULT '',
	active BOOLEAN NOT NULL DEFAULT FALSE
);

CREATE TABLE "user" (
	id {id},
	version BIGINT NOT NULL,
	marked BOOLEAN NOT NULL DEFAULT FALSE,
	number {text} NOT NULL DEFAULT '',
	number_sort {bytes},
	number_search {text} NOT NULL DEFAULT '',
	created BIGINT,
	changed BIGINT,
	name {text} NOT NULL DEFAULT '',
	name_sort {bytes},
	name_search {text} NOT NULL DEFAULT '',
	employee_id BIGINT {ref employee},
	role {text} NOT NULL DEFAULT '',
	password {text} NOT NULL DEFAULT '',
	active BOOLEAN NOT NULL DEFAULT FALSE
);

CREATE TABLE region (
	id {id},
	version BIGINT NOT NULL,
	marked BOOLEAN NOT NULL DEFAULT FALSE,
	number {text} NOT NULL DEFAULT '',
	number_sort {bytes},
	number_search {text} NOT NULL DEFAULT '',
	created BIGINT,
	changed BIGINT,
	name {text} NOT NULL DEFAULT '',
	name_sort {bytes},
	name_search {text} NOT NULL DEFAULT '',
	parent_id BIGINT {ref region}
);

CREATE TABLE segment (
	id {id},
	version BIGINT NOT NULL,
	marked BOOLEAN NOT NULL DEFAULT FALSE,
	number {text} NOT NULL DEFAULT '',
	number_sort {bytes},
	number_search {text} NOT NULL DEFAULT '',
	created BIGINT,
	changed BIGINT,
	name {text} NOT NULL DEFAULT '',
	name_sort {bytes},
	name_search {text} NOT NULL DEFAULT '',
	active BOOLEAN NOT NULL DEFAULT FALSE
);

CREATE TABLE source (
	id {id},
	version BIGINT NOT NULL,
	marked BOOLEAN NOT NULL DEFAULT FALSE,
	number {text} NOT NULL DEFAULT '',
	number_sort {bytes},
	number_search {text} NOT NULL DEFAULT '',
	created BIGINT,
	changed BIGINT,
	name {text} NOT NULL DEFAULT '',
	name_sort {bytes},
	name_search {text} NOT NULL DEFAULT '',
	active BOOLEAN NOT NULL DEFAULT FALSE
);

CREATE TABLE project (
	id {id},
	version BIGINT NOT NULL,
	marked BOOLEAN NOT NULL DEFAULT FALSE,
	number {text} NOT NULL DEFAULT '',
	number_sort {bytes},
	number_search {text} NOT NULL DEFAULT '',
	created BIGINT,
	changed BIGINT,
	name {text} NOT NULL DEFAULT '',
	name_sort {bytes},
	name_search {text} NOT NULL DEFAULT '',
	"from" BIGINT,
	"to" BIGINT,
	active BOOLEAN NOT NULL DEFAULT FALSE
);

CREATE TABLE currency (
	id {id},
	version BIGINT NOT NULL,
	marked BOOLEAN NOT NULL DEFAULT FALSE,
	number {text} NOT NULL DEFAULT '',
	number_sort {bytes},
	number_search {text} NOT NULL DEFAULT '',
	created BIGINT,
	changed BIGINT,
	name {text} NOT NULL DEFAULT '',
	name_sort {bytes},
	name_search {text} NOT NULL DEFAULT '',
	symbol {text} NOT NULL DEFAULT '',
	symbol_sort {bytes},
	symbol_search {text} NOT NULL DEFAULT '',
	base BOOLEAN NOT NULL DEFAULT FALSE
);

CREATE TABLE rate (
	id {id},
	version BIGINT NOT NULL,
	marked BOOLEAN NOT NULL DEFAULT FALSE,
	number {text} NOT NULL DEFAULT '',
	number_sort {bytes},
	number_search {text} NOT NULL DEFAULT '',
	created BIGINT,
	changed BIGINT,
	currency_id BIGINT {ref currency},
	"on" BIGINT,
	rate BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE snippet (
	id {id},
	version BIGINT NOT NULL,
	marked BOOLEAN NOT NULL DEFAULT FALSE,
	number {text} NOT NULL DEFAULT '',
	number_sort {bytes},
	number_search {text} NOT NULL DEFAULT '',
	created BIGINT,
	changed BIGINT,
	name {text} NOT NULL DEFAULT '',
	name_sort {bytes},
	name_search {text} NOT NULL DEFAULT '',
	usage {text} NOT NULL DEFAULT '',
	language {text} NOT NULL DEFAULT '',
	"default" BOOLEAN NOT NULL DEFAULT FALSE,
	text {text} NOT NULL DEFAULT '',
	text_search {text} NOT NULL DEFAULT ''
);

CREATE TABLE template (
	id {id},
	version BIGINT NOT NULL,
	marked BOOLEAN NOT NULL DEFAULT FALSE,
	number {text} NOT NULL DEFAULT '',
	number_sort {bytes},
	number_search {text} NOT NULL DEFAULT '',
	created BIGINT,
	changed BIGINT,
	name {text} NOT NULL DEFAULT '',
	name_sort {bytes},
	name_search {text} NOT NULL DEFAULT '',
	"for" {text} NOT NULL DEFAULT '',
	language {text} NOT NULL DEFAULT '',
	"default" BOOLEAN NOT NULL DEFAULT FALSE,
	file {bytes}
);

CREATE TABLE client (
	id {id},
	version BIGINT NOT NULL,
	marked BOOLEAN NOT NULL DEFAULT FALSE,
	number {text} NOT NULL DEFAULT '',
	number_sort {bytes},
	number_search {text} NOT NULL DEFAULT '',
	created BIGINT,
	changed BIGINT,
	name {text} NOT NULL DEFAULT '',
	name_sort {bytes},
	name_search {text} NOT NULL DEFAULT '',
	form {text} NOT NULL DEFAULT '',
	full_name {text} NOT NULL DEFAULT '',
	full_name_sort {bytes},
	full_name_search {text} NOT NULL DEFAULT '',
	code {text} NOT NULL DEFAULT '',
	code_search {text} NOT NULL DEFAULT '',
	ipn {text} NOT NULL DEFAULT '',
	ipn_search {text} NOT NULL DEFAULT '',
	phone {text} NOT NULL DEFAULT '',
	phone_search {text} NOT NULL DEFAULT '',
	phone_e164 {text} NOT NULL DEFAULT '',
	email {text} NOT NULL DEFAULT '',
	email_search {text} NOT NULL DEFAULT '',
	website {text} NOT NULL DEFAULT '',
	website_search {text} NOT NULL DEFAULT '',
	manager_id BIGINT {ref employee},
	region_id BIGINT {ref region},
	segment_id BIGINT {ref segment},
	source_id BIGINT {ref source},
	language {text} NOT NULL DEFAULT '',
	note {text} NOT NULL DEFAULT '',
	note_search {text} NOT NULL DEFAULT '',
	name_key {text} NOT NULL DEFAULT ''
);

CREATE TABLE client_addresses (
	id {id},
	owner_id BIGINT NOT NULL {ref client},
	position BIGINT NOT NULL,
	usage {text} NOT NULL DEFAULT '',
	text {text} NOT NULL DEFAULT '',
	text_sort {bytes},
	text_search {text} NOT NULL DEFAULT ''
);

CREATE TABLE client_phones (
	id {id},
	owner_id BIGINT NOT NULL {ref client},
	position BIGINT NOT NULL,
	phone {text} NOT NULL DEFAULT '',
	phone_search {text} NOT NULL DEFAULT '',
	e164 {text} NOT NULL DEFAULT '',
	note {text} NOT NULL DEFAULT '',
	note_sort {bytes},
	note_search {text} NOT NULL DEFAULT ''
);

CREATE TABLE client_emails (
	id {id},
	owner_id BIGINT NOT NULL {ref client},
	position BIGINT NOT NULL,
	email {text} NOT NULL DEFAULT '',
	email_search {text} NOT NULL DEFAULT '',
	note {text} NOT NULL DEFAULT '',
	note_sort {bytes},
	note_search {text} NOT NULL DEFAULT ''
);

CREATE TABLE client_accounts (
	id {id},
	owner_id BIGINT NOT NULL {ref client},
	position BIGINT NOT NULL,
	iban {text} NOT NULL DEFAULT '',
	iban_search {text} NOT NULL DEFAULT '',
	bank {text} NOT NULL DEFAULT '',
	bank_sort {bytes},
	bank_search {text} NOT NULL DEFAULT ''
);

CREATE TABLE client_segments (
	id {id},
	owner_id BIGINT NOT NULL {ref client},
	position BIGINT NOT NULL,
	segment_id BIGINT {ref segment}
);

CREATE TABLE contact (
	id {id},
	version BIGINT NOT NULL,
	marked BOOLEAN NOT NULL DEFAULT FALSE,
	number {text} NOT NULL DEFAULT '',
	number_sort {bytes},
	number_search {text} NOT NULL DEFAULT '',
	created BIGINT,
	changed BIGINT,
	name {text} NOT NULL DEFAULT '',
	name_sort {bytes},
	name_search {text} NOT NULL DEFAULT '',
	client_id BIGINT {ref client},
	post {text} NOT NULL DEFAULT '',
	post_sort {bytes},
	post_search {text} NOT NULL DEFAULT '',
	phone {text} NOT NULL DEFAULT '',
	phone_search {text} NOT NULL DEFAULT '',
	phone_e164 {text} NOT NULL DEFAULT '',
	email {text} NOT NULL DEFAULT '',
	email_search {text} NOT NULL DEFAULT '',
	birthday BIGINT,
	main BOOLEAN NOT NULL DEFAULT FALSE,
	note {text} NOT NULL DEFAULT '',
	note_search {text} NOT NULL DEFAULT ''
);

CREATE TABLE contact_phones (
	id {id},
	owner_id BIGINT NOT NULL {ref contact},
	position BIGINT NOT NULL,
	phone {text} NOT NULL DEFAULT '',
	phone_search {text} NOT NULL DEFAULT '',
	e164 {text} NOT NULL DEFAULT '',
	note {text} NOT NULL DEFAULT '',
	note_sort {bytes},
	note_search {text} NOT NULL DEFAULT ''
);

CREATE TABLE contact_emails (
	id {id},
	owner_id BIGINT NOT NULL {ref contact},
	position BIGINT NOT NULL,
	email {text} NOT NULL DEFAULT '',
	email_search {text} NOT NULL DEFAULT '',
	note {text} NOT NULL DEFAULT '',
	note_sort {bytes},
	note_search {text} NOT NULL DEFAULT ''
);

CREATE TABLE product_group (
	id {id},
	version BIGINT NOT NULL,
	marked BOOLEAN NOT NULL DEFAULT FALSE,
	number {text} NOT NULL DEFAULT '',
	number_sort {bytes},
	number_search {text} NOT NULL DEFAULT '',
	created BIGINT,
	changed BIGINT,
	name {text} NOT NULL DEFAULT '',
	name_sort {bytes},
	name_search {text} NOT NULL DEFAULT '',
	parent_id BIGINT {ref product_group}
);

CREATE TABLE unit (
	id {id},
	version BIGINT NOT NULL,
	marked BOOLEAN NOT NULL DEFAULT FALSE,
	number {text} NOT NULL DEFAULT '',
	number_sort {bytes},
	number_search {text} NOT NULL DEFAULT '',
	created BIGINT,
	changed BIGINT,
	name {text} NOT NULL DEFAULT '',
	name_sort {bytes},
	name_search {text} NOT NULL DEFAULT '',
	full_name {text} NOT NULL DEFAULT '',
	full_name_sort {bytes},
	full_name_search {text} NOT NULL DEFAULT ''
);

CREATE TABLE product (
	id {id},
	version BIGINT NOT NULL,
	marked BOOLEAN NOT NULL DEFAULT FALSE,
	number {text} NOT NULL DEFAULT '',
	number_sort {bytes},
	number_search {text} NOT NULL DEFAULT '',
	created BIGINT,
	changed BIGINT,
	name {text} NOT NULL DEFAULT '',
	name_sort {bytes},
	name_search {text} NOT NULL DEFAULT '',
	article {text} NOT NULL DEFAULT '',
	article_sort {bytes},
	article_search {text} NOT NULL DEFAULT '',
	barcode {text} NOT NULL DEFAULT '',
	barcode_sort {bytes},
	barcode_search {text} NOT NULL DEFAULT '',
	group_id BIGINT {ref product_group},
	unit_id BIGINT {ref unit},
	service BOOLEAN NOT NULL DEFAULT FALSE,
	vat {text} NOT NULL DEFAULT '',
	price BIGINT,
	price_currency {text} NOT NULL DEFAULT '',
	price_base BIGINT,
	cost BIGINT,
	cost_currency {text} NOT NULL DEFAULT '',
	cost_base BIGINT,
	active BOOLEAN NOT NULL DEFAULT FALSE,
	description {text} NOT NULL DEFAULT '',
	description_search {text} NOT NULL DEFAULT '',
	picture {bytes}
);

CREATE TABLE process (
	id {id},
	version BIGINT NOT NULL,
	marked BOOLEAN NOT NULL DEFAULT FALSE,
	number {text} NOT NULL DEFAULT '',
	number_sort {bytes},
	number_search {text} NOT NULL DEFAULT '',
	created BIGINT,
	changed BIGINT,
	name {text} NOT NULL DEFAULT '',
	name_sort {bytes},
	name_search {text} NOT NULL DEFAULT '',
	active BOOLEAN NOT NULL DEFAULT FALSE,
	note {text} NOT NULL DEFAULT '',
	note_search {text} NOT NULL DEFAULT ''
);

CREATE TABLE stage (
	id {id},
	version BIGINT NOT NULL,
	marked BOOLEAN NOT NULL DEFAULT FALSE,
	number {text} NOT NULL DEFAULT '',
	number_sort {bytes},
	number_search {text} NOT NULL DEFAULT '',
	created BIGINT,
	changed BIGINT,
	name {text} NOT NULL DEFAULT '',
	name_sort {bytes},
	name_search {text} NOT NULL DEFAULT '',
	process_id BIGINT {ref process},
	"order" BIGINT NOT NULL DEFAULT 0,
	kind {text} NOT NULL DEFAULT '',
	probability BIGINT NOT NULL DEFAULT 0,
	expected_days BIGINT NOT NULL DEFAULT 0,
	colour {text} NOT NULL DEFAULT '',
	colour_search {text} NOT NULL DEFAULT '',
	funnel_row {text} NOT NULL DEFAULT '',
	funnel_row_sort {bytes},
	funnel_row_search {text} NOT NULL DEFAULT '',
	advice {text} NOT NULL DEFAULT '',
	advice_search {text} NOT NULL DEFAULT ''
);

CREATE TABLE loss_reason (
	id {id},
	version BIGINT NOT NULL,
	marked BOOLEAN NOT NULL DEFAULT FALSE,
	number {text} NOT NULL DEFAULT '',
	number_sort {bytes},
	number_search {text} NOT NULL DEFAULT '',
	created BIGINT,
	changed BIGINT,
	name {text} NOT NULL DEFAULT '',
	name_sort {bytes},
	name_search {text} NOT NULL DEFAULT '',
	needs_words BOOLEAN NOT NULL DEFAULT FALSE,
	active BOOLEAN NOT NULL DEFAULT FALSE
);

CREATE TABLE inquiry (
	id {id},
	version BIGINT NOT NULL,
	marked BOOLEAN NOT NULL DEFAULT FALSE,
	number {text} NOT NULL DEFAULT '',
	number_sort {bytes},
	number_search {text} NOT NULL DEFAULT '',
	created BIGINT,
	changed BIGINT,
	at BIGINT,
	day BIGINT,
	channel {text} NOT NULL DEFAULT '',
	phone {text} NOT NULL DEFAULT '',
	phone_search {text} NOT NULL DEFAULT '',
	phone_e164 {text} NOT NULL DEFAULT '',
	caller {text} NOT NULL DEFAULT '',
	caller_sort {bytes},
	caller_search {text} NOT NULL DEFAULT '',
	email {text} NOT NULL DEFAULT '',
	email_search {text} NOT NULL DEFAULT '',
	wanted {text} NOT NULL DEFAULT '',
	wanted_search {text} NOT NULL DEFAULT '',
	client_id BIGINT {ref client},
	contact_id BIGINT {ref contact},
	source_id BIGINT {ref source},
	taken_by_id BIGINT {ref employee},
	given_to_id BIGINT {ref employee},
	answered_at BIGINT,
	outcome {text} NOT NULL DEFAULT '',
	deal_id BIGINT {ref deal}
);

CREATE TABLE activity_result (
	id {id},
	version BIGINT NOT NULL,
	marked BOOLEAN NOT NULL DEFAULT FALSE,
	number {text} NOT NULL DEFAULT '',
	number_sort {bytes},
	number_search {text} NOT NULL DEFAULT '',
	created BIGINT,
	changed BIGINT,
	name {text} NOT NULL DEFAULT '',
	name_sort {bytes},
	name_search {text} NOT NULL DEFAULT '',
	counts BOOLEAN NOT NULL DEFAULT FALSE,
	active BOOLEAN NOT NULL DEFAULT FALSE
);

CREATE TABLE activity (
	id {id},
	version BIGINT NOT NULL,
	marked BOOLEAN NOT NULL DEFAULT FALSE,
	number {text} NOT NULL DEFAULT '',
	number_sort {bytes},
	number_search {text} NOT NULL DEFAULT '',
	created BIGINT,
	changed BIGINT,
	type {text} NOT NULL DEFAULT '',
	subject {text} NOT NULL DEFAULT '',
	subject_sort {bytes},
	subject_search {text} NOT NULL DEFAULT '',
	due BIGINT,
	hour {text} NOT NULL DEFAULT '',
	hour_search {text} NOT NULL DEFAULT '',
	client_id BIGINT {ref client},
	contact_id BIGINT {ref contact},
	deal_id BIGINT {ref deal},
	proposal_id BIGINT {ref proposal},
	assignee_id BIGINT {ref employee},
	author_id BIGINT {ref employee},
	done BOOLEAN NOT NULL DEFAULT FALSE,
	done_at BIGINT,
	result_id BIGINT {ref activity_result},
	words {text} NOT NULL DEFAULT '',
	words_sort {bytes},
	words_search {text} NOT NULL DEFAULT '',
	note {text} NOT NULL DEFAULT '',
	note_search {text} NOT NULL DEFAULT ''
);

CREATE TABLE deal (
	id {id},
	version BIGINT NOT NULL,
	marked BOOLEAN NOT NULL DEFAULT FALSE,
	number {text} NOT NULL DEFAULT '',
	number_sort {bytes},
	number_search {text} NOT NULL DEFAULT '',
	created BIGINT,
	changed BIGINT,
	subject {text} NOT NULL DEFAULT '',
	subject_sort {bytes},
	subject_search {text} NOT NULL DEFAULT '',
	client_id BIGINT {ref client},
	contact_id BIGINT {ref contact},
	process_id BIGINT {ref process},
	stage_id BIGINT {ref stage},
	state {text} NOT NULL DEFAULT '',
	amount BIGINT,
	amount_currency {text} NOT NULL DEFAULT '',
	amount_base BIGINT,
	amount_fixed BOOLEAN NOT NULL DEFAULT FALSE,
	probability BIGINT NOT NULL DEFAULT 0,
	probability_fixed BOOLEAN NOT NULL DEFAULT FALSE,
	closes BIGINT,
	manager_id BIGINT {ref employee},
	department_id BIGINT {ref department},
	organization_id BIGINT {ref organization},
	project_id BIGINT {ref project},
	source_id BIGINT {ref source},
	inquiry_id BIGINT {ref inquiry},
	region_id BIGINT {ref region},
	segment_id BIGINT {ref segment},
	opened BIGINT,
	stage_since BIGINT,
	closed BIGINT,
	loss_reason_id BIGINT {ref loss_reason},
	loss_words {text} NOT NULL DEFAULT '',
	loss_words_sort {bytes},
	loss_words_search {text} NOT NULL DEFAULT '',
	note {text} NOT NULL DEFAULT '',
	note_search {text} NOT NULL DEFAULT ''
);

CREATE TABLE deal_products (
	id {id},
	owner_id BIGINT NOT NULL {ref deal},
	position BIGINT NOT NULL,
	product_id BIGINT {ref product},
	quantity BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE proposal (
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
	valid_until BIGINT,
	importance {text} NOT NULL DEFAULT '',
	manager_id BIGINT {ref employee},
	department_id BIGINT {ref department},
	organization_id BIGINT {ref organization},
	language {text} NOT NULL DEFAULT '',
	vat_mode {text} NOT NULL DEFAULT '',
	currency {text} NOT NULL DEFAULT '',
	currency_search {text} NOT NULL DEFAULT '',
	rate BIGINT NOT NULL DEFAULT 0,
	addressee {text} NOT NULL DEFAULT '',
	addressee_sort {bytes},
	addressee_search {text} NOT NULL DEFAULT '',
	intro {text} NOT NULL DEFAULT '',
	intro_search {text} NOT NULL DEFAULT '',
	payment_terms {text} NOT NULL DEFAULT '',
	payment_terms_search {text} NOT NULL DEFAULT '',
	delivery_terms {text} NOT NULL DEFAULT '',
	delivery_terms_search {text} NOT NULL DEFAULT '',
	warranty {text} NOT NULL DEFAULT '',
	warranty_search {text} NOT NULL DEFAULT '',
	signatory_id BIGINT {ref employee},
	template_id BIGINT {ref template},
	sent_at BIGINT,
	answered_at BIGINT,
	decline_reason_id BIGINT {ref loss_reason},
	decline_words {text} NOT NULL DEFAULT '',
	decline_words_sort {bytes},
	decline_words_search {text} NOT NULL DEFAULT ''
);

CREATE TABLE proposal_variants (
	id {id},
	owner_id BIGINT NOT NULL {ref proposal},
	position BIGINT NOT NULL,
	name {text} NOT NULL DEFAULT '',
	name_sort {bytes},
	name_search {text} NOT NULL DEFAULT '',
	recommended BOOLEAN NOT NULL DEFAULT FALSE,
	accepted BOOLEAN NOT NULL DEFAULT FALSE,
	note {text} NOT NULL DEFAULT '',
	note_search {text} NOT NULL DEFAULT '',
	gross BIGINT NOT NULL DEFAULT 0,
	discount_sum BIGINT NOT NULL DEFAULT 0,
	net BIGINT NOT NULL DEFAULT 0,
	vat_sum BIGINT NOT NULL DEFAULT 0,
	total BIGINT NOT NULL DEFAULT 0,
	cost_sum BIGINT NOT NULL DEFAULT 0,
	margin BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE proposal_variants_lines (
	id {id},
	owner_id BIGINT NOT NULL {ref proposal_variants},
	position BIGINT NOT NULL,
	product_id BIGINT {ref product},
	text {text} NOT NULL DEFAULT '',
	text_sort {bytes},
	text_search {text} NOT NULL DEFAULT '',
	article {text} NOT NULL DEFAULT '',
	article_sort {bytes},
	article_search {text} NOT NULL DEFAULT '',
	heading BOOLEAN NOT NULL DEFAULT FALSE,
	quantity BIGINT NOT NULL DEFAULT 0,
	unit {text} NOT NULL DEFAULT '',
	unit_sort {bytes},
	unit_search {text} NOT NULL DEFAULT '',
	price BIGINT NOT NULL DEFAULT 0,
	discount BIGINT NOT NULL DEFAULT 0,
	vat {text} NOT NULL DEFAULT '',
	cost BIGINT NOT NULL DEFAULT 0,
	amount BIGINT NOT NULL DEFAULT 0,
	vat_amount BIGINT NOT NULL DEFAULT 0,
	total BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE letter (
	id {id},
	version BIGINT NOT NULL,
	marked BOOLEAN NOT NULL DEFAULT FALSE,
	number {text} NOT NULL DEFAULT '',
	number_sort {bytes},
	number_search {text} NOT NULL DEFAULT '',
	created BIGINT,
	changed BIGINT,
	subject {text} NOT NULL DEFAULT '',
	subject_sort {bytes},
	subject_search {text} NOT NULL DEFAULT '',
	addressees {text} NOT NULL DEFAULT '',
	addressees_search {text} NOT NULL DEFAULT '',
	state {text} NOT NULL DEFAULT '',
	queued BIGINT,
	due BIGINT,
	ended BIGINT,
	attempts BIGINT NOT NULL DEFAULT 0,
	user_id BIGINT {ref "user"},
	client_id BIGINT {ref client},
	contact_id BIGINT {ref contact},
	deal_id BIGINT {ref deal},
	proposal_id BIGINT {ref proposal},
	sender {text} NOT NULL DEFAULT '',
	sender_sort {bytes},
	sender_search {text} NOT NULL DEFAULT '',
	message_id {text} NOT NULL DEFAULT '',
	message_id_sort {bytes},
	message_id_search {text} NOT NULL DEFAULT '',
	size BIGINT NOT NULL DEFAULT 0,
	account BIGINT NOT NULL DEFAULT 0,
	data BIGINT NOT NULL DEFAULT 0,
	sha256 {text} NOT NULL DEFAULT '',
	why {text} NOT NULL DEFAULT '',
	token {text} NOT NULL DEFAULT '',
	lease BIGINT
);

CREATE TABLE letter_recipients (
	id {id},
	owner_id BIGINT NOT NULL {ref letter},
	position BIGINT NOT NULL,
	address {text} NOT NULL DEFAULT '',
	address_sort {bytes},
	address_search {text} NOT NULL DEFAULT '',
	stage {text} NOT NULL DEFAULT '',
	at BIGINT,
	code BIGINT NOT NULL DEFAULT 0,
	enhanced {text} NOT NULL DEFAULT '',
	enhanced_sort {bytes},
	enhanced_search {text} NOT NULL DEFAULT '',
	reply {text} NOT NULL DEFAULT '',
	reply_search {text} NOT NULL DEFAULT '',
	why {text} NOT NULL DEFAULT ''
);

{fk organization_accounts owner_id organization}
{fk department parent_id department}
{fk department head_id employee}
{fk employee department_id department}
{fk "user" employee_id employee}
{fk region parent_id region}
{fk rate currency_id currency}
{fk client manager_id employee}
{fk client region_id region}
{fk client segment_id segment}
{fk client source_id source}
{fk client_addresses owner_id client}
{fk client_phones owner_id client}
{fk client_emails owner_id client}
{fk client_accounts owner_id client}
{fk client_segments owner_id client}
{fk client_segments segment_id segment}
{fk contact client_id client}
{fk contact_phones owner_id contact}
{fk contact_emails owner_id contact}
{fk product_group parent_id product_group}
{fk product group_id product_group}
{fk product unit_id unit}
{fk stage process_id process}
{fk inquiry client_id client}
{fk inquiry contact_id contact}
{fk inquiry source_id source}
{fk inquiry taken_by_id employee}
{fk inquiry given_to_id employee}
{fk inquiry deal_id deal}
{fk activity client_id client}
{fk activity contact_id contact}
{fk activity deal_id deal}
{fk activity proposal_id proposal}
{fk activity assignee_id employee}
{fk activity author_id employee}
{fk activity result_id activity_result}
{fk deal client_id client}
{fk deal contact_id contact}
{fk deal process_id process}
{fk deal stage_id stage}
{fk deal manager_id employee}
{fk deal department_id department}
{fk deal organization_id organization}
{fk deal project_id project}
{fk deal source_id source}
{fk deal inquiry_id inquiry}
{fk deal region_id region}
{fk deal segment_id segment}
{fk deal loss_reason_id loss_reason}
{fk deal_products owner_id deal}
{fk deal_products product_id product}
{fk proposal client_id client}
{fk proposal contact_id contact}
{fk proposal deal_id deal}
{fk proposal manager_id employee}
{fk proposal department_id department}
{fk proposal organization_id organization}
{fk proposal signatory_id employee}
{fk proposal template_id template}
{fk proposal decline_reason_id loss_reason}
{fk proposal_variants owner_id proposal}
{fk proposal_variants_lines owner_id proposal_variants}
{fk proposal_variants_lines product_id product}
{fk letter user_id "user"}
{fk letter client_id client}
{fk letter contact_id contact}
{fk letter deal_id deal}
{fk letter proposal_id proposal}
{fk letter_recipients owner_id letter}

CREATE INDEX organization_number ON organization (number_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX organization_number_down ON organization (number_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX organization_number_search ON organization (number_search);
CREATE INDEX organization_created ON organization (created) WHERE marked = FALSE;
CREATE INDEX organization_name ON organization (name_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX organization_name_down ON organization (name_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX organization_name_search ON organization (name_search);
CREATE INDEX organization_code ON organization (code, marked);
CREATE INDEX organization_code_search ON organization (code_search);
CREATE INDEX organization_email ON organization (email, marked);
CREATE INDEX organization_email_search ON organization (email_search);
CREATE INDEX organization_bin ON organization (changed) WHERE marked = TRUE;

CREATE INDEX organization_accounts_owner ON organization_accounts (owner_id, position);

CREATE INDEX department_number ON department (number_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX department_number_down ON department (number_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX department_number_search ON department (number_search);
CREATE INDEX department_created ON department (created) WHERE marked = FALSE;
CREATE INDEX department_name ON department (name_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX department_name_down ON department (name_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX department_name_search ON department (name_search);
CREATE INDEX department_parent_id ON department (parent_id, marked);
CREATE INDEX department_head_id ON department (head_id, marked);
CREATE INDEX department_bin ON department (changed) WHERE marked = TRUE;

CREATE INDEX employee_number ON employee (number_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX employee_number_down ON employee (number_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX employee_number_search ON employee (number_search);
CREATE INDEX employee_created ON employee (created) WHERE marked = FALSE;
CREATE INDEX employee_name ON employee (name_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX employee_name_down ON employee (name_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX employee_name_search ON employee (name_search);
CREATE INDEX employee_department_id ON employee (department_id, marked);
CREATE INDEX employee_email ON employee (email, marked);
CREATE INDEX employee_email_search ON employee (email_search);
CREATE INDEX employee_bin ON employee (changed) WHERE marked = TRUE;

CREATE INDEX user_number ON "user" (number_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX user_number_down ON "user" (number_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX user_number_search ON "user" (number_search);
CREATE INDEX user_created ON "user" (created) WHERE marked = FALSE;
CREATE INDEX user_name ON "user" (name_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX user_name_down ON "user" (name_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX user_name_search ON "user" (name_search);
CREATE UNIQUE INDEX user_name_unique ON "user" (name_search) WHERE marked = FALSE AND name_search <> '';
CREATE INDEX user_employee_id ON "user" (employee_id, marked);
CREATE INDEX user_bin ON "user" (changed) WHERE marked = TRUE;

CREATE INDEX region_number ON region (number_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX region_number_down ON region (number_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX region_number_search ON region (number_search);
CREATE INDEX region_created ON region (created) WHERE marked = FALSE;
CREATE INDEX region_name ON region (name_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX region_name_down ON region (name_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX region_name_search ON region (name_search);
CREATE INDEX region_parent_id ON region (parent_id, marked);
CREATE INDEX region_bin ON region (changed) WHERE marked = TRUE;

CREATE INDEX segment_number ON segment (number_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX segment_number_down ON segment (number_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX segment_number_search ON segment (number_search);
CREATE INDEX segment_created ON segment (created) WHERE marked = FALSE;
CREATE INDEX segment_name ON segment (name_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX segment_name_down ON segment (name_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX segment_name_search ON segment (name_search);
CREATE UNIQUE INDEX segment_name_unique ON segment (name_search) WHERE marked = FALSE AND name_search <> '';
CREATE INDEX segment_bin ON segment (changed) WHERE marked = TRUE;

CREATE INDEX source_number ON source (number_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX source_number_down ON source (number_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX source_number_search ON source (number_search);
CREATE INDEX source_created ON source (created) WHERE marked = FALSE;
CREATE INDEX source_name ON source (name_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX source_name_down ON source (name_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX source_name_search ON source (name_search);
CREATE UNIQUE INDEX source_name_unique ON source (name_search) WHERE marked = FALSE AND name_search <> '';
CREATE INDEX source_bin ON source (changed) WHERE marked = TRUE;

CREATE INDEX project_number ON project (number_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX project_number_down ON project (number_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX project_number_search ON project (number_search);
CREATE INDEX project_created ON project (created) WHERE marked = FALSE;
CREATE INDEX project_name ON project (name_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX project_name_down ON project (name_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX project_name_search ON project (name_search);
CREATE INDEX project_from ON project ("from") WHERE marked = FALSE;
{postgresql CREATE INDEX project_from_down ON project ("from" DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX project_to ON project ("to") WHERE marked = FALSE;
{postgresql CREATE INDEX project_to_down ON project ("to" DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX project_bin ON project (changed) WHERE marked = TRUE;

CREATE INDEX currency_number ON currency (number_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX currency_number_down ON currency (number_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX currency_number_search ON currency (number_search);
CREATE UNIQUE INDEX currency_number_unique ON currency (number_search) WHERE marked = FALSE AND number_search <> '';
CREATE INDEX currency_created ON currency (created) WHERE marked = FALSE;
CREATE INDEX currency_name ON currency (name_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX currency_name_down ON currency (name_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX currency_name_search ON currency (name_search);
CREATE INDEX currency_bin ON currency (changed) WHERE marked = TRUE;

CREATE INDEX rate_created ON rate (created) WHERE marked = FALSE;
CREATE INDEX rate_currency_id ON rate (currency_id, marked);
CREATE INDEX rate_on ON rate ("on") WHERE marked = FALSE;
{postgresql CREATE INDEX rate_on_down ON rate ("on" DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX rate_bin ON rate (changed) WHERE marked = TRUE;

CREATE INDEX snippet_number ON snippet (number_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX snippet_number_down ON snippet (number_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX snippet_number_search ON snippet (number_search);
CREATE INDEX snippet_created ON snippet (created) WHERE marked = FALSE;
CREATE INDEX snippet_name ON snippet (name_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX snippet_name_down ON snippet (name_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX snippet_name_search ON snippet (name_search);
CREATE INDEX snippet_bin ON snippet (changed) WHERE marked = TRUE;

CREATE INDEX template_number ON template (number_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX template_number_down ON template (number_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX template_number_search ON template (number_search);
CREATE INDEX template_created ON template (created) WHERE marked = FALSE;
CREATE INDEX template_name ON template (name_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX template_name_down ON template (name_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX template_name_search ON template (name_search);
CREATE INDEX template_bin ON template (changed) WHERE marked = TRUE;

CREATE INDEX client_number ON client (number_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX client_number_down ON client (number_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX client_number_search ON client (number_search);
CREATE INDEX client_created ON client (created) WHERE marked = FALSE;
CREATE INDEX client_name ON client (name_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX client_name_down ON client (name_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX client_name_search ON client (name_search);
CREATE INDEX client_code ON client (code, marked);
CREATE INDEX client_code_search ON client (code_search);
CREATE INDEX client_phone_e164 ON client (phone_e164, marked);
CREATE INDEX client_email ON client (email, marked);
CREATE INDEX client_email_search ON client (email_search);
CREATE INDEX client_manager_id ON client (manager_id, marked);
CREATE INDEX client_region_id ON client (region_id, marked);
CREATE INDEX client_segment_id ON client (segment_id, marked);
CREATE INDEX client_source_id ON client (source_id, marked);
CREATE INDEX client_name_key ON client (name_key, marked);
CREATE INDEX client_bin ON client (changed) WHERE marked = TRUE;

CREATE INDEX client_addresses_owner ON client_addresses (owner_id, position);

CREATE INDEX client_phones_owner ON client_phones (owner_id, position);

CREATE INDEX client_emails_owner ON client_emails (owner_id, position);

CREATE INDEX client_accounts_owner ON client_accounts (owner_id, position);

CREATE INDEX client_segments_owner ON client_segments (owner_id, position);
CREATE INDEX client_segments_segment_id ON client_segments (segment_id);

CREATE INDEX contact_created ON contact (created) WHERE marked = FALSE;
CREATE INDEX contact_name ON contact (name_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX contact_name_down ON contact (name_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX contact_name_search ON contact (name_search);
CREATE INDEX contact_client_id ON contact (client_id, marked);
CREATE INDEX contact_phone_e164 ON contact (phone_e164, marked);
CREATE INDEX contact_email ON contact (email, marked);
CREATE INDEX contact_email_search ON contact (email_search);
CREATE INDEX contact_birthday ON contact (birthday) WHERE marked = FALSE;
{postgresql CREATE INDEX contact_birthday_down ON contact (birthday DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX contact_bin ON contact (changed) WHERE marked = TRUE;

CREATE INDEX contact_phones_owner ON contact_phones (owner_id, position);

CREATE INDEX contact_emails_owner ON contact_emails (owner_id, position);

CREATE INDEX product_group_number ON product_group (number_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX product_group_number_down ON product_group (number_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX product_group_number_search ON product_group (number_search);
CREATE INDEX product_group_created ON product_group (created) WHERE marked = FALSE;
CREATE INDEX product_group_name ON product_group (name_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX product_group_name_down ON product_group (name_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX product_group_name_search ON product_group (name_search);
CREATE INDEX product_group_parent_id ON product_group (parent_id, marked);
CREATE INDEX product_group_bin ON product_group (changed) WHERE marked = TRUE;

CREATE INDEX unit_number ON unit (number_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX unit_number_down ON unit (number_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX unit_number_search ON unit (number_search);
CREATE INDEX unit_created ON unit (created) WHERE marked = FALSE;
CREATE INDEX unit_name ON unit (name_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX unit_name_down ON unit (name_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX unit_name_search ON unit (name_search);
CREATE UNIQUE INDEX unit_name_unique ON unit (name_search) WHERE marked = FALSE AND name_search <> '';
CREATE INDEX unit_bin ON unit (changed) WHERE marked = TRUE;

CREATE INDEX product_number ON product (number_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX product_number_down ON product (number_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX product_number_search ON product (number_search);
CREATE INDEX product_created ON product (created) WHERE marked = FALSE;
CREATE INDEX product_name ON product (name_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX product_name_down ON product (name_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX product_name_search ON product (name_search);
CREATE INDEX product_article ON product (article, marked);
CREATE INDEX product_article_search ON product (article_search);
CREATE INDEX product_group_id ON product (group_id, marked);
CREATE INDEX product_unit_id ON product (unit_id, marked);
CREATE INDEX product_bin ON product (changed) WHERE marked = TRUE;

CREATE INDEX process_number ON process (number_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX process_number_down ON process (number_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX process_number_search ON process (number_search);
CREATE INDEX process_created ON process (created) WHERE marked = FALSE;
CREATE INDEX process_name ON process (name_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX process_name_down ON process (name_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX process_name_search ON process (name_search);
CREATE INDEX process_bin ON process (changed) WHERE marked = TRUE;

CREATE INDEX stage_number ON stage (number_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX stage_number_down ON stage (number_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX stage_number_search ON stage (number_search);
CREATE INDEX stage_created ON stage (created) WHERE marked = FALSE;
CREATE INDEX stage_name ON stage (name_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX stage_name_down ON stage (name_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX stage_name_search ON stage (name_search);
CREATE INDEX stage_process_id ON stage (process_id, marked);
CREATE INDEX stage_bin ON stage (changed) WHERE marked = TRUE;

CREATE INDEX loss_reason_number ON loss_reason (number_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX loss_reason_number_down ON loss_reason (number_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX loss_reason_number_search ON loss_reason (number_search);
CREATE INDEX loss_reason_created ON loss_reason (created) WHERE marked = FALSE;
CREATE INDEX loss_reason_name ON loss_reason (name_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX loss_reason_name_down ON loss_reason (name_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX loss_reason_name_search ON loss_reason (name_search);
CREATE UNIQUE INDEX loss_reason_name_unique ON loss_reason (name_search) WHERE marked = FALSE AND name_search <> '';
CREATE INDEX loss_reason_bin ON loss_reason (changed) WHERE marked = TRUE;

CREATE INDEX inquiry_number ON inquiry (number_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX inquiry_number_down ON inquiry (number_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX inquiry_number_search ON inquiry (number_search);
CREATE INDEX inquiry_created ON inquiry (created) WHERE marked = FALSE;
CREATE INDEX inquiry_at ON inquiry (at) WHERE marked = FALSE;
{postgresql CREATE INDEX inquiry_at_down ON inquiry (at DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX inquiry_day ON inquiry (day) WHERE marked = FALSE;
{postgresql CREATE INDEX inquiry_day_down ON inquiry (day DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX inquiry_phone_e164 ON inquiry (phone_e164, marked);
CREATE INDEX inquiry_caller ON inquiry (caller_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX inquiry_caller_down ON inquiry (caller_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX inquiry_caller_search ON inquiry (caller_search);
CREATE INDEX inquiry_email ON inquiry (email, marked);
CREATE INDEX inquiry_email_search ON inquiry (email_search);
CREATE INDEX inquiry_client_id ON inquiry (client_id, marked);
CREATE INDEX inquiry_contact_id ON inquiry (contact_id, marked);
CREATE INDEX inquiry_source_id ON inquiry (source_id, marked);
CREATE INDEX inquiry_taken_by_id ON inquiry (taken_by_id, marked);
CREATE INDEX inquiry_given_to_id ON inquiry (given_to_id, marked);
CREATE INDEX inquiry_answered_at ON inquiry (answered_at) WHERE marked = FALSE;
{postgresql CREATE INDEX inquiry_answered_at_down ON inquiry (answered_at DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX inquiry_deal_id ON inquiry (deal_id, marked);
CREATE INDEX inquiry_bin ON inquiry (changed) WHERE marked = TRUE;

CREATE INDEX activity_result_number ON activity_result (number_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX activity_result_number_down ON activity_result (number_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX activity_result_number_search ON activity_result (number_search);
CREATE INDEX activity_result_created ON activity_result (created) WHERE marked = FALSE;
CREATE INDEX activity_result_name ON activity_result (name_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX activity_result_name_down ON activity_result (name_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX activity_result_name_search ON activity_result (name_search);
CREATE UNIQUE INDEX activity_result_name_unique ON activity_result (name_search) WHERE marked = FALSE AND name_search <> '';
CREATE INDEX activity_result_bin ON activity_result (changed) WHERE marked = TRUE;

CREATE INDEX activity_created ON activity (created) WHERE marked = FALSE;
CREATE INDEX activity_subject ON activity (subject_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX activity_subject_down ON activity (subject_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX activity_subject_search ON activity (subject_search);
CREATE INDEX activity_due ON activity (due) WHERE marked = FALSE;
{postgresql CREATE INDEX activity_due_down ON activity (due DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX activity_client_id ON activity (client_id, marked);
CREATE INDEX activity_contact_id ON activity (contact_id, marked);
CREATE INDEX activity_deal_id ON activity (deal_id, marked);
CREATE INDEX activity_proposal_id ON activity (proposal_id, marked);
CREATE INDEX activity_assignee_id ON activity (assignee_id, marked);
CREATE INDEX activity_author_id ON activity (author_id, marked);
CREATE INDEX activity_done_at ON activity (done_at) WHERE marked = FALSE;
{postgresql CREATE INDEX activity_done_at_down ON activity (done_at DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX activity_result_id ON activity (result_id, marked);
CREATE INDEX activity_bin ON activity (changed) WHERE marked = TRUE;
CREATE INDEX activity_next ON activity (deal_id, due) WHERE done = FALSE AND marked = FALSE;
CREATE INDEX activity_day ON activity (assignee_id, due) WHERE done = FALSE AND marked = FALSE;

CREATE INDEX deal_number ON deal (number_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX deal_number_down ON deal (number_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX deal_number_search ON deal (number_search);
CREATE INDEX deal_created ON deal (created) WHERE marked = FALSE;
CREATE INDEX deal_subject ON deal (subject_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX deal_subject_down ON deal (subject_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX deal_subject_search ON deal (subject_search);
CREATE INDEX deal_client_id ON deal (client_id, marked);
CREATE INDEX deal_contact_id ON deal (contact_id, marked);
CREATE INDEX deal_process_id ON deal (process_id, marked);
CREATE INDEX deal_stage_id ON deal (stage_id, marked);
CREATE INDEX deal_amount ON deal (amount_base) WHERE marked = FALSE;
{postgresql CREATE INDEX deal_amount_down ON deal (amount_base DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX deal_closes ON deal (closes) WHERE marked = FALSE;
{postgresql CREATE INDEX deal_closes_down ON deal (closes DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX deal_manager_id ON deal (manager_id, marked);
CREATE INDEX deal_department_id ON deal (department_id, marked);
CREATE INDEX deal_organization_id ON deal (organization_id, marked);
CREATE INDEX deal_project_id ON deal (project_id, marked);
CREATE INDEX deal_source_id ON deal (source_id, marked);
CREATE INDEX deal_inquiry_id ON deal (inquiry_id, marked);
CREATE INDEX deal_region_id ON deal (region_id, marked);
CREATE INDEX deal_segment_id ON deal (segment_id, marked);
CREATE INDEX deal_opened ON deal (opened) WHERE marked = FALSE;
{postgresql CREATE INDEX deal_opened_down ON deal (opened DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX deal_stage_since ON deal (stage_since) WHERE marked = FALSE;
{postgresql CREATE INDEX deal_stage_since_down ON deal (stage_since DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX deal_closed ON deal (closed) WHERE marked = FALSE;
{postgresql CREATE INDEX deal_closed_down ON deal (closed DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX deal_loss_reason_id ON deal (loss_reason_id, marked);
CREATE INDEX deal_bin ON deal (changed) WHERE marked = TRUE;
CREATE INDEX deal_open ON deal (manager_id, stage_id, amount_base) WHERE state = 'open' AND marked = FALSE;

CREATE INDEX deal_products_owner ON deal_products (owner_id, position);
CREATE INDEX deal_products_product_id ON deal_products (product_id);

CREATE INDEX proposal_number ON proposal (number_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX proposal_number_down ON proposal (number_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX proposal_number_search ON proposal (number_search);
CREATE INDEX proposal_created ON proposal (created) WHERE marked = FALSE;
CREATE INDEX proposal_date ON proposal (date) WHERE marked = FALSE;
{postgresql CREATE INDEX proposal_date_down ON proposal (date DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX proposal_client_id ON proposal (client_id, marked);
CREATE INDEX proposal_contact_id ON proposal (contact_id, marked);
CREATE INDEX proposal_deal_id ON proposal (deal_id, marked);
CREATE INDEX proposal_subject ON proposal (subject_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX proposal_subject_down ON proposal (subject_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX proposal_subject_search ON proposal (subject_search);
CREATE INDEX proposal_amount ON proposal (amount_base) WHERE marked = FALSE;
{postgresql CREATE INDEX proposal_amount_down ON proposal (amount_base DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX proposal_valid_until ON proposal (valid_until) WHERE marked = FALSE;
{postgresql CREATE INDEX proposal_valid_until_down ON proposal (valid_until DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX proposal_manager_id ON proposal (manager_id, marked);
CREATE INDEX proposal_department_id ON proposal (department_id, marked);
CREATE INDEX proposal_organization_id ON proposal (organization_id, marked);
CREATE INDEX proposal_signatory_id ON proposal (signatory_id, marked);
CREATE INDEX proposal_template_id ON proposal (template_id, marked);
CREATE INDEX proposal_sent_at ON proposal (sent_at) WHERE marked = FALSE;
{postgresql CREATE INDEX proposal_sent_at_down ON proposal (sent_at DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX proposal_answered_at ON proposal (answered_at) WHERE marked = FALSE;
{postgresql CREATE INDEX proposal_answered_at_down ON proposal (answered_at DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX proposal_decline_reason_id ON proposal (decline_reason_id, marked);
CREATE INDEX proposal_bin ON proposal (changed) WHERE marked = TRUE;

CREATE INDEX proposal_variants_owner ON proposal_variants (owner_id, position);

CREATE INDEX proposal_variants_lines_owner ON proposal_variants_lines (owner_id, position);
CREATE INDEX proposal_variants_lines_product_id ON proposal_variants_lines (product_id);

CREATE INDEX letter_created ON letter (created) WHERE marked = FALSE;
CREATE INDEX letter_subject ON letter (subject_sort) WHERE marked = FALSE;
{postgresql CREATE INDEX letter_subject_down ON letter (subject_sort DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX letter_subject_search ON letter (subject_search);
CREATE INDEX letter_queued ON letter (queued) WHERE marked = FALSE;
{postgresql CREATE INDEX letter_queued_down ON letter (queued DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX letter_due ON letter (due) WHERE marked = FALSE;
{postgresql CREATE INDEX letter_due_down ON letter (due DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX letter_ended ON letter (ended) WHERE marked = FALSE;
{postgresql CREATE INDEX letter_ended_down ON letter (ended DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX letter_user_id ON letter (user_id, marked);
CREATE INDEX letter_client_id ON letter (client_id, marked);
CREATE INDEX letter_contact_id ON letter (contact_id, marked);
CREATE INDEX letter_deal_id ON letter (deal_id, marked);
CREATE INDEX letter_proposal_id ON letter (proposal_id, marked);
CREATE INDEX letter_lease ON letter (lease) WHERE marked = FALSE;
{postgresql CREATE INDEX letter_lease_down ON letter (lease DESC NULLS LAST) WHERE marked = FALSE;}
CREATE INDEX letter_bin ON letter (changed) WHERE marked = TRUE;

CREATE INDEX letter_recipients_owner ON letter_recipients (owner_id, position);
