package document

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/model/proposal"
	"ugoda/model/trade"
	"ugoda/ui/input"
	"ugoda/ui/screen"
)

// The ways in which a discount is asked for.
const (
	byPercent = "percent"
	bySum     = "sum"
	byTotal   = "total"
)

// discount asks for a discount over lines and shows what comes of it before it
// is given.
type discount struct {
	p      *Desk
	dialog *screen.Dialog
	over   *input.Choice // all lines, or the selected ones
	way    *input.Choice
	value  *input.Entry
	rounds *fyne.Container
	result *widget.Label
	chosen []int // lines that are selected
	made   *proposal.Variant
}

// askDiscount opens the box of a discount.
func (p *Desk) askDiscount() {
	if p.Locked() || !p.grid.Commit() || p.variant().Gross == 0 {
		return
	}
	t := p.words.T
	d := &discount{p: p, value: input.NewEntry(), rounds: container.NewHBox(), result: widget.NewLabel("")}
	d.result.Wrapping = fyne.TextWrapWord
	over := []input.Option{{Key: "all", Text: t("proposal.discount.all")}}
	if from, to := p.chosenLines(); to > from {
		for i := from; i < to; i++ {
			if p.variant().Lines[i].Of == 0 {
				d.chosen = append(d.chosen, i)
			}
		}
	}
	if len(d.chosen) > 1 {
		over = append(over, input.Option{Key: "chosen", Text: p.words.N("proposal.discount.chosen", int64(len(d.chosen)))})
	}
	if len(d.free()) == 0 { // all of it was accepted with its discounts
		p.host.Say(t("document.no_discount"))
		return
	}
	d.over = input.NewChoice(over)
	d.over.Set(over[len(over)-1].Key)
	d.way = input.NewChoice([]input.Option{{Key: byPercent, Text: t("proposal.discount.percent")}, {Key: bySum, Text: t("proposal.discount.sum")}, {Key: byTotal, Text: t("proposal.discount.total")}})
	d.way.Set(byPercent)
	d.value.OnChanged = func(string) { d.try() }
	d.over.OnChange = d.try
	d.way.OnChange = func() {
		d.showRounds()
		d.try()
	}
	label := func(key string, f input.Field) fyne.CanvasObject { return input.NewLabelled(t(key), f, false, 110) }
	d.dialog = &screen.Dialog{
		Title: t("proposal.discount"), Size: fyne.NewSize(480, 0), Focus: d.value,
		Content: container.NewVBox(label("proposal.discount.over", d.over), label("proposal.discount.way", d.way), label("proposal.discount.value", d.value), d.rounds, d.result),
		Buttons: []screen.Button{{Label: t("button.cancel")}, {Label: t("button.apply"), Primary: true, Stays: true, Do: d.give}},
		Closed:  func() { p.host.Canvas().Focus(p.grid) },
	}
	d.showRounds()
	p.host.Dialog(d.dialog)
	d.try()
}

// showRounds offers round totals to come down to.
func (d *discount) showRounds() {
	d.rounds.RemoveAll()
	if d.way.Value() == byTotal {
		for i, r := range trade.Rounder(d.p.variant().Total) {
			if i == 5 {
				break
			}
			text := d.p.words.Amount(r)
			d.rounds.Add(input.NewButton(text, func() { d.value.SetText(text) }).Framed())
		}
	}
	d.rounds.Refresh()
}

// lines are those that the discount is spread over.
func (d *discount) lines() []int {
	if d.over.Value() == "chosen" {
		return d.chosen
	}
	return d.free()
}

// free are the lines whose discount is not that of an accepted offer.
func (d *discount) free() []int {
	var out []int
	for i, l := range d.p.variant().Lines {
		if l.Of == 0 {
			out = append(out, i)
		}
	}
	return out
}

// try counts what would come of what was typed.
func (d *discount) try() {
	p, w := d.p, d.p.words
	d.made = nil
	d.value.SetProblem("")
	v := proposal.CopyVariants(p.doc.Variants[p.at : p.at+1])[0]
	was := v.Total
	say := func(text string, i widget.Importance) {
		d.result.Importance = i
		d.result.SetText(text)
		d.dialog.Enable(1, d.made != nil)
	}
	if d.value.Text == "" {
		say(w.T("proposal.discount.now", "total", p.Money(was)), widget.LowImportance)
		return
	}
	note, err := d.make(&v)
	if err != nil {
		d.value.SetProblem(w.Error(err))
		say("", widget.LowImportance)
		return
	}
	d.made = &v
	text := w.T("proposal.discount.becomes", "was", p.Money(was), "total", p.Money(v.Total))
	if note != "" {
		say(text+"\n"+note, widget.WarningImportance)
		return
	}
	say(text, widget.MediumImportance)
}

// make gives a variant the discount; note says what could not be had exactly.
func (d *discount) make(v *proposal.Variant) (note string, err error) {
	p, w := d.p, d.p.words
	mode := p.doc.VATMode
	if d.way.Value() == byPercent {
		percent, err := w.ParsePercent(d.value.Text)
		if err == nil && (percent < 0 || percent > 10_000) {
			err = model.Refused("", "percent_range")
		}
		if err != nil {
			return "", err
		}
		return "", v.SetPercent(mode, d.lines(), percent)
	}
	sum, err := p.sheet.money(d.value.Text)
	if err != nil {
		return "", err
	}
	if d.way.Value() == bySum {
		taken, err := v.TakeOff(mode, d.lines(), sum)
		if err == nil && taken != sum {
			note = w.T("proposal.discount.only", "sum", p.Money(taken))
		}
		return note, err
	}
	total, err := v.Reach(mode, d.lines(), sum)
	if err == nil && total != sum {
		note = w.T("proposal.discount.nearest", "asked", p.Money(sum), "total", p.Money(total))
	}
	return note, err
}

// give puts the lines with their discounts into the document.
func (d *discount) give() {
	if d.made == nil {
		return
	}
	p := d.p
	p.Edit(func() { p.doc.Variants[p.at].Lines = d.made.Lines })
	p.grid.Reload()
	d.dialog.Close()
}
