package store

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"ugoda/model"
	"ugoda/model/filter"
)

// where writes WHERE of a list.
func (q *selection) where(query Query) (string, error) {
	parts := []string{"t.marked = FALSE"}
	if query.Bin {
		parts[0] = "t.marked = TRUE"
	}
	if query.Where != nil {
		if err := filter.Validate(q.s.base.registry, query.Kind, query.Where); err != nil {
			return "", err
		}
		c, err := q.condition(query.Where)
		if err != nil {
			return "", err
		}
		parts = append(parts, c)
	}
	if query.Batch != 0 {
		parts = append(parts, "t.id IN (SELECT i.record_id FROM batch_item i WHERE i.batch_id = "+q.arg(query.Batch)+" AND i.kind = "+q.arg(query.Kind)+")")
	}
	if query.Search != "" {
		c, err := q.search(query.Search)
		if err != nil {
			return "", err
		}
		parts = append(parts, c)
	}
	return " WHERE " + strings.Join(parts, " AND "), nil
}

// condition writes a filter. An expression may be NULL where it does not hold;
// a negation says IS NOT TRUE, so that there are two answers only.
func (q *selection) condition(n filter.Node) (string, error) {
	list := func(nodes []filter.Node, word, none string) (string, error) {
		if len(nodes) == 0 {
			return none, nil
		}
		var parts []string
		for _, n := range nodes {
			c, err := q.condition(n)
			if err != nil {
				return "", err
			}
			parts = append(parts, c)
		}
		return joined(parts, word), nil
	}
	switch n := n.(type) {
	case nil:
		return "TRUE", nil
	case filter.And:
		return list(n, " AND ", "TRUE")
	case filter.Or:
		return list(n, " OR ", "FALSE")
	case filter.Not:
		c, err := q.condition(n.Node)
		if err != nil {
			return "", err
		}
		return "(" + c + " IS NOT TRUE)", nil
	case filter.Cond:
		return q.compare(n)
	}
	return "", fmt.Errorf("no condition of type %T", n)
}

// joined writes many expressions as a tree that is not deep: SQLite takes no
// more than a thousand one below the other.
func joined(parts []string, word string) string {
	const flat = 100
	if len(parts) <= flat {
		return "(" + strings.Join(parts, word) + ")"
	}
	half := len(parts) / 2
	return "(" + joined(parts[:half], word) + word + joined(parts[half:], word) + ")"
}

// inList compares a number, or a link with records by their ids, with many
// values at once, and gives back the values that need a comparison each.
func (q *selection) inList(c filter.Cond, f *model.Field, v string) (any []string, rest []filter.Value, err error) {
	var args []int64
	for _, x := range c.Values {
		switch x := x.(type) {
		case filter.ID:
			args = append(args, int64(x))
		case filter.Number:
			n, err := filter.Scaled(x, f.Type)
			if err != nil {
				return nil, nil, err
			}
			args = append(args, n)
		default:
			rest = append(rest, x)
		}
	}
	if len(args) == 0 {
		return nil, rest, nil
	}
	written := make([]string, len(args))
	for i, n := range args {
		written[i] = q.arg(n)
	}
	return []string{v + " IN (" + strings.Join(written, ", ") + ")"}, rest, nil
}

// not negates an expression, which may be NULL.
func not(e string, err error) (string, error) {
	if err != nil {
		return "", err
	}
	return "((" + e + ") IS NOT TRUE)", nil
}

func (q *selection) compare(c filter.Cond) (string, error) {
	switch c.Op {
	case filter.Ne:
		c.Op = filter.Eq
		return not(q.compare(c))
	case filter.NotIn:
		c.Op = filter.In
		return not(q.compare(c))
	case filter.NotContains:
		c.Op = filter.Contains
		return not(q.compare(c))
	case filter.NotEmpty:
		c.Op = filter.Empty
		return not(q.compare(c))
	}
	route, err := q.s.base.registry.Route(q.plan.kind, c.Path)
	if err != nil {
		return "", err
	}
	if len(route.Parts) > 0 {
		return q.compareRows(c, route)
	}
	at, err := q.resolve(c.Path)
	if err != nil {
		return "", err
	}
	v, err := q.value(at)
	if err != nil {
		return "", err
	}
	if c.Op == filter.In {
		any, rest, err := q.inList(c, at.field, v)
		if err != nil {
			return "", err
		}
		for _, x := range rest {
			one, err := q.compare(filter.Cond{Path: c.Path, Op: filter.Eq, Values: []filter.Value{x}})
			if err != nil {
				return "", err
			}
			any = append(any, one)
		}
		if len(any) == 0 {
			return "FALSE", nil
		}
		return joined(any, " OR "), nil
	}
	f := at.field
	if c.Op == filter.Empty {
		if stored := at.alias == "t" && !f.Computed; stored && (f.Type == model.Text || f.Type == model.LongText || f.Type == model.Choice) {
			return v + " = ''", nil // never NULL
		}
		return emptySQL(f, v), nil
	}
	switch f.Type {
	case model.Text, model.LongText:
		return q.compareText(c, at, v)
	case model.Choice:
		// The value is one of those described: it stands in the statement itself,
		// where the engine sees that an index of such records only will do.
		s, _ := c.Values[0].(filter.String)
		e := v + " = '" + strings.ReplaceAll(string(s), "'", "''") + "'"
		if given := implied[at.kind.Name+"."+f.Name]; given != "" && s != "" {
			e = "(" + strings.ReplaceAll(given, "{t}", at.alias) + " AND " + e + ")"
		}
		return e, nil
	case model.Bool:
		b, _ := c.Values[0].(filter.Bool)
		if b {
			return v + " = TRUE", nil
		}
		return v + " = FALSE", nil
	case model.Link:
		return q.compareLink(c, at, v)
	case model.Days, model.Moment:
		return q.compareDays(c, f, v)
	}
	return q.compareNumbers(c, f, v)
}

// emptySQL says that a field is empty: numbers are when they are nought.
func emptySQL(f *model.Field, v string) string {
	switch f.Type {
	case model.Text, model.LongText, model.Choice:
		return "(" + v + " IS NULL OR " + v + " = '')"
	case model.Bool:
		return v + " IS NULL"
	case model.Days, model.Moment, model.Link, model.Bytes:
		return v + " IS NULL"
	}
	return "(" + v + " IS NULL OR " + v + " = 0)"
}

// like escapes the signs that LIKE gives a meaning.
var like = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// starts is a search for the beginning of folded text, which an index answers.
func (q *selection) starts(column, folded string) string {
	return "(" + column + " >= " + q.arg(folded) + " AND " + column + " < " + q.arg(folded+string(rune(utf8.MaxRune))) + ")"
}

func (q *selection) compareText(c filter.Cond, at place, v string) (string, error) {
	s, _ := c.Values[0].(filter.String)
	sought, column := fold(string(s)), at.alias+"."+at.field.Name+"_search"
	folded := !at.field.Computed && at.field.Searched()
	if !folded { // compared as it stands
		sought, column = string(s), v
	}
	switch c.Op {
	case filter.Contains:
		if folded {
			return q.contains(q.planOf(at.kind), at.alias, sought, at.field.Name+"_search"), nil
		}
		return column + " LIKE " + q.arg("%"+like.Replace(sought)+"%") + ` ESCAPE '\'`, nil
	case filter.Starts:
		return q.starts(column, sought), nil
	}
	return column + " = " + q.arg(sought), nil
}

// compareLink compares a link with a record, a name, or who asks.
func (q *selection) compareLink(c filter.Cond, at place, v string) (string, error) {
	to := q.s.base.registry.Kind(at.field.To)
	if c.Op == filter.Under {
		roots, err := q.among(to, c.Values[0], filter.Eq)
		if err != nil {
			return "", err
		}
		return v + " IN (" + treeSQL(to, roots) + ")", nil
	}
	if id, ok := c.Values[0].(filter.ID); ok && c.Op == filter.Eq {
		return v + " = " + q.arg(int64(id)), nil
	}
	found, err := q.among(to, c.Values[0], c.Op)
	if err != nil {
		return "", err
	}
	return v + " IN (" + found + ")", nil
}

// treeSQL are the ids of some records of a tree and of all below them.
func treeSQL(k *model.Kind, roots string) string {
	return "WITH RECURSIVE below (id) AS (SELECT r.id FROM " + ident(k.Table) + " r WHERE r.id IN (" + roots + ")" +
		" UNION SELECT r.id FROM " + ident(k.Table) + " r JOIN below b ON r.parent_id = b.id) SELECT id FROM below"
}

// among is a query for the ids of records that a value means.
func (q *selection) among(k *model.Kind, v filter.Value, op filter.Op) (string, error) {
	table := ident(k.Table)
	switch v := v.(type) {
	case filter.ID:
		return "CAST(" + q.arg(int64(v)) + " AS BIGINT)", nil
	case filter.Word:
		switch {
		case v == filter.Me && k.Name == "user":
			return "CAST(" + q.arg(q.s.User.ID) + " AS BIGINT)", nil
		case v == filter.Me:
			return "CAST(" + q.arg(q.s.Employee.ID) + " AS BIGINT)", nil
		case v == filter.MyDepartment:
			departments := treeSQL(q.s.base.registry.Kind("department"), "CAST("+q.arg(q.s.Department.ID)+" AS BIGINT)")
			if k.Name == "department" {
				return departments, nil
			}
			return "SELECT e.id FROM employee e WHERE e.department_id IN (" + departments + ")", nil
		}
	case filter.String:
		sought := fold(string(v))
		var any []string
		for _, f := range k.Fields {
			if !f.Named || !f.Searched() || (f.Name == "number" && op != filter.Eq) {
				continue
			}
			column := "n." + f.Name + "_search"
			switch op {
			case filter.Contains:
				any = append(any, q.contains(q.s.base.plans[k.Name], "n", sought, f.Name+"_search"))
			case filter.Starts:
				any = append(any, q.starts(column, sought))
			default:
				any = append(any, column+" = "+q.arg(sought))
			}
		}
		if len(any) == 0 {
			return "SELECT n.id FROM " + table + " n WHERE FALSE", nil
		}
		return "SELECT n.id FROM " + table + " n WHERE " + strings.Join(any, " OR "), nil
	}
	return "", fmt.Errorf("a link compared with %T", v)
}

// compareNumbers compares with numbers in the scale in which a field keeps them.
func (q *selection) compareNumbers(c filter.Cond, f *model.Field, v string) (string, error) {
	var n [2]int64
	for i, x := range c.Values[:min(2, len(c.Values))] {
		number, _ := x.(filter.Number)
		scaled, err := filter.Scaled(number, f.Type)
		if err != nil {
			return "", err
		}
		n[i] = scaled
	}
	return q.compareInts(c.Op, v, n[0], n[1]), nil
}

func (q *selection) compareInts(op filter.Op, v string, a, b int64) string {
	if op == filter.Between {
		return "(" + v + " >= " + q.arg(a) + " AND " + v + " <= " + q.arg(b) + ")"
	}
	return v + " " + string(op) + " " + q.arg(a)
}

// compareDays compares a day, or the day of a moment in the system's time
// zone, with days.
func (q *selection) compareDays(c filter.Cond, f *model.Field, v string) (string, error) {
	today := q.s.Today()
	from, to, err := filter.Span(c, today)
	if err != nil {
		return "", err
	}
	if f.Type == model.Days {
		switch {
		case from == to:
			return v + " = " + q.arg(int64(from)), nil
		case from == filter.Always:
			return v + " <= " + q.arg(int64(to)), nil
		case to == filter.Forever:
			return v + " >= " + q.arg(int64(from)), nil
		}
		return q.compareInts(filter.Between, v, int64(from), int64(to)), nil
	}
	var parts []string
	if from != filter.Always {
		parts = append(parts, v+" >= "+q.arg(midnight(from)))
	}
	if to != filter.Forever {
		parts = append(parts, v+" < "+q.arg(midnight(to+1)))
	}
	if len(parts) == 0 {
		return v + " IS NOT NULL", nil
	}
	return "(" + strings.Join(parts, " AND ") + ")", nil
}

// midnight is when a day begins where the program runs, in microseconds.
func midnight(d model.Day) int64 {
	y, m, day := d.Time().Date()
	return time.Date(y, m, day, 0, 0, 0, 0, time.Local).UnixMicro()
}

// maxWords is how many words of a quick search count.
const maxWords = 8

// search writes a quick search: every word must be in a name, number, code or
// address of the record, in the name of its client, or in the words or the
// article of a line; digits of a phone find it.
func (q *selection) search(text string) (string, error) {
	words := strings.Fields(fold(text))
	if len(words) > maxWords {
		words = words[:maxWords]
	}
	var all []string
	for _, word := range words {
		all = append(all, "("+strings.Join(q.searchWord(word), " OR ")+")")
	}
	if len(all) == 0 {
		return "TRUE", nil
	}
	c := "(" + strings.Join(all, " AND ") + ")"
	if digits := phoneDigits(text); len(digits) >= 4 {
		if any := q.searchPhone(digits); len(any) > 0 {
			c = "(" + c + " OR " + strings.Join(any, " OR ") + ")"
		}
	}
	return c, nil
}

// phoneDigits are the digits of a text that may be a part of a phone: nothing
// when there are other signs in it than people write phones with.
func phoneDigits(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case '0' <= r && r <= '9':
			b.WriteRune(r)
		case !strings.ContainsRune(" +-().\u00a0", r):
			return ""
		}
	}
	return b.String()
}

// searchWord finds a word in the texts of a record, in the name of its client,
// or in its lines. Where an index of parts answers, it gives the records that may have
// the word, and only those that a list gets to are looked at; otherwise each of
// the questions reads a column that is much narrower than the table.
func (q *selection) searchWord(word string) []string {
	var own, clients []string
	for _, f := range q.plan.fields {
		switch {
		case !q.s.Sees(f):
		case foundBy(f):
			own = append(own, f.Name+"_search")
		case f.Type == model.Link && f.To == "client":
			clients = append(clients, f.Columns()[0])
		}
	}
	from := "SELECT n.id FROM " + q.plan.table + " n WHERE "
	client := func() string {
		return "(SELECT c.id FROM client c WHERE " + q.contains(q.s.base.plans["client"], "c", word, "name_search") + ")"
	}
	var may []string
	if match := q.match(q.plan, word, own...); match != "" && q.s.base.indexed(q.s.base.plans["client"], "name_search") {
		may = append(may, match)
		for _, c := range clients {
			may = append(may, from+"n."+c+" IN ("+q.match(q.s.base.plans["client"], word, "name_search")+")")
		}
		has := []string{q.contains(nil, "t", word, own...)}
		for _, c := range clients {
			has = append(has, "t."+c+" IN "+client())
		}
		found := []string{"t.id IN (" + strings.Join(may, " UNION ") + ") AND (" + strings.Join(has, " OR ") + ")"}
		for _, x := range q.inLines(word) {
			found = append(found, "t.id IN ("+x.owners+")")
		}
		return found
	}
	if len([]rune(word)) >= trigram && len(own) > 0 && q.s.base.engine == PostgreSQL {
		may = append(may, from+q.contains(q.plan, "n", word, own...))
	} else {
		for _, c := range own {
			may = append(may, from+q.contains(q.plan, "n", word, c))
		}
	}
	for _, c := range clients {
		may = append(may, from+"n."+c+" IN "+client())
	}
	for _, x := range q.inLines(word) {
		may = append(may, x.owners)
	}
	if len(may) == 0 {
		return []string{"FALSE"}
	}
	return []string{"t.id IN (" + strings.Join(may, " UNION ") + ")"}
}

// searchPhone finds digits in the phones of a record and of its parts.
func (q *selection) searchPhone(digits string) []string {
	var any []string
	for _, f := range q.plan.fields {
		if f.Name == "phone_e164" {
			any = append(any, "t.id IN (SELECT n.id FROM "+q.plan.table+" n WHERE "+q.contains(q.plan, "n", digits, "phone_e164")+")")
		}
	}
	for _, p := range q.plan.parts {
		for _, f := range p.fields {
			if f.Name == "e164" {
				any = append(any, "t.id IN (SELECT n.owner_id FROM "+p.table+" n WHERE "+q.contains(p, "n", digits, "e164")+")")
			}
		}
	}
	return any
}
