package board

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/filter"
	"ugoda/store"
	"ugoda/ui/board"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/timeline"
	"ugoda/ui/theme"
)

// view is what the board looks like: its columns, and which deals stand in
// them; cards are read as they come into sight.
type view struct {
	processes               []input.Option
	process                 int64
	name                    string
	stages                  []*deal.Stage
	ids                     map[int64][]int64 // by stage
	sums                    map[int64][2]int64
	count, amount, weighted int64
}

// readLayout reads the processes, the stages of one, and the ids of its open
// deals in the order of their next steps: overdue, today, none, later.
func readLayout(ctx context.Context, s *store.Session, process int64, scope, search string) (*view, error) {
	l := &view{process: process, ids: map[int64][]int64{}, sums: map[int64][2]int64{}}
	rows, err := s.Page(ctx, store.Query{Kind: "process", Columns: []string{"name", "active"}, Sort: []store.Order{{Path: "id"}}})
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		name, _ := r.Cells[0].(string)
		if active, _ := r.Cells[1].(bool); !active && r.ID != process {
			continue
		}
		if l.process == 0 {
			l.process = r.ID
		}
		if l.process == r.ID {
			l.name = name
		}
		l.processes = append(l.processes, input.Option{Key: strconv.FormatInt(r.ID, 10), Text: name})
	}
	of := "process = #" + strconv.FormatInt(l.process, 10)
	if err := l.readStages(ctx, s, of); err != nil {
		return nil, err
	}
	text := of + ` and state = "` + deal.Open + `"`
	if scope != "" {
		text += " and " + scope
	}
	return l, l.readDeals(ctx, s, text, search)
}

func (l *view) readStages(ctx context.Context, s *store.Session, of string) error {
	where, err := condition(s, "stage", of)
	if err != nil {
		return err
	}
	ids, err := s.IDs(ctx, store.Query{Kind: "stage", Where: where, Sort: []store.Order{{Path: "order"}}})
	if err != nil {
		return err
	}
	for _, id := range ids {
		rec, err := s.Get(ctx, "stage", id)
		if err != nil {
			return err
		}
		if x, ok := rec.(*deal.Stage); ok {
			l.stages = append(l.stages, x)
		}
	}
	return nil
}

// standing is one deal of the board while it is being sorted.
type standing struct {
	id    int64
	place int
	due   model.Day
}

func (l *view) readDeals(ctx context.Context, s *store.Session, text, search string) error {
	where, err := condition(s, "deal", text)
	if err != nil {
		return err
	}
	today := s.Today()
	by := map[int64][]standing{}
	q := store.Query{Kind: "deal", Where: where, Search: search, Columns: []string{"stage", "next_due", "amount_base", "weighted"}, Sort: []store.Order{{Path: "id"}}}
	err = s.Each(ctx, q, func(r store.Row) error {
		stage, _ := r.Cells[0].(model.Ref)
		due, _ := r.Cells[1].(model.Day)
		amount, _ := r.Cells[2].(model.Money)
		weighted, _ := r.Cells[3].(int64)
		by[stage.ID] = append(by[stage.ID], standing{r.ID, place(due, today), due})
		sum := l.sums[stage.ID]
		l.sums[stage.ID] = [2]int64{sum[0] + amount.Minor, sum[1] + weighted}
		l.count++
		l.amount += amount.Minor
		l.weighted += weighted
		return nil
	})
	if err != nil {
		return fmt.Errorf("read the board: %w", err)
	}
	for stage, list := range by {
		slices.SortStableFunc(list, func(a, b standing) int {
			if a.place != b.place {
				return a.place - b.place
			}
			return int(a.due - b.due)
		})
		for _, x := range list {
			l.ids[stage] = append(l.ids[stage], x.id)
		}
	}
	return nil
}

// place sorts by the day of the next step: overdue, today, none, later.
func place(due, today model.Day) int {
	switch {
	case due == 0:
		return 2
	case due < today:
		return 0
	case due == today:
		return 1
	}
	return 3
}

// source gives the widget its columns, and reads cards as they come into sight.
type source struct {
	screen  *Screen
	board   *board.Board
	name    string
	stages  []*deal.Stage
	columns []board.Column
	state   map[string][]int64
	asked   map[string]int
}

func (s *source) take(l *view) {
	t := s.screen.Host.Words()
	s.name, s.stages = l.name, l.stages
	s.columns, s.state = nil, map[string][]int64{}
	for _, x := range l.stages {
		if x.Kind != deal.Open {
			continue
		}
		key, ids, sum := strconv.FormatInt(x.ID, 10), l.ids[x.ID], l.sums[x.ID]
		tone := theme.Blue
		if x.Colour != "" {
			tone = fyne.ThemeColorName(x.Colour)
		}
		s.state[key] = ids
		s.columns = append(s.columns, board.Column{
			Key: key, Title: x.Name, Tone: tone, Len: len(ids), Count: t.Int(int64(len(ids))),
			Sum: t.Whole(sum[0]), Weighted: t.Whole(sum[1]),
		})
	}
}

// Columns implements board.Source.
func (s *source) Columns() []board.Column { return s.columns }

var cardColumns = []string{"subject", "client", "amount", "manager", "next_step", "next_due", "days_in_stage", "attention"}

// Window implements board.Source.
func (s *source) Window(column string, from, to int) {
	ids := s.state[column]
	to = min(to, len(ids))
	if from >= to {
		return
	}
	if s.asked == nil {
		s.asked = map[string]int{}
	}
	s.asked[column]++
	asked := s.asked[column]
	session, some := s.screen.Host.Session(), ids[from:to]
	screen.Read(s.screen.Ctx, s.screen.Host, func(ctx context.Context) ([]store.Row, error) {
		return session.Rows(ctx, store.Query{Kind: "deal", Columns: cardColumns}, some)
	}, func(rows []store.Row) {
		if asked != s.asked[column] {
			return
		}
		cards := make([]board.Card, len(rows))
		for i, r := range rows {
			cards[i] = s.card(r)
		}
		s.board.SetCards(column, from, cards)
	})
}

// card paints a deal.
func (s *source) card(r store.Row) board.Card {
	t, today := s.screen.Host.Words(), s.screen.Host.Session().Today()
	subject, _ := r.Cells[0].(string)
	who, _ := r.Cells[1].(model.Ref)
	amount, _ := r.Cells[2].(model.Money)
	manager, _ := r.Cells[3].(model.Ref)
	step, _ := r.Cells[4].(string)
	due, _ := r.Cells[5].(model.Day)
	days, _ := r.Cells[6].(int64)
	attention, _ := r.Cells[7].(string)
	c := board.Card{ID: r.ID, Title: subject, Client: who.Name, Amount: t.Money(amount), Days: t.Days(days), Initials: initials(manager.Name)}
	c.Next, c.NextTone = t.T("deal.no_next"), theme.Amber
	if due != 0 {
		c.Next, c.NextTone = t.Due(due, today)+" · "+step, timeline.DueTone(due, today)
	}
	switch attention {
	case deal.AttentionStuck:
		c.DaysTone, c.Mark = theme.Red, theme.Red
	case deal.AttentionLate:
		c.DaysTone, c.Mark = theme.Amber, theme.Amber
	default:
		c.DaysTone = theme.Muted
	}
	return c
}

// initials are the first letters of the first two words of a name.
func initials(name string) string {
	out := ""
	for i, w := range strings.Fields(name) {
		if i == 2 {
			break
		}
		r, _ := utf8.DecodeRuneInString(w)
		out += string(r)
	}
	return out
}

// condition reads the text form of a filter.
func condition(s *store.Session, kind, text string) (filter.Node, error) {
	n, err := filter.Parse(s.Registry(), kind, text)
	if err != nil {
		return nil, fmt.Errorf("read the board: %w", err)
	}
	return n, nil
}
