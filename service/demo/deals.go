package demo

import (
	"fmt"
	"math"
	"slices"
	"time"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/filter"
	"ugoda/store"
)

type aProcess struct {
	ref    model.Ref
	open   []aStage
	pause  model.Ref
	won    model.Ref
	lost   model.Ref
	repeat bool
}

type aStage struct {
	ref      model.Ref
	days     int64
	weight   float64 // chance to go on from it
	offers   bool    // a proposal is made in it
	expected model.Percent
}

func (m *maker) readProcesses() error {
	processes, err := m.refs("process", nil)
	if err != nil {
		return err
	}
	for n, ref := range processes {
		rows, err := m.b.Page(m.ctx, store.Query{Kind: "stage", Columns: []string{"name", "kind", "expected_days", "probability"}, Sort: []store.Order{{Path: "order"}},
			Where: filter.Cond{Path: "process", Op: filter.Eq, Values: []filter.Value{filter.ID(ref.ID)}}})
		if err != nil {
			return err
		}
		p := aProcess{ref: ref, repeat: n > 0}
		for _, r := range rows {
			name, _ := r.Cells[0].(string)
			s := model.Ref{ID: r.ID, Name: name}
			switch kind, _ := r.Cells[1].(string); kind {
			case deal.Open:
				days, _ := r.Cells[2].(int64)
				probability, _ := r.Cells[3].(model.Percent)
				p.open = append(p.open, aStage{ref: s, days: max(days, 2), weight: 0.72, expected: probability})
			case deal.Hold:
				p.pause = s
			case deal.Won:
				p.won = s
			case deal.Lost:
				p.lost = s
			}
		}
		if p.repeat {
			p.open[0].offers = true
			for i := range p.open {
				p.open[i].weight = 0.86
			}
		} else {
			p.open[2].offers = true
			for i, w := range []float64{0.68, 0.75, 0.72, 0.74, 0.88}[:len(p.open)] {
				p.open[i].weight = w
			}
		}
		m.processes = append(m.processes, p)
	}
	return nil
}

// season is how much is asked for in each month.
var season = [12]float64{0.7, 0.85, 1.1, 1.15, 1.1, 0.95, 0.8, 0.75, 1.2, 1.3, 1.15, 0.9}

// openingDays are the days on which deals are opened, in order: working days
// mostly, by season, more in later years.
func (m *maker) openingDays() []model.Day {
	length := 365 * m.size.Years
	first := m.today - model.Day(length)
	weights := make([]float64, length+1)
	total := 0.0
	for i := range weights {
		day := first + model.Day(i)
		w := season[day.Time().Month()-1] * (0.75 + 0.5*float64(i)/float64(length))
		switch day.Weekday() {
		case time.Saturday:
			w *= 0.08
		case time.Sunday:
			w *= 0.02
		}
		total += w
		weights[i] = total
	}
	days := make([]model.Day, m.size.Deals)
	for i := range days {
		at, _ := slices.BinarySearch(weights, m.r.Float64()*total)
		days[i] = first + model.Day(min(at, length))
	}
	slices.Sort(days)
	return days
}

// makeDeal lives one deal from its first day until it is closed or today.
func (m *maker) makeDeal(day model.Day) error {
	c := &m.clients[m.r.IntN(len(m.clients))]
	if m.chance(0.5) { // clients that buy much come back
		if other := &m.clients[m.r.IntN(len(m.clients))]; other.weight > c.weight {
			c = other
		}
	}
	manager := &m.managers[c.manager]
	process := &m.processes[0]
	if len(m.processes) > 1 && m.chance(0.22) {
		process = &m.processes[1]
	}
	d := &deal.Deal{Subject: pick(m.r, m.names.Subjects), Process: process.ref, Stage: process.open[0].ref, Client: c.ref, Contact: c.contact, Manager: manager.ref,
		Department: manager.department, Organization: m.firm, Source: c.source, Opened: day, Amount: m.amount(c.weight)}
	if m.chance(0.75) {
		d.Closes = day + model.Day(20+m.r.IntN(60))
	}
	if m.chance(0.5) {
		x := &m.products[m.r.IntN(len(m.products))]
		d.Products = []deal.Interest{{Product: x.ref, Quantity: model.Qty(1000 * (1 + m.r.IntN(5)))}}
	}
	var inquiry *deal.Inquiry
	if m.chance(m.size.InquiryShare) {
		inquiry = m.inquiryOf(day, c, manager)
		if err := m.saveOn(day, "inquiry", inquiry); err != nil {
			return err
		}
		d.Inquiry = model.Ref{ID: inquiry.ID}
	} else if m.chance(0.12) { // somebody whom we cannot help
		q := m.inquiryOf(day, c, manager)
		q.Client, q.Contact = model.Ref{}, model.Ref{}
		q.Caller, q.Phone, q.Outcome = m.person(), phone(700_000+m.r.IntN(99_999)), deal.OutcomeNotOurs
		q.AnsweredAt = q.At.Add(time.Hour)
		if err := m.saveOn(day, "inquiry", q); err != nil {
			return err
		}
	}
	if err := m.saveOn(day, "deal", d); err != nil {
		return err
	}
	if inquiry != nil {
		inquiry.Deal = d.Ref()
		inquiry.Outcome = deal.OutcomeDeal
		inquiry.AnsweredAt = inquiry.At.Add(time.Duration(5+m.r.IntN(600)) * time.Minute)
		if inquiry.AnsweredAt.After(m.today.Time().Add(20 * time.Hour)) {
			inquiry.AnsweredAt = inquiry.At
		}
		if err := m.saveOn(day, "inquiry", inquiry); err != nil {
			return err
		}
	}
	return m.live(d, c, manager, process, day)
}

// amount is a plausible sum: many small ones, few large.
func (m *maker) amount(weight float64) model.Money {
	v := math.Exp(10.6+0.95*m.r.NormFloat64()) * (0.6 + 0.4*weight) // around 40 000
	v = math.Min(math.Max(v, 1500), 6_000_000)
	minor := int64(v) / 50 * 50 * 100
	switch {
	case m.chance(0.03):
		return model.Money{Minor: max(minor/40, 5000), Currency: "USD"}
	case m.chance(0.02):
		return model.Money{Minor: max(minor/44, 5000), Currency: "EUR"}
	}
	return model.Money{Minor: minor, Currency: "UAH"}
}

func (m *maker) inquiryOf(day model.Day, c *aClient, manager *manager) *deal.Inquiry {
	at := day.Time().Add(time.Duration(7*60+m.r.IntN(9*60)) * time.Minute)
	return &deal.Inquiry{At: at, Day: day, Channel: deal.Channels[min(m.r.IntN(7), 5)], Source: c.source, Caller: c.ref.Name, Wanted: pick(m.r, m.names.Wanted), Client: c.ref, Contact: c.contact,
		TakenBy: manager.ref, GivenTo: manager.ref, Phone: phone(300_000 + m.r.IntN(99_999))}
}

// live moves the deal along its process.
func (m *maker) live(d *deal.Deal, c *aClient, manager *manager, process *aProcess, day model.Day) error {
	offered := false
	for i := range process.open {
		stage := &process.open[i]
		stay := model.Day(math.Round(float64(stage.days) * 0.75 * math.Exp(0.7*m.r.NormFloat64()) / manager.skill))
		leave := workday(day + max(stay, 0))
		if stage.offers && !offered && m.chance(m.size.ProposalShare) {
			offered = true
		}
		if leave > m.today { // it stands here today
			return m.openNow(d, c, manager, offered && stage.offers, day)
		}
		won := stage.weight * math.Pow(manager.skill, 0.35)
		if offered && stage.offers {
			if err := m.makeProposal(d, c, manager, min(day+1, leave), proposalFate(m, won), leave); err != nil {
				return err
			}
		}
		if err := m.done(d, manager, leave, m.chance(0.85)); err != nil {
			return err
		}
		if !m.chance(math.Min(won, 0.96)) {
			if m.chance(0.02) {
				d.Stage = process.pause
				return m.saveOn(leave, "deal", d)
			}
			d.Stage = process.lost
			reason := m.lossReason(i)
			d.LossReason = reason
			if reason.ID == m.reasons[len(m.reasons)-1].ID {
				d.LossWords = m.p.T("demo.loss.words")
			}
			return m.saveOn(leave, "deal", d)
		}
		day = leave
		if i+1 < len(process.open) {
			d.Stage = process.open[i+1].ref
		} else {
			d.Stage = process.won
		}
		if m.chance(0.15) && d.Amount.Currency == "UAH" && !offered {
			d.Amount.Minor = d.Amount.Minor / 100 * int64(85+m.r.IntN(30)) / 5000 * 5000
		}
		if err := m.saveOn(day, "deal", d); err != nil {
			return err
		}
	}
	return nil
}

// lossReason depends on how far the deal came: silence early, price late.
func (m *maker) lossReason(stage int) model.Ref {
	weights := [][]int{{4, 6, 8, 3, 14, 30, 8, 2}, {10, 12, 14, 8, 12, 20, 8, 2}, {30, 22, 12, 8, 6, 10, 5, 2}, {28, 26, 12, 14, 3, 5, 6, 2}, {14, 14, 22, 22, 2, 4, 14, 3}}
	w := weights[min(stage, len(weights)-1)]
	total := 0
	for _, x := range w {
		total += x
	}
	n := m.r.IntN(total)
	for i, x := range w {
		if n -= x; n < 0 && i < len(m.reasons) {
			return m.reasons[i]
		}
	}
	return m.reasons[0]
}

// workday moves a day that falls on a weekend to Monday.
func workday(d model.Day) model.Day {
	switch d.Weekday() {
	case time.Saturday:
		return d + 2
	case time.Sunday:
		return d + 1
	}
	return d
}

var doneTypes = []string{"call", "call", "call", "meeting", "letter"}

// done records a contact that was made.
func (m *maker) done(d *deal.Deal, manager *manager, day model.Day, answered bool) error {
	kind := pick(m.r, doneTypes)
	a := &deal.Activity{Type: kind, Subject: m.p.T("demo.activity." + kind), Client: d.Client, Contact: d.Contact, Deal: d.Ref(), Assignee: manager.ref, Author: manager.ref,
		Due: day, Done: true, DoneAt: day.Time().Add(time.Duration(8*60+m.r.IntN(8*60)) * time.Minute), Result: m.silent}
	if answered {
		a.Result = pick(m.r, m.results[:3])
	}
	return m.saveOn(day, "activity", a)
}

// openNow gives a deal that is open today its next step, or leaves it without.
func (m *maker) openNow(d *deal.Deal, c *aClient, manager *manager, offered bool, day model.Day) error {
	if offered {
		status := []string{"draft", "sent", "sent", "awaiting", "approved"}[m.r.IntN(5)]
		if err := m.makeProposal(d, c, manager, min(day+1, m.today), status, m.today); err != nil {
			return err
		}
	}
	if m.chance(0.18) {
		return nil
	}
	due := m.today + model.Day(m.r.IntN(10))
	if m.chance(0.22) {
		due = m.today - model.Day(1+m.r.IntN(6))
	}
	kind := pick(m.r, []string{"call", "call", "meeting", "task", "letter"})
	a := &deal.Activity{Type: kind, Subject: m.p.T("demo.next." + kind), Client: d.Client, Contact: d.Contact, Deal: d.Ref(), Assignee: manager.ref, Author: manager.ref, Due: workday(due)}
	if m.chance(0.4) {
		a.Hour = fmt.Sprintf("%02d:%02d", 9+m.r.IntN(8), 15*m.r.IntN(4))
	}
	return m.saveOn(m.today, "activity", a)
}
