// Package folder lays letters into a folder instead of sending them: for the
// demo base, whose letters must reach nobody, and for those who have no
// account and send an .eml with a mail program of their own.
package folder

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"time"

	"ugoda/exchange/outfile"
	"ugoda/mail"
	"ugoda/mail/message"
)

// Folder is a mail.Transport that writes each letter as an .eml file named
// after its day, its time and its subject.
type Folder struct {
	Path string
	Now  func() time.Time // dates the name of a letter that has no date
}

var _ mail.Transport = Folder{}

// Deliver implements mail.Transport: the file appears whole or not at all, and
// a letter laid down again replaces itself.
func (f Folder) Deliver(ctx context.Context, env mail.Envelope, data []byte, handing mail.Handing) mail.Outcome {
	failed := func(err error) mail.Outcome {
		o := mail.All(env, mail.Later, mail.Fail("mail.failure.folder", "folder", f.Path).Because(err))
		o.Reached = true
		return o
	}
	if err := os.MkdirAll(f.Path, 0o755); err != nil {
		return failed(err)
	}
	if handing != nil {
		if err := handing(ctx, env.To); err != nil {
			o := mail.All(env, mail.Later, mail.Fail("mail.failure.interrupted").Because(err))
			o.Reached = true
			return o
		}
	}
	if err := outfile.Write(filepath.Join(f.Path, Name(data, f.Now())), data); err != nil {
		return failed(err)
	}
	o := mail.All(env, mail.Accepted, nil)
	o.Reached = true
	return o
}

// Name proposes the name of a letter's .eml file: "2026-11-23 0930 Пропозиція
// 1f0c9a.eml". The last word comes from the bytes, so that two letters of one
// minute do not meet.
func Name(data []byte, at time.Time) string {
	subject := ""
	if p, err := message.Read(data); err == nil {
		subject = p.Subject
		if !p.Date.IsZero() {
			at = p.Date
		}
	}
	if r := []rune(subject); len(r) > 80 {
		subject = string(r[:80])
	}
	sum := sha256.Sum256(data)
	name := at.Format("2006-01-02 1504 ")
	if subject != "" {
		name += subject + " "
	}
	return outfile.Name(name + hex.EncodeToString(sum[:3]) + ".eml")
}
