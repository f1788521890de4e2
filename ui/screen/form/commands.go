package form

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/act"
	"ugoda/ui/screen/field"
)

// Can implements screen.Commander.
func (s *Screen) Can(c screen.Command) bool {
	if s.body == nil {
		return false
	}
	if p, ok := s.page.(screen.Commander); ok && p.Can(c) {
		return true
	}
	saved := s.address.ID != 0
	switch c {
	case screen.Save, screen.SaveClose:
		return mayWrite(s.host, s.kind)
	case screen.MainAction:
		return s.main() != nil || s.pageMain() != nil
	case screen.New, screen.Refresh:
		return true
	case screen.Copy, screen.Delete, screen.History:
		return saved
	case screen.Print:
		return saved && act.CanPrint(s.host, s.kind.Name)
	case screen.Mail:
		return saved && s.host.Services().Mail != nil && len(s.kind.Prints) > 0
	case screen.Previous, screen.Next:
		return s.hasNeighbours()
	}
	return false
}

// Do implements screen.Commander.
func (s *Screen) Do(c screen.Command) {
	if p, ok := s.page.(screen.Commander); ok && p.Can(c) {
		p.Do(c)
		return
	}
	switch c {
	case screen.Save:
		s.Save(nil)
	case screen.SaveClose:
		s.Save(func(saved bool) {
			if saved {
				s.host.Close(s)
			}
		})
	case screen.MainAction:
		if a := s.pageMain(); a != nil {
			a.Do()
		} else if a := s.main(); a != nil {
			s.act(*a)
		}
	case screen.New:
		s.host.Open(screen.ToNew(s.kind.Name, nil))
	case screen.Copy:
		s.host.Open(screen.ToNew(s.kind.Name, nil).With(screen.ArgCopy, idText(s.address.ID)))
	case screen.Delete:
		s.remove()
	case screen.History:
		s.below.showHistory()
	case screen.Refresh:
		if !s.unsaved {
			s.read(false)
		}
	case screen.Print:
		s.print()
	case screen.Mail:
		s.mail()
	case screen.Previous:
		s.neighbour(-1)
	case screen.Next:
		s.neighbour(1)
	}
}

// Key implements screen.Keyed.
func (s *Screen) Key(k *fyne.KeyEvent) bool {
	if p, ok := s.page.(screen.Keyed); ok && p.Key(k) {
		return true
	}
	switch k.Name {
	case fyne.KeyEscape:
		s.host.Leave(s)
	case fyne.KeyF5:
		s.Do(screen.Refresh)
	case fyne.KeyF9:
		if s.Can(screen.Copy) {
			s.Do(screen.Copy)
		}
	default:
		return false
	}
	return true
}

// Changed implements screen.Refresher. A record that is being edited is not
// read over what was typed: the form says that it is stale.
func (s *Screen) Changed(kinds map[string][]int64) {
	if s.body == nil || s.saving {
		return
	}
	if s.beside != nil {
		s.beside.Changed(kinds)
	}
	if s.page != nil {
		s.page.Changed(kinds)
	}
	mine := len(kinds) == 0 || slices.Contains(kinds[s.kind.Name], s.address.ID)
	edited := s.unsaved || s.page != nil && s.page.Typing()
	switch {
	case mine && !edited && s.address.ID != 0:
		s.read(false)
	case mine && edited && s.address.ID != 0 && !s.stale:
		s.checkStale()
	default:
		s.below.changed(kinds)
	}
}

// checkStale tells whether the record in the base is newer than the one here.
func (s *Screen) checkStale() {
	session, id := s.host.Session(), s.address.ID
	screen.Read(s.ctx, s.host, func(ctx context.Context) (model.Keeper, error) {
		return session.Get(ctx, s.kind.Name, id)
	}, func(rec model.Keeper) {
		if rec.Base().Version <= s.body.rec.Base().Version {
			return
		}
		s.stale = true
		t := s.host.Words().T
		text := widget.NewLabel(t("ui.form.stale"))
		text.Importance = widget.WarningImportance
		s.banner.RemoveAll()
		s.banner.Add(container.NewHBox(text, input.NewButton(t("ui.form.compare"), func() {
			if s.body.collect() {
				s.resolve(&store.Conflict{Kind: s.kind.Name, Mine: s.body.rec, Theirs: rec, Fields: differing(s.kind, s.body.rec, rec)})
			}
		}).Framed()))
		s.banner.Refresh()
	})
}

// main is the main action that is allowed now.
func (s *Screen) main() *store.ActionState {
	for i, a := range s.actions {
		if a.Action.Main && len(a.Problems) == 0 {
			return &s.actions[i]
		}
	}
	return nil
}

// pageMain is the main action that the page has now.
func (s *Screen) pageMain() *screen.Action {
	if s.page == nil || !mayWrite(s.host, s.kind) {
		return nil
	}
	return s.page.Main()
}

// Actions implements screen.Actor.
func (s *Screen) Actions() []screen.Action {
	t := s.host.Words()
	var out []screen.Action
	if p, ok := s.page.(screen.Actor); ok {
		out = append(out, p.Actions()...)
	}
	for _, a := range s.actions {
		x := screen.Action{Label: t.Action(s.kind.Name, a.Action.Name), Main: a.Action.Main, Do: func() { s.act(a) }}
		if len(a.Problems) > 0 {
			x.WhyNot = reasons(s, a)
		}
		out = append(out, x)
	}
	return out
}

func reasons(s *Screen, a store.ActionState) string {
	var lines []string
	for _, p := range a.Problems {
		lines = append(lines, s.host.Words().Problem(p))
	}
	return strings.Join(lines, "\n")
}

// act does an action: what was typed is saved first, then it asks what it asks.
func (s *Screen) act(a store.ActionState) {
	t := s.host.Words()
	if len(a.Problems) > 0 {
		l := widget.NewLabel(reasons(s, a))
		l.Wrapping = fyne.TextWrapWord
		s.host.Dialog(&screen.Dialog{
			Title: t.T("ui.why_not", "action", t.Action(s.kind.Name, a.Action.Name)), Content: l, Size: fyne.NewSize(440, 0),
			Buttons: []screen.Button{{Label: t.T("button.close"), Primary: true}},
		})
		return
	}
	run := func() {
		if s.beside != nil && s.beside.Act(a.Action.Name) || s.page != nil && s.page.Act(a.Action.Name) {
			return
		}
		act.AskUntil(s.host, s.kind.Name, a.Action, s.known(a.Action), func(answers model.Answers, end func(error)) { s.run(a.Action, answers, end) })
	}
	if !s.unsaved {
		run()
		return
	}
	s.Save(func(saved bool) {
		if saved {
			run()
		}
	})
}

// known are answers that the record itself has, the stage that it is in, and
// the record under the name of its kind.
func (s *Screen) known(a *model.Action) model.Answers {
	out := model.Answers{s.kind.Name: model.Ref{ID: s.address.ID}}
	for _, ask := range a.Asks {
		if f := s.kind.Field(ask.Name); f != nil && f.Type == ask.Type && !f.Computed {
			out[ask.Name] = f.Value(s.body.rec)
		}
		if ask.Type != model.Link {
			continue
		}
		for _, name := range field.Belonging { // what is asked belongs where the record does
			if f := s.kind.Field(name); f != nil && f.Type == model.Link && f.To == name {
				out[name] = f.Value(s.body.rec)
			}
		}
	}
	return out
}

func (s *Screen) run(a *model.Action, answers model.Answers, end func(error)) {
	act.Try(s.ctx, s.host, s.kind.Name, s.address.ID, a.Name, answers, func(e model.Effects, err error) {
		end(err)
		if err != nil {
			return
		}
		s.read(false)
		act.Follow(s.host, e)
	})
}

// remove moves the record to the bin and closes its tab; it can be undone.
func (s *Screen) remove() {
	session, id, h := s.host.Session(), s.address.ID, s.host
	name := s.Title()
	screen.Read(s.ctx, h, func(ctx context.Context) (store.Batch, error) {
		return session.Mark(ctx, s.kind.Name, id, true)
	}, func(b store.Batch) {
		h.Close(s)
		h.Saved(s.kind.Name, id)
		h.Done(h.Words().N("list.to_bin", 1)+": "+name, b)
	})
}

// print shows the record as it will print; what was typed is saved first.
func (s *Screen) print() {
	s.leaving(func() { act.Print(s.host, s.kind.Name, s.address.ID) })
}

// mail opens the letter that the record leaves with.
func (s *Screen) mail() {
	s.leaving(func() { s.host.Services().Mail(s.host, s.kind.Name, []int64{s.address.ID}) })
}

// leaving saves what was typed, and lets a page ask for what a print needs.
func (s *Screen) leaving(then func()) {
	s.Saved(func() {
		if s.page != nil {
			s.page.Printing(then)
			return
		}
		then()
	})
}

// Mail opens the letter that the record leaves with.
func (s *Screen) Mail() { s.mail() }

func (s *Screen) hasNeighbours() bool {
	key := s.address.Arg(screen.ArgFrom)
	return key != "" && len(s.host.NeighboursOf(key)) > 1
}

// neighbour goes to the record before or after this one in the list that it
// was opened from.
func (s *Screen) neighbour(step int) {
	ids := s.host.NeighboursOf(s.address.Arg(screen.ArgFrom))
	at := slices.Index(ids, s.address.ID)
	if at < 0 || at+step < 0 || at+step >= len(ids) {
		return
	}
	move := func() {
		s.dropDraftOf(false)
		s.address.ID = ids[at+step]
		s.unsaved = false
		s.read(false)
		s.host.Retitle(s)
	}
	if !s.unsaved {
		move()
		return
	}
	s.Save(func(saved bool) {
		if saved {
			move()
		}
	})
}
