// Package chart draws reports through go-chart's renderer: the same picture on
// the screen, as PNG, as SVG and in print.
package chart

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"sync"

	"github.com/golang/freetype/truetype"
	gochart "github.com/wcharczuk/go-chart/v2"
	"github.com/wcharczuk/go-chart/v2/drawing"

	"ugoda/assets"
)

// Palette is the colours of a picture.
type Palette struct {
	Background, Text, Muted, Grid drawing.Color
	Accent, Late, Good, Bad, Hold drawing.Color
}

// Light is for paper and for the light theme; Dark for the dark one.
var (
	Light = Palette{
		Background: drawing.ColorFromHex("ffffff"), Text: drawing.ColorFromHex("1f2933"), Muted: drawing.ColorFromHex("616e7c"), Grid: drawing.ColorFromHex("e4e7eb"),
		Accent: drawing.ColorFromHex("2a6fb0"), Late: drawing.ColorFromHex("e09f3e"), Good: drawing.ColorFromHex("2e9e5b"), Bad: drawing.ColorFromHex("c94f4f"), Hold: drawing.ColorFromHex("9aa5b1"),
	}
	Dark = Palette{
		Background: drawing.ColorFromHex("1e2329"), Text: drawing.ColorFromHex("e4e7eb"), Muted: drawing.ColorFromHex("9aa5b1"), Grid: drawing.ColorFromHex("323f4b"),
		Accent: drawing.ColorFromHex("5fa8e0"), Late: drawing.ColorFromHex("e0a84e"), Good: drawing.ColorFromHex("4cc07f"), Bad: drawing.ColorFromHex("e07070"), Hold: drawing.ColorFromHex("7b8794"),
	}
)

// Format is how a picture is written.
type Format string

// The formats.
const (
	PNG Format = "png"
	SVG Format = "svg"
)

// Region is a place in a picture that opens into something: pixels.
type Region struct {
	Row        int
	X, Y, W, H int
}

var fonts = sync.OnceValues(func() (map[bool]*truetype.Font, error) {
	regular, err := truetype.Parse(assets.NotoSans)
	if err != nil {
		return nil, err
	}
	bold, err := truetype.Parse(assets.NotoSansBold)
	return map[bool]*truetype.Font{false: regular, true: bold}, err
})

// canvas is a picture being drawn. scale is pixels for one unit of layout.
type canvas struct {
	r       gochart.Renderer
	fonts   map[bool]*truetype.Font
	p       Palette
	w, h    int
	scale   float64
	regions []Region
}

func newCanvas(format Format, w, h int, scale float64, p Palette) (*canvas, error) {
	f, err := fonts()
	if err != nil {
		return nil, fmt.Errorf("read the font: %w", err)
	}
	make := gochart.PNG
	if format == SVG {
		make = gochart.SVG
	}
	r, err := make(max(w, 1), max(h, 1))
	if err != nil {
		return nil, fmt.Errorf("start a picture: %w", err)
	}
	r.SetDPI(72)
	c := &canvas{r: r, fonts: f, p: p, w: w, h: h, scale: scale}
	c.box(0, 0, w, h, p.Background)
	return c, nil
}

// px is a length of the layout in pixels.
func (c *canvas) px(v float64) int { return int(v*c.scale + 0.5) }

func (c *canvas) polygon(fill drawing.Color, points ...[2]int) {
	c.r.ResetStyle()
	c.r.SetFillColor(fill)
	c.r.SetStrokeColor(fill)
	c.r.SetStrokeWidth(0)
	c.r.MoveTo(points[0][0], points[0][1])
	for _, p := range points[1:] {
		c.r.LineTo(p[0], p[1])
	}
	c.r.Close()
	c.r.Fill()
}

func (c *canvas) box(x, y, w, h int, fill drawing.Color) {
	c.polygon(fill, [2]int{x, y}, [2]int{x + w, y}, [2]int{x + w, y + h}, [2]int{x, y + h})
}

func (c *canvas) line(x1, y1, x2, y2 int, color drawing.Color) {
	c.r.ResetStyle()
	c.r.SetStrokeColor(color)
	c.r.SetStrokeWidth(c.scale)
	c.r.MoveTo(x1, y1)
	c.r.LineTo(x2, y2)
	c.r.Stroke()
}

func (c *canvas) style(size float64, bold bool, color drawing.Color) {
	c.r.ResetStyle()
	c.r.SetFont(c.fonts[bold])
	c.r.SetFontSize(size * c.scale)
	c.r.SetFontColor(color)
}

// align is where a text stands to its point.
type align int

const (
	left align = iota
	centre
	right
)

// text writes a line whose middle stands at y, cut with an ellipsis to width
// (0: not cut), and gives its width.
func (c *canvas) text(s string, x, y int, size float64, bold bool, color drawing.Color, a align, width int) int {
	c.style(size, bold, color)
	w := c.r.MeasureText(s).Width()
	if width > 0 && w > width {
		r := []rune(s)
		for len(r) > 1 && w > width {
			r = r[:len(r)-1]
			w = c.r.MeasureText(string(r) + "…").Width()
		}
		s = string(r) + "…"
	}
	switch a {
	case centre:
		x -= w / 2
	case right:
		x -= w
	}
	c.r.Text(s, x, y+c.px(size*0.36))
	return w
}

// width is how wide a text would be.
func (c *canvas) width(s string, size float64, bold bool) int {
	c.style(size, bold, c.p.Text)
	return c.r.MeasureText(s).Width()
}

func (c *canvas) bytes() ([]byte, error) {
	var b bytes.Buffer
	if err := c.r.Save(&b); err != nil {
		return nil, fmt.Errorf("write a picture: %w", err)
	}
	return b.Bytes(), nil
}

// Picture is what was drawn.
type Picture struct {
	Data    []byte
	Regions []Region
}

// Image is a PNG picture as an image.
func (p *Picture) Image() (image.Image, error) { return png.Decode(bytes.NewReader(p.Data)) }

func (c *canvas) picture() (*Picture, error) {
	data, err := c.bytes()
	return &Picture{Data: data, Regions: c.regions}, err
}

// empty says in the middle that there is nothing to draw.
func (c *canvas) empty(s string) { c.text(s, c.w/2, c.h/2, 14, false, c.p.Muted, centre, c.w) }
