package main

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"ugoda/cli"
	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/records"
	"ugoda/service/demo/demotest"
	"ugoda/ui"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/act"
	"ugoda/ui/screen/billing"
	"ugoda/ui/screen/files"
	"ugoda/ui/screen/quick"
	"ugoda/ui/screen/screentest"
	"ugoda/ui/theme"
)

// The least window that everything must fit.
const leastWidth, leastHeight = 1280, 720

// Values as long as they come: a name of 200 letters, a line that breaks
// nowhere, a sum of 14 digits.
var (
	longName   = string([]rune(strings.Repeat("Найдовша назва підприємства ", 8))[:200])
	unbroken   = strings.Repeat("подовження", 20)
	longAmount = int64(99_999_999_999_999)
)

// Everything fits the least window: every screen, the form of every kind with
// values as long as they come, every dialog that commands and actions open; in
// both languages, both looks, at ordinary size and at one and a half.
func TestLayout(t *testing.T) {
	home, err := os.MkdirTemp("", "ugoda-layout-test-") // the toolkit writes there until the process ends
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(home)
	for _, name := range []string{"DISPLAY", "WAYLAND_DISPLAY"} {
		t.Setenv(name, "")
	}
	for _, name := range []string{"HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"} {
		t.Setenv(name, home)
	}
	today, err := model.ParseDay("2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	base := filepath.Join(t.TempDir(), "Приклад.ugoda")
	demotest.File(t, base, demoSeed, today)
	worst := stretch(t, base)
	long := filepath.Join(t.TempDir(), unbroken[:100])
	if err := os.Mkdir(long, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(long, unbroken[:100]+".xlsx"), []byte(longName), 0o600); err != nil {
		t.Fatal(err)
	}
	studio := ui.NewStudio(deps(cli.Start{Base: base, Today: today}))
	b, err := studio.Open(t.Context(), base)
	if err != nil {
		t.Fatal(err)
	}
	defer studio.Close()
	session, err := b.Session(t.Context(), "", "")
	if err != nil {
		t.Fatal(err)
	}
	_, scenes, err := tourScenes(t.Context(), session)
	if err != nil {
		t.Fatal(err)
	}
	accepted, err := first(t.Context(), session, "proposal", `status = "accepted" and left_to_bill > 0`, "-amount_base")
	if err != nil || accepted == nil {
		t.Fatal("no accepted proposal to bill: ", err)
	}
	for _, k := range session.Registry().Kinds() {
		scenes = append(scenes,
			scene{name: "list of " + k.Name, tabs: []screen.Address{screen.ToList(k.Name, "")}},
			scene{name: "new " + k.Name, tabs: []screen.Address{screen.ToNew(k.Name, nil)}})
		if id := worst[k.Name]; id != 0 {
			scenes = append(scenes, scene{name: "longest " + k.Name, tabs: []screen.Address{screen.ToCard(k.Name, id)}})
		}
	}
	for _, look := range []ui.Picture{
		{Language: locale.Ukrainian, Look: theme.Light, Zoom: 100},
		{Language: locale.English, Look: theme.Dark, Zoom: 100},
		{Language: locale.Ukrainian, Look: theme.Dark, Zoom: 150},
		{Language: locale.English, Look: theme.Light, Zoom: 150},
	} {
		look.Width, look.Height = leastWidth, leastHeight
		lay := func(t *testing.T, name string, do func(l ui.Laid)) {
			t.Helper()
			if err := studio.Lay(t.Context(), look, do); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		how := fmt.Sprintf("%s %s %d", look.Language, look.Look, look.Zoom)
		t.Run("screens "+how, func(t *testing.T) {
			for _, s := range scenes {
				look.Tabs, look.User = s.tabs, s.user
				lay(t, s.name, func(l ui.Laid) { fits(t, s.name, l.Canvas) })
			}
		})
		t.Run("dialogs "+how, func(t *testing.T) {
			look.Tabs, look.User = []screen.Address{{Screen: "start"}}, ""
			lay(t, "dialogs", func(l ui.Laid) {
				for name, open := range map[string]func(h screen.Host){
					"quick inquiry": quick.Inquiry,
					"file to open":  func(h screen.Host) { files.Choose(h, files.Ask{Dir: long}, func(string) {}) },
					"file to save": func(h screen.Host) {
						files.Choose(h, files.Ask{Purpose: files.Save, Name: unbroken[:100] + ".xlsx", Dir: long}, func(string) {})
					},
					"question": func(h screen.Host) { h.Confirm(longName, longName+" "+unbroken, unbroken[:60], func() {}) },
					"billing":  func(h screen.Host) { billing.Open(t.Context(), h, accepted.ID, func() {}) },
				} {
					open(l.Host)
					opened(t, name, l.Canvas)
				}
				for _, k := range session.Registry().Kinds() {
					for name, open := range dialogsOf(k, worst[k.Name]) {
						open(l.Host)
						opened(t, name, l.Canvas)
					}
				}
			})
		})
		t.Run("around "+how, func(t *testing.T) {
			fits(t, "opening screen", studio.LayOpening(look))
			look.Tabs, look.User = []screen.Address{{Screen: "start"}}, ""
			lay(t, "start", func(l ui.Laid) {
				l.Keys()
				opened(t, "sheet of keys", l.Canvas)
				l.About()
				opened(t, "about", l.Canvas)
				for _, typed := range []string{"", "а", "Найд", "пропозиці", "ььь"} {
					l.Find(typed)
					opened(t, "found by "+typed, l.Canvas)
				}
			})
		})
		t.Run("menus "+how, func(t *testing.T) {
			for _, s := range scenes {
				if look.Zoom == 100 || strings.HasPrefix(s.name, "new ") {
					continue // they have even more room, or offer the same
				}
				look.Tabs, look.User = s.tabs, s.user
				lay(t, s.name, func(l ui.Laid) {
					for _, m := range l.Menus() {
						dropped(t, s.name+", "+m.Label, m, l.Canvas)
					}
					for _, o := range test.LaidOutObjects(l.Canvas.Content()) {
						if b, ok := o.(*input.Button); ok && b.Visible() && b.Menu() != nil {
							dropped(t, s.name+", button "+b.Text(), b.Menu(), l.Canvas)
						}
					}
				})
			}
		})
		t.Run("commands "+how, func(t *testing.T) {
			for _, s := range scenes {
				if look.Zoom == 100 || strings.HasPrefix(s.name, "new ") {
					continue // it has even more room, or the same commands
				}
				look.Tabs, look.User = s.tabs, s.user
				lay(t, s.name, func(l ui.Laid) {
					front, ok := l.Screen.(screen.Commander)
					for _, c := range []screen.Command{screen.Columns, screen.Filter, screen.Export, screen.Change, screen.Preview, screen.Find, screen.History} {
						if !ok || !front.Can(c) {
							continue
						}
						if c == screen.Change && front.Can(screen.SelectAll) {
							front.Do(screen.SelectAll)
						}
						front.Do(c)
						again(l.Canvas)
						fits(t, s.name+", "+string(c), l.Canvas)
						shut(l.Canvas)
					}
				})
			}
		})
	}
}

// dialogsOf are the dialogs of a kind: its small form, new and for a record, its
// list to choose from, and what its actions ask.
func dialogsOf(k *model.Kind, id int64) map[string]func(h screen.Host) {
	out := map[string]func(h screen.Host){
		"small form of a new " + k.Name: func(h screen.Host) { h.Edit(k.Name, 0, nil, nil) },
		"choice of " + k.Name:           func(h screen.Host) { h.Choose(k.Name, nil, func(model.Ref) {}) },
	}
	if id != 0 {
		out["small form of "+k.Name] = func(h screen.Host) { h.Edit(k.Name, id, nil, nil) }
	}
	for _, a := range k.Actions {
		if len(a.Asks) > 0 {
			out[k.Name+", "+a.Name] = func(h screen.Host) { act.Ask(h, k.Name, a, nil, func(model.Answers) {}) }
		}
	}
	return out
}

// opened complains when there is no dialog, or it does not fit.
func opened(t *testing.T, name string, c fyne.Canvas) {
	t.Helper()
	if c.Overlays().Top() == nil {
		t.Errorf("%s: no dialog opened", name)
		return
	}
	again(c)
	fits(t, name, c)
	shut(c)
}

// dropped complains when a menu does not fit the window.
func dropped(t *testing.T, name string, m *fyne.Menu, c fyne.Canvas) {
	t.Helper()
	if len(m.Items) == 0 {
		t.Errorf("%s: an empty menu", name)
		return
	}
	widget.ShowPopUpMenuAtPosition(m, c, fyne.NewPos(0, theme.Scaled(30)))
	opened(t, name, c)
}

// shut takes away whatever lies over the window.
func shut(c fyne.Canvas) {
	for c.Overlays().Top() != nil {
		c.Overlays().Remove(c.Overlays().Top())
	}
}

// again lays a canvas out once more, as the window does when something grew.
func again(c fyne.Canvas) {
	size := c.Size()
	if r, ok := c.(interface{ Resize(fyne.Size) }); ok {
		r.Resize(size.AddWidthHeight(0, 1))
		r.Resize(size)
	}
}

// fits complains about what is wrong with the layout of a screen.
func fits(t *testing.T, name string, c fyne.Canvas) {
	t.Helper()
	faults := screentest.Faults(c)
	slices.SortStableFunc(faults, func(a, b screentest.Fault) int { return strings.Compare(a.What, b.What) })
	for i, f := range faults {
		if i == 6 {
			t.Errorf("%s: and %d more", name, len(faults)-i)
			break
		}
		t.Errorf("%s: %s", name, f)
	}
}

// stretch makes the values of one record of each kind as long as they come,
// past the rules of the kind, and says which record it is.
func stretch(t *testing.T, base string) map[string]int64 {
	t.Helper()
	db, err := sql.Open("sqlite3", base)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	worst := map[string]int64{}
	for _, k := range records.New().Kinds() {
		var id int64
		if err := db.QueryRow("SELECT coalesce(max(id), 0) FROM " + k.Table).Scan(&id); err != nil {
			t.Fatal(err)
		}
		if id == 0 {
			continue
		}
		worst[k.Name] = id
		lengthen(t, db, k, "id", id)
	}
	return worst
}

// lengthen stretches the fields of a row, and of the rows of its parts.
func lengthen(t *testing.T, db *sql.DB, k *model.Kind, key string, id int64) {
	t.Helper()
	for i, f := range k.Fields {
		if f.Computed || f.Unique {
			continue
		}
		var v any
		switch f.Type {
		case model.Text:
			v = longName
			if f.Format != "" || i%4 == 3 {
				v = unbroken
			}
		case model.LongText:
			v = longName + "\n" + unbroken + "\n" + longName
		case model.Amount, model.Price, model.Quantity:
			v = longAmount
		default:
			continue
		}
		if f.Format == "colour" || f.Name == "hour" || f.Name == "currency" || k.Name == "currency" && f.Name == "code" {
			continue
		}
		if _, err := db.Exec("UPDATE "+k.Table+" SET \""+f.Columns()[0]+"\" = ? WHERE "+key+" = ?", v, id); err != nil {
			t.Logf("%s.%s stays as it is: %v", k.Name, f.Name, err)
		}
	}
}
