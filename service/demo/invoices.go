package demo

import (
	"math/rand/v2"
	"time"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/proposal"
	"ugoda/store"
)

// bill plans how an accepted proposal is billed: mostly at once, often in
// advance and then the rest; some invoices are taken back and made anew, some
// offers wait to be billed.
func (m *maker) bill(s *sale, offer int64) {
	r := m.lots()
	const slow = 0.12 // the part of offers that wait for weeks
	day := m.day + model.Day(r.IntN(3))
	if r.Float64() < slow {
		day += model.Day(7 + r.IntN(40))
	}
	whole := model.Answers{"rest": true}
	x := r.Float64()
	if x > 0.6 {
		advance := model.Answers{"share": model.Percent(pick(r, []int64{30, 50, 50, 70}) * 100)}
		m.invoice(day, s, offer, r, advance)
		m.invoice(day+model.Day(6+r.IntN(20)), s, offer, r, whole)
		return
	}
	if x < 0.08 {
		m.takenBack(day, s, offer, r)
		day += model.Day(1 + r.IntN(3))
	}
	m.invoice(day, s, offer, r, whole)
}

// lots are those of one more offer: its own, so that the rest of the firm's life
// does not depend on them. They go by its turn, as ids are the engine's.
func (m *maker) lots() *rand.Rand {
	m.bills++
	return rand.New(rand.NewPCG(m.bills, 0x7261687561))
}

// invoice plans an invoice, which is issued at once or on the next day.
func (m *maker) invoice(on model.Day, s *sale, offer int64, r *rand.Rand, a model.Answers) {
	later := model.Day(0)
	if r.Float64() < 0.15 {
		later = 1
	}
	m.plan(workday(on, on), s, func(m *maker, s *sale) error {
		id, err := m.billed(s, offer, r, a)
		if err != nil || id == 0 {
			return err
		}
		issue := func(m *maker, s *sale) error {
			m.at(s.manager, r)
			return m.do("invoice", id, "issue", nil)
		}
		if later == 0 {
			return issue(m, s)
		}
		m.plan(workday(m.day+later, m.day), s, issue)
		return nil
	})
}

// takenBack plans an invoice that turns out wrong.
func (m *maker) takenBack(on model.Day, s *sale, offer int64, r *rand.Rand) {
	m.plan(workday(on, on), s, func(m *maker, s *sale) error {
		id, err := m.billed(s, offer, r, nil)
		if err != nil || id == 0 {
			return err
		}
		m.at(s.manager, r)
		if err := m.do("invoice", id, "issue", nil); err != nil {
			return err
		}
		m.at(s.manager, r)
		return m.do("invoice", id, "cancel", model.Answers{"words": m.p.T("demo.invoice.cancelled")})
	})
}

// billed makes an invoice; 0 where nothing is left to bill.
func (m *maker) billed(s *sale, offer int64, r *rand.Rand, a model.Answers) (int64, error) {
	m.at(s.manager, r)
	m.saves++
	e, err := m.b.Do(m.ctx, "proposal", offer, "bill", a)
	if refused(err) {
		return 0, nil
	}
	return e.Open.ID, err
}

// at says that a manager works now, by the lots of an invoice.
func (m *maker) at(who *manager, r *rand.Rand) {
	m.b.By(who.user, who.ref)
	hours := 9
	if m.day == m.today {
		hours = 1
	}
	m.b.Clock(m.day.Time().Add(6*time.Hour+time.Duration(r.IntN(hours*3600))*time.Second), m.day)
}

// drafts sees to it that the last morning has invoices that are not issued yet.
func (m *maker) drafts() error {
	const most = 3
	where := filter.And{
		filter.Cond{Path: "status", Op: filter.Eq, Values: []filter.Value{filter.String(proposal.Accepted)}},
		filter.Cond{Path: "left_to_bill", Op: filter.Gt, Values: []filter.Value{filter.Number("0")}},
	}
	rows, err := m.b.Page(m.ctx, store.Query{Kind: "proposal", Columns: []string{"manager"}, Sort: []store.Order{{Path: "id", Desc: true}}, Where: where, Limit: most})
	if err != nil {
		return err
	}
	for _, row := range rows {
		seller, _ := row.Cells[0].(model.Ref)
		for i := range m.managers {
			if who := &m.managers[i]; who.ref.ID == seller.ID {
				if _, err := m.billed(&sale{manager: who}, row.ID, m.lots(), nil); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
