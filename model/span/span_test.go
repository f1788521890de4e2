package span_test

import (
	"testing"

	"ugoda/model"
	"ugoda/model/span"
)

func days(t *testing.T, text string) span.Span {
	t.Helper()
	s, err := span.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestPresetsEndToday(t *testing.T) {
	today := model.Date(2026, 11, 25)
	for key, want := range map[string]string{
		"this week": "2026-11-23..2026-11-25", "last week": "2026-11-16..2026-11-22",
		"this month": "2026-11-01..2026-11-25", "last-month": "2026-10-01..2026-10-31",
		"this quarter": "2026-10-01..2026-11-25", "last year": "2025-01-01..2025-12-31",
		"last 30 days": "2026-10-27..2026-11-25", "last 7 days": "2026-11-19..2026-11-25",
	} {
		got, err := span.OfPreset(key, today)
		if err != nil || got.String() != want {
			t.Errorf("%s: %s, %v; want %s", key, got, err, want)
		}
	}
	for _, p := range span.Presets() {
		if _, err := span.OfPreset(span.Key(p), today); err != nil {
			t.Errorf("%s: %v", span.Key(p), err)
		}
	}
	for _, bad := range []string{"", "next month", "last 0 days", "last many days", "soon"} {
		if _, err := span.OfPreset(bad, today); err == nil {
			t.Errorf("%q is a preset", bad)
		}
	}
}

func TestPrevious(t *testing.T) {
	for _, c := range []struct{ span, preset, want string }{
		{"2026-11-23..2026-11-25", "this week", "2026-11-16..2026-11-18"},
		{"2026-11-01..2026-11-25", "this month", "2026-10-01..2026-10-25"},
		{"2026-10-01..2026-11-25", "this quarter", "2026-07-01..2026-08-25"},
		{"2026-01-01..2026-11-25", "this year", "2025-01-01..2025-11-25"},
		{"2026-02-01..2026-02-28", "last month", "2026-01-01..2026-01-31"},
		{"2026-03-01..2026-03-31", "", "2026-02-01..2026-02-28"},
		{"2026-01-01..2026-03-31", "", "2025-10-01..2025-12-31"},
		{"2026-11-10..2026-11-19", "", "2026-10-31..2026-11-09"},
		{"2026-11-25..2026-11-25", "", "2026-11-24..2026-11-24"},
		{"2026-10-27..2026-11-25", "last 30 days", "2026-09-27..2026-10-26"},
		{"2026-03-01..2026-03-30", "this month", "2026-02-01..2026-02-28"},
	} {
		if got := days(t, c.span).Previous(c.preset); got.String() != c.want {
			t.Errorf("%s (%s): %s, want %s", c.span, c.preset, got, c.want)
		}
	}
}

func TestCompared(t *testing.T) {
	s := days(t, "2024-02-01..2024-02-29")
	for with, want := range map[string]string{
		"previous": "2024-01-01..2024-01-31", "last-year": "2023-02-01..2023-02-28",
		"2020-05-01..2020-06-01": "2020-05-01..2020-06-01",
	} {
		got, err := s.Compared(with, "")
		if err != nil || got.String() != want {
			t.Errorf("%s: %s, %v; want %s", with, got, err, want)
		}
	}
	for _, bad := range []string{"", "before", "2026-02-30..2026-03-01", "2026-03-01..2026-02-01"} {
		if _, err := s.Compared(bad, ""); err == nil {
			t.Errorf("%q is a comparison", bad)
		}
	}
	if d, err := span.Day(model.Date(2026, 3, 31), "previous"); err != nil || d != model.Date(2026, 2, 28) {
		t.Error(d, err)
	}
	if d, err := span.Day(model.Date(2024, 2, 29), "last-year"); err != nil || d != model.Date(2023, 2, 28) {
		t.Error(d, err)
	}
	if d, err := span.Day(model.Date(2024, 2, 29), "2020-01-01..2020-01-09"); err != nil || d != model.Date(2020, 1, 9) {
		t.Error(d, err)
	}
}
