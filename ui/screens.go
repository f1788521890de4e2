package ui

import (
	"ugoda/reports"
	"ugoda/ui/screen"
	"ugoda/ui/screen/bin"
	"ugoda/ui/screen/board"
	"ugoda/ui/screen/clients"
	"ugoda/ui/screen/compose"
	"ugoda/ui/screen/day"
	"ugoda/ui/screen/deals"
	"ugoda/ui/screen/form"
	"ugoda/ui/screen/imports"
	"ugoda/ui/screen/invoices"
	"ugoda/ui/screen/listing"
	"ugoda/ui/screen/outbox"
	"ugoda/ui/screen/preview"
	"ugoda/ui/screen/proposals"
	"ugoda/ui/screen/report"
	"ugoda/ui/screen/restore"
	"ugoda/ui/screen/rules"
	"ugoda/ui/screen/settings"
	"ugoda/ui/screen/start"
	"ugoda/ui/screen/templates"
	"ugoda/ui/screen/versions"
)

// newRegistry has the screens of this program.
func newRegistry() *screen.Registry {
	r := screen.NewRegistry(listing.New, form.New)
	r.Add("settings", settings.New)
	r.Add(restore.Name, restore.New)
	r.Add("start", start.New)
	r.Add("day", day.New)
	r.Add("board", board.New)
	r.Add("bin", bin.New)
	r.Card("approval-rule", rules.New)
	r.Card("deal", deals.New)
	for _, name := range reports.Names() {
		r.Add(name, report.New(name))
	}
	r.Add(report.BehindScreen, report.NewBehind)
	r.Card("client", clients.New)
	r.Add(preview.Name, preview.New)
	r.Add(compose.Name, compose.New)
	r.Add(outbox.Name, outbox.New)
	r.Card("letter", outbox.NewCard)
	r.List("template", templates.New)
	r.Card("template", templates.New)
	r.Card("proposal", proposals.New)
	r.Card("invoice", invoices.New)
	r.Add(imports.Name, imports.New)
	r.Add(imports.JournalName, imports.NewJournal)
	r.Add(versions.Screen, versions.New)
	return r
}
