package imports

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/filter"
	"ugoda/service/imports"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/field"
)

var (
	noStyle   = fyne.TextStyle{}
	boldStyle = fyne.TextStyle{Bold: true}
)

// rules are what is done with the rows: which records they change, what may be
// made beside them, and what stands where the file has nothing.
type rules struct {
	s         *Screen
	content   fyne.CanvasObject
	list      *fyne.Container
	mode      *input.Choice
	key       *input.Choice
	chosen    bool // the key was chosen by hand
	groups    *input.Check
	open      *input.Choice // stage before the end of a deal
	stages    []string
	constants []constant
}

// constant is a value for rows that have none.
type constant struct {
	path   string
	editor *field.Editor
}

func newRules(s *Screen) *rules {
	r := &rules{s: s, list: container.New(layout.NewCustomPaddedVBoxLayout(3))}
	r.content = input.NewScroll(r.list)
	var modes []input.Option
	for _, m := range imports.Modes {
		modes = append(modes, input.Option{Key: string(m), Text: s.words.T("import.mode." + string(m))})
	}
	r.mode = input.NewChoice(modes)
	r.mode.OnChange = func() { s.plan.Mode = imports.Mode(r.mode.Value()) }
	r.key = input.NewChoice(nil)
	r.key.OnChange = func() {
		r.chosen = true
		s.plan.Key = nil
		if v := r.key.Value(); v != "" {
			s.plan.Key = strings.Split(v, ",")
		}
	}
	r.groups = input.NewCheck(s.words.T("import.groups_of_rows"), func(yes bool) { s.plan.GroupRows = yes })
	r.open = input.NewChoice(nil)
	r.open.OnChange = func() { s.plan.OpenStage = r.open.Value() }
	return r
}

// fill takes the plan.
func (r *rules) fill() {
	s := r.s
	r.constants = nil
	r.chosen = len(s.plan.Key) > 0 && s.source.last
	for path, said := range s.plan.Constants {
		r.addConstant(path, said)
	}
	slices.SortFunc(r.constants, func(a, b constant) int { return strings.Compare(a.path, b.path) })
	r.mode.Set(string(s.plan.Mode))
	r.groups.Set(s.plan.GroupRows)
	r.follow()
	r.readStages()
}

// readStages reads the open stages that a closed deal may have stood in.
func (r *rules) readStages() {
	s := r.s
	if s.kind.Name != "deal" || !s.plan.Mapped("stage") {
		return
	}
	session := s.session
	screen.Read(s.ctx, s.host, func(ctx context.Context) ([]store.Row, error) {
		return session.Page(ctx, store.Query{
			Kind: "stage", Columns: []string{"name"}, Sort: []store.Order{{Path: "process"}, {Path: "order"}},
			Where: filter.Cond{Path: "kind", Op: filter.Eq, Values: []filter.Value{filter.String(deal.Open)}},
		})
	}, func(found []store.Row) {
		r.stages = nil
		for _, row := range found {
			if name, _ := row.Cells[0].(string); !slices.Contains(r.stages, name) {
				r.stages = append(r.stages, name)
			}
		}
		options := []input.Option{{Text: s.words.T("import.open_stage.last")}}
		for _, name := range r.stages {
			options = append(options, input.Option{Key: name, Text: name})
		}
		r.open.SetOptions(options)
		r.open.Set(s.plan.OpenStage)
		r.follow()
	})
}

// follow lays the rules out for the columns as they are mapped now.
func (r *rules) follow() {
	s, t := r.s, r.s.words.T
	if s.plan == nil {
		return
	}
	r.list.RemoveAll()
	r.list.Add(heading(t("import.rules")))
	r.list.Add(r.mode)
	r.keys()
	r.list.Add(input.NewLabelled(t("import.key"), r.key, false, 0))
	r.making()
	if s.kind.Field("group") != nil {
		r.list.Add(r.groups)
	}
	if s.kind.Name == "deal" && s.plan.Mapped("stage") && len(r.stages) > 0 {
		r.list.Add(input.NewLabelled(t("import.open_stage"), r.open, false, 0))
	}
	r.list.Add(heading(t("import.constants")))
	if len(r.constants) == 0 {
		l := caption(t("import.constants.hint"))
		l.Wrapping = fyne.TextWrapWord
		r.list.Add(l)
	}
	for i := range r.constants {
		c := &r.constants[i]
		away := input.NewIconButton(theme.CancelIcon(), "", func() {
			r.constants = slices.Delete(r.constants, i, i+1)
			delete(s.plan.Constants, c.path)
			r.follow()
		})
		label := s.words.Field(s.kind.Name, c.path)
		var line fyne.CanvasObject = input.NewLabelled(label, c.editor.Widget(), false, 110)
		if c.editor.Object != fyne.CanvasObject(c.editor.Widget()) { // an amount has its currency beside it
			line = container.New(layout.NewCustomPaddedVBoxLayout(1), caption(label), c.editor.Object)
		}
		r.list.Add(container.NewBorder(nil, nil, nil, away, line))
	}
	add := input.NewMenuButton("+ "+t("import.constants.add"), r.offered)
	r.list.Add(container.NewHBox(add))
	r.list.Refresh()
}

// keys offers what may tell whether a record is there.
func (r *rules) keys() {
	s, t := r.s, r.s.words.T
	options := []input.Option{{Text: t("import.key.none")}}
	has := map[string]bool{"": true}
	put := func(names []string) {
		key := strings.Join(names, ",")
		if has[key] {
			return
		}
		has[key] = true
		var labels []string
		for _, n := range names {
			labels = append(labels, s.words.Field(s.kind.Name, n))
		}
		options = append(options, input.Option{Key: key, Text: strings.Join(labels, " + ")})
	}
	put(s.plan.Key)
	for _, c := range s.plan.Columns {
		f := s.kind.Field(c.Field)
		if f == nil {
			continue
		}
		switch f.Type {
		case model.Text, model.Int, model.Link, model.Days:
			put([]string{f.Name})
			if f.Type == model.Link && s.plan.Mapped(s.kind.Title[0]) {
				put([]string{s.kind.Title[0], f.Name})
			}
		}
	}
	s.plan.Key = slices.DeleteFunc(s.plan.Key, func(n string) bool {
		_, constant := s.plan.Constants[n]
		return !s.plan.Mapped(n) && !constant
	})
	r.key.SetOptions(options)
	r.key.Set(strings.Join(s.plan.Key, ","))
}

// making offers to make records that references name and the base lacks.
func (r *rules) making() {
	s, t := r.s, r.s.words.T
	var kinds []string
	for _, c := range s.plan.Columns {
		target := s.columns.target(c.Field)
		if target == nil {
			continue
		}
		to := target.Field.To
		if target.Link != nil {
			to = target.Link.To
		}
		if to != "" && !slices.Contains(kinds, to) && s.session.MayWrite(to) {
			kinds = append(kinds, to)
		}
	}
	if len(kinds) == 0 {
		return
	}
	r.list.Add(heading(t("import.making")))
	checks := container.New(layout.NewGridLayoutWithColumns(2))
	r.list.Add(checks)
	if slices.Contains(s.plan.Create, "*") {
		s.plan.Create = slices.Clone(kinds)
	}
	for _, kind := range kinds {
		check := input.NewCheck(s.words.Kinds(kind), func(yes bool) {
			s.plan.Create = slices.DeleteFunc(s.plan.Create, func(k string) bool { return k == kind })
			if yes {
				s.plan.Create = append(s.plan.Create, kind)
			}
		})
		check.Set(s.plan.Creates(kind))
		checks.Add(check)
	}
}

// offered lists the fields that a constant may fill.
func (r *rules) offered() []*fyne.MenuItem {
	s := r.s
	var out []*fyne.MenuItem
	for _, f := range imports.Fields(s.kind, s.session.Role) {
		if _, has := s.plan.Constants[f.Name]; has {
			continue
		}
		out = append(out, fyne.NewMenuItem(s.words.Field(s.kind.Name, f.Name), func() {
			s.plan.Constants[f.Name] = ""
			r.addConstant(f.Name, "")
			r.follow()
			s.host.Canvas().Focus(r.constants[len(r.constants)-1].editor.Focus)
		}))
	}
	return out
}

// addConstant makes the editor of a constant and reads its value.
func (r *rules) addConstant(path, said string) {
	s := r.s
	f := s.kind.Field(path)
	if f == nil {
		return
	}
	e := editor(s, f)
	e.OnChange = func() { s.plan.Constants[path] = imports.Constant(f, e.Value()) }
	r.constants = append(r.constants, constant{path, e})
	if said == "" {
		return
	}
	session, kind := s.session, s.kind
	screen.Read(s.ctx, s.host, func(ctx context.Context) (any, error) {
		return imports.ConstantValue(ctx, session, kind, path, said)
	}, e.Set)
}

// editor edits a value of a field, also of one that only files bring.
func editor(s *Screen, f *model.Field) *field.Editor {
	open := *f
	open.ReadOnly = false
	return field.New(s.host, s.kind.Name, &open)
}

// commit reads what stands in the fields; it is false when one of them cannot
// be read, or says nothing.
func (r *rules) commit() bool {
	s := r.s
	if !s.columns.commit() {
		return false
	}
	for _, c := range r.constants {
		if !c.editor.Commit() {
			s.host.Canvas().Focus(c.editor.Focus)
			return false
		}
		if field.Empty(c.editor.Value()) {
			delete(s.plan.Constants, c.path)
			continue
		}
		s.plan.Constants[c.path] = imports.Constant(c.editor.Field, c.editor.Value())
	}
	return true
}
