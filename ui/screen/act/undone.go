package act

import (
	"context"
	"slices"

	"ugoda/model"
	"ugoda/service/post"
	"ugoda/service/undone"
	"ugoda/ui/screen"
	"ugoda/ui/screen/mailbox"
)

// Undone reads what a proposal left undone.
func Undone(ctx context.Context, h screen.Host, proposal int64, show func([]undone.Thing)) {
	screen.Read(ctx, h, undoneOf(h, proposal), show)
}

// undoneOf is how what a proposal left undone is read, off the UI goroutine.
func undoneOf(h screen.Host, proposal int64) func(ctx context.Context) ([]undone.Thing, error) {
	session, words, open := h.Session(), h.Words(), h.Services().Office
	return func(ctx context.Context) ([]undone.Thing, error) {
		var office *post.Office
		if open != nil {
			var err error
			if office, err = open(ctx, session); err != nil {
				return nil, err
			}
		}
		return undone.Of(ctx, session, office, words, proposal)
	}
}

// TellUndone tells who has just acted what was left undone, with a way to mend
// it, for as long as it is; the card of the proposal goes on saying it.
func TellUndone(h screen.Host, proposal int64) {
	Undone(context.Background(), h, proposal, func(all []undone.Thing) {
		for _, x := range all {
			label, do := Mend(h, x, func() {})
			read := undoneOf(h, proposal)
			h.Remind(x.Text, label, do, func(ctx context.Context) (bool, error) {
				now, err := read(ctx)
				return slices.ContainsFunc(now, func(y undone.Thing) bool { return y.Text == x.Text }), err
			})
		}
	})
}

// Mend is how something left undone is mended: the words of a button, and what
// it does; nil: nothing that the user can do.
func Mend(h screen.Host, x undone.Thing, done func()) (label string, do func()) {
	t := h.Words().T
	switch x.Way {
	case undone.MoveDeal:
		return t("undone.move"), func() {
			Run(context.Background(), h, x.Kind, x.ID, "move", model.Answers{"stage": x.Stage}, func(model.Effects) { done() })
		}
	case undone.OpenRecord:
		return t("undone.open." + x.Kind), func() { h.Open(screen.ToCard(x.Kind, x.ID)) }
	case undone.SetUpMail:
		if h.Services().Office != nil {
			return t("undone.mail"), func() { mailbox.Edit(h, done) }
		}
	}
	return "", nil
}
