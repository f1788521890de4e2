package ui

import (
	"context"
	"log/slog"
	"time"

	"fyne.io/fyne/v2"

	"ugoda/model"
	"ugoda/service/running"
	"ugoda/store"
	"ugoda/ui/screen"
	"ugoda/ui/screen/quick"
)

// answersWithin is how long another program waits for the window to show what
// it asked for.
const answersWithin = 8 * time.Second

// listen lets other programs of this user ask the window.
func (p *program) listen() {
	dir, err := running.Dir()
	if err == nil {
		p.heard, err = running.Listen(dir, p.asked)
	}
	if err != nil {
		slog.Warn("listen for other programs", "error", err)
	}
}

// deafen ends that.
func (p *program) deafen() {
	if p.heard == nil {
		return
	}
	if err := p.heard.Close(); err != nil {
		slog.Warn("stop listening for other programs", "error", err)
	}
}

// heardAs says under which base the window is found; none is the opening window.
func (p *program) heardAs(address string) {
	if p.heard == nil {
		return
	}
	if err := p.heard.SetBase(address); err != nil {
		slog.Warn("tell other programs which base is open", "error", err)
	}
}

// asked does what another program asks; it is called off the UI goroutine.
func (p *program) asked(a running.Ask) error {
	done := make(chan error, 1)
	fyne.Do(func() {
		p.win.RequestFocus()
		switch {
		case a.Kind == "":
			done <- nil
		case p.frame == nil:
			p.waiting = &a
			done <- nil
		default:
			p.frame.asked(a, func(err error) { done <- err })
		}
	})
	select {
	case err := <-done:
		return err
	case <-time.After(answersWithin):
		return &running.Refusal{Key: "window_silent"}
	}
}

// asked shows a record, or who has a phone, and says how that went.
func (w *Window) asked(a running.Ask, done func(err error)) {
	if a.Kind == running.Phone {
		w.calls(a.Name, done)
		return
	}
	s := w.session
	if s.Registry().Kind(a.Kind) == nil {
		done(&store.UnknownKind{Kind: a.Kind})
		return
	}
	var id int64
	w.Background(w.ctx, func(ctx context.Context) (err error) {
		id, err = s.Find(ctx, a.Kind, a.Name)
		return err
	}, func(err error) {
		if err == nil {
			w.Open(screen.ToCard(a.Kind, id))
		}
		done(err)
	})
}

// calls shows who has a phone: the client, a choice where there are several,
// and for a stranger the form of an inquiry.
func (w *Window) calls(digits string, done func(err error)) {
	s := w.session
	var who []screen.Address
	w.Background(w.ctx, func(ctx context.Context) (err error) {
		who, err = callers(ctx, s, digits)
		return err
	}, func(err error) {
		switch {
		case err != nil:
		case len(who) == 1:
			w.Open(who[0])
		case len(who) > 1:
			w.openPalette()
			w.palette.Type(digits)
		case s.Registry().Kind("inquiry") != nil && w.dialog() == nil:
			quick.InquiryFrom(w, digits)
		default:
			w.Say(w.words.T("form.no_match"))
		}
		done(err)
	})
}

// callers are the cards of those who have a phone; a contact stands for the
// client that he works for.
func callers(ctx context.Context, s *store.Session, digits string) ([]screen.Address, error) {
	hits, err := s.Search(ctx, digits, foundRecords)
	if err != nil {
		return nil, err
	}
	var out []screen.Address
	add := func(kind string, id int64) {
		a := screen.ToCard(kind, id)
		for _, x := range out {
			if x.Same(a) {
				return
			}
		}
		out = append(out, a)
	}
	for _, h := range hits {
		switch {
		case h.Why != "phone":
		case h.Kind == "client":
			add("client", h.Ref.ID)
		case h.Kind == "contact":
			rec, err := s.Get(ctx, "contact", h.Ref.ID)
			if err != nil {
				return nil, err
			}
			if of, ok := s.Registry().Kind("contact").Field("client").Value(rec).(model.Ref); ok && !of.IsZero() {
				add("client", of.ID)
			} else {
				add("contact", h.Ref.ID)
			}
		}
	}
	return out, nil
}
