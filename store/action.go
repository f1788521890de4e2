package store

import (
	"context"
	"fmt"
	"slices"

	"ugoda/model"
)

// ActionState says whether an action of a record may run now.
type ActionState struct {
	Action   *model.Action
	Problems []model.Problem // why it may not; none: it may
}

// May tells of each action of a record whether it may run now, and if not, why.
func (s *Session) May(ctx context.Context, kind string, rec model.Keeper) ([]ActionState, error) {
	p, err := s.plan(kind)
	if err != nil {
		return nil, err
	}
	w := s.newWork(ctx, nil)
	if rec, err = w.whole(p, rec); err != nil {
		return nil, err
	}
	var out []ActionState
	for _, a := range p.kind.Actions {
		state := ActionState{Action: a}
		if s.mayWrite(p.kind) != nil {
			state.Problems = []model.Problem{model.Wrong("", "forbidden", "kind", kind)}
		} else if rec.Base().Marked {
			state.Problems = []model.Problem{model.Wrong("", "is_in_bin")}
		} else if a.May != nil {
			state.Problems = a.May(rec, facts{w})
		}
		out = append(out, state)
	}
	if w.failed != nil {
		return nil, fmt.Errorf("ask what %s may do: %w", kind, w.failed)
	}
	return out, nil
}

// whole is a record with the stored values of what the session may not see, so
// that rules decide by them; the one given stays as it is.
func (w *work) whole(p *plan, rec model.Keeper) (model.Keeper, error) {
	if w.s.system || rec.Base().ID == 0 || !slices.ContainsFunc(p.kind.Fields, func(f *model.Field) bool { return !f.Computed && !w.s.Sees(f) }) {
		return rec, nil
	}
	stored, err := w.get(p.kind.Name, rec.Base().ID)
	if err != nil || stored == nil {
		return rec, err
	}
	rec = clone(p.kind, rec)
	w.s.restore(p.kind, rec, stored)
	return rec, nil
}

// Leaves tells why a rendering of a record (a file, a letter, a sheet of paper)
// may not leave the firm: nothing means that it may.
func (s *Session) Leaves(ctx context.Context, kind string, id int64) ([]model.Problem, error) {
	p, err := s.plan(kind)
	if err != nil || p.kind.Leaves == nil {
		return nil, err
	}
	w := s.newWork(ctx, nil)
	rec, err := w.get(kind, id)
	if err != nil {
		return nil, err
	}
	if rec == nil {
		return nil, &NotFound{Kind: kind, Name: fmt.Sprintf("#%d", id)}
	}
	problems := p.kind.Leaves(rec, facts{w})
	if w.failed != nil {
		return nil, fmt.Errorf("ask whether %s may leave: %w", kind, w.failed)
	}
	return problems, nil
}

// UnknownAction says that a kind has no such action.
type UnknownAction struct{ Kind, Action string }

func (e *UnknownAction) Error() string { return fmt.Sprintf("%s has no action %q", e.Kind, e.Action) }

// Message says it to a person.
func (e *UnknownAction) Message() (string, map[string]any) {
	return "unknown_action", map[string]any{"kind": e.Kind, "action": e.Action}
}

// Do runs an action of a record in one transaction with all that follows from
// it. It is refused with model.Problems. When it opens something new that was
// created by it, Effects.Open points there.
func (s *Session) Do(ctx context.Context, kind string, id int64, action string, a model.Answers) (model.Effects, error) {
	return s.DoSeen(ctx, kind, id, 0, action, a)
}

// DoSeen is Do for somebody who decided by what he saw: it is refused when the
// record is of another version by now. 0 is any version.
func (s *Session) DoSeen(ctx context.Context, kind string, id, version int64, action string, a model.Answers) (model.Effects, error) {
	p, err := s.plan(kind)
	if err != nil {
		return model.Effects{}, err
	}
	var effects model.Effects
	err = s.write(ctx, func(w *work) error {
		if version != 0 {
			now, err := w.get(kind, id)
			if err != nil {
				return err
			}
			if now != nil && now.Base().Version != version {
				return model.Refused("", "changed_since_seen")
			}
		}
		effects, err = w.do(p, id, action, a)
		return err
	})
	if err != nil {
		return model.Effects{}, err
	}
	s.hideEffects(effects)
	return effects, nil
}

// hideEffects empties in what an action made and changed the fields that the
// session may not see.
func (s *Session) hideEffects(e model.Effects) {
	for _, list := range [][]model.Created{e.Create, e.Change} {
		for _, x := range list {
			if p := s.base.plans[x.Kind]; p != nil {
				s.hide(p.kind, x.Record)
			}
		}
	}
}

func (w *work) do(p *plan, id int64, name string, answers model.Answers) (model.Effects, error) {
	var none model.Effects
	action := p.kind.Action(name)
	if action == nil {
		return none, &UnknownAction{p.kind.Name, name}
	}
	if err := w.s.mayWrite(p.kind); err != nil {
		return none, err
	}
	stored, err := w.get(p.kind.Name, id)
	if err != nil {
		return none, err
	}
	if stored == nil {
		return none, &NotFound{Kind: p.kind.Name, Name: fmt.Sprintf("#%d", id)}
	}
	if stored.Base().Marked {
		return none, model.Refused("", "is_in_bin")
	}
	f := facts{w}
	if action.May != nil {
		if problems := action.May(stored, f); len(problems) > 0 {
			return none, model.Problems(problems)
		}
	}
	answers, err = w.answered(action, answers)
	if err != nil {
		return none, err
	}
	if w.failed != nil {
		return none, w.failed
	}
	rec := clone(p.kind, stored)
	effects, err := action.Do(rec, answers, f)
	if err != nil {
		return none, err
	}
	if w.failed != nil {
		return none, w.failed
	}
	// What the action made comes first: the record may point to it. What points
	// back finds the record, which is there already.
	for _, x := range effects.Create {
		if err := w.applyOne(x, 1); err != nil {
			return none, err
		}
		if x.Kind == effects.OpenKind && effects.Open.IsZero() {
			effects.Open, _, err = w.name(x.Kind, x.Record.Base().ID)
			if err != nil {
				return none, err
			}
		}
	}
	// A rule that followed from those may have changed the record meanwhile.
	if now, err := w.get(p.kind.Name, id); err != nil {
		return none, err
	} else if now.Base().Version != rec.Base().Version {
		rec.Base().Version = now.Base().Version
	}
	if err := w.save(p, rec, name); err != nil {
		return none, err
	}
	return effects, w.apply(model.Effects{Change: effects.Change, Try: effects.Try}, 1)
}

// answered checks the answers to an action's questions: those required are
// there, and each has the type of its question.
func (w *work) answered(action *model.Action, given model.Answers) (model.Answers, error) {
	out := model.Answers{}
	var problems model.Problems
	for name := range given {
		known := false
		for _, q := range action.Asks {
			known = known || q.Name == name
		}
		if !known {
			problems = append(problems, model.Wrong(name, "not_asked", "action", action.Name))
		}
	}
	for _, q := range action.Asks {
		v := given[q.Name]
		if v == nil || empty(v) {
			if q.Required {
				problems = append(problems, model.Wrong(q.Name, "required"))
			}
			continue
		}
		f := &model.Field{Name: q.Name, Type: q.Type}
		if q.Type == model.Choice {
			ok := false
			for _, x := range q.Values {
				ok = ok || x == v
			}
			if !ok {
				problems = append(problems, model.Wrong(q.Name, "not_one_of", "value", v, "values", q.Values))
				continue
			}
		}
		if model.Assign(zeroOf(f), v) != nil {
			problems = append(problems, model.Wrong(q.Name, "wrong_type"))
			continue
		}
		if ref, ok := v.(model.Ref); ok {
			named, found, err := w.name(q.To, ref.ID)
			if err != nil {
				return nil, err
			}
			if !found {
				problems = append(problems, model.Wrong(q.Name, "no_such_record", "kind", q.To))
				continue
			}
			v = named
		}
		out[q.Name] = v
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return out, nil
}
