package proposals

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"ugoda/locale"
	"ugoda/model/proposal"
	beside "ugoda/service/versions"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/versions"
)

// variantName is the name of a variant, or its number where it has none.
func (p *page) variantName(i int) string { return nameOf(p.words, p.Doc().Variants, i) }

func nameOf(t *locale.Printer, all []proposal.Variant, i int) string {
	if name := all[i].Name; name != "" {
		return name
	}
	return t.T("proposal.variant_n", "n", i+1)
}

// turn goes to the variant before or after, round the ends.
func (p *page) turn(by int) {
	n := len(p.Doc().Variants)
	p.TurnTo((p.At() + by + n) % n)
}

// addItems offer how a variant is added.
func (p *page) addItems() []*fyne.MenuItem {
	if p.Locked() {
		return nil
	}
	t := p.words.T
	return []*fyne.MenuItem{
		fyne.NewMenuItem(t("proposal.variant_copy", "name", p.variantName(p.At())), func() { p.addVariant(p.At()) }),
		fyne.NewMenuItem(t("proposal.variant_empty"), func() { p.addVariant(-1) }),
	}
}

// addVariant adds a variant, a copy of another unless from is below nought, and
// asks its name.
func (p *page) addVariant(from int) {
	if p.Locked() || !p.Grid().Commit() {
		return
	}
	p.Rearrange(func() int {
		name := p.words.T("proposal.variant_n", "n", len(p.Doc().Variants)+1)
		if from >= 0 && p.Doc().Variants[from].Name == "" {
			p.Doc().Variants[from].Name = p.variantName(from)
		}
		return p.Doc().AddVariant(from, name)
	})
	p.Anew()
	p.rename()
}

// variantItems are what can be done with the variant in front.
func (p *page) variantItems() []*fyne.MenuItem {
	t := p.words.T
	all := fyne.NewMenuItem(t("versions.beside"), p.layBeside)
	all.Disabled = len(p.rec().Variants) < 2
	if p.Locked() {
		return []*fyne.MenuItem{all}
	}
	recommend := fyne.NewMenuItem(t("proposal.variant_recommend"), func() {
		p.Edit(func() { p.Doc().Recommend(p.At()) })
	})
	recommend.Checked = p.variant().Recommended
	remove := fyne.NewMenuItem(t("proposal.variant_delete"), p.removeVariant)
	remove.Disabled = len(p.Doc().Variants) < 2
	left := fyne.NewMenuItem(t("proposal.variant_left"), func() { p.shiftVariant(-1) })
	left.Disabled = p.At() == 0
	right := fyne.NewMenuItem(t("proposal.variant_right"), func() { p.shiftVariant(1) })
	right.Disabled = p.At() == len(p.Doc().Variants)-1
	alone := fyne.NewMenuItem(t("proposal.variant_alone"), p.variantAlone)
	alone.Disabled = p.rec().ID == 0 || p.form.Unsaved() || len(p.Doc().Variants) < 2
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
	p.host.Open(to.With(argVariant, strconv.Itoa(p.At())))
}

// asked leaves of the variants of a fresh copy the one that was asked for.
func (p *page) asked(all []proposal.Variant) []proposal.Variant {
	a := p.form.Address()
	if i, err := strconv.Atoi(a.Arg(argVariant)); err == nil && a.ID == 0 && a.Arg(screen.ArgDraft) == "" && i < len(all) {
		all[i].Recommended = true
		return all[i : i+1]
	}
	return all
}

// shiftVariant moves the variant in front among the others.
func (p *page) shiftVariant(by int) {
	to := p.At() + by
	if to < 0 || to >= len(p.Doc().Variants) {
		return
	}
	p.Rearrange(func() int {
		v := p.Doc().Variants
		v[p.At()], v[to] = v[to], v[p.At()]
		return to
	})
}

// removeVariant takes the variant in front out; Ctrl+Z brings it back.
func (p *page) removeVariant() {
	if p.Locked() || len(p.Doc().Variants) < 2 || !p.Grid().Commit() {
		return
	}
	name := p.variantName(p.At())
	p.Rearrange(func() int {
		p.Doc().RemoveVariant(p.At())
		return min(p.At(), len(p.Doc().Variants)-1)
	})
	p.Anew()
	p.host.Say(p.words.T("proposal.variant_deleted", "name", name))
}

// rename asks the name of the variant in front.
func (p *page) rename() {
	if p.Locked() {
		return
	}
	t := p.words.T
	name := input.NewEntry()
	name.SetText(p.variantName(p.At()))
	i := p.At()
	d := &screen.Dialog{
		Title: t("proposal.variant_rename"), Size: fyne.NewSize(360, 0), Content: name, Focus: name,
		Buttons: []screen.Button{{Label: t("button.cancel")}, {Label: t("button.apply"), Primary: true, Do: func() {
			if text := strings.TrimSpace(name.Text); text != "" && i < len(p.Doc().Variants) && text != p.Doc().Variants[i].Name {
				p.Edit(func() { p.Doc().Variants[i].Name = text })
			}
		}}},
		Closed: func() { p.host.Canvas().Focus(p.Grid()) },
	}
	p.host.Dialog(d)
}
