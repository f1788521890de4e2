// Package span is the spans of days that reports are asked for, and those that
// they are compared with.
package span

import (
	"strconv"
	"strings"

	"ugoda/model"
	"ugoda/model/filter"
)

// Span is a stretch of days; both ends belong.
type Span struct{ From, To model.Day }

// Days is how many days there are.
func (s Span) Days() int64 { return int64(s.To-s.From) + 1 }

// String is the form that Parse reads: 2026-01-01..2026-03-31.
func (s Span) String() string { return s.From.String() + ".." + s.To.String() }

// Parse reads FROM..TO, or a single day.
func Parse(text string) (Span, error) {
	first, last, ok := strings.Cut(strings.TrimSpace(text), "..")
	if !ok {
		last = first
	}
	from, err := model.ParseDay(first)
	if err != nil {
		return Span{}, model.Refused("period", "not_a_span", "value", text)
	}
	to, err := model.ParseDay(last)
	if err != nil || to < from {
		return Span{}, model.Refused("period", "not_a_span", "value", text)
	}
	return Span{from, to}, nil
}

// Presets are the periods that a report offers, by their names in filters.
func Presets() []filter.Period {
	last := func(n int) filter.Period { return filter.Period{Name: filter.PeriodLastDays, N: n} }
	named := func(name string) filter.Period { return filter.Period{Name: name} }
	return []filter.Period{
		named(filter.PeriodThisWeek), named(filter.PeriodLastWeek),
		named(filter.PeriodThisMonth), named(filter.PeriodLastMonth),
		named(filter.PeriodThisQuarter), named(filter.PeriodLastQuarter),
		named(filter.PeriodThisYear), named(filter.PeriodLastYear),
		last(30), last(90), last(365),
	}
}

// Key is the text by which a preset is kept: "this month", "last 30 days".
func Key(p filter.Period) string {
	if p.N > 0 {
		first, rest, _ := strings.Cut(p.Name, " ")
		return first + " " + strconv.Itoa(p.N) + " " + rest
	}
	return p.Name
}

// OfPreset gives the days of a preset, up to today where it is not over yet.
func OfPreset(key string, today model.Day) (Span, error) {
	key = strings.ReplaceAll(key, "-", " ")
	for _, p := range Presets() {
		if Key(p) == key {
			from, to := p.Days(today)
			return Span{from, min(to, today)}, nil
		}
	}
	if words := strings.Fields(key); len(words) == 3 && words[0] == "last" && words[2] == "days" {
		if n, err := strconv.Atoi(words[1]); err == nil && n > 0 && n <= 36_600 {
			return Span{today - model.Day(n) + 1, today}, nil
		}
	}
	return Span{}, model.Refused("period", "not_a_choice", "value", key)
}

// unit is what a preset is made of: 7 days, or 1, 3, 12 months.
func unit(key string) (days model.Day, months int) {
	_, name, _ := strings.Cut(strings.ReplaceAll(key, "-", " "), " ")
	switch name {
	case "week":
		return 7, 0
	case "month":
		return 0, 1
	case "quarter":
		return 0, 3
	case "year":
		return 0, 12
	}
	return 0, 0
}

// Previous is the span before: of a preset the week, month, quarter or year
// before, cut at the same day while this one runs; of whole months as many
// months; of other spans as many days. preset is empty for days of one's own.
func (s Span) Previous(preset string) Span {
	days, months := unit(preset)
	switch {
	case days > 0:
		return Span{s.From - days, s.To - days}
	case months > 0:
		return s.back(months)
	case s.From == s.From.FirstOfMonth(0) && lastOfMonth(s.To):
		return s.back(int(s.To.Month()-s.From.Month()) + 1)
	}
	n := model.Day(s.Days())
	return Span{s.From - n, s.To - n}
}

// LastYear is the same span a year before.
func (s Span) LastYear() Span { return s.back(12) }

// back moves by months; the end of a month stays the end of one.
func (s Span) back(months int) Span {
	out := Span{s.From.AddMonths(-months), s.To.AddMonths(-months)}
	if lastOfMonth(s.To) {
		out.To = s.To.FirstOfMonth(1-months) - 1
	}
	return out
}

func lastOfMonth(d model.Day) bool { return d == d.FirstOfMonth(1)-1 }

// Words of a comparison beside FROM..TO.
const (
	Previous = "previous"
	LastYear = "last-year"
)

// Compared is what a span is compared with: "previous", "last-year" or
// FROM..TO.
func (s Span) Compared(with, preset string) (Span, error) {
	switch with {
	case Previous:
		return s.Previous(preset), nil
	case LastYear:
		return s.LastYear(), nil
	}
	return Parse(with)
}

// Day is the day that the state of a day is compared with: a month before, a
// year before, or the last of FROM..TO.
func Day(d model.Day, with string) (model.Day, error) {
	switch with {
	case Previous:
		return d.AddMonths(-1), nil
	case LastYear:
		return d.AddMonths(-12), nil
	}
	s, err := Parse(with)
	return s.To, err
}
