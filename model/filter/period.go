package filter

import "ugoda/model"

// Names of periods.
const (
	PeriodToday       = "today"
	PeriodYesterday   = "yesterday"
	PeriodTomorrow    = "tomorrow"
	PeriodThisWeek    = "this week"
	PeriodLastWeek    = "last week"
	PeriodNextWeek    = "next week"
	PeriodThisMonth   = "this month"
	PeriodLastMonth   = "last month"
	PeriodNextMonth   = "next month"
	PeriodThisQuarter = "this quarter"
	PeriodLastQuarter = "last quarter"
	PeriodNextQuarter = "next quarter"
	PeriodThisYear    = "this year"
	PeriodLastYear    = "last year"
	PeriodNextYear    = "next year"
	PeriodNextDays    = "next days" // written "next 7 days": today and the days after it, N in all
	PeriodLastDays    = "last days" // written "last 30 days": today and the days before it, N in all
	PeriodOverdue     = "overdue"   // before today
)

// Periods lists the names of all periods in the order in which they are offered.
var Periods = []string{
	PeriodToday, PeriodYesterday, PeriodTomorrow, PeriodThisWeek, PeriodLastWeek, PeriodNextWeek,
	PeriodNextDays, PeriodLastDays, PeriodThisMonth, PeriodLastMonth, PeriodNextMonth,
	PeriodThisQuarter, PeriodLastQuarter, PeriodNextQuarter, PeriodThisYear, PeriodLastYear, PeriodNextYear, PeriodOverdue,
}

// maxDays is the longest span that "next N days" takes: a hundred years.
const maxDays = 36_600

// Ends of spans that have none: no record is as old or as far.
const (
	Always  model.Day = -1_000_000
	Forever model.Day = 4_000_000
)

// Days gives the first and the last day of a period as seen from today.
func (p Period) Days(today model.Day) (from, to model.Day) {
	month := func(first, n int) (model.Day, model.Day) {
		return today.FirstOfMonth(first), today.FirstOfMonth(first+n) - 1
	}
	inQuarter, inYear := int(today.Month()%3), int(today.Month()%12)
	switch p.Name {
	case PeriodYesterday:
		return today - 1, today - 1
	case PeriodTomorrow:
		return today + 1, today + 1
	case PeriodThisWeek:
		return today.Monday(), today.Monday() + 6
	case PeriodLastWeek:
		return today.Monday() - 7, today.Monday() - 1
	case PeriodNextWeek:
		return today.Monday() + 7, today.Monday() + 13
	case PeriodThisMonth:
		return month(0, 1)
	case PeriodLastMonth:
		return month(-1, 1)
	case PeriodNextMonth:
		return month(1, 1)
	case PeriodThisQuarter:
		return month(-inQuarter, 3)
	case PeriodLastQuarter:
		return month(-inQuarter-3, 3)
	case PeriodNextQuarter:
		return month(-inQuarter+3, 3)
	case PeriodThisYear:
		return month(-inYear, 12)
	case PeriodLastYear:
		return month(-inYear-12, 12)
	case PeriodNextYear:
		return month(-inYear+12, 12)
	case PeriodNextDays:
		return today, today + model.Day(p.N) - 1
	case PeriodLastDays:
		return today - model.Day(p.N) + 1, today
	case PeriodOverdue:
		return Always, today - 1
	}
	return today, today
}

// Span gives the first and the last day of a comparison with days, as seen
// from today; Always and Forever where it has no end.
func Span(c Cond, today model.Day) (from, to model.Day, err error) {
	if c.Op == Within {
		p, ok := c.Values[0].(Period)
		if !ok {
			return 0, 0, &Invalid{Key: "filter_value", Path: c.Path}
		}
		from, to = p.Days(today)
		return from, to, nil
	}
	var d [2]model.Day
	for i, v := range c.Values[:min(2, len(c.Values))] {
		switch v := v.(type) {
		case Date:
			d[i] = model.Day(v)
		case Word:
			switch v {
			case Today:
				d[i] = today
			case Yesterday:
				d[i] = today - 1
			case Tomorrow:
				d[i] = today + 1
			default:
				return 0, 0, &Invalid{Key: "filter_value", Path: c.Path}
			}
		default:
			return 0, 0, &Invalid{Key: "filter_value", Path: c.Path}
		}
	}
	switch c.Op {
	case Eq:
		return d[0], d[0], nil
	case Gt:
		return d[0] + 1, Forever, nil
	case Ge:
		return d[0], Forever, nil
	case Lt:
		return Always, d[0] - 1, nil
	case Le:
		return Always, d[0], nil
	case Between:
		return d[0], d[1], nil
	}
	return 0, 0, &Invalid{Key: "filter_operator", Path: c.Path}
}
