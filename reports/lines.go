package reports

import "ugoda/model"

// keyed is a row of a report that is split by one or two dimensions.
type keyed interface {
	keys() []model.Ref // in the order of the dimensions
}

func (r LossRow) keys() []model.Ref     { return r.Keys }
func (r ProposalRow) keys() []model.Ref { return r.Keys }

// withHeads puts the row of each value of the first dimension before its rows
// by both, which stand together in the same order.
func withHeads[R keyed](heads, rows []R) []R {
	out := make([]R, 0, len(heads)+len(rows))
	for _, h := range heads {
		out = append(out, h)
		for len(rows) > 0 && rows[0].keys()[0].ID == h.keys()[0].ID {
			out, rows = append(out, rows[0]), rows[1:]
		}
	}
	return out
}
