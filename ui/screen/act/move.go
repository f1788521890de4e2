package act

import (
	"context"
	"maps"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/ui/screen"
)

// Move moves a deal to a stage, asking for the reason where the stage means
// that it is lost; done is called when it was moved.
func Move(ctx context.Context, h screen.Host, dealID int64, stage model.Ref, kind string, done func()) {
	k := h.Session().Registry().Kind("deal")
	move := func(a model.Answers, end func(error)) {
		a["stage"] = stage
		Try(ctx, h, "deal", dealID, "move", a, func(_ model.Effects, err error) {
			end(err)
			if err == nil {
				done()
			}
		})
	}
	if kind != deal.Lost {
		move(model.Answers{}, h.Fail)
		return
	}
	AskUntil(h, "deal", k.Action("lose"), nil, move)
}

// Try does an action of a record in the background, tells the window, and then
// tells what became of it.
func Try(ctx context.Context, h screen.Host, kind string, id int64, action string, a model.Answers, then func(model.Effects, error)) {
	TrySeen(ctx, h, kind, id, 0, action, a, then)
}

// TrySeen is Try of what was decided by a version that was seen: it is refused
// when the record has changed since then; 0 is any version.
func TrySeen(ctx context.Context, h screen.Host, kind string, id, version int64, action string, a model.Answers, then func(model.Effects, error)) {
	session := h.Session()
	var e model.Effects
	h.Background(ctx, func(ctx context.Context) (err error) {
		e, err = session.DoSeen(ctx, kind, id, version, action, a)
		return err
	}, func(err error) {
		if err == nil {
			h.Saved(kind, id)
			for _, c := range append(e.Create, e.Change...) {
				if c.Record != nil {
					h.Saved(c.Kind, c.Record.Base().ID)
				}
			}
		}
		then(e, err)
		if err == nil && kind == "proposal" {
			TellUndone(h, id)
		}
	})
}

// Run is Try that shows a refusal in words, and goes on only without one.
func Run(ctx context.Context, h screen.Host, kind string, id int64, action string, a model.Answers, done func(model.Effects)) {
	Try(ctx, h, kind, id, action, a, func(e model.Effects, err error) {
		if err != nil {
			h.Fail(err)
			return
		}
		done(e)
	})
}

// AskAndRun asks what an action asks, runs it, and opens what it leads to; what
// is refused can be mended where it was asked.
func AskAndRun(ctx context.Context, h screen.Host, kind string, id int64, action string, known model.Answers, done func()) {
	AskAndRunSeen(ctx, h, kind, id, 0, action, known, done)
}

// AskAndRunSeen is AskAndRun of what was decided by a version that was seen.
func AskAndRunSeen(ctx context.Context, h screen.Host, kind string, id, version int64, action string, known model.Answers, done func()) {
	k := h.Session().Registry().Kind(kind)
	if k == nil || k.Action(action) == nil {
		return
	}
	known = maps.Clone(known)
	if known == nil {
		known = model.Answers{}
	}
	known[kind] = model.Ref{ID: id}
	AskUntil(h, kind, k.Action(action), known, func(a model.Answers, end func(error)) {
		TrySeen(ctx, h, kind, id, version, action, a, func(e model.Effects, err error) {
			end(err)
			if err == nil {
				done()
				Follow(h, e)
			}
		})
	})
}
