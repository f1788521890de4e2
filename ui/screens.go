package ui

import (
	"ugoda/ui/screen"
	"ugoda/ui/screen/deals"
	"ugoda/ui/screen/form"
	"ugoda/ui/screen/listing"
	"ugoda/ui/screen/settings"
)

// newRegistry has the screens of this program.
func newRegistry() *screen.Registry {
	r := screen.NewRegistry(listing.New, form.New)
	r.Add("settings", settings.New)
	r.Card("deal", deals.New)
	return r
}
