package chart

import (
	"ugoda/locale"
	"ugoda/model"
	"ugoda/reports"
)

// Inquiries draws the weeks as columns, with what is usual as a mark over each,
// in parts where they are split.
func Inquiries(r *reports.Inquiries, p *locale.Printer, format Format, w, h int, scale float64, colours Palette) (*Picture, error) {
	c, err := newCanvas(format, w, h, scale, colours)
	if err != nil {
		return nil, err
	}
	var most int64
	var usual, low, was bool
	for _, k := range r.Weeks {
		most = max(most, k.Count, k.Usual, k.Was)
		usual, low, was = usual || k.Usual >= 0, low || k.Low(), was || k.Was >= 0
	}
	if most == 0 {
		c.empty(p.T("report.empty"))
		return c.picture()
	}
	margin, foot := c.px(12), c.px(legendRow)
	base := h - foot - c.px(18)
	height := base - margin - c.px(18)
	step := max(1, (w-2*margin)/len(r.Weeks))
	wide := max(2, min(step*7/10, c.px(56)))
	every := max(1, (c.width("00.00", 11, false)+c.px(8))/step+1)
	c.line(margin, base, w-margin, base, c.p.Grid)
	for i, k := range r.Weeks {
		x := margin + i*step + (step-wide)/2
		tall := int(int64(height) * k.Count / most)
		colour := c.p.Accent
		if k.Low() {
			colour = c.p.Late
		}
		if len(r.Keys) == 0 {
			c.box(x, base-tall, wide, tall, colour)
		} else {
			c.stack(r, p, k, i, x, base, wide, tall)
		}
		if k.Was >= 0 {
			y := base - int(int64(height)*k.Was/most)
			c.frame(x-c.px(2), y, wide+c.px(4), base-y, c.p.Muted)
		}
		top := base - tall
		if k.Usual >= 0 {
			y := base - int(int64(height)*k.Usual/most)
			c.box(x-c.px(3), y-c.px(1), wide+c.px(6), max(2, c.px(2)), c.p.Text)
			if y < top && top-y < c.px(18) { // the number stands clear of the mark
				top = y
			}
		}
		if step > c.width("0000", 11, true) {
			c.text(p.Int(k.Count), x+wide/2, top-c.px(9), 11, true, c.p.Text, centre, 0)
		}
		if i%every == 0 {
			c.text(p.DayAndMonth(k.Monday), x+wide/2, base+c.px(10), 11, false, c.p.Muted, centre, 0)
		}
		c.regions = append(c.regions, Region{Row: i, X: margin + i*step, Y: margin, W: step, H: base - margin, Tip: weekTip(k, p)})
	}
	var keys []key
	for i, k := range r.Keys[:min(len(r.Keys), maxParts)] {
		keys = append(keys, key{name: r.KeyName(k, p), colour: c.p.Series[i]})
	}
	if len(r.Keys) > maxParts {
		keys = append(keys, key{name: p.T("report.others"), colour: c.p.Series[len(c.p.Series)-1]})
	}
	if usual {
		keys = append(keys, key{name: p.T("report.inquiries.usual_long"), colour: c.p.Text})
	}
	if low && len(r.Keys) == 0 {
		keys = append(keys, key{name: p.T("report.inquiries.low"), colour: c.p.Late})
	}
	if was {
		keys = append(keys, key{name: p.T("report.count_was"), colour: c.p.Muted, hollow: true})
	}
	c.legend(margin, h-foot/2, keys...)
	return c.picture()
}

func weekTip(k reports.InquiryWeek, p *locale.Printer) []string {
	tip := []string{p.Day(k.Monday) + " – " + p.Day(k.Last), p.T("report.count") + ": " + p.Int(k.Count)}
	if k.Usual >= 0 {
		tip = append(tip, p.T("report.inquiries.usual")+": "+p.Int(k.Usual))
	}
	if k.Percent >= 0 {
		tip = append(tip, p.T("report.inquiries.percent")+": "+p.Percent(model.Percent((k.Percent+50)/100*100)))
	}
	if k.Was >= 0 {
		tip = append(tip, p.T("report.count_was")+": "+p.Int(k.Was))
	}
	return tip
}

// stack draws a column in its parts, the most frequent at the bottom.
func (c *canvas) stack(r *reports.Inquiries, p *locale.Printer, k reports.InquiryWeek, week, x, base, wide, tall int) {
	var before int64
	for i, part := range k.Split {
		if part.Count == 0 {
			continue
		}
		colour := c.p.Series[len(c.p.Series)-1]
		if i < maxParts {
			colour = c.p.Series[i]
		}
		low, high := base-int(int64(tall)*before/k.Count), base-int(int64(tall)*(before+part.Count)/k.Count)
		before += part.Count
		c.box(x, high, wide, max(low-high, 1), colour)
		tip := weekTip(part, p)
		tip[0] = r.KeyName(part.Key, p) + " · " + tip[0]
		c.regions = append(c.regions, Region{Row: week, Part: part.Key.String(), X: x, Y: high, W: wide, H: low - high, Tip: tip, Within: true})
	}
}
