package ui

import (
	"context"
	"encoding/json"
	"slices"

	"fyne.io/fyne/v2"

	"ugoda/ui/frame"
	"ugoda/ui/screen"
)

// tab is one tab: a screen, and for the preview tab the way that led to it.
type tab struct {
	screen  screen.Screen
	preview bool
	trail   []screen.Address
	fixed   bool
	stale   map[string][]int64 // kinds that changed while the tab was behind
}

// Drafter is a screen that can be taken down and put up again without losing
// what was typed: when the language or the theme changes.
type Drafter interface {
	// Draft is the address that brings everything back.
	Draft() screen.Address
}

func (w *Window) current() screen.Screen {
	if w.active < 0 || w.active >= len(w.tabs) {
		return nil
	}
	return w.tabs[w.active].screen
}

func (w *Window) tabOf(s screen.Screen) int {
	return slices.IndexFunc(w.tabs, func(t *tab) bool { return t.screen == s })
}

// Open implements screen.Host.
func (w *Window) Open(a screen.Address) {
	if w.band != nil {
		w.band.opened(a, false)
	}
	for i, t := range w.tabs {
		if t.screen.Address().Same(a) {
			if t.preview {
				t.preview = false
			}
			w.selectTab(i)
			if g, ok := t.screen.(screen.Goer); ok {
				g.Goes(a)
			}
			return
		}
	}
	s, err := w.registry.Make(w, a)
	if err != nil {
		w.Fail(err)
		return
	}
	at := len(w.tabs)
	if w.active >= 0 {
		at = w.active + 1
	}
	w.tabs = slices.Insert(w.tabs, at, &tab{screen: s, fixed: a.Screen == homeScreen})
	w.active = -1
	w.selectTab(at)
}

// Preview implements screen.Host.
func (w *Window) Preview(a screen.Address) {
	if w.band != nil {
		w.band.opened(a, true)
	}
	s, err := w.registry.Make(w, a)
	if err != nil {
		w.Fail(err)
		return
	}
	i := slices.IndexFunc(w.tabs, func(t *tab) bool { return t.preview })
	if i < 0 {
		at := w.active + 1
		w.tabs = slices.Insert(w.tabs, at, &tab{screen: s, preview: true})
		w.active = -1
		w.selectTab(at)
		return
	}
	t := w.tabs[i]
	t.trail = append(t.trail, t.screen.Address())
	w.replace(t, s)
	w.active = -1
	w.selectTab(i)
}

// replace puts another screen into a tab.
func (w *Window) replace(t *tab, s screen.Screen) {
	t.screen.Close()
	t.screen, t.stale = s, nil
}

// back returns along the trail of a preview, or to the tab that was in front before.
func (w *Window) back() {
	if w.active < 0 {
		return
	}
	t := w.tabs[w.active]
	if t.preview && len(t.trail) > 0 {
		a := t.trail[len(t.trail)-1]
		s, err := w.registry.Make(w, a)
		if err != nil {
			w.Fail(err)
			return
		}
		t.trail = t.trail[:len(t.trail)-1]
		w.replace(t, s)
		i := w.active
		w.active = -1
		w.selectTab(i)
		return
	}
	for i := len(w.visited) - 2; i >= 0; i-- {
		if j := slices.Index(w.tabs, w.visited[i]); j >= 0 {
			w.visited = w.visited[:i]
			w.selectTab(j)
			return
		}
	}
}

// selectTab brings a tab to the front.
func (w *Window) selectTab(i int) {
	if i < 0 || i >= len(w.tabs) {
		return
	}
	if i != w.active {
		if s, ok := w.current().(screen.Lifecycle); ok {
			s.Hidden()
		}
		w.active = i
		t := w.tabs[i]
		w.visited = append(slices.DeleteFunc(w.visited, func(v *tab) bool { return v == t }), t)
		w.body.Objects = []fyne.CanvasObject{t.screen.Content()}
		w.body.Refresh()
		if s, ok := t.screen.(screen.Lifecycle); ok {
			s.Shown()
		}
		if r, ok := t.screen.(screen.Refresher); ok && t.stale != nil {
			stale := t.stale
			t.stale = nil
			r.Changed(stale)
		}
	}
	w.showTabs()
	w.keepTabs()
}

// showTabs draws the strip, the sidebar's mark and the menus anew.
func (w *Window) showTabs() {
	tabs := make([]frame.Tab, len(w.tabs))
	for i, t := range w.tabs {
		tabs[i] = frame.Tab{Title: title(t.screen), Unsaved: t.screen.Unsaved(), Preview: t.preview, Fixed: t.fixed}
	}
	w.strip.Set(tabs, w.active)
	mark := ""
	if s := w.current(); s != nil {
		a := s.Address()
		for _, x := range w.sections() {
			if x.Address.Screen == a.Screen && x.Address.Kind == a.Kind || a.Screen == screen.Card && x.Address.Screen == screen.List && x.Address.Kind == a.Kind {
				mark = x.ID
				break
			}
		}
	}
	w.side.Select(mark)
	w.showMenu()
	if w.band != nil {
		w.band.show()
	}
}

// title is what a tab says: the screen's own title, or what its address says,
// after the trail that led there.
func title(s screen.Screen) string {
	a, name := s.Address(), s.Title()
	if t := a.Arg(screen.ArgTitle); t != "" {
		name = t
	}
	if t := a.Arg(screen.ArgTrail); t != "" {
		name = t + " › " + name
	}
	return name
}

// Retitle implements screen.Host.
func (w *Window) Retitle(s screen.Screen) {
	i := w.tabOf(s)
	if i < 0 {
		return
	}
	if w.tabs[i].preview && s.Unsaved() {
		w.tabs[i].preview, w.tabs[i].trail = false, nil
	}
	w.showTabs()
	w.keepTabs()
}

// Close implements screen.Host.
func (w *Window) Close(s screen.Screen) {
	if i := w.tabOf(s); i >= 0 {
		w.dropTab(i)
	}
}

// closeTab closes a tab, asking first when something is unsaved.
func (w *Window) closeTab(i int) {
	if i < 0 || i >= len(w.tabs) || w.tabs[i].fixed {
		return
	}
	s := w.tabs[i].screen
	if !s.Unsaved() || w.copied != nil { // nothing of a copy can be saved
		w.dropTab(i)
		return
	}
	w.selectTab(i)
	w.askUnsaved(s, func() { w.Close(s) })
}

// askUnsaved asks what to do with what was typed, and goes on unless the
// person wants to stay.
func (w *Window) askUnsaved(s screen.Screen, then func()) {
	t := w.words.T
	d := &screen.Dialog{
		Title:   t("ui.unsaved.title"),
		Content: wrapped(t("ui.unsaved.text", "title", title(s))),
		Size:    fyne.NewSize(420, 0),
		Buttons: []screen.Button{{Label: t("ui.stay")}, {Label: t("ui.unsaved.drop"), Danger: true, Do: then}},
	}
	if saver, ok := s.(screen.Saver); ok {
		d.Buttons = append(d.Buttons, screen.Button{Label: t("button.save"), Primary: true, Do: func() {
			saver.Save(func(saved bool) {
				if saved {
					then()
				}
			})
		}})
	}
	w.Dialog(d)
}

// dropTab takes a tab away and brings the one that was in front before it back.
func (w *Window) dropTab(i int) {
	t := w.tabs[i]
	t.screen.Close()
	w.tabs = slices.Delete(w.tabs, i, i+1)
	w.visited = slices.DeleteFunc(w.visited, func(v *tab) bool { return v == t })
	next := min(w.active, len(w.tabs)-1)
	if i < w.active {
		next = w.active - 1
	}
	if i == w.active && len(w.visited) > 0 {
		next = slices.Index(w.tabs, w.visited[len(w.visited)-1])
	}
	if i != w.active {
		w.active = next
		w.showTabs()
		w.keepTabs()
		return
	}
	w.active = -1
	if next < 0 {
		w.body.Objects = nil
		w.body.Refresh()
		w.showTabs()
		w.keepTabs()
		return
	}
	w.selectTab(next)
}

// nextTab goes round the tabs.
func (w *Window) nextTab(step int) {
	if n := len(w.tabs); n > 0 {
		w.selectTab((w.active + step + n) % n)
	}
}

func (w *Window) tabMenu(i int, at fyne.Position) {
	t := w.words.T
	others := func(keep func(j int) bool) func() {
		return func() {
			for j := len(w.tabs) - 1; j >= 0; j-- {
				if !keep(j) && !w.tabs[j].fixed && !w.tabs[j].screen.Unsaved() {
					w.dropTab(j)
				}
			}
		}
	}
	m := fyne.NewMenu("",
		fyne.NewMenuItem(t("command.close_tab"), func() { w.closeTab(i) }),
		fyne.NewMenuItem(t("command.close_others"), others(func(j int) bool { return j == i })),
		fyne.NewMenuItem(t("ui.tab.close_right"), others(func(j int) bool { return j <= i })),
	)
	m.Items[0].Disabled = w.tabs[i].fixed
	if w.tabs[i].preview {
		m.Items = append(m.Items, fyne.NewMenuItem(t("ui.tab.pin"), func() {
			w.tabs[i].preview = false
			w.showTabs()
		}))
	}
	w.Menu(m, at)
}

// tabsPreference is the key under which a user's tabs are kept.
const tabsPreference = "ui.tabs"

type keptTabs struct {
	Tabs   []screen.Address `json:"tabs"`
	Active int              `json:"active"`
}

// keepTabs remembers the tabs for the next start.
func (w *Window) keepTabs() {
	if w.restoring || w.copied != nil {
		return
	}
	kept := keptTabs{Active: -1}
	for i, t := range w.tabs {
		if t.preview {
			continue
		}
		a := t.screen.Address()
		if a.Screen == screen.Card && a.ID == 0 && a.Arg(screen.ArgDraft) == "" {
			continue
		}
		if i == w.active {
			kept.Active = len(kept.Tabs)
		}
		kept.Tabs = append(kept.Tabs, a)
	}
	text, err := json.Marshal(kept)
	if err != nil {
		return
	}
	s := w.session
	w.Background(w.ctx, func(ctx context.Context) error {
		return s.SetPreference(ctx, tabsPreference, string(text))
	}, func(err error) {
		if err != nil {
			logQuietly("keep tabs", err)
		}
	})
}

// restoreTabs opens the tabs of the last time, or Start.
func (w *Window) restoreTabs() {
	s := w.session
	screen.Read(w.ctx, w, func(ctx context.Context) (keptTabs, error) {
		var kept keptTabs
		text, err := s.Preference(ctx, tabsPreference)
		if err != nil || text == "" {
			return kept, err
		}
		if err := json.Unmarshal([]byte(text), &kept); err != nil {
			logQuietly("read kept tabs", err)
		}
		return kept, nil
	}, func(kept keptTabs) {
		w.openAll(kept.Tabs, kept.Active)
	})
}

// openAll opens the home screen and then tabs, of which one comes to the front.
func (w *Window) openAll(list []screen.Address, active int) {
	w.restoring = true
	front := 0
	if home := w.home(); !slices.ContainsFunc(list, home.Same) {
		list = append([]screen.Address{home}, list...)
		active++
	}
	for i, a := range list {
		s, err := w.registry.Make(w, a)
		if err != nil {
			logQuietly("restore a tab", err)
			continue
		}
		if i == active {
			front = len(w.tabs)
		}
		w.tabs = append(w.tabs, &tab{screen: s, fixed: a.Same(w.home())})
	}
	w.restoring = false
	w.selectTab(min(front, len(w.tabs)-1))
}
