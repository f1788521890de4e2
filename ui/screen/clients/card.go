// Package clients is the card of a client: what is done with it most often,
// the form of its fields, and its timeline.
package clients

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/model/client"
	"ugoda/model/requisite"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/form"
	"ugoda/ui/screen/timeline"
)

// New opens the card of a client.
func New(h screen.Host, a screen.Address) (screen.Screen, error) {
	return form.With(h, a, func(s *form.Screen) form.Beside { return newCard(s) })
}

// card is what stands beside the form of a client.
type card struct {
	form  *form.Screen
	host  screen.Host
	top   fyne.CanvasObject
	panel *timeline.Panel // nil for a new client

	pasteFirst bool // a new client begins with pasted requisites
}

func newCard(s *form.Screen) *card {
	c := &card{form: s, host: s.Host()}
	t := c.host.Words()
	var line []input.Piece
	add := func(label string, do func()) { line = append(line, input.Giving(input.NewButton(label, do).Framed())) }
	if id := s.Record().Base().ID; id != 0 {
		c.panel = timeline.New(s.Context(), c.host, "client", id, func() map[string]any { return map[string]any{"client": c.ref()} })
		for _, kind := range []string{"proposal", "invoice"} {
			if c.host.Session().MayWrite(kind) {
				add("+ "+t.Kind(kind), func() { c.begin(kind) })
			}
		}
		add("+ "+t.Kind("contact"), func() {
			c.host.Edit("contact", 0, map[string]any{"client": c.ref()}, nil)
		})
	}
	if c.host.Session().MayWrite("client") {
		add(t.T("command.paste_requisites"), c.paste)
	}
	if s.Record().Base().ID == 0 && s.Address().Arg(screen.ArgPaste) != "" {
		c.pasteFirst = true
	}
	c.top = container.NewVBox(container.New(layout.NewCustomPaddedLayout(2, 2, 8, 8), input.NewLine(line...)), widget.NewSeparator())
	return c
}

func (c *card) client() *client.Client { x, _ := c.form.Record().(*client.Client); return x }

func (c *card) ref() model.Ref {
	x := c.client()
	return model.Ref{ID: x.ID, Code: x.Number, Name: x.Name}
}

func (c *card) begin(kind string) {
	c.form.Saved(func() { c.host.Open(screen.ToNew(kind, map[string]any{"client": c.ref()})) })
}

// Top implements form.Beside.
func (c *card) Top() fyne.CanvasObject { return c.top }

// Right implements form.Beside.
func (c *card) Right() fyne.CanvasObject {
	if c.panel == nil {
		return nil
	}
	return c.panel.Content
}

// Buttons implements form.Beside: the form shows what it likes.
func (c *card) Buttons() []string { return nil }

// Act implements form.Beside.
func (c *card) Act(string) bool { return false }

// Close implements form.Beside.
func (c *card) Close() {}

// Show implements form.Beside.
func (c *card) Show(rec model.Keeper) {
	if c.panel != nil {
		c.panel.Read(rec.Base().ID)
	}
	if c.pasteFirst {
		c.pasteFirst = false
		c.paste()
	}
}

// Changed implements form.Beside.
func (c *card) Changed(kinds map[string][]int64) {
	for _, k := range []string{"activity", "letter", "proposal", "invoice", "inquiry", "deal"} {
		if c.panel != nil && (kinds[k] != nil || len(kinds) == 0) {
			c.panel.Read(c.client().ID)
			return
		}
	}
}

// paste asks for a text with requisites and fills the empty fields from it.
func (c *card) paste() {
	t := c.host.Words()
	text := input.NewMulti(9)
	text.SetPlaceHolder(t.T("client.paste_hint"))
	if clip := fyne.CurrentApp().Clipboard(); clip != nil && c.host.Window() != nil {
		found := requisite.Read(clip.Content())
		if !found.Empty() {
			text.SetText(clip.Content())
		}
	}
	c.host.Dialog(&screen.Dialog{
		Title: t.T("command.paste_requisites"), Size: fyne.NewSize(560, 0), Content: text, Focus: text,
		Buttons: []screen.Button{{Label: t.T("button.cancel")}, {Label: t.T("client.paste_fill"), Primary: true, Do: func() { c.Fill(text.Text) }}},
	})
}

// Fill fills the empty fields from a text with requisites.
func (c *card) Fill(text string) {
	f := requisite.Read(text)
	t := c.host.Words()
	if f.Empty() {
		c.host.Say(t.T("client.paste_nothing"))
		return
	}
	x := c.client()
	var filled []string
	put := func(name, old, v string) {
		if old == "" && v != "" {
			c.form.SetField(name, v)
			filled = append(filled, t.Field("client", name))
		}
	}
	put("name", x.Name, f.Name)
	put("full_name", x.FullName, f.FullName)
	put("code", x.Code, f.Code)
	put("ipn", x.IPN, f.IPN)
	if len(f.Phones) > 0 {
		put("phone", x.Phone, f.Phones[0])
	}
	if len(f.Emails) > 0 {
		put("email", x.Email, f.Emails[0])
	}
	put("website", x.Website, f.Website)
	c.rows(x, f)
	said := strings.Join(filled, ", ")
	if len(f.Unchecked) > 0 {
		said += " · " + t.T("client.paste_unchecked", "codes", strings.Join(f.Unchecked, ", "))
	}
	c.host.Say(t.T("form.paste_found") + ": " + said)
}

// rows adds the addresses and accounts that the client does not have yet.
func (c *card) rows(x *client.Client, f requisite.Found) {
	has := func(usage string) bool {
		for _, a := range x.Addresses {
			if a.Usage == usage {
				return true
			}
		}
		return false
	}
	if f.Address != "" && !has(client.AddressLegal) {
		c.form.AddRow("addresses", map[string]any{"usage": client.AddressLegal, "text": f.Address})
	}
	if f.Postal != "" && !has(client.AddressPostal) {
		c.form.AddRow("addresses", map[string]any{"usage": client.AddressPostal, "text": f.Postal})
	}
	for _, a := range f.Accounts {
		known := false
		for _, old := range x.Accounts {
			known = known || strings.ReplaceAll(old.IBAN, " ", "") == a.IBAN
		}
		if !known {
			c.form.AddRow("accounts", map[string]any{"iban": a.IBAN, "bank": a.Bank})
		}
	}
}
