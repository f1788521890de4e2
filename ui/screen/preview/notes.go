package preview

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/service/paper"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/blanks"
	"ugoda/ui/screen/renewal"
	"ugoda/ui/theme"
)

// showWhy tells which template it is, and why.
func (s *Screen) showWhy() {
	t, x := s.Host.Words(), s.shown
	if x.printed == nil || s.At.Arg(argVersion) == "" && s.At.Arg(argTemplate)+s.At.Arg(argForm) != "" {
		s.why.Hide()
		return
	}
	c := x.printed.Through
	name := c.Name
	if name == "" {
		name = t.Choice("template", "form", c.Form)
	}
	text := t.T("print.through", "name", name, "why", c.Why.Say(t))
	if v := s.At.Arg(argVersion); v != "" {
		text = t.T("print.through_version", "name", name, "no", v)
	}
	s.why.SetText(text)
	s.why.Show()
}

// showOffers tells that the program ships a newer text, and what the document
// would leave blank.
func (s *Screen) showOffers() {
	x, t := s.shown, s.Host.Words()
	s.offers.RemoveAll()
	if n := renewal.Notice(s.Ctx, s.Host, x.newer); n != nil && s.At.Arg(argVersion) == "" {
		s.offers.Add(n)
	}
	if len(x.blanks) > 0 && x.failed == nil {
		text := widget.NewLabel(t.T("print.blank", "what", paper.SayBlanks(x.blanks, t)))
		text.Truncation = fyne.TextTruncateEllipsis
		text.Importance = widget.WarningImportance
		fill := input.NewButton(t.T("print.blank.fill"), func() { blanks.Ask(s.Ctx, s.Host, x.blanks, func() {}) }).Framed()
		s.offers.Add(container.NewBorder(nil, nil, container.New(&fixed{24}, widget.NewIcon(fynetheme.NewWarningThemedResource(fynetheme.WarningIcon()))), fill, text))
	}
	s.offers.Refresh()
}

// showBanner names what cannot be shown, and who prints.
func (s *Screen) showBanner() {
	t := s.Host.Words()
	text := ""
	all := s.allNotes()
	for i, n := range all {
		if i > 0 {
			text += "  ·  "
		}
		text += n.Say(t)
	}
	s.every.Hide()
	if len(all) > 1 {
		s.every.Show()
	}
	// That another program prints is good to know; what is lost is a warning.
	s.notes.Importance = widget.LowImportance
	s.mark.SetResource(fynetheme.NewColoredResource(fynetheme.InfoIcon(), theme.Muted))
	if len(s.shown.notes) > 0 || len(all) > 0 && s.shown.suite == "" {
		s.notes.Importance = widget.WarningImportance
		s.mark.SetResource(fynetheme.NewWarningThemedResource(fynetheme.WarningIcon()))
	}
	s.notes.SetText(text)
	if text == "" {
		s.banner.Hide()
	} else {
		s.banner.Show()
	}
	s.Body.Refresh()
}

// allNotes are what our own layout cannot show and, where an office suite
// makes the PDF, that its pages may break elsewhere.
func (s *Screen) allNotes() []paper.Note {
	x := s.shown
	notes := x.notes
	if held := x.printed.Held; len(held) > 0 {
		why := s.Host.Words().Error(model.Problems(held))
		return append([]paper.Note{{Key: "print.note.draft", Args: map[string]any{"why": strings.ReplaceAll(why, "\n", " ")}}}, notes...)
	}
	if x.suite != "" {
		notes = append([]paper.Note{{Key: "print.note.suite", Args: map[string]any{"suite": x.suite}}}, notes...)
	} else if name, missing := paper.Missing(x.engine); missing {
		notes = append([]paper.Note{{Key: "paper.note.suite_missing", Args: map[string]any{"suite": name}}}, notes...)
	}
	return notes
}

// showNotes lists all notes, each on a line of its own.
func (s *Screen) showNotes() {
	t := s.Host.Words()
	text := ""
	for _, n := range s.allNotes() {
		text += "• " + n.Say(t) + "\n"
	}
	l := widget.NewLabel(text)
	l.Wrapping = fyne.TextWrapWord
	s.Host.Dialog(&screen.Dialog{
		Title: t.T("print.notes.title"), Content: container.NewVScroll(l), Size: fyne.NewSize(560, 300),
		Buttons: []screen.Button{{Label: t.T("button.close"), Primary: true}},
	})
}
