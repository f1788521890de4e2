package proposals

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ugoda/model/firm"
	"ugoda/model/proposal"
	"ugoda/ui/input"
	"ugoda/ui/screen/document"
)

// The texts of the letter, by the usage of their snippets.
var texts = []struct{ usage, field string }{
	{firm.UsageIntro, "intro"}, {firm.UsagePayment, "payment_terms"}, {firm.UsageDelivery, "delivery_terms"}, {firm.UsageWarranty, "warranty"},
}

const (
	pageNote   = "note"
	pageLetter = "letter"
)

// notes are the texts of the variant in front: its note, and terms of its own.
type notes struct {
	p      *page
	note   *input.Entry
	about  string // which text it is
	abouts map[string]*input.Button
	began  bool // the text was changed since it got the keyboard
}

// newNotes makes the pages of the texts, of the variant and of the letter.
func newNotes(p *page) *notes {
	n := &notes{p: p}
	terms, t := p.Terms(), p.words.T
	for _, x := range texts {
		terms.AddText(x.usage, x.field, t("proposal.terms."+x.usage))
	}
	n.note = input.NewMulti(3)
	n.note.SetPlaceHolder(t("proposal.note_hint"))
	n.note.OnEnter = func() { n.began = false }
	n.note.OnChanged = n.noted
	n.note.SetKeys(n.key)
	terms.Add(pageNote, t("proposal.terms.note"), n.variantPage(terms))
	terms.AddFields(pageLetter, t("proposal.terms.letter"), func(name string) string { // what it is when nobody says
		if name == "department" {
			return ""
		}
		return t("proposal.usual." + name)
	}, "addressee", "signatory", "template", "department")
	return n
}

// pageNote is also what the note of a variant is called among what is its own.
// The others are called as the snippets that they may come from.
var variantTexts = []string{pageNote, firm.UsagePayment, firm.UsageDelivery, firm.UsageWarranty}

// ownText is a text of a variant.
func ownText(v *proposal.Variant, about string) *string {
	switch about {
	case firm.UsagePayment:
		return &v.PaymentTerms
	case firm.UsageDelivery:
		return &v.DeliveryTerms
	case firm.UsageWarranty:
		return &v.Warranty
	}
	return &v.Note
}

// variantPage is the note of the variant in front, and terms that it has in the
// place of the proposal's.
func (n *notes) variantPage(terms *document.Terms) fyne.CanvasObject {
	n.about, n.abouts = pageNote, map[string]*input.Button{}
	row := container.NewHBox()
	for _, about := range variantTexts {
		n.abouts[about] = input.NewButton("", func() {
			n.about, n.began = about, false
			n.show()
			n.p.host.Canvas().Focus(n.note)
		})
		row.Add(n.abouts[about])
	}
	chooser := terms.Chooser(func() string {
		if n.about == pageNote {
			return ""
		}
		return n.about
	}, func() string { return n.note.Text }, func(text string, _ []*firm.Snippet) {
		n.began = false
		n.note.SetText(text)
	})
	return container.NewBorder(container.NewBorder(nil, nil, nil, chooser, container.NewHScroll(row)), nil, nil, nil, n.note)
}

// show shows the note of the variant in front, or what else of its own was
// chosen; a dot marks what there is.
func (n *notes) show() {
	w := n.p.words
	for _, about := range variantTexts {
		label := w.T("proposal.own." + about)
		if *ownText(n.p.variant(), about) != "" {
			label += " •"
		}
		n.abouts[about].SetText(label)
		n.abouts[about].SetPrimary(about == n.about)
	}
	hint := w.T("proposal.note_hint")
	for _, x := range texts {
		if x.usage == n.about {
			hint = w.T("proposal.own_hint")
			if usual, _ := n.p.form.Get(x.field).(string); usual != "" {
				hint += ": " + usual
			}
		}
	}
	n.note.SetPlaceHolder(hint)
	if n.p.Locked() {
		n.note.Disable()
	} else {
		n.note.Enable()
	}
	if text := *ownText(n.p.variant(), n.about); n.note.Text != text {
		n.note.OnChanged = nil
		n.note.SetText(text)
		n.note.OnChanged = n.noted
	}
}

func (n *notes) noted(text string) {
	p := n.p
	own := ownText(p.variant(), n.about)
	if text == *own {
		return
	}
	if !n.began {
		n.began = true
		p.Noted()
	}
	marked := (*own == "") != (text == "")
	*own = text
	if marked {
		n.show()
	}
	p.form.Edited()
}

func (n *notes) key(k fyne.KeyName, mod fyne.KeyModifier) bool {
	return mod == 0 && n.p.form.Key(&fyne.KeyEvent{Name: k})
}
