// Package ui is the window: it starts the program's desktop side, opens bases,
// and frames the screens of package screen with tabs, sidebar, menus and a
// status bar.
package ui

import (
	"time"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/service/doors"
	"ugoda/store"
	"ugoda/ui/run"
	"ugoda/ui/screen"
)

// Deps are what main gives to the window.
type Deps struct {
	Registry *model.Registry
	// Base is the address of a base to open at once; empty shows the opening
	// window, or the base that was open last if the user asked for that.
	Base     string
	User     string
	Password string
	// Language overrides the user's choice for this run; empty: as chosen, and
	// before any choice as the system has it.
	Language locale.Language
	Today    func() model.Day // nil: the day of this computer
	Now      func() time.Time // nil: its clock
	Services screen.Services
	// Screens adds screens beyond those of this package; nil adds none.
	Screens func(r *screen.Registry)
	// Version is shown in About.
	Version string
	// Log gives the last lines of the program's log, for "copy diagnostics".
	Log func() string
	// Another opens one more window on a base; nil: it cannot be done. It is
	// called off the UI goroutine.
	Another func(address string) error
	// Keys are the remembered passwords; nil: those of the user of this computer.
	Keys *doors.Keys
	// Runner works in the background; nil: goroutines.
	Runner run.Runner
}

func (d Deps) options() store.Options {
	return store.Options{Registry: d.Registry, Now: d.Now, Today: d.Today}
}
