package main

import (
	"os/exec"
	"syscall"
)

// Flags of CreateProcess that are not in package syscall.
const detachedProcess = 0x00000008

// detach lets a program go on when this one and its terminal end.
func detach(c *exec.Cmd) {
	c.SysProcAttr = &syscall.SysProcAttr{CreationFlags: syscall.CREATE_NEW_PROCESS_GROUP | detachedProcess}
}
