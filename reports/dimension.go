package reports

import (
	"context"
	"fmt"
	"slices"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/store"
)

// dimension is something that deals are grouped by. A column stands in the
// funnel's register and in the table of deals under the same name.
type dimension struct {
	column string
	table  string // of its names
}

var dimensions = map[string]dimension{
	"client":       {"client_id", "client"},
	"manager":      {"manager_id", "employee"},
	"department":   {"department_id", "department"},
	"region":       {"region_id", "region"},
	"segment":      {"segment_id", "segment"},
	"source":       {"source_id", "source"},
	"process":      {"process_id", "process"},
	"project":      {"project_id", "project"},
	"organization": {"organization_id", "organization"},
	byBand:         {},
}

// byBand groups by how large the amount is.
const byBand = "band"

// Dimensions lists what a funnel, and the deals behind a figure of it, are
// grouped by. The first three are those that a person needs most.
func Dimensions() []string {
	return []string{"client", "manager", byBand, "department", "source", "region", "segment", "process", "project", "organization"}
}

// bands are the amounts at which bands begin, in minor units of the base
// currency; below the first there is no amount.
var bands = []int64{1, 10_000_00, 50_000_00, 100_000_00, 500_000_00, 1_000_000_00}

// band is the key of the band of an amount: 1 for none, then upwards.
func band(amount int64) int64 {
	n := int64(1)
	for _, from := range bands {
		if amount >= from {
			n++
		}
	}
	return n
}

// BandName says a band in words.
func BandName(key int64, p *locale.Printer) string {
	switch n := int(key) - 2; {
	case n < 0:
		return p.T("report.band.none")
	case n == 0:
		return p.T("report.band.below", "to", p.Whole(bands[1]))
	case n == len(bands)-1:
		return p.T("report.band.above", "from", p.Whole(bands[n]))
	default:
		return p.T("report.band.between", "from", p.Whole(bands[n]), "to", p.Whole(bands[n+1]))
	}
}

// key is the SQL of the key of a dimension over an alias of the register or of
// deals.
func keyOf(by, alias string) (string, error) {
	d, ok := dimensions[by]
	switch {
	case !ok:
		return "", model.Refused("by", "not_a_choice", "value", by)
	case by != byBand:
		return "COALESCE(" + alias + "." + d.column + ", 0)", nil
	}
	return banded("COALESCE("+alias+".amount_base, 0)", bands), nil
}

// namesOf reads what the records of a dimension are called.
func namesOf(ctx context.Context, s *store.Session, by string, ids []int64) (map[int64]string, error) {
	table := dimensions[by].table
	if d, ok := lossDimensions[by]; ok {
		table = d.table
	}
	if table == "" {
		return map[int64]string{}, nil
	}
	names, err := namesIn(ctx, s, table, ids)
	if err != nil {
		return nil, fmt.Errorf("read names of %s: %w", by, err)
	}
	return names, nil
}

// namesIn reads what the records of a table are called.
func namesIn(ctx context.Context, s *store.Session, table string, ids []int64) (map[int64]string, error) {
	out := map[int64]string{}
	for some := range slices.Chunk(ids, 400) {
		list, args := in("id", some)
		rows, err := s.Base().Read(ctx, `SELECT id, name FROM `+table+` WHERE TRUE`+list, args...)
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			var id int64
			var name string
			if err := rows.Scan(&id, &name); err != nil {
				rows.Close()
				return nil, err
			}
			out[id] = name
		}
		err = rows.Err()
		rows.Close()
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// KeyName says a key of a dimension: its name, its band, or that there is none.
func KeyName(by string, key model.Ref, p *locale.Printer) string {
	switch {
	case by == byBand:
		return BandName(key.ID, p)
	case key.ID == 0:
		return p.T("report.none")
	}
	return key.Name
}

// readIDs reads the first column of a statement.
func readIDs(ctx context.Context, s *store.Session, query string, args ...any) ([]int64, error) {
	rows, err := s.Base().Read(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("read the records behind a figure: %w", err)
	}
	defer rows.Close()
	var out []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("read the records behind a figure: %w", err)
		}
		out = append(out, id)
	}
	return out, rows.Err()
}
