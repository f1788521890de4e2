package form

import (
	"context"
	"log/slog"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/listing"
	"ugoda/ui/theme"
)

// below is what stands under the fields of a saved record: the records that
// refer to it, and its history.
type below struct {
	s       *Screen
	content *fyne.Container
	buttons *fyne.Container
	place   *fyne.Container
	links   []link
	counts  map[string]int64
	shown   string        // key of the tab that is open; empty: none
	chosen  *input.Button // of that tab
	list    *listing.Small
	opened  func() // a page placed it, and wants to know of an opened tab
	prefer  string // key of the tab that opens by itself once it has records
}

// link is a field of another kind that points to this one.
type link struct {
	kind  *model.Kind
	field *model.Field
}

const historyTab = "history"

func newBelow(s *Screen) *below {
	b := &below{s: s, buttons: container.NewHBox(), place: container.NewStack(), counts: map[string]int64{}}
	b.content = container.NewVBox()
	role := s.host.Session().Role
	for _, k := range s.host.Session().Registry().Kinds() {
		for _, f := range k.Fields {
			if f.Type == model.Link && f.To == s.kind.Name && !f.Hidden && !f.Computed && f.SeenBy(role) {
				b.links = append(b.links, link{k, f})
			}
		}
	}
	b.reload()
	return b
}

// labelOf is the name of a tab: the kind, and the field where a kind refers by several.
func (b *below) labelOf(l link) string {
	t := b.s.host.Words()
	name := t.Kinds(l.kind.Name)
	if l.key() == "letter.proposal" || l.key() == "letter.invoice" { // what left is what the client has
		name = t.T("proposal.letters")
	}
	for _, other := range b.links {
		if other.kind == l.kind && other.field != l.field {
			return name + " (" + t.Field(l.kind.Name, l.field.Name) + ")"
		}
	}
	return name
}

// known are the columns of what refers to the record that the record itself
// answers: itself, and the client or the deal that it is of, too.
func (b *below) known(l link) []string {
	var out []string
	for _, f := range l.kind.Shown() {
		if f.Type != model.Link {
			continue
		}
		own, to := b.s.kind.Field(f.Name), b.s.host.Session().Registry().Kind(f.To)
		if f == l.field || own != nil && own.Type == model.Link && own.To == f.To && to != nil && !to.Catalogue {
			out = append(out, f.Name)
		}
	}
	return out
}

func (l link) key() string { return l.kind.Name + "." + l.field.Name }

func (l link) where(id int64) filter.Node {
	return filter.Cond{Path: l.field.Name, Op: filter.Eq, Values: []filter.Value{filter.ID(id)}}
}

// reload counts the related records and shows the tabs that have any.
func (b *below) reload() {
	id := b.s.address.ID
	b.content.RemoveAll()
	if id == 0 {
		return
	}
	if b.s.makePage == nil { // a page places them itself
		b.content.Add(widget.NewSeparator())
		b.content.Add(container.NewHScroll(b.buttons))
		b.content.Add(b.place)
	}
	session, links := b.s.host.Session(), b.links
	screen.Read(b.s.ctx, b.s.host, func(ctx context.Context) (map[string]int64, error) {
		counts := map[string]int64{}
		for _, l := range links {
			t, err := session.Totals(ctx, store.Query{Kind: l.kind.Name, Where: l.where(id)})
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			if err != nil { // what refers to a record is an extra: the card is good without it
				slog.Warn("count related records", "kind", l.kind.Name, "error", err)
				continue
			}
			counts[l.key()] = t.Count
		}
		return counts, nil
	}, func(counts map[string]int64) {
		b.counts = counts
		b.showButtons()
		if b.openPreferred() {
			return
		}
		switch {
		case b.shown != "":
			b.read(b.shown)
		case b.s.page == nil:
			b.openFirst()
		}
	})
}

// openPreferred opens, once, the tab that a page wants in front when it has
// anything.
func (b *below) openPreferred() bool {
	key := b.prefer
	if key == "" || b.counts[key] == 0 {
		return false
	}
	b.prefer = ""
	b.open(key)
	return true
}

// openFirst opens the related records that there are most of.
func (b *below) openFirst() {
	best, most := "", int64(0)
	for _, l := range b.links {
		if n := b.counts[l.key()]; n > most {
			best, most = l.key(), n
		}
	}
	if best != "" {
		b.open(best)
	}
}

func (b *below) showButtons() {
	t := b.s.host.Words()
	b.buttons.RemoveAll()
	b.chosen = nil
	add := func(key, label string) {
		w := input.NewButton(label, func() { b.open(key) })
		if key == b.shown {
			w.Chosen()
			b.chosen = w
		}
		b.buttons.Add(w)
	}
	for _, l := range b.links {
		if n := b.counts[l.key()]; n > 0 || !l.kind.Catalogue && !l.field.ReadOnly && l.field.Required {
			add(l.key(), b.labelOf(l)+"  "+t.Int(n))
		}
	}
	add(historyTab, t.T("form.history"))
	var fresh []*fyne.MenuItem
	for _, l := range b.links {
		if !l.field.ReadOnly && !l.kind.Catalogue && mayWrite(b.s.host, l.kind) {
			fresh = append(fresh, fyne.NewMenuItem(t.Kind(l.kind.Name), func() { b.create(l) }))
		}
	}
	if len(fresh) > 0 {
		b.buttons.Add(input.NewMenuButton("+ "+t.T("button.new"), func() []*fyne.MenuItem { return fresh }))
	}
	b.buttons.Refresh()
	if b.s.page != nil {
		b.s.content.Refresh() // what stands beside them moves
	}
}

// create begins a record that refers to this one.
func (b *below) create(l link) {
	rec := b.s.body.rec
	ref := model.Ref{ID: rec.Base().ID, Code: rec.Base().Number, Name: b.s.kind.TitleOf(rec)}
	b.s.host.Open(screen.ToNew(l.kind.Name, map[string]any{l.field.Name: ref}))
}

// open shows one tab.
func (b *below) open(key string) {
	b.read(key)
	if b.opened != nil {
		b.opened()
	}
}

func (b *below) read(key string) {
	b.shown = key
	b.showButtons()
	if b.list != nil {
		b.list.Close()
		b.list = nil
	}
	if key == historyTab {
		b.readHistory()
		return
	}
	for _, l := range b.links {
		if l.key() == key {
			b.list = listing.NewSmall(b.s.host, l.kind, l.where(b.s.address.ID), b.known(l)...)
			if p, ok := b.s.page.(Opener); ok {
				if open := p.Opens(l.kind.Name); open != nil {
					b.list.OnChoose(open)
				}
			}
			b.place.Objects = []fyne.CanvasObject{b.list.Content}
			if b.s.page == nil {
				b.place.Objects = []fyne.CanvasObject{canvasSpacer(theme.Row() * 9), b.list.Content}
			}
			b.place.Refresh()
		}
	}
}

func (b *below) showHistory() { b.open(historyTab) }

// changed reads the related records anew when one of their kinds was saved.
func (b *below) changed(kinds map[string][]int64) {
	for _, l := range b.links {
		if kinds[l.kind.Name] != nil {
			b.reload()
			return
		}
	}
}

func (b *below) close() {
	if b.list != nil {
		b.list.Close()
	}
}

// canvasSpacer keeps a height free.
func canvasSpacer(h float32) fyne.CanvasObject {
	c := container.NewStack()
	c.Layout = &tall{h}
	return c
}

type tall struct{ h float32 }

// MinSize is the height.
func (t *tall) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(10, t.h) }

// Layout has nothing to lay out.
func (t *tall) Layout([]fyne.CanvasObject, fyne.Size) {}
