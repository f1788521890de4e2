package imports

import (
	"cmp"
	"context"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ugoda/exchange/outfile"
	"ugoda/model"
	"ugoda/model/table"
	"ugoda/model/text"
	"ugoda/printing/sheet"
	"ugoda/service/imports"
	"ugoda/ui/input"
	"ugoda/ui/list"
	"ugoda/ui/run"
	"ugoda/ui/screen/field"
	"ugoda/ui/theme"
)

// check is the second step: what the import would do, what it asks, and every
// problem by row and column.
type check struct {
	s         *Screen
	content   *fyne.Container
	bar       *widget.ProgressBar
	tiles     *fyne.Container
	note      *widget.Label
	questions *questions
	find      *input.Entry
	only      *input.Choice
	grid      *list.Grid
	source    *rows
	order     []list.SortKey
	looking   *run.Latest
	leave     *input.Check
	again     *input.Button
	load      *input.Button
	back      *input.Button
}

func newCheck(s *Screen) *check {
	t := s.words.T
	c := &check{s: s, source: &rows{}, looking: run.NewLatest(field.Runner{Host: s.host}), bar: widget.NewProgressBar(), note: caption("")}
	c.note.Wrapping = fyne.TextWrapWord
	c.tiles = container.New(layout.NewGridLayoutWithRows(1))
	c.questions = newQuestions(s)
	c.find = input.NewEntry()
	c.find.PlaceHolder = t("import.problems.find")
	c.find.OnChanged = func(string) { c.list() }
	c.only = input.NewChoice([]input.Option{{Text: t("import.problems.all")}, {Key: "bad", Text: t("import.problems.bad")}, {Key: "notice", Text: t("import.problems.notice")}})
	c.only.Set("")
	c.only.OnChange = c.list
	c.grid = list.NewGrid([]list.Column{
		{Key: "row", Title: t("import.problem.row"), Width: 70, Align: list.Right},
		{Key: "column", Title: t("import.problem.column"), Width: 170},
		{Key: "value", Title: t("import.problem.value"), Width: 220},
		{Key: "problem", Title: t("import.problem.text"), Width: 420, Grow: true},
	}, c.source)
	c.source.grid = c.grid
	c.grid.OnSort = func(order []list.SortKey) {
		c.order = order
		c.list()
	}
	c.grid.SetEmpty(&list.Empty{Title: t("import.problems.none")})
	c.leave = input.NewCheck("", func(bool) { c.buttons() })
	c.back = input.NewButton("◂  "+t("import.back"), func() { s.show(mapping) }).Framed()
	c.again = input.NewIconButton(fynetheme.ViewRefreshIcon(), t("import.try_again"), s.try).Framed()
	c.load = input.NewButton(t("import.run"), s.run).Primary()
	c.content = container.NewStack()
	return c
}

func (c *check) focus() fyne.Focusable {
	if c.s.result == nil {
		return nil
	}
	if f := c.questions.focus(); f != nil {
		return f
	}
	if c.ready() {
		return c.load
	}
	return c.grid
}

// begin shows that the trial runs.
func (c *check) begin() {
	c.bar.SetValue(0)
	box := container.New(layout.NewCustomPaddedVBoxLayout(8), caption(c.s.words.T("import.trying")), c.bar,
		container.NewHBox(layout.NewSpacer(), input.NewButton(c.s.words.T("button.stop"), func() {
			c.s.trials.Cancel()
			c.s.show(mapping)
		}).Framed(), layout.NewSpacer()))
	c.content.Objects = []fyne.CanvasObject{container.NewCenter(container.New(&fixed{width: theme.Scaled(420)}, box))}
	c.content.Refresh()
}

// stop leaves the progress of a trial that failed.
func (c *check) stop() { c.content.Objects = nil }

// progress shows how far the trial is; it is called off the UI goroutine.
func (c *check) progress(ctx context.Context) func(done, all int) {
	var last time.Time
	return func(done, all int) {
		if all == 0 || time.Since(last) < 100*time.Millisecond {
			return
		}
		last = time.Now()
		fyne.Do(func() {
			if ctx.Err() == nil {
				c.bar.SetValue(float64(done) / float64(all))
			}
		})
	}
}

// fill shows what the trial came to.
func (c *check) fill() {
	s := c.s
	r := s.result
	t := s.words.T
	c.tiles.RemoveAll()
	tile := func(key string, n int, tone fyne.ThemeColorName, show string) {
		x := input.NewTile(t(key), func() {
			c.only.Set(show)
			c.list()
		})
		if n == 0 {
			tone = theme.Muted
		}
		x.Set(s.words.Int(int64(n)), "", tone)
		c.tiles.Add(x)
	}
	tile("import.rows", r.Rows, theme.Foreground, "")
	tile("import.to_create", r.Created, theme.Green, "")
	tile("import.to_update", r.Updated, theme.Blue, "")
	tile("import.same", r.Same, theme.Muted, "notice")
	tile("import.left_out", r.LeftOut, theme.Red, "bad")
	if r.Skipped+r.Totals+r.Repeated > 0 {
		tile("import.noticed", r.Skipped+r.Totals+r.Repeated, theme.Amber, "notice")
	}
	c.note.SetText(strings.Join(s.remarks(r), "   ·   "))
	c.note.Hidden = c.note.Text == ""
	c.questions.fill(r)
	c.leave.SetText(s.words.N("import.leave_bad", int64(r.LeftOut)))
	c.leave.Set(s.plan.LeaveBad && r.LeftOut > 0)
	c.leave.Hidden = r.LeftOut == 0
	c.list()
	c.layOut()
	c.buttons()
}

// remarks are what is worth knowing beside problems: what is made beside the
// rows, what stays empty, which columns nothing is made of.
func (s *Screen) remarks(r *imports.Result) []string {
	var out []string
	for _, kind := range slices.Sorted(keys(r.Made)) {
		out = append(out, s.words.T("import.remark.made", "kind", s.words.Kinds(kind), "n", r.Made[kind]))
	}
	if r.Groups > 0 {
		out = append(out, s.words.T("import.remark.groups", "n", r.Groups))
	}
	var empty []string
	for _, path := range slices.Sorted(keys(r.Without)) {
		if day, err := model.ParseDay(s.plan.Constants[path]); err == nil && path == "opened" {
			out = append(out, s.words.T("import.remark.assumed", "n", s.words.Int(int64(r.Without[path])), "day", s.words.Day(day)))
			continue
		}
		label := path
		if i := slices.IndexFunc(s.columns.targets, func(t imports.Target) bool { return t.Path == path }); i >= 0 {
			label = s.columns.labels[i]
		}
		empty = append(empty, label+" "+s.words.Int(int64(r.Without[path])))
	}
	if len(empty) > 0 {
		out = append(out, s.words.T("import.remark.empty", "fields", strings.Join(empty, ", ")))
	}
	if len(r.Unused) > 0 {
		out = append(out, s.words.T("import.remark.unused", "columns", strings.Join(r.Unused, ", ")))
	}
	return out
}

func keys[V any](m map[string]V) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// layOut stacks the parts: questions take the room that they need, up to half.
func (c *check) layOut() {
	s, t := c.s, c.s.words.T
	export := input.NewIconButton(fynetheme.DocumentSaveIcon(), t("import.problems.export"), c.export).Framed()
	find := container.New(&fixed{width: theme.Scaled(230)}, c.find)
	bar := input.NewToolbar(heading(t("import.problems")), c.only, nil, find, export)
	problems := container.NewBorder(bar, nil, nil, nil, c.grid)
	foot := input.NewToolbar(c.back, c.again, nil, c.leave, c.load)
	head := container.New(layout.NewCustomPaddedVBoxLayout(4), c.tiles, c.note)
	var middle fyne.CanvasObject = problems
	if n := len(s.result.Questions); n > 0 {
		middle = container.New(&upTo{share: 0.55}, boxed(c.questions.content), problems)
	}
	c.content.Objects = []fyne.CanvasObject{container.New(layout.NewCustomPaddedLayout(4, 4, 8, 8), container.NewBorder(head, foot, nil, nil, middle))}
	c.content.Refresh()
}

// upTo gives the first of two objects what it wants, up to a share of the height.
type upTo struct{ share float32 }

// MinSize is for Fyne.
func (l *upTo) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(max(o[0].MinSize().Width, o[1].MinSize().Width), theme.Scaled(260))
}

// Layout is for Fyne.
func (l *upTo) Layout(o []fyne.CanvasObject, size fyne.Size) {
	want := size.Height * l.share
	if w, ok := wanted(o[0]); ok {
		want = min(want, w)
	}
	gap := theme.Scaled(6)
	o[0].Move(fyne.Position{})
	o[0].Resize(fyne.NewSize(size.Width, want))
	o[1].Move(fyne.NewPos(0, want+gap))
	o[1].Resize(fyne.NewSize(size.Width, size.Height-want-gap))
}

// wanted is the height of what scrolls within a box.
func wanted(o fyne.CanvasObject) (float32, bool) {
	box, ok := o.(*fyne.Container)
	if !ok {
		return 0, false
	}
	for _, x := range box.Objects {
		switch x := x.(type) {
		case *container.Scroll:
			return x.Content.MinSize().Height + theme.Scaled(8), true
		case *fyne.Container:
			if h, ok := wanted(x); ok {
				return h, true
			}
		}
	}
	return 0, false
}

// line is a problem with its words.
type line struct {
	p    *imports.Problem
	said string
}

// list shows the problems that are looked for, in their order. There may be a
// hundred thousand of them: they are looked through in the background.
func (c *check) list() {
	s := c.s
	if s.result == nil {
		return
	}
	result, words, kind := s.result, s.words, s.kind.Name
	want, only, order := text.Fold(c.find.Text), c.only.Value(), c.order
	c.looking.Go(s.ctx, func(ctx context.Context) func() {
		var lines []line
		for i := range result.Problems {
			if i%1000 == 0 && ctx.Err() != nil {
				return nil
			}
			p := &result.Problems[i]
			if only == "bad" && p.Notice || only == "notice" && !p.Notice {
				continue
			}
			said := p.Say(words, kind)
			if want != "" && !strings.Contains(text.Fold(p.Column+" "+p.Value+" "+said+" "+strconv.Itoa(p.Row)), want) {
				continue
			}
			lines = append(lines, line{p, said})
		}
		sortLines(lines, order)
		rows := make([]list.Row, len(lines))
		for i, l := range lines {
			rows[i] = list.Row{Cells: []list.Cell{{Text: words.Int(int64(l.p.Row))}, {Text: l.p.Column}, {Text: l.p.Value}, {Text: l.said}}, Mark: theme.Fill(theme.Red)}
			if l.p.Notice {
				rows[i].Mark = theme.Fill(theme.Amber)
			}
		}
		return func() {
			c.source.list = rows
			c.grid.Reset()
			c.grid.Refresh()
		}
	})
}

// sortLines puts problems into the order of the heads that were clicked.
func sortLines(lines []line, order []list.SortKey) {
	for i := len(order) - 1; i >= 0; i-- {
		key := order[i]
		slices.SortStableFunc(lines, func(a, b line) int {
			n := 0
			switch key.Key {
			case "row":
				n = cmp.Compare(a.p.Row, b.p.Row)
			case "column":
				n = cmp.Compare(a.p.Column, b.p.Column)
			case "value":
				n = cmp.Compare(a.p.Value, b.p.Value)
			case "problem":
				n = cmp.Compare(a.said, b.said)
			}
			if key.Desc {
				n = -n
			}
			return n
		})
	}
}

// ready reports whether the import may begin.
func (c *check) ready() bool {
	s := c.s
	if s.result == nil || s.busy {
		return false
	}
	r := s.result
	if c.questions.waiting() || r.Created+r.Updated == 0 {
		return false
	}
	return r.LeftOut == 0 || c.leave.Checked
}

// buttons follow what may be done now.
func (c *check) buttons() {
	s := c.s
	if s.result == nil {
		return
	}
	n := s.result.Created + s.result.Updated
	c.load.SetText(s.words.N("import.run_rows", int64(n)))
	stale := c.questions.changed()
	c.again.SetPrimary(stale)
	c.load.SetPrimary(!stale)
	if c.ready() && !stale {
		c.load.Enable()
	} else {
		c.load.Disable()
	}
	s.host.Retitle(s)
}

// main does what is to be done next.
func (c *check) main() {
	switch {
	case c.questions.changed():
		c.s.try()
	case c.ready():
		c.s.run()
	}
}

// running bars the buttons while the import runs.
func (c *check) running(yes bool) {
	for _, b := range []*input.Button{c.load, c.again, c.back} {
		if yes {
			b.Disable()
		} else {
			b.Enable()
		}
	}
	if !yes {
		c.buttons()
	}
}

// export offers to write the problems, or the rows that have them, to a file.
func (c *check) export() {
	s, t := c.s, c.s.words.T
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(c.find).AddXY(0, theme.Row())
	s.host.Menu(fyne.NewMenu("",
		fyne.NewMenuItem(t("import.export.problems"), func() { c.write(t("import.problems"), s.result.Table(s.words, s.kind.Name)) }),
		fyne.NewMenuItem(t("import.export.rows"), c.exportRows),
	), at)
}

// exportRows writes the rows that did not come in, to be mended and brought in.
func (c *check) exportRows() {
	s := c.s
	c.write(s.words.T("import.export.rows.name"), imports.Rest(s.words, s.book, s.tried, s.result))
}

func (c *check) write(what string, t *table.Table) {
	s := c.s
	name := strings.TrimSuffix(s.file, filepath.Ext(s.file)) + " — " + what + ".xlsx"
	saveAs(s.host, name, []string{"xlsx", "csv"}, func(ctx context.Context, path string) error {
		format := strings.ToLower(strings.TrimPrefix(filepath.Ext(path), "."))
		return outfile.Create(path, func(f io.Writer) error { return sheet.Write(ctx, f, format, t, sheet.Options{Formatter: s.words}) })
	})
}
