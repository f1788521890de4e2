package settings

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/service/people"
	"ugoda/ui/input"
	"ugoda/ui/list"
	"ugoda/ui/screen"
	"ugoda/ui/screen/field"
	"ugoda/ui/theme"
)

// staff lists who works here and who may come in.
type staff struct {
	s    *Screen
	grid *list.Grid
	rows []people.Person
	root fyne.CanvasObject
	with []*input.Button // that want a chosen person
	form *colleague      // opened last
}

func newPeople(s *Screen) panel {
	p := &staff{s: s}
	t := s.Host.Words()
	p.grid = list.NewGrid([]list.Column{
		{Key: "name", Title: t.Field("employee", "name"), Width: 170, Least: 90, Grow: true, NoSort: true},
		{Key: "post", Title: t.Field("employee", "post"), Width: 140, Least: 70, NoSort: true, Grow: true},
		{Key: "department", Title: t.Field("employee", "department"), Width: 130, Least: 70, NoSort: true, Grow: true},
		{Key: "role", Title: t.Field("user", "role"), Width: 140, Least: 80, NoSort: true},
		{Key: "login", Title: t.T("settings.login"), Width: 120, Least: 70, NoSort: true, Grow: true},
		{Key: "password", Title: t.T("opening.password"), Width: 76, Least: 60, NoSort: true},
	}, p)
	p.grid.OnOpen = func(int) { p.edit(p.chosen()) }
	p.grid.OnSelect = p.enable
	p.grid.SetEmpty(&list.Empty{Title: t.T("settings.nobody"), Action: t.T("settings.add_colleague"), Do: p.add})
	add := input.NewButton("+ "+t.T("settings.add_colleague"), p.add).Primary()
	if !s.Host.Session().MayWrite("user") {
		add.Disable()
	}
	change := input.NewButton(t.T("settings.change"), func() { p.edit(p.chosen()) }).Framed()
	p.with = []*input.Button{change}
	departments := input.NewButton(t.Kinds("department"), func() { s.Host.Open(screen.ToList("department", "")) }).Framed()
	bar := container.NewHBox(add, change, departments)
	p.root = container.NewBorder(container.NewVBox(hint(t.T("settings.people_hint")), bar), nil, nil, nil, p.grid)
	p.read()
	return p
}

func (p *staff) content() fyne.CanvasObject { return p.root }

func (p *staff) changed(saved map[string][]int64) {
	if touches(saved, "employee", "user", "department") {
		p.read()
	}
}

func (p *staff) read() {
	session := p.s.Host.Session()
	screen.Read(p.s.Ctx, p.s.Host, func(ctx context.Context) ([]people.Person, error) { return people.List(ctx, session) }, func(all []people.Person) {
		p.rows = all
		p.grid.Reset()
		p.enable()
	})
}

func (p *staff) chosen() *people.Person {
	if i := p.grid.FocusRow(); i >= 0 && i < len(p.rows) {
		return &p.rows[i]
	}
	return nil
}

func (p *staff) enable() {
	for _, b := range p.with {
		if p.chosen() == nil {
			b.Disable()
		} else {
			b.Enable()
		}
	}
}

// Len implements list.Source.
func (p *staff) Len() int { return len(p.rows) }

// Window implements list.Source.
func (p *staff) Window(from, to int) {
	t := p.s.Host.Words()
	var out []list.Row
	for i := from; i < min(to, len(p.rows)); i++ {
		x := p.rows[i]
		role, password := list.Cell{Text: t.T("settings.no_access"), Tone: theme.Muted}, list.Cell{}
		if x.User.ID != 0 && x.Enters {
			role = list.Cell{Text: t.Role(x.Role)}
			password = list.Cell{Text: t.T("settings.no_password"), Tone: theme.Amber}
			if x.Asked {
				password = list.Cell{Text: t.T("settings.has_password"), Tone: theme.Muted}
			}
		}
		out = append(out, list.Row{ID: int64(i + 1), Muted: !x.Works || x.User.ID != 0 && !x.Enters, Cells: []list.Cell{
			{Text: x.Name}, {Text: x.Post}, {Text: x.Department.Name}, role, {Text: x.Login}, password,
		}})
	}
	p.grid.SetRows(from, out)
}

func (p *staff) add() {
	p.edit(&people.Person{Works: true, Enters: true, Role: model.RoleManager})
}

// colleague is the one form of a person: who he is, what he may, his password.
type colleague struct {
	p             *staff
	person        people.Person
	fields        map[string]*field.Editor // of the employee
	login         *input.Entry
	role          *input.Choice
	first, again  *input.Entry
	works, enters *input.Check
	remove        *input.Check
	dialog        *screen.Dialog
}

const peopleLabels = 150

func (p *staff) edit(who *people.Person) {
	if who == nil {
		return
	}
	h := p.s.Host
	t, reg := h.Words(), h.Session().Registry()
	c := &colleague{p: p, person: *who, fields: map[string]*field.Editor{}, login: input.NewEntry(), first: input.NewPassword(), again: input.NewPassword()}
	p.form = c
	box := container.NewVBox()
	values := map[string]any{"name": who.Name, "post": who.Post, "department": who.Department, "phone": who.Phone, "email": who.Email}
	for _, name := range []string{"name", "post", "department", "phone", "email"} {
		e := field.New(h, "employee", reg.Kind("employee").Field(name))
		e.Set(values[name])
		c.fields[name] = e
		box.Add(input.NewLabelledAround(t.Field("employee", name), e.Widget(), e.Object, name == "name", peopleLabels))
	}
	c.works = input.NewCheck(t.T("settings.works"), nil)
	c.works.Set(who.Works)
	c.enters = input.NewCheck(t.T("settings.enters"), func(bool) { c.follow() })
	c.enters.Set(who.User.ID != 0 && who.Enters || who.User.ID == 0 && who.Employee.ID == 0)
	var roles []input.Option
	for _, r := range model.Roles {
		roles = append(roles, input.Option{Key: string(r), Text: t.Role(r)})
	}
	c.role = input.NewChoice(roles)
	c.role.Set(string(who.Role))
	c.login.SetText(who.Login)
	c.login.SetPlaceHolder(t.T("settings.login_hint"))
	c.first.SetPlaceHolder(t.T("settings.password_hint"))
	if who.Asked {
		c.first.SetPlaceHolder(t.T("settings.password_kept"))
	}
	c.remove = input.NewCheck(t.T("settings.password_none"), func(bool) { c.follow() })
	row := func(key string, f input.Field) fyne.CanvasObject {
		return input.NewLabelled(t.T(key), f, false, peopleLabels)
	}
	box.Add(widget.NewSeparator())
	box.Add(container.NewHBox(c.works, c.enters))
	box.Add(input.NewLabelled(t.Field("user", "role"), c.role, false, peopleLabels))
	box.Add(row("settings.login", c.login))
	box.Add(row("opening.password", c.first))
	box.Add(row("ui.settings.password_again", c.again))
	if who.Asked {
		box.Add(container.New(layout.NewCustomPaddedLayout(0, 0, theme.Scaled(peopleLabels), 0), c.remove))
	}
	title := t.T("settings.add_colleague")
	if who.Employee.ID != 0 || who.User.ID != 0 {
		title = who.Name
	}
	c.dialog = &screen.Dialog{Title: title, Size: fyne.NewSize(540, 0), Focus: c.fields["name"].Focus, Content: box}
	c.dialog.Buttons = []screen.Button{{Label: t.T("button.cancel")}, {Label: t.T("button.save"), Primary: true, Stays: true, Do: c.save}}
	for _, e := range c.fields {
		e.SetKeys(c.dialog.Typed)
	}
	c.follow()
	h.Dialog(c.dialog)
}

// follow lets be filled only what means something.
func (c *colleague) follow() {
	may := c.enters.Checked && c.p.s.Host.Session().MayWrite("user")
	for _, w := range []fyne.Disableable{c.role, c.login, c.first, c.again} {
		if may {
			w.Enable()
		} else {
			w.Disable()
		}
	}
	if c.remove.Checked {
		c.first.Disable()
		c.again.Disable()
	}
}

func (c *colleague) save() {
	h := c.p.s.Host
	t := h.Words()
	person := c.person
	for _, e := range c.fields {
		if !e.Commit() {
			return
		}
	}
	person.Name, _ = c.fields["name"].Value().(string)
	person.Post, _ = c.fields["post"].Value().(string)
	person.Department, _ = c.fields["department"].Value().(model.Ref)
	person.Phone, _ = c.fields["phone"].Value().(string)
	person.Email, _ = c.fields["email"].Value().(string)
	person.Works, person.Enters = c.works.Checked, c.enters.Checked
	person.Login, person.Role = c.login.Text, model.Role(c.role.Value())
	var password *string
	switch {
	case c.remove.Checked:
		none := ""
		password = &none
	case c.first.Text != c.again.Text:
		c.again.SetProblem(t.T("ui.settings.password_differs"))
		h.Canvas().Focus(c.again)
		return
	case c.first.Text != "":
		word := c.first.Text
		password = &word
	}
	session := h.Session()
	c.dialog.Enable(1, false)
	h.Background(c.p.s.Ctx, func(ctx context.Context) error { return people.Save(ctx, session, &person, password) }, func(err error) {
		c.dialog.Enable(1, true)
		var problems model.Problems
		if errors.As(err, &problems) && c.explain(problems) {
			return
		}
		if err != nil {
			h.Fail(err)
			return
		}
		c.dialog.Close()
		h.Saved("employee", person.Employee.ID)
		h.Saved("user", person.User.ID)
		c.p.read()
		h.Say(t.T("form.saved"))
	})
}

// explain puts what is wrong beside its field; false when there is none.
func (c *colleague) explain(problems model.Problems) bool {
	shown := false
	for _, p := range problems {
		text := c.p.s.Host.Words().Problem(p)
		switch {
		case c.fields[p.Field] != nil:
			c.fields[p.Field].SetProblem(text)
		case p.Field == "login":
			c.login.SetProblem(text)
		case p.Field == "role":
			c.role.SetProblem(text)
		default:
			continue
		}
		shown = true
	}
	return shown
}
