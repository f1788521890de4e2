package store

import (
	"fmt"
	"strings"

	"ugoda/model"
)

// Schema writes the statements that make the tables of all kinds of a registry
// from nothing: one for each kind, and one for each of its parts with the
// owner's id and the place of the row. Bases are made and brought up to date by
// the migrations alone; a test compares what they come to with this.
func Schema(r *model.Registry) string {
	var b strings.Builder
	plans := planAll(r)
	for _, k := range r.Kinds() {
		plans[k.Name].create(&b, r)
	}
	b.WriteString("\n")
	for _, k := range r.Kinds() {
		plans[k.Name].foreignKeys(&b, r)
	}
	for _, k := range r.Kinds() {
		plans[k.Name].indexes(&b)
	}
	return b.String()
}

func (p *plan) create(b *strings.Builder, r *model.Registry) {
	fmt.Fprintf(b, "\nCREATE TABLE %s (\n\tid {id},\n", p.table)
	var lines []string
	if p.owner == nil {
		lines = append(lines, "version BIGINT NOT NULL", "marked BOOLEAN NOT NULL DEFAULT FALSE")
	} else {
		lines = append(lines, "owner_id BIGINT NOT NULL {ref "+p.owner.table+"}", "position BIGINT NOT NULL")
	}
	for _, c := range p.columns {
		line := ident(c.name) + " " + c.sql
		if c.field.Type == model.Link {
			line += " {ref " + ident(r.Kind(c.field.To).Table) + "}"
		}
		lines = append(lines, line)
	}
	b.WriteString("\t" + strings.Join(lines, ",\n\t") + "\n);\n")
	for _, x := range p.parts {
		x.create(b, r)
	}
}

func (p *plan) foreignKeys(b *strings.Builder, r *model.Registry) {
	if p.owner != nil {
		fmt.Fprintf(b, "{fk %s owner_id %s}\n", p.table, p.owner.table)
	}
	for _, f := range p.fields {
		if f.Type == model.Link {
			fmt.Fprintf(b, "{fk %s %s %s}\n", p.table, ident(f.Columns()[0]), ident(r.Kind(f.To).Table))
		}
	}
	for _, x := range p.parts {
		x.foreignKeys(b, r)
	}
}

// indexes are what lists sort by, links that are followed backwards, and
// names that are unique. What lists sort by leaves the bin out by a condition
// and not by a first column: that one tempts SQLite to read every row and sort.
func (p *plan) indexes(b *strings.Builder) {
	name := strings.Trim(p.table, `"`)
	b.WriteString("\n")
	// The largest first, but what is empty last: SQLite reads the same index
	// backwards, PostgreSQL wants one of its own.
	backwards := func(field, column string) {
		fmt.Fprintf(b, "{postgresql CREATE INDEX %s_%s_down ON %s (%s DESC NULLS LAST) WHERE marked = FALSE;}\n", name, field, p.table, column)
	}
	if p.owner != nil {
		fmt.Fprintf(b, "CREATE INDEX %s_owner ON %s (owner_id, position);\n", name, p.table)
	}
	for _, f := range p.fields {
		c := f.Columns()[0]
		switch {
		case p.owner != nil && f.Type == model.Link:
			fmt.Fprintf(b, "CREATE INDEX %s_%s ON %s (%s);\n", name, c, p.table, ident(c))
		case p.owner != nil:
		case f.Type == model.Link:
			fmt.Fprintf(b, "CREATE INDEX %s_%s ON %s (%s, marked);\n", name, c, p.table, ident(c))
		case f.Type == model.Amount && f.Summed:
			fmt.Fprintf(b, "CREATE INDEX %s_%s ON %s (%s_base) WHERE marked = FALSE;\n", name, f.Name, p.table, f.Name)
			backwards(f.Name, f.Name+"_base")
		case f.Named && f.Sorts() && !(f.Name == "number" && f.Hidden):
			fmt.Fprintf(b, "CREATE INDEX %s_%s ON %s (%s_sort) WHERE marked = FALSE;\n", name, f.Name, p.table, f.Name)
			backwards(f.Name, f.Name+"_sort")
			fmt.Fprintf(b, "CREATE INDEX %s_%s_search ON %s (%s_search);\n", name, f.Name, p.table, f.Name)
		case f.Format == "edrpou" || f.Name == "phone_e164" || f.Name == "name_key" || f.Format == "email" || f.Name == "article":
			fmt.Fprintf(b, "CREATE INDEX %s_%s ON %s (%s, marked);\n", name, c, p.table, ident(c))
			if f.Searched() {
				fmt.Fprintf(b, "CREATE INDEX %s_%s_search ON %s (%s_search);\n", name, c, p.table, f.Name)
			}
		case (f.Type == model.Days || f.Type == model.Moment) && f.Name != "changed":
			fmt.Fprintf(b, "CREATE INDEX %s_%s ON %s (%s) WHERE marked = FALSE;\n", name, c, p.table, ident(c))
			if f.Name != "created" {
				backwards(c, ident(c))
			}
		}
		if f.Unique {
			on := ident(c)
			if f.Searched() {
				on = f.Name + "_search"
			}
			fmt.Fprintf(b, "CREATE UNIQUE INDEX %s_%s_unique ON %s (%s) WHERE marked = FALSE AND %s <> '';\n", name, c, p.table, on, on)
		}
	}
	if p.owner == nil {
		fmt.Fprintf(b, "CREATE INDEX %s_bin ON %s (changed) WHERE marked = TRUE;\n", name, p.table)
		if order := parseOrder(p.kind.Sort); !p.kind.Catalogue && len(order) > 0 && order[0].Path == "id" { // so that the rows are not read for their order
			fmt.Fprintf(b, "CREATE INDEX %s_live ON %s (id) WHERE marked = FALSE;\n", name, p.table)
		}
	}
	for _, line := range moreIndexes[p.kind.Name] {
		b.WriteString(line + "\n")
	}
	for _, x := range p.parts {
		x.indexes(b)
	}
}

// moreIndexes serve questions that a description does not tell: deals that are
// being worked on, those of one state with their clients and sums, inquiries
// that wait, what is to be done next, and what waits to be approved.
var moreIndexes = map[string][]string{
	"deal": {
		"CREATE INDEX deal_open ON deal (manager_id, stage_id, amount_base) WHERE state = 'open' AND marked = FALSE;",
		"CREATE INDEX deal_state ON deal (state, client_id, amount_base) WHERE marked = FALSE;",
	},
	"proposal": {"CREATE INDEX proposal_status ON proposal (status, client_id, amount_base) WHERE marked = FALSE;"},
	"invoice":  {"CREATE INDEX invoice_status ON invoice (status, client_id, amount_base) WHERE marked = FALSE;"},
	"inquiry":  {"CREATE INDEX inquiry_waiting ON inquiry (given_to_id, day) WHERE outcome = '' AND marked = FALSE;"},
	"approval": {
		"CREATE INDEX approval_untold ON approval (id) WHERE answered = FALSE AND marked = FALSE;",
		"CREATE INDEX approval_waiting ON approval (proposal_id) WHERE state = 'waiting' AND marked = FALSE;",
	},
	"activity": {
		"CREATE INDEX activity_next ON activity (deal_id, due) WHERE done = FALSE AND marked = FALSE;",
		"CREATE INDEX activity_day ON activity (assignee_id, due) WHERE done = FALSE AND marked = FALSE;",
	},
}
