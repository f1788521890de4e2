package reports

import (
	"context"
	"slices"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/store"
)

// What reports of a period are asked with in the same way.

// split are the dimensions that a report is asked by: of those that it knows, each
// once, and the usual one where none is said.
func split[D any](by []string, usual string, known map[string]D, listed []string, most int) ([]string, error) {
	if len(by) == 0 {
		return []string{usual}, nil
	}
	for i, name := range by {
		if _, ok := known[name]; !ok || i >= most || slices.Contains(by[:i], name) {
			return nil, model.Refused("by", "not_one_of", "value", name, "values", listed)
		}
	}
	return by, nil
}

// period gives a report the days that nobody said: a year up to today.
func period(s *store.Session, from, to *model.Day) error {
	if *to == 0 {
		*to = s.Today()
	}
	if *from == 0 {
		*from = *to - 364
	}
	if *to < *from {
		return model.Refused("to", "before_beginning")
	}
	return nil
}

// among restricts a question to the records of a filter, by the column of their
// ids; empty where there is no filter.
func among(ctx context.Context, s *store.Session, kind, column string, where filter.Node) (string, []any, error) {
	if where == nil {
		return "", nil, nil
	}
	ids, args, err := s.Subquery(ctx, store.Query{Kind: kind, Where: where})
	if err != nil {
		return "", nil, err
	}
	return " AND " + column + " IN (" + ids + ")", args, nil
}
