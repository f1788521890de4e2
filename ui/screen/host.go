package screen

import (
	"context"

	"fyne.io/fyne/v2"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/store"
	"ugoda/ui/theme"
)

// Host is what the window gives to its screens. Its methods are called on the
// UI goroutine unless they say otherwise.
type Host interface {
	// Session is who is working, in which base.
	Session() *store.Session
	// Words speak the language that the user chose.
	Words() *locale.Printer
	// Canvas is where popups go.
	Canvas() fyne.Canvas
	// Window is the window for file dialogs; nil when screens are only drawn.
	Window() fyne.Window
	// Look is how the window looks and speaks on this computer; SetLook changes
	// it at once.
	Look() Look
	SetLook(l Look)
	// Services are the use cases that were given to the window.
	Services() Services

	// Background runs work off the UI goroutine, then show on it. When ctx has
	// ended meanwhile show is not called. Read is the typed form.
	Background(ctx context.Context, work func(ctx context.Context) error, show func(err error))
	// Job runs long work with its progress in the status bar and a button that
	// stops it; done comes on the UI goroutine, with context.Canceled when it was
	// stopped.
	Job(label string, work func(ctx context.Context, report func(done, total int64)) error, done func(err error))

	// Open opens a tab, or goes to the one that holds the same.
	Open(a Address)
	// Preview opens in the one preview tab, with a way back.
	Preview(a Address)
	// Close closes the tab of a screen without asking.
	Close(s Screen)
	// Leave closes the tab of a screen, asking first when something is unsaved.
	Leave(s Screen)
	// Retitle says that the title, the address or the unsaved mark of a screen
	// has changed. A preview that has become unsaved turns into a tab of its own.
	Retitle(s Screen)
	// Saved says that the window itself has changed records, so that other tabs
	// follow at once.
	Saved(kind string, ids ...int64)

	// Fail shows an error in words; nil and context.Canceled show nothing.
	Fail(err error)
	// Say shows a short message in the status bar.
	Say(text string)
	// Done shows a short message with a button that undoes a batch.
	Done(text string, batch store.Batch)
	// Offer shows a short message with a button that does something.
	Offer(text, button string, do func())
	// Remind is Offer of what may be mended elsewhere too: whenever something was
	// saved it is asked, off the UI goroutine, whether it holds still, and the
	// message goes once it does not. Without a button it is only said.
	Remind(text, button string, do func(), holds func(ctx context.Context) (bool, error))
	// Undo takes a batch back, with its progress in the status bar; what was
	// edited since is named, and kept unless the person insists.
	Undo(batch store.Batch)
	// Confirm asks once; yes is the word on the button that does it.
	Confirm(title, text, yes string, then func())
	// Dialog shows a dialog over the window and gives it the focus.
	Dialog(d *Dialog)
	// Edit opens a small form over the window for a record (ID 0: a new one), and
	// calls then with the saved record.
	Edit(kind string, id int64, fill map[string]any, then func(ref model.Ref))
	// Choose opens the list of a kind over the window to choose one record of those
	// that meet a condition; nil: of all.
	Choose(kind string, of filter.Node, then func(ref model.Ref))
	// Menu shows a menu at a place of the window.
	Menu(m *fyne.Menu, at fyne.Position)
	// Condition opens the box in which a condition on records of a kind is put
	// together, and hands it over; nil is all.
	Condition(kind string, n filter.Node, then func(n filter.Node))
	// Neighbours keeps the order of a list under a key, and gives it back.
	Neighbours(key string, ids []int64)
	NeighboursOf(key string) []int64
}

// Read reads in the background and shows what was read; an error is shown by
// the window.
func Read[T any](ctx context.Context, h Host, read func(ctx context.Context) (T, error), show func(T)) {
	var got T
	h.Background(ctx, func(ctx context.Context) (err error) {
		got, err = read(ctx)
		return err
	}, func(err error) {
		if err != nil {
			h.Fail(err)
			return
		}
		show(got)
	})
}

// Look is how the window looks and speaks.
type Look struct {
	Language locale.Language
	Mode     theme.Mode
	Zoom     int // percent
}
