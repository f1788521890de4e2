package imports

import (
	"slices"

	"ugoda/exchange/spreadsheet"
	"ugoda/model"
	"ugoda/model/text"
)

// order is in which order rows come in, by their places in the sheet: as the
// file has them, but where lines point to records of the same kind, as those of
// a kit do, after the records that they point to.
func (r *runner) order(first int) []int {
	out := make([]int, 0, len(r.sheet.Rows)-first)
	for at := first; at < len(r.sheet.Rows); at++ {
		out = append(out, at)
	}
	if r.nest == nil || r.p.GroupRows { // rows of groups stand above theirs
		return out
	}
	at := slices.IndexFunc(r.bounds, func(b bound) bool {
		return b.Part == r.nest.part && b.Field.Type == model.Link && b.Field.To == r.k.Name
	})
	if at < 0 {
		return out
	}
	s := sorter{to: &r.bounds[at], by: map[string]int{}}
	var own []*bound
	for i := range r.bounds {
		if b := &r.bounds[i]; b.Part == nil && b.Link == nil && (b.Field.Name == "number" || b.Field.Name == "article" || b.Field.Name == "barcode" || b.Field.Named) {
			own = append(own, b)
		}
	}
	head, key := "", ""
	for _, at := range out {
		cells := r.sheet.Rows[at]
		h, k := r.shown(cells)
		if len(s.records) == 0 || begins(head, key, h, k) {
			head, key = h, k
			for _, b := range own {
				if said := text.Fold(b.cellOf(cells).Shows()); said != "" {
					if _, known := s.by[said]; !known {
						s.by[said] = len(s.records)
					}
				}
			}
			s.records = append(s.records, nil)
		}
		last := len(s.records) - 1
		s.records[last] = append(s.records[last], at)
	}
	s.done = make([]bool, len(s.records))
	s.out = out[:0:0]
	for i := range s.records {
		s.bring(r.sheet, i)
	}
	return s.out
}

// sorter brings records after those that they point to.
type sorter struct {
	to      *bound         // the column of the lines that points to others
	records [][]int        // rows of each
	by      map[string]int // records by what they are called
	done    []bool
	out     []int
}

// bring puts a record behind those that it points to; of a ring it takes the
// order of the file, and the rules refuse it.
func (s *sorter) bring(sheet *spreadsheet.Sheet, i int) {
	if s.done[i] {
		return
	}
	s.done[i] = true
	for _, at := range s.records[i] {
		if said := text.Fold(s.to.cellOf(sheet.Rows[at]).Shows()); said != "" {
			if other, there := s.by[said]; there {
				s.bring(sheet, other)
			}
		}
	}
	s.out = append(s.out, s.records[i]...)
}
