// Package report shows the reports: settings on top, the picture, and the
// table; a click on either opens the deals behind the figure.
package report

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/table"
	"ugoda/reports/chart"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/list"
	"ugoda/ui/screen"
	"ugoda/ui/screen/field"
)

// Names of the screens.
const (
	FunnelScreen    = "funnel"
	LossesScreen    = "losses"
	InquiriesScreen = "inquiries"
)

// Keys of Address.Args.
const (
	argMode    = "mode"
	argAsOf    = "as_of"
	argFrom    = "from"
	argTo      = "to"
	argProcess = "process"
	argBy      = "by"
	argWhere   = screen.ArgWhere
)

// answer is a report that was asked: its table, how to draw it, and what is
// behind a row.
type answer struct {
	table *table.Table
	rows  []table.Row
	draw  func(w, h int, scale float64, p chart.Palette) (*chart.Picture, error)
	// deals are those behind a row, for the trail what the row is called; nil
	// when nothing is behind it.
	deals func(ctx context.Context, row int, column string) ([]int64, string, error)
}

// asker asks a report with the settings of an address.
type asker func(ctx context.Context, s *store.Session, h screen.Host, args map[string]string) (*answer, error)

// view is a report's tab.
type view struct {
	h       screen.Host
	name    string
	args    map[string]string
	ask     asker
	ctx     context.Context
	cancel  context.CancelFunc
	stop    context.CancelFunc // of the question that is being asked
	picture *picture
	grid    *list.Grid
	note    *widget.Label
	shown   *answer
	content fyne.CanvasObject
	process *input.Choice

	bar      *fyne.Container
	controls func() []fyne.CanvasObject
}

func newView(h screen.Host, a screen.Address, name string, ask asker, controls func(v *view) []fyne.CanvasObject) (screen.Screen, error) {
	v := &view{h: h, name: name, ask: ask, args: map[string]string{}}
	for k, x := range a.Args {
		v.args[k] = x
	}
	v.ctx, v.cancel = context.WithCancel(context.Background())
	v.picture = newPicture(v.tappedRow)
	v.grid = list.NewGrid(nil, v)
	v.grid.OnOpen = func(row int) { v.drill(row, "") }
	v.grid.OnLink = v.drill
	v.note = widget.NewLabel("")
	v.note.Truncation = fyne.TextTruncateEllipsis
	v.controls = func() []fyne.CanvasObject {
		return append(controls(v), input.NewMenuButton(h.Words().T("command.export"), v.exports).Framed())
	}
	v.bar = container.NewStack(input.NewToolbar(v.controls()...))
	split := container.NewVSplit(v.picture, v.grid)
	split.Offset = 0.62
	v.content = container.NewBorder(container.NewPadded(v.bar), container.NewPadded(v.note), nil, nil, split)
	v.refresh()
	return v, nil
}

// Title says what the tab holds.
func (v *view) Title() string { return v.h.Words().T("report." + v.name) }

// Content is the report.
func (v *view) Content() fyne.CanvasObject { return v.content }

// Address is how the same settings are opened again.
func (v *view) Address() screen.Address {
	args := map[string]string{}
	for k, x := range v.args {
		if x != "" {
			args[k] = x
		}
	}
	return screen.Address{Screen: v.name, Args: args}
}

// Unsaved is never: settings are kept with the tab.
func (v *view) Unsaved() bool { return false }

// Close drops what is being read.
func (v *view) Close() { v.cancel() }

// Changed asks again when deals or inquiries were saved.
func (v *view) Changed(kinds map[string][]int64) {
	if len(kinds) == 0 || kinds["deal"] != nil || kinds["inquiry"] != nil || kinds["stage"] != nil {
		v.refresh()
	}
}

// set changes a setting and asks again.
func (v *view) set(key, value string) {
	if v.args[key] == value {
		return
	}
	v.args[key] = value
	if key == argMode { // other days are asked then
		v.bar.Objects = []fyne.CanvasObject{input.NewToolbar(v.controls()...)}
		v.bar.Refresh()
	}
	v.h.Retitle(v)
	v.refresh()
}

func (v *view) refresh() {
	if v.stop != nil {
		v.stop()
	}
	ctx, stop := context.WithCancel(v.ctx)
	v.stop = stop
	args := map[string]string{}
	for k, x := range v.args {
		args[k] = x
	}
	s := v.h.Session()
	v.grid.SetBusy(true)
	screen.Read(ctx, v.h, func(ctx context.Context) (*answer, error) {
		a, err := v.ask(ctx, s, v.h, args)
		if err != nil {
			return nil, err
		}
		err = a.table.Rows(ctx, func(r table.Row) error {
			r.Cells = append([]any(nil), r.Cells...)
			a.rows = append(a.rows, r)
			return nil
		})
		return a, err
	}, v.show)
}

func (v *view) show(a *answer) {
	v.shown = a
	words := v.h.Words()
	columns := make([]list.Column, len(a.table.Columns))
	for i, c := range a.table.Columns {
		columns[i] = list.Column{Key: c.Name, Title: c.Label, Width: 96, NoSort: true}
		if table.Number(c.Type) {
			columns[i].Align = list.Right
		}
		if i == 0 {
			columns[i].Width, columns[i].Grow = 170, true
		}
		if c.Type == model.Amount {
			columns[i].Width = 118
		}
	}
	v.grid.SetColumns(columns)
	v.grid.SetSource(v)
	v.grid.SetBusy(false)
	var notes []string
	for _, p := range a.table.Parameters {
		notes = append(notes, p.Label+": "+p.Say(words))
	}
	v.note.SetText(strings.Join(notes, "  ·  "))
	v.picture.set(a.draw)
}

// Len is the number of rows, the total included.
func (v *view) Len() int {
	if v.shown == nil {
		return 0
	}
	n := len(v.shown.rows)
	if v.shown.table.Total != nil {
		n++
	}
	return n
}

// Window hands rows to the grid: all of them are in memory.
func (v *view) Window(from, to int) {
	words := v.h.Words()
	var out []list.Row
	for i := from; i < min(to, v.Len()); i++ {
		total := i == len(v.shown.rows)
		cells, strong := v.shown.table.Total, true
		if !total {
			cells, strong = v.shown.rows[i].Cells, v.shown.rows[i].Strong
		}
		r := list.Row{ID: int64(i + 1)}
		for c := range v.shown.table.Columns {
			cell := list.Cell{Bold: strong}
			if c < len(cells) {
				cell.Text = v.shown.table.Columns[c].Text(cells[c], words)
			}
			cell.Link = !total && cell.Text != "" && v.shown.deals != nil && linked[v.shown.table.Columns[c].Name]
			r.Cells = append(r.Cells, cell)
		}
		out = append(out, r)
	}
	v.grid.SetRows(from, out)
}

// linked are the columns whose figures open into their deals.
var linked = map[string]bool{"count": true, "late": true, "lost": true}

// drill opens the deals behind a row; their number is the figure.
func (v *view) drill(row int, column string) {
	a := v.shown
	if a == nil || a.deals == nil || row < 0 || row >= len(a.rows) {
		return
	}
	type behind struct {
		ids  []int64
		name string
	}
	screen.Read(v.ctx, v.h, func(ctx context.Context) (behind, error) {
		ids, name, err := a.deals(ctx, row, column)
		return behind{ids, name}, err
	}, func(b behind) {
		if len(b.ids) == 0 {
			v.h.Say(v.h.Words().T("report.empty"))
			return
		}
		v.h.Preview(screen.ToList("deal", idsWhere(b.ids)).With(screen.ArgTitle, b.name).With(screen.ArgTrail, v.Title()+" › "+b.name))
	})
}

func (v *view) tappedRow(row int) { v.drill(row, "") }

// idsWhere is the condition of exactly these records.
func idsWhere(ids []int64) string {
	parts := make([]string, len(ids))
	for i, id := range ids {
		parts[i] = strconv.FormatInt(id, 10)
	}
	return "id in (" + strings.Join(parts, ", ") + ")"
}

// label stands before a control.
func label(h screen.Host, key string) fyne.CanvasObject {
	return container.NewCenter(widget.NewLabel(h.Words().T(key)))
}

// dayControl is a day among the settings.
func (v *view) dayControl(key string, fallback model.Day) fyne.CanvasObject {
	d := input.NewDay(field.Days(v.h))
	value := fallback
	if parsed, err := model.ParseDay(v.args[key]); err == nil {
		value = parsed
	}
	d.Set(value)
	d.OnChange = func() { v.set(key, d.Value().String()) }
	return container.NewGridWrap(fyne.NewSize(122, theme.TextSize()*2.1), d)
}

// whereControl is the condition on deals, in its text form.
func (v *view) whereControl(kind string) fyne.CanvasObject {
	e := input.NewEntry()
	e.SetPlaceHolder(v.h.Words().T("report.where"))
	e.SetText(v.args[argWhere])
	e.OnSubmitted = func(text string) {
		text = strings.TrimSpace(text)
		if text != "" {
			if _, err := filter.Parse(v.h.Session().Registry(), kind, text); err != nil {
				e.SetProblem(v.h.Words().Error(err))
				return
			}
		}
		e.SetProblem("")
		v.set(argWhere, text)
	}
	return container.NewGridWrap(fyne.NewSize(210, theme.TextSize()*2.1), e)
}

// choiceControl is one of a few values among the settings.
func (v *view) choiceControl(key, fallback string, options []input.Option, width float32) fyne.CanvasObject {
	c := input.NewChoice(options)
	c.Set(fallback)
	if x := v.args[key]; x != "" {
		c.Set(x)
	}
	c.OnChange = func() { v.set(key, c.Value()) }
	if key == argProcess {
		v.process = c
	}
	return container.NewGridWrap(fyne.NewSize(width, theme.TextSize()*2.1), c)
}

// day reads a day of the settings; 0 when there is none.
func day(args map[string]string, key string) model.Day {
	d, err := model.ParseDay(args[key])
	if err != nil {
		return 0
	}
	return d
}

// where reads the condition of the settings.
func where(s *store.Session, kind string, args map[string]string) (filter.Node, error) {
	if args[argWhere] == "" {
		return nil, nil
	}
	n, err := filter.Parse(s.Registry(), kind, args[argWhere])
	if err != nil {
		return nil, fmt.Errorf("condition of the report: %w", err)
	}
	return n, nil
}
