package store

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"ugoda/model"
)

func notFoundID(kind string, id int64) error {
	return &NotFound{Kind: kind, Name: "#" + strconv.FormatInt(id, 10)}
}

// longestNumber is how many digits the running part of a number may have.
const longestNumber = 10

// numbersLike are the numbers that somebody may mean who leaves out, or adds,
// the noughts before the last digits: 13 for 00013, кп-7 for кп-0007. Nothing
// when the folded text does not end with digits, or is too long.
func numbersLike(folded string) []any {
	at := len(folded)
	for at > 0 && folded[at-1] >= '0' && folded[at-1] <= '9' {
		at--
	}
	prefix, digits := folded[:at], strings.TrimLeft(folded[at:], "0")
	if digits == "" || len(folded)-at > longestNumber || strings.Contains(prefix, " ") {
		return nil
	}
	var out []any
	for n := len(digits); n <= longestNumber; n++ {
		if text := prefix + strings.Repeat("0", n-len(digits)) + digits; text != folded {
			out = append(out, text)
		}
	}
	return out
}

// Find finds an unmarked record by #ID, by its number (noughts before it may
// be left out), or by its name; an
// EDRPOU code finds a client. *NotFound, *Ambiguous.
func (s *Session) Find(ctx context.Context, kind, name string) (int64, error) {
	p, err := s.plan(kind)
	if err != nil {
		return 0, err
	}
	return find(ctx, pool{s.base}, p, name)
}

func find(ctx context.Context, q asker, p *plan, name string) (int64, error) {
	name = strings.TrimSpace(name)
	folded := fold(name)
	if folded == "" {
		return 0, &NotFound{Kind: p.kind.Name, Name: name}
	}
	var tries []string
	var args [][]any
	if id, err := strconv.ParseInt(strings.TrimPrefix(name, "#"), 10, 64); err == nil && strings.HasPrefix(name, "#") {
		tries, args = append(tries, "id = ?"), append(args, []any{id})
	} else {
		tries, args = append(tries, "number_search = ?"), append(args, []any{folded})
		for _, f := range p.fields {
			if f.Named && f.Name != "number" {
				tries, args = append(tries, f.Name+"_search = ?"), append(args, []any{folded})
			} else if f.Format == "edrpou" || f.Name == "article" {
				tries, args = append(tries, ident(f.Name)+" = ?"), append(args, []any{name})
			}
		}
		if likely := numbersLike(folded); len(likely) > 0 {
			tries, args = append(tries, "number_search IN ("+marks(len(likely))+")"), append(args, likely)
		}
	}
	columns := titleColumns(p.kind)
	for i, c := range columns {
		columns[i] = ident(c)
	}
	for i, try := range tries {
		var found []model.Ref
		query := "SELECT id, number"
		if len(columns) > 0 {
			query += ", " + strings.Join(columns, ", ")
		}
		query += " FROM " + p.table + " WHERE " + try + " AND marked = FALSE ORDER BY id LIMIT 5"
		err := each(ctx, q, query, args[i], func(raw []any) error {
			id, _ := raw[0].(int64)
			found = append(found, named(id, raw[1:]))
			return nil
		})
		if err != nil {
			return 0, fmt.Errorf("find %s %q: %w", p.kind.Name, name, err)
		}
		if len(found) == 1 {
			return found[0].ID, nil
		}
		if len(found) > 1 {
			return 0, &Ambiguous{Kind: p.kind.Name, Name: name, Found: found}
		}
	}
	return 0, &NotFound{Kind: p.kind.Name, Name: name}
}
