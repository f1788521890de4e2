package listing

import (
	"context"
	"slices"
	"strconv"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/store"
)

func idText(id int64) string { return strconv.FormatInt(id, 10) }

// sumText writes the sums of a list: the one sum plainly, several by name.
func (s *Screen) sumText(sums map[string]any) string {
	text := ""
	for _, c := range s.source.columns {
		v, ok := sums[c.path]
		if !ok || v == nil {
			continue
		}
		sum := s.source.painter.text(c, v)
		if sum == "" {
			continue // nothing was summed
		}
		name := "Σ "
		if len(sums) > 1 {
			name = c.label + " Σ "
		}
		text += " · " + name + sum
	}
	return text
}

// showTotals writes the line under the grid: how many, their sums, the
// selected and theirs.
func (s *Screen) showTotals(chosen *store.Totals) {
	text := s.words.N("list.records", s.total.Count) + s.sumText(s.total.Sums)
	if n := s.grid.SelectedCount(); n > 1 {
		text += "   |   " + s.words.N("list.selected", int64(n))
		if chosen != nil {
			text += s.sumText(chosen.Sums)
		}
	}
	s.totals.SetText(text + s.days.says())
}

// sumsUpTo is how many selected records are summed; a larger selection is only
// when it is everything.
const sumsUpTo = 200_000

// sumsAtOnce is how many records one question names.
const sumsAtOnce = 2000

// selectionChanged sums what is selected, and shows the card of the row.
func (s *Screen) selectionChanged() {
	s.showTotals(nil)
	s.pane.follow()
	if s.asDays() {
		s.picked.Cancel()
		return
	}
	n := s.grid.SelectedCount()
	if n < 2 || n > sumsUpTo {
		s.picked.Cancel()
		return
	}
	if int64(n) == s.total.Count {
		s.picked.Cancel()
		s.showTotals(&s.total)
		return
	}
	ids := s.chosen()
	session, q := s.host.Session(), s.query()
	q.Search = ""
	s.picked.Go(s.ctx, func(ctx context.Context) func() {
		var all store.Totals
		for some := range slices.Chunk(ids, sumsAtOnce) {
			c := filter.Cond{Path: "id", Op: filter.In}
			for _, id := range some {
				c.Values = append(c.Values, filter.Number(idText(id)))
			}
			q.Where = c
			t, err := session.Totals(ctx, q)
			if err != nil {
				return func() { s.host.Fail(err) }
			}
			all = addTotals(all, t)
		}
		return func() { s.showTotals(&all) }
	})
}

// addTotals adds up what two parts of a list come to.
func addTotals(a, b store.Totals) store.Totals {
	out := store.Totals{Count: a.Count + b.Count, Sums: map[string]any{}}
	for name, v := range b.Sums {
		switch v := v.(type) {
		case model.Money:
			was, _ := a.Sums[name].(model.Money)
			v.Minor += was.Minor
			out.Sums[name] = v
		case model.Qty:
			was, _ := a.Sums[name].(model.Qty)
			out.Sums[name] = v + was
		case int64:
			was, _ := a.Sums[name].(int64)
			out.Sums[name] = v + was
		}
	}
	return out
}
