package locale

import (
	"testing"
	"time"

	"ugoda/model"
)

func TestDays(t *testing.T) {
	d := model.Date(2026, 11, 3)
	at := time.Date(2026, 11, 3, 22, 5, 0, 0, time.UTC) // past midnight in Kyiv
	for _, c := range []struct {
		say    func(p *Printer) string
		uk, en string
	}{
		{func(p *Printer) string { return p.Day(d) }, "03.11.2026", "3 Nov 2026"},
		{func(p *Printer) string { return p.Day(0) + p.DayShort(0) + p.DayLong(0) + p.DayInWeek(0) }, "", ""},
		{func(p *Printer) string { return p.DayShort(d) }, "03.11.26", "3 Nov 26"},
		{func(p *Printer) string { return p.DayAndMonth(d) }, "03.11", "3 Nov"},
		{func(p *Printer) string { return p.DayLong(d) }, "3 листопада 2026 р.", "3 November 2026"},
		{func(p *Printer) string { return p.DayInWeek(d) }, "вт 03.11", "Tue 3 Nov"},
		{func(p *Printer) string { return p.MonthOfYear(d) }, "листопад 2026", "November 2026"},
		{func(p *Printer) string { return p.Weekday(d.Weekday()) }, "вівторок", "Tuesday"},
		{func(p *Printer) string { return p.Moment(at) }, "04.11.2026 00:05", "4 Nov 2026 00:05"},
		{func(p *Printer) string { return p.Moment(time.Time{}) + p.Time(time.Time{}) }, "", ""},
		{func(p *Printer) string { return p.MomentShort(at, d+1) }, "00:05", "00:05"},
		{func(p *Printer) string { return p.MomentShort(at, d) }, "04.11 00:05", "4 Nov 00:05"},
		{func(p *Printer) string { return p.MomentShort(at, d.AddMonths(3)) }, "04.11.26", "4 Nov 26"},
		{func(p *Printer) string { return p.Relative(d, d) }, "сьогодні", "today"},
		{func(p *Printer) string { return p.Relative(d+1, d) }, "завтра", "tomorrow"},
		{func(p *Printer) string { return p.Relative(d-1, d) }, "вчора", "yesterday"},
		{func(p *Printer) string { return p.Relative(d-3, d) }, "3 дні тому", "3 days ago"},
		{func(p *Printer) string { return p.Relative(d+5, d) }, "через 5 днів", "in 5 days"},
		{func(p *Printer) string { return p.Relative(d+15, d) }, "18.11.26", "18 Nov 26"},
		{func(p *Printer) string { return p.Relative(0, d) }, "", ""},
		{func(p *Printer) string { return p.Due(d-1, d) }, "прострочено 1 день", "overdue by 1 day"},
		{func(p *Printer) string { return p.Due(d-22, d) }, "прострочено 22 дні", "overdue by 22 days"},
		{func(p *Printer) string { return p.Due(d-111, d) }, "прострочено 111 днів", "overdue by 111 days"},
		{func(p *Printer) string { return p.Due(d, d) }, "сьогодні", "today"},
		{func(p *Printer) string { return p.Due(0, d) }, "", ""},
		{func(p *Printer) string { return p.Days(1) }, "1 день", "1 day"},
		{func(p *Printer) string { return p.Days(1284) }, "1 284 дні", "1,284 days"},
		{func(p *Printer) string { return p.Duration(0) }, "0 с", "0 s"},
		{func(p *Printer) string { return p.Duration(45 * time.Minute) }, "45 хв", "45 min"},
		{func(p *Printer) string { return p.Duration(3*time.Hour + 15*time.Minute) }, "3 год 15 хв", "3 h 15 min"},
		{func(p *Printer) string { return p.Duration(52 * time.Hour) }, "2 дн 4 год", "2 d 4 h"},
		{func(p *Printer) string { return p.Duration(-2 * time.Hour) }, "-2 год", "-2 h"},
	} {
		same(t, c.say(uk), c.uk)
		same(t, c.say(en), c.en)
	}
}
