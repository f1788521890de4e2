package proposals

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"ugoda/model"
	"ugoda/model/proposal"
	"ugoda/model/trade"
	"ugoda/service/approvals"
	"ugoda/service/undone"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/act"
	"ugoda/ui/screen/decide"
	"ugoda/ui/screen/document"
	"ugoda/ui/screen/form"
	"ugoda/ui/screen/versions"
	"ugoda/ui/theme"
)

// pills say the status, and the numbers of the revisions once there is more
// than one: the one that is being worked on, and the one that the client has.
func (h *head) pills() []fyne.CanvasObject {
	t, r := h.p.words, h.p.rec()
	pill := func(status string, no int64, tone fyne.ThemeColorName) fyne.CanvasObject {
		text := t.Choice("proposal", "status", status)
		if no > 0 {
			text = t.T("proposal.pill.number", "status", text, "no", no)
		}
		return input.NewPill(text, tone)
	}
	switch {
	case h.corrects():
		return []fyne.CanvasObject{pill(r.Status, r.Revision, form.Tone(r.Status)), pill(proposal.Sent, r.SentRevision, theme.Muted)}
	case r.Revision > 1:
		return []fyne.CanvasObject{pill(r.Status, r.Revision, form.Tone(r.Status))}
	}
	return []fyne.CanvasObject{pill(r.Status, 0, form.Tone(r.Status))}
}

// corrects reports that the client has an earlier revision than this one.
func (h *head) corrects() bool {
	r := h.p.rec()
	return !r.Fixed() && r.SentRevision > 0 && r.Revision != r.SentRevision
}

// underway tells what is to be known of a proposal that is on its way to the
// client: it was given back, somebody is asked, the client has another revision.
func (h *head) underway() fyne.CanvasObject {
	t, r := h.p.words, h.p.rec()
	if r.ID == 0 {
		return nil
	}
	if r.Status == proposal.Awaiting || r.Status == proposal.Draft && r.Returned {
		h.then = h.learn
		return nil // until it is known
	}
	if !h.corrects() {
		return nil
	}
	ways := []fyne.CanvasObject{h.comparing()}
	if h.p.form.May("drop") {
		ways = append(ways, h.way("drop"))
	}
	return document.Banner(t.T("proposal.corrects", "old", r.SentRevision, "now", r.Revision), ways...)
}

// comparing opens what differs from the revision that the client has.
func (h *head) comparing() fyne.CanvasObject {
	p, r := h.p, h.p.rec()
	a := screen.Address{Screen: versions.Screen, Kind: "proposal", ID: r.ID}.With(versions.ArgOld, p.words.Value(r.SentRevision)).With(versions.ArgNew, "now")
	return input.NewButton(p.words.T("proposal.compare_with", "no", r.SentRevision), func() { p.form.Saved(func() { p.host.Open(a) }) }).Framed()
}

// learn reads what was said of the approval, and shows it.
func (h *head) learn() {
	p, t, r := h.p, h.p.words, h.p.rec()
	session, asked := p.host.Session(), *r
	type said struct {
		own  approvals.Own
		mine bool
	}
	screen.Read(p.form.Context(), p.host, func(ctx context.Context) (x said, err error) {
		x.own, x.mine, err = approvals.About(ctx, session, &asked)
		return x, err
	}, func(x said) {
		if now := p.rec(); now.ID != asked.ID || now.Version != asked.Version {
			return
		}
		var ways []fyne.CanvasObject
		if h.corrects() {
			ways = append(ways, h.comparing())
		}
		when := t.MomentShort(x.own.Since, session.Today())
		if x.own.Returned {
			h.show(func() fyne.CanvasObject {
				return document.Banner(t.T("approvals.returned")+" · "+x.own.Who.Name+" · "+when+": "+x.own.Comment, ways...)
			})
			return
		}
		whom := x.own.Who.Name
		if whom == "" {
			whom = t.Role(model.Role(x.own.Role))
		}
		if x.mine {
			look := input.NewButton(t.T("approvals.look")+"…", func() { decide.Open(p.form.Context(), p.host, asked.ID, p.form.Reload) }).Framed()
			ways = append([]fyne.CanvasObject{look}, ways...)
		}
		h.show(func() fyne.CanvasObject {
			return document.Banner(t.T("proposal.asked", "whom", whom, "when", when), ways...)
		})
	})
}

// learnBilled reads how much of an accepted proposal is billed, and says so
// behind what else is known of it.
func (h *head) learnBilled(text string, ways []fyne.CanvasObject) {
	p, t, asked := h.p, h.p.words, *h.p.rec()
	session := p.host.Session()
	screen.Read(p.form.Context(), p.host, func(ctx context.Context) (*trade.Whole, error) {
		return session.Left(ctx, asked.ID, 0)
	}, func(w *trade.Whole) {
		if now := p.rec(); w == nil || now.ID != asked.ID || now.Version != asked.Version {
			return
		}
		rest, err := w.Sheet(w.Rest(), asked.VATMode)
		if err != nil {
			p.host.Fail(err)
			return
		}
		all, left := asked.Amount.Minor, rest.Total
		switch {
		case all == left:
			text += " " + t.T("proposal.billed.none", "left", p.Money(left))
		case left <= 0:
			text += " " + t.T("proposal.billed.all")
		default:
			text += " " + t.T("proposal.billed.part", "billed", p.Money(all-left), "left", p.Money(left))
		}
		h.show(func() fyne.CanvasObject { return document.Banner(text, ways...) })
	})
}

// show shows a banner, and then under it what the proposal has left undone, for
// as long as it is.
func (h *head) show(banner func() fyne.CanvasObject) {
	p, asked := h.p, *h.p.rec()
	p.form.Banner(banner())
	act.Undone(p.form.Context(), p.host, asked.ID, func(all []undone.Thing) {
		if now := p.rec(); len(all) == 0 || now.ID != asked.ID || now.Version != asked.Version {
			return
		}
		lines := container.New(layout.NewCustomPaddedVBoxLayout(0), banner())
		for _, x := range all {
			var ways []fyne.CanvasObject
			if label, do := act.Mend(p.host, x, p.form.Reload); do != nil {
				ways = append(ways, input.NewButton(label, do).Framed())
			}
			lines.Add(document.Banner("⚠ "+x.Text, ways...))
		}
		p.form.Banner(lines)
	})
}
