package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"time"

	"ugoda/cli"
	"ugoda/model/records"
	"ugoda/service/running"
	"ugoda/store"
)

// startsWithin is how long a window may take to open.
const startsWithin = 30 * time.Second

// showInWindow shows a record in the window that runs; when none does, in a
// new one on the base that was named.
func showInWindow(ctx context.Context, s cli.Start, kind, name string) error {
	dir, err := running.Dir()
	if err != nil {
		return err
	}
	ask := running.Ask{Kind: kind, Name: name}
	err = running.Put(ctx, dir, s.Base, ask)
	var none *running.NoWindow
	if !errors.As(err, &none) || s.Base == "" {
		return err
	}
	if err := openable(ctx, s.Base); err != nil {
		return err
	}
	if err := displayMissing(); err != nil {
		return err
	}
	ended, err := startWindow(s)
	if err != nil {
		return err
	}
	late := time.After(startsWithin)
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-late:
			return &running.Refusal{Key: "window_silent"}
		case <-ended:
			return &running.Refusal{Key: "window_failed"}
		case <-time.After(150 * time.Millisecond):
		}
		if err := running.Put(ctx, dir, s.Base, ask); !errors.As(err, &none) {
			return err
		}
	}
}

// openable refuses what the window could not open; an older base it can update.
func openable(ctx context.Context, address string) error {
	b, err := store.Open(ctx, address, store.Options{Registry: records.New()})
	if old := (*store.NeedsMigration)(nil); errors.As(err, &old) {
		return nil
	}
	if err != nil {
		return err
	}
	return b.Close()
}

// startWindow starts this program once more, as the window, on its own; ended
// tells when it is gone.
func startWindow(s cli.Start) (ended <-chan struct{}, err error) {
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("find this program: %w", err)
	}
	var args []string
	if s.User != "" {
		args = append(args, "--user", s.User)
	}
	if s.Language != "" {
		args = append(args, "--lang", string(s.Language))
	}
	if s.Today != 0 {
		args = append(args, "--today", s.Today.String())
	}
	if s.Another {
		args = append(args, "--new-window")
	}
	c := exec.Command(self, args...)                   //nolint:noctx // it outlives this program
	c.Env = append(os.Environ(), "UGODA_BASE="+s.Base) // an address may hold a password, and arguments are for everybody to see
	detach(c)
	if err := c.Start(); err != nil {
		return nil, fmt.Errorf("start the window: %w", err)
	}
	gone := make(chan struct{})
	go func() {
		_ = c.Wait() // how it ended is in its log
		close(gone)
	}()
	return gone, nil
}
