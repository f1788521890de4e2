package listing

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/ui/list"
	"ugoda/ui/theme"
)

// column is one column of a list: a path of the description, resolved.
type column struct {
	path  string
	owner string // kind that the last field belongs to
	field *model.Field
	label string
}

// resolve finds the columns of paths; what is not described, or not for the
// user's role, is left out.
func resolve(reg *model.Registry, kind *model.Kind, role model.Role, words *locale.Printer, paths []string) []column {
	var out []column
	for _, p := range paths {
		fields, err := reg.Path(kind, p)
		if err != nil {
			continue
		}
		c := column{path: p, owner: kind.Name, field: fields[len(fields)-1]}
		var labels []string
		owner, visible := kind.Name, true
		for _, f := range fields {
			c.owner = owner
			visible = visible && f.SeenBy(role)
			labels = append(labels, words.Field(owner, f.Name))
			owner = f.To
		}
		if !visible || c.field.Type == model.Bytes {
			continue
		}
		c.label = strings.Join(labels, " › ")
		out = append(out, c)
	}
	return out
}

// ordinary are the columns that a list shows unless the user chose others.
func ordinary(kind *model.Kind) []string {
	var out []string
	for _, f := range kind.Shown() {
		out = append(out, f.Name)
	}
	if len(out) == 0 {
		out = append(out, kind.Title...)
	}
	return out
}

// width is how wide a column begins, at zoom 100.
func (c column) width(words *locale.Printer) float32 {
	switch c.field.Type {
	case model.Amount:
		return 124
	case model.Price, model.Quantity:
		return 104
	case model.Percents, model.Rates, model.Int:
		return 88
	case model.Days:
		return written(words.Day(model.Date(2026, 11, 28)))
	case model.Moment:
		return max(written(words.Day(model.Date(2026, 11, 28))), 124)
	case model.Bool:
		return 64
	case model.Choice:
		return 122
	case model.Link:
		return 160
	case model.LongText:
		return 240
	}
	switch {
	case c.field.Name == "number":
		return 84
	case c.field.Named:
		return 250
	case c.field.Format != "":
		return 132
	}
	return 150
}

// heading is how wide the head of a column wants to be, with its sort mark.
func heading(label string) float32 {
	return theme.Width(label, theme.Text(), fyne.TextStyle{Bold: true})/theme.Scaled(1) + 24
}

// written is the width of a column for a text, at zoom 100.
func written(text string) float32 {
	return theme.Width(text, theme.Text(), fyne.TextStyle{})/theme.Scaled(1) + 20
}

func (c column) align() list.Align {
	switch c.field.Type {
	case model.Amount, model.Price, model.Quantity, model.Percents, model.Rates, model.Int:
		return list.Right
	case model.Bool:
		return list.Center
	}
	return list.Left
}

// gridColumns are the columns as the grid wants them; widths are what the user
// dragged before.
func gridColumns(words *locale.Printer, cols []column, widths map[string]float32) []list.Column {
	out := make([]list.Column, len(cols))
	grows := -1
	for i, c := range cols {
		w := widths[c.path]
		if w == 0 {
			w = max(c.width(words), min(heading(c.label), 132))
		}
		out[i] = list.Column{Key: c.path, Title: c.label, Width: w, Align: c.align()}
		if grows < 0 && c.field.Named && c.field.Name != "number" {
			grows = i
		}
	}
	if grows >= 0 {
		out[grows].Grow = true
	}
	return out
}

// painter turns values into cells.
type painter struct {
	words *locale.Printer
	base  string // base currency: amounts in it are shown without its name
	today model.Day
	over  bool // the record is finished: nothing of it is late any more
}

func (p painter) cell(c column, v any) list.Cell {
	out := list.Cell{Text: p.text(c, v)}
	switch v := v.(type) {
	case string:
		if c.field.Type == model.Choice {
			if tone, ok := tones[v]; ok && v != "" {
				out.Tone, out.Pill = tone, true
			}
		}
		if c.field.Format == "colour" {
			out.Dot = fyne.ThemeColorName(v)
		}
	case model.Day:
		if late[c.field.Name] && v != 0 && !p.over {
			switch {
			case v < p.today:
				out.Tone = theme.Red
			case v == p.today:
				out.Tone = theme.Amber
			}
		}
	}
	return out
}

// text is a value in words, as a list shows it.
func (p painter) text(c column, v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		switch {
		case c.field.Type == model.Choice:
			return p.words.Choice(c.owner, c.field.Name, v)
		case c.field.Type == model.LongText:
			return strings.ReplaceAll(v, "\n", " ")
		}
		return v
	case int64:
		if c.field.Type == model.Price {
			return p.words.Amount(v)
		}
		return p.words.Int(v)
	case model.Money:
		if v.Currency == p.base || v.Currency == "" {
			return p.words.Amount(v.Minor)
		}
		return p.words.Money(v)
	case model.Ref:
		if v.Name != "" {
			return v.Name
		}
		return v.Code
	case bool:
		if v {
			return "✓"
		}
		return ""
	case model.Day:
		return p.words.Day(v)
	case time.Time:
		if v.IsZero() {
			return ""
		}
		return p.words.MomentShort(v, p.today)
	}
	return p.words.Value(v)
}

// finished reports that a value of a column says that its record is finished.
func finished(c column, v any) bool {
	switch v := v.(type) {
	case bool:
		return v && c.path == "done"
	case string:
		switch c.path + "=" + v {
		case "state=won", "state=lost", "status=accepted", "status=declined", "status=cancelled":
			return true
		}
	case model.Day:
		return v != 0 && c.path == "closed"
	}
	return false
}

// telling are the columns that say whether a record is finished; a list reads
// them even where it does not show them.
var telling = []string{"done", "state", "status"}

// late are the days that are coloured when they have passed.
var late = map[string]bool{"next_due": true, "due": true, "closes": true, "valid_until": true}

// tones colour the states that kinds have.
var tones = map[string]fyne.ThemeColorName{
	"new": theme.Blue, "open": theme.Blue, "sent": theme.Blue, "posted": theme.Blue, "issued": theme.Blue, "queued": theme.Blue,
	"won": theme.Green, "accepted": theme.Green, "approved": theme.Green, "paid": theme.Green, "delivered": theme.Green,
	"lost": theme.Red, "declined": theme.Red, "cancelled": theme.Red, "overdue": theme.Red, "failed": theme.Red,
	"no_step": theme.Amber, "overdue_step": theme.Red, "late": theme.Amber, "stuck": theme.Red,
	"awaiting": theme.Amber, "awaiting_approval": theme.Amber, "returned": theme.Amber, "expired": theme.Amber, "unconfirmed": theme.Amber,
	"hold": theme.Violet, "draft": theme.Muted,
	"high": theme.Red, "low": theme.Muted,
}
