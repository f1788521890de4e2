package report

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/reports"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/theme"
)

// stage is a stage as the editor of common rows knows it.
type stage struct {
	id, process     int64
	name, kind, row string
}

// rowsEditor chooses processes, and puts their stages into common rows: one
// line for each row, one column for each process.
type rowsEditor struct {
	v      *view
	stages []stage
	chosen map[int64]bool // processes; none: all
	rows   []reports.FunnelRowSettings
	body   *fyne.Container
	usual  string // the rows that there are without any of one's own, as text
	rest   *widget.Label
	dialog *screen.Dialog
}

// editRows opens the editor.
func (v *view) editRows() {
	s := v.host.Session()
	screen.Read(v.ctx, v.host, func(ctx context.Context) ([]stage, error) {
		rows, err := s.Page(ctx, store.Query{Kind: "stage", Columns: []string{"process", "name", "kind", "funnel_row"}, Sort: []store.Order{{Path: "order"}}})
		var out []stage
		for _, r := range rows {
			process, _ := r.Cells[0].(model.Ref)
			x := stage{id: r.ID, process: process.ID}
			x.name, _ = r.Cells[1].(string)
			x.kind, _ = r.Cells[2].(string)
			x.row, _ = r.Cells[3].(string)
			out = append(out, x)
		}
		return out, err
	}, v.showRows)
}

func (v *view) showRows(stages []stage) {
	t := v.words.T
	e := &rowsEditor{v: v, stages: stages, chosen: map[int64]bool{}, body: container.NewStack(), rest: widget.NewLabel("")}
	chosen, err := v.set.Processes()
	if err != nil {
		v.host.Fail(err)
	}
	for _, id := range chosen {
		e.chosen[id] = true
	}
	if e.rows, err = v.set.Rows(); err != nil {
		v.host.Fail(err)
	}
	own := e.rows
	e.rows = nil
	e.join()
	e.usual = reports.RowsText(e.rows)
	if len(own) > 0 {
		e.rows = own
	}
	e.rest.Wrapping, e.rest.Importance = fyne.TextWrapWord, widget.LowImportance
	processes := []fyne.CanvasObject{bold(t("report.by.process"))}
	for _, p := range v.processes {
		id, err := strconv.ParseInt(p.Key, 10, 64)
		if err != nil {
			continue
		}
		c := input.NewCheck(p.Text, func(yes bool) {
			if e.chosen[id] = yes; !yes {
				delete(e.chosen, id)
			}
			e.show()
		})
		c.Set(e.chosen[id])
		processes = append(processes, c)
	}
	hint := widget.NewLabel(t("report.rows.hint"))
	hint.Wrapping, hint.Importance = fyne.TextWrapWord, widget.LowImportance
	buttons := input.NewToolbar(
		input.NewButton("+ "+t("report.rows.add"), func() {
			e.rows = append(e.rows, reports.FunnelRowSettings{})
			e.show()
		}).Framed(),
		input.NewButton(t("report.rows.same_names"), e.sameNames).Framed(),
		input.NewButton(t("report.rows.clear"), func() {
			e.rows = nil
			e.show()
		}).Framed(),
	)
	e.show()
	e.dialog = &screen.Dialog{
		Title: t("report.rows"), Size: fyne.NewSize(1040, 560), OwnKeys: true,
		Content: container.NewBorder(container.NewVBox(input.NewToolbar(processes...), hint), container.NewVBox(buttons, e.rest), nil, nil, container.NewScroll(e.body)),
		Buttons: []screen.Button{{Label: t("button.cancel")}, {Label: t("button.apply"), Primary: true, Stays: true, Do: e.apply}},
	}
	v.host.Dialog(e.dialog)
}

// shown are the processes with a column.
func (e *rowsEditor) shown() []input.Option {
	if len(e.chosen) == 0 {
		return e.v.processes
	}
	return slices.DeleteFunc(slices.Clone(e.v.processes), func(p input.Option) bool {
		id, err := strconv.ParseInt(p.Key, 10, 64)
		return err != nil || !e.chosen[id]
	})
}

// placed is the row of a stage, -1 when it has a row of its own.
func (e *rowsEditor) placed(id int64) int {
	return slices.IndexFunc(e.rows, func(r reports.FunnelRowSettings) bool { return slices.Contains(r.Stages, id) })
}

func (e *rowsEditor) stage(id int64) *stage {
	if i := slices.IndexFunc(e.stages, func(s stage) bool { return s.id == id }); i >= 0 {
		return &e.stages[i]
	}
	return nil
}

// kindOf is the kind of the stages of a row, which all have the same; empty
// while it has none.
func (e *rowsEditor) kindOf(row int) string {
	for _, id := range e.rows[row].Stages {
		if s := e.stage(id); s != nil {
			return s.kind
		}
	}
	return ""
}

// show lays the lines out anew.
func (e *rowsEditor) show() {
	t := e.v.words.T
	processes := e.shown()
	grid := container.New(&lines{columns: len(processes) + 1})
	grid.Add(bold(t("report.rows.name")))
	for _, p := range processes {
		grid.Add(bold(p.Text))
	}
	for i := range e.rows {
		grid.Add(e.head(i))
		for _, p := range processes {
			id, err := strconv.ParseInt(p.Key, 10, 64)
			if err == nil {
				grid.Add(e.cell(i, id))
			}
		}
	}
	e.body.Objects = []fyne.CanvasObject{grid}
	e.body.Refresh()
	var rest []string
	for _, s := range e.stages {
		shown := len(e.chosen) == 0 || e.chosen[s.process]
		if shown && s.kind == deal.Open && e.placed(s.id) < 0 && !slices.Contains(rest, s.name) {
			rest = append(rest, s.name)
		}
	}
	e.rest.SetText("")
	if len(rest) > 0 && len(e.rows) > 0 {
		e.rest.SetText(t("report.rows.rest", "stages", strings.Join(rest, ", ")))
	}
}

// head is the name of a row, and what moves it.
func (e *rowsEditor) head(i int) fyne.CanvasObject {
	name := input.NewEntry()
	name.SetText(e.rows[i].Name)
	name.SetPlaceHolder(e.v.words.T("report.rows.name"))
	name.OnChanged = func(text string) { e.rows[i].Name = text }
	move := func(by int) func() {
		return func() {
			if j := i + by; j >= 0 && j < len(e.rows) {
				e.rows[i], e.rows[j] = e.rows[j], e.rows[i]
				e.show()
			}
		}
	}
	return container.NewBorder(nil, nil, nil, container.NewHBox(
		input.NewIconButton(fynetheme.MoveUpIcon(), "", move(-1)), input.NewIconButton(fynetheme.MoveDownIcon(), "", move(1)),
		input.NewIconButton(fynetheme.DeleteIcon(), "", func() {
			e.rows = slices.Delete(e.rows, i, i+1)
			e.show()
		})), name)
}

// cell are the stages of one process in a row.
func (e *rowsEditor) cell(i int, process int64) fyne.CanvasObject {
	box := container.New(layout.NewCustomPaddedVBoxLayout(2))
	for _, id := range e.rows[i].Stages {
		if s := e.stage(id); s != nil && s.process == process {
			box.Add(input.NewButton(s.name+"  ×", func() {
				e.rows[i].Stages = slices.DeleteFunc(e.rows[i].Stages, func(x int64) bool { return x == id })
				e.show()
			}).Framed())
		}
	}
	if len(e.offered(i, process)) > 0 {
		box.Add(input.NewMenuButton("+", func() []*fyne.MenuItem {
			var items []*fyne.MenuItem
			for _, s := range e.offered(i, process) {
				items = append(items, fyne.NewMenuItem(s.name, func() {
					e.rows[i].Stages = append(e.rows[i].Stages, s.id)
					if e.rows[i].Name == "" {
						e.rows[i].Name = s.name
					}
					e.show()
				}))
			}
			return items
		}))
	}
	return box
}

// offered are the stages of a process that a row may take: those in no row yet,
// of the row's kind.
func (e *rowsEditor) offered(row int, process int64) []stage {
	kind := e.kindOf(row)
	var out []stage
	for _, s := range e.stages {
		if s.process == process && e.placed(s.id) < 0 && (kind == "" || s.kind == kind) {
			out = append(out, s)
		}
	}
	return out
}

// sameNames puts the stages that are in no row yet into rows by their names.
func (e *rowsEditor) sameNames() {
	e.join()
	e.show()
}

// join makes a row of the stages in work that are called the same, in the order
// of the longest process.
func (e *rowsEditor) join() {
	long := map[int64]int{}
	for _, s := range e.stages {
		long[s.process]++
	}
	stages := slices.Clone(e.stages) // in the order of each process
	slices.SortStableFunc(stages, func(a, b stage) int {
		return cmp.Or(cmp.Compare(long[b.process], long[a.process]), cmp.Compare(a.process, b.process))
	})
	for _, s := range stages {
		if s.kind != deal.Open || e.placed(s.id) >= 0 || len(e.chosen) > 0 && !e.chosen[s.process] {
			continue
		}
		name := s.name
		if s.row != "" {
			name = s.row
		}
		i := slices.IndexFunc(e.rows, func(r reports.FunnelRowSettings) bool { return r.Name == name })
		if i < 0 {
			e.rows = append(e.rows, reports.FunnelRowSettings{Name: name})
			i = len(e.rows) - 1
		}
		e.rows[i].Stages = append(e.rows[i].Stages, s.id)
	}
}

// apply takes rows that have a name and stages.
func (e *rowsEditor) apply() {
	var rows []reports.FunnelRowSettings
	for _, r := range e.rows {
		if len(r.Stages) == 0 {
			continue
		}
		if r.Name = strings.TrimSpace(r.Name); r.Name == "" {
			e.v.host.Fail(model.Refused("rows", "row_without_name"))
			return
		}
		rows = append(rows, r)
	}
	var ids []string
	for _, p := range e.v.processes {
		if id, err := strconv.ParseInt(p.Key, 10, 64); err == nil && e.chosen[id] {
			ids = append(ids, p.Key)
		}
	}
	if len(ids) == len(e.v.processes) {
		ids = nil // all, those that come later included
	}
	text := reports.RowsText(rows)
	if text == e.usual { // stages that come later find their rows by themselves
		text = ""
	}
	e.dialog.Close()
	e.v.change(true, reports.SetProcess, strings.Join(ids, ","), reports.SetRows, text)
}

// lines stands objects in columns, each line as high as its highest; the first
// column is wider.
type lines struct{ columns int }

func (l *lines) widths() (first, other float32) { return theme.Scaled(300), theme.Scaled(190) }

// MinSize is the sum of the lines.
func (l *lines) MinSize(o []fyne.CanvasObject) fyne.Size {
	first, other := l.widths()
	high := float32(0)
	for from := 0; from < len(o); from += l.columns {
		high += l.high(o[from:min(from+l.columns, len(o))])
	}
	return fyne.NewSize(first+float32(l.columns-1)*other, high)
}

func (l *lines) high(line []fyne.CanvasObject) float32 {
	high := theme.Row()
	for _, x := range line {
		high = max(high, x.MinSize().Height)
	}
	return high + theme.Scaled(6)
}

// Layout gives each line its height.
func (l *lines) Layout(o []fyne.CanvasObject, _ fyne.Size) {
	first, other := l.widths()
	y := float32(0)
	for from := 0; from < len(o); from += l.columns {
		line := o[from:min(from+l.columns, len(o))]
		high, x, w := l.high(line), float32(0), first
		for _, ob := range line {
			m := ob.MinSize()
			ob.Move(fyne.NewPos(x, y))
			ob.Resize(fyne.NewSize(w-theme.Scaled(8), max(m.Height, theme.Row())))
			x, w = x+w, other
		}
		y += high
	}
}
