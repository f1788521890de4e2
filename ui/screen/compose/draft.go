package compose

import (
	"context"
	"encoding/json"
	"log/slog"
	"slices"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
)

// keepAfter is how long the letter waits after a change before it is kept.
const keepAfter = 1500 * time.Millisecond

// kept is what is kept of a letter that was not sent. Files are not: they are
// still where they came from.
type kept struct {
	At            time.Time
	To, Cc, Bcc   string
	Subject, Text string
	Signature     string
	Formats       []string
	Forms         []string
	InBody        bool
	Variant       string
}

// key is where the letter is kept among the user's preferences.
func (s *Screen) key() string {
	return "letter." + s.At.Kind + "." + strconv.FormatInt(s.At.ID, 10)
}

// changed notes an edit, and keeps the letter after a pause in typing.
func (s *Screen) changed() {
	if !s.ready {
		return
	}
	s.edited = true
	if s.timer != nil {
		s.timer.Stop()
	}
	if s.Host.Window() == nil {
		return
	}
	s.timer = time.AfterFunc(keepAfter, func() {
		fyne.Do(func() {
			if s.edited && !s.closed && !s.sending {
				s.keep()
			}
		})
	})
}

// keep writes down what stands in the letter.
func (s *Screen) keep() {
	k := kept{
		At: time.Now().UTC(), To: s.to.Text, Cc: s.cc.Text, Bcc: s.bcc.Text, Subject: s.subject.Text, Text: s.text.Text, Signature: s.signature.Text,
		Formats: []string{},
	}
	for f, c := range s.formats {
		if c.Value() {
			k.Formats = append(k.Formats, f)
		}
	}
	k.InBody, k.Variant = s.inBody.Value(), s.variant.Value()
	for f, c := range s.forms {
		if c.Value() {
			k.Forms = append(k.Forms, f)
		}
	}
	data, err := json.Marshal(k)
	if err != nil {
		slog.Warn("keep a letter", "error", err)
		return
	}
	s.write(string(data))
}

// forget drops what was kept: the letter was sent, or begins anew.
func (s *Screen) forget() {
	s.edited = false
	if s.timer != nil {
		s.timer.Stop()
	}
	s.write("")
}

func (s *Screen) write(text string) {
	session, key := s.Host.Session(), s.key()
	// Not the screen's own context: closing it must not stop what is being kept.
	s.Host.Background(context.WithoutCancel(s.Ctx), func(ctx context.Context) error {
		return session.SetPreference(ctx, key, text)
	}, func(err error) {
		if err != nil {
			slog.Warn("keep a letter", "error", err)
		}
	})
}

// restore brings back what was kept, and tells when it was; zero: nothing was.
func (s *Screen) restore(text string) time.Time {
	var k kept
	if text == "" || json.Unmarshal([]byte(text), &k) != nil {
		return time.Time{}
	}
	s.to.Set(k.To)
	s.cc.Set(k.Cc)
	s.bcc.Set(k.Bcc)
	s.setText(s.subject, k.Subject)
	s.setText(s.text, k.Text)
	s.setText(s.signature, k.Signature)
	s.inBody.Set(k.InBody)
	s.variant.Set(k.Variant)
	for f, c := range s.forms {
		c.Set(slices.Contains(k.Forms, f))
	}
	for f, c := range s.formats {
		c.Set(false)
		for _, x := range k.Formats {
			if x == f {
				c.Set(true)
			}
		}
	}
	s.edited = true
	return k.At
}
