package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"ugoda/model/text"
	"ugoda/store"
	"ugoda/ui/frame"
	"ugoda/ui/run"
	"ugoda/ui/screen"
)

// foundRecords is how many records Ctrl+K shows at most.
const foundRecords = 10

// openPalette shows the box that finds records and commands.
func (w *Window) openPalette() {
	t := w.words.T
	p := frame.NewPalette(t("command.find_anything"), t("form.no_match"))
	w.palette = p
	latest := run.NewLatest(w.runner)
	s := w.session
	p.Changed = func(typed string) {
		commands := w.foundCommands(typed)
		if len([]rune(strings.TrimSpace(typed))) < 2 {
			latest.Cancel()
			p.Show(commands)
			return
		}
		latest.Go(w.ctx, func(ctx context.Context) func() {
			hits, err := s.Search(ctx, typed, foundRecords)
			return func() {
				if err != nil {
					w.Fail(err)
					return
				}
				p.Show(append(w.foundHits(hits), commands...))
			}
		})
	}
	p.Open(w.canvas, w.top.FindTop())
	p.Changed("")
}

func (w *Window) foundHits(hits []store.Hit) []frame.Found {
	out := make([]frame.Found, len(hits))
	for i, h := range hits {
		out[i] = frame.Found{
			Label: screen.RefText(h.Ref), Kind: w.words.Kind(h.Kind),
			Do: func() { w.Open(screen.ToCard(h.Kind, h.Ref.ID)) },
		}
		if h.Why != "" {
			out[i].Hint = w.words.Field(h.Kind, h.Why)
		}
	}
	return out
}

// foundCommands are the commands whose name has every typed word in it; with
// nothing typed, the sections.
func (w *Window) foundCommands(typed string) []frame.Found {
	words := strings.Fields(text.Fold(typed))
	var out []frame.Found
	add := func(kind, label, hint string, do func()) {
		folded := text.Fold(label)
		for _, x := range words {
			if !strings.Contains(folded, x) {
				return
			}
		}
		out = append(out, frame.Found{Label: label, Kind: kind, Hint: hint, Do: do})
	}
	for _, s := range w.sections() {
		add(w.words.T("menu.go"), w.sectionName(s.ID), "", func() { w.Open(s.Address) })
	}
	if len(words) == 0 {
		return out
	}
	for _, k := range w.session.Registry().Kinds() {
		add(w.words.T("button.new"), w.words.Kind(k.Name), "", func() { w.create(k.Name) })
		if k.Catalogue {
			add(w.words.T("menu.go"), w.words.Kinds(k.Name), "", func() { w.Open(screen.ToList(k.Name, "")) })
		}
	}
	for _, m := range w.menus() {
		var walk func(prefix string, list []entry)
		walk = func(prefix string, list []entry) {
			for _, e := range list {
				if len(e.children) > 0 {
					walk(e.label+": ", e.children)
				} else if !e.line && !e.disabled && e.do != nil {
					add(m.label, prefix+e.label, keyText(e.keys), e.do)
				}
			}
		}
		walk("", m.entries)
	}
	return out
}

// keyText writes a shortcut as people say it: Ctrl+Shift+I.
func keyText(s fyne.Shortcut) string {
	k, ok := s.(fyne.KeyboardShortcut)
	if !ok {
		return ""
	}
	var out []string
	for _, m := range []struct {
		mod  fyne.KeyModifier
		name string
	}{{fyne.KeyModifierControl, "Ctrl"}, {fyne.KeyModifierSuper, "Cmd"}, {fyne.KeyModifierAlt, "Alt"}, {fyne.KeyModifierShift, "Shift"}} {
		if k.Mod()&m.mod != 0 {
			out = append(out, m.name)
		}
	}
	name := string(k.Key())
	switch k.Key() {
	case fyne.KeyReturn:
		name = "Enter"
	case fyne.KeyPageUp:
		name = "PgUp"
	case fyne.KeyPageDown:
		name = "PgDn"
	case fyne.KeyLeft:
		name = "←"
	}
	return strings.Join(append(out, name), "+")
}
