package chart

import (
	"ugoda/locale"
	"ugoda/model"
	"ugoda/reports"
)

// Limits of what is drawn: the rest is added up in one.
const (
	maxBars  = 16
	maxParts = 6
)

// lossBar is one bar of losses: a value of the first dimension, with parts by
// the second.
type lossBar struct {
	name       string
	row        int // of the report, its first
	key        int64
	rest       bool // several values together
	count, was int64
	amount     int64
	parts      map[int64]int64 // by key of the second dimension
}

// Losses draws the values of the first dimension as bars, the most frequent
// first, in parts by the second dimension where there is one.
func Losses(l *reports.Losses, p *locale.Printer, format Format, w, h int, scale float64, colours Palette) (*Picture, error) {
	c, err := newCanvas(format, w, h, scale, colours)
	if err != nil {
		return nil, err
	}
	if len(l.Rows) == 0 {
		c.empty(p.T("report.empty"))
		return c.picture()
	}
	bars := lossBars(l, p)
	parts, rank := lossParts(l)
	if len(bars) > maxBars {
		last := bars[maxBars-1]
		for _, b := range bars[maxBars:] {
			last.count, last.was, last.amount = last.count+b.count, last.was+b.was, last.amount+b.amount
			for k, n := range b.parts {
				last.parts[k] += n
			}
		}
		last.name, last.rest = p.T("report.others"), true
		bars = append(bars[:maxBars-1], last)
	}
	var most int64 = 1
	for _, b := range bars {
		most = max(most, b.count, b.was)
	}
	margin := c.px(12)
	names := w * 30 / 100
	sums := c.width("0 000 000 000", 12, false) + margin
	top, bottom := c.px(captionRow), 0
	if len(parts) > 0 || l.Settings.Compare != "" {
		bottom = c.px(legendRow)
	}
	c.text(p.T("report.amount"), w-margin, top/2, 11, false, c.p.Muted, right, 0)
	c.text(p.T("report.count"), margin+names, top/2, 11, false, c.p.Muted, left, 0)
	row := min(c.px(52), max(c.px(15), (h-top-bottom-margin)/len(bars)))
	longest := w - 2*margin - names - sums - c.px(48)
	for n, b := range bars {
		y := top + n*row
		mid, high := y+row/2, row*62/100
		c.text(b.name, margin+names-c.px(8), mid, 12, false, c.p.Text, right, names-c.px(8))
		length := max(int(int64(longest)*b.count/most), min(int(b.count), 2))
		x := margin + names
		if len(parts) == 0 {
			c.box(x, mid-high/2, length, high, c.p.Bad)
		} else {
			c.pieces(l, p, b, parts, rank, x, mid-high/2, length, high)
		}
		if b.was > 0 || l.Settings.Compare != "" {
			at := x + int(int64(longest)*b.was/most)
			c.box(at-c.px(1), y+c.px(1), c.px(2), row-c.px(2), c.p.Text)
		}
		c.text(p.Int(b.count), x+length+c.px(6), mid, 12, true, c.p.Text, left, 0)
		c.text(p.Whole(b.amount), w-margin, mid, 12, false, c.p.Muted, right, 0)
		if !b.rest {
			tip := []string{b.name, p.T("report.count") + ": " + p.Int(b.count), p.T("report.amount") + ": " + p.Whole(b.amount)}
			if l.Total.Count > 0 {
				tip[1] += " (" + share(p, b.count, l.Total.Count) + ")"
			}
			if l.Settings.Compare != "" {
				tip = append(tip, p.T("report.count_was")+": "+p.Int(b.was))
			}
			c.regions = append(c.regions, Region{Row: b.row, X: 0, Y: y, W: w, H: row, Tip: tip})
		}
	}
	var keys []key
	for i, k := range parts {
		keys = append(keys, key{name: reports.KeyName(l.Settings.By[1], k, p), colour: c.p.Series[i]})
	}
	if len(rank) > len(parts) {
		keys = append(keys, key{name: p.T("report.others"), colour: c.p.Series[len(c.p.Series)-1]})
	}
	if l.Settings.Compare != "" {
		keys = append(keys, key{name: "| " + reports.SpanText(p, l.Was), colour: c.p.Background, hollow: false})
	}
	if len(keys) > 0 {
		c.legend(margin, min(top+len(bars)*row+c.px(legendRow), h-c.px(legendRow)/2), keys...)
	}
	return c.picture()
}

// share writes a part of a whole in whole percents.
func share(p *locale.Printer, part, whole int64) string {
	return p.Percent(model.Percent((part*100 + whole/2) / whole * 100))
}

func lossBars(l *reports.Losses, p *locale.Printer) []lossBar {
	var bars []lossBar
	rest := l.Rows
	line := 0
	for _, h := range l.Heads() {
		b := lossBar{name: reports.KeyName(l.Settings.By[0], h.Keys[0], p), row: line, key: h.Keys[0].ID, count: h.Count, was: h.WasCount, amount: h.Amount, parts: map[int64]int64{}}
		line++
		for len(l.Settings.By) > 1 && len(rest) > 0 && rest[0].Keys[0].ID == b.key {
			b.parts[rest[0].Keys[1].ID] += rest[0].Count
			rest = rest[1:]
			line++
		}
		bars = append(bars, b)
	}
	return bars
}

// lossParts are the most frequent values of the second dimension, and the place
// of each of them all.
func lossParts(l *reports.Losses) (shown []model.Ref, rank map[int64]int) {
	rank = map[int64]int{}
	if len(l.Settings.By) < 2 {
		return nil, rank
	}
	counts, refs := map[int64]int64{}, map[int64]model.Ref{}
	for _, r := range l.Rows {
		counts[r.Keys[1].ID] += r.Count
		refs[r.Keys[1].ID] = r.Keys[1]
	}
	for len(rank) < len(counts) {
		best := int64(-1)
		for k, n := range counts {
			if _, placed := rank[k]; !placed && (best < 0 || n > counts[best] || n == counts[best] && k < best) {
				best = k
			}
		}
		if len(rank) < maxParts {
			shown = append(shown, refs[best])
		}
		rank[best] = len(rank)
	}
	return shown, rank
}

// pieces draws a bar in its parts.
func (c *canvas) pieces(l *reports.Losses, p *locale.Printer, b lossBar, parts []model.Ref, rank map[int64]int, x, y, length, high int) {
	counts := make([]int64, len(parts)+1)
	var whole, before int64
	for k, n := range b.parts {
		counts[min(rank[k], len(parts))] += n
		whole += n
	}
	lines := l.Lines()
	for i, n := range counts {
		if n == 0 {
			continue
		}
		from, to := x+int(int64(length)*before/whole), x+int(int64(length)*(before+n)/whole)
		before += n
		if i == len(parts) {
			c.box(from, y, max(to-from, 1), high, c.p.Series[len(c.p.Series)-1])
			continue
		}
		c.box(from, y, max(to-from, 1), high, c.p.Series[i])
		for j := b.row + 1; !b.rest && j < len(lines) && lines[j].Keys[0].ID == b.key; j++ {
			if r := lines[j]; r.Keys[1].ID == parts[i].ID {
				c.regions = append(c.regions, Region{
					Row: j, X: from, Y: y, W: to - from, H: high, Within: true,
					Tip: []string{l.Name(r, p), p.T("report.count") + ": " + p.Int(r.Count), p.T("report.amount") + ": " + p.Whole(r.Amount)},
				})
			}
		}
	}
}

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

// Draw draws any report.
func Draw(r reports.Report, p *locale.Printer, format Format, w, h int, scale float64, colours Palette) (*Picture, error) {
	switch r := r.(type) {
	case *reports.Funnel:
		return Funnel(r, p, format, w, h, scale, colours)
	case *reports.Losses:
		return Losses(r, p, format, w, h, scale, colours)
	case *reports.Inquiries:
		return Inquiries(r, p, format, w, h, scale, colours)
	case *reports.Start:
		return Start(r, p, format, w, h, scale, colours)
	}
	c, err := newCanvas(format, w, h, scale, colours)
	if err != nil {
		return nil, err
	}
	return c.picture()
}
