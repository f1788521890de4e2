package main

import (
	"os"
	"syscall"
)

// A program of windows has no console of its own. Started from one, it joins
// it, so that commands can answer; output that was redirected stays where it
// was sent.
func init() {
	const attachParent = ^uintptr(0) // ATTACH_PARENT_PROCESS
	kernel := syscall.NewLazyDLL("kernel32.dll")
	out, _ := syscall.GetStdHandle(syscall.STD_OUTPUT_HANDLE)
	errs, _ := syscall.GetStdHandle(syscall.STD_ERROR_HANDLE)
	if usable(out) && usable(errs) {
		return
	}
	if joined, _, _ := kernel.NewProc("AttachConsole").Call(attachParent); joined == 0 {
		return // started from the desktop
	}
	console, err := os.OpenFile("CONOUT$", os.O_RDWR, 0)
	if err != nil {
		return
	}
	if !usable(out) {
		os.Stdout = console
	}
	if !usable(errs) {
		os.Stderr = console
	}
}

func usable(h syscall.Handle) bool { return h != 0 && h != syscall.InvalidHandle }
