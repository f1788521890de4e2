package listing

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/store"
	"ugoda/ui/calendar"
	uitheme "ugoda/ui/theme"
)

// moments reports that records stand by a moment, which tells the hour too.
func (d *days) moments() bool { return d.s.kind.Field(d.path).Type == model.Moment }

// stands is the day of a value, and the minute of the day where it tells one.
func stands(v any) (model.Day, int) {
	switch v := v.(type) {
	case model.Day:
		return v, calendar.NoHour
	case time.Time:
		at := v.Local()
		return model.DayOf(at), at.Hour()*60 + at.Minute()
	}
	return 0, calendar.NoHour
}

// momentOf is a minute of a day where the program runs.
func momentOf(day model.Day, minute int) time.Time {
	y, m, d := day.Time().Date()
	return time.Date(y, m, d, 0, minute, 0, 0, time.Local).UTC()
}

// standing is a record while the days are sorted.
type standing struct {
	id     int64
	minute int
	over   bool
}

// Days implements calendar.Source.
func (d *days) Days(from, to model.Day, each int) {
	s := d.s
	if !s.ready {
		return
	}
	session, q, path, hour := s.host.Session(), s.query(), d.path, d.hour()
	q.Where = and(q.Where, filter.Cond{Path: path, Op: filter.Between, Values: []filter.Value{filter.Date(from), filter.Date(to)}})
	q.Columns, q.Sort = []string{path}, []store.Order{{Path: path}}
	if hour != nil {
		q.Columns, q.Sort = append(q.Columns, hour.Name), append(q.Sort, store.Order{Path: hour.Name})
	}
	tell := len(q.Columns)
	for _, name := range telling {
		if f := s.kind.Field(name); f != nil && !f.Computed && f.SeenBy(session.Role) {
			q.Columns = append(q.Columns, name)
		}
	}
	told := resolve(session.Registry(), s.kind, session.Role, s.words, q.Columns[tell:])
	face := d.face()
	d.latest.Go(s.ctx, func(ctx context.Context) func() {
		by := map[model.Day][]standing{}
		err := session.Each(ctx, q, func(r store.Row) error {
			day, minute := stands(r.Cells[0])
			x := standing{id: r.ID, minute: minute}
			if hour != nil {
				text, _ := r.Cells[1].(string)
				x.minute = minuteOf(text)
			}
			for i, c := range told {
				x.over = x.over || finished(c, r.Cells[tell+i])
			}
			by[day] = append(by[day], x)
			return nil
		})
		if err != nil {
			return func() { s.host.Fail(err) }
		}
		out := make(map[model.Day]calendar.Items, len(by))
		var ids []int64
		at := map[int64]standing{}
		for day := from; day <= to; day++ {
			list := by[day]
			if len(list) == 0 {
				continue
			}
			slices.SortStableFunc(list, before)
			for _, x := range list[:min(each, len(list))] {
				ids = append(ids, x.id)
				at[x.id] = x
			}
			out[day] = calendar.Items{Count: len(list)}
		}
		rows, err := session.Rows(ctx, store.Query{Kind: s.kind.Name, Columns: face.paths}, ids)
		if err != nil {
			return func() { s.host.Fail(err) }
		}
		for _, r := range rows {
			day, item := face.item(r, at[r.ID])
			x := out[day]
			x.First = append(x.First, item)
			out[day] = x
		}
		return func() { d.cal.SetDays(from, to, each, out) }
	})
}

// before orders a day: what is open first, by the hour, what has none after.
func before(a, b standing) int {
	if a.over != b.over {
		if a.over {
			return 1
		}
		return -1
	}
	if (a.minute < 0) != (b.minute < 0) {
		return b.minute - a.minute
	}
	return a.minute - b.minute
}

// minuteOf reads an hour, 14:30.
func minuteOf(text string) int {
	h, m, ok := strings.Cut(text, ":")
	if !ok {
		return calendar.NoHour
	}
	hours, err := strconv.Atoi(h)
	minutes, bad := strconv.Atoi(m)
	if err != nil || bad != nil || hours < 0 || hours > 23 || minutes < 0 || minutes > 59 {
		return calendar.NoHour
	}
	return hours*60 + minutes
}

// face turns a record into what a calendar shows of it.
type face struct {
	paths   []string
	columns []column
	paint   painter
	late    bool // the day is one that passes
	kind    int  // index of what colours the edge, -1: none
	ticks   bool // what is over was done, not lost
}

func (d *days) face() face {
	s := d.s
	f := face{paint: s.source.painter, late: late[d.path], kind: -1, ticks: s.kind.Field("done") != nil}
	f.paint.words, f.paint.base, f.paint.today = s.words, s.base, s.host.Session().Today()
	f.paths = []string{d.path}
	if s.kind.Series != "" && s.kind.Name != "deal" {
		f.paths = append(f.paths, "number")
	}
	for _, name := range s.kind.Title {
		if name != "number" {
			f.paths = append(f.paths, name)
		}
	}
	for _, name := range []string{"client", "amount", "total"} {
		if x := s.kind.Field(name); x != nil && x.SeenBy(s.host.Session().Role) {
			f.paths = append(f.paths, name)
		}
	}
	if k := d.kindOf(); k != nil {
		f.kind = len(f.paths)
		f.paths = append(f.paths, k.Name)
	}
	f.columns = resolve(s.host.Session().Registry(), s.kind, s.host.Session().Role, s.words, f.paths)
	return f
}

func (f *face) item(r store.Row, x standing) (model.Day, calendar.Item) {
	day, _ := stands(r.Cells[0])
	item := calendar.Item{ID: r.ID, Minute: x.minute, Done: x.over}
	if x.over && f.ticks {
		item.Sign = "✓"
	}
	if x.minute >= 0 {
		item.Hour = fmt.Sprintf("%d:%02d", x.minute/60, x.minute%60)
	}
	var words []string
	for i := 1; i < len(r.Cells); i++ {
		if i == f.kind {
			v, _ := r.Cells[i].(string)
			item.Kind = toneOf(v)
			continue
		}
		if text := f.paint.text(f.columns[i], r.Cells[i]); text != "" && !slices.Contains(words, text) {
			words = append(words, text)
		}
	}
	item.Text = strings.Join(words, " · ")
	if f.late && day < f.paint.today && !x.over {
		item.Tone = uitheme.Red
	}
	return day, item
}
