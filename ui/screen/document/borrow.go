package document

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/proposal"
	"ugoda/model/trade"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/list"
	"ugoda/ui/screen"
	"ugoda/ui/screen/field"
	"ugoda/ui/theme"
)

// Which prices lines get.
const (
	asThen = "then"
	asNow  = "now"
)

// borrow is the box in which lines of an earlier proposal are chosen, or lines of
// this one whose prices are to be those of the catalogue: what each costs there,
// and what it costs now.
type borrow struct {
	p       *Desk
	own     bool // the lines of this proposal
	dialog  *screen.Dialog
	find    *input.Reference
	which   *input.Choice // its variants
	prices  *input.Choice
	grid    *list.Grid
	said    *widget.Label
	from    *proposal.Proposal
	lines   []proposal.Line
	at      []int // places of lines in the variant, of own ones
	listing map[int64]trade.Listed
}

// takeLines lets lines of an earlier proposal be taken into this one.
func (p *Desk) takeLines() {
	if !p.Locked() && p.grid.Commit() {
		(&borrow{p: p}).ask()
	}
}

// ask opens the box in which a proposal and its lines are chosen.
func (b *borrow) ask() {
	p := b.p
	t := p.words.T
	b.find = input.NewReference(b.provider(), field.Runner{Host: p.host}, input.ReferenceWords{
		NotFound: func(text string) string {
			return t("ui.field.not_found", "kind", p.words.Kind("proposal"), "name", text)
		},
		Failed: p.words.Error,
	})
	b.find.SetPlaceHolder(t("proposal.borrow.find"))
	b.find.OnChange = func() { b.read(b.find.Value().ID) }
	b.which = input.NewChoice(nil)
	b.which.OnChange = b.turn
	b.prices = input.NewChoice([]input.Option{{Key: asThen, Text: t("proposal.borrow.then")}, {Key: asNow, Text: t("proposal.borrow.now")}})
	b.prices.Set(asThen)
	b.prices.OnChange = func() { b.grid.Invalidate() }
	wide := func(w float32, o fyne.CanvasObject) fyne.CanvasObject {
		return container.NewGridWrap(fyne.NewSize(theme.Scaled(w), theme.Row()), o)
	}
	b.open(t("proposal.take_lines"), t("proposal.borrow.take"), container.NewHBox(wide(380, b.find), wide(220, b.which), wide(220, b.prices)), b.find)
}

// renew lets prices of this variant be those of the catalogue.
func (p *Desk) renew() {
	if p.Locked() || !p.grid.Commit() {
		return
	}
	b := &borrow{p: p, own: true}
	like, session := p.like(), p.host.Session()
	like.Variants = proposal.CopyVariants(p.doc.Variants[p.at : p.at+1])
	screen.Read(p.form.Context(), p.host, func(ctx context.Context) (map[int64]trade.Listed, error) {
		return session.Listing(ctx, like)
	}, func(listing map[int64]trade.Listed) {
		b.listing = listing
		for i, l := range p.variant().Lines {
			if x, ok := listing[l.Product.ID]; ok && x.Price != 0 && x.Price != l.Price && l.Of == 0 {
				b.lines, b.at = append(b.lines, l), append(b.at, i)
			}
		}
		if len(b.lines) == 0 {
			p.host.Say(p.words.T("proposal.renew.none"))
			return
		}
		b.open(p.words.T("proposal.renew"), p.words.T("proposal.renew.do"), nil, nil)
		b.fill()
	})
}

func (b *borrow) open(title, yes string, top fyne.CanvasObject, focus fyne.Focusable) {
	p, t := b.p, b.p.words.T
	b.said = widget.NewLabel("")
	b.said.Truncation = fyne.TextTruncateEllipsis
	then := t("proposal.borrow.price_then")
	if b.own {
		then = t("proposal.renew.price_here")
	}
	b.grid = list.NewGrid([]list.Column{
		{Key: "text", Title: t("proposal.col.product"), Width: 300, Grow: true, NoSort: true},
		{Key: "quantity", Title: t("proposal.col.quantity"), Width: 84, Align: list.Right, NoSort: true},
		{Key: "then", Title: then, Width: 110, Align: list.Right, NoSort: true},
		{Key: "now", Title: t("proposal.borrow.price_now"), Width: 110, Align: list.Right, NoSort: true},
		{Key: "differs", Title: t("proposal.borrow.differs"), Width: 150, Align: list.Right, NoSort: true},
	}, b)
	b.grid.SetEmpty(&list.Empty{Title: t("proposal.borrow.none")})
	b.grid.OnKey = func(e *fyne.KeyEvent, mod fyne.KeyModifier) bool { return mod == 0 && b.dialog.Typed(e) }
	b.grid.OnOpen = func(int) { b.do() }
	b.grid.OnSelect = b.say
	if focus == nil {
		focus = b.grid
	}
	b.dialog = &screen.Dialog{
		Title: title, Size: fyne.NewSize(900, 480), Focus: focus, OwnKeys: true,
		Content: container.NewBorder(top, b.said, nil, nil, b.grid),
		Buttons: []screen.Button{{Label: t("button.cancel")}, {Label: yes, Primary: true, Stays: true, Do: b.do}},
		Closed:  func() { p.host.Canvas().Focus(p.grid) },
	}
	if b.find != nil {
		b.find.SetKeys(func(k fyne.KeyName, mod fyne.KeyModifier) bool {
			if mod == 0 && k == fyne.KeyDown {
				p.host.Canvas().Focus(b.grid)
				return true
			}
			return mod == 0 && b.dialog.Typed(&fyne.KeyEvent{Name: k})
		})
	}
	p.host.Dialog(b.dialog)
	b.say()
}

// provider finds proposals by number, subject or client: those of the same
// client first.
func (b *borrow) provider() input.Provider {
	p, session, words := b.p, b.p.host.Session(), b.p.words
	return input.ProviderFunc(func(ctx context.Context, text string) ([]input.Item, error) {
		var ids []int64
		for _, his := range []bool{true, false} {
			if his && p.client().IsZero() {
				continue
			}
			var where filter.And
			if his {
				where = append(where, filter.Cond{Path: "client", Op: filter.Eq, Values: []filter.Value{filter.ID(p.client().ID)}})
			}
			found, err := session.IDs(ctx, store.Query{Kind: "proposal", Where: where, Search: text, Sort: []store.Order{{Path: "id", Desc: true}}, Limit: offered})
			if err != nil {
				return nil, err
			}
			for _, id := range found {
				if id != p.offerID() && !slices.Contains(ids, id) && len(ids) < offered {
					ids = append(ids, id)
				}
			}
		}
		rows, err := session.Rows(ctx, store.Query{Kind: "proposal", Columns: []string{"number", "subject", "client", "amount", "date"}}, ids)
		if err != nil {
			return nil, err
		}
		var items []input.Item
		for _, r := range rows {
			number, _ := r.Cells[0].(string)
			subject, _ := r.Cells[1].(string)
			client, _ := r.Cells[2].(model.Ref)
			amount, _ := r.Cells[3].(model.Money)
			on, _ := r.Cells[4].(model.Day)
			items = append(items, input.Item{ID: r.ID, Text: number + " " + client.Name, Detail: subject + "   " + words.Money(amount) + "   " + words.DayShort(on)})
		}
		return items, nil
	})
}

// read reads the proposal that was chosen.
func (b *borrow) read(id int64) {
	if id == 0 {
		return
	}
	p, session, like := b.p, b.p.host.Session(), b.p.like()
	type answer struct {
		from    *proposal.Proposal
		listing map[int64]trade.Listed
	}
	screen.Read(p.form.Context(), p.host, func(ctx context.Context) (a answer, err error) {
		rec, err := session.Get(ctx, "proposal", id)
		if err != nil {
			return a, err
		}
		a.from = rec.(*proposal.Proposal)
		like.Variants = a.from.Variants
		a.listing, err = session.Listing(ctx, like)
		return a, err
	}, func(a answer) {
		b.from, b.listing = a.from, a.listing
		var options []input.Option
		best := ""
		for i := range a.from.Variants {
			v := &a.from.Variants[i]
			key := string(rune('0' + i))
			options = append(options, input.Option{Key: key, Text: orElse(v.Name, p.words.T("proposal.variant_n", "n", i+1)) + " · " + p.words.Amount(v.Total)})
			if v == a.from.Offer() {
				best = key
			}
		}
		b.which.SetOptions(options)
		b.which.Set(best)
		b.turn()
		p.host.Canvas().Focus(b.grid)
	})
}

// turn shows the lines of another variant of it.
func (b *borrow) turn() {
	if b.from == nil || b.which.Value() == "" {
		return
	}
	made, err := b.p.doc.Borrowed(b.from, int(b.which.Value()[0]-'0'))
	if err != nil {
		b.p.host.Fail(err)
		return
	}
	b.lines = made
	b.fill()
}

// fill shows the lines, all of them chosen.
func (b *borrow) fill() {
	b.grid.Reset()
	if n := len(b.lines); n > 0 {
		b.grid.Select(0, list.Range{From: 0, To: n})
	}
	b.say()
}

// say tells how many are chosen, and what to look at.
func (b *borrow) say() {
	if b.dialog == nil {
		return
	}
	n := b.grid.SelectedCount()
	b.dialog.Enable(1, n > 0)
	text := b.p.words.N("proposal.borrow.chosen", int64(n))
	b.said.Importance = widget.LowImportance
	if b.from != nil && b.from.VATMode != b.p.doc.VATMode {
		w := b.p.words
		text = w.T("proposal.borrow.modes", "there", w.Choice("proposal", "vat_mode", b.from.VATMode), "here", w.Choice("proposal", "vat_mode", b.p.doc.VATMode)) + " " + text
		b.said.Importance = widget.WarningImportance
	}
	b.said.SetText(text)
}

// Len implements list.Source.
func (b *borrow) Len() int { return len(b.lines) }

// Window implements list.Source: all rows are in memory.
func (b *borrow) Window(from, to int) {
	w := b.p.words
	now := b.own || b.prices.Value() == asNow
	var out []list.Row
	for i := from; i < min(to, len(b.lines)); i++ {
		l := &b.lines[i]
		r := list.Row{ID: int64(i + 1), Cells: []list.Cell{{Text: orElse(l.Text, l.Product.Name), Bold: l.Heading, Italic: l.Note}, {}, {}, {}, {}}}
		if l.Priced() {
			r.Cells[1].Text, r.Cells[2].Text = w.Qty(l.Quantity)+" "+l.Unit, w.Amount(l.Price)
			r.Cells[2].Bold = !now
			if x, ok := b.listing[l.Product.ID]; ok && x.Price != 0 {
				r.Cells[3] = list.Cell{Text: w.Amount(x.Price), Bold: now}
				r.Cells[4] = differs(w.Amount(x.Price-l.Price), l.Price, x.Price, w.Percent)
			}
		}
		out = append(out, r)
	}
	b.grid.SetRows(from, out)
}

// differs is by how much a price has grown: by a sum, and of the former one.
func differs(sum string, was, now int64, percent func(model.Percent) string) list.Cell {
	if was == now {
		return list.Cell{}
	}
	c := list.Cell{Text: sum, Tone: theme.Green}
	sign := ""
	if now > was {
		c.Tone, sign = theme.Amber, "+"
	}
	c.Text = sign + sum
	if share, err := model.MulDiv(now-was, 10_000, max(was, 1)); err == nil && was > 0 {
		c.Text += "  " + sign + percent(tenths(model.Percent(share)))
	}
	return c
}

// do takes the chosen lines, or renews their prices.
func (b *borrow) do() {
	p := b.p
	var chosen []int
	selected := b.grid.Selected()
	for _, r := range selected.List() {
		for i := r.From; i < min(r.To, len(b.lines)); i++ {
			chosen = append(chosen, i)
		}
	}
	if len(chosen) == 0 {
		return
	}
	b.dialog.Close()
	if b.own {
		places := make([]int, len(chosen))
		for n, i := range chosen {
			places[n] = b.at[i]
		}
		was := p.variant().Total
		p.Edit(func() {
			if _, err := p.variant().Renew(p.doc.VATMode, places, b.listing); err != nil {
				p.host.Fail(err)
			}
		})
		p.host.Say(p.words.T("proposal.renew.done", "was", p.Money(was), "now", p.Money(p.variant().Total)))
		return
	}
	var taken proposal.Variant
	for _, i := range chosen {
		taken.Lines = append(taken.Lines, b.lines[i])
	}
	if b.prices.Value() == asNow {
		all := make([]int, len(taken.Lines))
		for i := range all {
			all[i] = i
		}
		if _, err := taken.Renew(p.doc.VATMode, all, b.listing); err != nil {
			p.host.Fail(err)
			return
		}
	}
	at := p.insertAt()
	p.Edit(func() {
		v := p.variant()
		if at < len(v.Lines) && v.Lines[at].Empty() {
			v.Lines = slices.Delete(v.Lines, at, at+1)
		}
		v.Lines = slices.Insert(v.Lines, at, taken.Lines...)
	})
	p.wrong = nil
	p.grid.Reload()
	p.goTo(at, 0)
	p.prices.more()
	p.host.Say(p.words.N("proposal.borrow.taken", int64(len(taken.Lines))))
}
