package chart

import (
	"cmp"
	"slices"

	"github.com/wcharczuk/go-chart/v2/drawing"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/proposal"
	"ugoda/reports"
)

// Limits of what is drawn: the rest is added up in one.
const (
	maxBars  = 16
	maxParts = 6
)

// bar is one bar of a picture: a value of the first dimension of a report, in
// parts by the second.
type bar struct {
	name   string
	row    int  // of the report, its first
	rest   bool // several values together
	length int64
	was    int64 // in the period that it is compared with
	side   int64 // what stands at the right
	parts  []piece
}

// piece is a part of a bar.
type piece struct {
	key    int64 // of the second dimension
	name   string
	row    int // of the report
	length int64
	side   int64
	ink    *drawing.Color // nil: one of the series
}

// barChart is a picture of bars.
type barChart struct {
	bars      []bar // in their order
	head      string
	sideHead  string
	say, also func(int64) string // a length, and what stands at the right
	ink       drawing.Color      // of a bar without parts
	was       string             // the period that it is compared with; empty: none
	whole     int64              // what the lengths are shares of; 0: of nothing
}

// draw draws the bars in parts, and marks what was.
func (x *barChart) draw(c *canvas, p *locale.Printer, w, h int) (*Picture, error) {
	if len(x.bars) == 0 {
		c.empty(p.T("report.empty"))
		return c.picture()
	}
	parts, rank := x.ranked()
	top, bottom := c.px(captionRow), 0
	if len(parts) > 0 || x.was != "" {
		bottom = c.px(legendRow)
	}
	margin := c.px(12)
	bars := x.gathered(p, min(maxBars, max(4, (h-top-bottom-margin)/c.px(14))))
	var most int64 = 1
	for _, b := range bars {
		if !b.rest { // which would dwarf each single one
			most = max(most, b.length, b.was)
		}
	}
	names := w * 30 / 100
	sums := c.width("0 000 000 000", 12, false) + margin
	lengths := c.px(24)
	for _, b := range bars {
		lengths = max(lengths, c.width(x.say(b.length), 12, true))
	}
	c.text(x.sideHead, w-margin, top/2, 11, false, c.p.Muted, right, 0)
	c.text(x.head, margin+names, top/2, 11, false, c.p.Muted, left, 0)
	row := min(c.px(52), max(c.px(14), (h-top-bottom-margin)/len(bars)))
	longest := w - 2*margin - names - sums - lengths - c.px(24)
	for n, b := range bars {
		y := top + n*row
		mid, high := y+row/2, row*62/100
		c.text(b.name, margin+names-c.px(8), mid, 12, false, c.p.Text, right, names-c.px(8))
		length := int(float64(longest) * float64(max(b.length, 0)) / float64(most))
		if b.length > 0 {
			length = max(length, 2)
		}
		at := margin + names
		switch {
		case b.rest: // no bar: it is many values
			length = 0
		case len(parts) == 0:
			c.box(at, mid-high/2, length, high, x.ink)
		default:
			x.pieces(c, b, parts, rank, at, mid-high/2, length, high)
		}
		if x.was != "" && !b.rest {
			then := at + int(float64(longest)*float64(max(b.was, 0))/float64(most))
			c.box(then-c.px(1), y+c.px(1), c.px(2), row-c.px(2), c.p.Text)
		}
		c.text(x.say(b.length), at+length+c.px(6), mid, 12, true, c.p.Text, left, 0)
		c.text(x.also(b.side), w-margin, mid, 12, false, c.p.Muted, right, 0)
		if !b.rest {
			tip := x.tip(b.name, b.length, b.side)
			if x.whole > 0 {
				tip[1] += " (" + share(p, b.length, x.whole) + ")"
			}
			if x.was != "" {
				tip = append(tip, p.T("report.count_was")+": "+x.say(b.was))
			}
			c.regions = append(c.regions, Region{Row: b.row, X: 0, Y: y, W: w, H: row, Tip: tip})
		}
	}
	var keys []key
	for i, k := range parts {
		keys = append(keys, key{name: k.name, colour: k.colour(c, i)})
	}
	if len(rank) > len(parts) {
		keys = append(keys, key{name: p.T("report.others"), colour: c.p.Series[len(c.p.Series)-1]})
	}
	if x.was != "" {
		keys = append(keys, key{name: "| " + x.was, colour: c.p.Background})
	}
	if len(keys) > 0 {
		c.legend(margin, min(top+len(bars)*row+c.px(legendRow), h-c.px(legendRow)/2), keys...)
	}
	return c.picture()
}

func (x *barChart) tip(name string, length, side int64) []string {
	return []string{name, x.head + ": " + x.say(length), x.sideHead + ": " + x.also(side)}
}

// share writes a part of a whole in whole percents.
func share(p *locale.Printer, part, whole int64) string {
	percent, err := model.MulDiv(part, 100, whole)
	if err != nil {
		return ""
	}
	return p.Percent(model.Percent(percent * 100))
}

// gathered are as many bars as there is room for, the last of them all the
// others.
func (x *barChart) gathered(p *locale.Printer, room int) []bar {
	if len(x.bars) <= room {
		return x.bars
	}
	last := bar{name: p.T("report.others"), rest: true}
	for _, b := range x.bars[room-1:] {
		last.length, last.was, last.side = last.length+b.length, last.was+b.was, last.side+b.side
		last.parts = append(last.parts, b.parts...)
	}
	return append(slices.Clone(x.bars[:room-1]), last)
}

// ranked are the largest values of the second dimension, and the place of each
// of them all.
func (x *barChart) ranked() (shown []piece, rank map[int64]int) {
	whole := map[int64]*piece{}
	for _, b := range x.bars {
		for _, q := range b.parts {
			if whole[q.key] == nil {
				whole[q.key] = &piece{key: q.key, name: q.name, ink: q.ink}
			}
			whole[q.key].length += q.length
		}
	}
	for _, q := range whole {
		shown = append(shown, *q)
	}
	slices.SortFunc(shown, func(a, b piece) int { return cmp.Or(cmp.Compare(b.length, a.length), cmp.Compare(a.key, b.key)) })
	rank = map[int64]int{}
	for i, q := range shown {
		rank[q.key] = i
	}
	room := maxParts
	if !slices.ContainsFunc(shown, func(q piece) bool { return q.ink == nil }) {
		room = len(shown) // none takes a colour of the series
	}
	return shown[:min(len(shown), room)], rank
}

// colour is that of a part by its place among them.
func (q *piece) colour(c *canvas, place int) drawing.Color {
	if q.ink != nil {
		return *q.ink
	}
	return c.p.Series[place]
}

// pieces draws a bar in its parts.
func (x *barChart) pieces(c *canvas, b bar, parts []piece, rank map[int64]int, left, y, length, high int) {
	sums := make([]int64, len(parts)+1)
	var whole, before int64
	for _, q := range b.parts {
		sums[min(rank[q.key], len(parts))] += max(q.length, 0)
		whole += max(q.length, 0)
	}
	for i, n := range sums {
		if n == 0 {
			continue
		}
		place := func(v int64) int { return left + int(float64(length)*float64(v)/float64(whole)) }
		from, to := place(before), place(before+n)
		before += n
		if i == len(parts) {
			c.box(from, y, max(to-from, 1), high, c.p.Series[len(c.p.Series)-1])
			continue
		}
		c.box(from, y, max(to-from, 1), high, parts[i].colour(c, i))
		for _, q := range b.parts {
			if q.key == parts[i].key {
				c.regions = append(c.regions, Region{Row: q.row, X: from, Y: y, W: to - from, H: high, Within: true, Tip: x.tip(b.name+" · "+q.name, q.length, q.side)})
			}
		}
	}
}

// Losses draws the values of the first dimension as bars of as many losses, the
// most frequent first, in parts by the second dimension where there is one.
func Losses(l *reports.Losses, p *locale.Printer, format Format, w, h int, scale float64, colours Palette) (*Picture, error) {
	c, err := newCanvas(format, w, h, scale, colours)
	if err != nil {
		return nil, err
	}
	x := barChart{head: p.T("report.count"), sideHead: p.T("report.amount"), say: p.Int, also: p.Whole, ink: c.p.Bad, whole: l.Total.Count}
	if l.Settings.Compare != "" {
		x.was = reports.SpanText(p, l.Was)
	}
	for row, r := range l.Lines() {
		name := func(i int) string { return reports.KeyName(l.Settings.By[i], r.Keys[i], p) }
		if len(r.Keys) == 1 {
			x.bars = append(x.bars, bar{name: name(0), row: row, length: r.Count, was: r.WasCount, side: r.Amount})
			continue
		}
		b := &x.bars[len(x.bars)-1]
		b.parts = append(b.parts, piece{key: r.Keys[1].ID, name: name(1), row: row, length: r.Count, side: r.Amount})
	}
	return x.draw(c, p, w, h)
}

// Proposals draws the values of the first dimension as bars of their amount, in
// parts by the second dimension where there is one.
func Proposals(r *reports.Proposals, p *locale.Printer, format Format, w, h int, scale float64, colours Palette) (*Picture, error) {
	c, err := newCanvas(format, w, h, scale, colours)
	if err != nil {
		return nil, err
	}
	x := barChart{head: p.T("report.amount"), sideHead: p.T("report.count"), say: p.Whole, also: p.Int, ink: c.p.Accent, whole: r.Total.Now.Amount}
	if r.Settings.Compare != "" {
		x.was = reports.SpanText(p, r.Was)
	}
	inks := map[string]drawing.Color{ // what is good is green, as everywhere
		proposal.Accepted: c.p.Good, proposal.Declined: c.p.Bad, proposal.Expired: c.p.Late, proposal.Sent: c.p.Accent,
		proposal.Cancelled: mix(c.p.Hold, c.p.Text, 40), proposal.Draft: c.p.Hold, proposal.Awaiting: c.p.Series[3], proposal.Approved: c.p.Series[5],
	}
	for row, line := range r.Lines() {
		if len(line.Keys) == 1 {
			x.bars = append(x.bars, bar{name: r.KeyName(0, line.Keys[0], p), row: row, length: line.Now.Amount, was: line.Then.Amount, side: line.Now.Count})
			continue
		}
		b := &x.bars[len(x.bars)-1]
		q := piece{key: line.Keys[1].ID, name: r.KeyName(1, line.Keys[1], p), row: row, length: line.Now.Amount, side: line.Now.Count}
		if ink, ok := inks[line.Keys[1].Code]; ok && r.Settings.By[1] == "status" {
			q.ink = &ink
		}
		b.parts = append(b.parts, q)
	}
	return x.draw(c, p, w, h)
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
	case *reports.Proposals:
		return Proposals(r, p, format, w, h, scale, colours)
	case *reports.Start:
		return Start(r, p, format, w, h, scale, colours)
	}
	c, err := newCanvas(format, w, h, scale, colours)
	if err != nil {
		return nil, err
	}
	return c.picture()
}
