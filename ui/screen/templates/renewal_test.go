package templates

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"ugoda/locale"
	"ugoda/model/firm"
	"ugoda/service/paper"
	"ugoda/ui/input"
	"ugoda/ui/screen"
)

// press clicks the button with a text somewhere in what is shown.
func press(t *testing.T, o fyne.CanvasObject, text string) {
	t.Helper()
	var find func(o fyne.CanvasObject) *input.Button
	find = func(o fyne.CanvasObject) *input.Button {
		switch o := o.(type) {
		case *input.Button:
			if o.Text() == text {
				return o
			}
		case *fyne.Container:
			for _, x := range o.Objects {
				if b := find(x); b != nil {
					return b
				}
			}
		}
		return nil
	}
	b := find(o)
	if b == nil {
		t.Fatalf("there is no button %q in %s", text, texts(o))
	}
	b.Tapped(&fyne.PointEvent{})
}

// Something newer is told quietly, never taken by itself: one click takes it
// where nothing is lost, with a way back; a changed template shows first.
func TestRenewalIsOffered(t *testing.T) {
	h, p, s := opened(t)
	w := h.Words()
	contract, err := paper.Sample(firm.FormContract, locale.Ukrainian)
	if err != nil {
		t.Fatal(err)
	}
	now, err := paper.Sample(firm.FormProposal, locale.Ukrainian)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(texts(p.body), w.T("templates.renewal.keep")) {
		t.Error("a new base is offered something newer")
	}
	show := func(name string, edited bool) {
		t.Helper()
		x := &firm.Template{Name: name, For: kind, Form: firm.FormProposal, Language: "uk", File: contract, Order: 9}
		x.CameFrom(contract) // as if that had been the proposal once
		if edited {
			x.Made = "other"
		}
		if err := s.Save(context.Background(), "template", x); err != nil {
			t.Fatal(err)
		}
		p.want = x.ID
		p.reload()
		if !bytes.Equal(p.current().File, contract) || !strings.Contains(texts(p.body), name) {
			t.Fatal("taken without asking, or not in front")
		}
	}

	show("Давній", false)
	press(t, p.body, w.T("templates.renewal.take"))
	p.Changed(map[string][]int64{"template": nil})
	p.reload()
	if !bytes.Equal(p.current().File, now) || strings.Contains(texts(p.body), w.T("templates.renewal.take")) {
		t.Fatalf("not renewed: %s", texts(p.body))
	}
	h.Offered()
	p.reload()
	if !bytes.Equal(p.current().File, contract) {
		t.Error("not taken back")
	}

	show("Змінений", true)
	if strings.Contains(texts(p.body), "["+w.T("templates.renewal.take")+"]") {
		t.Error("a changed template goes in one click")
	}
	press(t, p.body, w.T("templates.renewal.see"))
	d := h.Dialogs[len(h.Dialogs)-1]
	if said := texts(d.Content); !strings.Contains(said, "+ Комерційна пропозиція") || !strings.Contains(said, "− Договір поставки") {
		t.Errorf("%s", said)
	}
	var keep *screen.Button
	for i := range d.Buttons {
		if d.Buttons[i].Label == w.T("templates.renewal.keep") {
			keep = &d.Buttons[i]
		}
	}
	keep.Do()
	p.reload()
	if x := p.current(); !bytes.Equal(x.File, contract) || x.newer.State != firm.RenewalNone {
		t.Errorf("not kept: %q", x.newer.State)
	}
}
