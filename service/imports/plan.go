// Package imports brings tables of other programs into the base: columns are
// recognised or mapped, tried without writing, written in one transaction and
// undone as a whole.
package imports

import (
	"slices"
	"strings"

	"ugoda/exchange/spreadsheet"
	"ugoda/model"
	"ugoda/model/text"
	"ugoda/store"
)

// Mode says what an import may do.
type Mode string

// The modes.
const (
	Create Mode = "create" // only new records; those that are there already are left alone
	Update Mode = "update" // only records that are there
	Both   Mode = "both"
)

// Modes lists the modes in the order in which they are offered.
var Modes = []Mode{Both, Create, Update}

// Column joins a column of the file to a field.
type Column struct {
	Index   int    // from 0
	Heading string // as in the file, several lines joined by " / "
	Field   string // path: "client", "client.code", "products.product", "amount.currency"; empty: left out
	Order   spreadsheet.DateOrder
	Asked   bool // the order of days was ambiguous, and a person settled it
	Comma   bool // 1,234 is one and a bit
	Settled bool // whether it is was unsure, and a person settled it
}

// Plan is everything that an import is asked with. It is kept as a profile.
type Plan struct {
	Kind      string
	Encoding  string // of a file of text; empty: found out
	Separator rune
	Sheet     int
	Header    int // last row of the headings, from 0; -1: there are none
	Heads     int // how many rows the headings take, when there are any
	Columns   []Column
	Mode      Mode
	Key       []string          // fields that tell whether a record is there
	Constants map[string]string // field: value for rows that have none, as on the command line; a record as "#ID", by number or by name
	Without   map[string]string // field: Empty or Skip, what a person said of rows that have nothing there
	Create    []string          // kinds that may be created when a reference names something new; "*" all
	Answers   map[string]Answer // by About: what texts of the file mean
	GroupRows bool              // rows with nothing but a name are groups of what follows
	OpenStage string            // the stage that a closed deal stood in before
	LeaveBad  bool              // rows with problems are left out, the rest comes in
}

// What an answer may say beside naming a record.
const (
	Make  = "create" // a new record of that name
	Empty = "empty"  // nothing: the field stays empty
	Skip  = "skip"   // the rows are left out
)

// Answer is what a person said a text of the file means.
type Answer struct {
	ID   int64  `json:"id,omitempty"`   // of the record
	Name string `json:"name,omitempty"` // the record by number or name; of a choice, its identifier
	Do   string `json:"do,omitempty"`   // Make, Empty, Skip
}

// About is the key of an answer: the kind that a reference points to, or
// KIND.FIELD of a choice, and the text.
func About(scope, said string) string { return scope + ":" + text.Fold(said) }

// Say keeps what a text means.
func (p *Plan) Say(scope, said string, a Answer) {
	p.ready()
	p.Answers[About(scope, said)] = a
}

func (p *Plan) ready() {
	if p.Constants == nil {
		p.Constants = map[string]string{}
	}
	if p.Without == nil {
		p.Without = map[string]string{}
	}
	if p.Answers == nil {
		p.Answers = map[string]Answer{}
	}
}

// Clone is a copy that shares nothing with the plan.
func (p *Plan) Clone() *Plan {
	c := *p
	c.Columns, c.Key, c.Create = slices.Clone(p.Columns), slices.Clone(p.Key), slices.Clone(p.Create)
	c.Constants, c.Without, c.Answers = cloneMap(p.Constants), cloneMap(p.Without), cloneMap(p.Answers)
	return &c
}

func cloneMap[V any](m map[string]V) map[string]V {
	out := make(map[string]V, len(m))
	for k, v := range m {
		out[k] = v
	}
	return out
}

// Creates reports whether references of a kind may be created.
func (p *Plan) Creates(kind string) bool {
	return slices.Contains(p.Create, kind) || slices.Contains(p.Create, "*")
}

// Mapped reports whether a column brings a field.
func (p *Plan) Mapped(path string) bool {
	return slices.ContainsFunc(p.Columns, func(c Column) bool { return c.Field == path })
}

// inLines reports whether a column brings a field of a part.
func (p *Plan) inLines(column int) bool {
	return slices.ContainsFunc(p.Columns, func(c Column) bool { return c.Index == column && strings.Contains(c.Field, ".") })
}

// unlisted are kinds that no file brings: they come about by what people do,
// or are more than a row of a table can say.
var unlisted = []string{"letter", "mail-account", "template", "revision", "template-version", "approval", "approval-rule"}

// Can reports whether a session may bring a file into a kind.
func Can(s *store.Session, kind string) bool {
	return s.Registry().Kind(kind) != nil && !slices.Contains(unlisted, kind) && s.MayWrite(kind)
}

// days and numbers that rules set but that an import may bring.
var importable = map[string][]string{
	"deal":     {"number", "opened", "closed"},
	"proposal": {"number"},
	"invoice":  {"number"},
	"inquiry":  {"number"},
	"activity": {"done_at"},
}

// untold are fields of lines that rules set beside others that a file brings.
var untold = []string{"taken"}

// Fields lists the fields that a file may bring into a kind.
func Fields(k *model.Kind, role model.Role) []*model.Field {
	var out []*model.Field
	for _, f := range k.Fields {
		if f.Computed || f.Name == "id" || f.Name == "created" || f.Name == "changed" || f.Type == model.Bytes || !f.SeenBy(role) {
			continue
		}
		if (f.ReadOnly || f.Hidden) && f.Name != "number" && !slices.Contains(importable[k.Name], f.Name) {
			continue
		}
		if strings.Contains(k.Name, ".") && slices.Contains(untold, f.Name) {
			continue
		}
		out = append(out, f)
	}
	return out
}

// Target is something that a column may bring.
type Target struct {
	Path  string
	Kind  string       // that has the field: of a part "client.phones"
	Field *model.Field // the last one of the path
	Part  *model.Part  // the part that it belongs to
	Over  *model.Part  // the part of the record that this part belongs to, if it is not the record's own
	Link  *model.Field // the reference whose record it helps to find or to make
}

// currencyOf ends the path of the currency of an amount.
const currencyOf = ".currency"

// Targets lists what columns may bring into a kind: its fields, the currencies
// of its amounts, fields of its parts, and those that find or make the
// records that it points to.
func Targets(reg *model.Registry, k *model.Kind, role model.Role) []Target {
	var out []Target
	for _, f := range Fields(k, role) {
		out = append(out, Target{Path: f.Name, Kind: k.Name, Field: f})
		if f.Type == model.Amount {
			out = append(out, Target{Path: f.Name + currencyOf, Kind: k.Name, Field: f})
		}
	}
	for _, part := range k.Parts {
		for _, f := range Fields(part.Kind, role) {
			if f.Name != "number" {
				out = append(out, Target{Path: part.Name + "." + f.Name, Kind: part.Kind.Name, Field: f, Part: part})
			}
		}
		for _, below := range part.Kind.Parts {
			for _, f := range Fields(below.Kind, role) {
				out = append(out, Target{Path: part.Name + "." + below.Name + "." + f.Name, Kind: below.Kind.Name, Field: f, Part: below, Over: part})
			}
		}
	}
	for _, link := range Fields(k, role) {
		to := reg.Kind(link.To)
		if link.Type != model.Link || to == nil {
			continue
		}
		for _, f := range Fields(to, role) {
			if f.Name != to.Title[0] && f.Type != model.LongText {
				out = append(out, Target{Path: link.Name + "." + f.Name, Kind: to.Name, Field: f, Link: link})
			}
		}
	}
	return out
}

// target finds what a path means; false when it means nothing, or nothing that
// the role may see.
func target(reg *model.Registry, k *model.Kind, role model.Role, path string) (Target, bool) {
	head, rest, nested := strings.Cut(path, ".")
	t := Target{Path: path, Kind: k.Name}
	if part := k.Part(head); nested && part != nil {
		if name, field, deep := strings.Cut(rest, "."); deep {
			if below := part.Kind.Part(name); below != nil {
				t.Part, t.Over, t.Kind, t.Field = below, part, below.Kind.Name, below.Kind.Field(field)
			}
		} else {
			t.Part, t.Kind, t.Field = part, part.Kind.Name, part.Kind.Field(rest)
		}
	} else if f := k.Field(head); f != nil {
		t.Field = f
		switch {
		case nested && f.Type == model.Amount && "."+rest == currencyOf:
		case nested && f.Type == model.Link:
			t.Link, t.Kind, t.Field = f, f.To, reg.Kind(f.To).Field(rest)
		case nested:
			return t, false
		}
	}
	if t.Field == nil || t.Field.Computed || t.Field.Type == model.Bytes || !t.Field.SeenBy(role) || t.Link != nil && !t.Link.SeenBy(role) {
		return t, false
	}
	return t, true
}

// plain folds a heading or a name to its letters and digits.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" _-.,:;()№#/\\*'\u00a0\n", r) {
			return -1
		}
		return r
	}, text.Fold(s))
}
