package imports

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"ugoda/exchange/spreadsheet"
	"ugoda/model"
	"ugoda/service/imports"
	"ugoda/ui/input"
	"ugoda/ui/theme"
)

// mostAsked is how many questions of one kind stand there at once: a file with
// a thousand unknown names is answered for all of them together.
const mostAsked = 60

// questions asks, once for each thing, what the import does not know.
type questions struct {
	s        *Screen
	content  *container.Scroll
	list     *fyne.Container
	answered map[*imports.Question]bool
	asked    []*imports.Question
	said     bool // something was answered since the trial
	fields   []fyne.Focusable
}

func newQuestions(s *Screen) *questions {
	q := &questions{s: s, list: container.New(layout.NewCustomPaddedVBoxLayout(1))}
	q.content = input.NewScroll(q.list)
	return q
}

// focus is the first question that waits.
func (q *questions) focus() fyne.Focusable {
	for i, x := range q.asked {
		if x.Blocks && !q.answered[x] && i < len(q.fields) {
			return q.fields[i]
		}
	}
	return nil
}

// waiting reports whether a question keeps the whole import back. Rows that
// wait for other answers may be left out.
func (q *questions) waiting() bool {
	for _, x := range q.s.result.Questions {
		if x.Blocks && !q.answered[x] && (x.About == imports.AboutDays || x.About == imports.AboutNumbers) {
			return true
		}
	}
	return false
}

// changed reports whether answers were given that no trial has seen.
func (q *questions) changed() bool { return q.said }

// fill shows the questions of a trial.
func (q *questions) fill(r *imports.Result) {
	t := q.s.words.T
	q.list.RemoveAll()
	q.answered, q.asked, q.said, q.fields = map[*imports.Question]bool{}, nil, false, nil
	if len(r.Questions) == 0 {
		return
	}
	q.list.Add(heading(t("import.questions")))
	count := map[string]int{}
	for _, x := range r.Questions {
		if x.About == imports.AboutReference {
			count[x.Kind]++
		}
	}
	shown := map[string]int{}
	for _, x := range r.Questions {
		if x.About == imports.AboutReference {
			if shown[x.Kind] == 0 && count[x.Kind] > 2 {
				q.list.Add(q.forAll(x.Kind, count[x.Kind]))
			}
			if shown[x.Kind]++; shown[x.Kind] > mostAsked {
				continue
			}
		}
		q.add(x)
	}
	q.list.Refresh()
	q.content.ScrollToTop()
}

// questionLayout puts rows, words and answer of a question side by side.
type questionLayout struct{}

// MinSize is for Fyne.
func (questionLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	high := float32(0)
	for _, x := range o {
		high = max(high, x.MinSize().Height)
	}
	return fyne.NewSize(theme.Scaled(480), high)
}

// Layout is for Fyne.
func (questionLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	left, right := theme.Scaled(96), min(theme.Scaled(400), size.Width*0.42)
	place := func(x fyne.CanvasObject, at, w float32) {
		h := min(max(x.MinSize().Height, theme.Row()), size.Height)
		x.Move(fyne.NewPos(at, (size.Height-h)/2))
		x.Resize(fyne.NewSize(w, h))
	}
	place(o[0], 0, left)
	place(o[1], left, size.Width-left-right-theme.Scaled(8))
	place(o[2], size.Width-right, right)
}

func (q *questions) line(rows string, words string, strong bool, answer fyne.CanvasObject) fyne.CanvasObject {
	n := caption(rows)
	n.Alignment = fyne.TextAlignTrailing
	l := widget.NewLabel(words)
	l.Truncation = fyne.TextTruncateEllipsis
	l.TextStyle.Bold = strong
	return container.New(&questionLayout{}, n, l, answer)
}

// add asks one question.
func (q *questions) add(x *imports.Question) {
	s := q.s
	rows := ""
	if x.Rows > 0 {
		rows = s.words.N("import.rows_count", int64(x.Rows))
	}
	answer, focus := q.answer(x)
	q.asked = append(q.asked, x)
	q.fields = append(q.fields, focus)
	q.list.Add(q.line(rows, imports.Ask(s.words, s.kind, x), x.Blocks, answer))
}

// say takes an answer.
func (q *questions) say(x *imports.Question) {
	if q.answered[x] && q.said {
		return
	}
	q.answered[x] = true
	q.said = true
	q.s.check.buttons()
}

// Keys of answers that are no record.
const (
	asOther = "other"
	asValue = "value"
)

// unanswered stands before the answers while none is given.
func (q *questions) unanswered() input.Option {
	return input.Option{Text: q.s.words.T("import.answer.choose"), Tone: theme.Muted}
}

// answer is how a question is answered.
func (q *questions) answer(x *imports.Question) (fyne.CanvasObject, fyne.Focusable) {
	switch x.About {
	case imports.AboutReference:
		return q.reference(x)
	case imports.AboutChoice:
		return q.choice(x)
	case imports.AboutDays:
		return q.days(x)
	case imports.AboutNumbers:
		return q.numbers(x)
	}
	return q.missing(x)
}

// reference asks which record a name means: one of those that are like it,
// another, a new one, none, or that the rows stay out.
func (q *questions) reference(x *imports.Question) (fyne.CanvasObject, fyne.Focusable) {
	s, t := q.s, q.s.words.T
	var options []input.Option
	for _, r := range x.Close {
		text := r.Name
		if r.Code != "" {
			text = r.Code + " " + r.Name
		}
		options = append(options, input.Option{Key: imports.Constant(nil, r), Text: t("import.answer.is", "name", text)})
	}
	if s.session.MayWrite(x.Kind) {
		options = append(options, input.Option{Key: imports.Make, Text: t("import.answer.create", "name", x.Text)})
	}
	options = append(options, input.Option{Key: asOther, Text: t("import.answer.other")},
		input.Option{Key: imports.Empty, Text: t("import.answer.empty")}, input.Option{Key: imports.Skip, Text: t("import.answer.skip")})
	options = append([]input.Option{q.unanswered()}, options...)
	c := input.NewChoice(options)
	c.Set("")
	c.OnChange = func() {
		switch v := c.Value(); v {
		case "":
			return
		case asOther:
			s.host.Choose(x.Kind, nil, func(r model.Ref) {
				s.plan.Say(x.Kind, x.Text, imports.Answer{ID: r.ID, Name: r.Name})
				options = slices.Insert(options, 1, input.Option{Key: imports.Constant(nil, r), Text: t("import.answer.is", "name", r.Name)})
				c.SetOptions(options)
				c.Set(imports.Constant(nil, r))
				q.say(x)
			})
			return
		case imports.Make, imports.Empty, imports.Skip:
			s.plan.Say(x.Kind, x.Text, imports.Answer{Do: v})
		default:
			for _, r := range x.Close {
				if imports.Constant(nil, r) == v {
					s.plan.Say(x.Kind, x.Text, imports.Answer{ID: r.ID, Name: r.Name})
				}
			}
		}
		q.say(x)
	}
	return c, c
}

// forAll answers for all unknown names of a kind at once.
func (q *questions) forAll(kind string, n int) fyne.CanvasObject {
	s, t := q.s, q.s.words.T
	var options []input.Option
	if s.session.MayWrite(kind) {
		options = append(options, input.Option{Key: imports.Make, Text: t("import.answer.create_all")})
	}
	options = append(options, input.Option{Key: imports.Empty, Text: t("import.answer.empty")}, input.Option{Key: imports.Skip, Text: t("import.answer.skip")})
	c := input.NewChoice(append([]input.Option{q.unanswered()}, options...))
	c.Set("")
	c.OnChange = func() {
		do := c.Value()
		if do == "" {
			return
		}
		for _, x := range s.result.Questions {
			if x.About != imports.AboutReference || x.Kind != kind || q.answered[x] || do == imports.Make && len(x.Close) > 0 {
				continue // a name like one that is there is asked about by itself
			}
			s.plan.Say(kind, x.Text, imports.Answer{Do: do})
			q.answered[x] = true
		}
		q.said = true
		s.check.buttons()
	}
	return q.line("", s.words.N("import.ask.all", int64(n), "kind", s.words.Kinds(kind)), true, c)
}

// choice asks which of a field's values a word means.
func (q *questions) choice(x *imports.Question) (fyne.CanvasObject, fyne.Focusable) {
	s, t := q.s, q.s.words.T
	kind, name := s.kind.Name, x.Field
	for i := len(x.Kind) - 1; i >= 0; i-- {
		if x.Kind[i] == '.' {
			kind, name = x.Kind[:i], x.Kind[i+1:]
			break
		}
	}
	var options []input.Option
	for _, v := range x.Values {
		options = append(options, input.Option{Key: "=" + v, Text: t("import.answer.is", "name", s.words.Choice(kind, name, v))})
	}
	options = append(options, input.Option{Key: imports.Empty, Text: t("import.answer.empty")}, input.Option{Key: imports.Skip, Text: t("import.answer.skip")})
	c := input.NewChoice(append([]input.Option{q.unanswered()}, options...))
	c.Set("")
	c.OnChange = func() {
		a := imports.Answer{Do: c.Value()}
		switch v := c.Value(); {
		case v == "":
			return
		case v[0] == '=':
			a = imports.Answer{Name: v[1:]}
		}
		s.plan.Say(x.Kind, x.Text, a)
		q.say(x)
	}
	return c, c
}

func (q *questions) days(x *imports.Question) (fyne.CanvasObject, fyne.Focusable) {
	s, t := q.s, q.s.words.T
	c := input.NewChoice([]input.Option{q.unanswered(), {Key: "dmy", Text: t("import.days.dmy")}, {Key: "mdy", Text: t("import.days.mdy")}})
	c.Set("")
	c.OnChange = func() {
		if c.Value() == "" {
			return
		}
		col := &s.plan.Columns[x.Column]
		col.Asked, col.Order = true, spreadsheet.DayFirst
		if c.Value() == "mdy" {
			col.Order = spreadsheet.MonthFirst
		}
		q.say(x)
	}
	return c, c
}

func (q *questions) numbers(x *imports.Question) (fyne.CanvasObject, fyne.Focusable) {
	s, t := q.s, q.s.words.T
	c := input.NewChoice([]input.Option{q.unanswered(), {Key: "comma", Text: t("import.numbers.comma")}, {Key: "point", Text: t("import.numbers.point")}})
	c.Set("")
	c.OnChange = func() {
		if c.Value() == "" {
			return
		}
		col := &s.plan.Columns[x.Column]
		col.Settled, col.Comma = true, c.Value() == "comma"
		q.say(x)
	}
	return c, c
}

// missing asks what to do with rows that have nothing for a field: a value for
// all of them, nothing, or that they stay out.
func (q *questions) missing(x *imports.Question) (fyne.CanvasObject, fyne.Focusable) {
	s, t := q.s, q.s.words.T
	f := s.kind.Field(x.Field)
	editor := editor(s, f)
	editor.OnChange = func() {
		if v := imports.Constant(f, editor.Value()); v != "" {
			s.plan.Constants[x.Field] = v
			delete(s.plan.Without, x.Field)
			q.say(x)
		}
	}
	var options []input.Option
	if !x.Blocks {
		options = append(options, input.Option{Key: imports.Empty, Text: t("import.answer.leave_empty")})
	}
	options = append(options, input.Option{Key: asValue, Text: t("import.answer.value")}, input.Option{Key: imports.Skip, Text: t("import.answer.skip")})
	c := input.NewChoice(options)
	c.Set(asValue)
	if !x.Blocks {
		c.Set(imports.Empty)
	}
	box := container.NewStack()
	show := func() {
		if c.Value() == asValue {
			box.Objects = []fyne.CanvasObject{container.New(&half{}, c, editor.Object)}
		} else {
			box.Objects = []fyne.CanvasObject{c}
		}
		box.Refresh()
	}
	show()
	c.OnChange = func() {
		show()
		switch c.Value() {
		case asValue:
			s.host.Canvas().Focus(editor.Focus)
		default:
			s.plan.Without[x.Field] = c.Value()
			delete(s.plan.Constants, x.Field)
			q.say(x)
		}
	}
	if x.Blocks {
		return box, editor.Focus
	}
	return box, c
}

// half puts two objects side by side, each as wide as the other.
type half struct{}

// MinSize is for Fyne.
func (half) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(theme.Scaled(200), max(o[0].MinSize().Height, o[1].MinSize().Height))
}

// Layout is for Fyne.
func (half) Layout(o []fyne.CanvasObject, size fyne.Size) {
	gap := theme.Scaled(4)
	w := (size.Width - gap) / 2
	o[0].Move(fyne.Position{})
	o[0].Resize(fyne.NewSize(w, size.Height))
	o[1].Move(fyne.NewPos(w+gap, 0))
	o[1].Resize(fyne.NewSize(w, size.Height))
}
