package store

import (
	"strings"
	"time"

	"ugoda/model"
	"ugoda/model/text"
)

// role is what a column keeps of its field.
type role int

const (
	roleValue    role = iota
	roleCurrency      // of an amount
	roleBase          // an amount in the base currency
	roleSort          // a key to sort by
	roleSearch        // folded text to search in
)

// column is one column of a table, but its key.
type column struct {
	name  string
	sql   string // type and constraint, with the words that package filled fills in
	field *model.Field
	role  role
}

// plan is what the store makes of the description of a kind or of a part.
type plan struct {
	kind    *model.Kind
	table   string
	owner   *plan    // of a part
	columns []column // in the order of the table, without id, version, marked, owner_id, position
	fields  []*model.Field
	parts   []*plan // in the order of kind.Parts
	part    *model.Part
	names   string       // the columns as SQL lists them
	rate    *model.Field // the exchange rate of a record's own amounts
}

// planAll plans every kind of a registry, by name.
func planAll(r *model.Registry) map[string]*plan {
	out := map[string]*plan{}
	for _, k := range r.Kinds() {
		out[k.Name] = planOf(k, nil, nil)
	}
	return out
}

func planOf(k *model.Kind, owner *plan, part *model.Part) *plan {
	p := &plan{kind: k, table: ident(k.Table), owner: owner, part: part}
	var names []string
	for _, f := range k.Fields {
		if f.Computed || f.Name == "id" {
			continue
		}
		p.fields = append(p.fields, f)
		if f.Name == "rate" && f.Type == model.Rates && owner == nil {
			p.rate = f
		}
		for _, c := range columnsOf(f, owner == nil) {
			p.columns = append(p.columns, c)
			names = append(names, ident(c.name))
		}
	}
	p.names = strings.Join(names, ", ")
	for _, x := range k.Parts {
		p.parts = append(p.parts, planOf(x.Kind, p, x))
	}
	return p
}

// columnsOf are all columns of a field; withBase says that an amount is kept
// in the base currency too.
func columnsOf(f *model.Field, withBase bool) []column {
	value := column{name: f.Columns()[0], field: f}
	var more []column
	switch f.Type {
	case model.Text, model.LongText, model.Choice:
		value.sql = "{text} NOT NULL DEFAULT ''"
		if f.Sorts() {
			more = append(more, column{f.Name + "_sort", "{bytes}", f, roleSort})
		}
		if f.Searched() {
			more = append(more, column{f.Name + "_search", "{text} NOT NULL DEFAULT ''", f, roleSearch})
		}
	case model.Int, model.Price, model.Quantity, model.Percents, model.Rates:
		value.sql = "BIGINT NOT NULL DEFAULT 0"
	case model.Bool:
		value.sql = "BOOLEAN NOT NULL DEFAULT FALSE"
	case model.Amount:
		value.sql = "BIGINT"
		more = append(more, column{f.Columns()[1], "{text} NOT NULL DEFAULT ''", f, roleCurrency})
		if withBase {
			more = append(more, column{f.Name + "_base", "BIGINT", f, roleBase})
		}
	case model.Days, model.Moment, model.Link:
		value.sql = "BIGINT"
	case model.Bytes:
		value.sql = "{bytes}"
	}
	return append([]column{value}, more...)
}

// values are a record's columns in the order of the plan. inBase converts an
// amount, and gives nil when there is none.
func (p *plan) values(rec any, inBase func(m model.Money) any) []any {
	out := make([]any, len(p.columns))
	for i := range p.columns {
		out[i] = p.columns[i].value(p.columns[i].field.Value(rec), inBase)
	}
	return out
}

// ownRate is the exchange rate that a record has for its own amounts; 0: none.
func (p *plan) ownRate(rec any) model.Rate {
	if p.rate == nil {
		return 0
	}
	return *p.rate.Ptr(rec).(*model.Rate)
}

// differs reports whether a column keeps something else than it did: an amount
// in the base currency changes with the rate, too.
func (p *plan) differs(c *column, rec, old any) bool {
	return !same(c.field.Value(rec), c.field.Value(old)) || c.role == roleBase && p.ownRate(rec) != p.ownRate(old)
}

// value is what a column keeps of its field's value.
func (c *column) value(v any, inBase func(m model.Money) any) any {
	switch c.role {
	case roleCurrency:
		return v.(model.Money).Currency
	case roleBase:
		return inBase(v.(model.Money))
	case roleSort:
		if s := v.(string); s != "" {
			return text.SortKey(s)
		}
		return nil
	case roleSearch:
		return text.Fold(v.(string))
	}
	return encode(v)
}

// encode turns a value into what its (first) column keeps.
func encode(v any) any {
	switch v := v.(type) {
	case model.Money:
		if v == (model.Money{}) {
			return nil
		}
		return v.Minor
	case model.Qty:
		return int64(v)
	case model.Percent:
		return int64(v)
	case model.Rate:
		return int64(v)
	case model.Day:
		if v == 0 {
			return nil
		}
		return int64(v)
	case time.Time:
		if v.IsZero() {
			return nil
		}
		return v.UnixMicro()
	case model.Ref:
		if v.ID == 0 {
			return nil
		}
		return v.ID
	case []byte:
		if len(v) == 0 {
			return nil
		}
		return v
	}
	return v
}

// decode turns what a column keeps into a value of the type, the zero value
// when it is empty. An amount's currency and a link's names are added by who
// reads them.
func decode(t model.Type, raw any) any {
	n, _ := raw.(int64)
	switch t {
	case model.Text, model.LongText, model.Choice:
		s, _ := raw.(string)
		return s
	case model.Bool:
		b, ok := raw.(bool)
		return b || (!ok && n != 0)
	case model.Amount:
		return model.Money{Minor: n}
	case model.Quantity:
		return model.Qty(n)
	case model.Percents:
		return model.Percent(n)
	case model.Rates:
		return model.Rate(n)
	case model.Days:
		return model.Day(n)
	case model.Moment:
		if raw == nil {
			return time.Time{}
		}
		return time.UnixMicro(n).UTC()
	case model.Link:
		return model.Ref{ID: n}
	case model.Bytes:
		b, _ := raw.([]byte)
		return b
	}
	return n
}

// titleColumns are the columns that make up the name of a record of a kind.
func titleColumns(k *model.Kind) []string {
	var out []string
	for _, name := range k.Title {
		if f := k.Field(name); f != nil && !f.Computed && (f.Type == model.Text || f.Type == model.Choice || f.Type == model.LongText) {
			out = append(out, name)
		}
	}
	return out
}

// reserved are words that SQL keeps for itself on one of the engines, and that
// a name of ours might be.
var reserved = func() map[string]bool {
	out := map[string]bool{}
	for word := range strings.FieldsSeq(`add all alter analyze and any array as asc between both case cast check collate
		column commit constraint create cross current_date current_time current_user default delete desc distinct drop
		else end exists fetch for foreign freeze from full grant group having if ilike in index inner insert into is
		isnull join leading left like limit localtime natural not notnull null offset on only or order outer placing
		primary references returning right select session_user set similar some symmetric table tablesample then to
		transaction trigger true false union unique update user using values variadic verbose view when where window with`) {
		out[word] = true
	}
	return out
}()

// ident writes a name in SQL.
func ident(name string) string {
	if reserved[name] {
		return `"` + name + `"`
	}
	return name
}
