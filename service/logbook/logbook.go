// Package logbook keeps the log of the window: one line for an event, in a
// file that is turned over when it has grown. What people type stays out of
// it: names, phones, addresses, numbers and quoted words are blanked before a
// line is written, for an error may carry them from anywhere.
package logbook

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"strings"

	"gopkg.in/natefinch/lumberjack.v2"
)

// How much is kept.
const (
	megabytes = 1 // of one file
	older     = 3 // files besides the one being written
	keptDays  = 90
)

// Names of the files in the folder of a log.
const (
	logName   = "ugoda.log"
	crashName = "ugoda.crash"
)

// Book is an open log.
type Book struct {
	dir   string
	file  *lumberjack.Logger
	crash *os.File
}

// Open opens the log in a folder, which is made when it is not there. From then
// on a crash of the program leaves its trace beside the log as well.
func Open(dir string) (*Book, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of the log: %w", err)
	}
	b := &Book{dir: dir, file: &lumberjack.Logger{
		Filename: filepath.Join(dir, logName), MaxSize: megabytes, MaxBackups: older, MaxAge: keptDays, LocalTime: true,
	}}
	crash, err := os.OpenFile(filepath.Join(dir, crashName), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err == nil {
		err = debug.SetCrashOutput(crash, debug.CrashOptions{})
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("keep the traces of crashes: %w", err), b.Close())
	}
	b.crash = crash
	return b, nil
}

// Close ends the log.
func (b *Book) Close() error {
	var errs []error
	if b.crash != nil {
		errs = append(errs, debug.SetCrashOutput(nil, debug.CrashOptions{}), b.crash.Close())
	}
	return errors.Join(append(errs, b.file.Close())...)
}

// Handler writes into the log what a slog.Logger is told.
func (b *Book) Handler() slog.Handler {
	return slog.NewTextHandler(b.file, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		switch v := a.Value.Any().(type) {
		case error:
			a.Value = slog.StringValue(Clean(v.Error()))
		case string:
			a.Value = slog.StringValue(Clean(v))
		case fmt.Stringer:
			if a.Key != slog.TimeKey && a.Key != slog.LevelKey {
				a.Value = slog.StringValue(Clean(v.String()))
			}
		}
		return a
	}})
}

// Tail gives the last lines of the log, and of the trace of the last crash.
func (b *Book) Tail(lines int) string {
	out := tail(filepath.Join(b.dir, logName), lines)
	if crash := tail(filepath.Join(b.dir, crashName), lines); crash != "" {
		out += "\n" + Clean(crash) // the lines of the log are clean already
	}
	return out
}

// mostRead is how much of the end of a file is looked at.
const mostRead = 64 << 10

func tail(path string, lines int) string {
	f, err := os.Open(path)
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			return Clean(err.Error())
		}
		return ""
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.Size() > mostRead {
		if _, err := f.Seek(-mostRead, io.SeekEnd); err != nil {
			return Clean(err.Error())
		}
	}
	data, err := io.ReadAll(io.LimitReader(f, mostRead))
	if err != nil {
		return Clean(err.Error())
	}
	all := bytes.Split(bytes.TrimRight(data, "\n"), []byte("\n"))
	return string(bytes.Join(all[max(0, len(all)-lines):], []byte("\n")))
}

// What may be a client's.
var (
	quoted  = regexp.MustCompile(`«[^»]*»|“[^”]*”|"(?:[^"\\]|\\.)*"|'[^']{2,}'|` + "`[^`]*`")
	mailbox = regexp.MustCompile(`[^\s<>"'(),;:]+@[^\s<>"'(),;:]+`)
	keys    = regexp.MustCompile(`\)=\([^)]*\)`) // PostgreSQL's "Key (name)=(…)"
	letters = regexp.MustCompile(`[^\x00-\x7f…‹›]+(?:[ \-’ʼ'.]+[^\x00-\x7f…‹›]+)*`)
	digits  = regexp.MustCompile(`\+?\(?\d(?:[\d()\s.\-]*\d){5,}`)
	moment  = regexp.MustCompile(`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?`)
)

// blank stands where something was left out.
const blank = "…"

// Clean is a text without what may be a client's: whatever is quoted, mail
// addresses, words in other letters than Latin ones, and long numbers. Moments
// stay.
func Clean(s string) string {
	if home, err := os.UserHomeDir(); err == nil && len(home) > 1 {
		s = strings.ReplaceAll(s, home, "~")
	}
	s = quoted.ReplaceAllString(s, blank)
	s = mailbox.ReplaceAllString(s, blank)
	s = keys.ReplaceAllString(s, ")=("+blank+")")
	s = letters.ReplaceAllString(s, blank)
	var out strings.Builder
	at := 0
	for _, m := range moment.FindAllStringIndex(s, -1) {
		out.WriteString(digits.ReplaceAllString(s[at:m[0]], blank))
		out.WriteString(s[m[0]:m[1]])
		at = m[1]
	}
	out.WriteString(digits.ReplaceAllString(s[at:], blank))
	return out.String()
}
