package found

import (
	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/firm"
)

// A new base comes with these; their names and words stand in the language
// files under "seed.", so that a base is born in the language of its owner.

type stageSeed struct {
	key         string // seed.stage.KEY is its name, seed.advice.KEY what to do in it
	kind        string
	probability model.Percent
	days        int64
	colour      string
}

type processSeed struct {
	key    string
	stages []stageSeed
}

var processes = []processSeed{
	{"sale", []stageSeed{
		{"interest", deal.Open, 1000, 3, "#8ecae6"},
		{"need", deal.Open, 2000, 7, "#5fb0d9"},
		{"offer", deal.Open, 4000, 7, "#3f8fc9"},
		{"talks", deal.Open, 6000, 14, "#2a6fb0"},
		{"contract", deal.Open, 8500, 10, "#1f4f8f"},
		{"pause", deal.Hold, 1000, 0, "#9aa5b1"},
		{"won", deal.Won, 10000, 0, "#2e9e5b"},
		{"lost", deal.Lost, 0, 0, "#c94f4f"},
	}},
	{"repeat", []stageSeed{
		{"request", deal.Open, 4000, 2, "#7fb7be"},
		{"agreement", deal.Open, 6500, 5, "#4f9aa3"},
		{"order", deal.Open, 9000, 5, "#2f7f89"},
		{"pause", deal.Hold, 2000, 0, "#9aa5b1"},
		{"won", deal.Won, 10000, 0, "#2e9e5b"},
		{"lost", deal.Lost, 0, 0, "#c94f4f"},
	}},
}

// A cohort of one row: stages of the second process stand beside those of the
// first in a funnel of both.
var funnelRows = map[string]string{"request": "need", "agreement": "talks", "order": "contract"}

var (
	sources  = []string{"referral", "site", "search", "advertising", "exhibition", "cold_call", "returning"}
	segments = []string{"small", "medium", "large", "public", "private"}
	// Filters that everybody sees, and may change.
	views = []struct {
		kind, key, where string
		usual            bool // the list opens with it
	}{
		{"deal", "open_deals", `state = "open"`, false},
		{"deal", "my_deals", `manager = me and state = "open"`, false},
		{"deal", "attention", "attention is not empty", false},
		{"activity", "open_activities", "done = no", true},
		{"activity", "my_activities", "assignee = me and done = no", false},
		{"activity", "overdue_activities", "done = no and due in overdue", false},
		{"proposal", "to_approve", "to_approve = yes", false},
		{"proposal", "in_force", "in_force = yes", false},
		{"proposal", "unanswered", `status = "sent" and not sent_at in last 5 days`, false},
		{"proposal", "running_out", "in_force = yes and valid_until in next 7 days", false},
		{"proposal", "critical", `importance = "critical" and status = "sent"`, false},
		{"proposal", "to_bill", `status = "accepted" and left_to_bill > 0`, false},
		{"invoice", "draft_invoices", `status = "draft"`, false},
		{"invoice", "issued_invoices", `status = "issued"`, false},
	}
	units   = []string{"piece", "service", "hour", "metre", "square_metre", "kilogram", "set", "pack"}
	regions = []string{
		"kyiv", "vinnytsia", "volyn", "dnipro", "donetsk", "zhytomyr", "zakarpattia", "zaporizhzhia",
		"ivano_frankivsk", "kyiv_oblast", "kirovohrad", "luhansk", "lviv", "mykolaiv", "odesa", "poltava", "rivne", "sumy",
		"ternopil", "kharkiv", "kherson", "khmelnytskyi", "cherkasy", "chernivtsi", "chernihiv", "crimea", "sevastopol",
	}
	lossReasons = []struct {
		key   string
		words bool
	}{{"price", false}, {"competitor", false}, {"budget", false}, {"terms", false}, {"product", false}, {"silent", false}, {"cancelled", false}, {"other", true}}
	results = []struct {
		key    string
		counts bool
	}{{"agreed", true}, {"interested", true}, {"sent", true}, {"refused", true}, {"no_answer", false}, {"postponed", false}}
	currencies = []struct {
		code, symbol string
		base         bool
	}{{"UAH", "₴", true}, {"USD", "$", false}, {"EUR", "€", false}, {"PLN", "zł", false}, {"GBP", "£", false}}
	rules = []struct{ key, when string }{
		{"discount", "discount_share > 10"},
		{"margin", "margin_share < 10"},
		{"floor", "below_floor > 0"},
		{"terms", "standard_terms = false"},
		{"amount", "amount_base > 500000"},
	}
	snippets = []struct{ key, usage string }{
		{"intro", firm.UsageIntro},
		{"payment_full", firm.UsagePayment},
		{"payment_half", firm.UsagePayment},
		{"delivery", firm.UsageDelivery},
		{"pickup", firm.UsageDelivery},
		{"warranty", firm.UsageWarranty},
		{"letter", firm.UsageLetter},
	}
)
