package proposals

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ugoda/model/firm"
	"ugoda/model/proposal"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/form"
	"ugoda/ui/theme"
)

// terms are the texts of the letter and what refers to the proposal, as tabs
// below the lines.
type terms struct {
	p        *page
	strip    *fyne.Container // of the tabs
	own      *fyne.Container
	place    *fyne.Container
	pages    map[string]fyne.CanvasObject
	buttons  map[string]*input.Button
	front    string // own page in front; empty: one of what is related
	choosers []*input.Button
	related  form.Related
	note     *input.Entry // of the variant: its note, or terms of its own
	about    string       // which of them
	abouts   map[string]*input.Button
	began    bool // the note was changed since it got the keyboard
}

// The pages that are texts, by the usage of their snippets.
var texts = []struct{ usage, field string }{
	{firm.UsageIntro, "intro"}, {firm.UsagePayment, "payment_terms"}, {firm.UsageDelivery, "delivery_terms"}, {firm.UsageWarranty, "warranty"},
}

const (
	pageNote   = "note"
	pageLetter = "letter"
)

func newTerms(p *page) *terms {
	t := &terms{p: p, own: container.NewHBox(), place: container.NewStack(), pages: map[string]fyne.CanvasObject{}, buttons: map[string]*input.Button{}}
	for _, x := range texts {
		p.form.Place(x.field, 1)
		t.add(x.usage, p.words.T("proposal.terms."+x.usage), t.textPage(x.usage, x.field))
	}
	t.note = input.NewMulti(3)
	t.note.SetPlaceHolder(p.words.T("proposal.note_hint"))
	t.note.OnEnter = func() { t.began = false }
	t.note.OnChanged = t.noted
	t.note.SetKeys(t.key)
	t.add(pageNote, p.words.T("proposal.terms.note"), t.variantPage())
	t.add(pageLetter, p.words.T("proposal.terms.letter"), t.letterPage())
	t.related = p.form.Related(t.openedRelated)
	t.strip = container.NewHBox(t.own, newRule(), t.related.Strip())
	t.open(firm.UsageIntro)
	return t
}

func (t *terms) add(name, label string, o fyne.CanvasObject) {
	b := input.NewButton(label, func() { t.open(name) })
	t.pages[name], t.buttons[name] = o, b
	t.own.Add(b)
}

// textPage is a text with a button for its snippets.
func (t *terms) textPage(usage, field string) fyne.CanvasObject {
	var b *input.Button
	b = input.NewButton(t.p.words.T("proposal.snippets")+" ▾", func() {
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(b).AddXY(0, b.Size().Height)
		now, _ := t.p.form.Get(field).(string)
		t.choose(usage, now, func(text string, all []*firm.Snippet) { t.take(field, text, all) }, at)
	}).Framed()
	t.choosers = append(t.choosers, b)
	return container.NewBorder(nil, nil, nil, container.NewVBox(b), t.p.form.Editor(field).Object)
}

// pageNote is also what the note of a variant is called among what is its own.
// The others are called as the snippets that they may come from.
var variantTexts = []string{pageNote, firm.UsagePayment, firm.UsageDelivery, firm.UsageWarranty}

// ownText is a text of a variant.
func ownText(v *proposal.Variant, about string) *string {
	switch about {
	case firm.UsagePayment:
		return &v.PaymentTerms
	case firm.UsageDelivery:
		return &v.DeliveryTerms
	case firm.UsageWarranty:
		return &v.Warranty
	}
	return &v.Note
}

// variantPage is the note of the variant in front, and terms that it has in the
// place of the proposal's.
func (t *terms) variantPage() fyne.CanvasObject {
	t.about, t.abouts = pageNote, map[string]*input.Button{}
	row := container.NewHBox()
	for _, about := range variantTexts {
		t.abouts[about] = input.NewButton("", func() {
			t.about, t.began = about, false
			t.showNote()
			t.p.host.Canvas().Focus(t.note)
		})
		row.Add(t.abouts[about])
	}
	var b *input.Button
	b = input.NewButton(t.p.words.T("proposal.snippets")+" ▾", func() {
		if t.about == pageNote {
			return
		}
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(b).AddXY(0, b.Size().Height)
		t.choose(t.about, t.note.Text, func(text string, _ []*firm.Snippet) {
			t.began = false
			t.note.SetText(text)
		}, at)
	}).Framed()
	t.choosers = append(t.choosers, b)
	return container.NewBorder(container.NewBorder(nil, nil, nil, b, container.NewHScroll(row)), nil, nil, nil, t.note)
}

// letterPage is who it is for, who signs, and what it is printed with.
func (t *terms) letterPage() fyne.CanvasObject {
	f := t.p.form
	widest := float32(0)
	for _, name := range []string{"addressee", "signatory", "template", "department"} {
		widest = max(widest, theme.Width(t.p.words.Field("proposal", name), theme.Text(), fyne.TextStyle{})/theme.Scaled(1))
	}
	page := container.NewVBox(
		newRow(place{f.Place("addressee", widest+2), 200, 1}, place{f.Place("signatory", widest+2), 200, 1}),
		newRow(place{f.Place("template", widest+2), 200, 1}, place{f.Place("department", widest+2), 200, 1}),
	)
	for _, name := range []string{"addressee", "signatory", "template"} { // what it is when nobody says
		if e := f.Editor(name); e != nil {
			if w, ok := e.Widget().(interface{ SetPlaceHolder(string) }); ok {
				w.SetPlaceHolder(t.p.words.T("proposal.usual." + name))
			}
		}
	}
	return page
}

// open brings one of the own pages to the front.
func (t *terms) open(name string) {
	t.front = name
	if t.p.body != nil {
		t.related.Fold()
	}
	t.place.Objects = []fyne.CanvasObject{t.pages[name]}
	t.place.Refresh()
	t.mark()
}

func (t *terms) openedRelated() {
	t.front = ""
	t.place.Objects = []fyne.CanvasObject{t.related.Place()}
	t.place.Refresh()
	t.mark()
}

// mark shows which page is in front.
func (t *terms) mark() {
	for name, b := range t.buttons {
		b.SetPrimary(name == t.front)
	}
	if t.p.body != nil {
		t.p.body.grow(t.front == "")
	}
}

// show follows the record that was read.
func (t *terms) show() {
	t.showNote()
	fixed := t.p.fixed()
	if fixed {
		t.note.Disable()
	} else {
		t.note.Enable()
	}
	for _, b := range t.choosers {
		if fixed {
			b.Disable()
		} else {
			b.Enable()
		}
	}
}

// showNote shows the note of the variant in front, or what else of its own was
// chosen; a dot marks what there is.
func (t *terms) showNote() {
	w := t.p.words
	for _, about := range variantTexts {
		label := w.T("proposal.own." + about)
		if *ownText(t.p.variant(), about) != "" {
			label += " •"
		}
		t.abouts[about].SetText(label)
		t.abouts[about].SetPrimary(about == t.about)
	}
	hint := w.T("proposal.note_hint")
	for _, x := range texts {
		if x.usage == t.about {
			hint = w.T("proposal.own_hint")
			if usual, _ := t.p.form.Get(x.field).(string); usual != "" {
				hint += ": " + usual
			}
		}
	}
	t.note.SetPlaceHolder(hint)
	if text := *ownText(t.p.variant(), t.about); t.note.Text != text {
		t.note.OnChanged = nil
		t.note.SetText(text)
		t.note.OnChanged = t.noted
	}
}

func (t *terms) noted(text string) {
	p := t.p
	own := ownText(p.variant(), t.about)
	if text == *own {
		return
	}
	if !t.began {
		t.began = true
		p.history.before(p)
	}
	marked := (*own == "") != (text == "")
	*own = text
	if marked {
		t.showNote()
	}
	p.form.Edited()
}

func (t *terms) key(k fyne.KeyName, mod fyne.KeyModifier) bool {
	return mod == 0 && t.p.form.Key(&fyne.KeyEvent{Name: k})
}

// snippets reads all snippets, the default ones first.
func (t *terms) snippets(then func([]*firm.Snippet)) {
	session := t.p.host.Session()
	screen.Read(t.p.form.Context(), t.p.host, func(ctx context.Context) ([]*firm.Snippet, error) {
		rows, err := session.Page(ctx, store.Query{Kind: "snippet", Columns: []string{"name", "usage", "language", "default", "text"}, Sort: []store.Order{{Path: "default", Desc: true}, {Path: "name"}}})
		if err != nil {
			return nil, err
		}
		var out []*firm.Snippet
		for _, r := range rows {
			s := &firm.Snippet{}
			s.ID = r.ID
			s.Name, _ = r.Cells[0].(string)
			s.Usage, _ = r.Cells[1].(string)
			s.Language, _ = r.Cells[2].(string)
			s.Default, _ = r.Cells[3].(bool)
			s.Text, _ = r.Cells[4].(string)
			out = append(out, s)
		}
		return out, nil
	}, then)
}

// choose offers the snippets of a usage in the language of the proposal; now is
// what stands there.
func (t *terms) choose(usage, now string, take func(text string, all []*firm.Snippet), at fyne.Position) {
	p := t.p
	if p.fixed() {
		return
	}
	t.snippets(func(all []*firm.Snippet) {
		m := fyne.NewMenu("")
		for _, s := range all {
			if s.Usage != usage || s.Language != p.language() {
				continue
			}
			i := fyne.NewMenuItem(s.Name, func() { take(s.Text, all) })
			i.Checked = s.Text == now
			m.Items = append(m.Items, i)
		}
		if p.host.Session().MayWrite("snippet") {
			if len(m.Items) > 0 {
				m.Items = append(m.Items, fyne.NewMenuItemSeparator())
			}
			m.Items = append(m.Items, fyne.NewMenuItem(p.words.T("proposal.snippet_keep"), func() {
				p.host.Edit("snippet", 0, map[string]any{"usage": usage, "language": p.language(), "text": now}, nil)
			}))
		}
		if len(m.Items) == 0 {
			p.host.Say(p.words.T("proposal.snippets_none"))
			return
		}
		p.host.Menu(m, at)
	})
}

// take puts a snippet into a text: in the place of another snippet, below what
// a person wrote.
func (t *terms) take(field, text string, all []*firm.Snippet) {
	now, _ := t.p.form.Get(field).(string)
	now = strings.TrimSpace(now)
	if now != "" && !slices.ContainsFunc(all, func(s *firm.Snippet) bool { return strings.TrimSpace(s.Text) == now }) {
		text = now + "\n" + text
	}
	t.p.form.Set(field, text)
	t.p.host.Canvas().Focus(t.p.form.Editor(field).Focus)
}
