package compose

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/theme"
)

// banner is a line of what one should know, with a way on.
func (s *Screen) banner(icon fyne.Resource, importance widget.Importance, text, action string, do func()) {
	l := widget.NewLabel(text)
	l.Importance = importance
	l.Wrapping = fyne.TextWrapWord
	var right fyne.CanvasObject
	if action != "" {
		right = container.NewVBox(input.NewButton(action, do).Framed())
	}
	s.banners.Add(container.NewBorder(nil, nil, container.New(&wide{width: 24}, widget.NewIcon(icon)), right, l))
}

func (s *Screen) showBanners() {
	t := s.Host.Words()
	s.banners.RemoveAll()
	if folder, yes := s.office.Indoors(); yes {
		s.banner(hint(), widget.LowImportance, t.T("compose.indoors", "folder", folder), "", nil)
	}
	if len(s.usual.Held) > 0 {
		s.banner(fynetheme.WarningIcon(), widget.DangerImportance, t.T("compose.held", "why", t.Error(model.Problems(s.usual.Held))), t.T("compose.to_document"), func() { s.Host.Open(screen.ToCard(s.At.Kind, s.At.ID)) })
		s.sendButton.Disable()
	} else {
		s.sendButton.Enable()
	}
	if s.usual.Sender == "" {
		s.banner(fynetheme.WarningIcon(), widget.WarningImportance, t.T("compose.no_account"), t.T("compose.set_up"), s.setUp)
	}
	if s.usual.Again {
		s.banner(hint(), widget.LowImportance, t.T("compose.again"), "", nil)
	}
	s.banners.Refresh()
	s.Body.Refresh()
}

func (s *Screen) showRestored(at time.Time) {
	t := s.Host.Words()
	s.banner(hint(), widget.LowImportance, t.T("form.draft_found", "when", at), t.T("compose.anew"), func() {
		s.forget()
		s.files = nil
		for f, c := range s.formats {
			c.Set(f == "pdf")
		}
		s.inBody.Set(false)
		for _, c := range s.forms {
			c.Set(false)
		}
		s.begin("")
	})
	s.Body.Refresh()
}

// hint is the mark of what is good to know, in the quiet tone of its words.
func hint() fyne.Resource {
	return fynetheme.NewColoredResource(fynetheme.InfoIcon(), theme.Muted)
}
