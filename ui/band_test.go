package ui

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/firm"
	"ugoda/reports"
	"ugoda/service/demo"
	"ugoda/service/guide"
	"ugoda/store"
	"ugoda/ui/frame"
	"ugoda/ui/screen"
	"ugoda/ui/screen/preview"
	"ugoda/ui/screen/report"
)

// steps are the steps that the band shows.
func (w *Window) steps() []*frame.Step {
	var out []*frame.Step
	each(w.canvas, func(o fyne.CanvasObject) {
		if s, ok := o.(*frame.Step); ok {
			out = append(out, s)
		}
	})
	return out
}

func (w *Window) ticked() []string {
	var out []string
	for _, s := range w.band.guide.Steps {
		if s.Done {
			out = append(out, s.Name)
		}
	}
	return out
}

// The example says what it is, its four steps are ticked by doing them, and the
// switch shows it with other eyes.
func TestExample(t *testing.T) {
	p := begin(t)
	dir := t.TempDir()
	p.deps.Services.CreateDemo = func(ctx context.Context, lang locale.Language, _ func(done, total int64)) (string, error) {
		size, _ := demo.SizeOf("s")
		return demo.Fresh(ctx, dir, size, 1, lang, options(), nil)
	}
	p.showOpening()
	test.Tap(p.opening.first)
	w := p.frame
	if w == nil {
		t.Fatalf("the example did not open:\n%s", said(p.win.Canvas()))
	}
	words := said(w.canvas)
	if want := w.words.T("guide.demo.title", "day", today); !strings.Contains(words, want) {
		t.Errorf("the band does not say %q", want)
	}
	if n := len(w.steps()); n != 4 {
		t.Fatalf("%d steps are shown", n)
	}
	if got := w.ticked(); len(got) != 0 {
		t.Errorf("ticked before anything was done: %v", got)
	}

	// 1. A stage of the funnel.
	w.Preview(report.Behind(reports.FunnelReport, nil, report.BehindRow([]int64{1}, reports.All), "Потреба", "Головна"))
	if got := w.ticked(); !slices.Equal(got, []string{guide.Stage}) {
		t.Errorf("after a stage: %v", got)
	}
	if len(w.steps()) != 4 || strings.Contains(said(w.canvas), w.words.T("guide.show_as")) {
		t.Error("above other screens stands more than the steps, or less")
	}
	// 2. A deal that is stuck; another one does not count.
	where, err := filter.Parse(w.session.Registry(), "deal", w.band.guide.Red)
	if err != nil {
		t.Fatal(err)
	}
	stuck, err := w.session.Page(t.Context(), store.Query{Kind: "deal", Where: where, Limit: 1})
	if err != nil || len(stuck) == 0 {
		t.Fatal("nothing is stuck in the example", err)
	}
	calm, err := w.session.Page(t.Context(), store.Query{Kind: "deal", Where: filter.Not{Node: where}, Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	w.Open(screen.ToCard("deal", calm[0].ID))
	if got := w.ticked(); slices.Contains(got, guide.Stuck) {
		t.Errorf("a deal that is not stuck ticks the step")
	}
	w.Open(screen.ToCard("deal", stuck[0].ID))
	if got := w.ticked(); !slices.Contains(got, guide.Stuck) {
		t.Errorf("after a stuck deal: %v", got)
	}
	// 3. A proposal is printed.
	offers, err := w.session.Page(t.Context(), store.Query{Kind: "proposal", Limit: 1})
	if err != nil || len(offers) == 0 {
		t.Fatal("there is no proposal in the example", err)
	}
	w.Open(preview.To("proposal", offers[0].ID))
	if got := w.ticked(); !slices.Contains(got, guide.Print) {
		t.Errorf("after a printed proposal: %v", got)
	}
	// 4. A figure.
	w.Preview(screen.ToList("deal", `state = "open"`).With(screen.ArgTrail, "Головна › Прострочені"))
	if !w.band.guide.Complete() {
		t.Errorf("after all of it only %v is ticked", w.ticked())
	}
	w.Open(w.home())
	if !strings.Contains(said(w.canvas), w.words.T("guide.demo.done")) {
		t.Error("the end of the steps is not said")
	}

	// With the eyes of a salesperson, of the office, and back.
	w.band.playAs(guide.Salesperson)
	if p.frame == w || p.frame.session.Role != model.RoleManager || p.frame.session.Employee.IsZero() {
		t.Errorf("the salesperson is %v", p.frame.session.User)
	}
	if !p.frame.band.guide.Complete() {
		t.Error("the steps are not the same for other eyes")
	}
	p.frame.band.playAs(guide.Office)
	if p.frame.session.Role != model.RoleBilling {
		t.Errorf("the office is %v", p.frame.session.User)
	}
	p.frame.band.playAs(guide.Head)
	if p.frame.session.User != w.session.User || p.frame.band.part != guide.Head {
		t.Errorf("the head came back as %v", p.frame.session.User)
	}
	// A base of one's own follows.
	p.frame.band.ownBase()
	if p.frame != nil || p.opening.dialog == nil || p.opening.dialog.Title != p.words.T("ui.own.title") {
		t.Error("“Start your own” does not ask for it")
	}
}

// A base of one's own shows what it lacks; a step is ticked when the base has
// it, and what is hidden stays hidden for this user.
func TestFirstSteps(t *testing.T) {
	p := begin(t)
	o, words := p.opening, p.words.T
	o.own()
	o.fill(t, words("opening.firm_name"), "ТОВ «Мрія»")
	o.fill(t, words("opening.where"), t.TempDir()+"/own.ugoda")
	o.press(t, words("ui.own.create"))
	w := p.frame
	if w == nil {
		t.Fatal("the base did not open")
	}
	want := []string{guide.Firm, guide.Clients, guide.Products, guide.Letterhead, guide.Mail, guide.Colleagues}
	var names []string
	for _, s := range w.band.guide.Steps {
		names = append(names, s.Name)
	}
	if !slices.Equal(names, want) || len(w.ticked()) != 0 || len(w.steps()) != len(want) {
		t.Fatalf("a new base lacks %v, of which %v is ticked", names, w.ticked())
	}
	ctx, s := t.Context(), w.session
	save := func(kind string, rec model.Keeper) {
		t.Helper()
		if err := s.Save(ctx, kind, rec); err != nil {
			t.Fatal(err)
		}
		w.poll()
	}
	id, err := guide.MainFirm(ctx, s)
	if err != nil {
		t.Fatal(err)
	}
	rec, err := s.Get(ctx, "organization", id)
	if err != nil {
		t.Fatal(err)
	}
	org := rec.(*firm.Organization)
	org.Code, org.Address, org.Signatory = "38765439", "Львів", "Марія Вовк"
	save("organization", org)
	if slices.Contains(w.ticked(), guide.Firm) {
		t.Error("a firm without an account counts as told")
	}
	org.Accounts = []firm.Account{{IBAN: "UA213223130000026007233566001", Currency: "UAH", Main: true}}
	save("organization", org)
	save("user", &firm.User{Name: "Колега", Role: string(model.RoleManager), Active: true})
	for _, step := range []string{guide.Firm, guide.Colleagues} {
		if !slices.Contains(w.ticked(), step) {
			t.Errorf("%s is done, but ticked is %v", step, w.ticked())
		}
	}
	// Each leads to its screen.
	for step, where := range map[string]screen.Address{
		guide.Firm: screen.ToCard("organization", id), guide.Clients: screen.ToList("client", ""), guide.Products: screen.ToList("product", ""),
	} {
		w.band.lead(step)
		if a := w.current().Address(); !a.Same(where) {
			t.Errorf("%s leads to %v", step, a)
		}
		if len(w.steps()) != 0 {
			t.Error("the first steps stand above other screens, too")
		}
	}
	w.Open(w.home())
	w.band.hide(guide.Mail)
	if n := len(w.steps()); n != len(want)-1 {
		t.Errorf("one is hidden, %d are shown", n)
	}
	w.band.hide("")
	if len(w.steps()) != 0 {
		t.Error("the band is hidden and stays")
	}
	p.lend(s.User, guide.Head) // the same user again
	if n := len(p.frame.steps()); n != 0 {
		t.Errorf("hidden for good, yet %d steps are back", n)
	}
}
