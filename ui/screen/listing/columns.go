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

// widths are how wide a column begins, and how narrow it may become so that
// all fit, at zoom 100. Figures and days are never cut.
func (c column) widths(words *locale.Printer) (width, least float32) {
	plain := func(w float32) (float32, float32) { return w, w }
	switch c.field.Type {
	case model.Amount:
		return written(words.Amount(999_999_999_99)), written(words.Amount(9_999_999_99))
	case model.Price, model.Quantity:
		return written(words.Amount(9_999_999_99)), written(words.Amount(999_999_99))
	case model.Percents, model.Rates:
		return plain(written("100,00"))
	case model.Int:
		return plain(written(words.Int(9_999)))
	case model.Days:
		return plain(written(words.DayShort(model.Date(2026, 11, 28))))
	case model.Moment:
		day := model.Date(2026, 11, 28)
		return plain(written(words.MomentShort(day.Time().Add(23*time.Hour), day-1)))
	case model.Bool:
		return plain(40)
	case model.Choice:
		for _, v := range c.field.Values {
			width = max(width, written(words.Choice(c.owner, c.field.Name, v)))
			if tones[v] != "" {
				width = max(width, written(words.Choice(c.owner, c.field.Name, v))+14)
			}
		}
		width = min(width, 170)
		return width, min(width, 104)
	case model.Link:
		switch {
		case c.field.To == "client":
			return 190, 104
		case c.field.To == "unit":
			return plain(56)
		}
		return 150, 80
	case model.LongText:
		return 240, 86
	}
	switch {
	case c.field.Name == "number" && c.owner == "revision": // of its proposal, and its own
		return plain(written("000000/00"))
	case c.field.Name == "number":
		return plain(written("000000"))
	case c.field.Named:
		return 250, 124
	case c.field.Format == "phone":
		return plain(written("(044) 444-44-44"))
	case c.field.Format == "edrpou":
		return plain(written("0000000000"))
	case c.field.Format == "hour":
		return plain(written("00:00"))
	case c.field.Format != "":
		return 170, 100
	}
	return 150, 80
}

// heading is how wide the head of a column wants to be, with its sort mark.
func heading(label string) float32 {
	return theme.Width(label, theme.Text(), fyne.TextStyle{Bold: true})/theme.Scaled(1) + 30
}

// longestHeading is how wide a head may make its column: longer ones are cut,
// and told in full when the pointer rests on them.
const longestHeading = 132

// written is the width of a column for a text, at zoom 100.
func written(text string) float32 {
	return theme.Width(text, theme.Text(), fyne.TextStyle{})/theme.Scaled(1) + 16
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

// gridColumns are the columns as the grid wants them; chosen are the widths
// that the user dragged before.
func gridColumns(words *locale.Printer, cols []column, chosen map[string]float32) []list.Column {
	titles := headings(words, cols)
	out := make([]list.Column, len(cols))
	for i, c := range cols {
		head := min(heading(titles[i]), longestHeading)
		width, least := c.widths(words)
		x := list.Column{Key: c.path, Title: titles[i], Width: max(width, head), Least: max(least, head), Align: c.align(), Grow: c.grows()}
		if titles[i] != c.label {
			x.Tip = c.label
		}
		if w := chosen[c.path]; w != 0 {
			x.Width, x.ByHand = w, true
		}
		out[i] = x
	}
	return out
}

// grows tells the columns that can use more room: names and words.
func (c column) grows() bool {
	switch c.field.Type {
	case model.Text:
		return c.field.Named && c.field.Name != "number"
	case model.Link:
		return c.field.To != "unit"
	case model.LongText:
		return true
	}
	return false
}

// headings are the titles of columns: short words, with the way to a field of
// another record only where two would read alike.
func headings(words *locale.Printer, cols []column) []string {
	out, seen := make([]string, len(cols)), map[string]int{}
	for i, c := range cols {
		out[i] = words.Column(c.owner, c.field.Name)
		seen[out[i]]++
	}
	for i, c := range cols {
		if seen[out[i]] > 1 && strings.Contains(c.path, ".") {
			out[i] = c.label
		}
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
		switch {
		case v == 0:
			return "" // a column of noughts hides what is there
		case c.field.Type == model.Price:
			return p.words.Amount(v)
		}
		return p.words.Int(v)
	case model.Money:
		if v.Minor == 0 {
			return ""
		}
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
		return p.words.DayShort(v)
	case model.Qty:
		if v == 0 {
			return ""
		}
	case model.Percent:
		if v == 0 {
			return ""
		}
	case model.Rate:
		if v == 0 {
			return ""
		}
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
		if c.path == "outcome" {
			return v != ""
		}
		switch c.path + "=" + v {
		case "state=won", "state=lost", "status=accepted", "status=declined", "status=cancelled":
			return true
		}
	case model.Day:
		return v != 0 && c.path == "closed"
	}
	return false
}

// telling are the columns that say whether a record is finished, and whether
// it wants attention; a list reads them even where it does not show them.
var telling = []string{"done", "state", "status", "outcome", "attention", "importance", "answered_at"}

// mark is the colour of the row's edge that a value asks for: what is late or
// stuck, what is most important, who waits for an answer.
func (p painter) mark(c column, v any) fyne.ThemeColorName {
	if p.over {
		return ""
	}
	switch v := v.(type) {
	case string:
		switch c.path {
		case "attention":
			return tones[v]
		case "importance":
			if v == "critical" {
				return theme.Red
			}
		}
	case model.Day:
		if late[c.path] && v != 0 && v < p.today {
			return theme.Red
		}
	case nil:
		if c.path == "answered_at" && c.owner == "inquiry" {
			return theme.Amber
		}
	}
	return ""
}

// graver is the graver of two colours of an edge.
func graver(a, b fyne.ThemeColorName) fyne.ThemeColorName {
	if a == "" || b == theme.Red {
		return b
	}
	return a
}

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
	"critical": theme.Red, "high": theme.Amber, "low": theme.Muted,
}
