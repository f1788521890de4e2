package chart

import (
	"io"
	"math"

	"github.com/golang/freetype/truetype"
	gochart "github.com/wcharczuk/go-chart/v2"
	"github.com/wcharczuk/go-chart/v2/drawing"
)

// Stroke is one piece of a picture: a filled shape, a line along points, or a
// text. Lengths are pixels of the picture.
type Stroke struct {
	Points [][2]float64
	Fill   bool // else the points are joined by a line
	Closed bool
	Width  float64 // of a line
	Colour [4]uint8

	Text string // where it is set, Points[0] is the left end of its base line
	Size float64
	Bold bool
}

// recorder is a renderer of go-chart that keeps what is drawn, so that print
// draws the same picture in lines and letters. Text is measured as for PNG.
type recorder struct {
	measure gochart.Renderer
	fonts   map[bool]*truetype.Font
	strokes []Stroke
	path    [][2]float64
	closed  bool
	fill    drawing.Color
	stroke  drawing.Color
	width   float64
	color   drawing.Color
	size    float64
	bold    bool
}

var _ gochart.Renderer = (*recorder)(nil)

func newRecorder(f map[bool]*truetype.Font) (*recorder, error) {
	m, err := gochart.PNG(1, 1)
	return &recorder{measure: m, fonts: f}, err
}

func (r *recorder) ResetStyle() {
	r.measure.ResetStyle()
	r.fill, r.stroke, r.width = drawing.Color{}, drawing.Color{}, 0
}

func (r *recorder) GetDPI() float64                  { return r.measure.GetDPI() }
func (r *recorder) SetDPI(dpi float64)               { r.measure.SetDPI(dpi) }
func (r *recorder) SetClassName(string)              {}
func (r *recorder) SetStrokeColor(c drawing.Color)   { r.stroke = c }
func (r *recorder) SetFillColor(c drawing.Color)     { r.fill = c }
func (r *recorder) SetStrokeWidth(width float64)     { r.width = width }
func (r *recorder) SetStrokeDashArray([]float64)     {}
func (r *recorder) SetTextRotation(float64)          {}
func (r *recorder) ClearTextRotation()               {}
func (r *recorder) SetFontColor(c drawing.Color)     { r.color = c }
func (r *recorder) Save(io.Writer) error             { return nil }
func (r *recorder) Close()                           { r.closed = true }
func (r *recorder) MeasureText(s string) gochart.Box { return r.measure.MeasureText(s) }

func (r *recorder) SetFont(f *truetype.Font) {
	r.bold = f == r.fonts[true]
	r.measure.SetFont(f)
}

func (r *recorder) SetFontSize(size float64) {
	r.size = size
	r.measure.SetFontSize(size)
}

func (r *recorder) MoveTo(x, y int) {
	r.path, r.closed = [][2]float64{{float64(x), float64(y)}}, false
}

func (r *recorder) LineTo(x, y int) { r.path = append(r.path, [2]float64{float64(x), float64(y)}) }

// curveSteps is how many straight pieces stand for a curve.
const curveSteps = 24

func (r *recorder) QuadCurveTo(cx, cy, x, y int) {
	if len(r.path) == 0 {
		r.MoveTo(cx, cy)
	}
	from := r.path[len(r.path)-1]
	for i := 1; i <= curveSteps; i++ {
		t := float64(i) / curveSteps
		at := func(a, b, c float64) float64 { return (1-t)*(1-t)*a + 2*(1-t)*t*b + t*t*c }
		r.path = append(r.path, [2]float64{at(from[0], float64(cx), float64(x)), at(from[1], float64(cy), float64(y))})
	}
}

func (r *recorder) ArcTo(cx, cy int, rx, ry, start, delta float64) {
	for i := range curveSteps + 1 {
		a := start + delta*float64(i)/curveSteps
		r.path = append(r.path, [2]float64{float64(cx) + rx*math.Cos(a), float64(cy) + ry*math.Sin(a)})
	}
}

func (r *recorder) Circle(radius float64, x, y int) {
	r.path = nil
	r.ArcTo(x, y, radius, radius, 0, 2*math.Pi)
	r.closed = true
}

func (r *recorder) Stroke() { r.keep(Stroke{Width: r.width, Colour: rgba(r.stroke), Closed: r.closed}) }
func (r *recorder) Fill()   { r.keep(Stroke{Fill: true, Colour: rgba(r.fill), Closed: true}) }

func (r *recorder) FillStroke() {
	path := r.path
	r.Fill()
	r.path = path
	r.Stroke()
}

func (r *recorder) keep(s Stroke) {
	s.Points = r.path
	r.path = nil
	if len(s.Points) > 1 && s.Colour[3] > 0 {
		r.strokes = append(r.strokes, s)
	}
}

func (r *recorder) Text(s string, x, y int) {
	r.strokes = append(r.strokes, Stroke{Text: s, Points: [][2]float64{{float64(x), float64(y)}}, Size: r.size, Bold: r.bold, Colour: rgba(r.color)})
}

func rgba(c drawing.Color) [4]uint8 { return [4]uint8{c.R, c.G, c.B, c.A} }
