package rules_test

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"ugoda/model/filter"
	"ugoda/model/proposal"
	"ugoda/service/demo/demotest"
	"ugoda/store/storetest"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/rules"
	"ugoda/ui/screen/screentest"
)

// The card says in words what a rule means and how many proposals it holds, and
// takes an example by a click.
func TestRuleExplainsItself(t *testing.T) {
	ctx := context.Background()
	b := demotest.Small(t, storetest.SQLite(t), 3, 0)
	s := b.System()
	r := &proposal.Rule{Name: "x", When: "discount_share > 10", Approver: proposal.ByHead}
	if err := s.Save(ctx, "approval-rule", r); err != nil {
		t.Fatal(err)
	}
	h := screentest.New(t, s)
	x, err := rules.New(h, screen.Address{Screen: screen.Card, Kind: "approval-rule", ID: r.ID})
	if err != nil {
		t.Fatal(err)
	}
	h.Show(x)
	var texts []string
	var buttons []*input.Button
	var look func(o fyne.CanvasObject)
	look = func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *fyne.Container:
			for _, x := range o.Objects {
				look(x)
			}
		case *container.Scroll:
			look(o.Content)
		case *widget.Label:
			texts = append(texts, o.Text)
		case *input.Button:
			buttons = append(buttons, o)
		case *input.Labelled: // the words stand below the field
			for _, x := range test.WidgetRenderer(o).Objects() {
				look(x)
			}
		}
	}
	says := func(want string) {
		t.Helper()
		texts, buttons = nil, nil
		look(x.Content())
		if !strings.Contains(strings.Join(texts, "\n"), want) {
			t.Errorf("the card does not say %q:\n%s", want, strings.Join(texts, "\n"))
		}
	}
	says("Знижка, % > 10")
	says(" усього")
	for _, b := range buttons {
		if b.Text() == "Маржа менше 10 %" {
			b.Tapped(nil)
		}
	}
	says("Маржа, % < 10")
	if !x.Unsaved() {
		t.Error("the example that was taken is not unsaved")
	}
	h.Build = filter.Cond{Path: "margin_share", Op: filter.Lt, Values: []filter.Value{filter.Number("5")}}
	for _, b := range buttons {
		if b.Text() == "Скласти…" {
			b.Tapped(nil)
		}
	}
	if len(h.Asked) != 1 || filter.Text(h.Asked[0]) != "margin_share < 10" {
		t.Errorf("the box began with %v", h.Asked)
	}
	says("Маржа, % < 5")
	says("відповіда")
	x.Close()
}
