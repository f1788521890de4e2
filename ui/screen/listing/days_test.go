package listing

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/filter"
	"ugoda/model/firm"
	"ugoda/store"
	"ugoda/ui/calendar"
	"ugoda/ui/list"
	"ugoda/ui/screen"
)

// plan saves activities of somebody: a day after today, an hour, whether done.
func plan(t *testing.T, s *store.Session, rows ...[3]any) []int64 {
	t.Helper()
	ctx := context.Background()
	who, err := s.New(ctx, "employee")
	if err != nil {
		t.Fatal(err)
	}
	who.(*firm.Employee).Name = "Ірина Довженко"
	if err := s.Save(ctx, "employee", who); err != nil {
		t.Fatal(err)
	}
	var ids []int64
	for i, r := range rows {
		rec, err := s.New(ctx, "activity")
		if err != nil {
			t.Fatal(err)
		}
		a := rec.(*deal.Activity)
		a.Subject, a.Assignee = fmt.Sprint("Справа ", i), model.Ref{ID: who.Base().ID}
		a.Due, a.Hour, a.Done = s.Today()+model.Day(r[0].(int)), r[1].(string), r[2].(bool)
		if err := s.Save(ctx, "activity", rec); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, a.ID)
	}
	return ids
}

func calendarOf(t *testing.T, s *store.Session) *Screen {
	t.Helper()
	x, h := open(t, s, "activity")
	x.AsCalendar(true)
	h.Canvas().Focus(x.Calendar())
	return x
}

// said are the texts of a day.
func said(s *Screen, d model.Day) string {
	var out []string
	s.days.cal.Go(d)
	for range 100 {
		before := s.days.cal.Focus()
		s.days.cal.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
		x := s.days.cal.Item()
		if x == nil || x.ID == before || s.days.cal.Current() != d {
			break
		}
		out = append(out, strings.TrimSpace(x.Sign+" "+x.Hour+" "+x.Text))
	}
	s.days.cal.Go(d)
	return strings.Join(out, " | ")
}

// A calendar shows what the list shows: its filter, its search; open ones by
// their hours first, done ones last.
func TestCalendarShowsTheList(t *testing.T) {
	base := session(t, 0)
	plan(t, base, [3]any{0, "", false}, [3]any{0, "14:30", false}, [3]any{0, "09:15", false}, [3]any{0, "08:00", true}, [3]any{-1, "", false})
	s := calendarOf(t, base)
	s.days.cal.SetMode(calendar.Day)
	today := base.Today()
	if got := said(s, today); got != "9:15 Справа 2 | 14:30 Справа 1 | Справа 0 | ✓ 8:00 Справа 3" {
		t.Errorf("today: %s", got)
	}
	s.days.cal.Go(today - 1)
	s.days.cal.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	if x := s.days.cal.Item(); x == nil || x.Tone == "" {
		t.Error("what is overdue is not marked")
	}
	s.SetWhere(filter.Cond{Path: "done", Op: filter.Eq, Values: []filter.Value{filter.Bool(false)}})
	if got := said(s, today); strings.Contains(got, "✓") || !strings.Contains(got, "Справа 0") {
		t.Errorf("open ones of today: %s", got)
	}
	s.Search("Справа 1")
	if got := said(s, today); got != "14:30 Справа 1" {
		t.Errorf("found of today: %s", got)
	}
}

// What is moved in the calendar is moved in the base, with its hour or without,
// and can be taken back.
func TestMovingInTheCalendar(t *testing.T) {
	ctx := context.Background()
	base := session(t, 0)
	ids := plan(t, base, [3]any{0, "14:30", false})
	s := calendarOf(t, base)
	today := base.Today()
	stands := func(d model.Day, hour string) {
		t.Helper()
		rec, err := base.Get(ctx, "activity", ids[0])
		if err != nil {
			t.Fatal(err)
		}
		if a := rec.(*deal.Activity); a.Due != d || a.Hour != hour {
			t.Errorf("it stands on %s at %q, wanted %s at %q", a.Due, a.Hour, d, hour)
		}
		if s.days.cal.Focus() != ids[0] || s.days.cal.Current() != d {
			t.Errorf("the keyboard stands on %d of %s", s.days.cal.Focus(), s.days.cal.Current())
		}
	}
	press := func(k fyne.KeyName) {
		s.days.cal.TypedShortcut(&desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierShortcutDefault})
	}
	s.days.cal.Select(ids[0])
	press(fyne.KeyRight)
	stands(today+1, "14:30")
	press(fyne.KeyDown)
	stands(today+8, "14:30")
	s.days.cal.SetMode(calendar.Week)
	s.days.cal.Select(ids[0])
	press(fyne.KeyUp)
	stands(today+8, "14:00")
	s.days.move(ids[0], today, calendar.NoHour, false)
	stands(today, "")
	for range 4 {
		s.undoLast()
	}
	s.reload(false)
	stands(today, "14:30")
}

// A click on an empty day asks for a new record of that day and hour, which
// meets the filter.
func TestAddingInTheCalendar(t *testing.T) {
	base := session(t, 0)
	x, h := open(t, base, "activity")
	x.SetWhere(filter.Cond{Path: "type", Op: filter.Eq, Values: []filter.Value{filter.String("meeting")}})
	x.AsCalendar(true)
	x.days.add(base.Today()+3, 15*60)
	a := h.Opened[len(h.Opened)-1]
	if a.Kind != "activity" || a.ID != 0 || a.Fill["due"] != base.Today()+3 || a.Fill["hour"] != "15:00" || a.Fill["type"] != "meeting" {
		t.Errorf("it opens %+v with %v", a, a.Fill)
	}
}

// The look is remembered for the user; an address may ask for it.
func TestLookOfTheCalendarIsKept(t *testing.T) {
	base := session(t, 0)
	plan(t, base, [3]any{0, "", false})
	s := calendarOf(t, base)
	s.days.cal.SetMode(calendar.Week)
	again, _ := open(t, base, "activity")
	if !again.asDays() || again.days.cal.Mode() != calendar.Week {
		t.Error("the calendar is forgotten")
	}
	again.SetWhere(filter.Cond{Path: "done", Op: filter.Eq, Values: []filter.Value{filter.Bool(false)}})
	again.SaveAs("Відкриті")
	again.AsCalendar(false)
	if table, _ := open(t, base, "activity"); table.asDays() {
		t.Error("the look is forgotten where a saved filter is shown")
	}
	again.AsCalendar(true)
	again.AsCalendar(false)
	if table, _ := open(t, base, "activity"); table.asDays() {
		t.Error("the table is forgotten")
	}
	h := again.host
	asked, err := New(h, screen.ToList("activity", "").With(screen.ArgLook, LookCalendar))
	if err != nil {
		t.Fatal(err)
	}
	defer asked.Close()
	if !asked.(*Screen).asDays() {
		t.Error("the address asks for a calendar in vain")
	}
	for kind, has := range map[string]bool{"deal": true, "proposal": true, "client": false} {
		if x, _ := open(t, base, kind); (x.Calendar() != nil) != has {
			t.Errorf("%s: a calendar is %v", kind, !has)
		}
	}
}

// Days are put together by months, quarters and years, with every record in
// its group; all groups open and close at once.
func TestGroupsByMonths(t *testing.T) {
	base := session(t, 0)
	today := base.Today()
	month := today.FirstOfMonth(0)
	var rows [][3]any
	for i := range 40 {
		rows = append(rows, [3]any{int(month.FirstOfMonth(-i%14) - today), "", false})
	}
	plan(t, base, rows...)
	s, _ := open(t, base, "activity")
	for by, groups := range map[string]int{"due:month": 14, "due": 14, "due:year": 0, "due:quarter": 0} {
		s.GroupBy(by)
		heads := len(s.source.parts)
		if groups > 0 && heads != groups || heads == 0 || heads > 14 {
			t.Errorf("%s: %d groups", by, heads)
		}
		total := int64(0)
		for _, p := range s.source.parts {
			total += p.group.Count
		}
		if total != 40 {
			t.Errorf("%s: the groups hold %d", by, total)
		}
		s.source.openAll()
		if s.source.Len() != 40+heads || len(s.source.all()) != 40 {
			t.Errorf("%s: open, %d rows with %d records", by, s.source.Len(), len(s.source.all()))
		}
		for i, p := range s.source.parts {
			if int64(len(p.ids)) != p.group.Count {
				t.Errorf("%s: group %s says %d and holds %d", by, p.title, p.group.Count, len(p.ids))
			}
			s.source.toggle(s.source.starts[i]) // close
			s.source.toggle(s.source.starts[i])
			if int64(len(s.source.parts[i].ids)) != p.group.Count {
				t.Errorf("%s: group %s opened alone holds %d", by, p.title, len(s.source.parts[i].ids))
			}
		}
		s.grid.Select(2, list.Range{From: 2, To: 3})
		s.source.closeAll()
		if s.source.Len() != heads {
			t.Errorf("%s: closed, %d rows", by, s.source.Len())
		}
	}
	s.GroupBy("due:quarter")
	if title := s.source.parts[0].title; !strings.Contains(title, "квартал 20") {
		t.Errorf("a quarter is called %q", title)
	}
}
