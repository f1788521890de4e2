package ui

import (
	"ugoda/ui/screen"
	"ugoda/ui/screen/settings"
)

// newRegistry has the screens of this program.
func newRegistry() *screen.Registry {
	r := screen.NewRegistry(nil, nil)
	r.Add("settings", settings.New)
	return r
}
