package form

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/field"
	"ugoda/ui/theme"
)

// body is the part of a form that edits the fields of a record: in a tab, or
// in a dialog.
type body struct {
	host    screen.Host
	kind    *model.Kind
	rec     model.Keeper
	editors map[string]*field.Editor
	order   []string
	labels  map[string]*input.Labelled
	settled map[string]bool              // fields that follow from others now
	began   map[string]any               // what the fields held when the record was shown
	seldom  map[string]fyne.CanvasObject // rows that are hidden while their fields hold nothing
	parts   []Part
	content fyne.CanvasObject
	note    *widget.Label // problems that stand beside no field
	changed func(field string)
	keys    func(k *fyne.KeyEvent) bool
	quiet   bool
}

// newBody makes the editors of a record. A small one has no parts and no
// fields that only rules fill.
func newBody(h screen.Host, kind *model.Kind, rec model.Keeper, small bool) *body {
	b := bareBody(h, kind, rec)
	b.content = b.build(small)
	b.show(rec)
	return b
}

// bareBody has no editors yet: a page places those that it wants.
func bareBody(h screen.Host, kind *model.Kind, rec model.Keeper) *body {
	b := &body{host: h, kind: kind, rec: rec, editors: map[string]*field.Editor{}, labels: map[string]*input.Labelled{}, settled: map[string]bool{}, began: map[string]any{}, seldom: map[string]fyne.CanvasObject{}, note: widget.NewLabel("")}
	b.note.Importance, b.note.Wrapping = widget.DangerImportance, fyne.TextWrapWord
	b.note.Hide()
	return b
}

// group is the fields that stand together.
type group struct {
	name   string
	fields []*model.Field
}

// groups gathers the fields that the form shows, in the order of the description.
func (b *body) groups(small bool) []group {
	var out []group
	at := map[string]int{}
	role := b.host.Session().Role
	for _, f := range b.kind.Fields {
		if f.Hidden || f.Computed || !f.SeenBy(role) || f.Name == "created" || f.Name == "changed" {
			continue
		}
		if f.ReadOnly && (small || b.rec.Base().ID == 0 || field.Empty(f.Value(b.rec)) || b.inHead(f)) || small && seldom(f) {
			continue
		}
		i, ok := at[f.Group]
		if !ok {
			i = len(out)
			at[f.Group] = i
			out = append(out, group{name: f.Group})
		}
		out[i].fields = append(out[i].fields, f)
	}
	for _, g := range out { // what rules fill comes after what one types
		slices.SortStableFunc(g.fields, func(a, b *model.Field) int { return btoi(a.ReadOnly) - btoi(b.ReadOnly) })
	}
	return out
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// inHead tells the fields that the head of a card says already: the number of
// a document, and the state that it is in.
func (b *body) inHead(f *model.Field) bool {
	return f.Name == "number" && b.kind.Series != "" || slices.Contains(pills, f.Name) && f.Type == model.Choice
}

// seldom tells the fields that stand in the form only while they hold
// something: what an action fills, and that a value was typed by hand, so that
// rules leave it alone.
func seldom(f *model.Field) bool {
	return f.Seldom || f.Type == model.Bool && strings.HasSuffix(f.Name, "_fixed")
}

// build lays the groups out in two columns of about the same height.
func (b *body) build(small bool) fyne.CanvasObject {
	groups := b.groups(small)
	words := b.host.Words()
	widest := float32(80)
	total := 0
	for _, g := range groups {
		for _, f := range g.fields {
			widest = max(widest, fyne.MeasureText(words.Field(b.kind.Name, f.Name)+" *", theme.Text(), fyne.TextStyle{}).Width)
			total += weight(f)
		}
		total++
	}
	width := min(widest, theme.Scaled(134))/theme.Scaled(1) + 4
	columns := []*fyne.Container{column(), column()}
	if small && total <= 9 {
		columns = columns[:1]
	}
	at, filled := 0, 0
	next := func(more int) {
		if at+1 < len(columns) && filled+more/2 > (total+1)/2 {
			at, filled = at+1, 0
		}
	}
	for _, g := range groups {
		size := 1
		for _, f := range g.fields {
			size += weight(f)
		}
		if g.name != "" {
			next(size)
		}
		if g.name != "" {
			columns[at].Add(heading(words.Group(b.kind.Name, g.name)))
			filled++
		}
		for _, f := range g.fields {
			if g.name == "" && len(groups) <= 2 {
				next(weight(f))
			}
			columns[at].Add(b.labelled(f, width))
			if !seldom(f) {
				filled += weight(f)
			}
		}
	}
	side := &sideBySide{}
	row := container.New(side, objects(columns)...)
	all := container.NewVBox(b.note, row)
	side.fold = func() { // it is higher now, or lower
		fyne.Do(func() {
			if c := fyne.CurrentApp().Driver().CanvasForObject(all); c != nil && c.Content() != nil {
				c.Content().Refresh()
			}
		})
	}
	if small {
		return all
	}
	if tabs := b.partTabs(); tabs != nil {
		all.Add(tabs)
	}
	return all
}

func column() *fyne.Container { return container.New(layout.NewCustomPaddedVBoxLayout(3)) }

func objects(list []*fyne.Container) []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, len(list))
	for i, x := range list {
		out[i] = x
	}
	return out
}

// weight is how many rows a field takes.
func weight(f *model.Field) int {
	if f.Type == model.LongText {
		return 3
	}
	return 1
}

func heading(text string) fyne.CanvasObject {
	l := widget.NewLabelWithStyle(text, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	return l
}

// sideBySide stands columns side by side, not wider than eyes like; where they
// find no room, one below another.
type sideBySide struct {
	width float32 // of the last layout: MinSize does not know it
	fold  func()  // called when the columns went below one another, or back
}

const (
	columnGap = 22
	columnMax = 620
)

// folded tells whether the columns stand below one another.
func (s *sideBySide) folded(o []fyne.CanvasObject) bool {
	wants := -float32(columnGap)
	for _, x := range o {
		wants += x.MinSize().Width + columnGap
	}
	return len(o) > 1 && s.width > 0 && wants > s.width
}

// MinSize is the highest column, or all of them.
func (s *sideBySide) MinSize(o []fyne.CanvasObject) fyne.Size {
	var out fyne.Size
	folded := s.folded(o)
	for _, x := range o {
		m := x.MinSize()
		out.Width = max(out.Width, m.Width)
		if folded {
			out.Height += m.Height
		} else {
			out.Height = max(out.Height, m.Height)
		}
	}
	return out
}

// Layout shares the width.
func (s *sideBySide) Layout(o []fyne.CanvasObject, size fyne.Size) {
	before := s.folded(o)
	s.width = size.Width
	folded := s.folded(o)
	if folded != before && s.fold != nil {
		defer s.fold()
	}
	if folded {
		var y float32
		for _, x := range o {
			h := x.MinSize().Height
			x.Move(fyne.NewPos(0, y))
			x.Resize(fyne.NewSize(min(size.Width, theme.Scaled(columnMax)), h))
			y += h
		}
		return
	}
	w := min((size.Width-columnGap*float32(len(o)-1))/float32(len(o)), theme.Scaled(columnMax))
	for i, x := range o {
		x.Resize(fyne.NewSize(w, size.Height))
		x.Move(fyne.NewPos(float32(i)*(w+columnGap), 0))
	}
}

// labelled makes the editor of a field with its label.
func (b *body) labelled(f *model.Field, width float32) fyne.CanvasObject {
	e := b.editor(f)
	row := input.NewLabelledAround(b.host.Words().Field(b.kind.Name, f.Name), e.Widget(), e.Object, f.Required, width)
	b.labels[f.Name] = row
	if seldom(f) {
		b.seldom[f.Name] = row
	}
	return row
}

// editor makes the editor of a field, which is shown, checked and saved with
// the record.
func (b *body) editor(f *model.Field) *field.Editor {
	e := field.New(b.host, b.kind.Name, f)
	e.OnChange = func() { b.edited(f.Name) }
	if f.ReadOnly || !mayWrite(b.host, b.kind) {
		e.SetReadOnly(true)
	}
	if f.Type == model.Link {
		b.narrow(e, f)
	}
	e.SetKeys(b.key)
	b.editors[f.Name] = e
	b.order = append(b.order, f.Name)
	return e
}

func mayWrite(h screen.Host, k *model.Kind) bool {
	if len(k.Writers) == 0 {
		return true
	}
	for _, r := range k.Writers {
		if r == h.Session().Role {
			return true
		}
	}
	return false
}

// narrow offers only records that agree with this one: contacts of its client,
// stages of its process. A record created in place gets the same.
func (b *body) narrow(e *field.Editor, f *model.Field) {
	target := b.host.Session().Registry().Kind(f.To)
	if target == nil || f.To == "employee" || f.To == b.kind.Name {
		return
	}
	shared := func() map[string]any {
		out := map[string]any{}
		for _, g := range target.Fields {
			own := b.kind.Field(g.Name)
			if g.Type != model.Link || own == nil || own.Type != model.Link || own.To != g.To || own.Name == f.Name {
				continue
			}
			if x := b.editors[own.Name]; x != nil {
				if r, _ := x.Value().(model.Ref); r.ID != 0 {
					out[g.Name] = r
				}
			}
		}
		if g := target.Field(b.kind.Name); g != nil && g.To == b.kind.Name && b.rec != nil && b.rec.Base().ID != 0 { // its own: stages of this process
			out[g.Name] = model.Ref{ID: b.rec.Base().ID, Code: b.rec.Base().Number, Name: b.kind.TitleOf(b.rec)}
		}
		return out
	}
	e.Fill = shared
	e.Narrow = func() filter.Node {
		known := shared()
		return field.Within(target, func(name string) model.Ref { r, _ := known[name].(model.Ref); return r })
	}
}

// key takes keys that no field used: Enter goes on to the next field.
func (b *body) key(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyDown:
		b.host.Canvas().FocusNext()
		return true
	case fyne.KeyUp:
		b.host.Canvas().FocusPrevious()
		return true
	}
	return b.keys != nil && b.keys(k)
}

// fieldKeys takes the keys that a button among the fields has no use for.
func (b *body) fieldKeys(k fyne.KeyName, mod fyne.KeyModifier) bool {
	return mod == 0 && b.key(&fyne.KeyEvent{Name: k})
}

// settle closes the fields that follow from others as the record stands, and says
// why; those that no longer do are open again.
func (b *body) settle() {
	if b.kind.Settled == nil || !mayWrite(b.host, b.kind) {
		return
	}
	why := map[string]string{}
	for _, p := range b.kind.Settled(b.rec) {
		why[p.Field] = b.host.Words().Problem(p)
	}
	for name, l := range b.labels {
		if text := why[name]; (text != "") != b.settled[name] {
			b.settled[name] = text != ""
			if text != "" { // what was typed before it followed from others is nobody's figure any more
				quiet := b.quiet
				b.quiet = true
				b.editors[name].Set(b.began[name])
				b.quiet = quiet
			}
			b.editors[name].SetReadOnly(text != "" || b.editors[name].Field.ReadOnly)
			l.SetReason(text)
		}
	}
}

func (b *body) edited(field string) {
	b.settle()
	if !b.quiet && b.changed != nil {
		b.changed(field)
	}
}

// show puts the values of a record into the editors.
func (b *body) show(rec model.Keeper) {
	b.rec = rec
	b.quiet = true
	for name, e := range b.editors {
		b.began[name] = b.kind.Field(name).Value(rec)
		e.Set(b.began[name])
	}
	for name, row := range b.seldom {
		if v := b.kind.Field(name).Value(rec); field.Empty(v) || v == false {
			row.Hide()
		} else {
			row.Show()
		}
	}
	for _, p := range b.parts {
		p.Show()
	}
	b.quiet = false
	b.settle()
	b.problems(nil)
}

// collect reads all editors into the record; it is false when one cannot be read.
func (b *body) collect() bool {
	good := true
	for _, name := range b.order {
		e := b.editors[name]
		f := b.kind.Field(name)
		if f.ReadOnly {
			continue
		}
		if !e.Commit() {
			if good {
				b.host.Canvas().Focus(e.Focus)
			}
			good = false
			continue
		}
		if err := model.Assign(f.Ptr(b.rec), e.Value()); err != nil {
			b.host.Fail(err)
			return false
		}
	}
	for _, p := range b.parts {
		if !p.Collect() {
			good = false
		}
	}
	return good
}

// gather reads what can be read, for a draft.
func (b *body) gather() {
	for name, e := range b.editors {
		if f := b.kind.Field(name); !f.ReadOnly && e.Problem() == "" {
			if err := model.Assign(f.Ptr(b.rec), e.Value()); err != nil {
				continue
			}
		}
	}
	for _, p := range b.parts {
		p.Gather()
	}
}

// problems puts what is wrong beside the fields; the rest stands on top.
func (b *body) problems(list model.Problems) {
	words := b.host.Words()
	for _, e := range b.editors {
		e.SetProblem("")
	}
	for _, p := range b.parts {
		p.ClearProblems()
	}
	var rest []string
	var first *field.Editor
	for _, p := range list {
		text := words.Problem(p)
		if e := b.editors[p.Field]; e != nil {
			if e.Problem() != "" {
				text = e.Problem() + "\n" + text
			}
			e.SetProblem(text)
			if first == nil {
				first = e
			}
			continue
		}
		if slices.ContainsFunc(b.parts, func(x Part) bool { return x.Problem(p, text) }) {
			continue
		}
		if p.Field != "" {
			text = words.FieldPath(b.kind.Name, p.Field) + ": " + text
		}
		rest = append(rest, text)
	}
	b.note.SetText(strings.Join(rest, "\n"))
	if len(rest) == 0 {
		b.note.Hide()
	} else {
		b.note.Show()
	}
	if first != nil {
		b.host.Canvas().Focus(first.Focus)
	}
}

// holds reports whether an object is one of the editors.
func (b *body) holds(o fyne.CanvasObject) bool {
	for _, e := range b.editors {
		if x, ok := e.Focus.(fyne.CanvasObject); ok && x == o {
			return true
		}
	}
	return false
}

// first is what takes the keyboard when the form opens: the first field that
// can be edited, the number left out; of a fresh record, the first that nothing
// has filled yet.
func (b *body) first(fresh bool) fyne.Focusable {
	var any fyne.Focusable
	for _, name := range b.order {
		f := b.kind.Field(name)
		e := b.editors[name]
		if d, ok := e.Focus.(fyne.Disableable); f.ReadOnly || name == "number" || ok && d.Disabled() {
			continue
		}
		if any == nil {
			any = e.Focus
		}
		if fresh && field.Empty(e.Value()) && f.Type != model.Bool {
			return e.Focus
		}
	}
	return any
}
