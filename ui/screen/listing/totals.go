package listing

import (
	"context"
	"strconv"

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
	s.totals.SetText(text)
}

// sumsUpTo is how many selected records are named one by one when their sums
// are asked; a larger selection is summed only when it is everything.
const sumsUpTo = 2000

// selectionChanged sums what is selected, and shows the card of the row.
func (s *Screen) selectionChanged() {
	s.showTotals(nil)
	s.pane.follow()
	n := s.grid.SelectedCount()
	if n < 2 {
		s.picked.Cancel()
		return
	}
	if int64(n) == s.total.Count {
		s.showTotals(&s.total)
		return
	}
	if n > sumsUpTo {
		s.picked.Cancel()
		return
	}
	c := filter.Cond{Path: "id", Op: filter.In}
	for _, id := range s.chosen() {
		c.Values = append(c.Values, filter.Number(idText(id)))
	}
	session, q := s.host.Session(), s.query()
	q.Where, q.Search = c, ""
	s.picked.Go(s.ctx, func(ctx context.Context) func() {
		t, err := session.Totals(ctx, q)
		return func() {
			if err != nil {
				s.host.Fail(err)
				return
			}
			s.showTotals(&t)
		}
	})
}
