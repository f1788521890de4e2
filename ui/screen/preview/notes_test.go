package preview

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ugoda/locale"
	"ugoda/model/client"
	"ugoda/model/firm"
	"ugoda/model/proposal"
	"ugoda/service/paper"
	"ugoda/ui/input"
)

// offered is what stands above the pages, and its buttons.
func offered(p *Screen) (string, map[string]*input.Button) {
	text, buttons := "", map[string]*input.Button{}
	each(p.offers, func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *widget.Label:
			text += o.Text + "\n"
		case *input.Button:
			buttons[o.Text()] = o
		}
	})
	return text, buttons
}

// What the program ships anew is told where one prints.
func TestNewerTemplateIsTold(t *testing.T) {
	h, p, s := opened(t)
	ctx := context.Background()
	if text, _ := offered(p); text != "" {
		t.Errorf("a new base is offered something: %s", text)
	}
	letter, err := paper.Sample(firm.FormLetter, locale.Ukrainian)
	if err != nil {
		t.Fatal(err)
	}
	rec, err := s.Get(ctx, "template", p.shown.printed.Through.ID)
	if err != nil {
		t.Fatal(err)
	}
	x := rec.(*firm.Template)
	x.File = letter
	x.CameFrom(letter)
	if err := s.Save(ctx, "template", x); err != nil {
		t.Fatal(err)
	}
	p.Changed(map[string][]int64{"template": {x.ID}})
	_, buttons := offered(p)
	take := buttons[h.Words().T("templates.renewal.take")]
	if take == nil {
		t.Fatalf("nothing is offered: %v", buttons)
	}
	take.Tapped(&fyne.PointEvent{})
	p.read()
	if text, _ := offered(p); text != "" {
		t.Errorf("still offered: %s", text)
	}
	if got, err := paper.TemplateFile(ctx, s, x.Name); err != nil || string(got) == string(letter) {
		t.Errorf("not renewed: %v", err)
	}
}

// A contract asks in place who signs for the client; what is filled in is the
// client's, and prints.
func TestContractAsksWhoSigns(t *testing.T) {
	h, p, s := opened(t)
	ctx := context.Background()
	p.through("Договір")
	text, buttons := offered(p)
	if !strings.Contains(text, h.Words().Field("client", "signatory_basis")) {
		t.Fatalf("nothing is asked: %q", text)
	}
	buttons[h.Words().T("print.blank.fill")].Tapped(&fyne.PointEvent{})
	d := h.Dialogs[len(h.Dialogs)-1]
	var entries []*input.Entry
	each(d.Content, func(o fyne.CanvasObject) {
		if e, ok := o.(*input.Entry); ok {
			entries = append(entries, e)
		}
	})
	if len(entries) < 3 {
		t.Fatalf("%d fields", len(entries))
	}
	for i, e := range entries {
		e.SetText([]string{"довіреності № 7", "директор", "Степан Гай"}[i%3])
	}
	d.Buttons[len(d.Buttons)-1].Do()
	rec, err := s.Get(ctx, "proposal", p.At.ID)
	if err != nil {
		t.Fatal(err)
	}
	if rec, err = s.Get(ctx, "client", rec.(*proposal.Proposal).Client.ID); err != nil {
		t.Fatal(err)
	}
	c := rec.(*client.Client)
	if c.Signatory == "" || c.SignatoryPost == "" || c.SignatoryBasis == "" {
		t.Fatalf("not kept: %+v", c)
	}
	p.read()
	if text, _ := offered(p); text != "" {
		t.Errorf("asked again: %s", text)
	}
}
