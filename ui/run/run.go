// Package run is how the window works in the background: work reads into plain
// values off the UI goroutine, and what it hands back shows them in one step
// on it. Answers that nobody waits for any more are dropped.
package run

import (
	"context"
	"log/slog"
	"runtime/debug"
	"sync"

	"fyne.io/fyne/v2"
)

// Runner runs work in the background and what it hands back on the UI
// goroutine.
type Runner interface {
	// Go runs work; its result, when it is not nil, is called on the UI
	// goroutine. It is dropped when ctx was cancelled before it could run.
	Go(ctx context.Context, work func(context.Context) (apply func()))
}

// Background runs each work in a goroutine of its own. The zero value is
// ready.
type Background struct {
	// OnPanic is told, on the UI goroutine, what stopped a work; nil: the
	// log alone is.
	OnPanic func(reason any)

	wg sync.WaitGroup
}

// Go implements Runner.
func (b *Background) Go(ctx context.Context, work func(context.Context) (apply func())) {
	b.wg.Add(1)
	go func() {
		defer b.wg.Done()
		defer func() {
			if reason := recover(); reason != nil {
				slog.Error("background work stopped", "reason", reason, "stack", string(debug.Stack()))
				if b.OnPanic != nil {
					fyne.Do(func() { b.OnPanic(reason) })
				}
			}
		}()
		if ctx.Err() != nil {
			return
		}
		apply := work(ctx)
		if apply == nil || ctx.Err() != nil {
			return
		}
		fyne.Do(func() {
			if ctx.Err() == nil {
				apply()
			}
		})
	}()
}

// Wait returns when all work has ended; what it handed back may still be on
// its way. For closing the program.
func (b *Background) Wait() { b.wg.Wait() }

// Sync runs work and its result at once, on the calling goroutine: for tests
// and for drawing screens without a window.
type Sync struct{}

// Go implements Runner.
func (Sync) Go(ctx context.Context, work func(context.Context) (apply func())) {
	if ctx.Err() != nil {
		return
	}
	if apply := work(ctx); apply != nil && ctx.Err() == nil {
		apply()
	}
}

// Latest runs work of which only the last matters, such as the answers to what
// a person is typing: new work cancels the one before it. It belongs to the UI
// goroutine.
type Latest struct {
	runner Runner
	cancel context.CancelFunc
	busy   bool
}

// NewLatest makes a Latest that runs its work with r.
func NewLatest(r Runner) *Latest { return &Latest{runner: r} }

// Go cancels the work before and runs this one.
func (l *Latest) Go(ctx context.Context, work func(context.Context) (apply func())) {
	l.Cancel()
	ctx, cancel := context.WithCancel(ctx)
	l.cancel, l.busy = cancel, true
	l.runner.Go(ctx, func(ctx context.Context) func() {
		apply := work(ctx)
		return func() {
			// This runs only while ctx is alive: no later work has begun.
			l.cancel, l.busy = nil, false
			cancel()
			if apply != nil {
				apply()
			}
		}
	})
}

// Busy reports that work is under way whose answer will be shown.
func (l *Latest) Busy() bool { return l.busy }

// Cancel drops the work under way, if any.
func (l *Latest) Cancel() {
	if l.cancel != nil {
		l.cancel()
		l.cancel = nil
	}
	l.busy = false
}
