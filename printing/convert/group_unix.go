//go:build !windows

package convert

import (
	"os/exec"
	"syscall"
)

// apart puts the program into a process group of its own, and has the end of
// the context kill the whole group: soffice is a script that starts another.
func apart(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}

func findWord() Converter { return nil }
