// Package billing asks how much of an accepted proposal is billed, and makes the
// invoice: all that is left in one Enter, a share of everything, or quantities by
// line, with what that comes to.
package billing

import (
	"context"
	"fmt"
	"maps"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/proposal"
	"ugoda/model/trade"
	"ugoda/ui/input"
	"ugoda/ui/lines"
	"ugoda/ui/screen"
	"ugoda/ui/screen/act"
	"ugoda/ui/screen/field"
	"ugoda/ui/theme"
)

// box is the box that asks it.
type box struct {
	ctx   context.Context
	host  screen.Host
	words *locale.Printer
	done  func()

	of        *proposal.Proposal
	whole     *trade.Whole
	positions []trade.Position
	asked     map[int64]model.Qty // by line
	made      trade.Sheet         // what the invoice would be
	wrong     error               // why it cannot be
	busy      bool

	dialog *screen.Dialog
	share  *input.Entry
	grid   *lines.Grid
	said   *widget.Label
	total  *widget.Label
	foot   *fyne.Container // of both
}

// Open asks how much of a proposal is billed, makes the invoice and opens it;
// done comes when it is made.
func Open(ctx context.Context, h screen.Host, id int64, done func()) {
	read(ctx, h, id, done, (*box).open)
}

// read reads the proposal and what is left of it.
func read(ctx context.Context, h screen.Host, id int64, done func(), show func(b *box)) {
	b := &box{ctx: ctx, host: h, words: h.Words(), done: done}
	session := h.Session()
	screen.Read(ctx, h, func(ctx context.Context) (*trade.Whole, error) {
		rec, err := session.Get(ctx, "proposal", id)
		if err != nil {
			return nil, err
		}
		b.of, _ = rec.(*proposal.Proposal)
		return session.Left(ctx, id, 0)
	}, func(w *trade.Whole) {
		switch {
		case w == nil:
			h.Fail(model.Refused("status", "bill_needs_acceptance"))
		case len(w.Rest()) == 0:
			h.Fail(model.Refused("status", "all_is_billed"))
		default:
			b.whole, b.positions, b.asked = w, w.Positions(), w.Rest()
			show(b)
		}
	})
}

// shares are the shares that are offered, in percent.
var shares = []int64{30, 50, 70}

func (b *box) open() {
	t := b.words.T
	b.share, b.said, b.total = input.NewEntry(), widget.NewLabel(""), widget.NewLabel("")
	b.share.SetPlaceHolder(t("billing.share_all"))
	b.share.OnChanged = func(string) { b.takeShare() }
	b.said.Truncation, b.said.Importance = fyne.TextTruncateEllipsis, widget.LowImportance
	b.total.TextStyle.Bold, b.total.Alignment = true, fyne.TextAlignTrailing
	b.grid = lines.NewGrid(b, field.Runner{Host: b.host}, lines.Words{Explain: b.words.Error})
	b.grid.OnChange = b.sayRefused
	b.grid.Given, b.grid.MinRows = true, min(max(len(b.positions), 4), 12)
	quick := container.NewHBox()
	for _, s := range shares {
		text := b.words.Percent(model.Percent(s * 100))
		quick.Add(input.NewButton(text, func() { b.share.SetText(text) }).Framed())
	}
	quick.Add(input.NewButton(t("billing.rest"), func() { b.share.SetText("") }).Framed())
	share := input.NewLabelled(t("billing.share"), b.share, false, theme.Width(t("billing.share"), theme.Text(), fyne.TextStyle{})/theme.Scaled(1)+4)
	top := container.NewBorder(nil, nil, container.NewGridWrap(fyne.NewSize(theme.Scaled(340), theme.Row()), share), nil, quick)
	b.foot = container.NewBorder(nil, nil, nil, b.total, b.said)
	b.dialog = &screen.Dialog{
		Title: t("billing.title", "number", b.of.Number), Size: fyne.NewSize(940, 0), Focus: b.share, OwnKeys: true,
		Content: container.NewBorder(top, b.foot, nil, nil, b.grid),
		Buttons: []screen.Button{{Label: t("button.cancel")}, {Label: b.words.Action("proposal", "bill"), Primary: true, Stays: true, Do: b.make}},
	}
	b.share.SetKeys(b.key)
	b.grid.SetKeys(b.key)
	for _, o := range quick.Objects {
		screen.Catch(o, b.dialog.Typed)
	}
	b.host.Dialog(b.dialog)
	b.first()
	b.count()
}

// first puts the cursor of the grid where something is to be typed.
func (b *box) first() {
	for row, p := range b.positions {
		if p.Quantity > 0 {
			b.grid.GoTo(row, colToBill)
			return
		}
	}
}

// key takes the keys that the fields have no use for.
func (b *box) key(k fyne.KeyName, mod fyne.KeyModifier) bool {
	switch {
	case mod != 0:
		return false
	case k == fyne.KeyDown && b.host.Canvas().Focused() == fyne.Focusable(b.share):
		b.host.Canvas().Focus(b.grid)
		return true
	}
	return b.dialog.Typed(&fyne.KeyEvent{Name: k})
}

// takeShare bills the share of everything that was typed; all that is left when
// nothing is.
func (b *box) takeShare() {
	b.share.SetProblem("")
	asked := b.whole.Rest()
	if text := strings.TrimSpace(b.share.Text); text != "" {
		percent, err := b.words.ParsePercent(text)
		if err == nil {
			asked, err = b.whole.Share(percent)
		}
		if err != nil {
			b.share.SetProblem(b.words.Error(err))
			b.refuse(err)
			return
		}
	}
	b.asked = asked
	b.grid.Reload()
	b.count()
}

// count tells what the invoice would come to.
func (b *box) count() {
	made, err := b.whole.Sheet(b.asked, b.of.VATMode)
	if err != nil {
		b.refuse(err)
		return
	}
	rest, err := b.whole.Sheet(b.whole.Rest(), b.of.VATMode)
	if err != nil {
		b.refuse(err)
		return
	}
	b.made, b.wrong = made, nil
	t := b.words
	b.total.SetText(t.T("billing.total", "total", b.money(made.Total)))
	b.said.Importance = widget.LowImportance
	b.said.SetText(t.T("billing.left", "left", b.money(rest.Total-made.Total)))
	b.dialog.Enable(1, b.some())
	b.grid.Refresh()
	b.foot.Refresh()
}

// sayRefused says below the lines what was refused in one of them, wherever the
// cursor is by then.
func (b *box) sayRefused() {
	if _, _, text, ok := b.grid.FirstProblem(); ok {
		b.said.Importance = widget.DangerImportance
		b.said.SetText(text)
	}
}

// refuse says why there is no invoice.
func (b *box) refuse(err error) {
	b.wrong = err
	b.said.Importance = widget.DangerImportance
	b.said.SetText(b.words.Error(err))
	b.total.SetText("")
	b.foot.Refresh()
	b.dialog.Enable(1, false)
}

// some reports that something is to be billed.
func (b *box) some() bool {
	for _, q := range b.asked {
		if q > 0 {
			return true
		}
	}
	return false
}

func (b *box) money(minor int64) model.Money {
	return model.Money{Minor: minor, Currency: b.of.Currency}
}

// answers say what is billed, as the action asks it: quantities by the numbers
// of positions, unless it is all that is left.
func (b *box) answers() model.Answers {
	if maps.Equal(b.asked, b.whole.Rest()) {
		return model.Answers{"rest": true}
	}
	var said []string
	for _, p := range b.positions {
		if q := b.asked[p.Line.ID]; q > 0 {
			said = append(said, fmt.Sprintf("%d=%s", p.Number, q.Decimal()))
		}
	}
	return model.Answers{"lines": strings.Join(said, ",")}
}

// make makes the invoice and opens it.
func (b *box) make() {
	if !b.grid.Commit() {
		if row, col, text, ok := b.grid.FirstProblem(); ok {
			b.grid.GoTo(row, col)
			b.host.Canvas().Focus(b.grid)
			b.host.Say(text)
		}
		return
	}
	if b.busy || b.wrong != nil || !b.some() {
		return
	}
	b.busy = true
	act.Try(b.ctx, b.host, "proposal", b.of.ID, "bill", b.answers(), func(e model.Effects, err error) {
		b.busy = false
		if err != nil { // somebody else billed meanwhile
			b.refuse(err)
			return
		}
		b.dialog.Close()
		b.done()
		act.Follow(b.host, e)
	})
}
