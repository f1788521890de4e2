package ui

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/text"
	"ugoda/store"
	"ugoda/ui/frame"
	"ugoda/ui/run"
	"ugoda/ui/screen"
	"ugoda/ui/screen/settings"
)

// foundRecords is how many records of a kind Ctrl+K shows at most.
const foundRecords = 10

// leastTyped is how many letters are looked for among the records.
const leastTyped = 2

// openPalette shows the box that finds records and commands.
func (w *Window) openPalette() {
	t := w.words.T
	p := frame.NewPalette(t("command.find_anything"), t("form.no_match"))
	w.palette = p
	latest := run.NewLatest(w.runner)
	s := w.session
	offered := w.commands()
	p.Changed = func(typed string) {
		first, rest := matching(offered, typed)
		if len([]rune(strings.TrimSpace(typed))) < leastTyped {
			latest.Cancel()
			p.Show(append(first, rest...))
			return
		}
		latest.Go(w.ctx, func(ctx context.Context) func() {
			hits, err := findRecords(ctx, s, typed)
			return func() {
				if err != nil {
					w.Fail(err)
					return
				}
				p.Show(w.ordered(typed, hits, first, rest))
			}
		})
	}
	p.Open(w.canvas, w.top.FindTop())
	p.Changed("")
}

// firstCommands is how many commands whose name begins with what was typed stand
// before the records.
const firstCommands = 3

// ordered puts what was meant most likely on top: the record of that very name
// or number, commands that begin so, other records, other commands.
func (w *Window) ordered(typed string, hits []hit, first, rest []frame.Found) []frame.Found {
	whole := text.Fold(typed)
	exact := 0
	for exact < len(hits) && (text.Fold(hits[exact].Ref.Name) == whole || text.Fold(hits[exact].Ref.Code) == whole) {
		exact++
	}
	records := w.foundHits(hits)
	n := min(len(first), firstCommands)
	return slices.Concat(records[:exact], first[:n], records[exact:], first[n:], rest)
}

// hit is a record that was found, with the client that it belongs to.
type hit struct {
	store.Hit
	client string
}

// findRecords finds records by what was typed, and when nothing answers to it,
// by what the same keys write in the other layout of the keyboard.
func findRecords(ctx context.Context, s *store.Session, typed string) ([]hit, error) {
	found, err := s.Search(ctx, typed, foundRecords)
	if other := text.OtherLayout(typed); err == nil && len(found) == 0 && other != "" {
		found, err = s.Search(ctx, other, foundRecords)
	}
	if err != nil {
		return nil, err
	}
	out := make([]hit, len(found))
	of := map[string][]int64{}
	for i, h := range found {
		out[i].Hit = h
		if f := s.Registry().Kind(h.Kind).Field("client"); f != nil && f.Type == model.Link {
			of[h.Kind] = append(of[h.Kind], h.Ref.ID)
		}
	}
	for kind, ids := range of {
		rows, err := s.Rows(ctx, store.Query{Kind: kind, Columns: []string{"client"}}, ids)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			client, _ := r.Cells[0].(model.Ref)
			for i := range out {
				if out[i].Kind == kind && out[i].Ref.ID == r.ID {
					out[i].client = client.Name
				}
			}
		}
	}
	return out, nil
}

func (w *Window) foundHits(hits []hit) []frame.Found {
	out := make([]frame.Found, len(hits))
	for i, h := range hits {
		out[i] = frame.Found{
			Label: screen.RefText(h.Ref), Kind: w.words.Kind(h.Kind),
			Do: func() { w.Open(screen.ToCard(h.Kind, h.Ref.ID)) },
		}
		if h.client != "" && !strings.Contains(out[i].Label, h.client) {
			out[i].Label += " · " + h.client
		}
		if h.Why != "" {
			out[i].Hint = w.words.Field(h.Kind, h.Why)
			if strings.Contains(h.Why, ".") {
				out[i].Hint = w.words.Path(w.session.Registry(), h.Kind, h.Why)
			}
		}
	}
	return out
}

// offer is a command of the palette, with all the names that it answers to.
type offer struct {
	frame.Found
	names  []string // folded: in every language
	always bool     // offered before anything is typed
}

// commands are what the palette can do: go to a section, create a record, open a
// catalogue, and whatever the menus do now. Each answers to its name in either
// language.
func (w *Window) commands() []offer {
	var printers []*locale.Printer
	for _, l := range locale.Languages {
		printers = append(printers, locale.New(l))
	}
	var out []offer
	add := func(always bool, kind, label, hint string, do func(), named func(p *locale.Printer) string) {
		o := offer{Found: frame.Found{Label: label, Kind: kind, Hint: hint, Do: do}, always: always, names: []string{text.Fold(label)}}
		for _, p := range printers {
			o.names = append(o.names, text.Fold(named(p)))
		}
		out = append(out, o)
	}
	t := w.words
	for _, s := range w.sections() {
		add(true, t.T("menu.go"), w.sectionName(s.ID), "", func() { w.Open(s.Address) }, func(p *locale.Printer) string { return p.T("section." + s.ID) })
	}
	for _, k := range w.session.Registry().Kinds() {
		add(false, t.T("button.new"), t.Kind(k.Name), "", func() { w.create(k.Name) }, func(p *locale.Printer) string { return p.T("button.new") + " " + p.Kind(k.Name) })
		if k.Catalogue {
			add(false, t.T("menu.go"), t.Kinds(k.Name), "", func() { w.Open(screen.ToList(k.Name, "")) }, func(p *locale.Printer) string { return p.Kinds(k.Name) })
		}
	}
	for _, name := range settings.Sections(w.session) {
		label := func(p *locale.Printer) string { return p.T("section.settings") + ": " + p.T("settings."+name) }
		add(false, t.T("menu.go"), label(t), "", func() { w.Open(settings.To(name)) }, label)
	}
	return append(out, w.menuOffers(printers)...)
}

// menuOffers are the items of the menus, which say their names in each language
// in turn.
func (w *Window) menuOffers(printers []*locale.Printer) []offer {
	type item struct {
		menu  string
		label string
		entry entry
	}
	flat := func(words *locale.Printer) []item {
		mine := w.words
		w.words = words
		defer func() { w.words = mine }()
		var out []item
		for _, m := range w.menus() {
			if m.label == words.T("menu.go") {
				continue // the sections are there already
			}
			var walk func(prefix string, list []entry)
			walk = func(prefix string, list []entry) {
				for _, e := range list {
					if len(e.children) > 0 {
						walk(e.label+": ", e.children)
					} else if !e.line {
						out = append(out, item{m.label, prefix + e.label, e})
					}
				}
			}
			walk("", m.entries)
		}
		return out
	}
	var out []offer
	mine := flat(w.words)
	others := make([][]item, len(printers))
	for i, p := range printers {
		others[i] = flat(p)
	}
	for i, x := range mine {
		if x.entry.disabled || x.entry.do == nil {
			continue
		}
		o := offer{Found: frame.Found{Label: x.label, Kind: x.menu, Hint: keyText(x.entry.keys), Do: x.entry.do}}
		for _, other := range others {
			if i < len(other) {
				o.names = append(o.names, text.Fold(other[i].label))
			}
		}
		out = append(out, o)
	}
	return out
}

// matching are the commands with every typed word in one of their names, or
// every word that the same keys write in the other layout; those that begin
// with it come first. With nothing typed it is the sections.
func matching(offered []offer, typed string) (first, rest []frame.Found) {
	whole := text.Fold(typed)
	slip := text.Fold(text.OtherLayout(typed))
	for _, o := range offered {
		if whole == "" {
			if o.always {
				rest = append(rest, o.Found)
			}
			continue
		}
		switch begins, has := o.answers(whole); {
		case begins:
			first = append(first, o.Found)
		case has:
			rest = append(rest, o.Found)
		case slip != "":
			if _, has := o.answers(slip); has {
				rest = append(rest, o.Found)
			}
		}
	}
	return first, rest
}

func (o offer) answers(typed string) (begins, has bool) {
	words := strings.Fields(typed)
	for _, name := range o.names {
		all := true
		for _, x := range words {
			all = all && strings.Contains(name, x)
		}
		has = has || all
		begins = begins || all && strings.HasPrefix(name, words[0])
	}
	return begins, has
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
