package document

import (
	"slices"

	"ugoda/locale"
	"ugoda/model/proposal"
	"ugoda/model/text"
)

// What is copied goes to the clipboard as a table that any spreadsheet reads.
// Where there is a heading, a note or an option among the lines, a last column
// says so in a word, so that another Ugoda, or this one when the table comes back
// from a spreadsheet, makes the same lines of it.

// lineSort is what sort of line a row is: the field that says so; empty is a
// plain one.
type lineSort string

const (
	asHeading lineSort = "heading"
	asNote    lineSort = "note"
	asOption  lineSort = "optional"
)

// linesKind describes the lines of documents.
const linesKind = "proposal.variants.lines"

// tongues are the languages in which another window may have written.
func tongues() []*locale.Printer {
	out := make([]*locale.Printer, len(locale.Languages))
	for i, l := range locale.Languages {
		out[i] = locale.New(l)
	}
	return out
}

func sortOf(l *proposal.Line) lineSort {
	switch {
	case l.Heading:
		return asHeading
	case l.Note:
		return asNote
	case l.Optional:
		return asOption
	}
	return ""
}

// words reports that the line is words alone.
func (x lineSort) words() bool { return x == asHeading || x == asNote }

// line is one of the sort.
func (x lineSort) line(words string) proposal.Line {
	return proposal.Line{Heading: x == asHeading, Note: x == asNote, Optional: x == asOption, Text: words}
}

// sortSaid reads the word of a sort in any language.
func sortSaid(word string, all []*locale.Printer) (lineSort, bool) {
	if word == "" {
		return "", true
	}
	for _, x := range []lineSort{asHeading, asNote, asOption} {
		for _, t := range all {
			if text.Fold(t.Field(linesKind, string(x))) == text.Fold(word) {
				return x, true
			}
		}
	}
	return "", false
}

// cutSorts takes the column of sorts off a table; nil where it has none.
func cutSorts(rows [][]string) ([][]string, []lineSort) {
	last := 0
	for _, r := range rows {
		last = max(last, len(r)-1)
	}
	if last < 1 {
		return rows, nil
	}
	sorts := make([]lineSort, len(rows))
	all := tongues()
	for i, r := range rows {
		x, ok := sortSaid(cellOf(r, last), all)
		if !ok {
			return rows, nil
		}
		sorts[i] = x
	}
	if !slices.ContainsFunc(sorts, func(x lineSort) bool { return x != "" }) {
		return rows, nil
	}
	cut := make([][]string, len(rows))
	for i, r := range rows {
		cut[i] = r[:min(len(r), last)]
	}
	return cut, sorts
}

// saysFree reports that the cell of an article says that the line is free text.
func saysFree(cell string) bool {
	return slices.ContainsFunc(tongues(), func(t *locale.Printer) bool { return t.T("proposal.free_text") == cell })
}

// written are lines as the clipboard has them, from first up to, not including,
// end: an option's sum without its brackets, which spreadsheets take for a minus,
// an agreed discount as the sum that it is.
func (s *sheet) written(first, end int) [][]string {
	v := s.p.variant()
	told := slices.ContainsFunc(v.Lines[first:end], func(l proposal.Line) bool { return sortOf(&l) != "" })
	rows := make([][]string, 0, end-first)
	for i := first; i < end; i++ {
		l := &v.Lines[i]
		r := shownRow{line: i, part: -1}
		if l.Heading {
			r.section = v.Section(i)
		}
		var row []string
		for _, c := range s.Columns() {
			switch {
			case l.Heading:
				row = append(row, s.heading(l, r, c.Key).Text)
			case l.Note && c.Key == colProduct:
				row = append(row, l.Text)
			case l.Note:
				row = append(row, "")
			default:
				cell := s.cell(l, c.Key)
				if c.Key == colDiscount && cell.Edit != "" {
					cell.Text = cell.Edit
				}
				row = append(row, cell.Text)
			}
		}
		if told {
			word := ""
			if x := sortOf(l); x != "" {
				word = s.p.words.Field(linesKind, string(x))
			}
			row = append(row, word)
		}
		rows = append(rows, row)
	}
	return rows
}
