package chart

import (
	"github.com/wcharczuk/go-chart/v2/drawing"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/reports"
)

// StartHeight is how high the picture of Start is on paper, in points: its tiles
// and a funnel that can be read.
const StartHeight = 330

// Start draws the start screen: its figures as tiles, the funnel between them.
func Start(x *reports.Start, p *locale.Printer, format Format, w, h int, scale float64, colours Palette) (*Picture, error) {
	c, err := newCanvas(format, w, h, scale, colours)
	if err != nil {
		return nil, err
	}
	tall, caption := c.px(58), c.px(20)
	y := c.tiles(p, "start.tile.", x.Tiles, x.Week, 0, tall)
	space := h - y - caption - tall - c.px(6)
	c.text(p.T("start.funnel"), 0, y+caption/2+c.px(2), 13, true, c.p.Text, left, 0)
	f, err := Funnel(x.Funnel, p, Strokes, w, max(space-caption, c.px(60)), scale, colours)
	if err != nil {
		return nil, err
	}
	c.replay(f.Strokes, 0, y+caption)
	y += caption + max(space-caption, c.px(60))
	c.text(p.T("start.changed")+" · "+p.Day(x.Since), 0, y+caption/2, 13, true, c.p.Text, left, 0)
	c.tiles(p, "start.change.", x.Changes, nil, y+caption, tall)
	return c.picture()
}

// tiles draws figures side by side, and gives where they end.
func (c *canvas) tiles(p *locale.Printer, prefix string, figures []reports.Figure, week *reports.InquiryWeek, y, high int) int {
	n := len(figures)
	if week != nil {
		n++
	}
	gap := c.px(6)
	wide := (c.w - (n-1)*gap) / max(n, 1)
	tile := func(i int, name, figure, detail string, tone drawing.Color) {
		x := i * (wide + gap)
		c.frame(x, y, wide, high, c.p.Grid)
		c.box(x, y, c.px(3), high, tone)
		size := 10.0
		for size > 7 && c.width(name, size, false) > wide-c.px(14) {
			size -= 0.5
		}
		c.text(name, x+c.px(10), y+high*22/100, size, false, c.p.Muted, left, wide-c.px(14))
		c.text(figure, x+c.px(10), y+high*54/100, 18, true, c.p.Text, left, 0)
		c.text(detail, x+c.px(10), y+high*84/100, 9, false, c.p.Muted, left, wide-c.px(14))
	}
	for i, f := range figures {
		detail := ""
		if f.Amount != 0 {
			detail = p.Whole(f.Amount)
		}
		tile(i, p.T(prefix+f.Name), p.Int(f.Count), detail, c.toneOf(f))
	}
	if week != nil {
		tone, detail := c.p.Accent, ""
		if week.Usual >= 0 {
			detail = p.T("start.usual", "n", p.Int(week.Usual))
		}
		if week.Percent >= 0 {
			detail += " · " + p.Percent(model.Percent((week.Percent+50)/100*100))
		}
		if week.Low() {
			tone = c.p.Late
		}
		tile(n-1, p.T("start.tile.week"), p.Int(week.Count), detail, tone)
	}
	return y + high
}

func (c *canvas) toneOf(f reports.Figure) drawing.Color {
	if f.Count == 0 {
		return c.p.Grid
	}
	switch f.Name {
	case "stuck", "lost":
		return c.p.Bad
	case "won", "advanced":
		return c.p.Good
	case "new":
		return c.p.Accent
	}
	return c.p.Late
}

// replay draws a picture in strokes into this one, with its corner at a place.
func (c *canvas) replay(strokes []Stroke, x, y int) {
	for _, s := range strokes {
		ink := drawing.Color{R: s.Colour[0], G: s.Colour[1], B: s.Colour[2], A: s.Colour[3]}
		points := make([][2]int, len(s.Points))
		for i, p := range s.Points {
			points[i] = [2]int{x + int(p[0]), y + int(p[1])}
		}
		switch {
		case s.Text != "":
			c.style(s.Size/c.scale, s.Bold, ink)
			c.write(s.Text, points[0][0], points[0][1])
		case s.Fill:
			c.polygon(ink, points...)
		default:
			for i := 1; i < len(points); i++ {
				c.line(points[i-1][0], points[i-1][1], points[i][0], points[i][1], ink)
			}
		}
	}
}
