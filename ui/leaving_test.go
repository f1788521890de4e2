package ui

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/widget"

	"ugoda/model/firm"
	"ugoda/model/proposal"
	"ugoda/service/versions"
	"ugoda/ui/screen"
	"ugoda/ui/screen/compose"
	"ugoda/ui/screen/preview"
	compared "ugoda/ui/screen/versions"
)

// Who asks for an approval is told that nobody can be written to; the card says
// so for as long as it waits.
func TestWhatWasLeftUndoneIsTold(t *testing.T) {
	r := newRobot(t)
	card := func() screen.Screen {
		t.Helper()
		s, err := newRegistry().Make(r, screen.ToCard("proposal", r.p.ID))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(s.Close)
		r.Show(s)
		return s
	}
	const why = "немає електронної адреси"
	says := func(s screen.Screen) bool {
		return slices.ContainsFunc(all[*widget.Label](s.Content()), func(l *widget.Label) bool { return strings.Contains(l.Text, why) })
	}
	s := card()
	if says(s) {
		t.Error("said before anybody is asked")
	}
	s.(screen.Commander).Do(screen.MainAction)
	r.Dialogs[len(r.Dialogs)-1].Enter()
	if got := r.get().Status; got != proposal.Awaiting {
		t.Fatalf("it is %s", got)
	}
	if !slices.ContainsFunc(r.Said, func(text string) bool { return strings.Contains(text, why) }) {
		t.Errorf("who asked was told %q", r.Said)
	}
	if !says(card()) {
		t.Error("the card does not say it")
	}
	if _, err := r.seller.Do(r.ctx, "proposal", r.p.ID, "recall", nil); err != nil {
		t.Fatal(err)
	}
	if says(card()) {
		t.Error("the card says it though nobody waits")
	}
}

// Whatever a salesperson presses in whatever screen, nothing of a proposal that
// lacks its approval leaves the window but drafts with the mark on every page.
func TestNothingLeavesTheWindowUnapproved(t *testing.T) {
	to := func(id int64) screen.Address {
		return screen.Address{Screen: compared.Screen, Kind: "proposal", ID: id}
	}
	template := func(a screen.Address, form string) screen.Address { return a.With("form", form) }
	for _, x := range []struct {
		name    string
		at      func(r *robot) screen.Address
		refused bool // something here is refused, with the reason
		drafts  bool // drafts are to be had here
	}{
		{"preview", func(r *robot) screen.Address { return preview.To("proposal", r.p.ID) }, true, true},
		{"contract", func(r *robot) screen.Address { return template(preview.To("proposal", r.p.ID), firm.FormContract) }, true, true},
		{"invoice", func(r *robot) screen.Address { return template(preview.To("proposal", r.p.ID), firm.FormInvoice) }, true, true},
		{"one variant", func(r *robot) screen.Address { return preview.To("proposal", r.p.ID).With("variant", "1") }, true, true},
		{"letter", func(r *robot) screen.Address { return compose.To("proposal", r.p.ID) }, true, false},
		{"letter with a form", func(r *robot) screen.Address {
			return template(compose.To("proposal", r.p.ID), firm.FormInvoice).With("variant", "1")
		}, true, false},
		{"variants", func(r *robot) screen.Address {
			return to(r.p.ID).With(compared.ArgOld, versions.AllVariants).With(compared.ArgNew, versions.AllVariants)
		}, true, true},
		{"revisions", func(r *robot) screen.Address {
			return to(r.p.ID).With(compared.ArgOld, "1").With(compared.ArgNew, versions.Now)
		}, true, true},
		{"card", func(r *robot) screen.Address { return screen.ToCard("proposal", r.p.ID) }, false, false},
		{"list", func(*robot) screen.Address { return screen.ToList("proposal", "") }, false, false},
		{"approvals", func(*robot) screen.Address { return screen.ToList("approval", "") }, false, false},
		{"revision", func(*robot) screen.Address { return screen.ToList("revision", "") }, false, false},
		{"deal", func(r *robot) screen.Address { return screen.ToCard("deal", r.p.Deal.ID) }, false, false},
		{"client", func(r *robot) screen.Address { return screen.ToCard("client", r.p.Client.ID) }, false, false},
		{"templates", func(*robot) screen.Address { return screen.ToList("template", "") }, false, false},
		{"start", func(*robot) screen.Address { return screen.Address{Screen: "start"} }, false, false},
	} {
		t.Run(x.name, func(t *testing.T) {
			r := newRobot(t)
			r.report = x.name == "start"
			r.open(x.at(r))
			if len(r.pressed) < 3 {
				t.Errorf("only %q was pressed", r.pressed)
			}
			reason := func(text string) bool { return strings.Contains(text, "Знижка понад 4") }
			if x.refused != slices.ContainsFunc(r.refused, reason) {
				t.Errorf("pressed %q; refused %q", r.pressed, r.refused)
			}
			if x.drafts != (r.drafts > 0) {
				t.Errorf("%d drafts", r.drafts)
			}
		})
	}
}
