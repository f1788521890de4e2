// Package rules is the card of an approval rule: beside its fields it says how
// many proposals the condition holds, and offers examples.
package rules

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/proposal"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/form"
	"ugoda/ui/theme"
)

// New opens the card of an approval rule.
func New(h screen.Host, a screen.Address) (screen.Screen, error) {
	return form.With(h, a, func(s *form.Screen) form.Beside { return newCard(s) })
}

// examples are conditions to begin with, by the message keys that say them.
var examples = []struct{ key, when string }{
	{"discount", "discount_share > 10"},
	{"top_discount", "top_discount > 15"},
	{"margin", "margin_share < 10"},
	{"floor", "below_floor > 0"},
	{"terms", "standard_terms = no"},
	{"amount", "amount_base > 500000"},
	{"both", "margin_share < 15 and amount_base > 100000"},
}

type card struct {
	form    *form.Screen
	host    screen.Host
	counted *widget.Label
	look    *input.Button
	right   fyne.CanvasObject
	asked   string
	found   string // the condition that the count is of
}

func newCard(s *form.Screen) *card {
	c := &card{form: s, host: s.Host(), counted: wrapped()}
	t := c.host.Words()
	c.look = input.NewButton(t.T("rules.look"), func() {
		c.host.Preview(screen.ToList("proposal", c.found).With(screen.ArgTitle, t.T("rules.held")))
	})
	c.look.Hide()
	box := container.New(layout.NewCustomPaddedVBoxLayout(2), heading(t.T("rules.means")), c.counted, input.NewLine(input.Giving(c.look)), heading(t.T("rules.how")), low(t.T("rules.explained")), heading(t.T("rules.examples")))
	for _, x := range examples {
		b := input.NewButton(t.T("rules.example."+x.key), func() {
			c.form.SetField("when", x.when)
			c.read()
		})
		if !s.MayWrite() {
			b.Disable()
		}
		box.Add(input.NewLine(input.Giving(b)))
	}
	scroll := container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, 0, 0, theme.Scaled(14)), box))
	scroll.SetMinSize(fyne.NewSize(theme.Scaled(310), theme.Scaled(300)))
	c.right = scroll
	return c
}

func wrapped() *widget.Label {
	l := widget.NewLabel("")
	l.Wrapping = fyne.TextWrapWord
	return l
}

func low(text string) *widget.Label {
	l := wrapped()
	l.Importance = widget.LowImportance
	l.SetText(text)
	return l
}

func heading(text string) fyne.CanvasObject {
	return widget.NewLabelWithStyle(text, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
}

// Top implements form.Beside.
func (c *card) Top() fyne.CanvasObject { return nil }

// Right implements form.Beside.
func (c *card) Right() fyne.CanvasObject { return c.right }

// Buttons implements form.Beside.
func (c *card) Buttons() []string { return nil }

// Act implements form.Beside: all actions are the form's.
func (c *card) Act(string) bool { return false }

// Close implements form.Beside.
func (c *card) Close() {}

// Changed implements form.Beside.
func (c *card) Changed(kinds map[string][]int64) {
	if len(kinds) == 0 || kinds["proposal"] != nil {
		c.asked = ""
		c.read()
	}
}

// Show implements form.Beside.
func (c *card) Show(model.Keeper) {
	c.asked = ""
	c.read()
}

// Edited implements form.Follower.
func (c *card) Edited(field string) {
	if field == "when" {
		c.read()
	}
}

// read counts what the condition holds.
func (c *card) read() {
	e := c.form.Editor("when")
	if e == nil {
		return
	}
	when, _ := e.Value().(string)
	if when == c.asked && when != "" {
		return
	}
	c.asked = when
	t, session := c.host.Words(), c.host.Session()
	n, err := filter.Parse(session.Registry(), "proposal", when)
	switch {
	case err != nil:
		c.say("", false) // the field itself says what is wrong
		return
	case n == nil:
		c.say(t.T("rules.none"), false)
		return
	}
	c.say("", false)
	type counts struct{ all, open int64 }
	screen.Read(c.form.Context(), c.host, func(ctx context.Context) (x counts, err error) {
		if x.all, err = session.Count(ctx, store.Query{Kind: "proposal", Where: n}); err != nil {
			return x, err
		}
		x.open, err = session.Count(ctx, store.Query{Kind: "proposal", Where: filter.And{n, filter.Cond{
			Path: "status", Op: filter.In, Values: []filter.Value{filter.String(proposal.Draft), filter.String(proposal.Awaiting), filter.String(proposal.Approved)},
		}}})
		return x, err
	}, func(x counts) {
		if c.asked != when {
			return
		}
		c.found = when
		c.say(t.T("rules.counted", "all", t.Int(x.all), "open", t.Int(x.open)), true)
	})
}

// say shows what is held; some: there is something to look at.
func (c *card) say(counted string, some bool) {
	c.counted.SetText(counted)
	if some {
		c.look.Show()
	} else {
		c.look.Hide()
	}
	c.right.Refresh()
}
