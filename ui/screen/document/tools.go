package document

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"ugoda/model/proposal"
	"ugoda/model/trade"
	"ugoda/ui/screen"
)

// key takes keys that the grid has no use for.
func (p *Desk) key(k fyne.KeyName, mod fyne.KeyModifier) bool {
	ctrl := fyne.KeyModifierShortcutDefault
	switch {
	case mod == 0:
		return p.form.Key(&fyne.KeyEvent{Name: k})
	case k == fyne.KeyY && mod == ctrl, k == fyne.KeyZ && mod == ctrl|fyne.KeyModifierShift:
		p.redo()
		return true
	}
	return false
}

// lineMenu is what can be done with the lines under the pointer.
func (p *Desk) lineMenu(row, _ int, at fyne.Position) {
	p.host.Menu(fyne.NewMenu("", p.lineItems(row, true)...), at)
}

// lineItems are what can be done with lines, and how they look; not all of it
// where buttons for the rest stand beside the menu. It must find room in a small
// window at a large zoom: the keyboard does not scroll a menu.
func (p *Desk) lineItems(row int, all bool) []*fyne.MenuItem {
	t := p.words.T
	var out []*fyne.MenuItem
	item := func(key string, usable bool, do func()) *fyne.MenuItem {
		i := fyne.NewMenuItem(t(key), do)
		i.Disabled = !usable
		return i
	}
	add := func(key string, usable bool, do func()) { out = append(out, item(key, usable, do)) }
	below := func(key string, items ...*fyne.MenuItem) {
		i := item(key, true, nil)
		i.ChildMenu = fyne.NewMenu("", items...)
		out = append(out, i)
	}
	free := !p.Locked()
	on := row >= 0 && row < p.sheet.Len()
	var l proposal.Line
	line := p.sheet.lineAt(row)
	if on {
		l = p.variant().Lines[line]
		if ref := p.sheet.productAt(row); !ref.IsZero() {
			add("proposal.open_product", true, func() { p.host.Open(screen.ToCard("product", ref.ID)) })
			if all {
				add("proposal.prices_menu", true, p.askPrices)
			}
		}
	}
	if all {
		add("proposal.pick_menu", free, func() { p.pick("") })
		add("proposal.discount_menu", free && p.variant().Gross > 0, p.askDiscount)
	}
	if len(out) > 0 {
		out = append(out, fyne.NewMenuItemSeparator())
	}
	below("proposal.line_add",
		item("proposal.line_insert", free, func() { p.inGrid(fyne.KeyInsert, 0) }),
		item("proposal.line_heading", free, p.addHeading),
		item("proposal.line_note", free, p.addNote))
	if on && l.Priced() && p.owner.Options() {
		add("proposal.line_option", free, p.turnOption)
		out[len(out)-1].Checked = l.Optional
	}
	if len(l.Parts) > 0 {
		add("proposal.kit_unfold", free, p.unfoldKit)
	}
	add("proposal.take_lines", free, p.takeLines)
	add("proposal.renew", free && p.hasProducts(), p.renew)
	out = append(out, fyne.NewMenuItemSeparator())
	add("proposal.line_duplicate", free && on, p.duplicate)
	add("proposal.line_delete", free && on, func() { p.inGrid(fyne.KeyDelete, fyne.KeyModifierShortcutDefault) })
	below("proposal.line_move",
		item("proposal.line_up", free && on && row > 0, func() { p.inGrid(fyne.KeyUp, fyne.KeyModifierShortcutDefault|fyne.KeyModifierShift) }),
		item("proposal.line_down", free && on && row+1 < p.sheet.Len(), func() { p.inGrid(fyne.KeyDown, fyne.KeyModifierShortcutDefault|fyne.KeyModifierShift) }),
		item("proposal.line_fill", free && on, func() { p.inGrid(fyne.KeyD, fyne.KeyModifierShortcutDefault) }))
	out = append(out, fyne.NewMenuItemSeparator())
	add("proposal.undo", free && len(p.history.past) > 0, p.undo)
	add("proposal.redo", free && len(p.history.future) > 0, p.redo)
	columns := fyne.NewMenuItem(t("list.columns"), nil)
	columns.ChildMenu = fyne.NewMenu("", p.columnItems()...)
	return append(out, columns)
}

// inGrid does what a key does in the grid.
func (p *Desk) inGrid(k fyne.KeyName, mod fyne.KeyModifier) {
	if mod == 0 {
		p.grid.TypedKey(&fyne.KeyEvent{Name: k})
	} else {
		p.grid.TypedShortcut(&desktop.CustomShortcut{KeyName: k, Modifier: mod})
	}
	p.host.Canvas().Focus(p.grid)
}

// addHeading begins a section before the cursor.
func (p *Desk) addHeading() { p.addWords(proposal.Line{Heading: true}) }

// addNote puts a row of words before the cursor.
func (p *Desk) addNote() { p.addWords(proposal.Line{Note: true}) }

// addWords puts a line before the cursor and lets it be typed.
func (p *Desk) addWords(l proposal.Line) {
	if p.Locked() || !p.grid.Commit() {
		return
	}
	line := p.sheet.before(p.grid.Row())
	p.Edit(func() {
		v := p.variant()
		v.Lines = slices.Insert(v.Lines, line, l)
	})
	p.wrong = nil
	p.grid.Reload()
	p.goTo(line, 0)
	p.host.Canvas().Focus(p.grid)
	p.grid.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF2})
}

// turnOption makes the selected lines options, or lines like the others.
func (p *Desk) turnOption() {
	from, to := p.chosenLines()
	if p.Locked() || !p.grid.Commit() {
		return
	}
	all := p.variant().Lines
	if from == to && from < len(all)+1 && p.line() < len(all) { // on a part: its kit
		from, to = p.line(), p.line()+1
	}
	chosen := all[from:to]
	yes := slices.ContainsFunc(chosen, func(l proposal.Line) bool { return l.Priced() && !l.Optional })
	if !slices.ContainsFunc(chosen, func(l proposal.Line) bool { return l.Priced() }) {
		return
	}
	p.Edit(func() {
		for i := from; i < to; i++ {
			if l := &p.variant().Lines[i]; l.Priced() {
				l.Optional, l.Taken = yes, false
			}
		}
	})
}

// unfoldKit puts the parts of the kit with the cursor in its place.
func (p *Desk) unfoldKit() {
	line := p.line()
	if p.Locked() || !p.grid.Commit() || line >= len(p.variant().Lines) || len(p.variant().Lines[line].Parts) == 0 {
		return
	}
	if err := p.doc.Count(); err != nil {
		p.host.Fail(err)
		return
	}
	was := p.variant().Total
	made := proposal.CopyVariants(p.doc.Variants[p.at : p.at+1])[0]
	if err := made.Unfold(p.doc.VATMode, line); err != nil {
		p.host.Fail(err)
		return
	}
	p.Edit(func() { p.variant().Lines = made.Lines })
	p.wrong = nil
	p.grid.Reload()
	p.prices.more()
	if now := p.variant().Total; now != was {
		p.host.Say(p.words.T("proposal.kit_unfolded", "was", p.Money(was), "now", p.Money(now)))
	}
}

// duplicate repeats the selected lines below themselves.
func (p *Desk) duplicate() {
	from, to := p.chosenLines()
	if p.Locked() || from >= to || !p.grid.Commit() {
		return
	}
	p.Edit(func() {
		v := p.variant()
		again := trade.AsNew(trade.CopyLines(v.Lines[from:to]))
		v.Lines = slices.Insert(v.Lines, to, again...)
	})
	p.wrong = nil
	p.grid.Reload()
	p.goTo(to, p.grid.Col())
}

// Can implements screen.Commander: what the form does not know.
func (p *Desk) Can(c screen.Command) bool {
	switch c {
	case screen.Undo:
		return len(p.history.past) > 0 && !p.Locked()
	case screen.Find:
		return !p.Locked()
	}
	return false
}

// Do implements screen.Commander.
func (p *Desk) Do(c screen.Command) {
	switch c {
	case screen.Undo:
		p.undo()
	case screen.Find:
		p.pick("")
	}
}

// Actions are those of the lines that have keys of their own, or stand in the menu
// of the window.
func (p *Desk) Actions() []screen.Action {
	t, why := p.words.T, ""
	if p.owner.Fixed() {
		why = p.owner.WhyFixed()
	}
	both := fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift
	keys := func(k fyne.KeyName) fyne.Shortcut { return &desktop.CustomShortcut{KeyName: k, Modifier: both} }
	out := []screen.Action{
		{Label: t("proposal.pick_menu"), Do: func() { p.pick("") }, WhyNot: why},
		{Label: t("proposal.discount_menu"), Do: p.askDiscount, WhyNot: why, Keys: keys(fyne.KeyD)},
		{Label: t("proposal.line_heading"), Do: p.addHeading, WhyNot: why, Keys: keys(fyne.KeyH)},
		{Label: t("proposal.line_note"), Do: p.addNote, WhyNot: why, Keys: keys(fyne.KeyT)},
	}
	if p.owner.Options() {
		out = append(out, screen.Action{Label: t("proposal.line_option"), Do: p.turnOption, WhyNot: why, Keys: keys(fyne.KeyO)})
	}
	return append(out,
		screen.Action{Label: t("proposal.prices_menu"), Do: p.askPrices, Keys: keys(fyne.KeyL)},
		screen.Action{Label: t("proposal.take_lines"), Do: p.takeLines, WhyNot: why},
		screen.Action{Label: t("proposal.renew"), Do: p.renew, WhyNot: why},
	)
}
