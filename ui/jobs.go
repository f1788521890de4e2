package ui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"ugoda/ui/frame"
)

// job is long work that runs.
type job struct {
	label  string
	part   float64
	cancel context.CancelFunc
}

// stepOfProgress is how often the status bar follows work at most.
const stepOfProgress = 80 * time.Millisecond

// Job implements screen.Host.
func (w *Window) Job(label string, work func(ctx context.Context, report func(done, total int64)) error, done func(err error)) {
	ctx, cancel := context.WithCancel(w.ctx)
	j := &job{label: label, part: -1, cancel: cancel}
	w.jobs = append(w.jobs, j)
	w.showJobs()
	var last time.Time
	report := func(n, total int64) {
		if now := time.Now(); now.Sub(last) < stepOfProgress || w.gone.Load() {
			return
		}
		last = time.Now()
		part := -1.0
		if total > 0 {
			part = float64(n) / float64(total)
		}
		fyne.Do(func() {
			j.part = part
			w.showJobs()
		})
	}
	// The window's context, not the job's: a stopped job still has an end to show.
	w.Background(w.ctx, func(context.Context) error {
		err := work(ctx, report)
		if err == nil && ctx.Err() != nil {
			return ctx.Err()
		}
		return err
	}, func(err error) {
		cancel()
		for i, x := range w.jobs {
			if x == j {
				w.jobs = append(w.jobs[:i], w.jobs[i+1:]...)
				break
			}
		}
		w.showJobs()
		done(err)
	})
}

func (w *Window) showJobs() {
	list := make([]frame.Running, len(w.jobs))
	for i, j := range w.jobs {
		label := j.label
		if j.part >= 0 {
			label += " " + w.words.Int(int64(j.part*100)) + " %"
		}
		list[i] = frame.Running{Label: label, Part: j.part, Stop: j.cancel}
	}
	w.status.SetWork(list)
}
