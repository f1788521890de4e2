package chart

import (
	"strings"

	"github.com/wcharczuk/go-chart/v2/drawing"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/reports"
)

// Funnel draws the open rows as a funnel, widths by the number of deals, late
// deals in amber, and won, lost and on hold below as bars. w and h are pixels;
// scale is pixels for one unit (1 on an ordinary screen, 2 on a fine one).
func Funnel(f *reports.Funnel, p *locale.Printer, format Format, w, h int, scale float64, colours Palette) (*Picture, error) {
	c, err := newCanvas(format, w, h, scale, colours)
	if err != nil {
		return nil, err
	}
	var most int64
	open, others := 0, 0
	for _, r := range f.Rows {
		switch r.Kind {
		case deal.Open:
			open++
			most = max(most, r.Count)
		default:
			others++
		}
	}
	if open == 0 || (most == 0 && f.Open.Count == 0 && allEmpty(f)) {
		c.empty(p.T("report.empty"))
		return c.picture()
	}
	names := 0
	for _, r := range f.Rows {
		names = max(names, c.width(r.Name, 13, false))
	}
	names = min(names, w*28/100)
	figures := c.width("000 000 000,00  ", 13, true)
	margin := c.px(12)
	middle := margin + names + margin + (w-4*margin-names-figures)/2
	widest := (w - 4*margin - names - figures) * 96 / 100
	top := c.px(8)
	small := c.px(22)
	space := h - 2*top - others*small - c.px(10)
	row := max(c.px(18), min(space/open, c.px(64)))
	gap := max(2, row/14)
	at := func(n int64) int {
		if most == 0 {
			return c.px(6)
		}
		return max(c.px(6), int(int64(widest)*n/most))
	}
	y, seen := top, 0
	for i, r := range f.Rows {
		if r.Kind != deal.Open {
			continue
		}
		below := at(r.Count)
		for _, next := range f.Rows[i+1:] {
			if next.Kind == deal.Open {
				below = at(next.Count)
				break
			}
		}
		upper := at(r.Count)
		lower := (upper + min(upper, below)) / 2 // it narrows towards the next row, and never widens
		fill := rowColour(r, c.p, seen)
		bottom := y + row - gap
		c.polygon(fill, [2]int{middle - upper/2, y}, [2]int{middle + upper/2, y}, [2]int{middle + lower/2, bottom}, [2]int{middle - lower/2, bottom})
		if r.Late > 0 && r.Count > 0 && f.Settings.Mode == reports.Now { // the late ones along the left edge
			part := max(c.px(3), int(int64(min(upper, lower))*r.Late/r.Count))
			c.polygon(c.p.Late, [2]int{middle - upper/2, y}, [2]int{middle - upper/2 + part, y}, [2]int{middle - lower/2 + part, bottom}, [2]int{middle - lower/2, bottom})
		}
		centreY := y + (row-gap)/2
		c.text(r.Name, margin, centreY, 13, false, c.p.Text, left, names)
		count := p.Int(r.Count)
		if c.width(count, 14, true)+c.px(8) < min(upper, lower) {
			c.text(count, middle, centreY, 14, true, drawing.ColorWhite, centre, 0)
		} else {
			c.text(count, middle+upper/2+c.px(6), centreY, 14, true, c.p.Text, left, 0)
		}
		c.figures(p, r, w-margin, centreY, row)
		c.regions = append(c.regions, Region{i, 0, y, w, row})
		y += row
		seen++
	}
	y += c.px(6)
	if others > 0 {
		c.line(margin, y-c.px(3), w-margin, y-c.px(3), c.p.Grid)
	}
	for i, r := range f.Rows {
		if r.Kind == deal.Open {
			continue
		}
		centreY := y + small/2
		c.text(r.Name, margin, centreY, 12, false, c.p.Muted, left, names)
		x := margin + names + margin
		length := 0
		if r.Count > 0 {
			length = max(c.px(3), min(widest, at(r.Count)))
		}
		c.box(x, y+c.px(5), length, small-c.px(10), rowColour(r, c.p, 0))
		c.text(p.Int(r.Count), x+length+c.px(6), centreY, 12, true, c.p.Muted, left, 0)
		c.text(p.Whole(r.Amount), w-margin, centreY, 12, false, c.p.Muted, right, 0)
		c.regions = append(c.regions, Region{i, 0, y, w, small})
		y += small
	}
	return c.picture()
}

func allEmpty(f *reports.Funnel) bool {
	for _, r := range f.Rows {
		if r.Count > 0 {
			return false
		}
	}
	return true
}

// figures writes the sum of a row, and below it what the mode adds: the
// weighted sum now, the conversion over a period.
func (c *canvas) figures(p *locale.Printer, r reports.FunnelRow, x, y, row int) {
	second := ""
	switch {
	case r.ToNext >= 0:
		second = "› " + p.Percent(model.Percent((r.ToNext+50)/100*100))
	case r.Weighted > 0:
		second = "~ " + p.Whole(r.Weighted)
	}
	if second == "" || row < c.px(34) {
		c.text(p.Whole(r.Amount), x, y, 13, true, c.p.Text, right, 0)
		return
	}
	c.text(p.Whole(r.Amount), x, y-c.px(8), 13, true, c.p.Text, right, 0)
	c.text(second, x, y+c.px(9), 11, false, c.p.Muted, right, 0)
}

// rowColour is the colour that the stage has, else one that deepens downwards.
func rowColour(r reports.FunnelRow, p Palette, n int) drawing.Color {
	switch r.Kind {
	case deal.Won:
		return p.Good
	case deal.Lost:
		return p.Bad
	case deal.Hold:
		return p.Hold
	}
	if hex := strings.TrimPrefix(r.Colour, "#"); len(hex) == 6 {
		return drawing.ColorFromHex(hex)
	}
	c := p.Accent
	c.A = uint8(min(255, 130+25*n))
	return c
}
