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
// closed. A deal without a day enters on the one that the plan names.
func (r *runner) saveDeal(d *deal.Deal) error {
	opened, closed := d.Opened, d.Closed
	if !r.brings("opened") || opened == 0 {
		opened = r.p.Missing
	}
	if opened == 0 {
		opened = r.s.Today()
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
		before, err := r.before(d)
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

// brings reports whether the file has a column for a field.
func (r *runner) brings(field string) bool {
	for _, t := range r.columns {
		if t.Field == field {
			return true
		}
	}
	return false
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
	if r.stages == nil {
		r.stages = map[int64]*deal.Stage{}
	}
	s, _ := rec.(*deal.Stage)
	r.stages[ref.ID] = s
	return s, nil
}

// before is the stage that a closed deal stood in: the one that the plan
// names, else the last open one of its process.
func (r *runner) before(d *deal.Deal) (model.Ref, error) {
	key := "before:" + d.Process.Name
	if id, ok := r.known[key]; ok {
		return model.Ref{ID: id}, nil
	}
	where := filter.And{filter.Cond{Path: "process", Op: filter.Eq, Values: []filter.Value{filter.ID(d.Process.ID)}}}
	if r.p.OpenStage != "" {
		where = append(where, filter.Cond{Path: "name", Op: filter.Eq, Values: []filter.Value{filter.String(r.p.OpenStage)}})
	} else {
		where = append(where, filter.Cond{Path: "kind", Op: filter.Eq, Values: []filter.Value{filter.String(deal.Open)}})
	}
	rows, err := r.b.Page(r.ctx, store.Query{Kind: "stage", Columns: []string{"name"}, Where: where, Sort: []store.Order{{Path: "order", Desc: true}}, Limit: 1})
	if err != nil || len(rows) == 0 {
		return model.Ref{}, err
	}
	r.known[key] = rows[0].ID
	return model.Ref{ID: rows[0].ID}, nil
}
