package act

import (
	"context"

	"ugoda/model"
	"ugoda/service/post"
	"ugoda/ui/screen"
)

// AfterSending asks, once a proposal has left, what was done with that and what
// comes next: the box of finishing an activity. Closing it leaves all as it is.
func AfterSending(h screen.Host, proposal int64) {
	ctx, session := context.Background(), h.Session()
	k := session.Registry().Kind("proposal")
	if k == nil || k.Action("follow") == nil || !session.MayWrite("proposal") {
		return
	}
	screen.Read(ctx, h, func(ctx context.Context) (model.Answers, error) {
		return post.FollowUp(ctx, session, proposal)
	}, func(known model.Answers) {
		AskUntil(h, "proposal", k.Action("follow"), known, func(a model.Answers, end func(error)) {
			Try(ctx, h, "proposal", proposal, "follow", a, func(_ model.Effects, err error) {
				end(err)
				if day := a.Day("next_due"); day != 0 && err == nil {
					h.Say(h.Words().T("act.next_planned", "day", h.Words().DayInWeek(day)))
				}
			})
		})
	})
}

// MarkSent records a proposal as sent that went another way, with the same
// questions.
func MarkSent(ctx context.Context, h screen.Host, proposal int64, done func()) {
	session := h.Session()
	screen.Read(ctx, h, func(ctx context.Context) (model.Answers, error) {
		return post.FollowUp(ctx, session, proposal)
	}, func(known model.Answers) {
		AskAndRun(ctx, h, "proposal", proposal, "sent", known, done)
	})
}
