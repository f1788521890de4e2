package imports

import (
	"strings"

	"ugoda/exchange/spreadsheet"
	"ugoda/model"
	"ugoda/model/text"
)

// groupRow reports that a row has nothing but a name: it is a group of the
// rows that follow.
func (r *runner) groupRow(cells []spreadsheet.Cell) (string, bool) {
	if !r.p.GroupRows || filled(cells) != 1 || r.p.inLines(len(cells)-1) {
		return "", false
	}
	c := cells[len(cells)-1] // rows end with their last full cell
	if c.Kind != spreadsheet.Text && c.Kind != spreadsheet.Number {
		return "", false
	}
	return strings.Join(strings.Fields(c.Shows()), " "), true
}

// heading is a group above the current row.
type heading struct {
	ref   model.Ref
	level int
}

// group opens a group. Where the file has an outline or indents, they tell how
// groups lie within each other; otherwise headings that follow each other do,
// and as many of them as stand together take the place of as many before.
func (r *runner) group(name string, line int) error {
	at := line - 1
	level := r.sheet.Level(at)
	if r.outlined {
		for len(r.groups) > 0 && r.groups[len(r.groups)-1].level >= level {
			r.groups = r.groups[:len(r.groups)-1]
		}
	} else if !r.wasGroup {
		together := 1
		for row := at + 1; row < len(r.sheet.Rows); row++ {
			if len(r.sheet.Rows[row]) == 0 {
				continue
			}
			if _, ok := r.groupRow(r.sheet.Rows[row]); !ok {
				break
			}
			together++
		}
		r.groups = r.groups[:max(0, len(r.groups)-together)]
	}
	r.wasGroup = true
	parent := model.Ref{}
	if n := len(r.groups); n > 0 {
		parent = r.groups[n-1].ref
	}
	ref, err := r.groupOf(name, parent)
	if err != nil {
		_, err = r.bad(line, Column{}, name, err)
		return err
	}
	r.groups = append(r.groups, heading{ref, level})
	return nil
}

// groupOf finds a group within another one, or makes it.
func (r *runner) groupOf(name string, parent model.Ref) (model.Ref, error) {
	f := r.k.Field("group")
	x, err := r.scoped(f.To)
	if err != nil {
		return model.Ref{}, err
	}
	key := groupKey{parent.ID, text.Fold(name)}
	if ref, ok := r.groupIDs[key]; ok {
		return ref, nil
	}
	found := model.Ref{}
	for _, id := range x.by["name"][text.Fold(name)] {
		rec, err := r.b.Get(r.ctx, f.To, id)
		if err != nil {
			return model.Ref{}, err
		}
		of, _ := x.kind.Field("parent").Value(rec).(model.Ref)
		if of.ID == parent.ID {
			found = x.refs[id]
			break
		}
	}
	if found.IsZero() {
		rec, err := r.b.New(f.To)
		if err != nil {
			return model.Ref{}, err
		}
		if err := model.Assign(x.kind.Field("name").Ptr(rec), name); err != nil {
			return model.Ref{}, err
		}
		if !parent.IsZero() {
			if err := model.Assign(x.kind.Field("parent").Ptr(rec), parent); err != nil {
				return model.Ref{}, err
			}
		}
		if err := r.b.Save(r.ctx, f.To, rec); err != nil {
			return model.Ref{}, err
		}
		x.add(rec)
		r.result.Groups++
		found = x.refs[rec.Base().ID]
	}
	r.groupIDs[key] = found
	return found, nil
}

type groupKey struct {
	parent int64
	name   string
}

// totalRow reports that a row sums up what stands above it: it begins with a
// word that says so, and has nothing else but numbers.
func totalRow(cells []spreadsheet.Cell) bool {
	said := false
	for _, c := range cells {
		switch c.Kind {
		case spreadsheet.Empty, spreadsheet.Number, spreadsheet.Fault:
		case spreadsheet.Text:
			if said {
				if _, ok := (spreadsheet.Column{}).Number(c); ok || spreadsheet.Currency(c.Text) != "" {
					continue
				}
				return false
			}
			word := strings.TrimRight(text.Fold(c.Text), ":. ")
			for _, w := range totalWords {
				if word == w || strings.HasPrefix(word, w+" ") && len(word) < len(w)+24 {
					said = true
				}
			}
			if !said {
				return false
			}
		default:
			return false
		}
	}
	return said
}
