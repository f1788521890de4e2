package act

import (
	"ugoda/ui/screen"
	"ugoda/ui/screen/preview"
)

// CanPrint reports whether records of a kind can be printed.
func CanPrint(h screen.Host, kind string) bool {
	k := h.Session().Registry().Kind(kind)
	return k != nil && len(k.Prints) > 0
}

// Print shows a record as it will print; from there it goes to a printer, a
// file or a letter.
func Print(h screen.Host, kind string, id int64) { h.Open(preview.To(kind, id)) }
