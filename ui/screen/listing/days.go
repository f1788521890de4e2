package listing

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/store"
	"ugoda/ui/calendar"
	"ugoda/ui/input"
	"ugoda/ui/run"
	"ugoda/ui/screen"
	uitheme "ugoda/ui/theme"
)

// LookCalendar is the look of a list whose records stand by their days.
const LookCalendar = "calendar"

// days is the list as a calendar: the same filter and search, placed by one of
// the days that the kind names.
type days struct {
	s       *Screen
	cal     *calendar.Calendar
	content fyne.CanvasObject
	bar     *fyne.Container
	title   *widget.Label
	modes   map[calendar.Mode]*input.Button
	by      *input.Choice
	path    string
	shown   bool
	kept    looked // as it was written down last
	latest  *run.Latest
}

func newDays(s *Screen) *days {
	t := s.words
	d := &days{s: s, path: s.kind.Calendar[0], latest: run.NewLatest(hostRunner{s.host}), modes: map[calendar.Mode]*input.Button{}}
	d.make()
	d.title = widget.NewLabelWithStyle("", fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	row := []fyne.CanvasObject{
		input.NewIconButton(theme.NavigateBackIcon(), "", func() { d.cal.Step(-1) }).Framed(),
		input.NewButton(t.T("calendar.today"), func() { d.cal.Today() }).Framed(),
		input.NewIconButton(theme.NavigateNextIcon(), "", func() { d.cal.Step(1) }).Framed(),
		d.title, nil,
	}
	row = append(row, d.legend()...)
	if len(s.kind.Calendar) > 1 {
		var options []input.Option
		for _, path := range s.kind.Calendar {
			options = append(options, input.Option{Key: path, Text: t.Field(s.kind.Name, path)})
		}
		d.by = input.NewChoice(options)
		d.by.Set(d.path)
		d.by.OnChange = func() { d.placeBy(d.by.Value()) }
		row = append(row, container.NewGridWrap(fyne.NewSize(uitheme.Scaled(180), uitheme.Row()), d.by))
	}
	var modes []fyne.CanvasObject
	for _, m := range []calendar.Mode{calendar.Day, calendar.Week, calendar.Month} {
		b := input.NewButton(t.T("calendar.mode."+string(m)), func() { d.cal.SetMode(m) }).Framed()
		d.modes[m] = b
		modes = append(modes, b)
	}
	row = append(row, container.New(tightRow{}, modes...))
	d.bar = input.NewToolbar(row...)
	d.content = container.NewBorder(container.New(layout.NewCustomPaddedLayout(0, 3, 4, 4), d.bar), nil, nil, nil, container.NewStack(d.cal))
	return d
}

// make makes the calendar itself.
func (d *days) make() {
	s, t := d.s, d.s.words
	d.cal = calendar.New(d, calendar.Words{
		Weekday: func(x model.Day) string { return upperFirst(t.Weekday(x.Weekday())) },
		Date:    t.DayInWeek,
		Number: func(x model.Day) string {
			if n := x.Time().Day(); n != 1 {
				return strconv.Itoa(n)
			}
			return "1 " + t.MonthShort(x.Time().Month())
		},
		More:   func(n int) string { return t.N("calendar.more", int64(n)) },
		Count:  func(n int) string { return t.Int(int64(n)) },
		Hour:   func(minute int) string { return fmt.Sprintf("%d:%02d", minute/60, minute%60) },
		AllDay: t.T("calendar.all_day"),
		Empty:  t.T("list.empty_filter"),
	}, s.host.Session().Today(), d.hour() != nil || d.moments())
	d.cal.OnOpen = func(int64) { s.openCurrent() }
	d.cal.OnPreview = func(int64) { s.togglePane() }
	d.cal.OnAdd = d.add
	if f := s.kind.Field(d.path); !d.moments() && !f.ReadOnly && !f.Computed { // what happened then does not move
		d.cal.OnMove = d.move
	}
	d.cal.OnSelect = s.selectionChanged
	d.cal.OnKey = func(k *fyne.KeyEvent, mod fyne.KeyModifier) bool { return s.key(k, mod) }
	d.cal.OnMore = func(x model.Day) {
		where := and(s.state.where, filter.Cond{Path: d.path, Op: filter.Eq, Values: []filter.Value{filter.Date(x)}})
		s.host.Preview(screen.ToList(s.kind.Name, filter.Text(where)))
	}
	d.cal.OnShow = func() {
		d.showTitle()
		d.keep()
	}
	d.cal.OnMenu = func(id int64, x model.Day, at fyne.Position) {
		if id != 0 {
			s.recordMenu(id, d.path, at)
			return
		}
		m := s.moreMenu(nil)
		m.Items = append([]*fyne.MenuItem{fyne.NewMenuItem("+ "+t.Kind(s.kind.Name), func() { d.add(x, calendar.NoHour) }), fyne.NewMenuItemSeparator()}, m.Items...)
		s.host.Menu(m, at)
	}
}

// hour is the field that says the hour of the day, nil when there is none.
func (d *days) hour() *model.Field {
	if d.path != d.s.kind.Calendar[0] {
		return nil
	}
	for _, f := range d.s.kind.Fields {
		if f.Format == "hour" {
			return f
		}
	}
	return nil
}

// kindOf is the field whose value colours the edge of a record.
func (d *days) kindOf() *model.Field {
	for _, name := range []string{"type", "state", "status"} {
		if f := d.s.kind.Field(name); f != nil && f.Type == model.Choice {
			return f
		}
	}
	return nil
}

// types colour what activities are, beside the states of other kinds.
var types = map[string]fyne.ThemeColorName{
	"call": uitheme.Blue, "meeting": uitheme.Violet, "letter": uitheme.Amber, "task": uitheme.Green, "note": uitheme.Muted,
}

func toneOf(value string) fyne.ThemeColorName {
	if tone := types[value]; tone != "" {
		return tone
	}
	return tones[value]
}

// legend says what the colours of the edges mean; states need none: their
// colours are those of the table.
func (d *days) legend() []fyne.CanvasObject {
	f := d.kindOf()
	if f == nil || f.Name != "type" {
		return nil
	}
	var out []fyne.CanvasObject
	for _, v := range f.Values {
		dot := canvas.NewRectangle(uitheme.Color(uitheme.Fill(toneOf(v))))
		dot.CornerRadius = 2
		size := uitheme.Scaled(8)
		label := widget.NewLabel(d.s.words.Choice(d.s.kind.Name, f.Name, v))
		label.Importance, label.SizeName = widget.LowImportance, uitheme.SizeNameCaption
		out = append(out, container.New(layout.NewCustomPaddedHBoxLayout(0), container.NewCenter(container.NewGridWrap(fyne.NewSize(size, size), dot)), label))
	}
	return out
}

// looked is how a list is looked at, whatever saved filter it shows.
type looked struct {
	As   string `json:"as,omitempty"`   // a calendar
	Mode string `json:"mode,omitempty"` // of the calendar
	Day  string `json:"day,omitempty"`  // the field that places records there
}

// preferredLook is the preference that keeps it.
func preferredLook(kind string) string { return "look." + kind }

// begin takes how the list was looked at last; the address goes before.
func (d *days) begin(text string, a screen.Address) {
	if d == nil {
		return
	}
	var k looked
	if text != "" {
		if err := json.Unmarshal([]byte(text), &k); err != nil {
			slog.Warn("read how a list is looked at", "error", err)
		}
	}
	if slices.Contains(d.s.kind.Calendar, k.Day) && k.Day != d.path {
		d.by.Set(k.Day)
		d.placeBy(k.Day)
	}
	d.cal.SetMode(calendar.Mode(k.Mode))
	look := k.As
	if asked := a.Arg(screen.ArgLook); asked != "" {
		look = asked
	}
	d.shown = look == LookCalendar
	d.s.placePane()
	d.showTitle()
	if c := d.s.host.Canvas(); d.shown && c != nil && c.Focused() == fyne.Focusable(d.s.grid) {
		d.s.focusRows()
	}
}

// keep writes down how the list is looked at, when that is another way.
func (d *days) keep() {
	s := d.s
	k := looked{Mode: string(d.cal.Mode())}
	if d.path != s.kind.Calendar[0] {
		k.Day = d.path
	}
	if d.shown {
		k.As = LookCalendar
	}
	if !s.ready || k == d.kept {
		return
	}
	d.kept = k
	text, err := json.Marshal(k)
	if err != nil {
		s.host.Fail(err)
		return
	}
	session, key := s.host.Session(), preferredLook(s.kind.Name)
	s.host.Background(s.ctx, func(ctx context.Context) error { return session.SetPreference(ctx, key, string(text)) }, s.host.Fail)
}

// placeBy places the records by another of their days.
func (d *days) placeBy(path string) {
	if path == d.path {
		return
	}
	mode, at := d.cal.Mode(), d.cal.Current()
	d.path = path
	d.make()
	d.content.(*fyne.Container).Objects[0] = container.NewStack(d.cal)
	d.cal.SetMode(mode)
	d.cal.Go(at)
	d.content.Refresh()
	d.keep()
}

func (d *days) showTitle() {
	t := d.s.words
	from, to := d.cal.Span()
	text := t.MonthOfYear(d.cal.Current())
	switch d.cal.Mode() {
	case calendar.Week:
		text = t.DayAndMonth(from) + " – " + t.Day(to)
	case calendar.Day:
		text = t.Weekday(from.Weekday()) + ", " + t.Day(from)
	}
	d.title.SetText(upperFirst(text))
	for m, b := range d.modes {
		b.SetChosen(m == d.cal.Mode())
	}
	d.bar.Refresh()
	d.bar.Layout.Layout(d.bar.Objects, d.bar.Size())
}

func upperFirst(s string) string {
	r := []rune(s)
	if len(r) == 0 {
		return s
	}
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}

// load reads what is in view anew.
func (d *days) load(top bool) {
	if top {
		d.cal.Reset()
		return
	}
	d.cal.Invalidate()
}

// says is what stands under the calendar of the record with the keyboard: a
// narrow cell cuts it.
func (d *days) says() string {
	if d == nil || !d.shown {
		return ""
	}
	x := d.cal.Item()
	if x == nil {
		return ""
	}
	text := x.Text
	if x.Hour != "" {
		text = x.Hour + " " + text
	}
	return "   |   " + text
}

// add opens a new record of a day, that meets the plain conditions of the
// filter; what is small enough is asked in a box over the calendar.
func (d *days) add(day model.Day, minute int) {
	s := d.s
	f := s.kind.Field(d.path)
	fill := s.bar.fill()
	if fill == nil {
		fill = map[string]any{}
	}
	if !f.Computed && !f.ReadOnly {
		fill[d.path] = day
		if d.moments() {
			fill[d.path] = momentOf(day, max(minute, 0))
		}
		if h := d.hour(); h != nil && minute >= 0 {
			fill[h.Name] = fmt.Sprintf("%02d:%02d", minute/60, minute%60)
		}
	}
	if d.hour() != nil {
		s.host.Edit(s.kind.Name, 0, fill, func(ref model.Ref) {
			d.cal.Select(ref.ID)
			s.reload(false)
		})
		return
	}
	s.host.Open(screen.ToNew(s.kind.Name, fill))
}

// move gives a record another day, and another hour unless it keeps its own.
func (d *days) move(id int64, to model.Day, minute int, keep bool) {
	s := d.s
	values := []store.FieldValue{{Field: d.path, Value: to}}
	if h := d.hour(); h != nil && !keep {
		text := ""
		if minute >= 0 {
			text = fmt.Sprintf("%02d:%02d", minute/60, minute%60)
		}
		values = append(values, store.FieldValue{Field: h.Name, Value: text})
	}
	session, kind := s.host.Session(), s.kind.Name
	type moved struct {
		batch    store.Batch
		failures []store.Failure
	}
	screen.Read(s.ctx, s.host, func(ctx context.Context) (m moved, err error) {
		m.batch, m.failures, err = session.SetFields(ctx, kind, []int64{id}, values)
		return m, err
	}, func(m moved) {
		if len(m.failures) > 0 {
			s.host.Fail(m.failures[0].Err)
		} else {
			if m.batch.ID != 0 {
				s.undo = append(s.undo, m.batch)
			}
			s.host.Done(s.words.T("calendar.moved", "day", s.words.DayInWeek(to)), m.batch)
			d.cal.Go(to)
			d.cal.Select(id)
		}
		s.host.Saved(kind, id)
		s.reload(false)
	})
}

// asDays reports that the list is looked at as a calendar.
func (s *Screen) asDays() bool { return s.days != nil && s.days.shown }

// asCalendar shows the list as a calendar, asTable as a table.
func (s *Screen) asCalendar() { s.look(true) }

func (s *Screen) asTable() { s.look(false) }

func (s *Screen) look(days bool) {
	if s.days == nil || s.days.shown == days {
		return
	}
	s.days.shown = days
	s.placePane()
	s.days.showTitle()
	s.showHead()
	s.days.keep()
	s.reload(true)
	s.focusRows()
}

// body is the list as it is looked at.
func (s *Screen) body() fyne.CanvasObject {
	if s.asDays() {
		return s.days.content
	}
	return s.grid
}

// current is the record with the keyboard, 0 when there is none.
func (s *Screen) current() int64 {
	if s.asDays() {
		return s.days.cal.Focus()
	}
	return s.source.id(s.grid.FocusRow())
}

// focusRows gives the keyboard to the records.
func (s *Screen) focusRows() {
	if s.asDays() {
		s.host.Canvas().Focus(s.days.cal)
		return
	}
	s.host.Canvas().Focus(s.grid)
}

// Calendar is the calendar of the list; nil when its kind has none.
func (s *Screen) Calendar() *calendar.Calendar {
	if s.days == nil {
		return nil
	}
	return s.days.cal
}

// AsCalendar looks at the list as a calendar, or as a table again.
func (s *Screen) AsCalendar(yes bool) { s.look(yes) }
