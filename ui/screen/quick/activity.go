// Package quick is what is done many times a day from anywhere with one key:
// an inquiry taken, an activity planned.
package quick

import (
	"ugoda/model"
	"ugoda/ui/screen"
)

// Activity opens a small form for a new activity, tied to the deal or the
// client in front.
func Activity(h screen.Host, front screen.Screen) {
	fill := map[string]any{}
	if front != nil {
		a := front.Address()
		if a.Screen == screen.Card && a.ID != 0 && (a.Kind == "deal" || a.Kind == "client" || a.Kind == "contact" || a.Kind == "proposal") {
			fill[a.Kind] = model.Ref{ID: a.ID, Name: front.Title()}
		}
	}
	h.Edit("activity", 0, fill, nil)
}
