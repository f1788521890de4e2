package chart

import (
	"strings"

	"github.com/wcharczuk/go-chart/v2/drawing"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/reports"
)

// Measures of a funnel, in units of layout.
const (
	narrow     = 620 // a picture less wide than this has one column of sums
	captionRow = 18
	footRow    = 19
	legendRow  = 20
	mostRow    = 92
)

// funnel is a funnel being drawn.
type funnel struct {
	*canvas
	f      *reports.Funnel
	say    *locale.Printer
	bars   []int // rows that are drawn as bars
	others []int // rows below them
	names  int   // width of the column of names
	sums   []int // right ends of the columns of sums
	middle int   // of the bars
	widest int   // bar
	most   int64 // deals in it
}

// Funnel draws the rows that lead to winning as bars about one middle, as wide
// as their deals are many, with shades from each to the next; late deals stand
// at the left of their bar. What does not lead there, and in a funnel of a day
// what has ended, stands below as a line each. w and h are pixels; scale is
// pixels for one unit (1 on an ordinary screen, 2 on a fine one).
func Funnel(f *reports.Funnel, p *locale.Printer, format Format, w, h int, scale float64, colours Palette) (*Picture, error) {
	c, err := newCanvas(format, w, h, scale, colours)
	if err != nil {
		return nil, err
	}
	d := &funnel{canvas: c, f: f, say: p}
	for i, r := range f.Rows {
		if r.Kind == deal.Open || r.Kind == deal.Won && f.Settings.Mode != reports.Now {
			d.bars = append(d.bars, i)
			d.most = max(d.most, r.Count)
		} else {
			d.others = append(d.others, i)
		}
		if f.Was != nil && len(d.bars) > 0 && d.bars[len(d.bars)-1] == i {
			d.most = max(d.most, f.Was.Rows[i].Count)
		}
	}
	if len(d.bars) == 0 || allEmpty(f) {
		c.empty(p.T("report.empty"))
		return c.picture()
	}
	d.columns()
	d.draw()
	return c.picture()
}

func allEmpty(f *reports.Funnel) bool {
	for _, r := range f.Rows {
		if r.Count > 0 {
			return false
		}
	}
	return f.Was == nil || allEmpty(f.Was)
}

// columns shares the width: names, bars, sums.
func (d *funnel) columns() {
	margin := d.px(12)
	for _, r := range d.f.Rows {
		d.names = max(d.names, d.width(r.Name, 13, false))
	}
	var sum int64
	for _, r := range d.f.Rows {
		sum += r.Amount
	}
	figures := d.width(d.say.Whole(sum), 13, true)
	fixed := d.px(captionRow) + 2*d.px(footRow) + d.px(legendRow) + d.px(10)
	if high := (d.h - fixed) / len(d.bars); !d.wide() && high >= d.px(34) { // rows of two lines
		for _, r := range d.f.Rows {
			figures = max(figures, d.width(d.say.T("report.weighted_short", "sum", d.say.Whole(r.Weighted)), 11, false))
			d.names = max(d.names, d.width(d.second(&r), 11, false))
		}
	}
	figures = min(figures, d.w*38/100)
	most := d.w * 34 / 100 // in a narrow picture names go before long bars
	if d.wide() {
		most = d.w * 26 / 100
	}
	d.names = min(d.names, most)
	end := d.w - margin
	d.sums = []int{end}
	if d.wide() {
		d.sums = []int{end - figures - d.px(10), end}
	}
	from := margin + d.names + margin
	to := d.sums[0] - figures - d.px(4)
	d.middle, d.widest = (from+to)/2, max(to-from, d.px(40))
}

// wide reports that there is room for two columns of sums, and for what stands
// below the bars in one line.
func (d *funnel) wide() bool { return float64(d.w)/d.scale >= narrow }

// at is the width of a bar of n deals.
func (d *funnel) at(n int64) int {
	if n == 0 || d.most == 0 {
		return d.px(2)
	}
	return max(d.px(4), int(int64(d.widest)*n/d.most))
}

func (d *funnel) draw() {
	legend := d.keys()
	space := func(below int) int {
		fixed := d.px(captionRow) + d.px(footRow)*(below+1) + d.px(10)
		if len(legend) > 0 {
			fixed += d.px(legendRow)
		}
		return (d.h - fixed) / len(d.bars)
	}
	inLine := d.wide() || space(len(d.others)) < d.px(26) // below the bars all in one line
	below := len(d.others)
	if inLine {
		below = min(below, 1)
	}
	row := min(max(space(below), d.px(14)), d.px(mostRow))
	bar := row * 62 / 100
	if row < d.px(26) { // no room for what stands between
		bar = row - d.px(3)
	}
	margin := d.px(12)
	y := d.px(captionRow)
	d.captions(y / 2)
	for n, i := range d.bars {
		r := &d.f.Rows[i]
		if n+1 < len(d.bars) {
			d.shade(r, &d.f.Rows[d.bars[n+1]], y+bar, y+row)
		}
		d.bar(i, y, bar)
		d.row(i, y, bar, row)
		y += row
	}
	y += d.px(4)
	d.line(margin, y, d.w-margin, y, d.p.Grid)
	y += d.px(2)
	d.total(y + d.px(footRow)/2)
	y += d.px(footRow)
	if inLine {
		d.beside(y, d.px(footRow))
		y += d.px(footRow)
	} else {
		for _, i := range d.others {
			d.other(i, y, d.px(footRow))
			y += d.px(footRow)
		}
	}
	if len(legend) > 0 && y+d.px(legendRow)*3/4 <= d.h { // colours tell without words, words over words do not
		d.legend(margin, min(y+d.px(legendRow)*2/3, d.h-d.px(legendRow)/2), legend...)
	}
}

// captions name the columns of sums.
func (d *funnel) captions(y int) {
	d.text(d.say.T("report.amount"), d.sums[0], y, 11, false, d.p.Muted, right, 0)
	if len(d.sums) > 1 {
		d.text(d.say.T("report.weighted"), d.sums[1], y, 11, false, d.p.Muted, right, 0)
	}
	d.text(d.countWord(), d.middle, y, 11, false, d.p.Muted, centre, 0)
}

// countWord says what is counted.
func (d *funnel) countWord() string {
	if d.f.Settings.Mode == reports.Flow {
		return d.say.T("report.funnel.entries")
	}
	return d.say.T("report.funnel.deals")
}

// keys are the entries of the legend: what is really drawn.
func (d *funnel) keys() []key {
	var out []key
	var late, stuck bool
	for _, i := range d.bars {
		late = late || d.f.Rows[i].Late > d.f.Rows[i].Stuck
		stuck = stuck || d.f.Rows[i].Stuck > 0
	}
	if stuck {
		out = append(out, key{name: d.say.T("report.funnel.stuck"), colour: d.p.Bad})
	}
	if late {
		out = append(out, key{name: d.say.T("report.funnel.late." + string(d.f.Settings.Mode)), colour: d.p.Late})
	}
	if d.f.Was != nil {
		out = append(out, key{name: reports.SpanText(d.say, d.f.Was.Settings.Days()), colour: d.p.Text, hollow: true})
	}
	return out
}

// shade joins a bar with the next, so that the eye runs down the funnel, and
// says how many went on.
func (d *funnel) shade(r, next *reports.FunnelRow, top, bottom int) {
	if bottom-top < d.px(5) {
		return
	}
	a, b := d.at(r.Count), d.at(next.Count)
	fill := mix(d.p.Background, d.p.Accent, 16)
	d.polygon(fill, [2]int{d.middle - a/2, top}, [2]int{d.middle + a/2, top}, [2]int{d.middle + b/2, bottom}, [2]int{d.middle - b/2, bottom})
	if r.ToNext >= 0 && bottom-top >= d.px(11) {
		mid := (top + bottom) / 2
		wide := d.text(d.percent(r.ToNext), d.middle, mid, 10.5, false, d.p.Muted, centre, 0)
		x, s := d.middle-wide/2-d.px(10), d.px(3.5)
		d.polygon(d.p.Muted, [2]int{x - s, mid - s/2}, [2]int{x + s, mid - s/2}, [2]int{x, mid + s})
	}
}

// percent is written without what nobody reads.
func (d *funnel) percent(v int64) string { return d.say.Percent(model.Percent((v + 50) / 100 * 100)) }

// bar draws the deals of a row, those that are late at its left.
func (d *funnel) bar(i, y, bar int) {
	r := &d.f.Rows[i]
	wide := d.at(r.Count)
	x := d.middle - wide/2
	fill := rowColour(*r, d.p)
	d.box(x, y, wide, bar, fill)
	if r.Count > 0 && r.Kind == deal.Open {
		at := x
		for _, part := range []struct {
			name   reports.Part
			n      int64
			colour drawing.Color
		}{{reports.Stuck, r.Stuck, d.p.Bad}, {reports.Late, r.Late - r.Stuck, d.p.Late}} {
			if part.n <= 0 {
				continue
			}
			long := min(max(d.px(3), int(int64(wide)*part.n/r.Count)), x+wide-at)
			d.box(at, y, long, bar, part.colour)
			at += long
		}
		if at > x {
			d.regions = append(d.regions, Region{Row: i, Part: string(reports.Late), X: x, Y: y, W: at - x, H: bar, Tip: d.lateTip(r), Within: true})
		}
	}
	if d.f.Was != nil {
		was := d.at(d.f.Was.Rows[i].Count)
		d.frame(d.middle-was/2, y-d.px(1), was, bar+d.px(2), d.p.Text)
	}
	count := d.say.Int(r.Count)
	size := 14.0
	if bar < d.px(20) {
		size = 12
	}
	mid := y + bar/2
	if room := d.width(count, size, true) + d.px(10); room < wide-2*lateWidth(r, wide) || room < wide && r.Late == 0 {
		d.text(count, d.middle, mid, size, true, on(fill), centre, 0)
	} else {
		d.text(count, d.middle+max(wide, d.wasWidth(i))/2+d.px(6), mid, size, true, d.p.Text, left, 0)
	}
}

func (d *funnel) wasWidth(i int) int {
	if d.f.Was == nil {
		return 0
	}
	return d.at(d.f.Was.Rows[i].Count)
}

// lateWidth is how much of a bar its late deals take.
func lateWidth(r *reports.FunnelRow, wide int) int {
	if r.Count == 0 {
		return 0
	}
	return min(int(int64(wide)*r.Late/r.Count), wide)
}

// row writes the name and the sums of a row, and makes it open.
func (d *funnel) row(i, y, bar, row int) {
	r := &d.f.Rows[i]
	margin, mid := d.px(12), y+bar/2
	second := d.second(r)
	if row >= d.px(34) && second != "" {
		d.text(r.Name, margin, mid-d.px(7), 13, false, d.p.Text, left, d.names)
		d.text(second, margin, mid+d.px(9), 11, false, d.p.Muted, left, d.names+d.px(40))
	} else {
		d.text(r.Name, margin, mid, 13, false, d.p.Text, left, d.names)
	}
	switch {
	case len(d.sums) > 1:
		d.text(d.say.Whole(r.Amount), d.sums[0], mid, 13, true, d.p.Text, right, 0)
		d.text(d.say.Whole(r.Weighted), d.sums[1], mid, 13, false, d.p.Text, right, 0)
	case row >= d.px(34):
		d.text(d.say.Whole(r.Amount), d.sums[0], mid-d.px(7), 13, true, d.p.Text, right, 0)
		d.text(d.say.T("report.weighted_short", "sum", d.say.Whole(r.Weighted)), d.sums[0], mid+d.px(9), 11, false, d.p.Muted, right, 0)
	default:
		d.text(d.say.Whole(r.Amount), d.sums[0], mid, 13, true, d.p.Text, right, 0)
	}
	d.regions = append(d.regions, Region{Row: i, X: 0, Y: y - d.px(1), W: d.w, H: bar + d.px(2), Tip: d.tip(r, i)})
}

// second is what stands below the name: its share, and the days in the stage.
func (d *funnel) second(r *reports.FunnelRow) string {
	var parts []string
	if s := d.f.Share(r, d.f.Rows, &d.f.Open); s >= 0 {
		parts = append(parts, d.percent(s))
	}
	if r.Days >= 0 && r.Kind == deal.Open {
		parts = append(parts, d.say.Days(r.Days))
	}
	return strings.Join(parts, " · ")
}

// total is the line under the bars.
func (d *funnel) total(y int) {
	f := d.f
	if f.Settings.Mode == reports.Flow { // entries into rows add up to nothing
		d.text(d.say.T("report.funnel.below"), d.px(12), y, 12, false, d.p.Muted, left, 0)
		return
	}
	from := d.px(20) + d.text(d.say.T("report.funnel.total."+string(f.Settings.Mode)), d.px(12), y, 12, true, d.p.Text, left, d.names+d.px(60))
	to := d.sums[0] - d.r.MeasureText(d.say.Whole(f.Open.Amount)).Width() - d.px(8)
	counts := []string{d.say.Int(f.Open.Count)}
	if f.Settings.Mode == reports.Now && f.All > f.Open.Count {
		counts = append([]string{d.say.T("report.funnel.of_all", "n", d.say.Int(f.Open.Count), "all", d.say.Int(f.All))}, counts...)
	}
	for i, count := range counts { // the longest that finds room between the two
		w := d.r.MeasureText(count).Width()
		if w > to-from && i < len(counts)-1 {
			continue
		}
		d.text(count, max(min(d.middle-w/2, to-w), from), y, 12, true, d.p.Text, left, 0)
		break
	}
	d.text(d.say.Whole(f.Open.Amount), d.sums[0], y, 12, true, d.p.Text, right, 0)
	if len(d.sums) > 1 {
		d.text(d.say.Whole(f.Open.Weighted), d.sums[1], y, 12, true, d.p.Text, right, 0)
	}
	d.regions = append(d.regions, Region{Row: Whole, X: 0, Y: y - d.px(footRow)/2, W: d.w, H: d.px(footRow), Tip: d.tip(&f.Open, Whole)})
}

// Whole is the row of a Region that means the total.
const Whole = -1

// other is a line of a row that is no bar.
func (d *funnel) other(i, y, high int) {
	r := &d.f.Rows[i]
	margin, mid := d.px(12), y+high/2
	s := d.px(8)
	d.box(margin, mid-s/2, s, s, rowColour(*r, d.p))
	d.text(r.Name, margin+s+d.px(6), mid, 12, false, d.p.Muted, left, d.names)
	d.text(d.say.Int(r.Count), d.middle, mid, 12, false, d.p.Muted, centre, 0)
	d.text(d.say.Whole(r.Amount), d.sums[0], mid, 12, false, d.p.Muted, right, 0)
	if len(d.sums) > 1 && r.Kind == deal.Hold {
		d.text(d.say.Whole(r.Weighted), d.sums[1], mid, 12, false, d.p.Muted, right, 0)
	}
	d.regions = append(d.regions, Region{Row: i, X: 0, Y: y, W: d.w, H: high, Tip: d.tip(r, i)})
}

// beside writes the rows that are no bars in one line; without their sums where
// there is no room for them.
func (d *funnel) beside(y, high int) {
	margin, mid, size := d.px(12), y+high/2, 12.0
	if !d.wide() {
		size = 11
	}
	room := (d.w - 2*margin) / max(len(d.others), 1)
	for n, i := range d.others {
		r := &d.f.Rows[i]
		x, s := margin+n*room, d.px(8)
		d.box(x, mid-s/2, s, s, rowColour(*r, d.p))
		at := x + s + d.px(5)
		count := d.say.Int(r.Count)
		at += d.text(r.Name, at, mid, size, false, d.p.Muted, left, room-s-d.px(10)-d.width(count, size, true)) + d.px(5)
		at += d.text(count, at, mid, size, true, d.p.Text, left, 0) + d.px(8)
		if d.wide() {
			d.text(d.say.Whole(r.Amount), at, mid, size, false, d.p.Muted, left, x+room-at)
		}
		d.regions = append(d.regions, Region{Row: i, X: x - d.px(4), Y: y, W: room - d.px(4), H: high, Tip: d.tip(r, i)})
	}
}

// tip says all that is known of a row.
func (d *funnel) tip(r *reports.FunnelRow, i int) []string {
	p, f := d.say, d.f
	name := r.Name
	if i == Whole {
		name = p.T("report.funnel.total." + string(f.Settings.Mode))
	}
	out := []string{name}
	line := func(label, value string) { out = append(out, p.T(label)+": "+value) }
	count := p.Int(r.Count)
	if i != Whole {
		if s := f.Share(r, f.Rows, &f.Open); s >= 0 {
			count += " (" + d.percent(s) + ")"
		}
	}
	out = append(out, d.countWord()+": "+count)
	line("report.amount", p.Whole(r.Amount))
	if r.Kind == deal.Open || r.Kind == deal.Hold {
		line("report.weighted", p.Whole(r.Weighted))
	}
	if r.Days >= 0 {
		line("report.funnel.days", p.Int(r.Days))
	}
	if r.Late > 0 {
		line("report.funnel.late", p.Int(r.Late)+" · "+p.Whole(r.LateSum))
	}
	if r.Stuck > 0 {
		line("report.funnel.stuck", p.Int(r.Stuck))
	}
	if r.NoStep > 0 {
		line("report.funnel.no_step", p.Int(r.NoStep))
	}
	if r.ToNext >= 0 {
		line("report.funnel.to_next", d.percent(r.ToNext))
	}
	if r.LostCount > 0 {
		line("report.funnel.lost", p.Int(r.LostCount)+" · "+p.Whole(r.LostSum))
	}
	if f.Was != nil {
		was := &f.Was.Open
		if i != Whole {
			was = &f.Was.Rows[i]
		}
		line("report.count_was", p.Int(was.Count)+" · "+p.Whole(was.Amount))
	}
	return out
}

// lateTip says what stands out in a row.
func (d *funnel) lateTip(r *reports.FunnelRow) []string {
	out := []string{r.Name, d.say.T("report.funnel.late") + ": " + d.say.Int(r.Late) + " · " + d.say.Whole(r.LateSum)}
	if r.Stuck > 0 {
		out = append(out, d.say.T("report.funnel.stuck")+": "+d.say.Int(r.Stuck))
	}
	if r.Expected > 0 {
		out = append(out, d.say.T("report.funnel.expected")+": "+d.say.Days(r.Expected))
	}
	return out
}

// rowColour is the colour that the stage has, else what its kind means.
func rowColour(r reports.FunnelRow, p Palette) drawing.Color {
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
	return p.Accent
}
