package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"ugoda/model/filter"
	"ugoda/store"
	"ugoda/ui/frame"
	"ugoda/ui/icon"
	"ugoda/ui/screen"
)

// homeScreen is the name of Start.
const homeScreen = "start"

// addSections lists the sidebar. A section whose screen or kind does not exist
// is not shown.
func addSections(r *screen.Registry) {
	list := func(id, kind string, i fyne.Resource, group int, where string, alarm bool) {
		s := screen.Section{ID: id, Icon: i, Group: group, Address: screen.ToList(kind, ""), Alarm: alarm}
		if where != "" {
			s.Count = counted(kind, where)
		}
		r.Section(s)
	}
	own := func(id, name string, i fyne.Resource, group int) {
		r.Section(screen.Section{ID: id, Icon: i, Group: group, Address: screen.Address{Screen: name}})
	}
	own("start", homeScreen, theme.HomeIcon(), 0)
	r.Section(screen.Section{
		ID: "my_day", Icon: icon.Day, Group: 0, Address: screen.Address{Screen: "day"},
		Count: counted("activity", "assignee = me and done = no and due <= today"), Alarm: true,
	})
	list("inquiries", "inquiry", icon.Phone, 1, "outcome is empty", true)
	list("deals", "deal", icon.Deal, 1, `manager = me and state = "open"`, false)
	own("board", "board", icon.Board, 1)
	list("activities", "activity", icon.Tick, 1, "", false)
	list("proposals", "proposal", icon.Proposal, 1, "", false)
	list("invoices", "invoice", icon.Money, 1, "", false)
	list("payments", "payment", icon.Money, 1, "", false)
	list("shipments", "shipment", icon.Product, 1, "", false)
	list("clients", "client", icon.Firm, 2, "", false)
	list("contacts", "contact", icon.People, 2, "", false)
	list("products", "product", icon.Product, 2, "", false)
	own("funnel", "funnel", icon.Funnel, 3)
	own("losses", "losses", icon.Bars, 3)
	own("proposal_analysis", "proposals", icon.Proposal, 3)
	own("inquiry_weeks", "inquiries", icon.Phone, 3)
	own("outbox", "outbox", theme.MailSendIcon(), 4)
	own("bin", "bin", theme.DeleteIcon(), 4)
	own("settings", "settings", theme.SettingsIcon(), 4)
}

// counted counts the records of a kind that meet a condition.
func counted(kind, where string) func(ctx context.Context, s *store.Session) (int64, error) {
	return func(ctx context.Context, s *store.Session) (int64, error) {
		n, err := filter.Parse(s.Registry(), kind, where)
		if err != nil {
			return 0, err
		}
		t, err := s.Totals(ctx, store.Query{Kind: kind, Where: n})
		return t.Count, err
	}
}

func (w *Window) sections() []screen.Section {
	reg := w.session.Registry()
	return w.registry.Sections(func(kind string) bool { return reg.Kind(kind) != nil })
}

// home is what the first tab holds.
func (w *Window) home() screen.Address {
	if a := (screen.Address{Screen: homeScreen}); w.registry.Has(a) {
		return a
	}
	if s := w.sections(); len(s) > 0 {
		return s[0].Address
	}
	return screen.Address{Screen: "settings"}
}

func (w *Window) sectionName(id string) string { return w.words.T("section." + id) }

func (w *Window) entries() []frame.Entry {
	var out []frame.Entry
	for _, s := range w.sections() {
		out = append(out, frame.Entry{ID: s.ID, Label: w.sectionName(s.ID), Icon: s.Icon, Group: s.Group, Alarm: s.Alarm})
	}
	return out
}

// countSections reads the figures of the sidebar.
func (w *Window) countSections() {
	s := w.session
	for _, x := range w.sections() {
		if x.Count == nil {
			continue
		}
		var n int64
		w.Background(w.ctx, func(ctx context.Context) (err error) {
			n, err = x.Count(ctx, s)
			return err
		}, func(err error) {
			if err != nil {
				logQuietly("count the section "+x.ID, err)
				return
			}
			w.side.Count(x.ID, n)
		})
	}
	if f := w.deps.Services.Outbox; f != nil {
		var waiting, failed int64
		w.Background(w.ctx, func(ctx context.Context) (err error) {
			waiting, failed, err = f(ctx, s)
			return err
		}, func(err error) {
			if err != nil {
				logQuietly("count the outbox", err)
				return
			}
			text := ""
			if waiting > 0 {
				text = w.words.N("status.mail_waiting", waiting)
			}
			if failed > 0 {
				if text != "" {
					text += " · "
				}
				text += w.words.N("status.mail_failed", failed)
			}
			w.top.SetMail(text, failed > 0)
		})
	}
}
