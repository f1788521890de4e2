package document

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ugoda/model/firm"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/form"
)

// Terms are the texts of a document and what refers to it, as tabs below the
// lines.
type Terms struct {
	p        *Desk
	strip    *fyne.Container   // of the tabs
	scroll   *container.Scroll // of the strip
	own      *fyne.Container
	place    *fyne.Container
	pages    map[string]fyne.CanvasObject
	buttons  map[string]*input.Button
	front    string // own page in front; empty: one of what is related
	choosers []*input.Button
	related  form.Related
	hidden   bool // the tab that was opened last may be out of sight
}

func newTerms(p *Desk) *Terms {
	t := &Terms{p: p, own: container.NewHBox(), place: container.NewStack(), pages: map[string]fyne.CanvasObject{}, buttons: map[string]*input.Button{}}
	t.related = p.form.Related(t.openedRelated)
	t.strip = container.NewHBox(t.own, newRule(), t.related.Strip())
	t.scroll = container.NewHScroll(t.strip)
	return t
}

// Add adds a page; the first one is in front.
func (t *Terms) Add(name, label string, o fyne.CanvasObject) {
	b := input.NewButton(label, func() { t.open(name) })
	t.pages[name], t.buttons[name] = o, b
	t.own.Add(b)
	if len(t.pages) == 1 {
		t.open(name)
	}
}

// AddText adds the page of a text of the document, with a button for the snippets
// of a usage where there is one.
func (t *Terms) AddText(usage, field, label string) {
	t.p.form.Place(field, 1)
	if usage == "" {
		t.Add(field, label, t.p.form.Editor(field).Object)
		return
	}
	chooser := t.Chooser(func() string { return usage }, func() string {
		now, _ := t.p.form.Get(field).(string)
		return now
	}, func(text string, all []*firm.Snippet) { t.take(field, text, all) })
	t.Add(usage, label, container.NewBorder(nil, nil, nil, container.NewVBox(chooser), t.p.form.Editor(field).Object))
}

// Related is what refers to the document, beside the texts.
func (t *Terms) Related() form.Related { return t.related }

// AddFields adds a page of fields, two in a row. usual says what stands for a
// field that is left empty; empty: nothing.
func (t *Terms) AddFields(name, label string, usual func(field string) string, fields ...string) {
	p := t.p
	page, width := container.NewVBox(), p.labelWidth(fields...)
	for pair := range slices.Chunk(fields, 2) {
		var places []Place
		for _, field := range pair {
			places = append(places, Wide(p.form.Place(field, width), 200, 1))
			if e := p.form.Editor(field); e != nil {
				if w, ok := e.Widget().(interface{ SetPlaceHolder(string) }); ok {
					w.SetPlaceHolder(usual(field))
				}
			}
		}
		page.Add(NewRow(places...))
	}
	t.Add(name, label, page)
}

// Chooser is the button for the snippets of a usage; without one now, it does
// nothing. now is the text that stands there.
func (t *Terms) Chooser(usage, now func() string, take func(text string, all []*firm.Snippet)) *input.Button {
	var b *input.Button
	b = input.NewButton(t.p.words.T("proposal.snippets")+" ▾", func() {
		if of := usage(); of != "" {
			t.choose(of, now(), take, fyne.CurrentApp().Driver().AbsolutePositionForObject(b).AddXY(0, b.Size().Height))
		}
	}).Framed()
	t.choosers = append(t.choosers, b)
	return b
}

// open brings one of the own pages to the front.
func (t *Terms) open(name string) {
	t.front = name
	if t.p.body != nil {
		t.related.Fold()
	}
	t.place.Objects = []fyne.CanvasObject{t.pages[name]}
	t.place.Refresh()
	t.mark()
}

func (t *Terms) openedRelated() {
	t.front = ""
	t.place.Objects = []fyne.CanvasObject{t.related.Place()}
	t.place.Refresh()
	t.mark()
	t.hidden = true
	t.reveal()
}

// mark shows which page is in front.
func (t *Terms) mark() {
	for name, b := range t.buttons {
		b.SetPrimary(name == t.front)
	}
	if t.p.body != nil {
		t.p.body.grow(t.front == "")
	}
}

// reveal scrolls the strip, once it is laid out, so far that the tab that was
// opened is seen.
func (t *Terms) reveal() {
	tab, wide := t.related.Chosen(), t.scroll.Size().Width
	if !t.hidden || tab == nil || wide <= 0 || t.front != "" {
		return
	}
	t.hidden = false
	from := t.related.Strip().Position().X + tab.Position().X
	to, at := from+tab.Size().Width, t.scroll.Offset
	switch {
	case from < at.X:
		at.X = from
	case to > at.X+wide:
		at.X = to - wide
	}
	t.scroll.ScrollToOffset(at)
}

// show follows the record that was read.
func (t *Terms) show() {
	for _, b := range t.choosers {
		if t.p.Locked() {
			b.Disable()
		} else {
			b.Enable()
		}
	}
}

// Snippets reads all snippets, the default ones first.
func (t *Terms) Snippets(then func([]*firm.Snippet)) {
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
func (t *Terms) choose(usage, now string, take func(text string, all []*firm.Snippet), at fyne.Position) {
	p := t.p
	if p.Locked() {
		return
	}
	t.Snippets(func(all []*firm.Snippet) {
		m := fyne.NewMenu("")
		for _, s := range all {
			if s.Usage != usage || s.Language != p.Language() {
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
				p.host.Edit("snippet", 0, map[string]any{"usage": usage, "language": p.Language(), "text": now}, nil)
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
func (t *Terms) take(field, text string, all []*firm.Snippet) {
	now, _ := t.p.form.Get(field).(string)
	now = strings.TrimSpace(now)
	if now != "" && !slices.ContainsFunc(all, func(s *firm.Snippet) bool { return strings.TrimSpace(s.Text) == now }) {
		text = now + "\n" + text
	}
	t.p.form.Set(field, text)
	t.p.host.Canvas().Focus(t.p.form.Editor(field).Focus)
}
