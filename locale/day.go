package locale

import (
	"strconv"
	"time"

	"ugoda/model"
)

// Day writes a day: "23.11.2026", "23 Nov 2026". No day is written as nothing.
func (p *Printer) Day(d model.Day) string { return p.day(d, p.style.day, "2006") }

// DayShort writes a day with two digits of its year, for columns:
// "23.11.26", "23 Nov 26".
func (p *Printer) DayShort(d model.Day) string { return p.day(d, p.style.dayShort, "06") }

// DayAndMonth writes a day of this year: "23.11", "23 Nov".
func (p *Printer) DayAndMonth(d model.Day) string {
	if p.style.day == "" {
		return p.day(d, "", "")
	}
	return p.day(d, "02.01", "")
}

// day writes a day by a numeric layout, or with its month in letters and its
// year, if any, by another.
func (p *Printer) day(d model.Day, numeric, year string) string {
	if d.IsZero() {
		return ""
	}
	t := d.Time()
	if numeric != "" {
		return t.Format(numeric)
	}
	out := strconv.Itoa(t.Day()) + " " + p.MonthShort(t.Month())
	if year != "" {
		out += " " + t.Format(year)
	}
	return out
}

// DayLong writes a day as a letter does: "23 листопада 2026 р.", "23 November 2026".
func (p *Printer) DayLong(d model.Day) string {
	if d.IsZero() {
		return ""
	}
	t := d.Time()
	return p.T("day.long", "day", strconv.Itoa(t.Day()), "month", p.MonthOf(t.Month()), "year", strconv.Itoa(t.Year()))
}

// DayInWeek writes a day with its weekday: "пн 23.11", "Mon 23 Nov".
func (p *Printer) DayInWeek(d model.Day) string {
	if d.IsZero() {
		return ""
	}
	return p.WeekdayShort(d.Weekday()) + " " + p.DayAndMonth(d)
}

// Month is a month's name in the nominative: "листопад", "November".
func (p *Printer) Month(m time.Month) string { return p.T("month." + strconv.Itoa(int(m))) }

// MonthOf is a month's name as it follows a day: "листопада", "November".
func (p *Printer) MonthOf(m time.Month) string { return p.T("month.of." + strconv.Itoa(int(m))) }

// MonthShort is a month's name in three letters or four: "лис", "Nov".
func (p *Printer) MonthShort(m time.Month) string { return p.T("month.short." + strconv.Itoa(int(m))) }

// MonthOfYear writes the month of a day: "листопад 2026", "November 2026".
func (p *Printer) MonthOfYear(d model.Day) string {
	t := d.Time()
	return p.Month(t.Month()) + " " + strconv.Itoa(t.Year())
}

// Weekday is the name of a day of the week: "понеділок", "Monday".
func (p *Printer) Weekday(w time.Weekday) string { return p.T("weekday." + strconv.Itoa(int(w))) }

// WeekdayShort is the short name of a day of the week: "пн", "Mon".
func (p *Printer) WeekdayShort(w time.Weekday) string {
	return p.T("weekday.short." + strconv.Itoa(int(w)))
}

// Time writes the hour and minute of a moment: "14:05".
func (p *Printer) Time(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(p.zone).Format("15:04")
}

// Moment writes a moment in the Printer's zone: "23.11.2026 14:05". No moment
// is written as nothing.
func (p *Printer) Moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return p.Day(model.DayOf(t.In(p.zone))) + " " + p.Time(t)
}

// MomentShort writes a moment as briefly as today allows: "14:05" today,
// "23.11 14:05" this year, "23.11.26" before or after.
func (p *Printer) MomentShort(t time.Time, today model.Day) string {
	if t.IsZero() {
		return ""
	}
	d := model.DayOf(t.In(p.zone))
	switch {
	case d == today:
		return p.Time(t)
	case d.Time().Year() == today.Time().Year():
		return p.DayAndMonth(d) + " " + p.Time(t)
	}
	return p.DayShort(d)
}

// Relative writes a day as seen from today: "сьогодні", "завтра", "вчора",
// "3 дні тому", "через 5 днів"; farther than two weeks it is the day itself.
func (p *Printer) Relative(d, today model.Day) string {
	const far = 14
	switch n := int64(d - today); {
	case d.IsZero():
		return ""
	case n == 0:
		return p.T("day.today")
	case n == 1:
		return p.T("day.tomorrow")
	case n == -1:
		return p.T("day.yesterday")
	case n > far || n < -far:
		return p.DayShort(d)
	case n > 0:
		return p.N("day.ahead", n)
	default:
		return p.N("day.ago", -n)
	}
}

// Due writes a day on which something is due: as Relative does, and
// "прострочено 2 дні" once it has passed, however long ago.
func (p *Printer) Due(d, today model.Day) string {
	if !d.IsZero() && d < today {
		return p.N("day.overdue", int64(today-d))
	}
	return p.Relative(d, today)
}

// Days writes a number of days: "1 день", "3 дні", "12 днів".
func (p *Printer) Days(n int64) string { return p.N("day.count", n) }

// Duration writes how long something took, in its two largest units:
// "2 дн 4 год", "3 год 15 хв", "45 хв", "12 с".
func (p *Printer) Duration(d time.Duration) string {
	units := [...]struct {
		key  string
		size time.Duration
	}{{"duration.day", 24 * time.Hour}, {"duration.hour", time.Hour}, {"duration.minute", time.Minute}, {"duration.second", time.Second}}
	if d < 0 {
		return "-" + p.Duration(-max(d, -1<<62))
	}
	for i, u := range units {
		if d < u.size && i < len(units)-1 {
			continue
		}
		out := p.Int(int64(d/u.size)) + nbsp + p.T(u.key)
		if i < 2 {
			if rest := int64(d % u.size / units[i+1].size); rest > 0 {
				out += " " + p.Int(rest) + nbsp + p.T(units[i+1].key)
			}
		}
		return out
	}
	return ""
}
