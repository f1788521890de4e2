package start

import (
	"context"
	"image"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"ugoda/reports"
	"ugoda/reports/chart"
	"ugoda/ui/screen"
	"ugoda/ui/theme"
)

// funnel draws the funnel of now in the size that it has; a click on a stage
// opens its deals.
type funnel struct {
	widget.BaseWidget
	s       *Screen
	report  *reports.Funnel
	image   *canvas.Image
	regions []chart.Region
	drawn   fyne.Size
	asked   int
}

var (
	_ fyne.Tappable      = (*funnel)(nil)
	_ desktop.Cursorable = (*funnel)(nil)
)

func newFunnel(s *Screen) *funnel {
	f := &funnel{s: s, image: canvas.NewImageFromImage(image.NewNRGBA(image.Rect(0, 0, 1, 1)))}
	f.image.FillMode = canvas.ImageFillStretch
	f.ExtendBaseWidget(f)
	return f
}

func (f *funnel) show(r *reports.Funnel) {
	f.report, f.drawn = r, fyne.Size{}
	f.draw()
}

// Resize draws anew.
func (f *funnel) Resize(size fyne.Size) {
	f.BaseWidget.Resize(size)
	f.draw()
}

// draw draws the picture in the background.
func (f *funnel) draw() {
	size := f.Size()
	if f.report == nil || size == f.drawn || size.Width < 60 || size.Height < 60 {
		return
	}
	f.drawn = size
	f.asked++
	asked, report, words := f.asked, f.report, f.s.host.Words()
	scale := float64(f.s.host.Canvas().Scale())
	colours := chart.Light
	if theme.IsDark() {
		colours = chart.Dark
	}
	type picture struct {
		img     image.Image
		regions []chart.Region
	}
	screen.Read(f.s.ctx, f.s.host, func(context.Context) (picture, error) {
		p, err := chart.Funnel(report, words, chart.PNG, int(size.Width), int(size.Height), scale, colours)
		if err != nil {
			return picture{}, err
		}
		img, err := p.Image()
		return picture{img, p.Regions}, err
	}, func(p picture) {
		if asked != f.asked {
			return
		}
		f.image.Image, f.regions = p.img, p.regions
		f.image.Refresh()
	})
}

// Tapped opens the deals of a stage.
func (f *funnel) Tapped(e *fyne.PointEvent) {
	scale := f.s.host.Canvas().Scale()
	for _, r := range f.regions {
		x, y := int(e.Position.X*scale), int(e.Position.Y*scale)
		if x >= r.X && x < r.X+r.W && y >= r.Y && y < r.Y+r.H {
			f.open(r.Row)
			return
		}
	}
}

func (f *funnel) open(row int) {
	if f.report == nil || row < 0 || row >= len(f.report.Rows) {
		return
	}
	r := f.report.Rows[row]
	var stages []string
	for _, id := range r.Stages {
		stages = append(stages, "#"+strconv.FormatInt(id, 10))
	}
	if len(stages) == 0 {
		return
	}
	where := "stage in (" + strings.Join(stages, ", ") + ")"
	if own := f.s.scope.Of("manager"); own != "" {
		where += " and " + own
	}
	f.s.open(reports.Figure{Kind: "deal", Where: where}, r.Name)
}

// Cursor is for Fyne.
func (f *funnel) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MinSize is small: the picture takes what there is.
func (f *funnel) MinSize() fyne.Size { return fyne.NewSize(theme.Scaled(200), theme.Scaled(120)) }

// CreateRenderer is for Fyne.
func (f *funnel) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(f.image) }
