package demo

import (
	"fmt"
	"slices"
	"time"

	"ugoda/model"
)

// The firm is lived through day by day, so that numbers, history and the
// register go in the order in which things happened.

// event is something that is going to happen to a sale.
type event struct {
	sale *sale
	do   func(*maker, *sale) error
}

// plan notes what is to happen to a sale on a day; what lies after today never
// happens.
func (m *maker) plan(on model.Day, s *sale, do func(*maker, *sale) error) {
	if on <= m.today {
		m.diary[on] = append(m.diary[on], event{s, do})
	}
}

// liveThrough lives from the first day until today. Progress counts deals.
func (m *maker) liveThrough(progress func(done, all int)) error {
	openings := m.openings()
	m.diary = map[model.Day][]event{}
	done := 0
	for m.day = m.today - model.Day(len(openings)-1); m.day <= m.today; {
		err := m.together(func() error {
			for ; m.day <= m.today && m.saves < perTransaction; m.day++ {
				n := openings[len(openings)-1-int(m.today-m.day)]
				if err := m.liveDay(n); err != nil {
					return fmt.Errorf("%s: %w", m.day, err)
				}
				done += n
			}
			return nil
		})
		if err != nil {
			return err
		}
		if progress != nil {
			progress(done, m.size.Deals)
		}
	}
	return nil
}

// liveDay lives one day on which some deals are opened.
func (m *maker) liveDay(openings int) error {
	clients := make([]*aClient, openings)
	for i := range clients {
		clients[i] = m.whoBuys()
	}
	if err := m.recall(clients); err != nil {
		return err
	}
	for i := 0; i < len(m.diary[m.day]); i++ { // what happens may bring more on the same day
		e := m.diary[m.day][i]
		if err := e.do(m, e.sale); err != nil {
			return err
		}
	}
	delete(m.diary, m.day)
	for _, c := range clients {
		if err := m.openSale(c); err != nil {
			return err
		}
	}
	return m.inquiriesWithoutDeals(openings)
}

// recall reads at once what the day is going to need.
func (m *maker) recall(clients []*aClient) error {
	ids := map[string][]int64{}
	need := func(kind string, id int64) {
		if id != 0 {
			ids[kind] = append(ids[kind], id)
		}
	}
	for _, e := range m.diary[m.day] {
		need("deal", e.sale.ref.ID)
		need("proposal", e.sale.offer)
		need("activity", e.sale.step)
		need("contact", e.sale.client.contact.ID)
	}
	for _, c := range clients {
		need("client", c.ref.ID)
		need("contact", c.contact.ID)
	}
	for _, kind := range []string{"client", "contact", "deal", "proposal", "activity"} {
		list := ids[kind]
		slices.Sort(list)
		if err := m.b.Prefetch(m.ctx, kind, slices.Compact(list)); err != nil {
			return err
		}
	}
	return nil
}

// season is how much is asked for in each month.
var season = [12]float64{0.7, 0.85, 1.1, 1.15, 1.1, 0.95, 0.8, 0.75, 1.2, 1.3, 1.15, 0.9}

// openings say how many deals are opened on each day until today: working days
// mostly, by season, more in later years. Of today only the morning has passed.
func (m *maker) openings() []int {
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
		if day == m.today {
			w *= 0.25
		}
		total += w
		weights[i] = total
	}
	out := make([]int, length+1)
	for range m.size.Deals {
		at, _ := slices.BinarySearch(weights, m.r.Float64()*total)
		out[min(at, length)]++
	}
	return out
}

// workday moves a day that falls on a weekend to the nearest working day after
// another day.
func workday(d, after model.Day) model.Day {
	switch d.Weekday() {
	case time.Saturday:
		if d-1 > after {
			return d - 1
		}
		return d + 2
	case time.Sunday:
		return d + 1
	}
	return d
}
