package form

import (
	"context"
	"log/slog"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
)

func idText(id int64) string { return strconv.FormatInt(id, 10) }

// draftPause is how long a form waits after a change before it writes its draft.
const draftPause = 2 * time.Second

// draftSoon writes the draft after a pause in typing.
func (s *Screen) draftSoon() {
	if s.timer != nil {
		s.timer.Stop()
	}
	if s.host.Window() == nil {
		return
	}
	s.timer = time.AfterFunc(draftPause, func() {
		fyne.Do(func() {
			if s.saving { // what is being saved must not change meanwhile
				s.draftSoon()
				return
			}
			if s.unsaved && !s.closed {
				s.keepDraft()
			}
		})
	})
}

// keepDraft writes down what stands in the form.
func (s *Screen) keepDraft() {
	s.body.gather()
	session := s.host.Session()
	text, err := packDraft(s.kind.Name, s.body.rec, time.Now().UTC())
	if err != nil {
		slog.Warn("keep a draft", "error", err)
		return
	}
	s.write(draftKey(s.kind.Name, s.address.ID), text, session.SetPreference)
}

// dropDraft forgets what was written down.
func (s *Screen) dropDraft() { s.dropDraftOf(false) }

// dropDraftOf forgets the draft of the record, or that of a new one.
func (s *Screen) dropDraftOf(fresh bool) {
	if s.timer != nil {
		s.timer.Stop()
	}
	id := s.address.ID
	if fresh {
		id = 0
	}
	s.write(draftKey(s.kind.Name, id), "", s.host.Session().SetPreference)
}

func (s *Screen) write(key, text string, set func(ctx context.Context, key, value string) error) {
	// Not the screen's own context: closing it must not stop what is being kept.
	s.host.Background(context.WithoutCancel(s.ctx), func(ctx context.Context) error {
		return set(ctx, key, text)
	}, func(err error) {
		if err != nil {
			slog.Warn("keep a draft", "error", err)
		}
	})
}
