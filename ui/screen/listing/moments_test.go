package listing

import (
	"context"
	"testing"
	"time"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/store"
)

// inquire saves an inquiry of each moment.
func inquire(t *testing.T, s *store.Session, at ...time.Time) {
	t.Helper()
	ctx := context.Background()
	for _, when := range at {
		rec, err := s.New(ctx, "inquiry")
		if err != nil {
			t.Fatal(err)
		}
		q := rec.(*deal.Inquiry)
		q.At, q.Caller, q.Channel = when.UTC(), "Олена", deal.Channels[0]
		if err := s.Save(ctx, "inquiry", q); err != nil {
			t.Fatal(err)
		}
	}
}

// A list is put together by the days of a moment and by their months, and
// every record is in its group, whether it is opened alone or with all.
func TestGroupsByMoments(t *testing.T) {
	base := session(t, 0)
	day := func(d, hour int) time.Time { return time.Date(2026, time.November, d, hour, 30, 0, 0, time.Local) }
	inquire(t, base, day(3, 0), day(3, 23), day(4, 9), day(35, 9))
	s, _ := open(t, base, "inquiry")
	for by, want := range map[string][]string{"at": {"03.11.2026", "04.11.2026", "05.12.2026"}, "at:month": {"Листопад 2026", "Грудень 2026"}, "at:year": {"2026"}} {
		s.GroupBy(by)
		if s.state.group != by || len(s.source.parts) != len(want) {
			t.Fatalf("%s: %d groups by %q", by, len(s.source.parts), s.state.group)
		}
		s.source.openAll()
		for i, p := range s.source.parts {
			if p.title != want[i] || int64(len(p.ids)) != p.group.Count {
				t.Errorf("%s: %q, not %q, says %d and holds %d", by, p.title, want[i], p.group.Count, len(p.ids))
			}
			s.source.toggle(s.source.starts[i]) // close
			s.source.toggle(s.source.starts[i])
			if got := s.source.parts[i]; int64(len(got.ids)) != got.group.Count {
				t.Errorf("%s: %q opened alone holds %d", by, got.title, len(got.ids))
			}
		}
	}
	found := 0
	for _, i := range s.moreMenu(nil).Items {
		if i.ChildMenu == nil {
			continue
		}
		for _, by := range i.ChildMenu.Items {
			if by.Label == s.words.Field("inquiry", "at")+" · "+s.words.T("list.by.month") {
				found++
			}
		}
	}
	if found != 1 {
		t.Errorf("the menu groups by months of a moment in %d places", found)
	}
}

// A calendar places records by a moment, on the day and at the hour where the
// program runs; what happened is not moved there.
func TestCalendarOfMoments(t *testing.T) {
	base := session(t, 0)
	inquire(t, base, time.Date(2026, time.November, 3, 0, 5, 0, 0, time.Local), time.Date(2026, time.November, 3, 14, 30, 0, 0, time.Local))
	s, h := open(t, base, "inquiry")
	s.AsCalendar(true)
	if got := said(s, model.Date(2026, time.November, 3)); got != "0:05 00001 · Олена | 14:30 00002 · Олена" {
		t.Errorf("the day says %q", got)
	}
	if s.Calendar().OnMove != nil {
		t.Error("a moment is moved in the calendar")
	}
	s.days.add(model.Date(2026, time.November, 5), 9*60)
	if n := len(h.Opened); n != 1 || !h.Opened[0].Fill["at"].(time.Time).Equal(time.Date(2026, time.November, 5, 9, 0, 0, 0, time.Local)) {
		t.Errorf("a new one is opened %d times: %+v", n, h.Opened)
	}
	p, _ := open(t, base, "proposal")
	p.AsCalendar(true)
	for path, moves := range map[string]bool{"valid_until": true, "sent_at": false, "answered_at": false} {
		p.days.placeBy(path)
		if got := p.Calendar().OnMove != nil; got != moves {
			t.Errorf("proposals by %s: are moved %v", path, got)
		}
	}
}
