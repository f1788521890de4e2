package journey

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// process is a program that ends when it is told to, and also when the test
// process ends in whatever way: a shell beside it waits for the end of a pipe
// that only this process holds.
type process struct {
	run   *exec.Cmd
	pipe  io.Closer
	ended chan struct{}
	err   error // how it ended; to be read once ended is closed
}

const supervise = `exec 9<&0
"$@" </dev/null 9<&- &
pid=$!
(
	cat <&9 >/dev/null
	kill "$pid"
	n=0
	while kill -0 "$pid" && [ $n -lt 50 ]; do sleep 0.1; n=$((n + 1)); done
	kill -9 "$pid"
) >/dev/null 2>&1 3>&- &
exec 9<&-
wait "$pid"`

// launch starts a program with its output in log, under a group of its own.
// extra become its file descriptors from 3 on.
func launch(environment []string, log io.Writer, extra []*os.File, program string, arguments ...string) (*process, error) {
	run := exec.Command("/bin/sh", append([]string{"-c", supervise, "sh", program}, arguments...)...)
	run.Env = environment
	run.Stdout, run.Stderr = log, log
	run.ExtraFiles = extra
	run.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	run.WaitDelay = 2 * time.Second
	pipe, err := run.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("make a pipe to %s: %w", program, err)
	}
	if err := run.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", program, err)
	}
	p := &process{run: run, pipe: pipe, ended: make(chan struct{})}
	go func() {
		p.err = run.Wait()
		close(p.ended)
	}()
	return p, nil
}

// stop ends the program and waits until it has ended.
func (p *process) stop() {
	p.pipe.Close()
	<-p.ended
}

// over reports whether the program has ended by itself.
func (p *process) over() bool {
	select {
	case <-p.ended:
		return true
	default:
		return false
	}
}
