// Package imports brings tables of other programs into the base: columns are
// recognised or mapped, tried without writing, written in one transaction and
// undone as a whole.
package imports

import (
	"slices"
	"strings"

	"ugoda/exchange/spreadsheet"
	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/text"
)

// Mode says what an import may do.
type Mode string

// The modes.
const (
	Create Mode = "create" // only new records; those that are there already are left alone
	Update Mode = "update" // only records that are there
	Both   Mode = "both"
)

// Column joins a column of the file to a field.
type Column struct {
	Index   int    // from 0
	Heading string // as in the file
	Field   string // path: "client", "products.product", "department.parent"; empty: left out
	Order   spreadsheet.DateOrder
	Asked   bool // the order of days was ambiguous, and a person settled it
}

// Plan is everything that an import is asked with. It is kept as a profile.
type Plan struct {
	Kind      string
	Sheet     int
	Header    int // row of the headings, from 0; -1: there are none
	Columns   []Column
	Mode      Mode
	Key       []string          // fields that tell whether a record is there
	Constants map[string]string // field: value for rows that have none
	Create    []string          // kinds that may be created when a reference names something new; "*" all
	Aliases   map[string]string // "KIND:text in the file": name or number in the base
	GroupRows bool              // rows with nothing but a name are groups of what follows
	OpenStage string            // the stage that a closed deal stood in before
	Missing   model.Day         // the day for deals without one
	LeaveBad  bool              // rows with problems are left out, the rest comes in
}

// Alias looks up what a text of the file means.
func (p *Plan) alias(kind, text string) string {
	if v, ok := p.Aliases[kind+":"+text]; ok {
		return v
	}
	return text
}

// days that rules set but that an import may bring.
var importable = map[string][]string{
	"deal":     {"number", "opened", "closed"},
	"proposal": {"number"},
	"inquiry":  {"number"},
}

// Fields lists what a file may bring into a kind, parts as "part.field".
func Fields(k *model.Kind, role model.Role) []*model.Field {
	var out []*model.Field
	for _, f := range k.Fields {
		if f.Computed || f.Name == "id" || f.Type == model.Bytes || !f.SeenBy(role) {
			continue
		}
		if (f.ReadOnly || f.Hidden) && f.Name != "number" && !slices.Contains(importable[k.Name], f.Name) {
			continue
		}
		out = append(out, f)
	}
	return out
}

// Suggest recognises headings by the names and labels of fields in both
// languages, and by words that files often use.
func Suggest(k *model.Kind, book *spreadsheet.Book, role model.Role) *Plan {
	p := &Plan{Kind: k.Name, Mode: Both, Header: -1, Constants: map[string]string{}, Aliases: map[string]string{}}
	best := 0
	for i := range book.Sheets {
		for row := range min(len(book.Sheets[i].Rows), 20) {
			columns := recognise(k, book.Sheets[i].Rows[row], role)
			if n := mapped(columns); n > best {
				best, p.Sheet, p.Header, p.Columns = n, i, row, columns
			}
		}
	}
	if p.Header < 0 && len(book.Sheets) > 0 { // nothing known: the first row that is full is the headings
		for row, cells := range book.Sheets[0].Rows {
			if len(cells) > 0 {
				p.Header, p.Columns = row, recognise(k, cells, role)
				break
			}
		}
	}
	if len(book.Sheets) > 0 {
		s := &book.Sheets[p.Sheet]
		for i := range p.Columns {
			p.Columns[i].Order = guess(s, p.Columns[i].Index, p.Header+1).Order
		}
	}
	p.Key = suggestKey(k, p.Columns)
	return p
}

func mapped(columns []Column) int {
	n := 0
	for _, c := range columns {
		if c.Field != "" {
			n++
		}
	}
	return n
}

func recognise(k *model.Kind, cells []spreadsheet.Cell, role model.Role) []Column {
	names := headings(k, role)
	taken := map[string]bool{}
	var out []Column
	for i, c := range cells {
		if c.Kind == spreadsheet.Empty {
			continue
		}
		col := Column{Index: i, Heading: c.Text}
		if f := names[plain(c.Text)]; f != "" && !taken[f] {
			col.Field = f
			taken[f] = true
		}
		out = append(out, col)
	}
	return out
}

// headings are the words by which a field is recognised.
func headings(k *model.Kind, role model.Role) map[string]string {
	out := map[string]string{}
	printers := []*locale.Printer{locale.New(locale.Ukrainian), locale.New(locale.English)}
	for _, f := range Fields(k, role) {
		words := []string{f.Name}
		for _, p := range printers {
			words = append(words, p.Field(k.Name, f.Name))
		}
		words = append(words, headingWords[k.Name+"."+f.Name]...)
		for _, w := range words {
			if key := plain(w); key != "" && out[key] == "" {
				out[key] = f.Name
			}
		}
	}
	return out
}

// plain folds a heading to its letters and digits.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" _-.,:;()№#/\\\u00a0\n", r) {
			return -1
		}
		return r
	}, text.Fold(s))
}

func suggestKey(k *model.Kind, columns []Column) []string {
	for _, name := range []string{"number", "code", "article", "barcode"} {
		for _, c := range columns {
			if c.Field == name {
				return []string{name}
			}
		}
	}
	for _, c := range columns {
		if c.Field == k.Title[0] {
			return []string{c.Field}
		}
	}
	return nil
}

// guess looks at a column; where its days could be read in either order, the
// file's other columns tell how it writes them.
func guess(s *spreadsheet.Sheet, column, from int) spreadsheet.Column {
	g := spreadsheet.Guess(s, column, from)
	if !g.Ambiguous || from > len(s.Rows) {
		return g
	}
	width := 0
	for _, row := range s.Rows[from:] {
		width = max(width, len(row))
	}
	for i := range width {
		if other := spreadsheet.Guess(s, i, from); !other.Ambiguous && other.Order == spreadsheet.MonthFirst {
			g.Order, g.Ambiguous = spreadsheet.MonthFirst, false
			break
		}
	}
	return g
}
