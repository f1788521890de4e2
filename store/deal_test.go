package store_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/filter"
	"ugoda/store"
)

// sound ends the test when the base check finds anything.
func (f *firmOf) sound() {
	f.t.Helper()
	faults, err := f.base.Check(f.ctx)
	if err != nil {
		f.t.Fatal(err)
	}
	for _, x := range faults {
		f.t.Error(x)
	}
}

func (f *firmOf) get(kind string, id int64) model.Keeper {
	f.t.Helper()
	rec, err := f.s.Get(f.ctx, kind, id)
	if err != nil {
		f.t.Fatal(err)
	}
	return rec
}

func (f *firmOf) do(id int64, action string, a model.Answers) {
	f.t.Helper()
	if _, err := f.s.Do(f.ctx, "deal", id, action, a); err != nil {
		f.t.Fatalf("%s: %v", action, err)
	}
}

// journal is what the funnel says of a deal: stage, days from and to, entry.
func (f *firmOf) journal(id int64) []string {
	f.t.Helper()
	rows, err := f.base.Read(f.ctx, `SELECT s.name, f.from_day, f.to_day, f.entry, f.amount_base, f.weighted FROM funnel f JOIN stage s ON s.id = f.stage_id
		WHERE f.deal_id = ? AND f.void = FALSE ORDER BY f.id`, id)
	if err != nil {
		f.t.Fatal(err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var name string
		var from, to, amount, weighted int64
		var entry bool
		if err := rows.Scan(&name, &from, &to, &entry, &amount, &weighted); err != nil {
			f.t.Fatal(err)
		}
		line := name + " " + model.Day(from).String() + ".." + model.Day(to).String()
		if entry {
			line += " entry"
		}
		out = append(out, line+" "+model.Money{Minor: amount}.String()+model.Money{Minor: weighted}.String())
	}
	if err := rows.Err(); err != nil {
		f.t.Fatal(err)
	}
	return out
}

func TestFunnelJournal(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		d := f.deal("Дах", f.client("Карпати"), 100)
		today := f.s
		f.s = today.WithToday(monday + 3)
		f.do(d.ID, "move", model.Answers{"stage": ref(f.stages["second"])})
		rec := f.get("deal", d.ID).(*deal.Deal)
		rec.Amount.Minor = 20_000
		f.save("deal", rec)
		f.s = today.WithToday(monday + 5)
		_, err := f.s.Do(f.ctx, "deal", d.ID, "lose", nil)
		var problems model.Problems
		if !errors.As(err, &problems) || problems[0].Field != "reason" {
			t.Fatalf("lost without a reason: %v", err)
		}
		f.do(d.ID, "lose", model.Answers{"reason": ref(f.reason)})
		f.do(d.ID, "reopen", nil)
		want := []string{
			"first 2026-11-23..2026-11-26 entry 100.00 10.00 ",
			"second 2026-11-26..2026-11-26 entry 100.00 50.00 ",
			"second 2026-11-26..2026-11-28 200.00 100.00 ",
			"lost 2026-11-28..2026-11-28 entry 200.00 0.00 ",
			"second 2026-11-28..9999-12-31 entry 200.00 100.00 ",
		}
		if diff := cmp.Diff(want, f.journal(d.ID)); diff != "" {
			t.Error(diff)
		}
		f.sound()
		if _, err := f.s.Mark(f.ctx, "deal", d.ID, true); err != nil {
			t.Fatal(err)
		}
		if left := f.journal(d.ID); len(left) != 0 {
			t.Error(left)
		}
		f.sound()
		if _, err := f.s.Mark(f.ctx, "deal", d.ID, false); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, f.journal(d.ID)); diff != "" {
			t.Error(diff)
		}
		f.sound()
	})
}

func TestBulkAndUndo(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		c := f.client("Карпати")
		var ids []int64
		for range 5 {
			ids = append(ids, f.deal("угода", c, 100).ID)
		}
		f.do(ids[4], "win", nil)
		batch, failures, err := f.s.DoAll(f.ctx, "deal", ids, "win", nil)
		if err != nil || len(failures) != 1 || failures[0].ID != ids[4] {
			t.Fatal(failures, err)
		}
		f.sound()
		second, failures, err := f.s.SetField(f.ctx, "deal", ids, "manager", ref(f.maria))
		if err != nil || len(failures) != 0 || second.Records != 5 {
			t.Fatal(second, failures, err)
		}
		f.sound()
		// The first batch's records were edited since: all are kept.
		r, err := f.s.Undo(f.ctx, batch.ID, false)
		if err != nil || r.Undone != 0 || len(r.Kept) != 4 {
			t.Fatal(r, err)
		}
		if r, err = f.s.Undo(f.ctx, second.ID, false); err != nil || r.Undone != 5 {
			t.Fatal(r, err)
		}
		f.sound()
		if _, err = f.s.Undo(f.ctx, second.ID, false); err == nil {
			t.Fatal("undone twice")
		}
		third, _, err := f.s.DoAll(f.ctx, "deal", ids[:4], "assign", model.Answers{"manager": ref(f.maria)})
		if err != nil {
			t.Fatal(err)
		}
		if r, err = f.s.Undo(f.ctx, third.ID, false); err != nil || r.Undone != 4 {
			t.Fatal(r, err)
		}
		f.sound()
		d := f.get("deal", ids[0]).(*deal.Deal)
		if d.Manager.ID != f.ivan.ID || d.State != deal.Won {
			t.Fatalf("%+v", d)
		}
	})
}

func TestUndoGivesEverythingBack(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		c := f.client("Карпати")
		d := f.deal("угода", c, 100)
		was, journal := f.get("deal", d.ID).(*deal.Deal), f.journal(d.ID)
		var made int64
		batch, err := f.s.InBatch(f.ctx, "test", func(ctx context.Context, b *store.Batcher) error {
			rec, err := b.Get(ctx, "deal", d.ID)
			if err != nil {
				return err
			}
			x := rec.(*deal.Deal)
			x.Subject, x.Note = "інша", "довга\nнотатка"
			x.Amount = model.Money{Minor: 7, Currency: "EUR"}
			if err := b.Save(ctx, "deal", x); err != nil {
				return err
			}
			if _, err := b.Do(ctx, "deal", d.ID, "win", nil); err != nil {
				return err
			}
			fresh := &deal.Deal{Subject: "нова", Process: ref(f.process), Client: ref(c)}
			if err := b.Save(ctx, "deal", fresh); err != nil {
				return err
			}
			made = fresh.ID
			if _, err := b.Do(ctx, "deal", made, "move", model.Answers{"stage": ref(f.stages["second"])}); err != nil {
				return err
			}
			return b.Mark(ctx, "client", c.ID, true)
		})
		if err != nil {
			t.Fatal(err)
		}
		f.sound()
		if j := f.journal(made); len(j) != 2 {
			t.Fatal(j)
		}
		if r, err := f.s.Undo(f.ctx, batch.ID, false); err != nil || r.Undone != 3 {
			t.Fatal(r, err)
		}
		f.sound()
		now := f.get("deal", d.ID).(*deal.Deal)
		now.Version, now.Changed = was.Version, was.Changed
		if diff := cmp.Diff(was, now); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff(journal, f.journal(d.ID)); diff != "" {
			t.Error(diff)
		}
		if !f.get("deal", made).Base().Marked || f.get("client", c.ID).Base().Marked {
			t.Error("what was made is not in the bin, or what was marked is")
		}
	})
}

func TestActivitiesFollow(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		d := f.deal("угода", f.client("Карпати"), 100)
		f.do(d.ID, "plan", model.Answers{"type": "call", "subject": "Подзвонити", "due": monday + 2})
		rows, err := f.s.Page(f.ctx, store.Query{Kind: "deal", Columns: []string{"next_step", "next_due", "attention"}})
		if err != nil || len(rows) != 1 {
			t.Fatal(rows, err)
		}
		if diff := cmp.Diff([]any{"Подзвонити", monday + 2, nil}, rows[0].Cells); diff != "" {
			t.Error(diff)
		}
		q := &deal.Inquiry{Caller: "Олена", Phone: "067 111 22 33", Wanted: "Потрібен дах", Channel: "call", At: monday.Time()}
		f.save("inquiry", q)
		e, err := f.s.Do(f.ctx, "inquiry", q.ID, "deal", model.Answers{"process": ref(f.process)})
		if err != nil {
			t.Fatal(err)
		}
		if e.OpenKind != "deal" || e.Open.ID == 0 {
			t.Fatalf("%+v", e)
		}
		x := f.get("deal", e.Open.ID).(*deal.Deal)
		in := f.get("inquiry", q.ID).(*deal.Inquiry)
		if x.Client.Name != "Олена" || x.Inquiry.ID != q.ID || in.Deal.ID != x.ID || in.Client.ID != x.Client.ID {
			t.Fatalf("%+v %+v", x, in)
		}
		hits, err := f.s.ByPhone(f.ctx, "+38 (067) 111-22-33")
		if err != nil || len(hits) != 1 || hits[0].Ref.Name != "Олена" {
			t.Fatal(hits, err)
		}
	})
}

// TestAttention compares the SQL of a deal's attention with the rule.
func TestAttention(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		c := f.client("Карпати")
		for _, since := range []model.Day{0, 5, 10, 11, 15, 16, 40} {
			for _, next := range []model.Day{0, -3, -1, 1, 7} {
				for _, stage := range []string{"first", "hold"} {
					d := &deal.Deal{Subject: "x", Process: ref(f.process), Client: ref(c), Stage: ref(f.stages[stage]), StageSince: monday - since}
					f.save("deal", d)
					due := model.Day(0)
					if next != 0 {
						due = monday + next
						f.save("activity", &deal.Activity{Type: "call", Subject: "y", Deal: ref(d), Assignee: ref(f.ivan), Due: due})
					}
					want := deal.Attention(f.stages[stage].Kind, monday-since, due, monday, f.stages[stage].ExpectedDays)
					rows, err := f.s.Rows(f.ctx, store.Query{Kind: "deal", Columns: []string{"attention"}}, []int64{d.ID})
					if err != nil {
						t.Fatal(err)
					}
					got, _ := rows[0].Cells[0].(string)
					if got != want {
						t.Errorf("%s, %d days in stage, next in %d: %q, want %q", stage, since, next, got, want)
					}
				}
			}
		}
	})
}

func TestComputedFieldsHaveSQL(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		described := map[string]bool{}
		for _, k := range f.base.Registry().Kinds() {
			for _, x := range k.Fields {
				if !x.Computed {
					continue
				}
				if x.BaseOf == "" {
					described[k.Name+"."+x.Name] = true
				}
				if _, err := f.s.Page(f.ctx, store.Query{
					Kind: k.Name, Columns: []string{x.Name}, Sort: []store.Order{{Path: x.Name}},
					Where: filter.Cond{Path: x.Name, Op: emptyOf(x)},
				}); err != nil && x.Type != model.Bool {
					t.Errorf("%s.%s: %v", k.Name, x.Name, err)
				}
			}
		}
		for _, name := range store.Computed() {
			if !described[name] {
				t.Errorf("%s has SQL but is not described", name)
			}
			delete(described, name)
		}
		for name := range described {
			t.Errorf("%s is described but has no SQL", name)
		}
	})
}

func emptyOf(*model.Field) filter.Op { return filter.Empty }

func TestMerge(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		a, b := f.client("ТОВ «Карпати»"), f.client("Карпати ТОВ")
		b.Phone, b.Code = "0671112233", "00032129"
		f.save("client", b)
		d := f.deal("угода", b, 100)
		dup, err := f.s.Duplicates(f.ctx, a)
		if err != nil || len(dup) != 1 || dup[0].Ref.ID != b.ID || dup[0].Why != "name" {
			t.Fatal(dup, err)
		}
		batch, err := f.s.Merge(f.ctx, a.ID, b.ID)
		if err != nil {
			t.Fatal(err)
		}
		f.sound()
		if got := f.get("deal", d.ID).(*deal.Deal); got.Client.ID != a.ID {
			t.Fatalf("%+v", got)
		}
		if !f.get("client", b.ID).Base().Marked {
			t.Error("the second client stays")
		}
		if hits, err := f.s.ByPhone(f.ctx, "067 111 22 33"); err != nil || len(hits) != 1 || hits[0].Ref.ID != a.ID {
			t.Error(hits, err)
		}
		r, err := f.s.Undo(f.ctx, batch.ID, false)
		if err != nil || r.Undone != 3 {
			t.Fatal(r, err)
		}
		f.sound()
		if got := f.get("deal", d.ID).(*deal.Deal); got.Client.ID != b.ID {
			t.Fatalf("%+v", got)
		}
		if hits, err := f.s.ByPhone(f.ctx, "067 111 22 33"); err != nil || len(hits) != 1 || hits[0].Ref.ID != b.ID {
			t.Error(hits, err)
		}
	})
}
