package input

import (
	"sync"
	"weak"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ugoda/ui/theme"
)

// NewScroll scrolls fields up and down, so that the one that gets the keyboard
// comes into sight.
func NewScroll(content fyne.CanvasObject) *container.Scroll {
	s := container.NewVScroll(content)
	scrolls.Store(weak.Make(s), nil)
	return s
}

// scrolls are those that NewScroll made and somebody still holds.
var scrolls sync.Map

// came notes which field has the keyboard, and brings it into sight.
func came(o fyne.Focusable) {
	lastFocused = o
	scrolls.Range(func(key, _ any) bool {
		s := key.(weak.Pointer[container.Scroll]).Value()
		switch {
		case s == nil:
			scrolls.Delete(key)
		case s.Content.MinSize().Height > s.Size().Height && holds(s.Content, o):
			reveal(s, o.(fyne.CanvasObject))
		}
		return true
	})
}

// holds reports whether one object stands somewhere within another.
func holds(o fyne.CanvasObject, wanted fyne.Focusable) bool {
	if f, ok := o.(fyne.Focusable); ok && f == wanted {
		return true
	}
	switch o := o.(type) {
	case *fyne.Container:
		for _, x := range o.Objects {
			if holds(x, wanted) {
				return true
			}
		}
	case *Labelled:
		return holds(o.object, wanted)
	case *container.Scroll:
		return holds(o.Content, wanted)
	}
	return false
}

// reveal scrolls so that an object and a row around it are seen.
func reveal(s *container.Scroll, o fyne.CanvasObject) {
	d := fyne.CurrentApp().Driver()
	top := d.AbsolutePositionForObject(o).Y - d.AbsolutePositionForObject(s).Y + s.Offset.Y
	bottom := top + o.Size().Height + theme.Row()
	top = max(0, top-theme.Row())
	y := s.Offset.Y
	if bottom > y+s.Size().Height {
		y = bottom - s.Size().Height
	}
	if top < y {
		y = top
	}
	y = min(y, max(0, s.Content.MinSize().Height-s.Size().Height))
	if y != s.Offset.Y {
		s.ScrollToOffset(fyne.NewPos(s.Offset.X, y))
	}
}
