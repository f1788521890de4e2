// Package lines is the grid in which the lines of a document are typed as in a
// spreadsheet.
package lines

import (
	"fyne.io/fyne/v2"

	"ugoda/ui/input"
)

// Editor is how a cell is typed.
type Editor int

// The editors.
const (
	ReadOnly  Editor = iota // computed: not typed at all
	Text                    // words
	Number                  // stands at the right; what may be typed is Set's affair
	Reference               // completes while one types
	Option                  // one of a few values, completed too
	Check                   // yes or no: Space changes it
)

// Column is one column of the lines.
type Column struct {
	Key      string // stable name, such as the field's
	Title    string
	Width    float32 // at zoom 100
	Grow     bool    // takes part of the width left over
	Right    bool    // stands at the right, as numbers do
	Editor   Editor
	Options  []input.Option // of an Option
	Provider input.Provider // of a Reference
	Free     bool           // of a Reference: words that are no record stand, too
}

// Cell is what stands in one cell.
type Cell struct {
	Text     string     // as shown
	Edit     string     // as typed, where that is not Text
	Item     input.Item // of a Reference
	Yes      bool       // of a Check
	Tone     fyne.ThemeColorName
	Bold     bool
	Italic   bool
	Wide     bool   // its text flows over the empty cells at its right, as a heading does
	Shade    bool   // stands on the ground of headings
	ReadOnly bool   // this cell only, such as the unit of a product
	Problem  string // what is wrong, in plain words
	Fold     Fold   // what hangs below the row can be folded away
	Level    int    // how far its text stands in
	Tag      string // a word in a frame before its text
	TagTone  fyne.ThemeColorName
	Picture  fyne.Resource // in the place of a text
	Plain    bool          // of a Reference: this cell only is typed as words
}

// Fold says whether what hangs below a row is to be seen.
type Fold int

// The states.
const (
	NoFold Fold = iota
	Open
	Shut
)

// Lines are the lines of a document. Rows count from 0. All is called on the
// UI goroutine; the errors are said by Words.Explain.
type Lines interface {
	Columns() []Column
	Len() int
	Cell(row, col int) Cell
	// Set takes what was typed; of an Option, the key of the value; of a Check,
	// "1" or nothing.
	Set(row, col int, text string) error
	// SetItem takes the record that was chosen.
	SetItem(row, col int, item input.Item) error
	// Insert puts an empty line before the row; Len for the end. It tells in
	// which row the line stands.
	Insert(row int) int
	// Delete removes the lines from up to, not including, to.
	Delete(from, to int)
	// Move carries the lines from up to, not including, to in front of what
	// stands before them (-1) or behind what follows them (+1); it tells in
	// which row the first of them stands then.
	Move(from, to, by int) int
	// Carry carries them in front of a row; Len for the end. It tells the same.
	Carry(from, to, before int) int
}

// Folder is a Lines of which some rows can be folded away under others.
type Folder interface {
	// Fold folds what hangs below a row, or shows it again.
	Fold(row int, shut bool)
}

// Copier is a Lines that is told what goes to the clipboard, so that pasting
// can bring more of it back than its text says. It gives the rows that are
// written there: those that would be no lines anywhere are left out.
type Copier interface {
	Copied(block Span, rows [][]string) [][]string
}

// Stepper is a Lines that knows when nothing is left to type in a line.
type Stepper interface {
	// Done reports that Enter in this cell ends the line.
	Done(row, col int) bool
}

// Paster is a Lines that takes whole rows from the clipboard itself, such as
// to find the products in the background. Without it each cell is Set.
type Paster interface {
	// Paste takes rows of text; the first goes to the row, its first cell to
	// the column.
	Paste(row, col int, rows [][]string)
}

// Grouper is a Lines that is told what belongs together, such as to take it
// back in one step.
type Grouper interface {
	// Together runs what a person did at once: pasting, filling down, typing into
	// the empty line.
	Together(do func())
}

// Numberer is a Lines that numbers its lines itself, such as to leave out
// headings.
type Numberer interface {
	Number(row int) string
}

// Words is what the grid says.
type Words struct {
	Reference input.ReferenceWords
	NewLine   string // in the empty line at the end: "Почніть набирати товар…"
	Explain   func(err error) string
}

// Span is a block of cells: rows and columns From up to, and with, To.
type Span struct{ FromRow, ToRow, FromCol, ToCol int }
