package filter_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ugoda/model/filter"
	"ugoda/model/filter/filtertest"
	"ugoda/model/records"
)

// What is offered suits the place: fields, operators of their types, values.
func TestComplete(t *testing.T) {
	reg := records.New()
	for _, c := range []struct {
		text    string
		written string   // the part that a suggestion takes the place of
		has     []string // are offered
		hasNot  []string
	}{
		{"", "", []string{"amount", "client", "not"}, []string{"and", "client.region"}},
		{"clo", "clo", []string{"closes", "closed"}, []string{"amount"}},
		{"fix", "fix", []string{"amount_fixed"}, nil},
		{"client.re", "client.re", []string{"client.region"}, []string{"closes", "region"}},
		{"client.region.", "client.region.", []string{"client.region.name"}, nil},
		{"amount ", "", []string{">", "between", "is empty"}, []string{"contains", "and"}},
		{"subject con", "con", []string{"contains"}, []string{"="}},
		{"closes ", "", []string{"in", "="}, nil},
		{"closes in ", "", []string{"this week", "next 7 days", "overdue"}, []string{"("}},
		{"closes in next ", "", []string{"week", "7 days"}, nil},
		{"state = ", "", []string{`"open"`, `"won"`}, []string{"open"}},
		{`state = "o`, `"o`, []string{`"open"`}, []string{`"won"`}},
		{"state in ", "", []string{"("}, []string{`"open"`}},
		{`state in ("open", `, "", []string{`"hold"`}, nil},
		{"manager = ", "", []string{"me", "my_department"}, []string{"today"}},
		{`subject = "a \"b" and state = "h`, `"h`, []string{`"hold"`}, nil},
		{"closes >= to", "to", []string{"today", "tomorrow"}, []string{"yesterday"}},
		{"amount_fixed = ", "", []string{"true", "false"}, nil},
		{"amount > 5 ", "", []string{"and", "or"}, []string{")", "amount"}},
		{"(amount > 5 ", "", []string{"and", "or", ")"}, nil},
		{"amount between 1 ", "", []string{"and"}, []string{"or"}},
		{"amount > 5 and ", "", []string{"stage"}, []string{"and"}},
		{"not (state is ", "", []string{"empty", "not empty"}, nil},
		{"subject not ", "", []string{"contains", "in"}, nil},
		{"nothing = ", "", nil, []string{"me"}},
		{"amount > > ", "", nil, []string{"and"}},
	} {
		from, list := filter.Complete(reg, "deal", c.text)
		if got := c.text[from:]; got != c.written {
			t.Errorf("%q: %q is being written, not %q", c.text, got, c.written)
		}
		var texts []string
		for _, s := range list {
			texts = append(texts, s.Text)
		}
		for _, want := range c.has {
			if !slices.Contains(texts, want) {
				t.Errorf("%q: %q is not offered: %v", c.text, want, texts)
			}
		}
		for _, bad := range c.hasNot {
			if slices.Contains(texts, bad) {
				t.Errorf("%q: %q is offered", c.text, bad)
			}
		}
	}
}

// Whatever valid condition one writes, each of its beginnings can be gone on
// with, and its end takes an "and".
func TestCompleteFollowsTheGrammar(t *testing.T) {
	reg := records.New()
	rapid.Check(t, func(t *rapid.T) {
		text := filter.Text(filtertest.Node(reg, "deal", nil).Draw(t, "filter"))
		_, list := filter.Complete(reg, "deal", text+" ")
		if !slices.ContainsFunc(list, func(s filter.Suggestion) bool { return s.Text == "and" }) {
			t.Fatalf("%s: no way on", text)
		}
		for i := range text {
			from, _ := filter.Complete(reg, "deal", text[:i])
			if from > i || from < 0 {
				t.Fatalf("%s: %d of %d is being written", text[:i], from, i)
			}
		}
	})
}

func FuzzComplete(f *testing.F) {
	for _, seed := range []string{`client.region = "Льв`, `not (stage in ("Старт", `, `closes in next 7 `, `"`, `amount between 1 and`, "\xff\""} {
		f.Add(seed)
	}
	reg := records.New()
	f.Fuzz(func(t *testing.T, text string) {
		from, list := filter.Complete(reg, "deal", text)
		if from < 0 || from > len(text) {
			t.Fatalf("%q: from %d", text, from)
		}
		for _, s := range list {
			if strings.TrimSpace(s.Text) == "" {
				t.Fatalf("%q: an empty suggestion", text)
			}
		}
	})
}
