#!/bin/sh
# From an empty base to a mailed proposal on real data: the public sample "CRM
# Sales Opportunities" (accounts.csv, products.csv, sales_teams.csv,
# sales_pipeline.csv: 8,800 opportunities of a seller of computer hardware).
#
#   docs/walk-through.sh FOLDER-WITH-THE-FILES [WORK-FOLDER]
#
# UGODA names the program (build/ugoda); BASE the base to make (a file in the
# work folder, or postgres://… of an empty database); SMTP="host port" a server
# that takes the letter: without one it waits in the outbox.
set -eu
data=${1:?folder with the csv files}
work=${2:-$(mktemp -d)}
mkdir -p "$work"
base=${BASE:-$work/hardware.ugoda}
u() { "${UGODA:-build/ugoda}" --base "$base" --lang en --today 2017-12-31 "$@"; }
say() { printf '\n== %s\n' "$*"; }
# same WHAT FILE FILE: what the base says equals what the file says.
same() {
	if ! cmp -s "$2" "$3"; then
		echo "$1 differ (<: the file, >: the base):"
		diff "$2" "$3" | head -n 20
		exit 1
	fi
	echo "the same in the file and in the base: $1"
}

say "1. A base of our own, and the process that the file's deals run on"
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

say "2. Agents with their heads and offices, as employees and as users; products; clients"
teams=$data/sales_teams.csv
u import employee "$teams" --create '*' --map "name=sales_agent,department=manager,department.head=manager,department.parent=regional_office"
u import user "$teams" --map "name=sales_agent,employee=sales_agent" --set role=manager
u import user "$teams" --map "name=manager,employee=manager" --set role=head
u import product "$data/products.csv" --create '*'
# What a client has no field for goes into its note, each with its heading.
u import client "$data/accounts.csv" --create '*' \
	--map "name=account,segment=sector,region=office_location,note=year_established,note=revenue,note=employees,note=subsidiary_of"

say "3. Deals: a trial first. It asks about the product spelled in two ways, about deals without an account, and for the day of those without one"
pipeline() {
	u import deal "$data/sales_pipeline.csv" --open-stage Engaging --set process=Hardware --set loss_reason="Not stated" \
		--set "subject={product} — {account}" "$@"
}
pipeline --dry-run | grep -v "^Problem in row" | grep -v "^Notice, row"

say "Now for good: answered once. The product's other name is remembered for the next file"
pipeline --as "product:GTXPro=GTX Pro" --without client=empty --missing-day 2016-10-01 >"$work/deals.txt"
grep -v "^Notice, row" "$work/deals.txt"
u import list

say "4. The base against the file"
# rows of a list or a report as the file has them: no heading, no total.
rows() { u "$@" --format csv | tr -d '\r' | tail -n +2 | grep -v '^Total,' || true; }
pipe=$data/sales_pipeline.csv
awk -F, 'NR > 1 {n[$5]++; s[$5] += $8} END {for (k in n) printf "%s,%d,%.2f\n", k, n[k], s[k]}' "$pipe" | sort >"$work/file-stages.csv"
rows list deal --columns stage,amount | awk -F, '{n[$1]++; s[$1] += $2} END {for (k in n) printf "%s,%d,%.2f\n", k, n[k], s[k]}' | sort >"$work/base-stages.csv"
same "deals and their sums by stage" "$work/file-stages.csv" "$work/base-stages.csv"
cat "$work/base-stages.csv"

awk -F, 'NR > 1 && ($5 == "Won" || $5 == "Lost") {c[$2]++; if ($5 == "Won") w[$2]++} END {for (a in c) printf "%s,%d,%d,%.1f%%\n", a, c[a], w[a], 100 * w[a] / c[a]}' "$pipe" | sort >"$work/file-agents.csv"
rows list deal --where 'state = "won" or state = "lost"' --columns manager,stage |
	awk -F, '{c[$1]++; if ($2 == "Won") w[$1]++} END {for (a in c) printf "%s,%d,%d,%.1f%%\n", a, c[a], w[a], 100 * w[a] / c[a]}' | sort >"$work/base-agents.csv"
same "closed, won and win rate of each agent" "$work/file-agents.csv" "$work/base-agents.csv"
head -n 5 "$work/base-agents.csv"

awk -F, 'NR > 1 && $5 == "Lost" {n[$2]++} END {for (a in n) printf "%s,%d\n", a, n[a]}' "$pipe" | sort >"$work/file-losses.csv"
rows report losses --by manager --from 2016-10-01 --to 2017-12-31 | awk -F, '{print $1 "," $2}' | sort >"$work/base-losses.csv"
same "losses of each agent, by the report" "$work/file-losses.csv" "$work/base-losses.csv"

# As of 1 March 2017: a deal engages from its first day until it is closed; one
# without a day prospects.
awk -F, 'function day(s,  p) {split(s, p, "/"); return p[3] * 10000 + p[1] * 100 + p[2]}
	NR > 1 {
		if ($6 == "") {n["Prospecting"]++; next}
		if (day($6) > 20170301) next
		stage = ($7 != "" && day($7) <= 20170301) ? $5 : "Engaging"
		n[stage]++
	}
	END {for (k in n) printf "%s,%d\n", k, n[k]}' "$pipe" | sort >"$work/file-funnel.csv"
rows report funnel --as-of 2017-03-01 --process Hardware | awk -F, '{print $1 "," $3}' | grep -E '^(Prospecting|Engaging|Won|Lost),' | sort >"$work/base-funnel.csv"
same "the funnel as of 1 March 2017" "$work/file-funnel.csv" "$work/base-funnel.csv"
u report funnel --as-of 2017-03-01 --process Hardware
u base check

say "5. A proposal for one of the accounts, printed and mailed"
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
else
	u mail account "Sales <sales@seller.example>" --host 127.0.0.1 --port 25 --security none --auth none
	u mail proposal "$number" --to buyer@cancity.example --later
fi
u outbox list
echo "$work"
