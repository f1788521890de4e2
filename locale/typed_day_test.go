package locale

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"ugoda/model"
)

func TestParseDay(t *testing.T) {
	monday := model.Date(2026, 11, 23)
	for in, want := range map[string]string{
		"": "", "27": "2026-11-27", "3": "2026-12-03", "20": "2026-11-20", "8": "2026-12-08", "31": "2026-10-31", "31.": "2026-10-31",
		"23": "2026-11-23", "27.11": "2026-11-27", "27/11": "2026-11-27", "27,11": "2026-11-27", "27-11": "2026-11-27", "5.1": "2027-01-05", "15.08": "2026-08-15",
		"27.11.26": "2026-11-27", "27.11.2026": "2026-11-27", "1.1.99": "1999-01-01", "1.1.75": "2075-01-01", "1.1.76": "1976-01-01", "27.11.2026 р.": "2026-11-27",
		"2026-11-27": "2026-11-27", "2026/11/27": "2026-11-27", "20261127": "2026-11-27", "27112026": "2026-11-27", "271126": "2026-11-27", "2711": "2026-11-27",
		"27 листопада": "2026-11-27", "27 лис 2026": "2026-11-27", "27 листопада 2026 року": "2026-11-27", "Nov 27": "2026-11-27", "27 Nov 2026": "2026-11-27", "november 27, 2026": "2026-11-27", "27nov": "2026-11-27",
		"+3": "2026-11-26", "-1": "2026-11-22", "−1": "2026-11-22", "+0": "2026-11-23", "+2т": "2026-12-07", "+2 тижні": "2026-12-07", "+1м": "2026-12-23", "+1m": "2026-12-23", "+1w": "2026-11-30", "-1р": "2025-11-23", "+5 днів": "2026-11-28",
		"пт": "2026-11-27", "ПТ": "2026-11-27", "п'ятниця": "2026-11-27", "п’ят": "2026-11-27", "fri": "2026-11-27", "friday": "2026-11-27", "пн": "2026-11-30", "mon": "2026-11-30", "нд": "2026-11-29", "вт": "2026-11-24",
		"сьогодні": "2026-11-23", "завтра": "2026-11-24", "зав": "2026-11-24", "вчора": "2026-11-22", "післязавтра": "2026-11-25", "today": "2026-11-23", "tom": "2026-11-24", "yesterday": "2026-11-22",
		"29.02": "2028-02-29",
	} {
		for _, p := range []*Printer{uk, en} {
			if got, err := p.ParseDay(in, monday); err != nil || got.String() != want {
				t.Errorf("ParseDay(%q) = %s, %v; want %s", in, got, err, want)
			}
		}
	}
	for in, want := range map[string]string{
		"32": "day_form", "0": "day_form", "31.11": "day_form", "30.02.2026": "day_form", "27.13": "day_form", "27.11.026": "day_form", "1.2.3.4": "day_form",
		"abc": "day_form", "п": "day_form", "27:11": "day_form", "+": "day_form", "+3x": "day_form", "27 смоктопада": "day_form", "2026-13-01": "day_form",
		"1.1.1812": "day_range", "1.1.2300": "day_range", "1.1.1970": "day_range", "+99999": "day_range",
	} {
		if got, err := uk.ParseDay(in, monday); problem(err) != want {
			t.Errorf("ParseDay(%q) = %s, %v; want %s", in, got, err, want)
		}
	}
}

func TestDaysReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := model.Day(rapid.Int64Range(1, 80_000).Draw(t, "day"))
		today := model.Day(rapid.Int64Range(15_000, 30_000).Draw(t, "today"))
		for _, p := range []*Printer{uk, en} {
			for _, text := range []string{p.Day(d), p.DayLong(d), d.String()} {
				if got, err := p.ParseDay(text, today); err != nil || got != d {
					t.Fatalf("%s was written %q and read %s, %v", d, text, got, err)
				}
			}
		}
		near := today + model.Day(rapid.Int64Range(-15, 14).Draw(t, "near"))
		if got, err := uk.ParseDay(near.Time().Format("2"), today); err != nil || max(got-today, today-got) > max(near-today, today-near) {
			t.Fatalf("%s from %s: %s, %v", near, today, got, err)
		}
	})
}

func TestParseTime(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "14": "14:00", "9": "09:00", "14:30": "14:30", "14.30": "14:30", "1430": "14:30", "930": "09:30", "0:05": "00:05", "2pm": "14:00", "12am": "00:00", "2:30 PM": "14:30", "14 30": "14:30", "0": "00:00",
	} {
		if got, err := uk.ParseTime(in); err != nil || Clock(got) != want {
			t.Errorf("ParseTime(%q) = %q, %v; want %q", in, Clock(got), err, want)
		}
	}
	for _, in := range []string{"24", "14:60", "14:3", "x", "-1", "14:30:00", "13pm", "99999", "+5", "1:+5"} {
		if got, err := uk.ParseTime(in); problem(err) != "time_form" {
			t.Errorf("ParseTime(%q) = %d, %v", in, got, err)
		}
	}
}

func TestParseMoment(t *testing.T) {
	today := model.Date(2026, 11, 23)
	for in, want := range map[string]string{
		"27.11 14:30": "2026-11-27T12:30:00Z", "завтра 9": "2026-11-24T07:00:00Z", "пт": "2026-11-26T22:00:00Z", "14:30": "2026-11-23T12:30:00Z",
		"2026-11-27 08:00": "2026-11-27T06:00:00Z", "27 nov 2026 14:30": "2026-11-27T12:30:00Z", "27.11.26": "2026-11-26T22:00:00Z",
	} {
		if got, err := uk.ParseMoment(in, today); err != nil || got.Format(time.RFC3339) != want {
			t.Errorf("ParseMoment(%q) = %s, %v; want %s", in, got.Format(time.RFC3339), err, want)
		}
	}
	if got, err := uk.ParseMoment(" ", today); err != nil || !got.IsZero() {
		t.Error(got, err)
	}
	for _, in := range []string{"x 14:30", "27.11 25:00", "завтра завтра"} {
		if got, err := uk.ParseMoment(in, today); problem(err) != "day_form" {
			t.Errorf("ParseMoment(%q) = %s, %v", in, got, err)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		at := time.Unix(rapid.Int64Range(86400, 6e9).Draw(t, "at")/60*60, 0).UTC()
		for _, p := range []*Printer{uk, en} {
			if got, err := p.ParseMoment(p.Moment(at), today); err != nil || !got.Equal(at) {
				t.Fatalf("%s was written %q and read %s, %v", at, p.Moment(at), got, err)
			}
		}
	})
}

func FuzzParseDay(f *testing.F) {
	for _, s := range []string{"27", "27.11.26", "+3", "пт", "27 листопада 2026 р.", "nov 27", "20261127", "завтра 9", "14:30", "+2т"} {
		f.Add(s, int64(20_780))
	}
	f.Fuzz(func(t *testing.T, s string, today int64) {
		from := model.Day(today%60_000 + 1)
		d, err := uk.ParseDay(s, from)
		if err != nil {
			if key := problem(err); !uk.Has("problem." + key) {
				t.Fatalf("%q: %v", s, err)
			}
		} else if d != 0 {
			if back, err := en.ParseDay(en.Day(d), from); back != d || err != nil {
				t.Fatalf("%q was read as %s, written %q and read %s, %v", s, d, en.Day(d), back, err)
			}
		}
		if at, err := uk.ParseMoment(s, from); err == nil && !at.IsZero() && at.Year() < firstYear-1 {
			t.Fatalf("%q is %s", s, at)
		}
	})
}
