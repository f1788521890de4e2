package span_test

import (
	"testing"

	"ugoda/model"
	"ugoda/model/span"
)

func TestUnitsHoldTheirDays(t *testing.T) {
	for _, x := range []struct {
		unit     span.Unit
		day      string
		from, to string
	}{
		{span.OfMonths, "2024-02-10", "2024-02-01", "2024-02-29"},
		{span.OfMonths, "2026-12-31", "2026-12-01", "2026-12-31"},
		{span.OfQuarters, "2026-01-01", "2026-01-01", "2026-03-31"},
		{span.OfQuarters, "2026-06-30", "2026-04-01", "2026-06-30"},
		{span.OfQuarters, "2026-11-25", "2026-10-01", "2026-12-31"},
		{span.OfYears, "2025-07-01", "2025-01-01", "2025-12-31"},
		{span.OfDays, "2025-07-01", "2025-07-01", "2025-07-01"},
		{"fortnight", "2025-07-01", "2025-07-01", "2025-07-01"},
	} {
		d, err := model.ParseDay(x.day)
		if err != nil {
			t.Fatal(err)
		}
		if got := x.unit.Of(d); got.String() != x.from+".."+x.to {
			t.Errorf("%s of %s is %s", x.unit, x.day, got)
		}
	}
	for _, by := range []string{"client", "deal.closes", "closes:month", "deal.closes:year"} {
		if path, u := span.CutBy(by); span.By(path, u) != by {
			t.Errorf("%q read as %q by %q", by, path, u)
		}
	}
}
