package model

import (
	"fmt"
	"time"
)

// Day is a day of business: days since 1970-01-01. The zero value is no day.
type Day int64

const secondsOfDay = 24 * 60 * 60

// FarDay closes an interval that is still open.
const FarDay Day = 2_932_896 // 9999-12-31

// DayOf is the calendar day that a moment shows in its own location.
func DayOf(t time.Time) Day {
	y, m, d := t.Date()
	return Date(y, m, d)
}

// Date is the day of a year, month and day of month, normalised as time.Date does.
func Date(y int, m time.Month, d int) Day {
	return Day(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / secondsOfDay)
}

// ParseDay reads 2026-11-23.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("not a day (2026-11-23): %q", s)
	}
	return DayOf(t), nil
}

// Time is the midnight that begins the day, in UTC.
func (d Day) Time() time.Time { return time.Unix(int64(d)*secondsOfDay, 0).UTC() }

// IsZero reports that there is no day.
func (d Day) IsZero() bool { return d == 0 }

// String writes 2026-11-23, or nothing for no day.
func (d Day) String() string {
	if d == 0 {
		return ""
	}
	return d.Time().Format(time.DateOnly)
}

// Weekday is the day of the week.
func (d Day) Weekday() time.Weekday { return d.Time().Weekday() }

// Monday is the first day of the ISO week.
func (d Day) Monday() Day { return d - Day((int(d.Weekday())+6)%7) }

// Month counts months since January of year 0: year*12 + month-1.
func (d Day) Month() int64 {
	t := d.Time()
	return int64(t.Year())*12 + int64(t.Month()) - 1
}

// Week numbers ISO weeks: ISO year*100 + ISO week.
func (d Day) Week() int64 {
	y, w := d.Time().ISOWeek()
	return int64(y)*100 + int64(w)
}

// FirstOfMonth is the first day of the month, moved by a number of months.
func (d Day) FirstOfMonth(move int) Day {
	t := d.Time()
	return Date(t.Year(), t.Month()+time.Month(move), 1)
}

// AddMonths moves by months and stays on the last day where the month is shorter.
func (d Day) AddMonths(n int) Day {
	first := d.FirstOfMonth(n)
	last := first.FirstOfMonth(1) - 1
	return min(first+Day(d.Time().Day()-1), last)
}
