package screen

import "fyne.io/fyne/v2"

// Screen is what a tab holds. All its methods are called on the UI goroutine.
type Screen interface {
	// Title says what the tab holds ("КП-214 Карпати-Буд"); after it changes the
	// screen calls Host.Retitle.
	Title() string
	// Content is built once and laid out whenever the tab is in front.
	Content() fyne.CanvasObject
	// Address is how the same thing is opened again.
	Address() Address
	// Unsaved reports that closing would lose what was typed.
	Unsaved() bool
	// Close gives up what the screen holds; answers that come later are dropped.
	Close()
}

// Refresher is a screen that shows records and wants to know when others change them.
type Refresher interface {
	// Changed tells which kinds of records were saved since the last call, by
	// anybody; kinds is empty when everything may have changed (F5).
	Changed(kinds map[string][]int64)
}

// Goer is a screen of several parts: asked for another of them, it goes there
// in its own tab.
type Goer interface {
	Goes(a Address)
}

// Lifecycle is a screen that wants to know when it comes to the front.
type Lifecycle interface {
	Shown()
	Hidden()
}

// Commander is a screen that answers commands of the menu.
type Commander interface {
	// Can reports whether a command makes sense now.
	Can(c Command) bool
	// Do carries a command out.
	Do(c Command)
}

// Saver is a screen that can be saved before it closes.
type Saver interface {
	// Save saves and calls then on the UI goroutine with whether it succeeded; a
	// failure has been shown already.
	Save(then func(saved bool))
}

// Keyed is a screen that wants plain keys (F5, Insert, Escape…) when no widget
// in it has the focus.
type Keyed interface {
	Key(e *fyne.KeyEvent) bool
}

// Actor is a screen whose record or selection has actions; they stand in the
// menu of actions and are found by Ctrl+K.
type Actor interface {
	Actions() []Action
}

// Action is one thing that can be done now.
type Action struct {
	Label string
	Do    func()
	// WhyNot is empty when it is allowed, and says why it is not otherwise.
	WhyNot string
	// Main marks the one main action, which Ctrl+Shift+Enter does.
	Main bool
	// Keys does it from the keyboard; nil: it has none.
	Keys fyne.Shortcut
}

// Command is something that the menus and keys ask of the screen in front.
type Command string

// The commands. Which keys they have is told by package ui.
const (
	New        Command = "new"
	Copy       Command = "copy" // a new record like this one
	Open       Command = "open"
	Save       Command = "save"
	SaveClose  Command = "save-close"
	MainAction Command = "main-action"
	Delete     Command = "delete" // to the bin
	Find       Command = "find"
	Refresh    Command = "refresh"
	Print      Command = "print"
	Mail       Command = "mail"
	Previous   Command = "previous"
	Next       Command = "next"
	Undo       Command = "undo"
	Export     Command = "export"
	Import     Command = "import"
	PasteRows  Command = "paste-rows" // an import of the rows in the clipboard
	Columns    Command = "columns"
	Filter     Command = "filter"
	Preview    Command = "preview"
	Bin        Command = "bin"
	History    Command = "history"
	SelectAll  Command = "select-all"
	Change     Command = "change" // a field of all that is selected
)
