package reports

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/filter"
	"ugoda/store"
)

// StageStay is how long a deal stood in one stage of its process.
type StageStay struct {
	Stage    model.Ref
	Kind     string // open, hold, won, lost
	Colour   string
	Advice   string // what to do in it
	Expected int64  // days; 0: never late
	Days     int64  // whole days spent there in all
	Been     bool   // it stood there, if only for a moment
	Now      bool   // it stands there now
	// Attention is of the stage it stands in what stands out in the deal, of the
	// others whether it stayed too long there: as package deal says.
	Attention string
}

// StageStays are the stages of a deal's process in their order, with the days
// that the deal spent in each by the funnel's register.
func StageStays(ctx context.Context, s *store.Session, dealID int64) ([]StageStay, error) {
	today := int64(s.Today())
	rows, err := s.Base().Read(ctx, `SELECT st.id, st.name, st.kind, st.colour, st.advice, st.expected_days,
			CASE WHEN d.stage_id = st.id THEN TRUE ELSE FALSE END,
			d.state, COALESCE(d.stage_since, 0), (SELECT MIN(a.due) FROM activity a WHERE a.deal_id = d.id AND a.done = FALSE AND a.marked = FALSE),
			COUNT(f.id), CAST(COALESCE(SUM(CASE WHEN f.to_day > ? THEN ? - f.from_day ELSE f.to_day - f.from_day END), 0) AS BIGINT)
		FROM deal d JOIN stage st ON st.process_id = d.process_id
		LEFT JOIN funnel f ON f.deal_id = d.id AND f.stage_id = st.id AND f.void = FALSE
		WHERE d.id = ? AND (st.marked = FALSE OR f.id IS NOT NULL OR st.id = d.stage_id)
		GROUP BY st.id, st.name, st.kind, st.colour, st.advice, st.expected_days, st."order", d.id, d.stage_id, d.state, d.stage_since
		ORDER BY st."order", st.id`, today, today, dealID)
	if err != nil {
		return nil, fmt.Errorf("read the stages of a deal: %w", err)
	}
	defer rows.Close()
	var out []StageStay
	for rows.Next() {
		var x StageStay
		var stood, since int64
		var state string
		var next *int64
		if err := rows.Scan(&x.Stage.ID, &x.Stage.Name, &x.Kind, &x.Colour, &x.Advice, &x.Expected, &x.Now, &state, &since, &next, &stood, &x.Days); err != nil {
			return nil, fmt.Errorf("read the stages of a deal: %w", err)
		}
		x.Been, x.Days = stood > 0 || x.Now, max(x.Days, 0)
		switch {
		case x.Now:
			due := model.Day(0)
			if next != nil {
				due = model.Day(*next)
			}
			x.Attention = deal.Attention(state, model.Day(since), due, s.Today(), x.Expected)
		case x.Kind == deal.Open:
			x.Attention = deal.Overstays(x.Days, x.Expected)
		}
		out = append(out, x)
	}
	return out, rows.Err()
}

// Event is something that happened, or is planned, with a deal or a client.
// Kind is "activity", "letter", "proposal", "invoice", "inquiry" or "move"; a move
// is of the deal ID from one stage to another.
type Event struct {
	Kind   string
	ID     int64
	At     time.Time // UTC; of a plan the day on which it is due
	Day    bool      // only the day of At is known
	Type   string    // of an activity
	State  string    // status of a proposal or an invoice, state of a letter, outcome of an inquiry, kind of the stage moved to
	Title  string    // subject; of a move the stage that it went to
	From   string    // of a move: the stage before, empty for the first
	Words  string    // what came of an activity, or its note; what was wanted; the reason of a loss
	Who    string
	Result string
	Open   bool      // an activity that is still to be done
	Due    model.Day // of an open activity
	Hour   string
	Amount model.Money // of a proposal or an invoice
}

// Timeline is what happened with a deal or a client (kind), the latest first,
// at most limit of each sort of events; what is planned comes before it, the
// earliest first.
func Timeline(ctx context.Context, s *store.Session, kind string, id int64, limit int) ([]Event, error) {
	where := filter.Cond{Path: kind, Op: filter.Eq, Values: []filter.Value{filter.ID(id)}}
	var out []Event
	for _, read := range []func() ([]Event, error){
		func() ([]Event, error) { return activityEvents(ctx, s, where, false, limit) },
		func() ([]Event, error) { return activityEvents(ctx, s, where, true, limit) },
		func() ([]Event, error) { return recordEvents(ctx, s, "letter", where, limit) },
		func() ([]Event, error) { return recordEvents(ctx, s, "proposal", where, limit) },
		func() ([]Event, error) { return recordEvents(ctx, s, "invoice", where, limit) },
		func() ([]Event, error) { return recordEvents(ctx, s, "inquiry", where, limit) },
		func() ([]Event, error) { return moveEvents(ctx, s, kind, id, limit) },
	} {
		some, err := read()
		if err != nil {
			return nil, fmt.Errorf("read the timeline: %w", err)
		}
		out = append(out, some...)
	}
	slices.SortStableFunc(out, func(a, b Event) int {
		if a.Open != b.Open {
			if a.Open {
				return -1
			}
			return 1
		}
		if a.Open {
			return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Hour, b.Hour))
		}
		return b.At.Compare(a.At)
	})
	return out, nil
}

func activityEvents(ctx context.Context, s *store.Session, where filter.Node, done bool, limit int) ([]Event, error) {
	sort := []store.Order{{Path: "due"}, {Path: "hour"}}
	if done {
		sort = []store.Order{{Path: "done_at", Desc: true}}
	}
	rows, err := s.Page(ctx, store.Query{
		Kind:    "activity",
		Where:   filter.And{where, filter.Cond{Path: "done", Op: filter.Eq, Values: []filter.Value{filter.Bool(done)}}},
		Columns: []string{"type", "subject", "due", "hour", "done_at", "assignee", "result", "words", "note"}, Sort: sort, Limit: limit,
	})
	if err != nil {
		return nil, err
	}
	var out []Event
	for _, r := range rows {
		e := Event{Kind: "activity", ID: r.ID, Type: text(r.Cells[0]), Title: text(r.Cells[1]), Hour: text(r.Cells[3]), Words: text(r.Cells[7]), Open: !done}
		e.Due, _ = r.Cells[2].(model.Day)
		e.At, _ = r.Cells[4].(time.Time)
		e.Who, e.Result = name(r.Cells[5]), name(r.Cells[6])
		if e.Words == "" || e.Words == e.Title {
			e.Words = text(r.Cells[8])
		}
		if e.Open || e.At.IsZero() {
			e.At, e.Day = e.Due.Time(), true
		}
		out = append(out, e)
	}
	return out, nil
}

// recordEvents are letters, proposals, invoices or inquiries; a base whose kinds do not
// refer to what is asked about has none.
func recordEvents(ctx context.Context, s *store.Session, kind string, where filter.Cond, limit int) ([]Event, error) {
	columns := map[string][]string{
		"letter":   {"queued", "subject", "state", "user"},
		"proposal": {"created", "subject", "status", "manager", "number", "amount", "date"},
		"invoice":  {"created", "subject", "status", "manager", "number", "amount", "date"},
		"inquiry":  {"at", "caller", "outcome", "taken_by", "wanted", "phone"},
	}[kind]
	k := s.Registry().Kind(kind)
	if k == nil || k.Field(where.Path) == nil {
		return nil, nil
	}
	rows, err := s.Page(ctx, store.Query{Kind: kind, Where: where, Columns: columns, Sort: []store.Order{{Path: "id", Desc: true}}, Limit: limit})
	if err != nil {
		return nil, err
	}
	var out []Event
	for _, r := range rows {
		e := Event{Kind: kind, ID: r.ID, Title: text(r.Cells[1]), State: text(r.Cells[2]), Who: name(r.Cells[3])}
		e.At, _ = r.Cells[0].(time.Time)
		switch kind {
		case "proposal", "invoice":
			e.Title = text(r.Cells[4]) + " " + e.Title
			e.Amount, _ = r.Cells[5].(model.Money)
			if d, _ := r.Cells[6].(model.Day); d != 0 && d != model.DayOf(e.At) {
				e.At, e.Day = d.Time(), true
			}
		case "inquiry":
			if e.Title == "" {
				e.Title = text(r.Cells[5])
			}
			e.Words = text(r.Cells[4])
		}
		out = append(out, e)
	}
	return out, nil
}

// moveEvents are entries of the funnel's register.
func moveEvents(ctx context.Context, s *store.Session, kind string, id int64, limit int) ([]Event, error) {
	column := "f.deal_id"
	if kind == "client" {
		column = "f.client_id"
	}
	rows, err := s.Base().Read(ctx, `SELECT f.deal_id, f.from_day, f.from_at, st.name, st.kind, o.name, u.name, l.name, d.loss_words
		FROM funnel f JOIN stage st ON st.id = f.stage_id JOIN deal d ON d.id = f.deal_id
		LEFT JOIN stage o ON o.id = f.from_stage_id LEFT JOIN "user" u ON u.id = f.entered_by LEFT JOIN loss_reason l ON l.id = f.reason_id
		WHERE `+column+` = ? AND f.entry = TRUE AND f.void = FALSE ORDER BY f.from_day DESC, f.id DESC LIMIT ?`, id, int64(limit))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Event
	for rows.Next() {
		e := Event{Kind: "move"}
		var day, at int64
		var from, who, reason *string
		var words string
		if err := rows.Scan(&e.ID, &day, &at, &e.Title, &e.State, &from, &who, &reason, &words); err != nil {
			return nil, err
		}
		e.At, e.From, e.Who = time.UnixMicro(at).UTC(), said(from), said(who)
		if on := model.Day(day); model.DayOf(e.At) != on { // it was entered for another day
			e.At, e.Day = on.Time(), true
		}
		if reason != nil {
			e.Words = *reason
			if words != "" {
				e.Words += ": " + words
			}
		}
		out = append(out, e)
	}
	return out, rows.Err()
}

func text(v any) string { s, _ := v.(string); return s }

func name(v any) string { r, _ := v.(model.Ref); return r.Name }

// said is a text that may be missing.
func said(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
