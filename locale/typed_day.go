package locale

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"ugoda/model"
)

// Years that a person may mean. Day 0 is no day, so the very day 1970-01-01
// cannot be told from nothing and is refused too.
const firstYear, lastYear = 1900, 2200

// ParseDay reads a day as people type it, seen from today; nothing typed is
// no day. Both languages understand the words of both:
//
//	27            the 27th that is nearest to today
//	27.11, 27/11  in the year that makes it nearest
//	27.11.26, 27112026, 2026-11-27, 27 листопада, 27 nov 2026
//	+3, -1        days from today; +2т, +2w weeks; +1м, +1m months
//	пт, friday    the next one after today
//	сьогодні, завтра, вчора, today, tomorrow, yesterday, or their first three letters
//
// What cannot be read is model.Problems.
func (p *Printer) ParseDay(s string, today model.Day) (model.Day, error) {
	words, ok := dayWords(s)
	if len(words) == 0 && ok {
		return 0, nil
	}
	var d model.Day
	if ok {
		d, ok = readDay(words, today)
	}
	if !ok {
		return 0, wrong("day_form", s)
	}
	if y := d.Time().Year(); y < firstYear || y > lastYear || d == 0 {
		return 0, model.Refused("", "day_range")
	}
	return d, nil
}

// dayWords cuts what was typed into numbers, words and the signs + and -.
func dayWords(s string) ([]string, bool) {
	var out []string
	s = strings.ToLower(strings.TrimSpace(s))
	if len(s) > 100 {
		return nil, false
	}
	class := func(r rune) int {
		switch {
		case '0' <= r && r <= '9':
			return 1
		case unicode.IsLetter(r), r == '\'', r == '’', r == 'ʼ':
			return 2
		case strings.ContainsRune("./,", r), unicode.IsSpace(r):
			return 3
		case r == '+', r == '-', r == '−', r == '–':
			return 4
		}
		return 0
	}
	last := 0
	for _, r := range s {
		switch c := class(r); {
		case c == 0:
			return nil, false
		case c == 3:
			last = c
		case c == 4:
			if r != '+' {
				r = '-'
			}
			out, last = append(out, string(r)), c
		case c == last:
			out[len(out)-1] += string(r)
		default:
			out, last = append(out, string(r)), c
		}
	}
	return out, true
}

func readDay(w []string, today model.Day) (model.Day, bool) {
	if d, ok := namedDay(w, today); ok {
		return d, true
	}
	if w[0] == "+" || w[0] == "-" {
		return movedDay(w, today)
	}
	// A year in the ending of a letter: "2026 р.", "2026 року".
	if n := len(w); n > 2 && (w[n-1] == "р" || w[n-1] == "року" || w[n-1] == "г") {
		w = w[:n-1]
	}
	var parts []string // without the dashes of ISO
	for _, x := range w {
		if x != "-" {
			parts = append(parts, x)
		}
	}
	if len(parts) == 1 {
		return digitsDay(parts[0], today)
	}
	if len(parts) > 3 {
		return 0, false
	}
	if m := monthNamed(parts[0]); m > 0 { // Nov 27 2026
		parts[0], parts[1] = parts[1], strconv.Itoa(m)
	} else if m := monthNamed(parts[1]); m > 0 {
		parts[1] = strconv.Itoa(m)
	}
	if len(parts) == 3 && len(parts[0]) == 4 { // 2026-11-27
		parts[0], parts[2] = parts[2], parts[0]
	}
	if len(parts) == 3 {
		return fullDay(parts[0], parts[1], parts[2], today)
	}
	d, m := small(parts[0]), small(parts[1])
	if m < 1 || m > 12 {
		return 0, false
	}
	return nearest(today, func(i int) (model.Day, bool) { return date(today.Time().Year()+i, m, d) })
}

// small is a number of one or two digits, -1 for anything else.
func small(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || len(s) > 2 {
		return -1
	}
	return n
}

// date is a day that exists.
func date(y, m, d int) (model.Day, bool) {
	if m < 1 || m > 12 || d < 1 || d > 31 {
		return 0, false
	}
	day := model.Date(y, time.Month(m), d)
	return day, day.Time().Day() == d
}

// nearest is the day nearest to today among those that of gives for steps
// back and ahead; the later one of two equally near.
func nearest(today model.Day, of func(step int) (model.Day, bool)) (best model.Day, found bool) {
	far := func(d model.Day) model.Day { return max(d-today, today-d) }
	for step := -8; step <= 8; step++ { // 29.02 may be eight years away
		if d, ok := of(step); ok && (!found || far(d) <= far(best)) {
			best, found = d, true
		}
	}
	return best, found
}

// fullDay reads a day, a month and a year of two or four digits: two digits
// mean the year nearest to this one.
func fullDay(d, m, y string, today model.Day) (model.Day, bool) {
	year, err := strconv.Atoi(y)
	if err != nil || len(y) != 2 && len(y) != 4 {
		return 0, false
	}
	if len(y) == 2 {
		now := today.Time().Year()
		year += now - now%100
		if year > now+49 {
			year -= 100
		} else if year < now-50 {
			year += 100
		}
	}
	return date(year, small(m), small(d))
}

// digitsDay reads digits alone: 27, 2711, 271126, 27112026, 20261127.
func digitsDay(s string, today model.Day) (model.Day, bool) {
	switch len(s) {
	case 1, 2:
		n := small(s)
		first := today.FirstOfMonth(0)
		return nearest(today, func(step int) (model.Day, bool) {
			t := first.FirstOfMonth(step).Time()
			return date(t.Year(), int(t.Month()), n)
		})
	case 4:
		return readDay([]string{s[:2], s[2:]}, today)
	case 6:
		return fullDay(s[:2], s[2:4], s[4:], today)
	case 8:
		if d, ok := fullDay(s[6:], s[4:6], s[:4], today); ok {
			return d, true // no day of a month is 19, 20 or 21 the other way round
		}
		return fullDay(s[:2], s[2:4], s[4:], today)
	}
	return 0, false
}

// movedDay reads "+3", "-1", "+2т", "+1m".
func movedDay(w []string, today model.Day) (model.Day, bool) {
	if len(w) < 2 || len(w) > 3 {
		return 0, false
	}
	n, err := strconv.Atoi(w[1])
	if err != nil || len(w[1]) > 5 {
		return 0, false
	}
	if w[0] == "-" {
		n = -n
	}
	if len(w) == 2 {
		return today + model.Day(n), true
	}
	switch unit := w[2]; {
	case begins(unit, "день", "дні", "днів", "days"), unit == "дн":
		return today + model.Day(n), true
	case begins(unit, "тижні", "тиждень", "тижнів", "weeks"), unit == "тиж":
		return today + 7*model.Day(n), true
	case begins(unit, "місяці", "місяць", "місяців", "months"), unit == "міс":
		return today.AddMonths(n), true
	case begins(unit, "роки", "рік", "років", "years"):
		return today.AddMonths(12 * n), true
	}
	return 0, false
}

// begins reports whether one of the words begins with what was typed.
func begins(typed string, words ...string) bool {
	for _, w := range words {
		if strings.HasPrefix(w, typed) {
			return true
		}
	}
	return false
}

// moves are the words that name a day by its distance from today.
var moves = map[string]model.Day{
	"сьогодні": 0, "today": 0, "сегодня": 0, "завтра": 1, "tomorrow": 1, "вчора": -1, "учора": -1, "yesterday": -1, "вчера": -1,
	"післязавтра": 2, "послезавтра": 2, "позавчора": -2, "позавчера": -2,
}

// weekdays are the names of the days of a week; their beginnings are read too.
var weekdays = [7][]string{
	{"неділя", "неділю", "нд", "sunday", "воскресенье", "вс"},
	{"понеділок", "пн", "monday", "понедельник"},
	{"вівторок", "вт", "tuesday", "вторник"},
	{"середа", "середу", "ср", "wednesday", "среда", "среду"},
	{"четвер", "чт", "thursday", "четверг"},
	{"пятниця", "пятницю", "пт", "friday", "пятница", "пятницу"},
	{"субота", "суботу", "сб", "saturday", "суббота", "субботу"},
}

// months are the beginnings of their names in both languages.
var months = [12][]string{
	{"січ", "jan"},
	{"лют", "feb"},
	{"бер", "mar"},
	{"кві", "apr"},
	{"тра", "may"},
	{"чер", "jun"},
	{"лип", "jul"},
	{"сер", "aug"},
	{"вер", "sep"},
	{"жов", "oct"},
	{"лис", "nov"},
	{"гру", "dec"},
}

func monthNamed(s string) int {
	for i, names := range months {
		for _, n := range names {
			if strings.HasPrefix(s, n) {
				return i + 1
			}
		}
	}
	return 0
}

// namedDay reads the name of a day, alone.
func namedDay(w []string, today model.Day) (model.Day, bool) {
	if len(w) != 1 {
		return 0, false
	}
	name := strings.NewReplacer("'", "", "’", "", "ʼ", "").Replace(w[0])
	letters := len([]rune(name))
	for word, move := range moves {
		if name == word || letters >= 3 && strings.HasPrefix(word, name) {
			return today + move, true
		}
	}
	if letters < 2 {
		return 0, false
	}
	for i, names := range weekdays {
		for _, n := range names {
			if n == name || letters >= 3 && strings.HasPrefix(n, name) {
				return today + 1 + model.Day((i-int((today+1).Weekday())+7)%7), true
			}
		}
	}
	return 0, false
}
