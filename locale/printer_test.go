package locale

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"

	"ugoda/model"
)

func TestPlurals(t *testing.T) {
	for n, want := range map[int64]string{0: "0 днів", 1: "1 день", 2: "2 дні", 5: "5 днів", 11: "11 днів", 12: "12 днів", 21: "21 день", 24: "24 дні", 111: "111 днів", 1001: "1 001 день"} {
		same(t, uk.N("day.count", n), want)
	}
}

func TestArguments(t *testing.T) {
	day := model.Date(2026, 11, 3)
	same(t, uk.T("problem.unforeseen", "error", day), "Сталося непередбачене: 03.11.2026")
	same(t, en.T("problem.unforeseen", map[string]any{"error": model.Money{Minor: 150, Currency: "EUR"}}), "Something unforeseen happened: EUR 1.50")
}

func TestMissing(t *testing.T) {
	var log bytes.Buffer
	defer slog.SetDefault(slog.Default())
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
	for range 3 {
		if got := uk.T("no.such.key", "a", 1); got != "no.such.key" {
			t.Error(got)
		}
		same(t, en.T("problem.unforeseen"), "Something unforeseen happened: ")
	}
	if n := strings.Count(log.String(), "no.such.key"); n != 1 {
		t.Errorf("a missing key was logged %d times:\n%s", n, log.String())
	}
	if n := strings.Count(log.String(), "problem.unforeseen"); n != 1 {
		t.Errorf("a missing argument was logged %d times:\n%s", n, log.String())
	}
}

type said struct{}

func (said) Error() string { return "said" }
func (said) Message() (string, map[string]any) {
	return "unforeseen", map[string]any{"error": int64(1284)}
}

func TestErrors(t *testing.T) {
	same(t, uk.Error(nil), "")
	same(t, en.Error(errors.New("boom")), "Something unforeseen happened: boom")
	same(t, en.Error(fmt.Errorf("open: %w", said{})), "Something unforeseen happened: 1,284")
	refused := fmt.Errorf("save: %w", model.Problems{model.Wrong("a", "unforeseen", "error", "x"), model.Wrong("", "unforeseen", "error", "y")})
	same(t, en.Error(refused), "Something unforeseen happened: x\nSomething unforeseen happened: y")
}

func TestLanguages(t *testing.T) {
	for in, want := range map[string]Language{"uk": "uk", "uk_UA.UTF-8": "uk", "en-GB": "en", "EN": "en", "pl": "", "": "", "C": ""} {
		if got, ok := ParseLanguage(in); got != want || ok != (want != "") {
			t.Errorf("ParseLanguage(%q) = %q, %v", in, got, ok)
		}
	}
	if New("xx").Language() != Ukrainian {
		t.Error("an unknown language is not Ukrainian")
	}
	t.Setenv("LC_ALL", "")
	t.Setenv("LC_MESSAGES", "en_US.UTF-8")
	if got := FromEnvironment(); got != English {
		t.Error(got)
	}
	t.Setenv("LC_ALL", "pl_PL")
	if got := FromEnvironment(); got != Ukrainian {
		t.Error(got)
	}
}

func TestConcurrent(t *testing.T) {
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for n := range int64(200) {
				for _, l := range Languages {
					p := New(l)
					p.N("day.count", n)
					p.T("no.such.key.either")
					p.Day(model.Day(n))
				}
			}
		})
	}
	group.Wait()
}

func BenchmarkPlain(b *testing.B) {
	for b.Loop() {
		uk.T("word.yes")
	}
}

func BenchmarkPlural(b *testing.B) {
	for b.Loop() {
		uk.N("day.count", 5)
	}
}

func BenchmarkAmount(b *testing.B) {
	for b.Loop() {
		uk.Amount(1234567890)
	}
}
