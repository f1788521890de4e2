#!/bin/sh
# From an empty base to a printed proposal on real data: the public sample "CRM
# Sales Opportunities" (accounts.csv, products.csv, sales_teams.csv,
# sales_pipeline.csv). Usage: docs/walk-through.sh FOLDER-WITH-THE-FILES [WORK-FOLDER]
# UGODA names the program (build/ugoda); SMTP="host port" mails the proposal too.
set -eu
data=${1:?folder with the csv files}
work=${2:-$(mktemp -d)}
mkdir -p "$work"
base=$work/hardware.ugoda
u() { "${UGODA:-build/ugoda}" --base "$base" --lang en --today 2017-12-31 "$@"; }

# 1. A base of our own, and the process that the file's deals run on.
u base create --firm "Hardware Seller" --person "Head of Sales"
u new process name="Hardware" >/dev/null
order=0
for stage in "Prospecting open 10" "Engaging open 40" "Won won 100" "Lost lost 0"; do
	# shellcheck disable=SC2086 # the words of a stage
	set -- $stage
	order=$((order + 1))
	u new stage name="$1" process=Hardware kind="$2" order=$order probability="$3" expected_days=60 >/dev/null
done
u new loss-reason name="Not stated" >/dev/null

# 2. People, products, clients. What the files name is created; nothing is dropped in silence.
u import employee "$data/sales_teams.csv" --create '*' --map "name=sales_agent,department=manager,department.head=manager,department.parent=regional_office"
u import product "$data/products.csv" --create '*' --map "name=product,group=series,price=sales_price"
u import client "$data/accounts.csv" --create '*' --map "name=account,segment=sector,region=office_location"

# 3. Deals: first a trial, which asks about the product spelled in two ways; then
# for good. The 500 deals without a day enter on the one said here.
pipeline() {
	u import deal "$data/sales_pipeline.csv" --key number --open-stage Engaging --missing-day 2016-10-01 \
		--set process=Hardware --set subject=Hardware --set loss_reason="Not stated" \
		--map "number=opportunity_id,manager=sales_agent,products.product=product,client=account,stage=deal_stage,opened=engage_date,closed=close_date,amount=close_value" "$@"
}
pipeline --dry-run | head -n 20
pipeline --as "product:GTXPro=GTX Pro"

# 4. The funnel as it stood on a past day, and who lost what.
u report funnel --as-of 2017-03-01 --process Hardware
u report losses --by manager
u base check

# 5. A proposal for one of the accounts, printed and, with SMTP, mailed.
deal=$(u list deal --where 'stage = "Engaging" and client = "Cancity"' --columns number --limit 1 --format csv | tail -n 1 | tr -d '"\r')
u new proposal --json - >/dev/null <<JSON
{"deal": {"number": "$deal"}, "language": "en", "variants": [{"name": "Basic", "lines": [{"product": {"name": "GTX Pro"}, "quantity": 2}, {"product": {"name": "MG Special"}, "quantity": 5}]}]}
JSON
number=$(u list proposal --columns number --sort -number --limit 1 --format csv | tail -n 1 | tr -d '"\r')
u print proposal "$number" --to pdf -o "$work/proposal.pdf"
if [ -n "${SMTP:-}" ]; then
	# shellcheck disable=SC2086
	set -- $SMTP
	u mail account "Sales <sales@seller.example>" --host "$1" --port "$2" --security none --auth none
	u mail proposal "$number" --to buyer@cancity.example
fi
echo "$work"
