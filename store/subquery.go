package store

import "context"

// Subquery is a SELECT of the ids of the records that a query means, with ? for
// its arguments: for the statements of reports that count what a list shows.
// Its columns, sort and limit do not matter.
func (s *Session) Subquery(_ context.Context, query Query) (string, []any, error) {
	p, err := s.plan(query.Kind)
	if err != nil {
		return "", nil, err
	}
	q := s.selection(p)
	text, err := q.statement([]string{"t.id"}, query, "")
	if err != nil {
		return "", nil, err
	}
	return text, q.args, nil
}
