// Package deals is the card of a deal: its stages with the days in each, the
// next activity, the form of its fields, and its timeline.
package deals

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/model/client"
	"ugoda/model/deal"
	"ugoda/reports"
	"ugoda/service/undone"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/act"
	"ugoda/ui/screen/document"
	"ugoda/ui/screen/form"
	"ugoda/ui/screen/timeline"
)

// New opens the card of a deal.
func New(h screen.Host, a screen.Address) (screen.Screen, error) {
	return form.With(h, a, func(s *form.Screen) form.Beside { return newCard(s) })
}

// card is what stands beside the form of a deal.
type card struct {
	form  *form.Screen
	host  screen.Host
	top   *fyne.Container
	who   *fyne.Container
	next  *fyne.Container
	stuck *fyne.Container // that it has not followed a proposal
	strip *strip
	panel *timeline.Panel
	id    int64
	step  *reports.Event
}

func newCard(s *form.Screen) *card {
	c := &card{form: s, host: s.Host(), who: input.NewLine(), next: input.NewLine(), stuck: container.NewStack()}
	if s.Record().Base().ID == 0 {
		return c // a new deal has nothing to show yet
	}
	c.strip = newStrip(c.host.Words(), c.move)
	c.panel = timeline.New(s.Context(), c.host, "deal", s.Record().Base().ID, c.fill)
	c.panel.OnRead = func(events []reports.Event) {
		c.showNext(events)
		c.form.Relayout()
	}
	inner := container.New(layout.NewCustomPaddedVBoxLayout(2), c.who, c.strip, c.next)
	c.top = container.New(layout.NewCustomPaddedVBoxLayout(0), c.stuck, container.New(layout.NewCustomPaddedLayout(0, 0, 8, 8), inner), widget.NewSeparator())
	return c
}

// Top implements form.Beside.
func (c *card) Top() fyne.CanvasObject {
	if c.top == nil {
		return nil
	}
	return c.top
}

// Right implements form.Beside.
func (c *card) Right() fyne.CanvasObject {
	if c.panel == nil {
		return nil
	}
	return c.panel.Content
}

// Buttons implements form.Beside.
func (c *card) Buttons() []string { return []string{"win", "lose", "hold", "reopen"} }

// Act implements form.Beside: all actions are the form's.
func (c *card) Act(string) bool { return false }

// Close implements form.Beside.
func (c *card) Close() {}

// Changed implements form.Beside.
func (c *card) Changed(kinds map[string][]int64) {
	if c.panel == nil {
		return
	}
	for _, k := range []string{"activity", "letter", "proposal", "invoice", "inquiry", "stage"} {
		if kinds[k] != nil || len(kinds) == 0 {
			c.read()
			return
		}
	}
}

// Show implements form.Beside.
func (c *card) Show(rec model.Keeper) {
	if c.id = rec.Base().ID; c.panel != nil {
		c.read()
	}
}

func (c *card) deal() *deal.Deal { d, _ := c.form.Record().(*deal.Deal); return d }

// fill ties a new activity or note to the deal.
func (c *card) fill() map[string]any {
	d := c.deal()
	return map[string]any{"deal": d.Ref(), "client": d.Client, "contact": d.Contact}
}

// head is what the lines above the fields need.
type head struct {
	stays  []reports.StageStay
	client *client.Client
	undone *undone.Thing
}

func (c *card) read() {
	s, words, id, ref := c.host.Session(), c.host.Words(), c.id, c.deal().Client
	screen.Read(c.form.Context(), c.host, func(ctx context.Context) (head, error) {
		var h head
		var err error
		if h.stays, err = reports.StageStays(ctx, s, id); err != nil {
			return h, err
		}
		if h.undone, err = undone.OfDeal(ctx, s, words, id); err != nil || ref.IsZero() {
			return h, err
		}
		rec, err := s.Get(ctx, "client", ref.ID)
		h.client, _ = rec.(*client.Client)
		return h, err
	}, func(h head) {
		c.strip.show(h.stays)
		c.showWho(h)
		c.showUndone(h.undone)
		c.form.Relayout()
	})
	c.panel.Read(id)
}

// showWho tells the client, the phone and the advice of the stage.
func (c *card) showWho(h head) {
	t := c.host.Words()
	var line []input.Piece
	d := c.deal()
	if h.client != nil {
		line = append(line, input.Giving(input.NewButton(h.client.Name, func() { c.host.Open(screen.ToCard("client", d.Client.ID)) })))
		phone := h.client.Phone
		if phone != "" {
			line = append(line, input.Giving(input.NewButton("☎ "+phone, func() {
				fyne.CurrentApp().Clipboard().SetContent(phone)
				c.host.Say(t.T("ui.copied"))
			})))
		}
	}
	if d.Amount.Minor != 0 {
		line = append(line, input.Whole(widget.NewLabelWithStyle(t.Money(d.Amount), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})))
	}
	for _, x := range h.stays {
		if x.Now && x.Advice != "" && x.Kind == deal.Open {
			l := widget.NewLabel(t.T("deal.advice", "text", x.Advice))
			l.Importance, l.Truncation = widget.LowImportance, fyne.TextTruncateEllipsis
			line = append(line, input.Giving(l))
		}
	}
	if c.host.Session().MayWrite("invoice") && (d.State == deal.Open || d.State == deal.Won) {
		line = append(line, input.Whole(input.NewButton("+ "+t.Kind("invoice"), func() {
			c.form.Saved(func() { c.host.Open(screen.ToNew("invoice", map[string]any{"deal": c.deal().Ref()})) })
		}).Framed()))
	}
	input.SetLine(c.who, line...)
}

// showUndone tells that the deal has not followed a proposal, what it lacks, and
// how that is mended.
func (c *card) showUndone(x *undone.Thing) {
	c.stuck.RemoveAll()
	if x == nil {
		return
	}
	label, do := act.Mend(c.host, *x, c.form.Reload)
	if x.Way == undone.OpenRecord { // it is open: what it lacks stands below
		label, do = c.host.Words().T("undone.fill"), func() { c.form.Point(x.Why) }
	}
	c.stuck.Add(document.Banner("⚠ "+x.Text, input.NewButton(label, do).Framed()))
}

// showNext tells the next step, or that there is none, and what the deal lacks.
func (c *card) showNext(events []reports.Event) {
	t := c.host.Words()
	var line []input.Piece
	c.step = timeline.Next(events)
	if e := c.step; e != nil {
		line = append(line, input.Whole(input.NewPill(timeline.When(t, *e, c.host.Session().Today()), timeline.DueTone(e.Due, c.host.Session().Today()))))
		title := widget.NewLabel(t.Choice("activity", "type", e.Type) + ": " + e.Title)
		title.Truncation = fyne.TextTruncateEllipsis
		again := func() { c.read() }
		line = append(line, input.Giving(title),
			input.Whole(input.NewButton(t.Action("activity", "finish"), func() {
				act.AskAndRun(c.form.Context(), c.host, "activity", e.ID, "finish", nil, again)
			}).Framed()),
			input.Whole(input.NewButton(t.Action("activity", "postpone"), func() {
				act.AskAndRun(c.form.Context(), c.host, "activity", e.ID, "postpone", model.Answers{"due": e.Due, "hour": e.Hour}, again)
			})))
	} else if c.deal().State == deal.Open {
		l := widget.NewLabel(t.T("deal.no_next"))
		l.Importance, l.Truncation = widget.WarningImportance, fyne.TextTruncateEllipsis
		line = append(line, input.Giving(l), input.Whole(input.NewButton(t.Action("deal", "plan"), c.panel.Plan).Framed()))
	}
	var names []string
	for _, f := range deal.Missing(c.deal()) {
		names = append(names, strings.ToLower(t.Field("deal", f)))
	}
	if len(names) > 0 {
		l := widget.NewLabel(t.T("deal.missing", "fields", strings.Join(names, ", ")))
		l.Importance, l.Truncation = widget.LowImportance, fyne.TextTruncateEllipsis
		line = append(line, input.Giving(l))
	}
	input.SetLine(c.next, line...)
}

// move moves the deal to a stage of the strip.
func (c *card) move(x reports.StageStay) {
	c.form.Saved(func() {
		act.Move(c.form.Context(), c.host, c.id, x.Stage, x.Kind, c.form.Reload)
	})
}
