package run_test

import (
	"context"
	"sync/atomic"
	"testing"

	"fyne.io/fyne/v2/test"

	"ugoda/ui/run"
)

// held keeps the work until the test lets it go, in any order.
type held struct{ todo []func() }

func (h *held) Go(ctx context.Context, work func(context.Context) func()) {
	h.todo = append(h.todo, func() {
		if apply := work(ctx); apply != nil && ctx.Err() == nil {
			apply()
		}
	})
}

func TestLatestDropsLateAnswers(t *testing.T) {
	h := &held{}
	l := run.NewLatest(h)
	var shown []string
	ask := func(s string) {
		l.Go(t.Context(), func(context.Context) func() { return func() { shown = append(shown, s) } })
	}
	ask("к")
	ask("ка")
	ask("кар")
	if !l.Busy() {
		t.Error("not busy while work is under way")
	}
	h.todo[2]()
	h.todo[0]()
	h.todo[1]()
	if len(shown) != 1 || shown[0] != "кар" {
		t.Errorf("shown: %q", shown)
	}
	if l.Busy() {
		t.Error("busy after the answer")
	}
	ask("карп")
	l.Cancel()
	h.todo[3]()
	if len(shown) != 1 {
		t.Errorf("a cancelled answer was shown: %q", shown)
	}
}

func TestLatestTellsWorkThatItIsCancelled(t *testing.T) {
	h := &held{}
	l := run.NewLatest(h)
	var first error
	l.Go(t.Context(), func(ctx context.Context) func() { first = ctx.Err(); return nil })
	l.Go(t.Context(), func(context.Context) func() { return nil })
	h.todo[0]()
	if first == nil {
		t.Error("the first work was not cancelled")
	}
}

func TestSyncRunsAtOnceUnlessCancelled(t *testing.T) {
	n := 0
	run.Sync{}.Go(t.Context(), func(context.Context) func() { return func() { n++ } })
	ctx, cancel := context.WithCancel(t.Context())
	run.Sync{}.Go(ctx, func(context.Context) func() { cancel(); return func() { n += 10 } })
	run.Sync{}.Go(ctx, func(context.Context) func() { n += 100; return nil })
	if n != 1 {
		t.Errorf("n is %d", n)
	}
}

func TestBackgroundAppliesAndSurvivesAPanic(t *testing.T) {
	test.NewTempApp(t)
	var applied, dropped, panicked atomic.Int32
	b := &run.Background{OnPanic: func(any) { panicked.Add(1) }}
	b.Go(t.Context(), func(context.Context) func() { return func() { applied.Add(1) } })
	b.Go(t.Context(), func(context.Context) func() { panic("broken") })
	ctx, cancel := context.WithCancel(t.Context())
	b.Go(ctx, func(context.Context) func() { cancel(); return func() { dropped.Add(1) } })
	b.Wait()
	if applied.Load() != 1 || dropped.Load() != 0 || panicked.Load() != 1 {
		t.Errorf("applied %d, dropped %d, panicked %d", applied.Load(), dropped.Load(), panicked.Load())
	}
}
