package listing

import (
	"ugoda/model/filter"
	"ugoda/store"
	"ugoda/ui/list"
)

// SetWhere puts another filter on the list, as the chips and the builder do.
func (s *Screen) SetWhere(n filter.Node) { s.setWhere(n) }

// Search narrows the list by a quick search.
func (s *Screen) Search(text string) {
	s.bar.find.SetText(text)
	s.bar.search()
}

// GroupBy groups the list by a field; the empty path groups by nothing.
func (s *Screen) GroupBy(path string) { s.setGroup(path) }

// SaveAs saves what the list shows as a private filter.
func (s *Screen) SaveAs(name string) {
	v := &store.View{Name: name}
	s.tabs.current(v)
	s.tabs.save(v, true)
}

// CountOf is the figure on the tab of a saved filter; 0 is the list without one.
func (s *Screen) CountOf(view int64) int64 { return s.tabs.counts[view] }

// TotalsText is the line under the grid.
func (s *Screen) TotalsText() string { return s.totals.Text }

// Chosen are the selected records, or the one with the keyboard.
func (s *Screen) Chosen() []int64 { return s.chosen() }

// Grid is the grid of the list.
func (s *Screen) Grid() *list.Grid { return s.grid }

// ExportTo writes the list, or only some of its records, to a file whose name
// ends with the format: .xlsx, .csv.
func (s *Screen) ExportTo(path string, only []int64) { s.exportTo(path, only, false) }

// ExportWhole writes all that an import takes back to such a file.
func (s *Screen) ExportWhole(path string) { s.exportTo(path, nil, true) }

// Restore brings the selected back from the bin.
func (s *Screen) Restore() { s.restore() }
