package input

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"ugoda/ui/theme"
)

// How many rows of a menu are seen at once.
const menuRows = 12

// menuRow is one line that can be chosen.
type menuRow struct {
	text, detail string
	tone         fyne.ThemeColorName
	apart        bool // a line stands above it
	faint        bool // not a value but a command
}

// menu is a list to choose from by keys or the mouse. It never has the
// keyboard itself.
type menu struct {
	widget.BaseWidget
	rows   []menuRow
	marked int // -1: none
	first  int
	choose func(row int)
	size   fyne.Size
}

var (
	_ desktop.Mouseable = (*menu)(nil)
	_ desktop.Hoverable = (*menu)(nil)
	_ fyne.Scrollable   = (*menu)(nil)
)

func newMenu(choose func(int)) *menu {
	m := &menu{choose: choose, marked: -1}
	m.ExtendBaseWidget(m)
	return m
}

func (m *menu) wantsWidth() bool { return true }

func (m *menu) set(rows []menuRow, marked int) {
	m.rows, m.marked, m.first = rows, marked, 0
	m.show(marked)
	m.Refresh()
}

// step moves the mark; past an end it comes round to the other.
func (m *menu) step(by int) {
	n := len(m.rows)
	if n == 0 {
		return
	}
	if m.marked < 0 && by < 0 {
		m.marked = 0
	}
	m.marked = ((m.marked+by)%n + n) % n
	m.show(m.marked)
	m.Refresh()
}

func (m *menu) show(row int) {
	if row < 0 {
		return
	}
	if row < m.first {
		m.first = row
	}
	if row >= m.first+menuRows {
		m.first = row - menuRows + 1
	}
}

func (m *menu) seen() []menuRow {
	return m.rows[m.first:min(m.first+menuRows, len(m.rows))]
}

func (m *menu) MinSize() fyne.Size {
	var wide float32
	for _, r := range m.rows {
		w := theme.Width(r.text, theme.Text(), fyne.TextStyle{})
		if r.detail != "" {
			w += theme.Width(r.detail, theme.Text(), fyne.TextStyle{}) + theme.Scaled(24)
		}
		wide = max(wide, w)
	}
	wide = min(max(wide+theme.Scaled(20), theme.Scaled(120)), theme.Scaled(560))
	return fyne.NewSize(wide, float32(len(m.seen()))*theme.Row()+2)
}

func (m *menu) at(p fyne.Position) int {
	row := m.first + int(p.Y/theme.Row())
	if p.Y < 0 || row >= len(m.rows) {
		return -1
	}
	return row
}

// MouseDown is for Fyne.
func (m *menu) MouseDown(e *desktop.MouseEvent) {
	if row := m.at(e.Position); row >= 0 && e.Button == desktop.MouseButtonPrimary {
		m.choose(row)
	}
}

// MouseUp is for Fyne.
func (m *menu) MouseUp(*desktop.MouseEvent) {}

// MouseIn is for Fyne.
func (m *menu) MouseIn(*desktop.MouseEvent) {}

// MouseMoved is for Fyne.
func (m *menu) MouseMoved(e *desktop.MouseEvent) {
	if row := m.at(e.Position); row >= 0 && row != m.marked {
		m.marked = row
		m.Refresh()
	}
}

// MouseOut is for Fyne.
func (m *menu) MouseOut() {}

// Scrolled is for Fyne.
func (m *menu) Scrolled(e *fyne.ScrollEvent) {
	by := 1
	if e.Scrolled.DY > 0 {
		by = -1
	}
	m.first = max(min(m.first+by, len(m.rows)-menuRows), 0)
	m.Refresh()
}

// CreateRenderer is for Fyne.
func (m *menu) CreateRenderer() fyne.WidgetRenderer {
	r := &menuRenderer{m: m}
	r.draw()
	return r
}

type menuRenderer struct {
	m       *menu
	objects []fyne.CanvasObject
}

func (r *menuRenderer) Destroy()                     {}
func (r *menuRenderer) MinSize() fyne.Size           { return r.m.MinSize() }
func (r *menuRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *menuRenderer) Layout(size fyne.Size) {
	if size != r.m.size {
		r.draw()
	}
}

func (r *menuRenderer) Refresh() {
	r.draw()
	canvas.Refresh(r.m)
}

func (r *menuRenderer) draw() {
	m := r.m
	m.size = m.Size()
	r.objects = r.objects[:0]
	row, text := theme.Row(), theme.Text()
	pad := theme.Scaled(8)
	for i, x := range m.seen() {
		y := 1 + float32(i)*row
		if m.first+i == m.marked {
			back := canvas.NewRectangle(theme.Color(theme.Selected))
			back.Move(fyne.NewPos(1, y))
			back.Resize(fyne.NewSize(m.size.Width-2, row))
			r.objects = append(r.objects, back)
		}
		if x.apart {
			line := canvas.NewRectangle(theme.Color(theme.Line))
			line.Move(fyne.NewPos(1, y))
			line.Resize(fyne.NewSize(m.size.Width-2, 1))
			r.objects = append(r.objects, line)
		}
		room := m.size.Width - 2*pad
		if x.detail != "" {
			detail, _ := theme.Fit(x.detail, room*0.55, text, fyne.TextStyle{})
			d := canvas.NewText(detail, theme.Color(theme.Muted))
			d.TextSize, d.Alignment = text, fyne.TextAlignTrailing
			d.Move(fyne.NewPos(pad, y))
			d.Resize(fyne.NewSize(room, row))
			r.objects = append(r.objects, d)
			room -= theme.Width(detail, text, fyne.TextStyle{}) + theme.Scaled(12)
		}
		tone := x.tone
		if x.faint {
			tone = theme.Link
		}
		fits, _ := theme.Fit(x.text, room, text, fyne.TextStyle{})
		t := canvas.NewText(fits, theme.Color(tone))
		t.TextSize = text
		t.Move(fyne.NewPos(pad, y))
		t.Resize(fyne.NewSize(room, row))
		r.objects = append(r.objects, t)
	}
}
