package quick

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/filter"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/run"
	"ugoda/ui/screen"
	"ugoda/ui/screen/act"
	"ugoda/ui/screen/field"
	"ugoda/ui/theme"
)

// What is asked when somebody turns to the firm, and how soon the caller is
// sought by the digits of the phone.
var asked = []string{"phone", "caller", "client", "wanted", "channel", "source", "given_to"}

const (
	leastDigits = 5
	mostFound   = 4
)

// inquiry is the small form of an inquiry.
type inquiry struct {
	host    screen.Host
	ctx     context.Context
	rec     *deal.Inquiry
	editors map[string]*field.Editor
	known   *fyne.Container // who it may be, with their deals; hidden while nobody is found
	note    *widget.Label
	dialog  *screen.Dialog
	latest  *run.Latest
	contact model.Ref
}

// Inquiry opens the form: the client is found by the digits of the phone while
// one types, and buttons say what becomes of it.
func Inquiry(h screen.Host) { open(h, "") }

// InquiryFrom opens the form with the phone of who calls.
func InquiryFrom(h screen.Host, phone string) { open(h, phone) }

func open(h screen.Host, phone string) *inquiry {
	ctx, cancel := context.WithCancel(context.Background())
	q := &inquiry{host: h, ctx: ctx, editors: map[string]*field.Editor{}, known: container.NewVBox(), note: widget.NewLabel(""), latest: run.NewLatest(field.Runner{Host: h})}
	session := h.Session()
	screen.Read(ctx, h, func(ctx context.Context) (model.Keeper, error) { return session.New(ctx, "inquiry") }, func(rec model.Keeper) {
		q.rec, _ = rec.(*deal.Inquiry)
		if phone != "" {
			q.rec.Phone = phone
		}
		q.show(cancel)
		if phone != "" {
			q.find()
		}
	})
	return q
}

func (q *inquiry) show(cancel func()) {
	t := q.host.Words()
	k := q.host.Session().Registry().Kind("inquiry")
	q.note.Importance, q.note.Wrapping = widget.DangerImportance, fyne.TextWrapWord
	q.note.Hide()
	form := container.New(layout.NewCustomPaddedVBoxLayout(theme.Padding()))
	wide := float32(0)
	for _, name := range asked {
		wide = max(wide, widget.NewLabel(t.Field("inquiry", name)).MinSize().Width)
	}
	q.known.Hide()
	for _, name := range asked {
		f := k.Field(name)
		e := field.New(q.host, "inquiry", f)
		e.Set(f.Value(q.rec))
		q.editors[name] = e
		label := widget.NewLabel(t.Field("inquiry", name))
		form.Add(container.NewBorder(nil, nil, container.NewGridWrap(fyne.NewSize(wide, label.MinSize().Height), label), nil, e.Object))
		if name == "phone" {
			form.Add(q.known)
			e.OnChange = q.find
		}
	}
	q.dialog = &screen.Dialog{
		Title: t.T("command.inquiry"), Size: fyne.NewSize(620, 0), Focus: q.editors["phone"].Focus, Closed: cancel,
		Content: container.NewVBox(form, q.note),
		Buttons: []screen.Button{
			{Label: t.T("button.cancel")},
			{Label: t.Action("inquiry", "not_ours"), Stays: true, Do: func() { q.save("not_ours") }},
			{Label: t.Action("inquiry", "join"), Stays: true, Do: func() { q.save("join") }},
			{Label: t.T("button.save"), Stays: true, Do: func() { q.save("") }},
			{Label: t.Action("inquiry", "deal"), Primary: true, Stays: true, Do: func() { q.save("deal") }},
		},
		Command: func(c screen.Command) bool {
			if c == screen.Save {
				q.save("")
				return true
			}
			if c == screen.SaveClose {
				q.save("deal")
				return true
			}
			return false
		},
	}
	for _, e := range q.editors {
		e.SetKeys(q.dialog.Typed)
	}
	q.host.Dialog(q.dialog)
	q.find()
}

// caller is somebody that a phone belongs to.
type caller struct {
	client, contact model.Ref
	name            string
	deals           []openDeal
}

// openDeal is a deal that the caller may be asking about.
type openDeal struct {
	ref    model.Ref
	stage  string
	amount model.Money
}

// find looks for the caller by what stands in the phone.
func (q *inquiry) find() {
	phone, _ := q.editors["phone"].Value().(string)
	digits := 0
	for _, r := range phone {
		if r >= '0' && r <= '9' {
			digits++
		}
	}
	if digits < leastDigits {
		q.offer(nil)
		return
	}
	s := q.host.Session()
	q.latest.Go(q.ctx, func(ctx context.Context) func() {
		found, err := callers(ctx, s, phone)
		return func() {
			if err != nil {
				q.host.Fail(err)
				return
			}
			q.offer(found)
		}
	})
}

// callers are contacts and clients with such a phone, with their open deals.
func callers(ctx context.Context, s *store.Session, phone string) ([]caller, error) {
	var out []caller
	people, err := s.Page(ctx, store.Query{Kind: "contact", Search: phone, Columns: []string{"name", "client"}, Limit: mostFound})
	if err != nil {
		return nil, err
	}
	seen := map[int64]bool{}
	for _, r := range people {
		name, _ := r.Cells[0].(string)
		of, _ := r.Cells[1].(model.Ref)
		seen[of.ID] = true
		out = append(out, caller{client: of, contact: model.Ref{ID: r.ID, Name: name}, name: name})
	}
	firms, err := s.Page(ctx, store.Query{Kind: "client", Search: phone, Columns: []string{"name", "number"}, Limit: mostFound})
	if err != nil {
		return nil, err
	}
	for _, r := range firms {
		name, _ := r.Cells[0].(string)
		code, _ := r.Cells[1].(string)
		if !seen[r.ID] && len(out) < mostFound {
			out = append(out, caller{client: model.Ref{ID: r.ID, Code: code, Name: name}})
		}
	}
	for i := range out {
		if out[i].deals, err = openDeals(ctx, s, out[i].client); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// mostDeals is how many deals of a caller are offered.
const mostDeals = 3

// openDeals are the newest deals in work of a client.
func openDeals(ctx context.Context, s *store.Session, who model.Ref) ([]openDeal, error) {
	if who.IsZero() {
		return nil, nil
	}
	rows, err := s.Page(ctx, store.Query{
		Kind: "deal", Columns: []string{"number", "subject", "stage", "amount"}, Sort: []store.Order{{Path: "id", Desc: true}}, Limit: mostDeals,
		Where: filter.And{
			filter.Cond{Path: "client", Op: filter.Eq, Values: []filter.Value{filter.ID(who.ID)}},
			filter.Cond{Path: "state", Op: filter.Eq, Values: []filter.Value{filter.String(deal.Open)}},
		},
	})
	var out []openDeal
	for _, r := range rows {
		d := openDeal{ref: model.Ref{ID: r.ID}}
		d.ref.Code, _ = r.Cells[0].(string)
		d.ref.Name, _ = r.Cells[1].(string)
		stage, _ := r.Cells[2].(model.Ref)
		d.stage = stage.Name
		d.amount, _ = r.Cells[3].(model.Money)
		out = append(out, d)
	}
	return out, err
}

// offer shows who it may be and what they are buying; the only one is taken at
// once. A deal that is pressed gets the inquiry.
func (q *inquiry) offer(found []caller) {
	t := q.host.Words()
	q.known.RemoveAll()
	for _, c := range found {
		label := c.client.Name
		if c.name != "" {
			label = c.name + " · " + label
		}
		q.known.Add(container.NewHBox(input.NewButton("☎ "+label, func() { q.take(c) })))
		for _, d := range c.deals {
			line := screen.RefText(d.ref) + " · " + d.stage
			if d.amount.Minor != 0 {
				line += " · " + t.Money(d.amount)
			}
			what := widget.NewLabel(line)
			what.Truncation, what.Importance = fyne.TextTruncateEllipsis, widget.LowImportance
			join := input.NewButton(t.Action("inquiry", "join"), func() {
				q.take(c)
				q.saveWith("join", model.Answers{"deal": d.ref})
			}).Framed()
			q.known.Add(container.New(layout.NewCustomPaddedLayout(0, 0, theme.Padding()*6, 0), container.NewBorder(nil, nil, nil, join, what)))
		}
	}
	if len(found) > 0 {
		q.known.Show()
	} else {
		q.known.Hide()
	}
	q.known.Refresh()
	if len(found) == 1 && field.Empty(q.editors["client"].Value()) {
		q.take(found[0])
	}
}

func (q *inquiry) take(c caller) {
	q.editors["client"].Set(c.client)
	q.contact = c.contact
	name := c.name
	if name == "" {
		name = c.client.Name
	}
	if field.Empty(q.editors["caller"].Value()) {
		q.editors["caller"].Set(name)
	}
}

// save keeps the inquiry, and then does what a button says.
func (q *inquiry) save(action string) { q.saveWith(action, nil) }

// saveWith is save with what the action asks, where that is known.
func (q *inquiry) saveWith(action string, answers model.Answers) {
	k := q.host.Session().Registry().Kind("inquiry")
	for _, name := range asked {
		e := q.editors[name]
		if !e.Commit() {
			return
		}
		if err := model.Assign(k.Field(name).Ptr(q.rec), e.Value()); err != nil {
			q.host.Fail(err)
			return
		}
	}
	q.rec.Contact = q.contact
	s, h, t := q.host.Session(), q.host, q.host.Words()
	h.Background(q.ctx, func(ctx context.Context) error { return s.Save(ctx, "inquiry", q.rec) }, func(err error) {
		var problems model.Problems
		switch {
		case errors.As(err, &problems):
			q.note.SetText(t.Error(problems))
			q.note.Show()
			return
		case err != nil:
			h.Fail(err)
			return
		}
		id := q.rec.ID
		q.dialog.Close()
		h.Saved("inquiry", id)
		h.Say(t.T("form.saved"))
		switch {
		case action == "":
		case answers != nil:
			act.Run(context.Background(), h, "inquiry", id, action, answers, func(e model.Effects) { act.Follow(h, e) })
		default:
			act.AskAndRun(context.Background(), h, "inquiry", id, action, nil, func() {})
		}
	})
}
