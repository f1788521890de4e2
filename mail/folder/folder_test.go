package folder

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ugoda/mail"
	"ugoda/mail/message"
)

func letter(t *testing.T, subject string) message.Letter {
	t.Helper()
	l, err := message.Build(message.Draft{
		From: mail.Address{Mailbox: "a@firma.example"}, To: []mail.Address{{Mailbox: "b@client.example"}},
		Subject: subject, Text: "Доброго дня!", Date: time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC),
	})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestFolder(t *testing.T) {
	f := Folder{Path: filepath.Join(t.TempDir(), "Листи", "демо"), Now: time.Now}
	first, second := letter(t, "КП № 1/2: «Стіл»"), letter(t, "КП № 1/2: «Стіл»")
	for _, l := range []message.Letter{first, second, first} {
		handed := false
		o := f.Deliver(context.Background(), l.Envelope, l.Data, func(context.Context, []string) error { handed = true; return nil })
		if len(o.Results) != 1 || o.Results[0].Verdict != mail.Accepted || !handed {
			t.Fatalf("%+v", o)
		}
	}
	files, err := filepath.Glob(filepath.Join(f.Path, "*"))
	if err != nil || len(files) != 2 {
		t.Fatalf("%v %v", files, err)
	}
	for _, name := range files {
		if !strings.HasPrefix(filepath.Base(name), "2026-11-23 0930 КП № 1_2_ «Стіл» ") || filepath.Ext(name) != ".eml" {
			t.Errorf("named %q", name)
		}
		data, err := os.ReadFile(name)
		if err != nil || !bytes.Equal(data, first.Data) && !bytes.Equal(data, second.Data) {
			t.Errorf("%s: other bytes, %v", name, err)
		}
	}
}

func TestFolderRefuses(t *testing.T) {
	dir := t.TempDir()
	l := letter(t, "")
	o := Folder{Path: dir, Now: time.Now}.Deliver(context.Background(), l.Envelope, l.Data, func(context.Context, []string) error { return errors.New("stale") })
	if o.Results[0].Verdict != mail.Later {
		t.Errorf("%+v", o)
	}
	if files, _ := os.ReadDir(dir); len(files) > 0 {
		t.Error("a letter that was not handed over was laid down")
	}
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	o = Folder{Path: file, Now: time.Now}.Deliver(context.Background(), l.Envelope, l.Data, nil)
	if o.Results[0].Verdict != mail.Later || o.Results[0].Failure.Key != "mail.failure.folder" {
		t.Errorf("%+v", o)
	}
}
