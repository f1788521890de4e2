package store

import (
	"cmp"

	"ugoda/model"
	"ugoda/model/filter"
)

// compareRows compares what stands in rows of parts: one row that meets the
// condition is enough. Empty is what no row has.
func (q *selection) compareRows(c filter.Cond, r *model.Route) (string, error) {
	at := q.plan
	for _, part := range r.Parts {
		at = at.under(part)
	}
	rows := q.s.selection(at)
	none := c.Op == filter.Empty
	if none {
		c.Op = filter.NotEmpty
	}
	c.Path = r.Path
	condition, err := rows.compare(c)
	if err != nil {
		return "", err
	}
	q.args = append(q.args, rows.args...)
	in := " IN ("
	if none {
		in = " NOT IN ("
	}
	return "t.id" + in + at.owners("SELECT t.owner_id FROM "+at.table+" t"+rows.joins.String()+" WHERE "+condition) + ")", nil
}

// under is the plan of a part.
func (p *plan) under(part *model.Part) *plan {
	for _, x := range p.parts {
		if x.part == part {
			return x
		}
	}
	return nil
}

// owners is a query for the records that have some rows, by one for the ids of
// what these rows stand in.
func (p *plan) owners(query string) string {
	for up := p.owner; up.owner != nil; up = up.owner {
		query = "SELECT o.owner_id FROM " + up.table + " o WHERE o.id IN (" + query + ")"
	}
	return query
}

// planOf is the plan of a kind, or of the part that a selection reads.
func (q *selection) planOf(k *model.Kind) *plan {
	if q.plan.kind == k {
		return q.plan
	}
	return q.s.base.plans[k.Name]
}

// lines are the plans of the parts whose rows say what a document offers: a
// quick search looks for words there.
func (p *plan) lines() (out []*plan) {
	for _, x := range p.parts {
		if len(x.offered()) > 0 {
			out = append(out, x)
		}
		out = append(out, x.lines()...)
	}
	return out
}

// offered are the texts of a line that say what is offered: its words and its
// article. Other parts have none.
func (p *plan) offered() (out []*model.Field) {
	if p.owner == nil || p.kind.Field("price") == nil {
		return nil
	}
	for _, f := range p.fields {
		if f.Searched() && (f.Name == "text" || f.Name == "article") {
			out = append(out, f)
		}
	}
	return out
}

// offer is a question for the records that have a word in their lines.
type offer struct {
	path   string // of the words of a line
	owners string
}

// inLines finds a word in the lines of records.
func (q *selection) inLines(word string) (out []offer) {
	for _, p := range q.plan.lines() {
		var texts []string
		path := ""
		for _, f := range p.offered() {
			if q.s.Sees(f) {
				texts = append(texts, f.Name+"_search")
				path = cmp.Or(path, f.Name)
			}
		}
		if len(texts) == 0 {
			continue
		}
		for up := p; up.owner != nil; up = up.owner {
			path = up.part.Name + "." + path
		}
		out = append(out, offer{path, p.owners("SELECT l.owner_id FROM " + p.table + " l WHERE " + q.contains(p, "l", word, texts...))})
	}
	return out
}
