package form

import (
	"context"

	"fyne.io/fyne/v2"

	"ugoda/model"
	"ugoda/ui/screen"
)

// Beside is what the card of one kind adds to the form of any kind: saving,
// drafts, conflicts, actions and history stay those of the form. It is made
// for a new record, and made again when that is saved.
type Beside interface {
	// Top stands between the head and the fields; nil: nothing.
	Top() fyne.CanvasObject
	// Right stands at the right, as wide as it wants; nil: nothing.
	Right() fyne.CanvasObject
	// Buttons are the actions that get a button of their own, in this order,
	// when they are allowed.
	Buttons() []string
	// Show is called whenever the record was read.
	Show(rec model.Keeper)
	// Changed tells what others saved, as screen.Refresher does.
	Changed(kinds map[string][]int64)
	// Act does an action in a way of its own; false leaves it to the form.
	Act(action string) bool
	// Close gives up what it holds.
	Close()
}

// Follower is a Beside that is told when a field was edited.
type Follower interface{ Edited(field string) }

// With makes a card: the form of a record with something beside it.
func With(h screen.Host, a screen.Address, beside func(s *Screen) Beside) (screen.Screen, error) {
	made, err := New(h, a)
	if err != nil {
		return nil, err
	}
	s := made.(*Screen)
	s.makeBeside = beside
	if s.body != nil { // it was read at once
		s.placeBeside()
		s.showHead()
	}
	return s, nil
}

// Host is the window that the form was made with.
func (s *Screen) Host() screen.Host { return s.host }

// Context ends when the form is closed.
func (s *Screen) Context() context.Context { return s.ctx }

// Record is the record as it is edited; nil before it was read.
func (s *Screen) Record() model.Keeper {
	if s.body == nil {
		return nil
	}
	return s.body.rec
}

// Reload reads the record anew, unless something is unsaved.
func (s *Screen) Reload() {
	if !s.unsaved {
		s.read(false)
	}
}

// Act does an action by its name as its button does; what was typed is saved first.
func (s *Screen) Act(name string) {
	for _, a := range s.actions {
		if a.Action.Name == name {
			s.act(a)
		}
	}
}

// Saved makes sure that what was typed is saved, then goes on.
func (s *Screen) Saved(then func()) {
	if !s.unsaved {
		then()
		return
	}
	s.Save(func(saved bool) {
		if saved {
			then()
		}
	})
}

// SetField puts a value into a field as if it was typed.
func (s *Screen) SetField(name string, v any) {
	if e := s.body.editors[name]; e != nil {
		e.Set(v)
		s.body.edited(name)
	}
}

// AddRow appends a row to a part as if it was typed, filled by the names of fields.
func (s *Screen) AddRow(part string, values map[string]any) {
	for _, p := range s.body.parts {
		g, ok := p.(*partGrid)
		if !ok || g.part.Name != part {
			continue
		}
		g.Collect()
		row := g.part.Add(s.body.rec)
		for name, v := range values {
			if f := g.part.Kind.Field(name); f != nil {
				if err := model.Assign(f.Ptr(row), v); err != nil {
					s.host.Fail(err)
				}
			}
		}
		g.Show()
		s.body.edited(part)
	}
}

// placeBeside builds what stands beside the form, and anew once the record has
// an id.
func (s *Screen) placeBeside() {
	if s.makeBeside == nil || s.body == nil {
		return
	}
	saved := s.body.rec.Base().ID != 0
	if s.beside == nil || s.besideNew && saved {
		if s.beside != nil {
			s.beside.Close()
		}
		s.beside, s.besideNew = s.makeBeside(s), !saved
		place(s.top, s.beside.Top())
		place(s.right, s.beside.Right())
	}
	s.beside.Show(s.body.rec)
}

// Relayout gives what stands beside the form the room that it wants now.
func (s *Screen) Relayout() { s.content.Refresh() }

func place(in *fyne.Container, o fyne.CanvasObject) {
	in.Objects = nil
	if o != nil {
		in.Objects = []fyne.CanvasObject{o}
	}
	in.Refresh()
}

// aside gives what stands at the right of the fields the width that it wants,
// but no more than its share of the window.
type aside struct{}

// asideShare is the share of the width that may stand beside the fields.
const asideShare = 0.4

// MinSize is for Fyne.
func (aside) MinSize(o []fyne.CanvasObject) fyne.Size {
	fields, right := o[0].MinSize(), o[1].MinSize()
	if right.Width == 0 {
		return fields
	}
	return fyne.NewSize(min(fields.Width/(1-asideShare), fields.Width+right.Width), max(fields.Height, right.Height))
}

// Layout is for Fyne.
func (aside) Layout(o []fyne.CanvasObject, size fyne.Size) {
	right := min(o[1].MinSize().Width, size.Width*asideShare)
	o[0].Resize(fyne.NewSize(size.Width-right, size.Height))
	o[1].Move(fyne.NewPos(size.Width-right, 0))
	o[1].Resize(fyne.NewSize(right, size.Height))
}

// buttons are the actions that get a button in the head.
func (s *Screen) buttons() []string {
	switch {
	case s.beside != nil:
		return s.beside.Buttons()
	case s.page != nil:
		return s.page.Buttons()
	}
	return nil
}
