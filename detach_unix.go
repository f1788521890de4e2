//go:build unix

package main

import (
	"os/exec"
	"syscall"
)

// detach lets a program go on when this one and its terminal end.
func detach(c *exec.Cmd) { c.SysProcAttr = &syscall.SysProcAttr{Setsid: true} }
