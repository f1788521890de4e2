package list

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"

	"ugoda/ui/theme"
)

func wide(tb testing.TB) (*Grid, software.WindowlessCanvas) {
	app := test.NewTempApp(tb)
	app.Settings().SetTheme(theme.New(theme.Light, 100))
	f := &fake{n: 1_000_000, cells: func(i int) []Cell {
		return []Cell{
			{Text: fmt.Sprintf("%07d", i)},
			{Text: "20.11.26"},
			{Text: "ТОВ «Карпати-Буд і партнери Івано-Франківщини»"},
			{Text: "В роботі", Pill: true, Tone: theme.Blue},
			{Text: fmt.Sprintf("%d 200,00", i%997)},
			{Text: "27.11.26", Tone: theme.Red},
			{Bars: []Bar{{Share: 0.5}, {Share: 1}}},
			{Text: "Олена Коваль", Dot: theme.Green},
		}
	}}
	var columns []Column
	for i := range 8 {
		columns = append(columns, Column{Key: fmt.Sprint(i), Title: "Стовпець", Width: 150})
	}
	g := NewGrid(columns, f)
	f.g = g
	c := software.NewCanvas()
	c.SetPadded(false)
	c.SetContent(g)
	c.Resize(fyne.NewSize(1280, 26+40*26))
	return g, c
}

// The work of one frame while scrolling by a wheel: 40 rows of 8 columns of a
// million rows, rows read included.
func BenchmarkScrollFrame(b *testing.B) {
	g, _ := wide(b)
	for b.Loop() {
		g.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -notch)})
		if g.top >= g.maxTop() {
			g.top = 0
		}
	}
}

// The same, drawn into a picture by the software painter.
func BenchmarkScrollFrameDrawn(b *testing.B) {
	g, c := wide(b)
	for b.Loop() {
		g.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -notch)})
		c.Capture()
	}
}
