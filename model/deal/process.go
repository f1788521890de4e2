// Package deal describes sales as they happen: processes with their stages,
// inquiries, activities and deals, with the rules of moving, winning, losing
// and reopening them.
package deal

import (
	"slices"

	"ugoda/model"
)

// Kinds of stages, which are also the states of deals.
const (
	Open = "open"
	Hold = "hold"
	Won  = "won"
	Lost = "lost"
)

// Process is a route of stages that deals run on.
type Process struct {
	model.Record
	Name   string
	Note   string
	Active bool
	// Where a deal moves on to by itself when a proposal of it is sent or accepted;
	// nowhere: it stays.
	SentStage, AcceptedStage model.Ref
}

// Stage is a step of a process.
type Stage struct {
	model.Record
	Name         string
	Process      model.Ref
	Order        int64
	Kind         string
	Probability  model.Percent // that a deal in it will be won
	ExpectedDays int64         // a deal that stays longer is late; 0: never
	Colour       string        // #rrggbb
	Advice       string        // what to do in it
	FunnelRow    string        // row of a funnel of several processes; empty: its own name
}

// LossReason is why deals are lost.
type LossReason struct {
	model.Record
	Name       string
	NeedsWords bool // as "other" does
	Active     bool
}

func describeProcess(r *model.Registry) {
	settings := []model.Role{model.RoleAdmin, model.RoleHead}

	p := model.Describe[Process](r, "process")
	p.Catalogue, p.Title, p.Sort, p.Writers = true, []string{"name"}, "name", settings
	p.Text("name", func(p *Process) *string { return &p.Name }, model.Required, model.Shown, model.Named)
	p.Bool("active", func(p *Process) *bool { return &p.Active }, model.Shown)
	p.LongText("note", func(p *Process) *string { return &p.Note })
	p.Ref("sent_stage", func(p *Process) *model.Ref { return &p.SentStage }, model.To("stage"), model.Group("proposals"))
	p.Ref("accepted_stage", func(p *Process) *model.Ref { return &p.AcceptedStage }, model.To("stage"), model.Group("proposals"))
	p.Checks(func(p, _ *Process, f model.Facts) []model.Problem {
		var w []model.Problem
		for name, ref := range map[string]model.Ref{"sent_stage": p.SentStage, "accepted_stage": p.AcceptedStage} {
			s := model.Get[Stage](f, "stage", ref)
			switch {
			case ref.IsZero():
			case s == nil || p.ID == 0 || s.Process.ID != p.ID:
				w = append(w, model.Wrong(name, "stage_of_another_process"))
			case s.Kind != Open && s.Kind != Won:
				w = append(w, model.Wrong(name, "stage_is_not_ahead"))
			}
		}
		return w
	})
	p.Defaults(func(p *Process, _ model.Facts) { p.Active = true })

	s := model.Describe[Stage](r, "stage")
	s.Catalogue, s.Title, s.Sort, s.Writers = true, []string{"name"}, "process,order", settings
	s.Text("name", func(s *Stage) *string { return &s.Name }, model.Required, model.Shown, model.Named)
	s.Ref("process", func(s *Stage) *model.Ref { return &s.Process }, model.To("process"), model.Required, model.Shown)
	s.Int("order", func(s *Stage) *int64 { return &s.Order }, model.Shown)
	s.Choice("kind", func(s *Stage) *string { return &s.Kind }, model.OneOf(Open, Hold, Won, Lost), model.Required, model.Shown)
	s.Percent("probability", func(s *Stage) *model.Percent { return &s.Probability }, model.Shown)
	s.Int("expected_days", func(s *Stage) *int64 { return &s.ExpectedDays }, model.Shown)
	s.Text("colour", func(s *Stage) *string { return &s.Colour }, model.Format("colour"))
	s.Text("funnel_row", func(s *Stage) *string { return &s.FunnelRow })
	s.LongText("advice", func(s *Stage) *string { return &s.Advice })
	s.Defaults(func(s *Stage, _ model.Facts) { s.Kind = Open })
	s.Derives(func(s, _ *Stage, _ model.Facts) error {
		switch s.Kind {
		case Won:
			s.Probability = 10_000
		case Lost:
			s.Probability = 0
		}
		return nil
	})
	s.Checks(func(s, old *Stage, _ model.Facts) []model.Problem {
		var w []model.Problem
		if s.Probability < 0 || s.Probability > 10_000 {
			w = append(w, model.Wrong("probability", "percent_range"))
		}
		if s.ExpectedDays < 0 {
			w = append(w, model.Wrong("expected_days", "negative"))
		}
		if old != nil && old.Process.ID != s.Process.ID {
			w = append(w, model.Wrong("process", "stage_stays_in_process"))
		}
		return w
	})

	l := model.Describe[LossReason](r, "loss-reason")
	l.Catalogue, l.Title, l.Sort, l.Writers = true, []string{"name"}, "name", settings
	l.Text("name", func(l *LossReason) *string { return &l.Name }, model.Required, model.Shown, model.Named, model.Unique)
	l.Bool("needs_words", func(l *LossReason) *bool { return &l.NeedsWords }, model.Shown)
	l.Bool("active", func(l *LossReason) *bool { return &l.Active }, model.Shown)
	l.Defaults(func(l *LossReason, _ model.Facts) { l.Active = true })
}

// StagesQuery names the question "unmarked stages of a process, in order";
// its answer is []*Stage.
const StagesQuery = "stages"

// Stages are the unmarked stages of a process, in order.
func Stages(f model.Facts, process model.Ref) []*Stage {
	s, _ := f.Query(StagesQuery, process.ID).([]*Stage)
	return s
}

// StageOf finds the first stage of a kind in a process, nil when it has none.
func StageOf(f model.Facts, process model.Ref, kind string) *Stage {
	stages := Stages(f, process)
	if i := slices.IndexFunc(stages, func(s *Stage) bool { return s.Kind == kind }); i >= 0 {
		return stages[i]
	}
	return nil
}

// Ref points to the stage.
func (s *Stage) Ref() model.Ref { return model.Ref{ID: s.ID, Code: s.Number, Name: s.Name} }
