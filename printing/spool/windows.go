//go:build windows

package spool

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/windows"
)

func system() Spooler { return Windows{} }

// Windows prints by the "print" verb of the program that PDF files open in.
type Windows struct{}

const createNoWindow = 0x08000000

// Printers asks PowerShell, which every Windows since 8 has, for the printers.
func (Windows) Printers(ctx context.Context) ([]Printer, error) {
	const script = `[Console]::OutputEncoding=[Text.Encoding]::UTF8; ConvertTo-Json -Compress @(Get-CimInstance Win32_Printer | Select-Object Name,Default,WorkOffline)`
	cmd := exec.CommandContext(ctx, "powershell.exe", "-NoProfile", "-NonInteractive", "-Command", script)
	cmd.SysProcAttr = &syscall.SysProcAttr{HideWindow: true, CreationFlags: createNoWindow}
	out, err := cmd.Output()
	if err != nil {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		return nil, &Unavailable{fmt.Errorf("list printers: %w", err)}
	}
	var found []struct {
		Name        string
		Default     bool
		WorkOffline bool
	}
	if err := json.Unmarshal(bytes.TrimPrefix(bytes.TrimSpace(out), []byte("\xef\xbb\xbf")), &found); err != nil {
		return nil, &Unavailable{fmt.Errorf("read the list of printers: %w", err)}
	}
	var list []Printer
	for _, f := range found {
		p := Printer{Name: f.Name, Default: f.Default, Ready: !f.WorkOffline}
		if p.Default {
			list = append([]Printer{p}, list...)
		} else {
			list = append(list, p)
		}
	}
	return list, nil
}

// keep is how long the file stays for the program that prints it: the verb
// returns before the program has read it.
const keep = 10 * time.Minute

// Print hands the file to the verb, once for each copy.
func (Windows) Print(ctx context.Context, pdf []byte, j Job) error {
	dir, err := os.MkdirTemp("", "ugoda-print-")
	if err != nil {
		return fmt.Errorf("make a folder for printing: %w", err)
	}
	time.AfterFunc(keep, func() { os.RemoveAll(dir) })
	file := filepath.Join(dir, "document.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		return fmt.Errorf("write a file for printing: %w", err)
	}
	verb, args := "print", ""
	if j.Printer != "" {
		verb, args = "printto", `"`+strings.ReplaceAll(j.Printer, `"`, "")+`"`
	}
	for range max(j.Copies, 1) {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if err := shell(verb, file, args); err != nil {
			return err
		}
	}
	return nil
}

func shell(verb, file, args string) error {
	v, err1 := windows.UTF16PtrFromString(verb)
	f, err2 := windows.UTF16PtrFromString(file)
	a, err3 := windows.UTF16PtrFromString(args)
	if err := errors.Join(err1, err2, err3); err != nil {
		return fmt.Errorf("print a file: %w", err)
	}
	err := windows.ShellExecute(0, v, f, a, nil, windows.SW_HIDE)
	if errors.Is(err, windows.ERROR_NO_ASSOCIATION) || errors.Is(err, windows.ERROR_FILE_NOT_FOUND) {
		return &Unavailable{err} // no program for PDF, or one that cannot print
	}
	if err != nil {
		return &Refused{Output: err.Error(), Err: err}
	}
	return nil
}
