package reports

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/filter"
	"ugoda/model/proposal"
	"ugoda/store"
)

// Scope says whose work the start screen shows.
type Scope string

// The scopes.
const (
	ScopeMe         Scope = "me"
	ScopeDepartment Scope = "department"
	ScopeFirm       Scope = "firm"
)

// Of is the condition of a scope on the field that names the responsible.
func (s Scope) Of(field string) string {
	switch s {
	case ScopeMe:
		return field + " = " + string(filter.Me)
	case ScopeDepartment:
		return field + " = " + string(filter.MyDepartment)
	}
	return ""
}

// Figure is a number with the list that it counts.
type Figure struct {
	Name   string // "no_step", "won": the part of a message key
	Kind   string
	Where  string // text form of the filter behind it
	Count  int64
	Amount int64 // minor units of the base currency, where the kind has amounts
}

// conditions of figures, by name; {today}, {week} and {month} are days.
var conditions = map[string]struct{ kind, who, where string }{
	"open":      {"deal", "manager", `state = "` + deal.Open + `"`},
	"no_step":   {"deal", "manager", `state = "` + deal.Open + `" and next_due is empty`},
	"overdue":   {"deal", "manager", `state = "` + deal.Open + `" and next_due < today`},
	"stuck":     {"deal", "manager", `state = "` + deal.Open + `" and attention = "` + deal.AttentionStuck + `"`},
	"proposals": {"proposal", "manager", `status in ("` + proposal.Approved + `", "` + proposal.Sent + `") and valid_until in next 7 days`},
	"critical":  {"proposal", "manager", `importance = "critical" and status = "` + proposal.Sent + `"`},
	"inquiries": {"inquiry", "given_to", `day in this month`},
	"waiting":   {"inquiry", "given_to", `outcome is empty`},
	"won":       {"deal", "manager", `state = "` + deal.Won + `" and closed in this month`},
}

func joined(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), " and ")
}

// Tiles are the figures at the top of the start screen.
func Tiles(ctx context.Context, s *store.Session, scope Scope) ([]Figure, error) {
	var out []Figure
	for _, name := range TileNames {
		c := conditions[name]
		f, err := counted(ctx, s, Figure{Name: name, Kind: c.kind, Where: joined(c.where, scope.Of(c.who))})
		if err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, nil
}

// counted counts what a figure's filter means.
func counted(ctx context.Context, s *store.Session, f Figure) (Figure, error) {
	where, err := filter.Parse(s.Registry(), f.Kind, f.Where)
	if err != nil {
		return f, fmt.Errorf("count %s: %w", f.Name, err)
	}
	t, err := s.Totals(ctx, store.Query{Kind: f.Kind, Where: where})
	if err != nil {
		return f, err
	}
	f.Count, f.Amount = t.Count, amountOf(t.Sums)
	return f, nil
}

func amountOf(sums map[string]any) int64 {
	m, _ := sums["amount"].(model.Money)
	return m.Minor
}

// TileNames are the figures of Tiles, in order.
var TileNames = []string{"no_step", "overdue", "stuck", "proposals", "critical", "waiting"}

// ChangeNames are the figures of Changes, in order.
var ChangeNames = []string{"new", "advanced", "back", "won", "lost", "date_moved"}

// TeamFigures are the columns of the table of managers, in order.
var TeamFigures = []string{"open", "no_step", "overdue", "stuck", "inquiries", "won"}

// TeamRow is what one manager has in hand. Figures are by TeamFigures.
type TeamRow struct {
	Manager model.Ref // nobody: deals without a manager
	Figures []Figure
}

// Team counts for each manager of the scope, one statement for each figure,
// those with the largest open amount first.
func Team(ctx context.Context, s *store.Session, scope Scope) ([]TeamRow, error) {
	rows := map[int64]*TeamRow{}
	for i, name := range TeamFigures {
		c := conditions[name]
		text := joined(c.where, scope.Of(c.who))
		where, err := filter.Parse(s.Registry(), c.kind, text)
		if err != nil {
			return nil, fmt.Errorf("count %s by managers: %w", name, err)
		}
		groups, err := s.Groups(ctx, store.Query{Kind: c.kind, Where: where}, c.who)
		if err != nil {
			return nil, err
		}
		for _, g := range groups {
			who, _ := g.Value.(model.Ref)
			row := rows[who.ID]
			if row == nil {
				row = &TeamRow{Manager: who, Figures: make([]Figure, len(TeamFigures))}
				for j, n := range TeamFigures {
					row.Figures[j] = Figure{Name: n, Kind: conditions[n].kind, Where: joined(conditions[n].where, scope.Of(conditions[n].who), isManager(conditions[n].who, who))}
				}
				rows[who.ID] = row
			}
			row.Figures[i].Count, row.Figures[i].Amount = g.Count, amountOf(g.Sums)
		}
	}
	var out []TeamRow
	for _, r := range rows {
		out = append(out, *r)
	}
	slices.SortFunc(out, func(a, b TeamRow) int {
		if d := b.Figures[0].Amount - a.Figures[0].Amount; d != 0 {
			if d > 0 {
				return 1
			}
			return -1
		}
		return strings.Compare(a.Manager.Name, b.Manager.Name)
	})
	return out, nil
}

func isManager(field string, who model.Ref) string {
	if who.IsZero() {
		return field + " is empty"
	}
	return field + " = #" + strconv.FormatInt(who.ID, 10)
}

// Changes are what became of deals since a day, that day included: new, moved
// on, moved back, won, lost, and those whose expected close was moved.
func Changes(ctx context.Context, s *store.Session, scope Scope, since model.Day) ([]Figure, error) {
	own := scope.Of("manager")
	day := since.String()
	out := []Figure{
		{Name: "new", Where: joined("opened >= "+day, own)},
		{Name: "advanced"},
		{Name: "back"},
		{Name: "won", Where: joined(`state = "`+deal.Won+`" and closed >= `+day, own)},
		{Name: "lost", Where: joined(`state = "`+deal.Lost+`" and closed >= `+day, own)},
		{Name: "date_moved"},
	}
	for i := range out {
		f := &out[i]
		f.Kind = "deal"
		if f.Where == "" {
			ids, err := changed(ctx, s, f.Name, since)
			if err != nil {
				return nil, err
			}
			slices.Sort(ids)
			ids = slices.Compact(ids)
			if len(ids) == 0 {
				f.Where = "none"
				continue
			}
			f.Where = joined("id in ("+numbers(ids)+")", own)
		}
		var err error
		if *f, err = counted(ctx, s, *f); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// maxChanged is how many deals of one sort of change are told apart.
const maxChanged = 20_000

// changed finds the deals that moved within the open stages, by the register,
// or whose expected close was changed, by the history: of all managers, since
// both are asked by the day. (DISTINCT would tempt SQLite to read all deals in
// their order.)
func changed(ctx context.Context, s *store.Session, name string, since model.Day) ([]int64, error) {
	if name == "date_moved" {
		return readIDs(ctx, s, `SELECT h.record_id FROM history h WHERE h.at >= ? AND h.kind = 'deal' AND h.action <> 'create'
			AND h.fields LIKE ? LIMIT ?`, since.Time().UnixMicro(), `%"f":"closes","o":%`, int64(maxChanged))
	}
	order := `st."order" > o."order"`
	if name == "back" {
		order = `st."order" < o."order"`
	}
	return readIDs(ctx, s, `SELECT f.deal_id FROM funnel f JOIN stage st ON st.id = f.stage_id JOIN stage o ON o.id = f.from_stage_id
		WHERE f.from_day >= ? AND f.entry = TRUE AND f.void = FALSE AND st.kind = 'open' AND o.kind = 'open' AND `+order+`
		LIMIT ?`, int64(since), int64(maxChanged))
}

func numbers(ids []int64) string {
	var b strings.Builder
	for i, id := range ids {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(strconv.FormatInt(id, 10))
	}
	return b.String()
}

// IDsWhere is the text form of a filter that means the records of the ids.
func IDsWhere(ids []int64) string {
	if len(ids) == 0 {
		return "none"
	}
	return "id in (" + numbers(ids) + ")"
}
