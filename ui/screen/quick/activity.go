// Package quick is what is done many times a day from anywhere with one key:
// an inquiry taken, an activity planned.
package quick

import (
	"ugoda/model"
	"ugoda/ui/screen"
	"ugoda/ui/screen/where"
)

// Activity opens a small form for a new activity, tied to the deal or the
// client in front.
func Activity(h screen.Host, front screen.Screen) {
	fill := map[string]any{}
	if front != nil {
		a := front.Address()
		if a.Screen == screen.Card && a.ID != 0 && Tied(a.Kind) {
			fill[a.Kind] = model.Ref{ID: a.ID, Name: front.Title()}
		}
	}
	h.Edit("activity", 0, fill, nil)
}

// Tied reports whether an activity can be about a record of a kind.
func Tied(kind string) bool {
	return kind == "deal" || kind == "client" || kind == "contact" || kind == "proposal"
}

// ActivityFor opens the form for an activity about a record: a head gives it to
// whom it is to be.
func ActivityFor(h screen.Host, kind string, id int64) {
	where.ReadName(h, kind, id, func(name string) {
		h.Edit("activity", 0, map[string]any{kind: model.Ref{ID: id, Name: name}}, nil)
	})
}
