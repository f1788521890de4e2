package imports

import (
	"slices"
	"strings"

	"ugoda/exchange/spreadsheet"
	"ugoda/model"
)

// What a question is about.
const (
	AboutReference = "reference" // a name that no record answers to, or several do
	AboutChoice    = "choice"    // a word that is none of a field's values
	AboutMissing   = "missing"   // rows that have nothing for a field
	AboutDays      = "days"      // 3/1/2017 in a column that does not show which is the month
	AboutNumbers   = "numbers"   // 1,234 in a column that does not show which it is
)

// Question is something that a person settles once for all rows of a file.
type Question struct {
	About  string
	Kind   string // of the reference; KIND.FIELD of a choice
	Field  string // path that the column brings
	Column int    // about days and numbers: place in Plan.Columns
	Text   string // what the file says
	Rows   int    // how many rows it is about
	First  int    // the first of them, as the file numbers it
	Close  []model.Ref
	Values []string
	Blocks bool // the rows do not come in before it is answered
}

func (q *Question) key() string {
	if q.About == AboutMissing {
		return q.About + "." + q.Field
	}
	return q.About + "." + About(q.Kind, q.Text)
}

// ofColumn reports that the question is about a whole column, and no row says
// that it waits for the answer.
func (q *Question) ofColumn() bool { return q.About == AboutDays || q.About == AboutNumbers }

// ask notes a question of the current row, once for each row.
func (r *runner) ask(q Question) {
	key := q.key()
	known := r.questions[key]
	if known == nil {
		q.First = r.line
		known = &q
		r.questions[key] = known
		r.result.Questions = append(r.result.Questions, known)
	}
	if r.askedAt[key] != r.line {
		r.askedAt[key] = r.line
		known.Rows++
	}
}

// Questions of columns, which are known before any row is tried.
func columnQuestions(s *spreadsheet.Sheet, p *Plan, find func(path string) (Target, bool)) []*Question {
	var out []*Question
	for i, c := range p.Columns {
		t, ok := find(c.Field)
		if c.Field == "" || !ok {
			continue
		}
		g := guess(s, c.Index, p.Header+1)
		switch t.Field.Type {
		case model.Days, model.Moment:
			if g.Ambiguous && !c.Asked {
				out = append(out, &Question{About: AboutDays, Field: c.Field, Column: i, Text: sampleOf(s, p, c.Index, "/"), Blocks: true})
			}
		case model.Amount, model.Price, model.Quantity, model.Percents, model.Rates:
			if g.Unsure && !c.Settled {
				out = append(out, &Question{About: AboutNumbers, Field: c.Field, Column: i, Text: sampleOf(s, p, c.Index, ","), Blocks: true})
			}
		}
	}
	return out
}

// sampleOf is the first text of a column that has a sign.
func sampleOf(s *spreadsheet.Sheet, p *Plan, column int, sign string) string {
	for row := p.Header + 1; row < len(s.Rows); row++ {
		if c := s.Cell(row, column); c.Kind == spreadsheet.Text && strings.Contains(c.Text, sign) {
			return c.Text
		}
	}
	return ""
}

// finish puts the questions into the order in which a person meets them:
// those that hold rows back first, the most rows first; and finds what names
// that nothing answers to may have meant.
func (r *runner) finish() {
	list := r.result.Questions
	looked := 0
	for _, q := range list {
		if q.About == AboutReference && len(q.Close) == 0 && looked < 300 {
			looked++
			if x, err := r.scoped(q.Kind); err == nil {
				q.Close = x.alike(q.Text)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b *Question) int {
		switch {
		case a.Blocks != b.Blocks && a.Blocks:
			return -1
		case a.Blocks != b.Blocks:
			return 1
		case a.Rows != b.Rows:
			return b.Rows - a.Rows
		}
		return strings.Compare(a.Kind+a.Text, b.Kind+b.Text)
	})
}
