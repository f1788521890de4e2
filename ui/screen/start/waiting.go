package start

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/model/proposal"
	"ugoda/service/approvals"
	"ugoda/ui/input"
	"ugoda/ui/list"
	"ugoda/ui/screen"
	"ugoda/ui/screen/act"
	"ugoda/ui/screen/decide"
	"ugoda/ui/screen/form"
	"ugoda/ui/theme"
)

// waiting is what waits for an approval: what the user may answer, and what he
// should know of his own proposals. It is there only when there is something.
type waiting struct {
	s       *Screen
	grid    *list.Grid
	content *fyne.Container
	title   *widget.Label
	buttons []*input.Button
	asked   []approvals.Asked
	own     []approvals.Own
	rows    []list.Row
	heads   int // rows that head a group
}

// Rows that are seen without scrolling, in a window of usual height and in a
// small one, whose height is below low.
const (
	mostLines  = 6
	fewerLines = 3
	low        = 800
)

func newWaiting(s *Screen) *waiting {
	w := &waiting{s: s}
	t := s.host.Words()
	w.grid = list.NewGrid(w.columns(false), w)
	w.grid.OnOpen = w.open
	w.grid.OnPreview = w.open
	w.grid.OnMenu = w.menu
	w.grid.OnSelect = w.able
	w.title = widget.NewLabelWithStyle("", fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	add := func(label string, do func(id int64)) *input.Button {
		b := input.NewButton(label, func() {
			if a := w.at(w.grid.FocusRow()); a != nil {
				do(a.Proposal.ID)
			}
		})
		w.buttons = append(w.buttons, b)
		return b
	}
	w.title.Truncation = fyne.TextTruncateEllipsis
	bar := input.NewLine(
		input.Giving(add(t.T("approvals.look")+"…", w.decide)), input.Giving(add(t.Action("proposal", "approve"), func(id int64) { w.do(id, "approve") })),
		input.Giving(add(t.Action("proposal", "return")+"…", func(id int64) { w.do(id, "return") })), input.Giving(add(t.Action("proposal", "delegate")+"…", func(id int64) { w.do(id, "delegate") })),
	)
	w.content = container.New(&tall{w}, input.NewApart(w.title, bar), w.grid)
	w.content.Hide()
	return w
}

// columns are named by what stands in them: what is asked, or own proposals.
func (w *waiting) columns(own bool) []list.Column {
	t := w.s.host.Words()
	why, changed, tip, who := t.T("approvals.why"), t.T("approvals.changed"), t.T("approvals.changed_tip"), t.T("approvals.who")
	if own {
		why, changed, tip, who = t.T("approvals.status"), t.T("approvals.note"), t.T("approvals.note"), t.T("approvals.by")
	}
	columns := []list.Column{
		{Key: "proposal", Title: t.T("approvals.proposal"), Width: 170, Least: 90, Grow: true, NoSort: true},
		{Key: "client", Title: t.Field("proposal", "client"), Width: 150, Least: 90, NoSort: true},
		{Key: "rule", Title: why, Width: 170, Least: 90, NoSort: true},
		{Key: "amount", Title: t.Field("proposal", "amount"), Width: 92, Least: 84, Align: list.Right, NoSort: true},
		{Key: "discount", Title: t.T("approvals.discount"), Tip: t.Field("proposal", "discount_share"), Width: 72, Align: list.Right, NoSort: true},
	}
	if w.seesMargin() {
		columns = append(columns, list.Column{Key: "margin", Title: t.T("approvals.margin"), Tip: t.Field("proposal", "margin_share"), Width: 60, Align: list.Right, NoSort: true})
	}
	columns = append(columns,
		list.Column{Key: "changed", Title: changed, Tip: tip, Width: 150, Least: 90, NoSort: true},
		list.Column{Key: "who", Title: who, Width: 220, Least: 120, NoSort: true},
	)
	return columns
}

func (w *waiting) seesMargin() bool {
	session := w.s.host.Session()
	return session.Sees(session.Registry().Kind("proposal").Field("margin_share"))
}

// read asks what waits now.
func (w *waiting) read() {
	session := w.s.host.Session()
	type found struct {
		asked []approvals.Asked
		own   []approvals.Own
	}
	screen.Read(w.s.ctx, w.s.host, func(ctx context.Context) (f found, err error) {
		if f.asked, err = approvals.Queue(ctx, session); err != nil {
			return f, err
		}
		f.own, err = approvals.Mine(ctx, session)
		return f, err
	}, func(f found) {
		w.asked, w.own = f.asked, f.own
		w.show()
	})
}

func (w *waiting) show() {
	t := w.s.host.Words()
	w.rows, w.heads = nil, 0
	w.grid.SetColumns(w.columns(len(w.asked) == 0))
	group := func(key string, n int) {
		w.heads++
		w.rows = append(w.rows, list.Row{Group: &list.Group{Title: t.T(key), Count: t.Int(int64(n))}, Cells: make([]list.Cell, len(w.grid.Columns()))})
	}
	both := len(w.asked) > 0 && len(w.own) > 0
	if both {
		group("approvals.to_answer", len(w.asked))
	}
	for i := range w.asked {
		w.rows = append(w.rows, w.askedRow(&w.asked[i]))
	}
	if both {
		group("approvals.own", len(w.own))
	}
	for i := range w.own {
		w.rows = append(w.rows, w.ownRow(&w.own[i]))
	}
	switch {
	case len(w.asked) > 0:
		w.title.SetText(t.T("approvals.title", "n", t.Int(int64(len(w.asked)))))
	default:
		w.title.SetText(t.T("approvals.own") + " · " + t.Int(int64(len(w.own))))
	}
	for _, b := range w.buttons {
		if len(w.asked) > 0 {
			b.Show()
		} else {
			b.Hide()
		}
	}
	w.grid.Reset()
	if len(w.rows) == 0 {
		w.content.Hide()
	} else {
		w.content.Show()
		if on := w.grid.FocusRow(); on < 0 || on >= len(w.rows) || w.rows[on].Group != nil { // the head of a group has come to stand there
			w.grid.Select(w.heads / 2)
		}
	}
	w.able()
	w.s.content.Refresh()
}

// focus puts the keyboard on the first that waits.
func (w *waiting) focus() {
	if len(w.rows) == 0 {
		w.s.host.Say(w.s.host.Words().T("approvals.nothing"))
		return
	}
	w.s.host.Canvas().Focus(w.grid)
}

// able lets the buttons follow the row.
func (w *waiting) able() {
	on := w.at(w.grid.FocusRow()) != nil
	for _, b := range w.buttons {
		if on {
			b.Enable()
		} else {
			b.Disable()
		}
	}
}

func (w *waiting) askedRow(a *approvals.Asked) list.Row {
	t, p := w.s.host.Words(), a.Proposal
	cells := []list.Cell{
		{Text: strings.TrimSpace(p.Number + " " + p.Subject), Dot: importance[p.Importance]},
		{Text: p.Client.Name},
		{Text: a.Rule()},
		{Text: w.amount(p.Amount)},
		{Text: t.Percent(p.Figures.DiscountShare)},
	}
	if w.seesMargin() {
		c := list.Cell{Text: t.Percent(p.Figures.MarginShare)}
		if p.Figures.MarginShare < 0 {
			c.Tone = theme.Red
		}
		cells = append(cells, c)
	}
	changed := list.Cell{Text: a.Difference(t)}
	switch {
	case a.Before == nil, a.Changes.Equal():
		changed.Tone = theme.Muted
	default:
		changed.Tone = theme.Amber
	}
	who := a.By.Name
	if !a.Mine && a.Approver.Name != "" {
		who += " → " + a.Approver.Name
	}
	cells = append(cells, changed, list.Cell{Text: strings.TrimPrefix(who+" · "+t.MomentShort(a.Since, w.s.host.Session().Today()), " · "), Tip: a.Words})
	r := list.Row{ID: p.ID, Cells: cells}
	if p.Importance == "critical" {
		r.Mark = theme.Red
	}
	return r
}

func (w *waiting) ownRow(o *approvals.Own) list.Row {
	t := w.s.host.Words()
	status, tone := t.Choice("proposal", "status", o.Status), form.Tone(o.Status)
	if o.Returned {
		status, tone = t.T("approvals.returned"), theme.Red
	}
	note := o.Comment
	who := o.Who.Name
	if who == "" && o.Role != "" {
		who = t.Role(model.Role(o.Role))
	}
	if o.Status == proposal.Sent {
		note = t.T("approvals.no_answer")
	}
	since := ""
	if !o.Since.IsZero() {
		since = t.MomentShort(o.Since, w.s.host.Session().Today())
	}
	cells := []list.Cell{
		{Text: strings.TrimSpace(o.Number + " " + o.Subject), Dot: importance[o.Importance]}, {Text: o.Client.Name}, {Text: status, Pill: true, Tone: tone}, {Text: w.amount(o.Amount)}, {},
	}
	if w.seesMargin() {
		cells = append(cells, list.Cell{})
	}
	r := list.Row{ID: o.ID, Cells: append(cells, list.Cell{Text: note}, list.Cell{Text: strings.Trim(who+" · "+since, " ·")})}
	if o.Returned {
		r.Mark = theme.Red
	}
	return r
}

// importance is the colour of a dot before what is more important than usual.
var importance = map[string]fyne.ThemeColorName{"critical": theme.Red, "high": theme.Amber}

func (w *waiting) amount(m model.Money) string {
	if m.Currency == w.s.host.Session().BaseCurrency() {
		return w.s.host.Words().Amount(m.Minor)
	}
	return w.s.host.Words().Money(m)
}

// at is what is asked in a row; nil: the row is of something else.
func (w *waiting) at(row int) *approvals.Asked {
	if row < 0 || row >= len(w.rows) || w.rows[row].Group != nil {
		return nil
	}
	for i := range w.asked {
		if w.asked[i].Proposal.ID == w.rows[row].ID && row < len(w.asked)+w.heads/2 {
			return &w.asked[i]
		}
	}
	return nil
}

// open opens the box to answer in, or a proposal of one's own.
func (w *waiting) open(row int) {
	if a := w.at(row); a != nil {
		w.decide(a.Proposal.ID)
		return
	}
	if row >= 0 && row < len(w.rows) && w.rows[row].Group == nil {
		w.s.host.Open(screen.ToCard("proposal", w.rows[row].ID))
	}
}

func (w *waiting) decide(id int64) { decide.Open(w.s.ctx, w.s.host, id, w.s.read) }

// do answers at once, with a word where one is wanted.
func (w *waiting) do(id int64, action string) {
	version, number := int64(0), ""
	for i := range w.asked {
		if w.asked[i].Proposal.ID == id {
			number = w.asked[i].Proposal.Number
			version = w.asked[i].Proposal.Version // the figures in the row are those that are answered
		}
	}
	act.AskAndRunSeen(w.s.ctx, w.s.host, "proposal", id, version, action, nil, func() {
		w.s.host.Say(w.s.host.Words().T("approvals.done."+action, "number", number))
		w.s.read()
	})
}

func (w *waiting) menu(row int, _ string, at fyne.Position) {
	t, h := w.s.host.Words(), w.s.host
	if row < 0 || row >= len(w.rows) || w.rows[row].Group != nil {
		return
	}
	id := w.rows[row].ID
	card := fyne.NewMenuItem(t.T("approvals.open"), func() { h.Open(screen.ToCard("proposal", id)) })
	m := fyne.NewMenu("")
	if w.at(row) != nil {
		m.Items = append(m.Items, fyne.NewMenuItem(t.T("approvals.look")+"…", func() { w.decide(id) }))
		for _, action := range []string{"approve", "return", "delegate"} {
			m.Items = append(m.Items, fyne.NewMenuItem(t.Action("proposal", action)+"…", func() { w.do(id, action) }))
		}
		m.Items = append(m.Items, fyne.NewMenuItemSeparator())
	}
	m.Items = append(m.Items, card, fyne.NewMenuItem(t.T("approvals.all"), func() {
		h.Preview(screen.ToList("approval", "mine = true").With(screen.ArgTitle, t.T("approvals.to_answer")).With(screen.ArgTrail, w.s.Title()+" › "+t.T("approvals.to_answer")))
	}))
	h.Menu(m, at)
}

// Len implements list.Source.
func (w *waiting) Len() int { return len(w.rows) }

// Window implements list.Source: all rows are here.
func (w *waiting) Window(from, to int) {
	to = min(to, len(w.rows))
	if from < to {
		w.grid.SetRows(from, w.rows[from:to])
	}
}

// tall gives the rows as much room as they need, up to a few.
type tall struct{ w *waiting }

// MinSize is for Fyne.
func (l *tall) MinSize(o []fyne.CanvasObject) fyne.Size {
	most := mostLines
	if l.w.s.host.Canvas().Size().Height < low {
		most = fewerLines
	}
	rows := min(max(len(l.w.rows), 1), most) + 1 // and their head
	return fyne.NewSize(theme.Scaled(300), o[0].MinSize().Height+float32(rows)*theme.Row()+theme.Scaled(2))
}

// Layout is for Fyne.
func (l *tall) Layout(o []fyne.CanvasObject, size fyne.Size) {
	h := o[0].MinSize().Height
	o[0].Resize(fyne.NewSize(size.Width, h))
	o[1].Move(fyne.NewPos(0, h))
	o[1].Resize(fyne.NewSize(size.Width, max(size.Height-h, 0)))
}
