package form

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/ui/input"
	"ugoda/ui/screen/field"
	uitheme "ugoda/ui/theme"
)

// Part edits the rows of a record's parts.
type Part interface {
	// Show is called whenever the record was read.
	Show()
	// Gather takes what can be read into the record, for a draft.
	Gather()
	// Collect takes all into the record; it is false, and the part says why, when
	// something cannot be read.
	Collect() bool
	// Problem shows what is wrong beside its place; false when it is not there.
	Problem(p model.Problem, text string) bool
	// ClearProblems takes away what was wrong.
	ClearProblems()
}

// partGrid edits the rows of a part: phones of a client, products of a deal.
type partGrid struct {
	b       *body
	part    *model.Part
	fields  []*model.Field
	rows    []*partRow
	box     *fyne.Container
	note    *widget.Label
	content fyne.CanvasObject
	tab     *input.Button // that brings the part to the front
	heading *widget.Label // of the only part
}

type partRow struct {
	editors map[string]*field.Editor
}

// partTabs makes the grids of all parts, as tabs when there are several.
func (b *body) partTabs() fyne.CanvasObject {
	role := b.host.Session().Role
	strip, place := container.NewHBox(), container.NewStack()
	var grids []*partGrid
	for _, p := range b.kind.Parts {
		g := &partGrid{b: b, part: p, box: container.New(layout.NewCustomPaddedVBoxLayout(2)), note: widget.NewLabel("")}
		g.note.Importance = widget.DangerImportance
		g.note.Hide()
		for _, f := range p.Kind.Fields {
			if !f.Hidden && !f.Computed && f.SeenBy(role) {
				g.fields = append(g.fields, f)
			}
		}
		g.content = container.NewVBox(g.note, g.box)
		b.parts = append(b.parts, g)
		g.tab = input.NewButton(b.host.Words().Kinds(p.Kind.Name), func() {
			for _, other := range grids {
				other.tab.SetChosen(other == g)
			}
			place.Objects = []fyne.CanvasObject{g.content}
			place.Refresh()
		})
		g.tab.SetKeys(b.fieldKeys)
		strip.Add(g.tab)
		grids = append(grids, g)
	}
	if len(grids) == 0 {
		return nil
	}
	grids[0].tab.OnTapped()
	if len(grids) == 1 {
		grids[0].heading = widget.NewLabelWithStyle(grids[0].tab.Text(), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
		return container.NewVBox(grids[0].heading, place)
	}
	return container.NewVBox(container.NewHScroll(strip), widget.NewSeparator(), place)
}

// count says in the tab how many rows there are.
func (g *partGrid) count() {
	text := g.b.host.Words().Kinds(g.part.Kind.Name)
	if n := g.part.Len(g.b.rec); n > 0 {
		text += "  " + g.b.host.Words().Int(int64(n))
	}
	g.tab.SetText(text)
	if g.heading != nil {
		g.heading.SetText(text)
	}
}

// Show makes a row of editors for each row of the part.
func (g *partGrid) Show() {
	g.rows = nil
	g.box.RemoveAll()
	words := g.b.host.Words()
	n := g.part.Len(g.b.rec)
	if n > 0 {
		head := container.New(&cells{fields: g.fields})
		for _, f := range g.fields {
			l := widget.NewLabel(words.Field(g.part.Kind.Name, f.Name))
			l.Importance, l.Truncation = widget.LowImportance, fyne.TextTruncateEllipsis
			head.Add(l)
		}
		head.Add(widget.NewLabel(""))
		g.box.Add(head)
	}
	for i := range n {
		g.addRow(i)
	}
	if mayWrite(g.b.host, g.b.kind) {
		g.box.Add(container.NewHBox(input.NewIconButton(theme.ContentAddIcon(), words.T("form.add_row"), g.add)))
	}
	g.box.Refresh()
	g.count()
}

func (g *partGrid) addRow(i int) {
	r := &partRow{editors: map[string]*field.Editor{}}
	line := container.New(&cells{fields: g.fields})
	rec := g.part.At(g.b.rec, i)
	for _, f := range g.fields {
		e := field.New(g.b.host, g.part.Kind.Name, f)
		e.Set(f.Value(rec))
		e.OnChange = func() { g.b.edited(g.part.Name) }
		e.SetKeys(g.b.key)
		if f.ReadOnly {
			e.SetReadOnly(true)
		}
		r.editors[f.Name] = e
		line.Add(e.Object)
	}
	line.Add(input.NewIconButton(theme.CancelIcon(), "", func() { g.remove(r) }))
	g.rows = append(g.rows, r)
	g.box.Add(line)
}

// add appends an empty row and puts the keyboard into it.
func (g *partGrid) add() {
	g.Collect()
	g.part.Add(g.b.rec)
	g.Show()
	g.b.edited(g.part.Name)
	if n := len(g.rows); n > 0 && len(g.fields) > 0 {
		g.b.host.Canvas().Focus(g.rows[n-1].editors[g.fields[0].Name].Focus)
	}
}

// remove takes a row out; those after it move up.
func (g *partGrid) remove(r *partRow) {
	g.Collect()
	at := -1
	for i, x := range g.rows {
		if x == r {
			at = i
		}
	}
	if at < 0 {
		return
	}
	n := g.part.Len(g.b.rec)
	for i := at; i+1 < n; i++ {
		copyRow(g.part.Kind, g.part.At(g.b.rec, i), g.part.At(g.b.rec, i+1))
	}
	g.part.Truncate(g.b.rec, n-1)
	g.Show()
	g.b.edited(g.part.Name)
}

// copyRow makes a row of a part equal to another, its own parts included.
func copyRow(k *model.Kind, to, from any) {
	for _, f := range k.Fields {
		if !f.Computed {
			if err := model.Assign(f.Ptr(to), f.Value(from)); err != nil {
				panic(err) // both are of one struct
			}
		}
	}
	for _, p := range k.Parts {
		p.Truncate(to, 0)
		for i := range p.Len(from) {
			p.Add(to)
			copyRow(p.Kind, p.At(to, i), p.At(from, i))
		}
	}
}

// Gather implements Part.
func (g *partGrid) Gather() {
	for i, r := range g.rows {
		rec := g.part.At(g.b.rec, i)
		for _, f := range g.fields {
			if e := r.editors[f.Name]; !f.ReadOnly && e.Problem() == "" {
				if err := model.Assign(f.Ptr(rec), e.Value()); err != nil {
					continue
				}
			}
		}
	}
}

// Collect reads the editors into the rows; it is false when one cannot be read.
func (g *partGrid) Collect() bool {
	good := true
	for i, r := range g.rows {
		rec := g.part.At(g.b.rec, i)
		for _, f := range g.fields {
			e := r.editors[f.Name]
			if f.ReadOnly {
				continue
			}
			if !e.Commit() {
				g.say(e.Problem())
				good = false
				continue
			}
			if err := model.Assign(f.Ptr(rec), e.Value()); err != nil {
				g.b.host.Fail(err)
				return false
			}
		}
	}
	return good
}

func (g *partGrid) say(text string) {
	g.note.SetText(text)
	g.note.Show()
}

// Problem shows a problem of a row beside its cell.
func (g *partGrid) Problem(p model.Problem, text string) bool {
	names := strings.SplitN(p.Field, ".", 3)
	if len(names) != 3 || g.part.Name != names[0] {
		return false
	}
	row, err := strconv.Atoi(names[1])
	if err != nil || row < 0 || row >= len(g.rows) {
		return false
	}
	e := g.rows[row].editors[names[2]]
	if e == nil {
		return false
	}
	e.SetProblem(text)
	g.say(text)
	return true
}

// ClearProblems implements Part.
func (g *partGrid) ClearProblems() {
	g.note.Hide()
	for _, r := range g.rows {
		for _, e := range r.editors {
			e.SetProblem("")
		}
	}
}

// cells gives the columns of a part their widths: what is wide by nature gets
// more, and the last is the button that removes.
type cells struct{ fields []*model.Field }

func share(f *model.Field) float32 {
	switch f.Type {
	case model.Link, model.LongText:
		return 3
	case model.Text:
		return 2.4
	case model.Bool:
		return 0.6
	}
	return 1.2
}

// MinSize is one row.
func (c *cells) MinSize(o []fyne.CanvasObject) fyne.Size {
	h := float32(0)
	for _, x := range o {
		h = max(h, x.MinSize().Height)
	}
	return fyne.NewSize(float32(len(c.fields))*60, h)
}

// Layout shares the width among the columns.
func (c *cells) Layout(o []fyne.CanvasObject, size fyne.Size) {
	last := uitheme.Scaled(30)
	var total float32
	for _, f := range c.fields {
		total += share(f)
	}
	room := min(size.Width-last, uitheme.Scaled(150)*total) - 4*float32(len(c.fields))
	x := float32(0)
	for i, ob := range o {
		w := last
		if i < len(c.fields) {
			w = room * share(c.fields[i]) / total
		}
		ob.Resize(fyne.NewSize(w, ob.MinSize().Height))
		ob.Move(fyne.NewPos(x, 0))
		x += w + 4
	}
}
