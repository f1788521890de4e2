package demo

import (
	"ugoda/model"
	"ugoda/model/deal"
)

// inquiryOf is a client who asks for something today.
func (m *maker) inquiryOf(c *aClient, manager *manager) *deal.Inquiry {
	return &deal.Inquiry{
		At: m.moment(), Day: m.day, Channel: deal.Channels[min(m.r.IntN(7), 5)], Source: c.source, Caller: c.ref.Name, Wanted: pick(m.r, m.names.Wanted), Client: c.ref, Contact: c.contact,
		TakenBy: manager.ref, GivenTo: manager.ref, Phone: c.phone,
	}
}

// inquiriesWithoutDeals are those who ask for what we do not sell, who ask
// again about a deal that there is, and who wait for an answer yet.
func (m *maker) inquiriesWithoutDeals(openings int) error {
	for range openings {
		switch x := m.r.Float64(); {
		case x < 0.08: // somebody whom we cannot help
			manager := &m.managers[m.r.IntN(len(m.managers))]
			m.by(manager)
			q := m.strange(manager)
			if err := m.save("inquiry", q); err != nil {
				return err
			}
			if err := m.do("inquiry", q.ID, "not_ours", nil); err != nil {
				return err
			}
		case x < 0.12 && len(m.busy) > 0:
			s := pick(m.r, m.busy)
			m.by(s.manager)
			q := m.inquiryOf(s.client, s.manager)
			if err := m.save("inquiry", q); err != nil {
				return err
			}
			if err := m.do("inquiry", q.ID, "join", model.Answers{"deal": s.ref}); err != nil {
				return err
			}
		}
	}
	waiting := 0
	switch m.today - m.day {
	case 0:
		waiting = 2 + openings/2
	case 1:
		waiting = 1 + openings/12
	}
	for range waiting {
		manager := &m.managers[m.r.IntN(len(m.managers))]
		m.by(manager)
		if err := m.save("inquiry", m.strange(manager)); err != nil {
			return err
		}
	}
	return nil
}

// strange is an inquiry of somebody who is not a client.
func (m *maker) strange(manager *manager) *deal.Inquiry {
	q := m.inquiryOf(&aClient{source: pick(m.r, m.sources), phone: phone(700_000 + m.r.IntN(99_999))}, manager)
	q.Caller = m.person()
	return q
}
