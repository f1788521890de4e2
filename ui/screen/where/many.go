package where

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/ui/input"
	"ugoda/ui/screen/field"
)

// many makes the editor of a set of values: ticks for a choice, chips for
// records, a list after commas for the rest.
func (x *condition) many() fyne.CanvasObject {
	switch x.field.Type {
	case model.Choice:
		return x.ticks()
	case model.Link:
		return x.chips()
	}
	return x.list()
}

func (x *condition) ticks() fyne.CanvasObject {
	t := x.host.Words()
	had := map[filter.Value]bool{}
	for _, v := range x.cond.Values {
		had[v] = true
	}
	row := container.NewHBox()
	checks := map[string]*input.Check{}
	for _, v := range x.field.Values {
		if v == "" {
			continue
		}
		c := input.NewCheck(t.Choice(x.owner, x.field.Name, v), func(bool) { x.told() })
		c.Set(had[filter.String(v)])
		checks[v] = c
		row.Add(c)
		if len(checks) == 1 {
			x.first = c
		}
	}
	x.read = func() ([]filter.Value, bool) {
		var out []filter.Value
		for _, v := range x.field.Values {
			if c := checks[v]; c != nil && c.Value() {
				out = append(out, filter.String(v))
			}
		}
		return out, true
	}
	return container.NewHScroll(row)
}

// chips gathers records one by one.
func (x *condition) chips() fyne.CanvasObject {
	chosen := append([]filter.Value(nil), x.cond.Values...)
	known := map[filter.Value]string{}
	row := container.NewHBox()
	var show func()
	add := field.New(x.host, x.owner, &model.Field{Name: x.field.Name, Type: model.Link, To: x.field.To})
	show = func() {
		row.RemoveAll()
		for i, v := range chosen {
			label := known[v]
			switch v := v.(type) {
			case filter.String:
				label = string(v)
			case filter.Word:
				label = x.host.Words().T("word." + string(v))
			case filter.ID:
				if label == "" {
					label = "#" + strconv.FormatInt(int64(v), 10)
				}
			}
			row.Add(input.NewButton(label+" ×", func() {
				chosen = append(chosen[:i:i], chosen[i+1:]...)
				show()
				x.told()
			}).Framed())
		}
		row.Refresh()
	}
	add.OnChange = func() {
		if r, _ := add.Value().(model.Ref); r.ID != 0 {
			v := filter.ID(r.ID)
			known[v] = r.Name
			chosen = append(chosen, v)
			add.Set(model.Ref{})
			show()
			x.told()
		}
	}
	for _, v := range chosen {
		if id, ok := v.(filter.ID); ok {
			ReadName(x.host, x.field.To, int64(id), func(name string) {
				known[id] = name
				show()
			})
		}
	}
	show()
	x.first = add.Focus
	x.read = func() ([]filter.Value, bool) { return chosen, true }
	return container.NewBorder(nil, nil, row, nil, add.Object)
}

// list edits texts or numbers with commas between.
func (x *condition) list() fyne.CanvasObject {
	e := input.NewEntry()
	var parts []string
	for _, v := range x.cond.Values {
		switch v := v.(type) {
		case filter.String:
			parts = append(parts, quoted(string(v)))
		case filter.Number:
			parts = append(parts, string(v))
		}
	}
	e.SetText(strings.Join(parts, ", "))
	e.SetPlaceHolder("…, …")
	e.OnChanged = func(string) { x.told() }
	x.first = e
	numbers := x.field.Type != model.Text && x.field.Type != model.LongText
	x.read = func() ([]filter.Value, bool) {
		var out []filter.Value
		for _, p := range split(e.Text) {
			if !numbers {
				out = append(out, filter.String(p))
				continue
			}
			v, err := model.ParseDecimal(strings.ReplaceAll(p, " ", ""), 6)
			if err != nil {
				e.SetProblem(x.host.Words().T("problem.number_form", "text", p))
				return nil, false
			}
			out = append(out, filter.Number(model.Rate(v).Decimal().String()))
		}
		return out, true
	}
	return e
}

// quoted writes a text for a list after commas: in quotation marks where it has
// commas or such marks itself.
func quoted(s string) string {
	if strings.ContainsAny(s, `,"`) || strings.TrimSpace(s) != s {
		return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return s
}

// split reads what stands between commas, as quoted writes it; the empty ones
// are left out.
func split(text string) []string {
	var out []string
	var b strings.Builder
	inside, was := false, false // in quotation marks now; was at all
	end := func() {
		s := b.String()
		if !was {
			s = strings.TrimSpace(s)
		}
		if s != "" {
			out = append(out, s)
		}
		b.Reset()
		was = false
	}
	for r := []rune(text); len(r) > 0; r = r[1:] {
		switch {
		case r[0] == '"' && inside && len(r) > 1 && r[1] == '"':
			b.WriteByte('"')
			r = r[1:]
		case r[0] == '"' && inside:
			inside = false
		case r[0] == '"' && strings.TrimSpace(b.String()) == "" && !was:
			b.Reset()
			inside, was = true, true
		case r[0] == ',' && !inside:
			end()
		case was && !inside: // nothing counts between the closing mark and the comma
		default:
			b.WriteRune(r[0])
		}
	}
	end()
	return out
}
