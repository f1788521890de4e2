//go:build !windows

package spool

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
)

func system() Spooler { return CUPS{} }

// CUPS prints by the commands lp and lpstat, which every CUPS brings.
type CUPS struct{}

// command runs a command of CUPS with messages in English, which are read here.
func command(ctx context.Context, in []byte, name string, args ...string) (stdout, stderr string, err error) {
	path, err := exec.LookPath(name)
	if err != nil {
		return "", "", &Unavailable{err}
	}
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Env = append(os.Environ(), "LC_ALL=C", "LANG=C", "SOFTWARE=")
	cmd.Stdin = bytes.NewReader(in)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err = cmd.Run()
	if ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	return out.String(), strings.TrimSpace(errs.String()), err
}

// Printers lists the queues.
func (CUPS) Printers(ctx context.Context) ([]Printer, error) {
	out, errs, err := command(ctx, nil, "lpstat", "-p", "-d")
	list := parseStatus(out)
	if err == nil || len(list) > 0 {
		return list, nil
	}
	if ctx.Err() != nil {
		return nil, err
	}
	// Without any printer lpstat fails and says so; that is an empty list.
	if strings.Contains(errs, "No destinations") {
		return nil, nil
	}
	if u := (*Unavailable)(nil); errors.As(err, &u) {
		return nil, err
	}
	return nil, &Unavailable{fmt.Errorf("lpstat: %w: %s", err, errs)}
}

// parseStatus reads what lpstat -p -d says:
//
//	printer Office is idle.  enabled since Mon 23 Nov 2026
//	printer Old disabled since Mon 23 Nov 2026 -
//	system default destination: Office
func parseStatus(out string) []Printer {
	var list []Printer
	preferred := ""
	for line := range strings.Lines(out) {
		line = strings.TrimRight(line, "\r\n")
		if name, ok := strings.CutPrefix(line, "system default destination: "); ok {
			preferred = strings.TrimSpace(name)
			continue
		}
		words := strings.Fields(line)
		if len(words) < 3 || words[0] != "printer" || line[0] != 'p' {
			continue
		}
		list = append(list, Printer{Name: words[1], Ready: words[2] != "disabled"})
	}
	for i := range list {
		list[i].Default = list[i].Name == preferred
	}
	slices.SortStableFunc(list, func(a, b Printer) int {
		switch {
		case a.Default == b.Default:
			return strings.Compare(a.Name, b.Name)
		case a.Default:
			return -1
		}
		return 1
	})
	return list
}

// Print hands the file to lp, which queues it.
func (c CUPS) Print(ctx context.Context, pdf []byte, j Job) error {
	args := []string{"-s"}
	if j.Printer != "" {
		args = append(args, "-d", j.Printer)
	}
	if j.Copies > 1 {
		args = append(args, "-n", strconv.Itoa(j.Copies))
	}
	if title := oneLine(j.Title); title != "" {
		args = append(args, "-t", title)
	}
	args = append(args, "-o", "document-format=application/pdf", "-")
	_, errs, err := command(ctx, pdf, "lp", args...)
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return err
	case strings.Contains(errs, "no default destination"), strings.Contains(errs, "No destinations"):
		return &NoPrinter{}
	case strings.Contains(errs, "does not exist"), strings.Contains(errs, "unknown destination"), strings.Contains(errs, "not exist"):
		return &NoPrinter{Name: j.Printer}
	case strings.Contains(errs, "scheduler is not running"), strings.Contains(errs, "Unable to connect"):
		return &Unavailable{fmt.Errorf("lp: %s", errs)}
	}
	if u := (*Unavailable)(nil); errors.As(err, &u) {
		return u
	}
	return &Refused{Printer: j.Printer, Output: errs, Err: err}
}

// oneLine makes a title safe for the queue.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < 0x20 || r == 0x7f {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	if r := []rune(s); len(r) > 100 {
		s = string(r[:100])
	}
	return strings.TrimSpace(s)
}
