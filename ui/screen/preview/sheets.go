package preview

import (
	"context"
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"ugoda/printing/layout"
	"ugoda/ui/theme"
)

// Zoom: 1 shows a point as 1/72 of an inch on a screen of 96 dots.
const (
	dotsPerPoint = 96.0 / 72
	zoomLeast    = 0.25
	zoomMost     = 4.0
	zoomStep     = 1.2
)

// fit says what the zoom follows.
type fit uint8

const (
	byHand   fit = iota
	fitWidth     // the page is as wide as the window, within reason
	fitPage      // a whole page is in sight
)

// widest is as far as fitWidth goes: a line that is wider reads badly.
const widest = 1.35

// sheets shows the pages of a document under each other. It draws in the
// background only those in sight, at the pixels of the screen, and keeps them
// until they are far away.
type sheets struct {
	widget.BaseWidget

	// draw draws a page, from 0, at pixels a point.
	draw func(ctx context.Context, page int, scale float64) (image.Image, error)
	// background runs work off the UI goroutine and show on it.
	background func(ctx context.Context, work func(ctx context.Context) error, show func(err error))
	onPage     func(page int) // another page is in the middle
	onZoom     func()
	onKey      func(k *fyne.KeyEvent) bool // what has no use here

	scroll  *container.Scroll
	whole   fyne.CanvasObject // what content made
	sizes   []layout.Size
	slots   []*slot
	zoom    float64
	fit     fit
	page    int
	ctx     context.Context
	cancel  context.CancelFunc
	focused bool
}

// slot is the place of one page.
type slot struct {
	paper, shadow *canvas.Rectangle
	raster        *canvas.Raster
	img           image.Image
	asked         int // width in pixels that is being drawn; 0: none
}

var (
	_ fyne.Focusable    = (*sheets)(nil)
	_ fyne.Scrollable   = (*sheets)(nil)
	_ fyne.Draggable    = (*sheets)(nil)
	_ fyne.Tappable     = (*sheets)(nil)
	_ desktop.Mouseable = (*sheets)(nil)
)

func newSheets() *sheets {
	s := &sheets{zoom: 1, fit: fitWidth}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	s.ExtendBaseWidget(s)
	s.scroll = container.NewScroll(s)
	s.scroll.OnScrolled = func(fyne.Position) { s.moved() }
	return s
}

// content is the pages with their bars; the zoom follows its size.
func (s *sheets) content() fyne.CanvasObject { return container.New(&fitting{s}, s.scroll) }

// fitting lets the zoom follow the size of the window.
type fitting struct{ s *sheets }

// MinSize leaves room for something to be seen.
func (f *fitting) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(200, 120) }

// Layout fills the place.
func (f *fitting) Layout(o []fyne.CanvasObject, size fyne.Size) {
	changed := o[0].Size() != size
	o[0].Resize(size)
	if changed {
		f.s.refit()
	}
}

// set shows another document; place and zoom stay.
func (s *sheets) set(sizes []layout.Size) {
	s.cancel()
	s.ctx, s.cancel = context.WithCancel(context.Background())
	s.sizes, s.slots = sizes, make([]*slot, len(sizes))
	for i := range s.slots {
		x := &slot{paper: canvas.NewRectangle(color.White), shadow: canvas.NewRectangle(color.Transparent)}
		x.raster = canvas.NewRaster(func(w, h int) image.Image { return s.paint(i, w, h) })
		s.slots[i] = x
	}
	s.page = min(s.page, max(len(sizes)-1, 0))
	s.refit()
	s.Refresh()
	s.tell(true)
}

// close ends what is being drawn.
func (s *sheets) close() { s.cancel() }

// gap is the room between pages and around them.
func gap() float32 { return theme.Scaled(14) }

// points turns points of paper into the window's units.
func (s *sheets) points(v float64) float32 { return float32(v*dotsPerPoint*s.zoom) * theme.Scaled(1) }

// refit computes the zoom that follows the window.
func (s *sheets) refit() {
	view := s.scroll.Size()
	if s.fit != byHand && len(s.sizes) > 0 && view.Width > 0 {
		w, h := 0.0, 0.0
		for _, p := range s.sizes {
			w, h = max(w, p.W), max(h, p.H)
		}
		unit := dotsPerPoint * float64(theme.Scaled(1))
		wide := (float64(view.Width) - 2*float64(gap()) - 12) / (w * unit)
		if s.fit == fitWidth {
			s.zoom = min(wide, widest)
		} else {
			s.zoom = min(wide, (float64(view.Height)-2*float64(gap()))/(h*unit))
		}
		s.zoom = min(max(s.zoom, zoomLeast), zoomMost)
	}
	s.scroll.Refresh()
	s.Refresh()
	s.moved()
	if s.onZoom != nil {
		s.onZoom()
	}
}

// setFit lets the zoom follow the window.
func (s *sheets) setFit(f fit) {
	s.fit = f
	s.keeping(s.refit)
	if f == fitPage {
		s.goPage(s.page)
	}
}

// zoomTo sets the zoom by hand.
func (s *sheets) zoomTo(z float64) {
	s.fit, s.zoom = byHand, min(max(z, zoomLeast), zoomMost)
	s.keeping(s.refit)
}

// keeping keeps what stands in the middle there while the size changes.
func (s *sheets) keeping(change func()) {
	before := s.MinSize().Height
	middle := s.scroll.Offset.Y + s.scroll.Size().Height/2
	change()
	if before > 0 {
		s.goTo(middle*s.MinSize().Height/before - s.scroll.Size().Height/2)
	}
}

// goTo scrolls to a height.
func (s *sheets) goTo(y float32) {
	s.scroll.Offset.Y = max(0, min(y, s.MinSize().Height-s.scroll.Size().Height))
	s.scroll.Refresh()
	s.moved()
}

// top is where a page begins.
func (s *sheets) top(page int) float32 {
	y := gap()
	for i := range page {
		y += s.points(s.sizes[i].H) + gap()
	}
	return y
}

// goPage scrolls to a page.
func (s *sheets) goPage(page int) {
	if page = max(0, min(page, len(s.sizes)-1)); page < len(s.sizes) && len(s.sizes) > 0 {
		s.goTo(s.top(page) - gap())
		if s.page != page { // the last ones may be too short to come to the top
			s.page = page
			s.tell(true)
		}
	}
}

// inSight are the pages of which something can be seen.
func (s *sheets) inSight() (first, last int) {
	from, to := s.scroll.Offset.Y, s.scroll.Offset.Y+s.scroll.Size().Height
	first, last = -1, -2
	y := gap()
	for i, p := range s.sizes {
		h := s.points(p.H)
		if y < to && y+h > from {
			if first < 0 {
				first = i
			}
			last = i
		}
		y += h + gap()
	}
	return first, last
}

// moved shows what has come into sight and forgets what is far.
func (s *sheets) moved() {
	first, last := s.inSight()
	if first < 0 {
		return
	}
	for i, x := range s.slots {
		if i < first-2 || i > last+2 {
			x.img = nil
		}
	}
	middle := s.scroll.Offset.Y + s.scroll.Size().Height/2
	page := first
	for i := first; i <= last; i++ {
		if s.top(i) <= middle {
			page = i
		}
	}
	if s.scroll.Offset.Y <= 0 {
		page = 0
	}
	changed := page != s.page
	s.page = page
	s.tell(changed)
	s.Refresh()
}

func (s *sheets) tell(changed bool) {
	if changed && s.onPage != nil {
		s.onPage(s.page)
	}
}

// paint gives the picture of a page for so many pixels. What is not drawn yet
// is drawn in the background; meanwhile the old picture stands, however coarse.
func (s *sheets) paint(page, w, h int) image.Image {
	x := s.slots[page]
	if x.img == nil || x.img.Bounds().Dx() != w {
		s.ask(page, w)
	}
	if x.img == nil {
		return blank
	}
	return x.img
}

// blank is a page that is not drawn yet.
var blank = func() image.Image {
	img := image.NewRGBA(image.Rect(0, 0, 1, 1))
	img.Set(0, 0, color.White)
	return img
}()

// ask has a page drawn.
func (s *sheets) ask(page, w int) {
	x := s.slots[page]
	if x.asked == w || w <= 1 || s.draw == nil {
		return
	}
	x.asked = w
	ctx, scale := s.ctx, float64(w)/s.sizes[page].W
	var img image.Image
	s.background(ctx, func(ctx context.Context) (err error) {
		img, err = s.draw(ctx, page, scale)
		return err
	}, func(err error) {
		if err != nil || ctx != s.ctx || page >= len(s.slots) || s.slots[page] != x || x.asked != w {
			return
		}
		x.asked, x.img = 0, img
		x.raster.Refresh()
	})
}

// MinSize is what all pages need.
func (s *sheets) MinSize() fyne.Size {
	var size fyne.Size
	for _, p := range s.sizes {
		size.Width = max(size.Width, s.points(p.W)+2*gap())
		size.Height += s.points(p.H) + gap()
	}
	return size.AddWidthHeight(0, gap())
}

// FocusGained is for Fyne.
func (s *sheets) FocusGained() { s.focused = true }

// FocusLost is for Fyne.
func (s *sheets) FocusLost() { s.focused = false }

// TypedRune is for Fyne: the keys of zoom.
func (s *sheets) TypedRune(r rune) {
	switch r {
	case '+', '=':
		s.zoomTo(s.zoom * zoomStep)
	case '-':
		s.zoomTo(s.zoom / zoomStep)
	case '1':
		s.zoomTo(1)
	case '0':
		s.setFit(fitWidth)
	case '9':
		s.setFit(fitPage)
	}
}

// TypedKey is for Fyne: the keys of moving.
func (s *sheets) TypedKey(k *fyne.KeyEvent) {
	line, view := theme.Scaled(48), s.scroll.Size()
	wide := s.MinSize().Width > view.Width+1
	switch k.Name {
	case fyne.KeyPageDown, fyne.KeySpace:
		s.goTo(s.scroll.Offset.Y + view.Height*0.9)
	case fyne.KeyPageUp, fyne.KeyBackspace:
		s.goTo(s.scroll.Offset.Y - view.Height*0.9)
	case fyne.KeyDown:
		s.goTo(s.scroll.Offset.Y + line)
	case fyne.KeyUp:
		s.goTo(s.scroll.Offset.Y - line)
	case fyne.KeyHome:
		s.goTo(0)
	case fyne.KeyEnd:
		s.goTo(s.MinSize().Height)
	case fyne.KeyLeft, fyne.KeyRight:
		step := 1
		if k.Name == fyne.KeyLeft {
			step = -1
		}
		if !wide {
			s.goPage(s.page + step)
			return
		}
		s.scroll.Offset.X = max(0, min(s.scroll.Offset.X+float32(step)*line, s.MinSize().Width-view.Width))
		s.scroll.Refresh()
	default:
		if s.onKey != nil {
			s.onKey(k)
		}
	}
}

// Scrolled is for Fyne: with Ctrl the wheel zooms.
func (s *sheets) Scrolled(e *fyne.ScrollEvent) {
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok && d.CurrentKeyModifiers()&fyne.KeyModifierShortcutDefault != 0 {
		if e.Scrolled.DY > 0 {
			s.zoomTo(s.zoom * zoomStep)
		} else if e.Scrolled.DY < 0 {
			s.zoomTo(s.zoom / zoomStep)
		}
		return
	}
	s.scroll.Scrolled(e)
}

// Dragged is for Fyne: the pages follow the hand.
func (s *sheets) Dragged(e *fyne.DragEvent) {
	s.scroll.Offset.X = max(0, min(s.scroll.Offset.X-e.Dragged.DX, s.MinSize().Width-s.scroll.Size().Width))
	s.goTo(s.scroll.Offset.Y - e.Dragged.DY)
}

// DragEnd is for Fyne.
func (s *sheets) DragEnd() {}

// Tapped is for Fyne: it only takes the keyboard.
func (s *sheets) Tapped(*fyne.PointEvent) {}

// MouseDown is for Fyne.
func (s *sheets) MouseDown(*desktop.MouseEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(s); c != nil && !s.focused {
		c.Focus(s)
	}
}

// MouseUp is for Fyne.
func (s *sheets) MouseUp(*desktop.MouseEvent) {}

// CreateRenderer is for Fyne.
func (s *sheets) CreateRenderer() fyne.WidgetRenderer {
	r := &sheetsRenderer{s: s, back: canvas.NewRectangle(color.Transparent)}
	r.place()
	return r
}

type sheetsRenderer struct {
	s       *sheets
	back    *canvas.Rectangle
	objects []fyne.CanvasObject
}

func (r *sheetsRenderer) Destroy()                     {}
func (r *sheetsRenderer) MinSize() fyne.Size           { return r.s.MinSize() }
func (r *sheetsRenderer) Layout(fyne.Size)             { r.place() }
func (r *sheetsRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *sheetsRenderer) Refresh() {
	r.place()
	canvas.Refresh(r.s)
}

// place stands the pages in sight at their places.
func (r *sheetsRenderer) place() {
	s := r.s
	size := s.Size()
	r.back.FillColor = theme.Color(theme.Track)
	r.back.Resize(size)
	r.objects = append(r.objects[:0], r.back)
	first, last := s.inSight()
	for i := max(first, 0); i <= last; i++ {
		x := s.slots[i]
		w, h := s.points(s.sizes[i].W), s.points(s.sizes[i].H)
		at := fyne.NewPos(max((size.Width-w)/2, gap()), s.top(i))
		x.shadow.FillColor = color.NRGBA{A: 48}
		x.shadow.CornerRadius = 2
		x.shadow.Move(at.AddXY(2, 3))
		x.shadow.Resize(fyne.NewSize(w, h))
		x.paper.Move(at)
		x.paper.Resize(fyne.NewSize(w, h))
		x.raster.Move(at)
		x.raster.Resize(fyne.NewSize(w, h))
		r.objects = append(r.objects, x.shadow, x.paper, x.raster)
	}
}
