// Package report shows the reports: settings on top, the picture, and the
// table; a click on either opens the deals behind the figure.
package report

import (
	"context"
	"encoding/json"
	"log/slog"
	"maps"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"ugoda/locale"
	"ugoda/model/table"
	"ugoda/reports"
	picture "ugoda/reports/chart"
	"ugoda/store"
	"ugoda/ui/chart"
	"ugoda/ui/input"
	"ugoda/ui/list"
	"ugoda/ui/screen"
	"ugoda/ui/screen/handout"
	"ugoda/ui/theme"
)

// argKept of an address names the saved settings that are in use.
const argKept = "settings"

// view is a report's tab.
type view struct {
	host   screen.Host
	words  *locale.Printer
	name   string
	set    reports.Settings
	kept   []store.ReportSettings
	using  int64 // of kept; 0: none
	ctx    context.Context
	cancel context.CancelFunc
	stop   context.CancelFunc // of the question that is being asked
	begun  bool

	picture   *chart.View
	grid      *list.Grid
	note      *widget.Label
	bar       *fyne.Container
	content   fyne.CanvasObject
	processes []input.Option
	names     map[string]string // of records that the condition names
	own       bool              // days of one's own are being given

	answer reports.Report
	table  *table.Table
	rows   []table.Row
}

// New makes the screen of a report by its name.
func New(name string) screen.Maker {
	return func(h screen.Host, a screen.Address) (screen.Screen, error) {
		v := &view{host: h, words: h.Words(), name: name, set: reports.Of(a.Args), names: map[string]string{}}
		if id, err := strconv.ParseInt(a.Arg(argKept), 10, 64); err == nil {
			v.using = id
		}
		v.ctx, v.cancel = context.WithCancel(context.Background())
		v.build()
		v.begin(len(v.set) == 0 && v.using == 0)
		return v, nil
	}
}

func (v *view) build() {
	v.picture = chart.NewView(v.ctx, v.host)
	v.picture.OnOpen = v.openRegion
	v.grid = list.NewGrid(nil, v)
	v.grid.OnOpen = func(row int) { v.openLine(row, reports.All) }
	v.grid.OnLink = func(row int, column string) { v.openLine(row, linked[column]) }
	v.note = widget.NewLabel("")
	v.note.Truncation, v.note.Importance = fyne.TextTruncateEllipsis, widget.LowImportance
	v.bar = container.NewStack()
	split := container.NewVSplit(v.picture, v.grid)
	split.Offset = 0.47
	second := container.NewBorder(nil, nil, nil, container.NewHBox(v.sheet().Buttons()...), v.note)
	v.content = container.NewBorder(container.New(layout.NewCustomPaddedLayout(4, 2, 4, 4), container.New(layout.NewCustomPaddedVBoxLayout(2), v.bar, second)), nil, nil, nil, split)
}

// preference is the key under which the settings used last are kept.
func (v *view) preference() string { return "report." + v.name }

// begin reads what settings are offered, and those used last when the address
// names none; then the report.
func (v *view) begin(last bool) {
	s, name, key := v.host.Session(), v.name, v.preference()
	type begun struct {
		kept      []store.ReportSettings
		processes []input.Option
		last      string
	}
	screen.Read(v.ctx, v.host, func(ctx context.Context) (begun, error) {
		var b begun
		var err error
		if b.kept, err = s.ReportSettings(ctx, name); err != nil {
			return b, err
		}
		if last {
			if b.last, err = s.Preference(ctx, key); err != nil {
				return b, err
			}
		}
		rows, err := s.Page(ctx, store.Query{Kind: "process", Columns: []string{"name"}, Sort: []store.Order{{Path: "id"}}})
		for _, r := range rows {
			name, _ := r.Cells[0].(string)
			b.processes = append(b.processes, input.Option{Key: strconv.FormatInt(r.ID, 10), Text: name})
		}
		return b, err
	}, func(b begun) {
		v.kept, v.processes, v.begun = b.kept, b.processes, true
		if b.last != "" {
			v.restore(b.last)
		}
		v.own = v.set[reports.SetPeriod] == "" && (v.set[reports.SetFrom] != "" || v.set[reports.SetTo] != "")
		v.showBar()
		v.refresh()
	})
}

// restore takes the settings that were used last.
func (v *view) restore(text string) {
	values := map[string]string{}
	if err := json.Unmarshal([]byte(text), &values); err != nil {
		slog.Warn("read the kept settings of a report", "error", err)
		return
	}
	v.set = reports.Of(values)
	if id, err := strconv.ParseInt(values[argKept], 10, 64); err == nil {
		v.using = id
	}
}

// keep remembers the settings for the next time.
func (v *view) keep() {
	values := maps.Clone(map[string]string(v.set))
	if v.using != 0 {
		values[argKept] = strconv.FormatInt(v.using, 10)
	}
	text, err := json.Marshal(values)
	if err != nil {
		v.host.Fail(err)
		return
	}
	s, key := v.host.Session(), v.preference()
	v.host.Background(v.ctx, func(ctx context.Context) error { return s.SetPreference(ctx, key, string(text)) }, v.host.Fail)
}

// Title says what the tab holds.
func (v *view) Title() string {
	title := v.words.T("report." + v.name)
	if k := v.current(); k != nil {
		title += ": " + k.Name
	}
	return title
}

// Content is the report.
func (v *view) Content() fyne.CanvasObject { return v.content }

// Address is how the same settings are opened again.
func (v *view) Address() screen.Address {
	args := maps.Clone(map[string]string(v.set))
	if v.using != 0 {
		args[argKept] = strconv.FormatInt(v.using, 10)
	}
	return screen.Address{Screen: v.name, Args: args}
}

// Unsaved is never: settings are kept with the tab.
func (v *view) Unsaved() bool { return false }

// Close drops what is being read.
func (v *view) Close() { v.cancel() }

// Changed asks again when what the report counts was saved.
func (v *view) Changed(kinds map[string][]int64) {
	for _, k := range []string{"deal", "inquiry", "stage", "process", "activity", "loss-reason", "proposal"} {
		if len(kinds) == 0 || kinds[k] != nil {
			v.refresh()
			return
		}
	}
}

// Can implements screen.Commander.
func (v *view) Can(c screen.Command) bool {
	switch c {
	case screen.Refresh, screen.Filter:
		return true
	case screen.Print, screen.Export:
		return v.table != nil
	case screen.Mail:
		return v.table != nil && v.sheet().CanMail()
	}
	return false
}

// Do implements screen.Commander.
func (v *view) Do(c screen.Command) {
	switch c {
	case screen.Refresh:
		v.refresh()
	case screen.Filter:
		v.editWhere()
	case screen.Print:
		v.sheet().Print()
	case screen.Mail:
		v.sheet().Mail()
	case screen.Export:
		v.sheet().Export("xlsx")
	}
}

// change sets some settings and asks again; the bar is laid out anew where
// other controls belong to it.
func (v *view) change(again bool, values ...string) {
	for i := 0; i+1 < len(values); i += 2 {
		if values[i+1] == "" {
			delete(v.set, values[i])
		} else {
			v.set[values[i]] = values[i+1]
		}
	}
	if again {
		v.showBar()
	} else {
		v.showKept()
	}
	v.keep()
	v.host.Retitle(v)
	v.refresh()
}

// refresh asks the report.
func (v *view) refresh() {
	if !v.begun {
		return
	}
	if v.stop != nil {
		v.stop()
	}
	ctx, stop := context.WithCancel(v.ctx)
	v.stop = stop
	set := reports.Of(v.set)
	s, name, words := v.host.Session(), v.name, v.words
	v.grid.SetBusy(true)
	type answered struct {
		report reports.Report
		table  *table.Table
		rows   []table.Row
	}
	screen.Read(ctx, v.host, func(ctx context.Context) (answered, error) {
		r, err := reports.Ask(ctx, s, name, set)
		if err != nil {
			return answered{}, err
		}
		a := answered{report: r, table: r.Table(words)}
		err = a.table.Rows(ctx, func(r table.Row) error {
			r.Cells = append([]any(nil), r.Cells...)
			a.rows = append(a.rows, r)
			return nil
		})
		return a, err
	}, func(a answered) {
		v.answer, v.table, v.rows = a.report, a.table, a.rows
		v.show()
	})
}

func (v *view) show() {
	v.grid.SetColumns(v.gridColumns())
	v.grid.SetSource(v)
	v.grid.SetBusy(false)
	v.grid.SetEmpty(&list.Empty{Title: v.words.T("report.empty")})
	var notes []string
	for _, p := range v.table.Parameters {
		if p.Name == reports.SetWhere {
			continue // it stands above
		}
		notes = append(notes, p.Label+": "+p.Say(v.words))
	}
	v.note.SetText(strings.Join(notes, "  ·  "))
	answer, words := v.answer, v.words
	v.picture.Draw(func(w, h int, scale float64, colours picture.Palette) (*picture.Picture, error) {
		return picture.Draw(answer, words, picture.PNG, w, h, scale, colours)
	})
}

// sheet is what the report hands out.
func (v *view) sheet() *handout.Handout {
	return &handout.Handout{Host: v.host, Title: v.Title, Ask: func() handout.Asker {
		s, name, set, words := v.host.Session(), v.name, reports.Of(v.set), v.words
		return func(ctx context.Context) (handout.Sheet, error) {
			r, err := reports.Ask(ctx, s, name, set)
			if err != nil {
				return handout.Sheet{}, err
			}
			return handout.Sheet{Table: r.Table(words), Draw: func(format picture.Format, w, h int, scale float64) (*picture.Picture, error) {
				return picture.Draw(r, words, format, w, h, scale, picture.Light)
			}}, nil
		}
	}}
}

// bold is how a heading stands before controls.
func bold(text string) *widget.Label {
	return widget.NewLabelWithStyle(text, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
}

// sized gives a control a width.
func sized(o fyne.CanvasObject, w float32) fyne.CanvasObject {
	return container.NewGridWrap(fyne.NewSize(theme.Scaled(w), theme.Row()), o)
}
