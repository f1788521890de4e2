package settings

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/firm"
	"ugoda/model/records"
	"ugoda/service/found"
	"ugoda/service/people"
	"ugoda/store"
	"ugoda/ui/screen/screentest"
)

func begin(t *testing.T) (*store.Base, *screentest.Host) {
	t.Helper()
	b, err := found.Base(t.Context(), filepath.Join(t.TempDir(), "own.ugoda"), found.Firm{Name: "ТОВ «Мрія»", Person: "Олена Коваль", Language: locale.Ukrainian},
		store.Options{Registry: records.New(), Today: func() model.Day { return model.Date(2026, 11, 23) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	s, err := b.Session(t.Context(), "", "")
	if err != nil {
		t.Fatal(err)
	}
	return b, screentest.New(t, s)
}

func open(t *testing.T, h *screentest.Host, section string) *Screen {
	t.Helper()
	s, err := New(h, To(section))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	h.Show(s)
	return s.(*Screen)
}

// Every section opens, for whoever works, and each catalogue is in one of them.
func TestSections(t *testing.T) {
	b, h := begin(t)
	if err := b.System().Save(t.Context(), "user", &firm.User{Name: "Іван", Role: string(model.RoleManager), Active: true}); err != nil {
		t.Fatal(err)
	}
	manager, err := b.Session(t.Context(), "Іван", "")
	if err != nil {
		t.Fatal(err)
	}
	for _, host := range []*screentest.Host{h, screentest.New(t, manager)} {
		for _, name := range Sections(host.Session()) {
			s := open(t, host, name)
			if s.section != name || s.Address().Arg(Section) != name {
				t.Errorf("asked for %s, in front is %s", name, s.section)
			}
			if m := s.Body.MinSize(); m.Width > 960 || m.Height > 600 {
				t.Errorf("%s wants %v, more than a window of 1280 by 720 has", name, m)
			}
			s.Changed(nil)
		}
	}
	s := open(t, h, Catalogues)
	c := s.panels[Catalogues].(*lines)
	for _, k := range h.Session().Registry().Kinds() {
		if k.Catalogue && c.by[k.Name] == nil && !slices.Contains(letterKinds, k.Name) && !slices.Contains(elsewhereKinds, k.Name) {
			t.Errorf("nothing leads to %s", k.Name)
		}
	}
	c.by["source"].open()
	if a := h.Opened[len(h.Opened)-1]; a.Kind != "source" {
		t.Errorf("the line of sources opens %v", a)
	}
	if c.by["source"].detail == "" || c.by["source"].detail == "0" {
		t.Errorf("a base with sources shows %q of them", c.by["source"].detail)
	}
}

// A salesperson sees what is his to change: no firm, no people, no process, and
// of catalogues those that he may write.
func TestARoleSeesWhatItMayChange(t *testing.T) {
	b, h := begin(t)
	if err := b.System().Save(t.Context(), "user", &firm.User{Name: "Іван", Role: string(model.RoleManager), Active: true}); err != nil {
		t.Fatal(err)
	}
	manager, err := b.Session(t.Context(), "Іван", "")
	if err != nil {
		t.Fatal(err)
	}
	if got := Sections(h.Session()); len(got) != len(sections()) {
		t.Errorf("the only user sees %q", got)
	}
	if got, want := Sections(manager), []string{Catalogues, Letters, Mail, Copies, Look, Me}; !slices.Equal(got, want) {
		t.Errorf("a salesperson sees %q, want %q", got, want)
	}
	s := open(t, screentest.New(t, manager), Firm) // from a link that somebody else kept
	if s.section != Catalogues {
		t.Errorf("in front is %s", s.section)
	}
	for kind := range s.panels[Catalogues].(*lines).by {
		if !manager.MayWrite(kind) {
			t.Errorf("%s is offered and may not be changed", kind)
		}
	}
}

// Stages move by keys and buttons, in one batch that can be undone; their form
// keeps what is typed and says what is wrong.
func TestProcess(t *testing.T) {
	_, h := begin(t)
	s := open(t, h, Process)
	p := s.panels[Process].(*processes)
	names := func() []string {
		var out []string
		for _, x := range p.stages {
			out = append(out, x.Name)
		}
		return out
	}
	before := names()
	if len(p.all) != 2 || len(before) < 6 {
		t.Fatalf("%d processes, stages %v", len(p.all), before)
	}
	p.grid.Select(0)
	p.move(-1) // the first cannot go higher
	if !slices.Equal(names(), before) {
		t.Errorf("the first stage moved: %v", names())
	}
	p.move(1)
	want := slices.Clone(before)
	want[0], want[1] = want[1], want[0]
	if !slices.Equal(names(), want) || p.grid.FocusRow() != 1 {
		t.Errorf("after a move %v, chosen is row %d", names(), p.grid.FocusRow())
	}
	for i, x := range p.stages {
		if x.Order != int64(i+1)*10 {
			t.Errorf("%s stands at %d", x.Name, x.Order)
		}
	}
	// A stage is edited in its form.
	p.grid.Select(0)
	p.editStage()
	d := h.Dialogs[len(h.Dialogs)-1]
	f := p.form
	f.editors["name"].Set("")
	d.Press(d.Buttons[1])
	if f.editors["name"].Problem() == "" {
		t.Error("a stage without a name is not refused beside the field")
	}
	f.editors["name"].Set("Перша розмова")
	f.editors["probability"].Set(model.Percent(1500))
	f.editors["colour"].Set("#2e9e5b")
	d.Press(d.Buttons[1])
	if x := p.stages[0]; x.Name != "Перша розмова" || x.Probability != 1500 || x.Colour != "#2e9e5b" {
		t.Errorf("saved as %+v", x)
	}
	// A new one comes after the chosen.
	p.newStage()
	f = p.form
	f.editors["name"].Set("Зустріч")
	h.Dialogs[len(h.Dialogs)-1].Enter()
	if got := names(); got[1] != "Зустріч" {
		t.Errorf("the new stage stands at %d of %v", slices.Index(got, "Зустріч"), got)
	}
	if x := p.stages[1]; x.Kind != deal.Open || x.Process.ID != p.chosen {
		t.Errorf("the new stage is %+v", x)
	}
	p.grid.Select(1)
	p.removeStage()
	if slices.Contains(names(), "Зустріч") {
		t.Error("a removed stage stays")
	}
}

// A colleague is added in one form, with what is wrong beside its field.
func TestAddColleague(t *testing.T) {
	b, h := begin(t)
	s := open(t, h, Colleagues)
	p := s.panels[Colleagues].(*staff)
	p.add()
	c := p.form
	if c.role.Value() != string(model.RoleManager) {
		t.Errorf("a new colleague is a %s", c.role.Value())
	}
	c.fields["name"].Set("Іван Франко")
	c.login.SetText("Олена Коваль") // taken
	c.first.SetText("слово")
	c.again.SetText("слива")
	c.dialog.Enter()
	if c.again.Problem() == "" {
		t.Error("two passwords that differ are let through")
	}
	c.again.SetText("слово")
	c.dialog.Enter()
	if c.login.Problem() == "" {
		t.Error("a sign-in name that is taken is not refused beside the field")
	}
	c.login.SetText("ivan")
	c.dialog.Enter()
	if !slices.ContainsFunc(p.rows, func(x people.Person) bool { return x.Name == "Іван Франко" && x.Login == "ivan" && x.Asked }) {
		t.Errorf("the list of people is %+v", p.rows)
	}
	if _, err := b.Session(t.Context(), "ivan", "слово"); err != nil {
		t.Errorf("he does not come in: %v", err)
	}
	// Without access there is nothing to fill.
	p.add()
	c = p.form
	c.enters.SetChecked(false)
	if !c.role.Disabled() || !c.first.Disabled() {
		t.Error("a role and a password are asked of who has no access")
	}
}

// texts are the words of all labels.
func texts(o fyne.CanvasObject) string {
	if l, ok := o.(*widget.Label); ok {
		return l.Text + "\n"
	}
	out := ""
	switch o := o.(type) {
	case *fyne.Container:
		for _, x := range o.Objects {
			out += texts(x)
		}
	case fyne.Widget:
		for _, x := range test.WidgetRenderer(o).Objects() {
			out += texts(x)
		}
	}
	return out
}

// The firm's section says what documents lack.
func TestFirm(t *testing.T) {
	_, h := begin(t)
	s := open(t, h, Firm)
	words := texts(s.Body)
	if n := strings.Count(words, h.Words().T("settings.not_told")); n < 5 {
		t.Errorf("a firm that was only named lacks %d things:\n%s", n, words)
	}
}
