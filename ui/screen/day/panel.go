package day

import (
	"context"
	"net/url"

	"fyne.io/fyne/v2"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/requisite"
	"ugoda/store"
	"ugoda/ui/list"
	"ugoda/ui/screen"
	"ugoda/ui/screen/act"
	"ugoda/ui/screen/timeline"
	"ugoda/ui/theme"
)

// ahead is how many days after today are shown, most how many activities.
const (
	ahead = 7
	most  = 1_000
)

var columns = []string{"due", "hour", "type", "subject", "client", "client.phone", "deal"}

// Panel lists the open activities of somebody by their days.
type Panel struct {
	Content fyne.CanvasObject

	host   screen.Host
	ctx    context.Context
	cancel context.CancelFunc
	grid   *list.Grid
	who    model.Ref
	calls  bool
	rows   []list.Row
	recs   []store.Row // of the rows; that of a group's head has no id
	asked  int
}

// NewPanel lists the activities of an employee; nobody: everybody's.
func NewPanel(h screen.Host, who model.Ref) *Panel {
	p := &Panel{host: h, who: who}
	p.ctx, p.cancel = context.WithCancel(context.Background())
	t := h.Words()
	p.grid = list.NewGrid([]list.Column{
		{Key: "due", Title: t.Field("activity", "due"), Width: 132, NoSort: true},
		{Key: "type", Title: t.Field("activity", "type"), Width: 80, NoSort: true},
		{Key: "subject", Title: t.Field("activity", "subject"), Width: 170, Grow: true, NoSort: true},
		{Key: "client", Title: t.Field("activity", "client"), Width: 140, Grow: true, NoSort: true},
		{Key: "phone", Title: t.Field("client", "phone"), Width: 120, NoSort: true},
		{Key: "deal", Title: t.Field("activity", "deal"), Width: 120, Grow: true, NoSort: true},
		{Key: "done", Title: "", Width: 80, NoSort: true},
	}, p)
	p.grid.SetEmpty(&list.Empty{Title: t.T("day.empty"), Hint: t.T("day.empty_hint"), Action: "+ " + t.Kind("activity"), Do: p.Plan})
	p.grid.OnOpen = p.open
	p.grid.OnLink = p.link
	p.grid.OnMenu = p.menu
	p.grid.OnPreview = func(int) { p.finish() }
	p.grid.OnRune = func(r rune) {
		if r == '+' {
			p.postpone()
		}
	}
	p.grid.OnKey = func(k *fyne.KeyEvent, _ fyne.KeyModifier) bool {
		if k.Name != fyne.KeyF8 {
			return false
		}
		p.call()
		return true
	}
	p.Content = p.grid
	p.Read()
	return p
}

// Narrow leaves the columns that half a small window has room for.
func (p *Panel) Narrow() {
	widths := map[string]float32{"due": 112, "subject": 120, "client": 104, "done": 78}
	columns := p.grid.Columns()
	for i := range columns {
		c := &columns[i]
		if w := widths[c.Key]; w > 0 {
			c.Width = w
		} else {
			c.Hidden = true
		}
	}
	p.grid.SetColumns(columns)
}

// Close drops what is being read.
func (p *Panel) Close() { p.cancel() }

// Of shows the day of somebody else.
func (p *Panel) Of(who model.Ref) {
	p.who = who
	p.Read()
}

// OnlyCalls leaves nothing but calls.
func (p *Panel) OnlyCalls(yes bool) {
	p.calls = yes
	p.Read()
}

// Plan opens a small form for a new activity.
func (p *Panel) Plan() {
	fill := map[string]any{}
	if !p.who.IsZero() {
		fill["assignee"] = p.who
	}
	p.host.Edit("activity", 0, fill, func(model.Ref) { p.Read() })
}

// Read reads the activities anew.
func (p *Panel) Read() {
	s := p.host.Session()
	today := s.Today()
	where := filter.And{
		filter.Cond{Path: "done", Op: filter.Eq, Values: []filter.Value{filter.Bool(false)}},
		filter.Cond{Path: "due", Op: filter.Le, Values: []filter.Value{filter.Date(today + ahead)}},
	}
	if !p.who.IsZero() {
		where = append(where, filter.Cond{Path: "assignee", Op: filter.Eq, Values: []filter.Value{filter.ID(p.who.ID)}})
	}
	if p.calls {
		where = append(where, filter.Cond{Path: "type", Op: filter.Eq, Values: []filter.Value{filter.String("call")}})
	}
	q := store.Query{Kind: "activity", Where: where, Columns: columns, Sort: []store.Order{{Path: "due"}, {Path: "hour"}}, Limit: most}
	p.asked++
	asked := p.asked
	screen.Read(p.ctx, p.host, func(ctx context.Context) ([]store.Row, error) { return s.Page(ctx, q) }, func(rows []store.Row) {
		if asked == p.asked {
			p.show(rows, today)
		}
	})
}

// show groups the activities: overdue, today, next.
func (p *Panel) show(rows []store.Row, today model.Day) {
	t := p.host.Words()
	focus := p.grid.FocusRow()
	p.rows, p.recs = nil, nil
	at := 0
	for _, name := range []string{"overdue", "today", "next"} {
		from := at
		for at < len(rows) && name == section(rows[at], today) {
			at++
		}
		if at == from {
			continue
		}
		head := list.Row{Cells: make([]list.Cell, 7), Group: &list.Group{Title: t.T("day.group." + name), Count: t.Int(int64(at - from))}}
		p.rows, p.recs = append(p.rows, head), append(p.recs, store.Row{})
		for _, r := range rows[from:at] {
			p.rows, p.recs = append(p.rows, p.paint(r, today)), append(p.recs, r)
		}
	}
	p.grid.Reset()
	if len(p.rows) > 1 {
		focus = min(max(focus, 1), len(p.rows)-1)
		p.grid.Select(focus, list.Range{From: focus, To: focus + 1})
	}
}

func section(r store.Row, today model.Day) string {
	due, _ := r.Cells[0].(model.Day)
	switch {
	case due < today:
		return "overdue"
	case due == today:
		return "today"
	}
	return "next"
}

func (p *Panel) paint(r store.Row, today model.Day) list.Row {
	t := p.host.Words()
	due, _ := r.Cells[0].(model.Day)
	hour, _ := r.Cells[1].(string)
	typ, _ := r.Cells[2].(string)
	subject, _ := r.Cells[3].(string)
	who, _ := r.Cells[4].(model.Ref)
	phone, _ := r.Cells[5].(string)
	of, _ := r.Cells[6].(model.Ref)
	when := t.Due(due, today)
	if hour != "" && due >= today {
		when = hour + " · " + when
	}
	return list.Row{ID: r.ID, Cells: []list.Cell{
		{Text: when, Tone: timeline.DueTone(due, today)},
		{Text: t.Choice("activity", "type", typ)},
		{Text: subject, Bold: due <= today},
		{Text: who.Name, Link: who.ID != 0},
		{Text: phone},
		{Text: screen.RefText(of), Link: of.ID != 0},
		{Text: t.T("button.done"), Link: true, Tone: theme.Green},
	}}
}

// Len implements list.Source.
func (p *Panel) Len() int { return len(p.rows) }

// Window implements list.Source: all rows are here.
func (p *Panel) Window(from, to int) {
	to = min(to, len(p.rows))
	if from < to {
		p.grid.SetRows(from, p.rows[from:to])
	}
}

// at is the activity of a row, nil when it has none.
func (p *Panel) at(row int) *store.Row {
	if row >= 0 && row < len(p.recs) && p.recs[row].ID != 0 {
		return &p.recs[row]
	}
	return nil
}

// current is the activity with the keyboard, nil when there is none.
func (p *Panel) current() *store.Row { return p.at(p.grid.FocusRow()) }

func (p *Panel) finish() {
	if r := p.current(); r != nil {
		act.AskAndRun(p.ctx, p.host, "activity", r.ID, "finish", nil, p.Read)
	}
}

// postpone asks the new day of an activity.
func (p *Panel) postpone() {
	if r := p.current(); r != nil {
		act.AskAndRun(p.ctx, p.host, "activity", r.ID, "postpone", model.Answers{"due": max(p.host.Session().Today(), dueOf(*r)) + 1}, p.Read)
	}
}

func dueOf(r store.Row) model.Day {
	due, _ := r.Cells[0].(model.Day)
	return due
}

// call hands the phone of an activity's client to the system's telephone, and
// to the clipboard for a set on the desk.
func (p *Panel) call() {
	r := p.current()
	if r == nil {
		return
	}
	phone, _ := r.Cells[5].(string)
	if phone == "" {
		p.host.Say(p.host.Words().T("day.no_phone"))
		return
	}
	fyne.CurrentApp().Clipboard().SetContent(phone)
	number := requisite.E164(phone)
	if number == "" {
		p.host.Say(p.host.Words().T("ui.copied"))
		return
	}
	if err := fyne.CurrentApp().OpenURL(&url.URL{Scheme: "tel", Opaque: number}); err != nil {
		p.host.Say(p.host.Words().T("day.phone_copied", "phone", phone))
		return
	}
	p.host.Say(p.host.Words().T("day.calling", "phone", phone))
}

// open opens the deal of an activity, or the activity itself.
func (p *Panel) open(row int) {
	r := p.at(row)
	if r == nil {
		return
	}
	if of, ok := r.Cells[6].(model.Ref); ok && of.ID != 0 {
		p.host.Open(screen.ToCard("deal", of.ID))
		return
	}
	p.host.Edit("activity", r.ID, nil, func(model.Ref) { p.Read() })
}

func (p *Panel) link(row int, column string) {
	r := p.at(row)
	if r == nil {
		return
	}
	switch column {
	case "done":
		act.AskAndRun(p.ctx, p.host, "activity", r.ID, "finish", nil, p.Read)
	case "client":
		if who, ok := r.Cells[4].(model.Ref); ok {
			p.host.Open(screen.ToCard("client", who.ID))
		}
	case "deal":
		p.open(row)
	}
}

// menu offers what can be done with an activity.
func (p *Panel) menu(row int, _ string, at fyne.Position) {
	r := p.at(row)
	if r == nil {
		return
	}
	t, id := p.host.Words(), r.ID
	m := fyne.NewMenu("")
	if phone, _ := r.Cells[5].(string); phone != "" {
		m.Items = append(m.Items, fyne.NewMenuItem("☎ "+phone, p.call), fyne.NewMenuItemSeparator())
	}
	for _, name := range []string{"finish", "postpone", "assign"} {
		m.Items = append(m.Items, fyne.NewMenuItem(t.Action("activity", name), func() {
			act.AskAndRun(p.ctx, p.host, "activity", id, name, nil, p.Read)
		}))
	}
	m.Items = append(m.Items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem(t.T("button.open"), func() {
		p.host.Edit("activity", id, nil, func(model.Ref) { p.Read() })
	}))
	p.host.Menu(m, at)
}
