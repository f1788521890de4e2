package settings

import (
	"context"

	"fyne.io/fyne/v2"

	"ugoda/service/paper"
	"ugoda/ui/input"
	"ugoda/ui/screen"
)

// engine chooses who makes PDF out of filled templates.
func (s *Screen) engine() fyne.CanvasObject {
	h := s.Host
	t := h.Words().T
	choice := input.NewChoice(nil)
	type found struct {
		chosen    paper.Engine
		installed map[paper.Engine]bool
		auto      string
	}
	session := h.Session()
	screen.Read(s.Ctx, h, func(ctx context.Context) (found, error) {
		chosen, err := paper.ChosenEngine(ctx, session)
		return found{chosen, paper.Installed(), paper.Suite(paper.Auto)}, err
	}, func(f found) {
		var options []input.Option
		for _, e := range paper.Engines {
			text := t("settings.engine." + string(e))
			switch {
			case e == paper.Auto && f.auto != "":
				text += " (" + f.auto + ")"
			case !f.installed[e]:
				text = t("settings.engine_missing", "suite", text)
			}
			options = append(options, input.Option{Key: string(e), Text: text})
		}
		choice.SetOptions(options)
		choice.Set(string(f.chosen))
	})
	choice.OnChange = func() {
		value := choice.Value()
		h.Background(context.WithoutCancel(s.Ctx), func(ctx context.Context) error {
			return session.SetPreference(ctx, paper.EngineSetting, value)
		}, h.Fail)
	}
	return input.NewLabelled(t("settings.engine_of_pdf"), choice, false, 110)
}
