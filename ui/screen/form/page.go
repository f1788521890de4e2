package form

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ugoda/model"
	"ugoda/ui/screen"
	"ugoda/ui/screen/field"
)

// Page lays a record out by hand, where the description cannot carry its card:
// which fields stand where, and how the parts are edited. Reading, saving,
// drafts, conflicts, actions, neighbours and history stay those of the form. A
// page that is also a screen.Commander, screen.Keyed or screen.Actor is asked
// first.
type Page interface {
	// Part is how the page edits the parts of the record.
	Part
	// Content fills the card below its head.
	Content() fyne.CanvasObject
	// Head stands at the left of the buttons, in the place of a title.
	Head() fyne.CanvasObject
	// Title is what the tab says.
	Title() string
	// Main is the main action that is not one of the description; nil: there is
	// none now.
	Main() *screen.Action
	// Buttons are the actions that get a button of their own, as of a Beside.
	Buttons() []string
	// Act does an action in a way of its own; false leaves it to the form.
	Act(action string) bool
	// First takes the keyboard when the card comes to the front.
	First() fyne.Focusable
	// Typing reports that something is being typed that the form does not know of
	// yet: the record is not read over it.
	Typing() bool
	// Edited tells that a field was edited.
	Edited(field string)
	// Say describes a part for one who compares two versions of the record.
	Say(part string, rec model.Keeper) string
	// Printing is asked before the record is printed or mailed; it goes on with
	// then.
	Printing(then func())
	// Changed tells what others saved, as screen.Refresher does.
	Changed(kinds map[string][]int64)
	// Close gives up what it holds.
	Close()
}

// WithPage makes a card that a page lays out.
func WithPage(h screen.Host, a screen.Address, page func(s *Screen) Page) (screen.Screen, error) {
	return open(h, a, page)
}

// Place makes the editor of a field with its label: before it, as wide as
// width at zoom 100, or above it for 0. It is shown, read, checked and saved
// with the record. It is nil for a field that the role may not see.
func (s *Screen) Place(name string, width float32) fyne.CanvasObject {
	f := s.kind.Field(name)
	if f == nil || !s.host.Session().Sees(f) {
		return nil
	}
	return s.body.labelled(f, width)
}

// Editor is the editor of a field that was placed, nil for another.
func (s *Screen) Editor(name string) *field.Editor { return s.editor(name) }

// Opener is a page that shows related records of some kinds in its own way; nil
// for others.
type Opener interface {
	Opens(kind string) func(id int64)
}

// ReadOnly lets placed fields be seen, not changed.
func (s *Screen) ReadOnly(readOnly bool, names ...string) {
	for _, name := range names {
		if e := s.editor(name); e != nil {
			e.SetReadOnly(readOnly || e.Field.ReadOnly || !mayWrite(s.host, s.kind))
		}
	}
}

// MayWrite reports whether the session may change records of this kind.
func (s *Screen) MayWrite() bool { return mayWrite(s.host, s.kind) }

// May reports whether an action of the description is allowed now.
func (s *Screen) May(action string) bool {
	for _, a := range s.actions {
		if a.Action.Name == action {
			return len(a.Problems) == 0
		}
	}
	return false
}

// HasMain reports whether an action of the description is the main one now.
func (s *Screen) HasMain() bool { return s.main() != nil }

// Gather takes what can be read from fields and parts into the record.
func (s *Screen) Gather() { s.body.gather() }

// Banner shows a line below the head, such as why the record cannot be
// changed; nil takes it away.
func (s *Screen) Banner(o fyne.CanvasObject) {
	place(s.top, o)
	s.content.Refresh()
}

// Related is what refers to the record, and its history, for a page to place.
type Related struct{ b *below }

// Related gives what refers to the record. The page places it, and is told when
// one of its tabs is opened.
func (s *Screen) Related(opened func()) Related {
	s.below.opened = opened
	return Related{s.below}
}

// Strip is the tabs.
func (r Related) Strip() fyne.CanvasObject { return r.b.buttons }

// Place is where the open tab stands.
func (r Related) Place() fyne.CanvasObject { return r.b.place }

// Chosen is the open tab; nil: none is.
func (r Related) Chosen() fyne.CanvasObject {
	if r.b.chosen == nil {
		return nil
	}
	return r.b.chosen
}

// Prefer opens the tab of a field of a kind that refers to the record, as soon as
// it has anything.
func (r Related) Prefer(kind, field string) {
	r.b.prefer = kind + "." + field
	r.b.openPreferred()
}

// Fold closes the open tab.
func (r Related) Fold() {
	r.b.shown = ""
	if r.b.list != nil {
		r.b.list.Close()
		r.b.list = nil
	}
	r.b.place.RemoveAll()
	r.b.showButtons()
}

// layPage puts the page below the head.
func (s *Screen) layPage(rec model.Keeper) {
	s.page = s.makePage(s)
	s.body.parts = append(s.body.parts, s.page)
	s.body.show(rec)
	s.content.Objects = []fyne.CanvasObject{container.New(underneath{}, container.NewVBox(s.head, s.top, s.banner, s.body.note), s.page.Content())}
	s.content.Refresh()
}

// underneath puts the second object below the first, on a whole pixel, in all the
// room that is left.
type underneath struct{}

func (underneath) height(o fyne.CanvasObject) float32 {
	return float32(math.Ceil(float64(o.MinSize().Height)))
}

// MinSize is for Fyne.
func (l underneath) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(max(a.Width, b.Width), l.height(o[0])+b.Height)
}

// Layout is for Fyne.
func (l underneath) Layout(o []fyne.CanvasObject, size fyne.Size) {
	h := l.height(o[0])
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(size.Width, h))
	o[1].Move(fyne.NewPos(0, h))
	o[1].Resize(fyne.NewSize(size.Width, max(size.Height-h, 0)))
}
