package ui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"ugoda/store"
	"ugoda/ui/screen"
)

// pollEvery is how often the window asks what others have saved.
const pollEvery = 2 * time.Second

// watch follows what is saved in the base, by anybody, until the window closes.
func (w *Window) watch() {
	s := w.session
	w.Background(w.ctx, func(ctx context.Context) error {
		_, last, err := s.Changes(ctx, -1)
		w.since = last
		return err
	}, func(err error) {
		if err != nil {
			logQuietly("begin to follow changes", err)
		}
		go func() {
			ticker := time.NewTicker(pollEvery)
			defer ticker.Stop()
			for {
				select {
				case <-w.ctx.Done():
					return
				case <-ticker.C:
					fyne.Do(w.poll)
				}
			}
		}()
	})
}

// poll asks once what was saved since the last time, and tells the screens.
func (w *Window) poll() {
	s, since := w.session, w.since
	var changed []store.Changed
	var last int64
	w.Background(w.ctx, func(ctx context.Context) (err error) {
		changed, last, err = s.Changes(ctx, since)
		return err
	}, func(err error) {
		if err != nil {
			logQuietly("follow changes", err)
			return
		}
		if last <= w.since {
			return // a poll that began later was faster
		}
		w.since = last
		kinds := map[string][]int64{}
		for _, c := range changed {
			kinds[c.Kind] = append(kinds[c.Kind], c.ID)
		}
		if len(kinds) > 0 {
			w.tell(kinds)
		}
	})
}

// tell passes on what was saved: to the tab in front at once, to the others
// when they come to the front.
func (w *Window) tell(kinds map[string][]int64) {
	for i, t := range w.tabs {
		r, ok := t.screen.(screen.Refresher)
		switch {
		case !ok:
		case i == w.active:
			r.Changed(kinds)
		default:
			if t.stale == nil {
				t.stale = map[string][]int64{}
			}
			for k, ids := range kinds {
				t.stale[k] = append(t.stale[k], ids...)
			}
		}
	}
	w.countSections()
	w.rethink()
	if w.band != nil {
		w.band.changed(kinds)
	}
}

// Saved implements screen.Host.
func (w *Window) Saved(string, ...int64) { w.poll() }
