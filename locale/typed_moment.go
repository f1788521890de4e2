package locale

import (
	"strconv"
	"strings"
	"time"

	"ugoda/model"
)

// ParseTime reads an hour of the day into minutes since midnight: "14",
// "14:30", "14.30", "1430", "9", "2pm". Nothing typed is -1; what cannot be
// read is model.Problems.
func (p *Printer) ParseTime(s string) (int, error) {
	if strings.TrimSpace(s) == "" {
		return -1, nil
	}
	if m, ok := readTime(s); ok {
		return m, nil
	}
	return -1, wrong("time_form", s)
}

func readTime(s string) (int, bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	half := -1
	if t, ok := strings.CutSuffix(s, "pm"); ok {
		s, half = strings.TrimSpace(t), 12
	} else if t, ok := strings.CutSuffix(s, "am"); ok {
		s, half = strings.TrimSpace(t), 0
	}
	hour, minute, cut := s, "0", false
	for _, mark := range []string{":", ".", "-", " "} {
		if hour, minute, cut = strings.Cut(s, mark); cut {
			break
		}
	}
	switch {
	case cut && len(minute) != 2:
		return 0, false
	case !cut && len(s) >= 3 && len(s) <= 4:
		hour, minute = s[:len(s)-2], s[len(s)-2:]
	case !cut:
		minute = "0"
	}
	h, m := digit2(hour), digit2(minute)
	if half >= 0 {
		if h < 1 || h > 12 {
			return 0, false
		}
		h = h%12 + half
	}
	if h < 0 || h > 23 || m < 0 || m > 59 {
		return 0, false
	}
	return h*60 + m, true
}

// digit2 is a number of one or two digits without a sign, or -1.
func digit2(s string) int {
	if len(s) < 1 || len(s) > 2 || strings.Trim(s, "0123456789") != "" {
		return -1
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}

// Clock writes minutes since midnight: "14:30"; nothing below zero.
func Clock(minutes int) string {
	if minutes < 0 {
		return ""
	}
	return time.Date(1970, 1, 1, 0, minutes, 0, 0, time.UTC).Format("15:04")
}

// ParseMoment reads a day and, behind it, an hour ("27.11 14:30", "завтра 9",
// "пт"), or an hour of today that has a colon ("14:30"), in the Printer's
// zone, and gives the moment in UTC. A day alone is its midnight. Nothing
// typed is the zero moment; what cannot be read is model.Problems.
func (p *Printer) ParseMoment(s string, today model.Day) (time.Time, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return time.Time{}, nil
	}
	if strings.Contains(s, ":") && !strings.Contains(s, " ") {
		s = today.String() + " " + s
	}
	day, err := p.ParseDay(s, today)
	minutes := 0
	if err != nil {
		cut := strings.LastIndexAny(s, " \u00a0")
		if cut < 0 {
			return time.Time{}, err
		}
		m, ok := readTime(strings.TrimLeft(s[cut:], " \u00a0"))
		if !ok {
			return time.Time{}, err
		}
		if day, err = p.ParseDay(s[:cut], today); err != nil {
			return time.Time{}, err
		}
		minutes = m
	}
	y, m, d := day.Time().Date()
	return time.Date(y, m, d, 0, minutes, 0, 0, p.zone).UTC(), nil
}
