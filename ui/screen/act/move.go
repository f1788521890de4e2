package act

import (
	"context"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/ui/screen"
)

// Move moves a deal to a stage, asking for the reason where the stage means
// that it is lost; done is called when it was moved.
func Move(ctx context.Context, h screen.Host, dealID int64, stage model.Ref, kind string, done func()) {
	k := h.Session().Registry().Kind("deal")
	run := func(a model.Answers) {
		a["stage"] = stage
		Run(ctx, h, "deal", dealID, "move", a, func(model.Effects) { done() })
	}
	if kind != deal.Lost {
		run(model.Answers{})
		return
	}
	Ask(h, "deal", k.Action("lose"), nil, run)
}

// Run does an action of a record in the background, tells the window, and then
// goes on; a refusal is shown in words.
func Run(ctx context.Context, h screen.Host, kind string, id int64, action string, a model.Answers, done func(model.Effects)) {
	session := h.Session()
	screen.Read(ctx, h, func(ctx context.Context) (model.Effects, error) {
		return session.Do(ctx, kind, id, action, a)
	}, func(e model.Effects) {
		h.Saved(kind, id)
		for _, c := range append(e.Create, e.Change...) {
			if c.Record != nil {
				h.Saved(c.Kind, c.Record.Base().ID)
			}
		}
		done(e)
	})
}

// AskAndRun asks what an action asks, runs it, and opens what it leads to.
func AskAndRun(ctx context.Context, h screen.Host, kind string, id int64, action string, known model.Answers, done func()) {
	k := h.Session().Registry().Kind(kind)
	if k == nil || k.Action(action) == nil {
		return
	}
	Ask(h, kind, k.Action(action), known, func(a model.Answers) {
		Run(ctx, h, kind, id, action, a, func(e model.Effects) {
			done()
			Follow(h, e)
		})
	})
}
