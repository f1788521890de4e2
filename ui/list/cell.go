// Package list is the grid of rows: a widget of our own that shows lists of
// millions of rows while it holds only those around what is visible.
package list

import "fyne.io/fyne/v2"

// Cell is what stands in one column of one row: plain values, ready to show.
type Cell struct {
	Text   string
	Tone   fyne.ThemeColorName // of the text, as theme.Red; empty: the foreground
	Bold   bool
	Italic bool
	Strike bool                // struck through
	Link   bool                // a click opens something: OnLink
	Pill   bool                // the text stands in a pill of its tone
	Dot    fyne.ThemeColorName // a coloured dot before the text; also "#4a90d9"
	Bars   []Bar               // small bars instead of the text, such as paid / shipped
	Tip    string              // said when the pointer rests here, instead of a text that was cut
}

// Bar is a bar of progress within a cell.
type Bar struct {
	Share float32 // 0 empty to 1 full; beyond is full
	Tone  fyne.ThemeColorName
}

// Row is one row of the grid.
type Row struct {
	ID    int64
	Cells []Cell              // one for each column, in the order of SetColumns
	Mark  fyne.ThemeColorName // a coloured edge at the left; empty: none
	Muted bool                // the whole row is of less importance
	Group *Group              // set: this row heads a group
}

// Group is the head of a group of rows. The cells of its row may hold sums.
type Group struct {
	Title  string // the value that the rows share
	Count  string // how many they are, ready to show
	Closed bool   // its rows are hidden
	Level  int    // 0 outermost
}

// Source is where rows come from. Its methods are called on the UI goroutine
// and must not block: Window starts reading, and the rows come by
// Grid.SetRows.
type Source interface {
	// Len is the number of rows, group heads included.
	Len() int
	// Window says that rows from up to (not including) to are wanted now.
	// Each call takes the place of the one before: what only that one wanted
	// need not be answered any more.
	Window(from, to int)
}
