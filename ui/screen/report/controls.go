package report

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/span"
	"ugoda/reports"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/field"
	"ugoda/ui/screen/where"
)

// ownDays is the key of a period of one's own, and of days of one's own to
// compare with.
const ownDays = "own"

// showBar lays the controls out.
func (v *view) showBar() {
	controls := []fyne.CanvasObject{v.keptButton()}
	if v.name == reports.FunnelReport {
		controls = append(controls, v.modeChoice())
	}
	controls = append(controls, v.dayControls()...)
	if v.name == reports.FunnelReport {
		controls = append(controls, v.processButton())
	}
	controls = append(controls, v.byControls()...)
	controls = append(controls, v.compareChoice())
	controls = append(controls, v.whereControls()...)
	v.bar.Objects = []fyne.CanvasObject{input.NewToolbar(controls...)}
	v.bar.Refresh()
}

func (v *view) mode() reports.Mode {
	if m := reports.Mode(v.set[reports.SetMode]); m != "" {
		return m
	}
	return reports.Now
}

func (v *view) modeChoice() fyne.CanvasObject {
	var options []input.Option
	for _, m := range []reports.Mode{reports.Now, reports.Flow, reports.Cohort} {
		options = append(options, input.Option{Key: string(m), Text: v.words.T("report.funnel.mode." + string(m))})
	}
	c := input.NewChoice(options)
	c.Set(string(v.mode()))
	c.OnChange = func() { v.change(true, reports.SetMode, c.Value()) }
	return c
}

// dayControls are the day of a funnel of now, else the period.
func (v *view) dayControls() []fyne.CanvasObject {
	if v.name == reports.FunnelReport && v.mode() == reports.Now {
		return []fyne.CanvasObject{v.day(reports.SetAsOf, v.host.Session().Today())}
	}
	options := []input.Option{}
	for _, p := range span.Presets() {
		options = append(options, input.Option{Key: span.Key(p), Text: v.words.Period(p)})
	}
	options = append(options, input.Option{Key: ownDays, Text: v.words.T("period.custom")})
	c := input.NewChoice(options)
	c.Set(v.preset())
	c.OnChange = func() {
		if c.Value() == ownDays {
			days := v.days()
			v.own = true
			v.change(true, reports.SetPeriod, "", reports.SetFrom, days.From.String(), reports.SetTo, days.To.String())
			return
		}
		v.own = false
		v.change(true, reports.SetPeriod, c.Value(), reports.SetFrom, "", reports.SetTo, "")
	}
	out := []fyne.CanvasObject{c}
	if v.own {
		days := v.days()
		out = append(out, v.day(reports.SetFrom, days.From), v.day(reports.SetTo, days.To))
	}
	return out
}

// usualPeriod is the period of a report that none was chosen for.
func (v *view) usualPeriod() string {
	if v.name == reports.InquiriesReport {
		return "last 90 days"
	}
	return "last 365 days"
}

func (v *view) preset() string {
	switch {
	case v.own:
		return ownDays
	case v.set[reports.SetPeriod] != "":
		return v.set[reports.SetPeriod]
	}
	return v.usualPeriod()
}

// days are the days of the period.
func (v *view) days() span.Span {
	today := v.host.Session().Today()
	if v.own {
		from, err := model.ParseDay(v.set[reports.SetFrom])
		if err != nil {
			from = today - 364
		}
		to, err := model.ParseDay(v.set[reports.SetTo])
		if err != nil {
			to = today
		}
		return span.Span{From: from, To: to}
	}
	days, err := span.OfPreset(v.preset(), today)
	if err != nil {
		return span.Span{From: today - 364, To: today}
	}
	return days
}

func (v *view) day(key string, fallback model.Day) fyne.CanvasObject {
	d := input.NewDay(field.Days(v.host))
	value := fallback
	if parsed, err := model.ParseDay(v.set[key]); err == nil {
		value = parsed
	}
	d.Set(value)
	d.OnChange = func() {
		text := d.Value().String()
		if key == reports.SetAsOf && d.Value() == v.host.Session().Today() {
			text = "" // today moves on
		}
		v.change(false, key, text)
	}
	return sized(d, 116)
}

// byControls choose how the report is split: losses and proposals by one or two
// dimensions.
func (v *view) byControls() []fyne.CanvasObject {
	named := func(list []string, none string) []input.Option {
		var out []input.Option
		if none != "" {
			out = append(out, input.Option{Key: "", Text: v.words.T(none)})
		}
		for _, d := range list {
			out = append(out, input.Option{Key: d, Text: v.words.T("report.by." + d)})
		}
		return out
	}
	by := strings.Split(v.set[reports.SetBy], ",")
	two := func(all []string) []fyne.CanvasObject {
		if by[0] == "" {
			by[0] = all[0]
		}
		second := ""
		if len(by) > 1 {
			second = by[1]
		}
		first := input.NewChoice(named(all, ""))
		then := input.NewChoice(named(slices.DeleteFunc(slices.Clone(all), func(d string) bool { return d == by[0] }), "report.by_one"))
		first.Set(by[0])
		then.Set(second)
		set := func() {
			text := first.Value()
			if then.Value() != "" && then.Value() != text {
				text += "," + then.Value()
			}
			v.change(true, reports.SetBy, text)
		}
		first.OnChange, then.OnChange = set, set
		return []fyne.CanvasObject{first, then}
	}
	switch v.name {
	case reports.LossesReport:
		return two(reports.LossDimensions())
	case reports.ProposalsReport:
		return two(reports.ProposalDimensions())
	case reports.InquiriesReport:
		c := input.NewChoice(named(reports.InquiryDimensions(), "report.by_none"))
		c.Set(by[0])
		c.OnChange = func() { v.change(false, reports.SetBy, c.Value()) }
		return []fyne.CanvasObject{c}
	}
	c := input.NewChoice(named(reports.Dimensions(), "report.by_none"))
	c.Set(by[0])
	c.OnChange = func() { v.change(false, reports.SetBy, c.Value()) }
	return []fyne.CanvasObject{c}
}

// compareChoice chooses what the report is compared with.
func (v *view) compareChoice() fyne.CanvasObject {
	t := v.words.T
	previous := t("report.compare.previous")
	if v.name == reports.FunnelReport && v.mode() == reports.Now {
		previous = t("report.compare.month")
	}
	with := v.set[reports.SetCompare]
	options := []input.Option{
		{Key: "", Text: t("report.compare.none")}, {Key: span.Previous, Text: previous}, {Key: span.LastYear, Text: t("report.compare.year")}, {Key: ownDays, Text: t("report.compare.own")},
	}
	if days, err := span.Parse(with); err == nil {
		options = append(options, input.Option{Key: with, Text: reports.SpanText(v.words, days)})
	}
	c := input.NewChoice(options)
	c.Set(with)
	c.OnChange = func() {
		if c.Value() == ownDays {
			c.Set(v.set[reports.SetCompare])
			v.askCompared()
			return
		}
		v.change(true, reports.SetCompare, c.Value())
	}
	return c
}

// askCompared asks the days to compare with.
func (v *view) askCompared() {
	t := v.words.T
	before := v.days().Previous(v.set[reports.SetPeriod])
	single := v.name == reports.FunnelReport && v.mode() == reports.Now
	if days, err := span.Parse(v.set[reports.SetCompare]); err == nil {
		before = days
	} else if single {
		day := v.host.Session().Today() - 30
		before = span.Span{From: day, To: day}
	}
	from, to := input.NewDay(field.Days(v.host)), input.NewDay(field.Days(v.host))
	from.Set(before.From)
	to.Set(before.To)
	content := container.NewHBox(widget.NewLabel(t("report.from")), sized(from, 122), widget.NewLabel(t("report.to")), sized(to, 122))
	if single {
		content = container.NewHBox(widget.NewLabel(t("report.as_of")), sized(to, 122))
	}
	d := &screen.Dialog{Title: t("report.compare"), Content: content, Size: fyne.NewSize(400, 0), Focus: to}
	if !single {
		d.Focus = from
	}
	d.Buttons = []screen.Button{{Label: t("button.cancel")}, {Label: t("button.apply"), Primary: true, Stays: true, Do: func() {
		if !from.Commit() || !to.Commit() {
			return
		}
		days := span.Span{From: from.Value(), To: to.Value()}
		if single {
			days.From = days.To
		}
		if days.To == 0 || days.From == 0 || days.To < days.From {
			to.SetProblem(v.words.Error(model.Refused("to", "before_beginning")))
			return
		}
		d.Close()
		v.change(true, reports.SetCompare, days.String())
	}}}
	v.host.Dialog(d)
}

// whereControls are the condition: edited with the builder of lists.
func (v *view) whereControls() []fyne.CanvasObject {
	kind := v.host.Session().Registry().Kind(reports.KindOf(v.name))
	text := v.set[reports.SetWhere]
	if text == "" {
		return []fyne.CanvasObject{input.NewButton(v.words.T("report.where")+"…", v.editWhere).Framed()}
	}
	label := text
	if n, err := filter.Parse(v.host.Session().Registry(), kind.Name, text); err == nil {
		label = v.words.Condition(v.host.Session().Registry(), kind.Name, n, v.nameOf)
	}
	if r := []rune(label); len(r) > 48 {
		label = string(r[:47]) + "…"
	}
	edit := input.NewButton(label, v.editWhere).Framed()
	drop := input.NewIconButton(fynetheme.CancelIcon(), "", func() { v.change(true, reports.SetWhere, "") })
	return []fyne.CanvasObject{edit, drop}
}

// nameOf is the name of a record that the condition names by its id; it is read
// in the background, and the bar is laid out again.
func (v *view) nameOf(kind string, id int64) string {
	key := kind + "/" + locale.New(locale.English).Int(id)
	if n, ok := v.names[key]; ok {
		return n
	}
	v.names[key] = ""
	where.ReadName(v.host, kind, id, func(name string) {
		if v.names[key] != name && v.ctx.Err() == nil {
			v.names[key] = name
			v.showBar()
		}
	})
	return v.names[key]
}

func (v *view) editWhere() {
	kind := v.host.Session().Registry().Kind(reports.KindOf(v.name))
	var n filter.Node
	if text := v.set[reports.SetWhere]; text != "" {
		parsed, err := filter.Parse(v.host.Session().Registry(), kind.Name, text)
		if err != nil {
			v.host.Fail(err)
		}
		n = parsed
	}
	where.Build(v.host, kind, n, func(n filter.Node) { v.change(true, reports.SetWhere, filter.Text(n)) })
}

// processButton chooses processes, and opens the common rows.
func (v *view) processButton() fyne.CanvasObject {
	t := v.words.T
	chosen, err := v.set.Processes()
	if err != nil {
		chosen = nil
	}
	rows, err := v.set.Rows()
	if err != nil {
		rows = nil
	}
	label := t("report.funnel.all")
	switch len(chosen) {
	case 0:
	case 1:
		for _, p := range v.processes {
			if p.Key == v.set[reports.SetProcess] {
				label = p.Text
			}
		}
	default:
		label = v.words.N("report.funnel.processes", int64(len(chosen)))
	}
	if len(rows) > 0 {
		label += " · " + v.words.N("report.funnel.rows", int64(len(rows)))
	}
	return input.NewButton(label+"…", v.editRows).Framed()
}
