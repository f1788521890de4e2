// Package chart draws reports through go-chart's renderer: the same picture on
// the screen, as PNG, as SVG and in print.
package chart

import (
	"bytes"
	"fmt"
	"html"
	"image"
	"image/color"
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
	Series                        []drawing.Color // of parts that are no better or worse than each other
}

// Light is for paper and for the light theme; Dark for the dark one.
var (
	Light = Palette{
		Background: drawing.ColorFromHex("ffffff"), Text: drawing.ColorFromHex("1f2933"), Muted: drawing.ColorFromHex("616e7c"), Grid: drawing.ColorFromHex("e4e7eb"),
		Accent: drawing.ColorFromHex("2a6fb0"), Late: drawing.ColorFromHex("e09f3e"), Good: drawing.ColorFromHex("2e9e5b"), Bad: drawing.ColorFromHex("c94f4f"), Hold: drawing.ColorFromHex("9aa5b1"),
		Series: hex("2a6fb0", "e09f3e", "2e9e5b", "8e5ea2", "c94f4f", "3aa6a6", "9aa5b1"),
	}
	Dark = Palette{
		Background: drawing.ColorFromHex("1e2329"), Text: drawing.ColorFromHex("e4e7eb"), Muted: drawing.ColorFromHex("9aa5b1"), Grid: drawing.ColorFromHex("323f4b"),
		Accent: drawing.ColorFromHex("5fa8e0"), Late: drawing.ColorFromHex("e0a84e"), Good: drawing.ColorFromHex("4cc07f"), Bad: drawing.ColorFromHex("e07070"), Hold: drawing.ColorFromHex("7b8794"),
		Series: hex("5fa8e0", "e0a84e", "4cc07f", "b388d0", "e07070", "5cc4c4", "7b8794"),
	}
)

// On is the palette on the surface of a window.
func (p Palette) On(background, text, muted, grid color.Color) Palette {
	of := func(c color.Color) drawing.Color {
		r, g, b, _ := c.RGBA()
		return drawing.Color{R: uint8(r >> 8), G: uint8(g >> 8), B: uint8(b >> 8), A: 255}
	}
	p.Background, p.Text, p.Muted, p.Grid = of(background), of(text), of(muted), of(grid)
	return p
}

func hex(list ...string) []drawing.Color {
	out := make([]drawing.Color, len(list))
	for i, s := range list {
		out[i] = drawing.ColorFromHex(s)
	}
	return out
}

// Format is how a picture is written.
type Format string

// The formats. Strokes leaves the picture in pieces, for whoever draws them on
// paper.
const (
	PNG     Format = "png"
	SVG     Format = "svg"
	Strokes Format = "strokes"
)

// Region is a place in a picture that opens into something, in pixels.
type Region struct {
	Row        int    // row of the funnel, week, line of the table of losses; Whole is the total
	Part       string // of the figure: as reports.Part says; of a split bar the key of the part
	X, Y, W, H int
	Tip        []string // what the place says in full, line by line
	Within     bool     // it lies within another region, which goes before it
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
	format  Format
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
	w, h = max(w, 1), max(h, 1)
	var r gochart.Renderer
	switch format {
	case SVG:
		r, err = gochart.SVG(w, h)
	case Strokes:
		r, err = newRecorder(f)
	default:
		r, err = gochart.PNG(w, h)
	}
	if err != nil {
		return nil, fmt.Errorf("start a picture: %w", err)
	}
	r.SetDPI(72)
	c := &canvas{r: r, format: format, fonts: f, p: p, w: w, h: h, scale: scale}
	if format != Strokes { // paper has its own
		c.box(0, 0, w, h, p.Background)
	}
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

// frame draws the outline of a box.
func (c *canvas) frame(x, y, w, h int, ink drawing.Color) {
	c.line(x, y, x+w, y, ink)
	c.line(x+w, y, x+w, y+h, ink)
	c.line(x+w, y+h, x, y+h, ink)
	c.line(x, y+h, x, y, ink)
}

func (c *canvas) line(x1, y1, x2, y2 int, ink drawing.Color) {
	c.r.ResetStyle()
	c.r.SetStrokeColor(ink)
	c.r.SetStrokeWidth(c.scale)
	c.r.MoveTo(x1, y1)
	c.r.LineTo(x2, y2)
	c.r.Stroke()
}

func (c *canvas) style(size float64, bold bool, ink drawing.Color) {
	c.r.ResetStyle()
	c.r.SetFont(c.fonts[bold])
	c.r.SetFontSize(size * c.scale)
	c.r.SetFontColor(ink)
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
func (c *canvas) text(s string, x, y int, size float64, bold bool, ink drawing.Color, a align, width int) int {
	c.style(size, bold, ink)
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
	c.write(s, x, y+c.px(size*0.36))
	return w
}

// write sets a text whose base line begins at a point, in the style that is on.
func (c *canvas) write(s string, x, y int) {
	if s == "" {
		return
	}
	if c.format == SVG { // which go-chart writes as it is
		s = html.EscapeString(s)
	}
	c.r.Text(s, x, y)
}

// width is how wide a text would be.
func (c *canvas) width(s string, size float64, bold bool) int {
	c.style(size, bold, c.p.Text)
	return c.r.MeasureText(s).Width()
}

// on is the colour of a text over a fill.
func on(fill drawing.Color) drawing.Color {
	if (299*int(fill.R)+587*int(fill.G)+114*int(fill.B))/1000 > 150 {
		return drawing.ColorFromHex("10202e")
	}
	return drawing.ColorWhite
}

// mix is a colour part of the way to another, in hundredths.
func mix(a, b drawing.Color, part int) drawing.Color {
	between := func(x, y uint8) uint8 { return uint8((int(x)*(100-part) + int(y)*part) / 100) }
	return drawing.Color{R: between(a.R, b.R), G: between(a.G, b.G), B: between(a.B, b.B), A: 255}
}

// legend writes swatches with their names from a place rightwards, in smaller
// letters where there are many.
func (c *canvas) legend(x, y int, entries ...key) {
	size := 11.0
	wide := func() (sum int) {
		for _, k := range entries {
			sum += c.px(size*0.9) + c.px(5) + c.width(k.name, size, false) + c.px(size*1.4)
		}
		return sum
	}
	for size > 7 && wide() > c.w-2*x {
		size -= 0.5
	}
	for _, k := range entries {
		s := c.px(size * 0.9)
		if k.hollow {
			c.frame(x, y-s/2, s, s, k.colour)
		} else {
			c.box(x, y-s/2, s, s, k.colour)
		}
		x += s + c.px(5)
		x += c.text(k.name, x, y, size, false, c.p.Muted, left, 0) + c.px(size*1.4)
	}
}

// key is one entry of a legend.
type key struct {
	name   string
	colour drawing.Color
	hollow bool
}

// Picture is what was drawn. A picture in strokes has no Data.
type Picture struct {
	Data    []byte
	Strokes []Stroke
	Regions []Region
}

// Image is a PNG picture as an image.
func (p *Picture) Image() (image.Image, error) { return png.Decode(bytes.NewReader(p.Data)) }

func (c *canvas) picture() (*Picture, error) {
	out := &Picture{Regions: c.regions}
	if r, ok := c.r.(*recorder); ok {
		out.Strokes = r.strokes
		return out, nil
	}
	var b bytes.Buffer
	if err := c.r.Save(&b); err != nil {
		return nil, fmt.Errorf("write a picture: %w", err)
	}
	out.Data = b.Bytes()
	return out, nil
}

// empty says in the middle that there is nothing to draw.
func (c *canvas) empty(s string) { c.text(s, c.w/2, c.h/2, 14, false, c.p.Muted, centre, c.w) }
