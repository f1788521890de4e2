package proposal

// BesideRow is a line of several variants side by side.
type BesideRow struct {
	Text    string
	Heading bool
	Lines   []*Line // one for each variant; nil where it has none such
}

// Beside lays variants side by side: lines that offer the same stand in one
// row, recognised by their product and words. Rows keep the order of the first
// variant; what a later one has more stands behind what it follows there, or at
// the end where it follows nothing. Notes are left out.
func Beside(variants []Variant) []BesideRow {
	var rows []BesideRow
	for n := range variants {
		v := &Variant{}
		places := map[*Line]*Line{}
		for i := range variants[n].Lines {
			if l := &variants[n].Lines[i]; !l.Note {
				v.Lines = append(v.Lines, *l)
			}
		}
		at := 0
		for i := range variants[n].Lines {
			if l := &variants[n].Lines[i]; !l.Note {
				places[&v.Lines[at]] = l
				at++
			}
		}
		now := &Variant{} // a line that stands for each row
		for i := range rows {
			now.Lines = append(now.Lines, *rows[i].first())
		}
		byLine := map[*Line]int{}
		for i := range now.Lines {
			byLine[&now.Lines[i]] = i
		}
		var next, first []BesideRow // first: what stands before all that is there already
		known := false
		for _, c := range compareVariants(v, now).Lines {
			var row BesideRow
			if c.New != nil {
				row = rows[byLine[c.New]]
			} else {
				row = BesideRow{Lines: make([]*Line, len(variants))}
			}
			if c.Old != nil {
				row.Lines[n] = places[c.Old]
			}
			if first := row.first(); row.Text == "" && first != nil {
				row.Heading = first.Heading
				if row.Text = first.Text; row.Text == "" {
					row.Text = first.Product.Name
				}
			}
			if known = known || c.New != nil; !known && len(rows) > 0 {
				first = append(first, row)
				continue
			}
			next = append(next, row)
		}
		rows = append(next, first...)
	}
	return rows
}

func (r *BesideRow) first() *Line {
	for _, l := range r.Lines {
		if l != nil {
			return l
		}
	}
	return nil
}
