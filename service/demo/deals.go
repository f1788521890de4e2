package demo

import (
	"fmt"
	"math"
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
	ref    model.Ref
	days   int64
	weight float64 // chance to go on from it
	offers bool    // a proposal is made in it
}

func (m *maker) readProcesses() error {
	processes, err := m.refs("process", nil)
	if err != nil {
		return err
	}
	for n, ref := range processes {
		rows, err := m.b.Page(m.ctx, store.Query{
			Kind: "stage", Columns: []string{"name", "kind", "expected_days"}, Sort: []store.Order{{Path: "order"}},
			Where: filter.Cond{Path: "process", Op: filter.Eq, Values: []filter.Value{filter.ID(ref.ID)}},
		})
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
				p.open = append(p.open, aStage{ref: s, days: max(days, 2), weight: 0.72})
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

// sale is a deal that is being worked on.
type sale struct {
	ref     model.Ref
	client  *aClient
	manager *manager
	process *aProcess
	stage   int   // in the process's open stages
	offer   int64 // its proposal that waits for an answer; 0: none
	step    int64 // its activity that is planned; 0: none
	typed   bool  // its amount does not follow a proposal
}

// whoBuys is a client; those who buy much come back.
func (m *maker) whoBuys() *aClient {
	c := &m.clients[m.r.IntN(len(m.clients))]
	if m.chance(0.5) {
		if other := &m.clients[m.r.IntN(len(m.clients))]; other.weight > c.weight {
			c = other
		}
	}
	return c
}

// openSale opens a deal today, after somebody asked or by our own doing.
func (m *maker) openSale(c *aClient) error {
	s := &sale{client: c, manager: &m.managers[c.manager], process: &m.processes[0]}
	if len(m.processes) > 1 && m.chance(0.22) {
		s.process = &m.processes[1]
	}
	d := &deal.Deal{
		Subject: pick(m.r, m.names.Subjects), Process: s.process.ref, Stage: s.process.open[0].ref, Client: c.ref, Contact: c.contact, Manager: s.manager.ref,
		Department: s.manager.department, Organization: m.firm, Source: c.source, Opened: m.day, Amount: m.amount(c.weight),
	}
	if m.chance(0.75) {
		d.Closes = workday(m.day+model.Day(20+m.r.IntN(50)), m.day)
	}
	if m.chance(0.5) {
		x := &m.products[m.r.IntN(len(m.products))]
		d.Products = []deal.Interest{{Product: x.ref, Quantity: model.Qty(1000 * (1 + m.r.IntN(5)))}}
	}
	m.by(s.manager)
	var inquiry *deal.Inquiry
	if m.chance(m.size.InquiryShare) {
		inquiry = m.inquiryOf(c, s.manager)
		if err := m.save("inquiry", inquiry); err != nil {
			return err
		}
		d.Inquiry = model.Ref{ID: inquiry.ID}
	}
	if err := m.save("deal", d); err != nil {
		return err
	}
	s.ref = d.Ref()
	if inquiry != nil {
		inquiry.Deal, inquiry.Outcome = s.ref, deal.OutcomeDeal
		inquiry.AnsweredAt = m.soon(inquiry.At)
		if err := m.save("inquiry", inquiry); err != nil {
			return err
		}
	}
	if len(m.busy) < 200 {
		m.busy = append(m.busy, s)
	} else {
		m.busy[m.r.IntN(len(m.busy))] = s
	}
	return m.enter(s)
}

// soon is some minutes or hours later, of the same day.
func (m *maker) soon(at time.Time) time.Time {
	minutes := 600
	if m.day == m.today {
		minutes = 40
	}
	return at.Add(time.Duration(5+m.r.IntN(minutes)) * time.Minute)
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

// enter plans how long a deal stands in the stage that it has just entered,
// and what is done meanwhile.
func (m *maker) enter(s *sale) error {
	stage := &s.process.open[s.stage]
	stay := model.Day(math.Round(float64(stage.days) * 0.85 * math.Exp(0.6*m.r.NormFloat64()) / s.manager.skill))
	leave := workday(m.day+max(stay, 1), m.day)
	if leave == m.today && m.chance(0.7) {
		leave++ // the morning was too short
	}
	if stage.offers && s.offer == 0 && m.chance(m.size.ProposalShare) {
		m.plan(min(workday(m.day+1, m.day), leave), s, (*maker).propose)
	}
	m.plan(leave, s, (*maker).leave)
	switch {
	case leave > m.today:
		return m.planStep(s, leave)
	case m.chance(0.2): // what is to be done is written down before it is done
		return m.next(s, leave)
	}
	return nil
}

// planStep gives a deal that stands open today its next step, or leaves it
// without.
func (m *maker) planStep(s *sale, leave model.Day) error {
	due := m.today
	switch x := m.r.Float64(); {
	case x < 0.11: // nobody thought of it
		return nil
	case x < 0.25: // it should have been done
		due = max(m.today-model.Day(1+m.r.IntN(6)), m.day)
	case leave > m.today+1:
		due += model.Day(m.r.IntN(int(min(leave-m.today, 9))))
	}
	due = workday(due, m.day-1)
	written := max(m.day, min(due, m.today)-model.Day(m.r.IntN(7)))
	if written == m.day {
		return m.next(s, due)
	}
	m.plan(written, s, func(m *maker, s *sale) error { return m.next(s, due) })
	return nil
}

// next writes down what is to be done next.
func (m *maker) next(s *sale, due model.Day) error {
	kind := pick(m.r, []string{"call", "call", "meeting", "task", "letter"})
	a := &deal.Activity{
		Type: kind, Subject: m.p.T("demo.next." + kind), Client: s.client.ref, Contact: s.client.contact, Deal: s.ref,
		Assignee: s.manager.ref, Author: s.manager.ref, Due: due,
	}
	if m.chance(0.4) {
		a.Hour = fmt.Sprintf("%02d:%02d", 9+m.r.IntN(8), 15*m.r.IntN(4))
	}
	m.by(s.manager)
	if err := m.save("activity", a); err != nil {
		return err
	}
	s.step = a.ID
	return nil
}

var doneTypes = []string{"call", "call", "call", "meeting", "letter"}

// done records that the client was spoken to: what was planned is finished, or
// it is written down afterwards.
func (m *maker) done(s *sale) error {
	m.by(s.manager)
	result := m.silent
	if m.chance(0.85) {
		result = pick(m.r, m.results[:3])
	}
	if s.step != 0 {
		step := s.step
		s.step = 0
		return m.do("activity", step, "finish", model.Answers{"result": result})
	}
	kind := pick(m.r, doneTypes)
	return m.save("activity", &deal.Activity{
		Type: kind, Subject: m.p.T("demo.activity." + kind), Client: s.client.ref, Contact: s.client.contact, Deal: s.ref,
		Assignee: s.manager.ref, Author: s.manager.ref, Due: m.day, Done: true, DoneAt: m.moment(), Result: result,
	})
}

// leave ends the stay of a deal in a stage.
func (m *maker) leave(s *sale) error {
	stage := &s.process.open[s.stage]
	if err := m.done(s); err != nil {
		return err
	}
	if !m.chance(math.Min(stage.weight*math.Pow(s.manager.skill, 0.35), 0.96)) {
		if m.chance(0.04) {
			m.plan(workday(m.day+model.Day(20+m.r.IntN(70)), m.day), s, (*maker).comeBack)
			return m.do("deal", s.ref.ID, "hold", nil)
		}
		return m.lose(s, m.lossReason(s.stage))
	}
	if s.stage > 0 && m.chance(0.02) { // it was too early
		s.stage--
		return m.move(s, "move", s.process.open[s.stage].ref)
	}
	if m.chance(0.15) {
		if err := m.correct(s); err != nil {
			return err
		}
	}
	if s.offer != 0 && !stage.offers && m.chance(0.65) {
		if err := m.answer(s, true); err != nil {
			return err
		}
	}
	if s.stage++; s.stage < len(s.process.open) {
		return m.move(s, "move", s.process.open[s.stage].ref)
	}
	if s.offer != 0 {
		if err := m.answer(s, true); err != nil {
			return err
		}
	}
	return m.do("deal", s.ref.ID, "win", nil)
}

func (m *maker) move(s *sale, action string, stage model.Ref) error {
	if err := m.do("deal", s.ref.ID, action, model.Answers{"stage": stage}); err != nil {
		return err
	}
	return m.enter(s)
}

// correct changes what was expected of a deal: its day and its amount.
func (m *maker) correct(s *sale) error {
	rec, err := m.b.Get(m.ctx, "deal", s.ref.ID)
	if err != nil {
		return err
	}
	d := rec.(*deal.Deal)
	d.Closes = workday(m.day+model.Day(7+m.r.IntN(30)), m.day)
	if d.Amount.Currency == "UAH" && s.offer == 0 && m.chance(0.6) {
		d.Amount.Minor = d.Amount.Minor / 100 * int64(85+m.r.IntN(30)) / 5000 * 5000
		s.typed = true
	}
	return m.save("deal", d)
}

// lose ends a deal that came to nothing.
func (m *maker) lose(s *sale, reason model.Ref) error {
	if s.offer != 0 {
		if err := m.answer(s, false); err != nil {
			return err
		}
	}
	answers := model.Answers{"reason": reason}
	if reason.ID == m.reasons[len(m.reasons)-1].ID {
		answers["words"] = m.p.T("demo.loss.words")
	}
	return m.do("deal", s.ref.ID, "lose", answers)
}

// comeBack ends a pause: the client has decided, one way or the other.
func (m *maker) comeBack(s *sale) error {
	m.by(s.manager)
	if m.chance(0.45) {
		return m.move(s, "reopen", s.process.open[s.stage].ref)
	}
	return m.lose(s, m.reasons[6])
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
