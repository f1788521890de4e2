package main

import (
	"context"
	"runtime/debug"
	"time"
)

// When the window's memory is looked through: soon after the start, of which
// much is left over, and then as long as it is open.
const (
	firstRest = 20 * time.Second
	laterRest = 2 * time.Minute
)

// rest gives unused memory back to the system until ctx ends: the window stays
// open all day, beside everything else that a person works with.
func rest(ctx context.Context) {
	for wait := firstRest; ; wait = laterRest {
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		debug.FreeOSMemory()
		giveBack()
	}
}
