//go:build !windows

package spool

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"ugoda/locale"
)

// stand puts programs of these names and scripts alone on the path.
func stand(t *testing.T, scripts map[string]string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for name, s := range scripts {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\nPATH=/usr/bin:/bin\ncd "+dir+"\n"+s+"\n"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir)
	return dir
}

func TestPrint(t *testing.T) {
	dir := stand(t, map[string]string{"lp": `for a; do echo "[$a]"; done >args; cat >got; echo $LC_ALL >lang`})
	err := System().Print(context.Background(), []byte("%PDF-1.4 рахунок"), Job{Printer: "Office", Title: "Рахунок\n№ 5", Copies: 2})
	if err != nil {
		t.Fatal(err)
	}
	read := func(name string) string {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return strings.TrimSpace(string(b))
	}
	if got := strings.ReplaceAll(read("args"), "\n", " "); got != "[-s] [-d] [Office] [-n] [2] [-t] [Рахунок № 5] [-o] [document-format=application/pdf] [-]" {
		t.Error(got)
	}
	if read("got") != "%PDF-1.4 рахунок" || read("lang") != "C" {
		t.Errorf("%q in %q", read("got"), read("lang"))
	}
	if err := System().Print(context.Background(), nil, Job{}); err != nil {
		t.Fatal(err)
	}
	if got := strings.ReplaceAll(read("args"), "\n", " "); got != "[-s] [-o] [document-format=application/pdf] [-]" {
		t.Error(got)
	}
}

func TestPrintErrors(t *testing.T) {
	for says, want := range map[string]error{
		"lp: Error - no default destination available.":          &NoPrinter{},
		"lp: The printer or class does not exist.":               &NoPrinter{},
		"lp: Error - scheduler is not running.":                  &Unavailable{},
		"lp: Error - unable to queue: the paper tray is on fire": &Refused{},
	} {
		stand(t, map[string]string{"lp": "echo '" + says + "' >&2; exit 1"})
		err := System().Print(context.Background(), []byte("x"), Job{Printer: "P"})
		if reflect.TypeOf(err) != reflect.TypeOf(want) {
			t.Errorf("%s: %T %v", says, err, err)
		}
		if text := locale.New(locale.English).Error(err); text == "" || strings.Contains(text, "problem.") || strings.Contains(text, "nforeseen") {
			t.Errorf("%s: no message for people but %q", says, text)
		}
	}
	stand(t, nil)
	var u *Unavailable
	if err := System().Print(context.Background(), nil, Job{}); !errors.As(err, &u) {
		t.Error(err)
	}
	if _, err := System().Printers(context.Background()); !errors.As(err, &u) {
		t.Error(err)
	}
}

func TestPrinters(t *testing.T) {
	stand(t, map[string]string{"lpstat": `printf 'printer Archive disabled since Mon 23 Nov 2026 -\n\tPaused\nprinter HP_LaserJet is idle.  enabled since Mon 23 Nov 2026\nprinter Office now printing Office-7.  enabled since Mon\nsystem default destination: Office\n'`})
	got, err := System().Printers(context.Background())
	want := []Printer{{"Office", true, true}, {"Archive", false, false}, {"HP_LaserJet", false, true}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v %v", got, err)
	}
	stand(t, map[string]string{"lpstat": `echo 'lpstat: No destinations added.' >&2; exit 1`})
	if got, err := System().Printers(context.Background()); err != nil || len(got) != 0 {
		t.Errorf("%v %v", got, err)
	}
}

func TestPrintIsCancelled(t *testing.T) {
	stand(t, map[string]string{"lp": "exec sleep 5"})
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	begun := time.Now()
	if err := System().Print(ctx, nil, Job{}); !errors.Is(err, context.DeadlineExceeded) || time.Since(begun) > 3*time.Second {
		t.Errorf("%v after %v", err, time.Since(begun))
	}
}

func FuzzStatus(f *testing.F) {
	f.Add("printer A is idle.\nsystem default destination: A\n")
	f.Add("printer\n\nprinter  x")
	f.Fuzz(func(t *testing.T, s string) {
		for _, p := range parseStatus(s) {
			if p.Name == "" || strings.ContainsAny(p.Name, " \n") {
				t.Errorf("printer %q out of %q", p.Name, s)
			}
		}
	})
}
