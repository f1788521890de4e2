package frame

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"ugoda/ui/theme"
)

// SheetGroup is a group of pairs under a title: keys, and what they do.
type SheetGroup struct {
	Title string
	Rows  [][2]string
}

// Sheet shows groups of pairs densely, in as many columns as fit, each group
// whole and in order.
type Sheet struct {
	widget.BaseWidget
	groups  []SheetGroup
	wide    float32 // for which the columns were made
	high    float32
	columns []sheetColumn
}

// sheetColumn is where a column stands, and which groups are in it.
type sheetColumn struct {
	from, to int
	x        float32
	keys     float32 // room of the keys
	width    float32
}

// NewSheet makes a sheet.
func NewSheet(groups []SheetGroup) *Sheet {
	s := &Sheet{groups: groups}
	s.ExtendBaseWidget(s)
	return s
}

func (s *Sheet) row() float32 { return theme.Text() * 1.6 }

func (s *Sheet) gap() float32 { return theme.Scaled(24) }

func (s *Sheet) groupHeight(g SheetGroup) float32 { return s.row() * (float32(len(g.Rows)) + 1.6) }

// arrange makes as many columns as fit, each as wide as its words.
func (s *Sheet) arrange(width float32) {
	s.wide = width
	for n := len(s.groups); n > 0; n-- {
		if s.spread(n); n == 1 || s.columns[len(s.columns)-1].x+s.columns[len(s.columns)-1].width <= width {
			return
		}
	}
}

// spread makes at most n columns so that the highest is as low as can be.
func (s *Sheet) spread(n int) {
	low, total := float32(0), float32(0)
	for _, g := range s.groups {
		low = max(low, s.groupHeight(g))
		total += s.groupHeight(g)
	}
	for limit := max(low, total/float32(n)); ; limit += s.row() {
		s.columns, s.high = s.columns[:0], 0
		at := float32(0)
		for i, g := range s.groups {
			if i == 0 || at+s.groupHeight(g) > limit {
				s.columns = append(s.columns, sheetColumn{from: i})
				at = 0
			}
			at += s.groupHeight(g)
			s.columns[len(s.columns)-1].to = i + 1
			s.high = max(s.high, at)
		}
		if len(s.columns) <= n {
			break
		}
	}
	x := float32(0)
	for i := range s.columns {
		c := &s.columns[i]
		what := float32(0)
		for _, g := range s.groups[c.from:c.to] {
			for _, r := range g.Rows {
				c.keys = max(c.keys, fyne.MeasureText(r[0], theme.Text(), fyne.TextStyle{Bold: true}).Width)
				what = max(what, fyne.MeasureText(r[1], theme.Text(), fyne.TextStyle{}).Width)
			}
		}
		c.keys += theme.Scaled(10)
		c.x, c.width = x, c.keys+what
		x += c.width + s.gap()
	}
}

// CreateRenderer draws the sheet.
func (s *Sheet) CreateRenderer() fyne.WidgetRenderer {
	s.arrange(theme.Scaled(900))
	return &sheetRenderer{s: s}
}

type sheetRenderer struct {
	s       *Sheet
	objects []fyne.CanvasObject
}

func (r *sheetRenderer) Destroy()                     {}
func (r *sheetRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *sheetRenderer) MinSize() fyne.Size { return fyne.NewSize(r.s.columns[0].width, r.s.high) }

func (r *sheetRenderer) Layout(size fyne.Size) {
	if size.Width != r.s.wide || len(r.objects) == 0 {
		r.s.arrange(size.Width)
		r.draw()
	}
}

func (r *sheetRenderer) Refresh() {
	r.s.arrange(r.s.wide)
	r.draw()
	canvas.Refresh(r.s)
}

func (r *sheetRenderer) draw() {
	s := r.s
	r.objects = r.objects[:0]
	word := func(text string, bold bool, tone fyne.ThemeColorName, x, y float32) {
		t := canvas.NewText(text, theme.Color(tone))
		t.TextSize, t.TextStyle = theme.Text(), fyne.TextStyle{Bold: bold}
		t.Move(fyne.NewPos(x, y))
		t.Resize(t.MinSize())
		r.objects = append(r.objects, t)
	}
	for _, c := range s.columns {
		y := float32(0)
		for _, g := range s.groups[c.from:c.to] {
			word(g.Title, true, theme.Link, c.x, y)
			y += s.row() * 1.15
			for _, row := range g.Rows {
				word(row[0], true, theme.Foreground, c.x, y)
				word(row[1], false, theme.Foreground, c.x+c.keys, y)
				y += s.row()
			}
			y += s.row() * 0.45
		}
	}
}
