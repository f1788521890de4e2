package store

import (
	"context"
	"slices"
	"time"

	"ugoda/model"
)

// rates are the exchange rates of a base, by currency in the order of days.
type rates struct {
	base string // the base currency; empty: none is named
	days map[string][]dayRate
	read time.Time
}

type dayRate struct {
	day  model.Day
	rate model.Rate
}

// ratesAge is for how long rates are believed before they are read again: a
// colleague may have added some.
const ratesAge = time.Minute

// defaultCurrency is the base currency of a base that names none yet.
const defaultCurrency = "UAH"

// BaseCurrency is the currency in which sums are compared.
func (b *Base) BaseCurrency() string {
	r, err := b.exchange(context.Background(), pool{b})
	if err != nil || r.base == "" {
		return defaultCurrency
	}
	return r.base
}

// exchange gives the exchange rates, read at most once a minute; a save of a
// currency or a rate in this program forgets them.
func (b *Base) exchange(ctx context.Context, q asker) (*rates, error) {
	b.mu.Lock()
	r := b.rates
	b.mu.Unlock()
	if r != nil && time.Since(r.read) < ratesAge {
		return r, nil
	}
	r, err := b.readRates(ctx, q)
	if err != nil {
		return nil, err
	}
	b.mu.Lock()
	b.rates = r
	b.mu.Unlock()
	return r, nil
}

func (b *Base) forgetRates() {
	b.mu.Lock()
	b.rates = nil
	b.mu.Unlock()
}

func (b *Base) readRates(ctx context.Context, q asker) (*rates, error) {
	r := &rates{days: map[string][]dayRate{}, read: time.Now()}
	if b.plans["currency"] == nil || b.plans["rate"] == nil {
		return r, nil
	}
	err := each(ctx, q, `SELECT number FROM currency WHERE base = TRUE AND marked = FALSE ORDER BY id LIMIT 1`, nil, func(raw []any) error {
		r.base, _ = raw[0].(string)
		return nil
	})
	if err != nil {
		return nil, err
	}
	const query = `SELECT c.number, r."on", r.rate FROM rate r JOIN currency c ON c.id = r.currency_id
		WHERE r.marked = FALSE ORDER BY c.number, r."on", r.id`
	err = each(ctx, q, query, nil, func(raw []any) error {
		code, _ := raw[0].(string)
		day, _ := raw[1].(int64)
		rate, _ := raw[2].(int64)
		r.days[code] = append(r.days[code], dayRate{model.Day(day), model.Rate(rate)})
		return nil
	})
	return r, err
}

// on is the rate of a currency on a day: the last one set until then.
func (r *rates) on(currency string, day model.Day) (model.Rate, bool) {
	base := r.base
	if base == "" {
		base = defaultCurrency
	}
	if currency == base || currency == "" {
		return model.RateOne, true
	}
	list := r.days[currency]
	i, _ := slices.BinarySearchFunc(list, day+1, func(x dayRate, d model.Day) int { return int(x.day - d) })
	if i == 0 {
		return 0, false
	}
	return list[i-1].rate, true
}
