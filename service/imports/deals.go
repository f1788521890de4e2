package imports

import (
	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/filter"
	"ugoda/store"
)

// saveDeal brings a deal in on the days that the file tells, so that the
// funnel as of a past day is what the file says: it enters the stage before
// its end on the day it was opened, and its last stage on the day it was
// closed. A deal without a day enters on the one that a person named, and says
// so in its note.
//
// stood is the stage in which a deal of the base stands so far: one that the
// file moves to its end moves on the day that the file tells.
func (r *runner) saveDeal(d *deal.Deal, stood model.Ref) error {
	opened, closed := d.Opened, d.Closed
	if d.ID != 0 {
		if stood.ID == d.Stage.ID || !r.got("closed") || closed == 0 {
			return r.b.Save(r.ctx, "deal", d)
		}
		if closed < d.StageSince {
			return model.Refused("closed", "before_beginning")
		}
		return r.saveOn(closed, d)
	}
	switch {
	case opened == 0:
		opened = r.s.Today()
	case r.p.Mapped("opened") && !r.got("opened"):
		said := r.words.T("import.day_assumed", "file", r.file, "day", r.words.Day(opened))
		if d.Note != "" {
			said = d.Note + "\n" + said
		}
		d.Note = said
	}
	d.Opened, d.Closed, d.StageSince = opened, 0, 0
	last := d.Stage
	stage, err := r.stage(last)
	if err != nil {
		return err
	}
	if stage != nil && (stage.Kind == deal.Won || stage.Kind == deal.Lost) {
		if closed == 0 {
			closed = opened
		}
		if closed < opened {
			return model.Refused("closed", "before_beginning")
		}
		before, err := r.stageBefore(d)
		if err != nil {
			return err
		}
		if !before.IsZero() {
			reason, words := d.LossReason, d.LossWords
			d.Stage = before
			if err := r.saveOn(opened, d); err != nil {
				return err
			}
			d.Stage, d.LossReason, d.LossWords = last, reason, words
			return r.saveOn(closed, d)
		}
		opened = closed
	}
	return r.saveOn(opened, d)
}

// saveOn saves on a day of the past, as the file tells.
func (r *runner) saveOn(day model.Day, d *deal.Deal) error {
	r.b.Import(day)
	defer r.b.Import(0)
	return r.b.Save(r.ctx, "deal", d)
}

func (r *runner) stage(ref model.Ref) (*deal.Stage, error) {
	if ref.ID == 0 {
		return nil, nil
	}
	if s, ok := r.stages[ref.ID]; ok {
		return s, nil
	}
	rec, err := r.b.Get(r.ctx, "stage", ref.ID)
	if err != nil {
		return nil, err
	}
	s, _ := rec.(*deal.Stage)
	r.stages[ref.ID] = s
	return s, nil
}

// stageBefore is the stage that a closed deal stood in: the one that the plan
// names, else the last open one of its process.
func (r *runner) stageBefore(d *deal.Deal) (model.Ref, error) {
	if ref, ok := r.before[d.Process.ID]; ok {
		return ref, nil
	}
	where := filter.And{filter.Cond{Path: "process", Op: filter.Eq, Values: []filter.Value{filter.ID(d.Process.ID)}}}
	if r.p.OpenStage != "" {
		where = append(where, filter.Cond{Path: "name", Op: filter.Eq, Values: []filter.Value{filter.String(r.p.OpenStage)}})
	} else {
		where = append(where, filter.Cond{Path: "kind", Op: filter.Eq, Values: []filter.Value{filter.String(deal.Open)}})
	}
	rows, err := r.b.Page(r.ctx, store.Query{Kind: "stage", Columns: []string{"name"}, Where: where, Sort: []store.Order{{Path: "order", Desc: true}}, Limit: 1})
	if err != nil {
		return model.Ref{}, err
	}
	if len(rows) == 0 && r.p.OpenStage != "" {
		return model.Ref{}, model.Refused("stage", "no_such_stage", "stage", r.p.OpenStage)
	}
	ref := model.Ref{}
	if len(rows) > 0 {
		ref.ID = rows[0].ID
	}
	r.before[d.Process.ID] = ref
	return ref, nil
}
