package document

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/proposal"
	"ugoda/ui/paint"
	"ugoda/ui/theme"
)

// totals are the sums of the variant in front, and its total in words.
type totals struct {
	widget.BaseWidget
	p    *Desk
	left []sum
	main []sum // at the right; the last is the total
	text string
	bad  bool // the text tells what is wrong
}

// sum is one figure with its label.
type sum struct {
	label, figure string
	tone          fyne.ThemeColorName
}

func newTotals(p *Desk) *totals {
	t := &totals{p: p}
	t.ExtendBaseWidget(t)
	return t
}

// show takes the sums of the variant in front; err is why they could not be
// counted.
func (t *totals) show(err error) {
	p, w, v := t.p, t.p.words, t.p.variant()
	if err != nil {
		t.left, t.main, t.text, t.bad = nil, nil, w.T("problem.amount_too_large"), true
		t.Refresh()
		return
	}
	t.bad = false
	t.left = []sum{{w.T("proposal.sum.gross"), w.Amount(v.Gross), ""}}
	if v.OptionsSum != 0 { // what may come on top says more than what a discount is taken off
		t.left[0] = sum{w.T("proposal.sum.options"), "+" + w.Amount(v.OptionsSum), theme.Muted}
	}
	if v.DiscountSum != 0 {
		label := w.T("proposal.sum.discount")
		if share, err := model.MulDiv(v.DiscountSum, 10_000, max(v.Gross, 1)); err == nil {
			label += " " + w.Percent(tenths(model.Percent(share)))
		}
		t.left = append(t.left, sum{label, "−" + w.Amount(v.DiscountSum), ""})
	} else {
		t.left = append(t.left, sum{w.T("proposal.sum.discount"), "—", theme.Muted})
	}
	if p.seesMargin() {
		if percent, ok := v.MarginPercent(); ok {
			m := sum{w.T("proposal.sum.margin") + " " + w.Percent(tenths(percent)), w.Amount(v.Margin), ""}
			if v.Margin < 0 {
				m.tone = theme.Red
			}
			t.left = append(t.left, m)
		} else {
			t.left = append(t.left, sum{w.T("proposal.sum.margin"), "—", theme.Muted})
		}
	}
	t.main = nil
	if p.doc.VATMode != proposal.VATNone {
		t.main = append(t.main, sum{w.T("proposal.sum.net"), w.Amount(v.Total - v.VATSum), ""}, sum{w.T("proposal.sum.vat"), w.Amount(v.VATSum), ""})
	}
	total := model.Money{Minor: v.Total, Currency: p.doc.Currency}
	t.main = append(t.main, sum{w.T("proposal.sum.total"), w.Money(total), ""})
	speech := w
	if lang, ok := locale.ParseLanguage(p.Language()); ok {
		speech = locale.New(lang) // as it will be printed
	}
	t.text = locale.Capital(speech.MoneyWords(total))
	t.Refresh()
}

// MinSize is for Fyne.
func (t *totals) MinSize() fyne.Size {
	t.ExtendBaseWidget(t)
	left, right := t.wants()
	return fyne.NewSize(max(theme.Scaled(360), t.pad()+left+t.gap()+right), 3*t.line()+t.words()*2+theme.Scaled(6))
}

// wants are how wide the sums at the left and at the right are, uncut.
func (t *totals) wants() (left, right float32) {
	for _, s := range t.left {
		left = max(left, s.wants(false))
	}
	for i, s := range t.main {
		right = max(right, s.wants(i == len(t.main)-1))
	}
	return left, right
}

// halves share a width among the sums at the left and at the right: evenly while
// all are read whole, and then as they want it, the right first.
func (t *totals) halves(width float32) (left, right float32) {
	half := (width - t.pad() - t.gap()) / 2
	wantsLeft, wantsRight := t.wants()
	switch {
	case wantsRight > half:
		right = min(wantsRight, 2*half)
		return 2*half - right, right
	case wantsLeft > half:
		left = min(wantsLeft, 2*half-wantsRight)
		return left, 2*half - left
	}
	return half, half
}

// wants is how wide a sum is with its label.
func (s sum) wants(large bool) float32 {
	style, size := s.look(large)
	return float32(math.Ceil(float64(theme.Width(s.label, theme.Text(), style) + theme.Scaled(6) + theme.Width(s.figure, size, style))))
}

// look is how a sum is written; the total is large.
func (s sum) look(large bool) (fyne.TextStyle, float32) {
	if large {
		return fyne.TextStyle{Bold: true}, theme.Size(fynetheme.SizeNameSubHeadingText)
	}
	return fyne.TextStyle{}, theme.Text()
}

func (t *totals) pad() float32 { return theme.Scaled(8) }
func (t *totals) gap() float32 { return theme.Scaled(14) }

func (t *totals) line() float32  { return theme.Scaled(19) }
func (t *totals) words() float32 { return theme.Caption() * 1.35 }

// CreateRenderer is for Fyne.
func (t *totals) CreateRenderer() fyne.WidgetRenderer {
	t.ExtendBaseWidget(t)
	r := &totalsRenderer{t: t}
	r.draw()
	return r
}

type totalsRenderer struct {
	t       *totals
	layer   paint.Layer
	objects []fyne.CanvasObject
}

func (r *totalsRenderer) Destroy()                     {}
func (r *totalsRenderer) MinSize() fyne.Size           { return r.t.MinSize() }
func (r *totalsRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *totalsRenderer) Layout(fyne.Size)             { r.draw() }

func (r *totalsRenderer) Refresh() {
	r.draw()
	canvas.Refresh(r.t)
}

func (r *totalsRenderer) draw() {
	t, size := r.t, r.t.Size()
	r.layer.Begin()
	pad := t.pad()
	r.layer.Rect(0, 0, 1, size.Height, theme.Line)
	left, right := t.halves(size.Width)
	y := theme.Scaled(2)
	for i, s := range t.left {
		r.sum(s, pad, y+float32(i)*t.line(), left, false)
	}
	x := size.Width - right
	first := 3 - len(t.main) // they stand on the ground
	for i, s := range t.main {
		r.sum(s, x, y+float32(first+i)*t.line(), right, i == len(t.main)-1)
	}
	y += 3*t.line() + theme.Scaled(2)
	tone := theme.Muted
	if t.bad {
		tone = theme.Red
	}
	for i, s := range theme.Wrap(t.text, size.Width-pad, theme.Caption(), fyne.TextStyle{}) {
		if i == 2 && y+t.words() > size.Height {
			break
		}
		r.layer.Text(s, pad, y, size.Width-pad, t.words(), fyne.TextAlignTrailing, tone, fyne.TextStyle{}).TextSize = theme.Caption()
		y += t.words()
	}
	r.objects = r.layer.Objects(r.objects[:0])
}

func (r *totalsRenderer) sum(s sum, x, y, w float32, large bool) {
	high, tone := r.t.line(), s.tone
	if tone == "" {
		tone = theme.Foreground
	}
	style, size := s.look(large)
	figure := theme.Width(s.figure, size, style)
	label, _ := theme.Fit(s.label, w-figure-theme.Scaled(6), theme.Text(), style)
	labelTone := theme.Muted
	if large {
		labelTone = theme.Foreground
	}
	r.layer.Text(label, x, y, w-figure, high, fyne.TextAlignLeading, labelTone, style)
	r.layer.Text(s.figure, x, y, w, high, fyne.TextAlignTrailing, tone, style).TextSize = size
}
