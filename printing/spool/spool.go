// Package spool lists the printers of this computer and prints PDF files:
// through CUPS on Linux and macOS, through the program that Windows keeps for
// PDF.
package spool

import "context"

// Printer is a place to print on.
type Printer struct {
	Name    string
	Default bool
	Ready   bool // takes jobs now
}

// Job says how a file is printed.
type Job struct {
	Printer string // empty: the default one
	Title   string // shown in the queue
	Copies  int    // 0: one
}

// Spooler prints.
type Spooler interface {
	// Printers lists the printers, the default one first. Errors: *Unavailable.
	Printers(ctx context.Context) ([]Printer, error)
	// Print sends a PDF to a printer. Errors: *Unavailable, *NoPrinter, *Refused.
	Print(ctx context.Context, pdf []byte, j Job) error
}

// Unavailable is the error of a system that has no way to print.
type Unavailable struct{ Err error }

func (e *Unavailable) Error() string { return "printing is not set up: " + e.Err.Error() }

func (e *Unavailable) Unwrap() error { return e.Err }

// Message says the error for people.
func (e *Unavailable) Message() (string, map[string]any) {
	return "spool.unavailable", nil
}

// NoPrinter is the error when there is no printer, or none of that name.
type NoPrinter struct{ Name string }

func (e *NoPrinter) Error() string { return "no printer " + e.Name }

// Message says the error for people, with advice.
func (e *NoPrinter) Message() (string, map[string]any) {
	if e.Name == "" {
		return "spool.no_printer", nil
	}
	return "spool.no_such_printer", map[string]any{"printer": e.Name}
}

// Refused is the error of a printer or its queue that took no job.
type Refused struct {
	Printer string
	Output  string // what the system said
	Err     error
}

func (e *Refused) Error() string {
	return "printer " + e.Printer + " refused: " + e.Err.Error() + " " + e.Output
}

func (e *Refused) Unwrap() error { return e.Err }

// Message says the error for people.
func (e *Refused) Message() (string, map[string]any) {
	return "spool.refused", map[string]any{"printer": e.Printer, "output": e.Output}
}

// System is the spooler of this computer.
func System() Spooler { return system() }
