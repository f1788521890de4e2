package imports

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/requisite"
	"ugoda/model/text"
	"ugoda/store"
)

// index finds the records of a kind by what files call them. It is read once,
// for a file names thousands of them, and grows by what the import makes.
type index struct {
	kind   *model.Kind
	refs   map[int64]model.Ref
	tries  []string                      // fields that name a record, the surest first
	by     map[string]map[string][]int64 // field: folded text: ids
	codes  map[int64]string              // EDRPOU of those that have one
	owners map[int64]int64               // whose they are, of a kind that belongs to clients
	loose  map[string][]int64            // letters and digits alone, firms without their legal form
}

// keyFields are the fields by which a record of a kind is found.
func keyFields(k *model.Kind) (tries, all []string) {
	tries = []string{"number"}
	for _, f := range k.Fields {
		if f.Computed || f.Type != model.Text || f.Name == "number" {
			continue
		}
		switch {
		case f.Format == "edrpou", f.Name == "article", f.Name == "barcode", f.Name == "code":
			tries = append(tries, f.Name)
		case f.Format == "phone" && !f.Hidden, f.Format == "email", f.Format == "iban", f.Format == "ipn":
			all = append(all, f.Name)
		}
	}
	for _, f := range k.Fields {
		if f.Named && !f.Computed && f.Name != "number" {
			tries = append(tries, f.Name)
		}
	}
	return tries, append(slices.Clone(tries), all...)
}

// readIndex reads the records of a kind that meet a condition.
func (r *runner) readIndex(k *model.Kind, where filter.Node) (*index, error) {
	tries, all := keyFields(k)
	x := &index{kind: k, refs: map[int64]model.Ref{}, tries: tries, by: map[string]map[string][]int64{}, codes: map[int64]string{}, loose: map[string][]int64{}}
	for _, f := range all {
		x.by[f] = map[string][]int64{}
	}
	columns := slices.Clone(all)
	if !slices.Contains(columns, k.Title[0]) {
		columns = append(columns, k.Title[0])
	}
	at := -1
	if f := k.Field("client"); f != nil && f.Type == model.Link {
		at = len(columns)
		columns = append(columns, "client")
		x.owners = map[int64]int64{}
	}
	rows, err := r.b.Page(r.ctx, store.Query{Kind: k.Name, Columns: columns, Where: where, Sort: []store.Order{{Path: "id"}}})
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		ref := model.Ref{ID: row.ID}
		for i, name := range columns {
			if i == at {
				owner, _ := row.Cells[i].(model.Ref)
				x.owners[row.ID] = owner.ID
				continue
			}
			s, _ := row.Cells[i].(string)
			if name == "number" {
				ref.Code = s
			}
			if name == k.Title[0] {
				ref.Name = s
			}
			x.put(name, s, row.ID)
		}
		x.name(ref)
	}
	return x, nil
}

// put lets a record be found by a field.
func (x *index) put(field, s string, id int64) {
	m := x.by[field]
	if m == nil || s == "" {
		return
	}
	key := x.fold(field, s)
	if f := x.kind.Field(field); f != nil && f.Format == "edrpou" {
		x.codes[id] = key
	}
	if !slices.Contains(m[key], id) {
		m[key] = append(m[key], id)
	}
}

func (x *index) fold(field, s string) string {
	if f := x.kind.Field(field); f != nil {
		switch f.Format {
		case "phone":
			if e := requisite.E164(s); e != "" {
				return e
			}
			return requisite.Digits(s)
		case "iban":
			return requisite.CleanIBAN(s)
		}
	}
	return text.Fold(s)
}

// name lets a record be found by what its name is like.
func (x *index) name(ref model.Ref) {
	x.refs[ref.ID] = ref
	for _, key := range x.likenesses(ref.Name) {
		if !slices.Contains(x.loose[key], ref.ID) {
			x.loose[key] = append(x.loose[key], ref.ID)
		}
	}
}

// likenesses are what two names have in common that mean the same.
func (x *index) likenesses(name string) []string {
	if name == "" {
		return nil
	}
	keys := []string{plain(name)}
	if x.kind.Name == "client" || x.kind.Name == "organization" {
		if k := requisite.FirmKey(name); k != "" {
			keys = append(keys, "firm:"+k)
		}
	}
	return keys
}

// add takes a record that was just made.
func (x *index) add(rec model.Keeper) {
	ref := model.Ref{ID: rec.Base().ID, Code: rec.Base().Number, Name: x.kind.TitleOf(rec)}
	for field := range x.by {
		if f := x.kind.Field(field); f != nil && !f.Computed {
			s, _ := f.Value(rec).(string)
			x.put(field, s, ref.ID)
		}
	}
	x.put("number", ref.Code, ref.ID)
	if x.owners != nil {
		owner, _ := x.kind.Field("client").Value(rec).(model.Ref)
		x.owners[ref.ID] = owner.ID
	}
	x.name(ref)
}

// find finds records by #ID, number, code or name: those that answer to the
// first of these that anything answers to.
func (x *index) find(name string) []int64 {
	name = strings.TrimSpace(name)
	if digits, ok := strings.CutPrefix(name, "#"); ok {
		if id, err := strconv.ParseInt(digits, 10, 64); err == nil {
			if _, there := x.refs[id]; there {
				return []int64{id}
			}
		}
	}
	for _, field := range x.tries {
		if ids := x.by[field][x.fold(field, name)]; len(ids) > 0 {
			return ids
		}
	}
	return nil
}

// findBy finds records by one field.
func (x *index) findBy(field, s string) []int64 {
	m := x.by[field]
	if m == nil || s == "" {
		return nil
	}
	return m[x.fold(field, s)]
}

// same finds records whose names have the same letters, otherwise spaced or
// punctuated, or are the same firm: "GTXPro" and "GTX Pro", "Карпати ТОВ" and
// «ТОВ „Карпати“».
func (x *index) same(name string) []model.Ref {
	var out []model.Ref
	for _, key := range x.likenesses(name) {
		for _, id := range x.loose[key] {
			if !slices.ContainsFunc(out, func(r model.Ref) bool { return r.ID == id }) {
				out = append(out, x.refs[id])
			}
		}
	}
	return out
}

// Bounds of the search for names that are spelled alike.
const (
	manyNames   = 20_000
	manyAlike   = 5
	shortestFor = 5 // letters of a name that may differ by one
)

// alike finds records whose names differ from a name by a slip or two of the
// keyboard.
func (x *index) alike(name string) []model.Ref {
	want := []rune(plain(name))
	if len(want) < shortestFor || len(x.refs) > manyNames {
		return nil
	}
	slips := 1
	if len(want) >= 9 {
		slips = 2
	}
	type near struct {
		ref  model.Ref
		slip int
	}
	var found []near
	for _, ref := range x.refs {
		if n := utf8.RuneCountInString(ref.Name); n < len(want)-slips || n > len(want)+slips+4 {
			continue
		}
		if d := distance(want, []rune(plain(ref.Name)), slips); d <= slips {
			found = append(found, near{ref, d})
		}
	}
	slices.SortFunc(found, func(a, b near) int {
		if a.slip != b.slip {
			return a.slip - b.slip
		}
		return strings.Compare(a.ref.Name, b.ref.Name)
	})
	var out []model.Ref
	for _, n := range found[:min(len(found), manyAlike)] {
		out = append(out, n.ref)
	}
	return out
}

// distance counts letters to put in, take out or change between two words, and
// neighbours to swap; more than most is most+1.
func distance(a, b []rune, most int) int {
	if len(a)-len(b) > most || len(b)-len(a) > most {
		return most + 1
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(row[j-1]+1, last[j]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > most {
			return most + 1
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
