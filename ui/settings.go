package ui

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"fyne.io/fyne/v2"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/service/doors"
	"ugoda/ui/screen"
	"ugoda/ui/theme"
)

// choices are what a person chose on this computer, for any base.
type choices struct {
	language locale.Language
	look     theme.Mode
	zoom     int
	folded   bool
	recent   []recentBase
	copies   map[string]string // folders of daily copies by base, as copies.Folder reads them
	width    float32
	height   float32
}

// recentBase is a base that was open.
type recentBase struct {
	Address string    `json:"address"` // never with a password
	User    string    `json:"user,omitempty"`
	Firm    string    `json:"firm,omitempty"` // our own, as the base calls it
	Last    model.Day `json:"last,omitempty"` // when it was open last
}

const maxRecent = 8

func loadChoices(app fyne.App) choices {
	p := app.Preferences()
	s := choices{
		look:   theme.Mode(p.StringWithFallback("look", string(theme.System))),
		zoom:   p.IntWithFallback("zoom", 100),
		folded: p.Bool("folded"),
		width:  float32(p.FloatWithFallback("width", 1200)),
		height: float32(p.FloatWithFallback("height", 650)),
	}
	s.language, _ = locale.ParseLanguage(p.String("language"))
	if text := p.String("copies"); text != "" {
		if err := json.Unmarshal([]byte(text), &s.copies); err != nil {
			logQuietly("read the folders of copies", err)
		}
	}
	if text := p.String("recent"); text != "" {
		if err := json.Unmarshal([]byte(text), &s.recent); err != nil {
			logQuietly("read recent bases", err)
		}
	}
	return s
}

func (s choices) save(app fyne.App) {
	p := app.Preferences()
	p.SetString("language", string(s.language))
	p.SetString("look", string(s.look))
	p.SetInt("zoom", s.zoom)
	p.SetBool("folded", s.folded)
	for key, value := range map[string]any{"recent": s.recent, "copies": s.copies} {
		text, err := json.Marshal(value)
		if err != nil {
			logQuietly("keep what was chosen", err)
			continue
		}
		p.SetString(key, string(text))
	}
}

// size is the size of the window when it was closed last. The first one fits
// the smallest desktop that the program is made for, panels and title included.
func (s choices) size() fyne.Size { return fyne.NewSize(max(s.width, 640), max(s.height, 420)) }

// keepSize remembers the size of the window.
func (p *program) keepSize() {
	size := p.win.Canvas().Size()
	p.app.Preferences().SetFloat("width", float64(size.Width))
	p.app.Preferences().SetFloat("height", float64(size.Height))
}

// opened puts a base to the top of the recent ones.
func (s *choices) opened(b recentBase) {
	s.recent = slices.DeleteFunc(s.recent, func(x recentBase) bool { return x.Address == b.Address })
	s.recent = append([]recentBase{b}, s.recent...)
	s.recent = s.recent[:min(len(s.recent), maxRecent)]
}

// forget takes a base off the recent ones.
func (s *choices) forget(address string) {
	s.recent = slices.DeleteFunc(s.recent, func(x recentBase) bool { return x.Address == address })
}

// Look implements screen.Host.
func (w *Window) Look() screen.Look {
	return screen.Look{Language: w.words.Language(), Mode: w.chosen.look, Zoom: w.chosen.zoom}
}

// SetLook implements screen.Host.
func (w *Window) SetLook(l screen.Look) {
	old := w.Look()
	if l.Mode != old.Mode || l.Zoom != old.Zoom {
		w.chosen.look, w.chosen.zoom = l.Mode, min(max(l.Zoom, theme.ZoomMin), theme.ZoomMax)
		w.applyLook()
	}
	if l.Language != old.Language {
		w.setLanguage(l.Language)
	}
}

func (w *Window) setLook(m theme.Mode) {
	w.chosen.look = m
	w.applyLook()
}

func (w *Window) setZoom(percent int) {
	w.chosen.zoom = min(max(percent, theme.ZoomMin), theme.ZoomMax)
	w.applyLook()
}

func (w *Window) applyLook() {
	w.chosen.save(w.app)
	theme.Apply(w.app, seen(w.chosen.look), w.chosen.zoom)
	w.rebuild()
}

// seen is the look that is drawn. Where the desktop cannot say what it has, as
// it does over the session's bus, "as the desktop" is light, as paper is.
func seen(m theme.Mode) theme.Mode {
	if m == theme.System && runtime.GOOS == "linux" && !hasBus() {
		return theme.Light
	}
	return m
}

// hasBus reports whether there is a session bus.
func hasBus() bool {
	if os.Getenv("DBUS_SESSION_BUS_ADDRESS") != "" {
		return true
	}
	dir := os.Getenv("XDG_RUNTIME_DIR")
	if dir == "" {
		return false
	}
	_, err := os.Stat(filepath.Join(dir, "bus"))
	return err == nil
}

// setLanguage speaks another language from now on.
func (w *Window) setLanguage(l locale.Language) {
	w.chosen.language = l
	w.chosen.save(w.app)
	w.words = locale.New(l)
	overrideFyne(w.words)
	w.rebuild()
}

// rebuild makes the whole content anew: in another language, another look.
// Screens come back by their addresses; those with something unsaved, by
// their drafts.
func (w *Window) rebuild() {
	addresses := make([]screen.Address, len(w.tabs))
	kept := make([]*tab, len(w.tabs))
	for i, t := range w.tabs {
		addresses[i], kept[i] = t.screen.Address(), t
		if d, ok := t.screen.(Drafter); ok && t.screen.Unsaved() {
			addresses[i] = d.Draft()
		}
	}
	active := w.active
	w.restoring = true
	for _, t := range w.tabs {
		t.screen.Close()
	}
	w.tabs, w.visited, w.active = nil, nil, -1
	content := w.build()
	if w.win != nil {
		w.win.SetContent(content)
	}
	for i, a := range addresses {
		s, err := w.registry.Make(w, a)
		if err != nil {
			logQuietly("rebuild a tab", err)
			continue
		}
		w.tabs = append(w.tabs, &tab{screen: s, preview: kept[i].preview, trail: kept[i].trail, fixed: kept[i].fixed})
	}
	w.restoring = false
	w.selectTab(min(max(active, 0), len(w.tabs)-1))
	w.countSections()
	w.showJobs()
	if w.win != nil {
		w.win.SetTitle(w.windowTitle())
	}
}

// windowTitle tells the firm and its base apart from others that are open.
func (w *Window) windowTitle() string {
	title := doors.Name(w.address)
	if w.copied != nil {
		title = w.words.T("copies.title_mark", "moment", w.copied.At)
	}
	if w.firm != "" {
		title = w.firm + " · " + title
	}
	return title + " — Ugoda"
}
