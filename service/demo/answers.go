package demo

import (
	"errors"
	"time"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/proposal"
	"ugoda/store"
)

// offer is the proposal of a sale that waits for something, nil when it has
// none.
func (m *maker) offer(s *sale) (*proposal.Proposal, error) {
	if s.offer == 0 {
		return nil, nil
	}
	rec, err := m.b.Get(m.ctx, "proposal", s.offer)
	if err != nil {
		return nil, err
	}
	return rec.(*proposal.Proposal), nil
}

// refused reports that rules did not let an action happen.
func refused(err error) bool {
	var problems model.Problems
	return errors.As(err, &problems)
}

// send lets a proposal go out, or asks for the approval that it needs first.
func (m *maker) send(s *sale) error {
	p, err := m.offer(s)
	if err != nil || p == nil || p.Status != proposal.Draft && p.Status != proposal.Approved {
		return err
	}
	m.by(s.manager)
	err = m.do("proposal", s.offer, "sent", nil)
	switch {
	case err == nil:
		if p.SentRevision == 0 && m.chance(0.14) {
			m.plan(workday(m.day+model.Day(2+m.r.IntN(4)), m.day), s, (*maker).amend)
		}
		return nil
	case !refused(err):
		return err
	}
	if m.headOf(s.manager) == s.manager {
		m.plan(workday(m.day+1, m.day), s, (*maker).send)
		return m.do("proposal", s.offer, "approve", nil)
	}
	words := model.Answers{}
	if m.chance(0.6) {
		words["words"] = m.p.T("demo.approval.words")
	}
	m.plan(workday(m.day+model.Day(1+m.r.IntN(3)), m.day), s, (*maker).decide)
	return m.do("proposal", s.offer, "submit", words)
}

// headOf is who decides about the discounts of a salesperson.
func (m *maker) headOf(who *manager) *manager {
	if h := m.heads[who.department.ID]; h != nil {
		return h
	}
	return &m.boss
}

// decide is the answer of a head.
func (m *maker) decide(s *sale) error {
	p, err := m.offer(s)
	if err != nil || p == nil || p.Status != proposal.Awaiting {
		return err
	}
	m.by(m.headOf(s.manager))
	if m.chance(0.7) {
		a := model.Answers{}
		if m.chance(0.3) {
			a["comment"] = m.p.T("demo.approval.comment")
		}
		m.plan(workday(m.day+model.Day(m.r.IntN(2)), m.day-1), s, (*maker).send)
		return m.do("proposal", s.offer, "approve", a)
	}
	m.plan(workday(m.day+model.Day(1+m.r.IntN(3)), m.day), s, (*maker).yield)
	return m.do("proposal", s.offer, "return", model.Answers{"comment": m.p.T("demo.approval.return")})
}

// yield takes back a part of the discount, as the head wanted.
func (m *maker) yield(s *sale) error {
	p, err := m.offer(s)
	if err != nil || p == nil || p.Status != proposal.Draft {
		return err
	}
	for i := range p.Variants {
		for j := range p.Variants[i].Lines {
			l := &p.Variants[i].Lines[j]
			l.Discount = min(l.Discount, model.Percent(100*(6+m.r.IntN(5))))
		}
	}
	m.by(s.manager)
	if err := m.save("proposal", p); err != nil {
		return err
	}
	return m.send(s)
}

// amend corrects a proposal that was sent, and sends it again.
func (m *maker) amend(s *sale) error {
	p, err := m.offer(s)
	if err != nil || p == nil || p.Status != proposal.Sent {
		return err
	}
	m.by(s.manager)
	if err := m.do("proposal", s.offer, "correct", nil); err != nil {
		return err
	}
	if p, err = m.offer(s); err != nil {
		return err
	}
	for i := range p.Variants {
		lines := p.Variants[i].Lines
		l := &lines[m.r.IntN(len(lines))]
		if m.chance(0.5) {
			l.Quantity += 1000
		} else {
			l.Discount = min(l.Discount+300, 1000)
		}
	}
	m.plan(workday(m.day+model.Day(m.r.IntN(2)), m.day-1), s, (*maker).send)
	return m.save("proposal", p)
}

// expire ends a proposal whose time has run out without an answer, as the
// program does it at midnight; sometimes the salesperson makes it valid again.
func (m *maker) expire(s *sale) error {
	p, err := m.offer(s)
	if err != nil || p == nil || p.Status != proposal.Sent && p.Status != proposal.Approved || p.ValidUntil >= m.day {
		return err
	}
	m.b.By(model.Ref{}, model.Ref{})
	m.b.Clock(m.day.Time().Add(time.Duration(m.r.IntN(50))*time.Second), m.day)
	if m.chance(0.35) {
		m.plan(workday(m.day+model.Day(1+m.r.IntN(3)), m.day), s, (*maker).extend)
	}
	return m.do("proposal", s.offer, "expire", nil)
}

// extend makes a proposal valid for longer.
func (m *maker) extend(s *sale) error {
	p, err := m.offer(s)
	if err != nil || p == nil || p.Status != proposal.Expired {
		return err
	}
	until := m.day + 14
	m.by(s.manager)
	m.plan(until+1, s, (*maker).expire)
	if err := m.do("proposal", s.offer, "extend", model.Answers{"until": until}); err != nil {
		return err
	}
	return m.send(s)
}

// answer is what the client said of a proposal, or that he said nothing.
func (m *maker) answer(s *sale, yes bool) error {
	p, err := m.offer(s)
	if err != nil || p == nil {
		return err
	}
	id := s.offer
	s.offer = 0
	m.by(s.manager)
	switch {
	case p.Status == proposal.Draft && p.SentRevision == 0, p.Status == proposal.Awaiting:
		return m.do("proposal", id, "cancel", nil)
	case yes:
		err := m.do("proposal", id, "accept", model.Answers{"variant": pick(m.r, p.Variants).Name, "options": map[bool]string{true: "all"}[m.chance(0.5)]})
		if refused(err) { // what was changed meanwhile is not approved
			return m.do("proposal", id, "cancel", nil)
		}
		if err == nil {
			m.bill(s, id)
		}
		return err
	case p.Status == proposal.Expired:
		return nil
	case p.Status == proposal.Draft || m.chance(0.08):
		return m.do("proposal", id, "cancel", nil)
	}
	return m.do("proposal", id, "decline", model.Answers{"reason": m.lossReason(s.stage), "words": m.p.T("demo.loss.words")})
}

// present sees to it that the last morning has proposals at each step on their
// way to the client, whatever chance made of the days before.
func (m *maker) present() error {
	if err := m.presents(); err != nil {
		return err
	}
	if err := m.drafts(); err != nil {
		return err
	}
	return m.quiet()
}

// quiet says that nothing of what was approved is to be written about any more.
func (m *maker) quiet() error {
	rows, err := m.b.Page(m.ctx, store.Query{Kind: "approval", Columns: []string{"number"}, Where: filter.Cond{Path: "answered", Op: filter.Eq, Values: []filter.Value{filter.Bool(false)}}})
	if err != nil {
		return err
	}
	for _, r := range rows {
		rec, err := m.b.Get(m.ctx, "approval", r.ID)
		if err != nil {
			return err
		}
		a := rec.(*proposal.Approval)
		a.Told, a.Answered = true, a.State != proposal.Waiting
		if err := m.save("approval", a); err != nil {
			return err
		}
	}
	return nil
}

func (m *maker) presents() error {
	m.day = m.today
	steps := []func(s *sale) error{
		nil, // a draft
		nil,
		m.ask, m.ask,
		func(s *sale) error { return m.told(s, "approve", nil) },
		func(s *sale) error {
			return m.told(s, "return", model.Answers{"comment": m.p.T("demo.approval.return")})
		},
	}
	for _, s := range m.busy {
		if len(steps) == 0 {
			return nil
		}
		if s.offer != 0 || m.headOf(s.manager) == s.manager {
			continue
		}
		m.by(s.manager)
		if err := m.draw(s, steps[0] != nil); err != nil {
			return err
		}
		if s.offer == 0 { // its deal is over
			continue
		}
		if step := steps[0]; step != nil {
			if err := step(s); err != nil {
				return err
			}
		}
		steps = steps[1:]
	}
	return nil
}

// ask submits a proposal for approval.
func (m *maker) ask(s *sale) error {
	m.by(s.manager)
	return m.do("proposal", s.offer, "submit", model.Answers{"words": m.p.T("demo.approval.words")})
}

// told is ask with an answer.
func (m *maker) told(s *sale, action string, a model.Answers) error {
	if err := m.ask(s); err != nil {
		return err
	}
	head := m.headOf(s.manager)
	m.b.By(head.user, head.ref) // at the same minute
	return m.do("proposal", s.offer, action, a)
}
