package docx

import (
	"slices"
	"strings"
)

// Check tells everything that is wrong with the template before any data is
// there: malformed and unbalanced tags, names that the vocabulary does not
// hold (with the likeliest that was meant), names of the wrong kind, unknown
// filters. Filters are those that Fill will be given.
func (t *Template) Check(v Vocabulary, filters map[string]Filter) []Problem {
	out := slices.Clone(t.problems)
	known := filtersOf(filters)
	for _, tag := range t.tags {
		if tag.Kind == End {
			continue
		}
		if p, ok := v.check(tag, known); !ok {
			p.Tag, p.Paragraph, p.Part = tag.Text, tag.Paragraph, tag.Part
			out = append(out, p)
		}
	}
	return out
}

// loopNames are what a loop knows beside its items.
var loopNames = []string{"index", "№", "is_first", "is_last"}

func (v Vocabulary) check(t *Tag, filters map[string]Filter) (Problem, bool) {
	for _, c := range t.Filters {
		if filters[Fold(c.Filter)] == nil {
			return Problem{Key: "template_unknown_filter", Args: map[string]any{"filter": c.Filter}}, false
		}
	}
	known, loops := levels{v.Fields}, false
	for _, name := range t.Loops {
		if name == "." {
			continue
		}
		e, ok := known.find(strings.Split(name, "."))
		if !ok {
			// The section itself is told; what it holds cannot be judged.
			return Problem{}, true
		}
		if len(e.Fields) > 0 {
			known = append(levels{e.Fields}, known...)
		}
		loops = loops || e.Kind == ListEntry
	}
	if len(t.Path) == 0 {
		return Problem{}, true
	}
	e, ok := known.find(t.Path)
	if !ok {
		if loops && len(t.Path) == 1 && slices.Contains(loopNames, Fold(t.Path[0])) {
			return Problem{}, true
		}
		if like := nearest(t.Name(), known.all()); like != "" {
			return Problem{Key: "template_unknown_tag_like", Args: map[string]any{"like": like}}, false
		}
		return Problem{Key: "template_unknown_tag"}, false
	}
	if len(t.Filters) > 0 {
		return Problem{}, true // a filter may make anything of it
	}
	switch t.Kind {
	case Field:
		if e.Kind == ListEntry || e.Kind == PictureEntry || e.Kind == RawEntry {
			return Problem{Key: "template_not_text"}, false
		}
		if _, named := entries(e.Fields).find("name"); e.Kind == RecordEntry && !named {
			return Problem{Key: "template_not_text"}, false
		}
	case Picture:
		if e.Kind != PictureEntry {
			return Problem{Key: "template_not_picture"}, false
		}
	case Raw:
		if e.Kind != RawEntry {
			return Problem{Key: "template_not_raw", Args: map[string]any{"error": ""}}, false
		}
	}
	return Problem{}, true
}

// nearest gives the known name that a mistyped one is most like; nothing when
// none is near.
func nearest(name string, known []string) string {
	want := []rune(lookalikes(Fold(name)))
	best, distance := "", 1+len(want)/4
	for _, k := range known {
		have := []rune(lookalikes(Fold(k)))
		if d := len(have) - len(want); d > distance || -d > distance {
			continue
		}
		if d := edits(want, have); d < distance || d == distance && best == "" {
			best, distance = k, d
		}
	}
	return best
}

// lookalikes writes Cyrillic letters that look Latin as Latin ones, so that a
// name typed in the wrong layout is found.
func lookalikes(s string) string {
	return strings.NewReplacer("а", "a", "е", "e", "і", "i", "о", "o", "р", "p", "с", "c", "у", "y", "х", "x").Replace(s)
}

// edits counts the letters to add, drop, change or swap with a neighbour
// (Damerau–Levenshtein, optimal string alignment).
func edits(a, b []rune) int {
	rows := [3][]int{make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)}
	for j := range rows[1] {
		rows[1][j] = j
	}
	for i := 1; i <= len(a); i++ {
		before, last, row := rows[(i-1)%3], rows[i%3], rows[(i+1)%3]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
	}
	return rows[(len(a)+1)%3][len(b)]
}
