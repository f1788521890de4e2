package chart

import (
	"ugoda/locale"
	"ugoda/reports"
)

// maxBars is how many bars are drawn; the rest are added up in one.
const maxBars = 14

// Losses draws the reasons as bars, the most frequent first.
func Losses(l *reports.Losses, p *locale.Printer, format Format, w, h int, scale float64, colours Palette) (*Picture, error) {
	c, err := newCanvas(format, w, h, scale, colours)
	if err != nil {
		return nil, err
	}
	if len(l.Rows) == 0 {
		c.empty(p.T("report.empty"))
		return c.picture()
	}
	type bar struct {
		name   string
		count  int64
		amount int64
	}
	var bars []bar
	for i, r := range l.Rows {
		name := ""
		for j, k := range r.Keys {
			if j > 0 {
				name += " · "
			}
			if k.ID == 0 {
				name += p.T("report.none")
			} else {
				name += k.Name
			}
		}
		if i >= maxBars {
			last := &bars[len(bars)-1]
			last.name, last.count, last.amount = p.T("report.others"), last.count+r.Count, last.amount+r.Amount
			continue
		}
		bars = append(bars, bar{name, r.Count, r.Amount})
	}
	var most int64 = 1
	for _, b := range bars {
		most = max(most, b.count)
	}
	margin := c.px(12)
	names := w * 32 / 100
	sums := c.width("000 000 000", 12, false) + margin
	row := min(c.px(34), max(c.px(16), (h-2*margin)/len(bars)))
	for i, b := range bars {
		y := margin + i*row
		mid := y + row/2
		c.text(b.name, margin+names-c.px(8), mid, 12, false, c.p.Text, right, names-c.px(8))
		length := int(int64(w-2*margin-names-sums-c.px(40)) * b.count / most)
		c.box(margin+names, y+row/5, max(length, 2), row*3/5, c.p.Bad)
		c.text(p.Int(b.count), margin+names+length+c.px(6), mid, 12, true, c.p.Text, left, 0)
		c.text(p.Whole(b.amount), w-margin, mid, 12, false, c.p.Muted, right, 0)
		if i < len(l.Rows) && (len(l.Rows) <= maxBars || i < maxBars-1) {
			c.regions = append(c.regions, Region{i, 0, y, w, row})
		}
	}
	return c.picture()
}

// Inquiries draws the weeks as columns, with what is usual as a mark over each.
func Inquiries(r *reports.Inquiries, p *locale.Printer, format Format, w, h int, scale float64, colours Palette) (*Picture, error) {
	c, err := newCanvas(format, w, h, scale, colours)
	if err != nil {
		return nil, err
	}
	var most int64
	for _, k := range r.Weeks {
		most = max(most, k.Count, k.Usual)
	}
	if most == 0 {
		c.empty(p.T("report.empty"))
		return c.picture()
	}
	margin := c.px(12)
	base := h - margin - c.px(18)
	height := base - margin - c.px(16)
	step := (w - 2*margin) / len(r.Weeks)
	wide := max(2, min(step*7/10, c.px(48)))
	every := max(1, (c.width("00.00", 11, false)+c.px(8))/max(step, 1)+1)
	c.line(margin, base, w-margin, base, c.p.Grid)
	for i, k := range r.Weeks {
		x := margin + i*step + (step-wide)/2
		tall := int(int64(height) * k.Count / most)
		colour := c.p.Accent
		if k.Percent >= 0 && k.Percent < 8000 { // a fifth below the usual
			colour = c.p.Late
		}
		c.box(x, base-tall, wide, tall, colour)
		if k.Usual >= 0 {
			y := base - int(int64(height)*k.Usual/most)
			c.box(x-c.px(2), y-c.px(1), wide+c.px(4), max(2, c.px(2)), c.p.Text)
		}
		if step > c.width("0000", 11, true) {
			c.text(p.Int(k.Count), x+wide/2, base-tall-c.px(9), 11, true, c.p.Text, centre, 0)
		}
		if i%every == 0 {
			c.text(p.DayAndMonth(k.Monday), x+wide/2, base+c.px(12), 11, false, c.p.Muted, centre, 0)
		}
		c.regions = append(c.regions, Region{i, margin + i*step, margin, step, base - margin})
	}
	return c.picture()
}
