package where

import (
	"slices"
	"testing"
)

// The tree of a condition leads through the rows of a record to their fields,
// by hand and by what is typed; elsewhere, where a record has one value, it does
// not. A part itself is no field to choose.
func TestTreeLeadsThroughRows(t *testing.T) {
	h := host(t)
	k := h.Session().Registry().Kind("proposal")
	var chosen []string
	tree := NewTree(h.Session(), h.Words(), k, func(path string) { chosen = append(chosen, path) })
	if slices.Contains(tree.children(""), "variants") {
		t.Error("columns lead through rows")
	}
	tree.Rows = true
	if !slices.Contains(tree.children(""), "variants") || !slices.Contains(tree.children("variants"), "variants.lines") ||
		!slices.Contains(tree.children("variants.lines"), "variants.lines.product") || !slices.Contains(tree.children("variants.lines.product"), "variants.lines.product.article") {
		t.Errorf("the tree stops at %v, %v", tree.children("variants"), tree.children("variants.lines"))
	}
	if got := tree.label("variants.lines"); got != "Позиції" {
		t.Errorf("lines are called %q", got)
	}
	tree.tree.OnSelected("variants.lines")
	if tree.tree.OnSelected("variants.lines.product"); !slices.Equal(chosen, []string{"variants.lines.product"}) {
		t.Errorf("chosen %v", chosen)
	}
	tree.search.OnChanged("Позиції › Товар")
	if found := tree.children(""); len(found) == 0 || found[0] != "variants.lines.product" || tree.label(found[0]) != "Позиції › Товар" {
		t.Errorf("typed: %v", found)
	}
}
