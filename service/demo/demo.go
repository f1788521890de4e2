// Package demo fills a base with a plausible firm: invented clients and deals
// with seasons, stage times and losses, the same for the same seed. Addresses
// of mail end in .example; phones and codes belong to no one.
package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"sync/atomic"
	"time"

	"ugoda/assets"
	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/firm"
	"ugoda/service/found"
	"ugoda/store"
)

// Size says how large a demo base is.
type Size struct {
	Name                        string
	Deals, Clients, People      int
	Years                       int
	Products                    int
	ProposalShare, InquiryShare float64
}

// Sizes are the sizes of a demo base.
var Sizes = []Size{
	{"s", 200, 80, 5, 1, 40, 0.8, 0.6},
	{"m", 5_000, 1_200, 14, 2, 120, 0.5, 0.6},
	{"l", 50_000, 9_000, 60, 3, 400, 0.25, 0.6},
	{"xl", 500_000, 60_000, 300, 5, 1_000, 0.15, 0.5},
}

// SizeOf finds a size by its name.
func SizeOf(name string) (Size, bool) {
	for _, s := range Sizes {
		if s.Name == name {
			return s, true
		}
	}
	return Size{}, false
}

// Setting marks a demo base: nothing is mailed outside of it.
const Setting = "demo"

// perTransaction is how many saves are written in one transaction, about.
const perTransaction = 25_000

// Make makes a demo base at an address. Progress counts deals.
func Make(ctx context.Context, address string, size Size, seed uint64, lang locale.Language, o store.Options, progress func(done, all int)) (*store.Base, error) {
	o.Filling = true
	now, today := o.Now, o.Today
	if now == nil {
		now = time.Now
	}
	if today == nil {
		today = func() model.Day { return model.DayOf(now().Local()) }
	}
	// While it is being made its clock stands at the firm's first day, so that
	// the same seed gives the same base to the microsecond.
	var made atomic.Bool
	first := (today() - model.Day(365*size.Years+1)).Time().Add(8 * time.Hour)
	o.Now = func() time.Time {
		if made.Load() {
			return now()
		}
		return first
	}
	o.Today = today
	defer made.Store(true)
	b, err := found.Base(ctx, address, found.Firm{Name: "ТОВ «Тепло й Світло»", Code: edrpou(9900001), Tax: firm.TaxVAT, Person: "Олена Коваль", Language: lang}, o)
	if err != nil {
		return nil, err
	}
	if err := fill(ctx, b, size, seed, lang, progress); err != nil {
		b.Close()
		return nil, fmt.Errorf("fill the demo base: %w", err)
	}
	return b, nil
}

func fill(ctx context.Context, b *store.Base, size Size, seed uint64, lang locale.Language, progress func(done, all int)) error {
	m := &maker{ctx: ctx, s: b.System(), r: rand.New(rand.NewPCG(seed, 0x75676f6461)), size: size, p: locale.New(lang)}
	m.today = m.s.Today()
	if err := json.Unmarshal(assets.DemoNames, &m.names); err != nil {
		return fmt.Errorf("read the names: %w", err)
	}
	if err := b.SetSetting(ctx, Setting, size.Name); err != nil {
		return err
	}
	m.day = m.today - model.Day(365*size.Years+1)
	for _, step := range []func() error{m.foundation, m.makeClients} {
		err := m.together(func() error {
			m.b.Clock(m.day.Time().Add(8*time.Hour), m.day)
			return step()
		})
		if err != nil {
			return err
		}
	}
	if err := m.liveThrough(progress); err != nil {
		return err
	}
	if err := m.together(m.present); err != nil {
		return err
	}
	return b.Analyze(ctx)
}

// maker is one run of the generator.
type maker struct {
	ctx   context.Context
	s     *store.Session
	b     *store.Batcher
	r     *rand.Rand
	p     *locale.Printer
	size  Size
	today model.Day
	day   model.Day // that is lived through
	saves int       // in this transaction
	bills uint64    // offers that were billed, or are going to be
	names names

	diary map[model.Day][]event // what is going to happen
	busy  []*sale               // sales that somebody who calls again may mean

	firm      model.Ref
	managers  []manager
	boss      manager            // heads those whom nobody else does
	heads     map[int64]*manager // of departments
	segments  []model.Ref
	sources   []model.Ref
	regions   map[string]model.Ref
	units     map[string]model.Ref
	results   []model.Ref
	silent    model.Ref
	reasons   []model.Ref
	clients   []aClient
	products  []aProduct
	processes []aProcess
}

type names struct {
	Men, Women, Surnames, Roots, Trades, Streets, Posts, Subjects, Wanted []string
	Basis                                                                 string // on which directors sign
	Towns                                                                 map[string]string
	Groups                                                                []struct {
		Name    string
		Service bool
		Items   []string
	}
}

type manager struct {
	ref, user  model.Ref
	department model.Ref
	skill      float64 // 1 is usual; above wins more and works faster
}

// together runs f in one transaction, for several thousand records.
func (m *maker) together(f func() error) error {
	return m.s.Together(m.ctx, func(_ context.Context, b *store.Batcher) error {
		m.b, m.saves = b, 0
		return f()
	})
}

func (m *maker) save(kind string, rec model.Keeper) error {
	m.saves++
	if err := m.b.Save(m.ctx, kind, rec); err != nil {
		return fmt.Errorf("%s: %w", kind, err)
	}
	return nil
}

// by says that a manager works now, at some hour of the day that is lived
// through.
func (m *maker) by(who *manager) {
	m.b.By(who.user, who.ref)
	m.b.Clock(m.moment(), m.day)
}

// moment is an hour of the day that is lived through: of today only the
// morning has passed.
func (m *maker) moment() time.Time {
	hours := 9
	if m.day == m.today {
		hours = 1
	}
	return m.day.Time().Add(6*time.Hour + time.Duration(m.r.IntN(hours*3600))*time.Second)
}

func (m *maker) do(kind string, id int64, action string, answers model.Answers) error {
	m.saves++
	if _, err := m.b.Do(m.ctx, kind, id, action, answers); err != nil {
		return fmt.Errorf("%s %s: %w", action, kind, err)
	}
	return nil
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

func (m *maker) chance(p float64) bool { return m.r.Float64() < p }
