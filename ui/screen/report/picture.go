package report

import (
	"image"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ugoda/reports/chart"
)

// picture draws a chart in the pixels of the screen; its places can be clicked.
type picture struct {
	widget.BaseWidget

	onTapped func(row int)

	mu      sync.Mutex
	draw    func(w, h int, scale float64, p chart.Palette) (*chart.Picture, error)
	regions []chart.Region
	w, h    int
	drawn   image.Image
	dark    bool
	raster  *canvas.Raster
}

var (
	_ fyne.Tappable      = (*picture)(nil)
	_ desktop.Cursorable = (*picture)(nil)
)

func newPicture(tapped func(row int)) *picture {
	p := &picture{onTapped: tapped}
	p.raster = canvas.NewRaster(p.paint)
	p.ExtendBaseWidget(p)
	return p
}

func (p *picture) set(draw func(w, h int, scale float64, c chart.Palette) (*chart.Picture, error)) {
	p.mu.Lock()
	p.draw, p.drawn = draw, nil
	p.mu.Unlock()
	p.Refresh()
}

// paint gives the picture for a number of pixels; it is drawn anew only when
// the size, the theme or the figures have changed.
func (p *picture) paint(w, h int) image.Image {
	p.mu.Lock()
	defer p.mu.Unlock()
	r, g, b, _ := fynetheme.Color(fynetheme.ColorNameBackground).RGBA()
	dark := r+g+b < 3*0x8000
	if p.drawn != nil && p.w == w && p.h == h && p.dark == dark {
		return p.drawn
	}
	blank := image.NewRGBA(image.Rect(0, 0, max(w, 1), max(h, 1)))
	if p.draw == nil || w < 80 || h < 60 {
		return blank
	}
	colours := chart.Light
	if dark {
		colours = chart.Dark
	}
	scale := 1.0
	if s := p.Size(); s.Width > 0 {
		scale = float64(w) / float64(s.Width)
	}
	pic, err := p.draw(w, h, scale, colours)
	if err != nil {
		return blank
	}
	img, err := pic.Image()
	if err != nil {
		return blank
	}
	p.w, p.h, p.dark, p.drawn, p.regions = w, h, dark, img, pic.Regions
	return img
}

// Tapped opens what stands under the pointer.
func (p *picture) Tapped(e *fyne.PointEvent) {
	if row, ok := p.at(e.Position); ok && p.onTapped != nil {
		p.onTapped(row)
	}
}

// Cursor is a hand: everything in the picture opens.
func (p *picture) Cursor() desktop.Cursor { return desktop.PointerCursor }

func (p *picture) at(pos fyne.Position) (int, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	size := p.Size()
	if size.Width == 0 || size.Height == 0 {
		return 0, false
	}
	x, y := int(pos.X*float32(p.w)/size.Width), int(pos.Y*float32(p.h)/size.Height)
	for _, r := range p.regions {
		if x >= r.X && x < r.X+r.W && y >= r.Y && y < r.Y+r.H {
			return r.Row, true
		}
	}
	return 0, false
}

// CreateRenderer is for Fyne.
func (p *picture) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(p.raster) }

// MinSize leaves the height to the window.
func (p *picture) MinSize() fyne.Size { return fyne.NewSize(320, 120) }
