package settings

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"ugoda/model/firm"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/theme"
)

// firms shows our own firms as documents will: what is told, and what is not yet.
type firms struct {
	s    *Screen
	box  *fyne.Container
	root fyne.CanvasObject
}

func newFirm(s *Screen) panel {
	p := &firms{s: s, box: container.NewVBox()}
	p.root = scrolled(p.box, 640)
	p.read()
	return p
}

func (p *firms) content() fyne.CanvasObject { return p.root }

func (p *firms) changed(saved map[string][]int64) {
	if touches(saved, "organization") {
		p.read()
	}
}

func (p *firms) read() {
	session := p.s.Host.Session()
	screen.Read(p.s.Ctx, p.s.Host, func(ctx context.Context) ([]*firm.Organization, error) {
		rows, err := session.Page(ctx, store.Query{Kind: "organization", Sort: []store.Order{{Path: "main", Desc: true}, {Path: "id"}}})
		if err != nil {
			return nil, err
		}
		var out []*firm.Organization
		for _, r := range rows {
			rec, err := session.Get(ctx, "organization", r.ID)
			if err != nil {
				return nil, err
			}
			if o, ok := rec.(*firm.Organization); ok {
				out = append(out, o)
			}
		}
		return out, nil
	}, p.show)
}

func (p *firms) show(all []*firm.Organization) {
	t := p.s.Host.Words()
	p.box.RemoveAll()
	for i, o := range all {
		if i > 0 {
			p.box.Add(widget.NewSeparator())
		}
		p.box.Add(p.card(o))
	}
	another := input.NewButton("+ "+t.T("settings.another_firm"), func() { p.s.Host.Open(screen.ToNew("organization", nil)) })
	if !p.s.Host.Session().MayWrite("organization") {
		another.Disable()
	}
	p.box.Add(container.NewHBox(another))
	p.box.Refresh()
}

// card tells a firm line by line.
func (p *firms) card(o *firm.Organization) fyne.CanvasObject {
	t := p.s.Host.Words()
	rows := container.New(layout.NewFormLayout())
	field := func(name, value string) {
		label := widget.NewLabel("")
		if name == "accounts" { // a part is called by its own name
			label.SetText(t.Kinds("organization.accounts"))
		} else {
			label.SetText(t.Field("organization", name))
		}
		label.Importance = widget.LowImportance
		text := widget.NewLabel(value)
		text.Wrapping = fyne.TextWrapWord
		if strings.TrimSpace(value) == "" {
			text.SetText(t.T("settings.not_told"))
			text.Importance = widget.WarningImportance
		}
		rows.Add(label)
		rows.Add(text)
	}
	yes := func(data []byte) string {
		if len(data) == 0 {
			return ""
		}
		return t.T("settings.there_is")
	}
	field("code", o.Code)
	field("tax", t.Choice("organization", "tax", o.Tax))
	if o.Tax == firm.TaxVAT {
		field("ipn", o.IPN)
	}
	field("address", o.Address)
	field("phone", o.Phone)
	field("email", o.Email)
	var accounts []string
	for _, a := range o.Accounts {
		accounts = append(accounts, strings.TrimSpace(a.IBAN+" "+a.Bank))
	}
	field("accounts", strings.Join(accounts, "\n"))
	signs := o.Signatory
	if o.SignatoryPost != "" {
		signs += ", " + o.SignatoryPost
	}
	field("signatory", signs)
	field("logo", yes(o.Logo))
	edit := input.NewButton(t.T("settings.change"), func() { p.s.Host.Open(screen.ToCard("organization", o.ID)) }).Primary()
	title := widget.NewLabelWithStyle(o.Name, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	title.Truncation = fyne.TextTruncateEllipsis
	return container.New(layout.NewCustomPaddedLayout(0, theme.Scaled(6), 0, 0),
		container.NewVBox(container.NewBorder(nil, nil, nil, edit, title), hint(t.T("settings.firm_hint")), rows))
}
