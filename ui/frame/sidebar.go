package frame

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Entry is one line of the sidebar.
type Entry struct {
	ID    string
	Label string
	Icon  fyne.Resource
	Group int   // a thin line stands between groups
	Count int64 // shown at the right; nothing when 0
	Alarm bool  // the count is about something late
}

// Sidebar lists sections at the left. Folded, it shows icons only, and offers
// the name of the one under the pointer to OnHint. The arrow keys go through
// the sections, Enter opens one.
type Sidebar struct {
	widget.BaseWidget
	OnSelect func(id string)
	OnHint   func(text string, at fyne.Position) // at is on the canvas; an empty text ends it; may be nil

	entries  []Entry
	selected string
	folded   bool
	hover    int
	marked   int // the section with the keyboard, -1
}

// NewSidebar makes an empty sidebar.
func NewSidebar() *Sidebar {
	s := &Sidebar{hover: -1, marked: -1}
	s.ExtendBaseWidget(s)
	return s
}

// Set shows these sections.
func (s *Sidebar) Set(entries []Entry) {
	s.entries = entries
	s.Refresh()
}

// Count sets the figure beside a section.
func (s *Sidebar) Count(id string, n int64) {
	for i := range s.entries {
		if s.entries[i].ID == id && s.entries[i].Count != n {
			s.entries[i].Count = n
			s.Refresh()
		}
	}
}

// CountOf is the figure beside a section.
func (s *Sidebar) CountOf(id string) int64 {
	for _, e := range s.entries {
		if e.ID == id {
			return e.Count
		}
	}
	return 0
}

// Select marks a section as the one whose screen is in front.
func (s *Sidebar) Select(id string) {
	if s.selected != id {
		s.selected = id
		s.Refresh()
	}
}

// Fold shows icons only, or icons with words.
func (s *Sidebar) Fold(folded bool) {
	s.folded = folded
	s.Refresh()
}

// Folded reports whether only icons are shown.
func (s *Sidebar) Folded() bool { return s.folded }

func (s *Sidebar) rowHeight() float32 { return theme.Size(theme.SizeNameText) + 15 }

const groupGap = 9

// rows calls f with the place of every entry; line tells that a separator goes above.
func (s *Sidebar) rows(f func(i int, y float32, line bool)) float32 {
	y := float32(4)
	for i, e := range s.entries {
		line := i > 0 && e.Group != s.entries[i-1].Group
		if line {
			y += groupGap
		}
		f(i, y, line)
		y += s.rowHeight()
	}
	return y + 4
}

func (s *Sidebar) at(p fyne.Position) int {
	found := -1
	s.rows(func(i int, y float32, _ bool) {
		if p.Y >= y && p.Y < y+s.rowHeight() {
			found = i
		}
	})
	return found
}

// Tapped opens the section under the pointer.
func (s *Sidebar) Tapped(e *fyne.PointEvent) {
	if i := s.at(e.Position); i >= 0 && s.OnSelect != nil {
		s.OnSelect(s.entries[i].ID)
	}
}

// MouseIn is part of desktop.Hoverable.
func (s *Sidebar) MouseIn(e *desktop.MouseEvent) { s.MouseMoved(e) }

// MouseMoved marks the entry under the pointer.
func (s *Sidebar) MouseMoved(e *desktop.MouseEvent) {
	if i := s.at(e.Position); i != s.hover {
		s.hover = i
		s.Refresh()
		s.hint()
	}
}

// hint offers the name of the section under the pointer while names are folded.
func (s *Sidebar) hint() {
	if s.OnHint == nil {
		return
	}
	if !s.folded || s.hover < 0 {
		s.OnHint("", fyne.Position{})
		return
	}
	s.rows(func(i int, y float32, _ bool) {
		if i == s.hover {
			at := fyne.CurrentApp().Driver().AbsolutePositionForObject(s)
			s.OnHint(s.entries[i].Label, at.AddXY(s.Size().Width+4, y+s.rowHeight()/2))
		}
	})
}

var (
	_ fyne.Focusable    = (*Sidebar)(nil)
	_ desktop.Hoverable = (*Sidebar)(nil)
)

// FocusGained marks the section whose screen is in front.
func (s *Sidebar) FocusGained() {
	s.marked = 0
	for i, e := range s.entries {
		if e.ID == s.selected {
			s.marked = i
		}
	}
	s.Refresh()
}

// FocusLost takes the mark away.
func (s *Sidebar) FocusLost() {
	s.marked = -1
	s.Refresh()
}

// TypedRune is for Fyne.
func (s *Sidebar) TypedRune(rune) {}

// TypedKey goes through the sections and opens one.
func (s *Sidebar) TypedKey(k *fyne.KeyEvent) {
	if len(s.entries) == 0 || s.marked < 0 {
		return
	}
	switch k.Name {
	case fyne.KeyDown:
		s.marked = min(s.marked+1, len(s.entries)-1)
	case fyne.KeyUp:
		s.marked = max(s.marked-1, 0)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if s.OnSelect != nil {
			s.OnSelect(s.entries[s.marked].ID)
		}
		return
	default:
		return
	}
	s.Refresh()
}

// MouseOut is part of desktop.Hoverable.
func (s *Sidebar) MouseOut() {
	s.hover = -1
	s.Refresh()
	s.hint()
}

// CreateRenderer draws the sidebar.
func (s *Sidebar) CreateRenderer() fyne.WidgetRenderer { return &sidebarRenderer{s: s} }

type sidebarRenderer struct {
	s       *Sidebar
	size    fyne.Size
	objects []fyne.CanvasObject
}

func (r *sidebarRenderer) Destroy() {}

// Layout draws anew only for another size: new objects make Fyne lay out again,
// and drawing then would never end.
func (r *sidebarRenderer) Layout(size fyne.Size) {
	if r.size != size {
		r.size = size
		r.draw()
	}
}

func (r *sidebarRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *sidebarRenderer) Refresh() {
	r.draw()
	canvas.Refresh(r.s)
}

// MinSize is as wide as the longest label with its count, so that nothing is cut
// in either language.
func (r *sidebarRenderer) MinSize() fyne.Size {
	h := r.s.rows(func(int, float32, bool) {})
	if r.s.folded {
		return fyne.NewSize(r.s.rowHeight()+12, h)
	}
	size := theme.Size(theme.SizeNameText)
	w := float32(120)
	for _, e := range r.s.entries {
		w = max(w, fyne.MeasureText(e.Label, size, fyne.TextStyle{Bold: true}).Width)
	}
	return fyne.NewSize(w+size+22+fyne.MeasureText("9999", size, fyne.TextStyle{}).Width+14, h)
}

func (r *sidebarRenderer) draw() {
	s := r.s
	w := s.Size().Width
	size := theme.Size(theme.SizeNameText)
	ink := theme.Color(theme.ColorNameForeground)
	r.objects = r.objects[:0]
	put := func(o fyne.CanvasObject, x, y, ww, hh float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(ww, hh))
		r.objects = append(r.objects, o)
	}
	h := s.rowHeight()
	s.rows(func(i int, y float32, line bool) {
		e := s.entries[i]
		if line {
			put(canvas.NewRectangle(theme.Color(theme.ColorNameSeparator)), 8, y-groupGap/2, w-16, 1)
		}
		style := fyne.TextStyle{}
		switch {
		case e.ID == s.selected:
			bg := canvas.NewRectangle(theme.Color(theme.ColorNameSelection))
			bg.CornerRadius = 4
			put(bg, 4, y+1, w-8, h-2)
			style.Bold = true
		case i == s.hover:
			bg := canvas.NewRectangle(theme.Color(theme.ColorNameHover))
			bg.CornerRadius = 4
			put(bg, 4, y+1, w-8, h-2)
		}
		if i == s.marked {
			ring := canvas.NewRectangle(nil)
			ring.StrokeColor, ring.StrokeWidth, ring.CornerRadius = theme.Color(theme.ColorNamePrimary), 2, 4
			put(ring, 4, y+1, w-8, h-2)
		}
		icon := size + 3
		if e.Icon != nil {
			img := canvas.NewImageFromResource(e.Icon)
			img.FillMode = canvas.ImageFillContain
			put(img, 11, y+(h-icon)/2, icon, icon)
		}
		if s.folded {
			if e.Count > 0 {
				dot := canvas.NewCircle(theme.Color(theme.ColorNamePrimary))
				if e.Alarm {
					dot.FillColor = theme.Color(theme.ColorNameError)
				}
				put(dot, w-13, y+4, 6, 6)
			}
			return
		}
		label := canvas.NewText(e.Label, ink)
		label.TextSize, label.TextStyle = size, style
		m := label.MinSize()
		put(label, 18+icon, y+(h-m.Height)/2, m.Width, m.Height)
		if e.Count > 0 {
			c := theme.Color(theme.ColorNamePlaceHolder)
			if e.Alarm {
				c = theme.Color(theme.ColorNameError)
			}
			n := canvas.NewText(strconv.FormatInt(e.Count, 10), c)
			n.TextSize = size
			m := n.MinSize()
			put(n, w-m.Width-12, y+(h-m.Height)/2, m.Width, m.Height)
		}
	})
}
