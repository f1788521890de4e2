package proposals

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	beside "ugoda/service/versions"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/versions"
)

// variantName is the name of a variant, or its number where it has none.
func (p *page) variantName(i int) string {
	if name := p.doc.Variants[i].Name; name != "" {
		return name
	}
	return p.words.T("proposal.variant_n", "n", i+1)
}

// turnTo brings a variant to the front.
func (p *page) turnTo(i int) {
	if i < 0 || i >= len(p.doc.Variants) || i == p.at {
		return
	}
	if !p.grid.Commit() { // what was refused would be lost
		return
	}
	p.at = i
	p.grid.SetLines(p.sheet)
	p.terms.showNote()
	p.refresh()
	p.onLine()
}

// turn goes to the variant before or after, round the ends.
func (p *page) turn(by int) {
	n := len(p.doc.Variants)
	p.turnTo((p.at + by + n) % n)
}

// addItems offer how a variant is added.
func (p *page) addItems() []*fyne.MenuItem {
	if p.fixed() {
		return nil
	}
	t := p.words.T
	return []*fyne.MenuItem{
		fyne.NewMenuItem(t("proposal.variant_copy", "name", p.variantName(p.at)), func() { p.addVariant(p.at) }),
		fyne.NewMenuItem(t("proposal.variant_empty"), func() { p.addVariant(-1) }),
	}
}

// addVariant adds a variant, a copy of another unless from is below nought, and
// asks its name.
func (p *page) addVariant(from int) {
	if p.fixed() || !p.grid.Commit() {
		return
	}
	p.edit(func() {
		name := p.words.T("proposal.variant_n", "n", len(p.doc.Variants)+1)
		if from >= 0 && p.doc.Variants[from].Name == "" {
			p.doc.Variants[from].Name = p.variantName(from)
		}
		p.at = p.doc.AddVariant(from, name)
	})
	p.grid.SetLines(p.sheet)
	p.terms.showNote()
	p.rename()
}

// variantItems are what can be done with the variant in front.
func (p *page) variantItems() []*fyne.MenuItem {
	t := p.words.T
	all := fyne.NewMenuItem(t("versions.beside"), p.layBeside)
	all.Disabled = len(p.rec().Variants) < 2
	if p.fixed() {
		return []*fyne.MenuItem{all}
	}
	recommend := fyne.NewMenuItem(t("proposal.variant_recommend"), func() {
		p.edit(func() { p.doc.Recommend(p.at) })
	})
	recommend.Checked = p.variant().Recommended
	remove := fyne.NewMenuItem(t("proposal.variant_delete"), p.removeVariant)
	remove.Disabled = len(p.doc.Variants) < 2
	left := fyne.NewMenuItem(t("proposal.variant_left"), func() { p.shiftVariant(-1) })
	left.Disabled = p.at == 0
	right := fyne.NewMenuItem(t("proposal.variant_right"), func() { p.shiftVariant(1) })
	right.Disabled = p.at == len(p.doc.Variants)-1
	alone := fyne.NewMenuItem(t("proposal.variant_alone"), p.variantAlone)
	alone.Disabled = p.rec().ID == 0 || p.form.Unsaved() || len(p.doc.Variants) < 2
	out := []*fyne.MenuItem{recommend, fyne.NewMenuItem(t("proposal.variant_rename"), p.rename), left, right, remove, alone, all, fyne.NewMenuItemSeparator()}
	return append(out, p.addItems()...)
}

// layBeside shows all variants side by side, as they are saved.
func (p *page) layBeside() {
	to := screen.Address{Screen: versions.Screen, Kind: "proposal", ID: p.rec().ID}
	p.host.Open(to.With(versions.ArgOld, beside.AllVariants).With(versions.ArgNew, beside.AllVariants))
}

// argVariant is the key of an address of a copy: the place of the one variant
// that it takes over.
const argVariant = "variant"

// variantAlone begins a new proposal, a copy of this one as it is saved with the
// variant in front alone.
func (p *page) variantAlone() {
	to := screen.ToNew("proposal", nil).With(screen.ArgCopy, strconv.FormatInt(p.rec().ID, 10))
	p.host.Open(to.With(argVariant, strconv.Itoa(p.at)))
}

// keepVariant leaves of a fresh copy the one variant that was asked for.
func (p *page) keepVariant() {
	a, all := p.form.Address(), p.doc.Variants
	if i, err := strconv.Atoi(a.Arg(argVariant)); err == nil && a.ID == 0 && a.Arg(screen.ArgDraft) == "" && i < len(all) {
		all[i].Recommended = true
		p.doc.Variants = all[i : i+1]
	}
}

// shiftVariant moves the variant in front among the others.
func (p *page) shiftVariant(by int) {
	to := p.at + by
	if to < 0 || to >= len(p.doc.Variants) {
		return
	}
	p.edit(func() {
		v := p.doc.Variants
		v[p.at], v[to] = v[to], v[p.at]
		p.at = to
	})
	p.wrong = nil
}

// removeVariant takes the variant in front out; Ctrl+Z brings it back.
func (p *page) removeVariant() {
	if p.fixed() || len(p.doc.Variants) < 2 || !p.grid.Commit() {
		return
	}
	name := p.variantName(p.at)
	p.edit(func() {
		p.doc.RemoveVariant(p.at)
		p.at = min(p.at, len(p.doc.Variants)-1)
	})
	p.wrong = nil
	p.grid.SetLines(p.sheet)
	p.terms.showNote()
	p.host.Say(p.words.T("proposal.variant_deleted", "name", name))
}

// rename asks the name of the variant in front.
func (p *page) rename() {
	if p.fixed() {
		return
	}
	t := p.words.T
	name := input.NewEntry()
	name.SetText(p.variantName(p.at))
	i := p.at
	d := &screen.Dialog{
		Title: t("proposal.variant_rename"), Size: fyne.NewSize(360, 0), Content: name, Focus: name,
		Buttons: []screen.Button{{Label: t("button.cancel")}, {Label: t("button.apply"), Primary: true, Do: func() {
			if text := strings.TrimSpace(name.Text); text != "" && i < len(p.doc.Variants) && text != p.doc.Variants[i].Name {
				p.edit(func() { p.doc.Variants[i].Name = text })
			}
		}}},
		Closed: func() { p.host.Canvas().Focus(p.grid) },
	}
	p.host.Dialog(d)
}
