package span

import (
	"strings"

	"ugoda/model"
)

// Unit is a part of the calendar by which days are put together.
type Unit string

// The units; OfDays keeps each day for itself.
const (
	OfDays     Unit = ""
	OfMonths   Unit = "month"
	OfQuarters Unit = "quarter"
	OfYears    Unit = "year"
)

// Units lists those that put days together, the shortest first.
func Units() []Unit { return []Unit{OfMonths, OfQuarters, OfYears} }

// By writes how a list is grouped: by a path, or by a unit of the days that
// stand there, "closes:month".
func By(path string, u Unit) string {
	if u == OfDays {
		return path
	}
	return path + ":" + string(u)
}

// CutBy reads what By wrote.
func CutBy(by string) (path string, u Unit) {
	path, unit, _ := strings.Cut(by, ":")
	return path, Unit(unit)
}

// Of is the month, quarter or year that a day belongs to; the day itself where
// the unit is none of them.
func (u Unit) Of(d model.Day) Span {
	t := d.Time()
	months := 0
	switch u {
	case OfMonths:
		months = 1
	case OfQuarters:
		months = 3
	case OfYears:
		months = 12
	default:
		return Span{d, d}
	}
	first := (int(t.Month()) - 1) / months * months
	from := model.Date(t.Year(), 1, 1).FirstOfMonth(first)
	return Span{from, from.FirstOfMonth(months) - 1}
}
