package ui

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/client"
	"ugoda/model/deal"
	"ugoda/model/firm"
	"ugoda/model/records"
	"ugoda/store"
	"ugoda/ui/run"
	"ugoda/ui/theme"
)

// today is the day of all tests: a Monday.
var today = model.Date(2026, 11, 23)

// world is a small base: a process of three stages, two salespeople, three
// clients, twelve deals.
type world struct {
	base    *store.Base
	path    string
	session *store.Session
	stages  map[string]model.Ref
	people  []model.Ref
	clients []model.Ref
	deals   []int64
}

func options() store.Options {
	return store.Options{Registry: records.New(), Today: func() model.Day { return today }}
}

func newWorld(t testing.TB) *world {
	t.Helper()
	ctx := context.Background()
	w := &world{path: filepath.Join(t.TempDir(), "sales.ugoda"), stages: map[string]model.Ref{}}
	b, err := store.Create(ctx, w.path, options())
	if err != nil {
		t.Fatal(err)
	}
	w.base = b
	t.Cleanup(func() { b.Close() })
	s := b.System()
	save := func(kind string, fill func(rec model.Keeper)) model.Ref {
		t.Helper()
		rec, err := s.New(ctx, kind)
		if err != nil {
			t.Fatal(err)
		}
		fill(rec)
		if err := s.Save(ctx, kind, rec); err != nil {
			t.Fatalf("save a %s: %v", kind, err)
		}
		return model.Ref{ID: rec.Base().ID}
	}
	department := save("department", func(r model.Keeper) { r.(*firm.Department).Name = "Відділ продажу" })
	for _, name := range []string{"Коваль Олена", "Шевчук Андрій"} {
		w.people = append(w.people, save("employee", func(r model.Keeper) {
			r.(*firm.Employee).Name, r.(*firm.Employee).Department = name, department
		}))
	}
	save("user", func(r model.Keeper) {
		u := r.(*firm.User)
		u.Name, u.Employee, u.Role = "Коваль", w.people[0], string(model.RoleAdmin)
	})
	process := save("process", func(r model.Keeper) { r.(*deal.Process).Name, r.(*deal.Process).Active = "Продаж", true })
	for i, st := range []struct{ name, kind string }{{"Контакт", deal.Open}, {"Пропозиція", deal.Open}, {"Виграно", deal.Won}, {"Втрачено", deal.Lost}} {
		w.stages[st.name] = save("stage", func(r model.Keeper) {
			x := r.(*deal.Stage)
			x.Process, x.Name, x.Kind, x.Order, x.ExpectedDays = process, st.name, st.kind, int64(i+1), 7
			x.Probability = model.Percent(i * 2500)
			if st.kind == deal.Lost {
				x.Probability = 0
			}
			if st.kind == deal.Won {
				x.Probability = 10000
			}
		})
	}
	save("loss-reason", func(r model.Keeper) { r.(*deal.LossReason).Name = "Ціна" })
	for _, name := range []string{"ТОВ «Карпати-Буд»", "ТОВ «Їжак»", "ФОП Ґудзь"} {
		w.clients = append(w.clients, save("client", func(r model.Keeper) {
			r.(*client.Client).Name, r.(*client.Client).Manager = name, w.people[0]
		}))
	}
	for i := range 12 {
		ref := save("deal", func(r model.Keeper) {
			d := r.(*deal.Deal)
			d.Subject, d.Client, d.Process = fmt.Sprintf("Дах %d", i+1), w.clients[i%3], process
			d.Stage, d.Manager = w.stages["Контакт"], w.people[i%2]
			d.Amount = model.Money{Minor: int64(i+1) * 100_00, Currency: "UAH"}
		})
		w.deals = append(w.deals, ref.ID)
	}
	if w.session, err = b.Session(ctx, "", ""); err != nil {
		t.Fatal(err)
	}
	return w
}

// show frames the base in a window of the test driver; work runs at once.
func (w *world) show(t testing.TB, language locale.Language) *Window {
	t.Helper()
	a := test.NewTempApp(t)
	theme.Apply(a, theme.Light, 100)
	win := test.NewTempWindow(t, nil)
	win.Resize(fyne.NewSize(1280, 720))
	f := newWindow(Deps{Registry: w.session.Registry(), Runner: run.Sync{}, Version: "test"}, a, win, win.Canvas(), w.session, locale.New(language), w.path)
	f.chosen = loadChoices(a)
	win.SetContent(f.build())
	win.Resize(fyne.NewSize(1280, 720))
	f.restoreTabs()
	f.countSections()
	t.Cleanup(f.close)
	return f
}

// set puts a value into a field of a record.
func set(t *testing.T, w *world, kind string, rec model.Keeper, field string, v any) {
	t.Helper()
	if err := model.Assign(w.session.Registry().Kind(kind).Field(field).Ptr(rec), v); err != nil {
		t.Fatal(err)
	}
}

// watchOnce begins to follow changes without a clock.
func (w *Window) watchOnce(t *testing.T) {
	t.Helper()
	_, last, err := w.session.Changes(context.Background(), -1)
	if err != nil {
		t.Fatal(err)
	}
	w.since = last
}
