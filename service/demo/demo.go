// Package demo fills a base with a plausible firm: invented clients and deals
// with seasons, stage times and losses, the same for the same seed. Addresses
// of mail end in .example; phones and codes belong to no one.
package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
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
	{"l", 50_000, 9_000, 45, 3, 400, 0.25, 0.6},
	{"xl", 500_000, 60_000, 160, 5, 1_000, 0.15, 0.5},
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

// chunk is how many deals are written in one transaction.
const chunk = 2_000

// Make makes a demo base at an address. Progress counts deals.
func Make(ctx context.Context, address string, size Size, seed uint64, lang locale.Language, o store.Options, progress func(done, all int)) (*store.Base, error) {
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
	if err := m.batch(m.foundation); err != nil {
		return err
	}
	if err := m.batch(m.makeClients); err != nil {
		return err
	}
	days := m.openingDays()
	for from := 0; from < len(days); from += chunk {
		to := min(from+chunk, len(days))
		err := m.batch(func() error {
			for _, day := range days[from:to] {
				if err := m.makeDeal(day); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		if progress != nil {
			progress(to, len(days))
		}
	}
	return nil
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
	names names

	firm      model.Ref
	managers  []manager
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
	Towns                                                                 map[string]string
	Groups                                                                []struct {
		Name    string
		Service bool
		Items   []string
	}
}

type manager struct {
	ref        model.Ref
	department model.Ref
	skill      float64 // 1 is usual; above wins more and works faster
}

// batch runs f in one transaction, for several thousand records.
func (m *maker) batch(f func() error) error {
	_, err := m.s.InBatch(m.ctx, m.p.T("demo.batch"), func(_ context.Context, b *store.Batcher) error {
		m.b = b
		return f()
	})
	return err
}

func (m *maker) save(kind string, rec model.Keeper) error {
	if err := m.b.Save(m.ctx, kind, rec); err != nil {
		return fmt.Errorf("%s: %w", kind, err)
	}
	return nil
}

// saveOn saves on a past day.
func (m *maker) saveOn(day model.Day, kind string, rec model.Keeper) error {
	m.b.Clock(day.Time().Add(9*time.Hour+time.Duration(m.r.IntN(8*3600))*time.Second), day)
	return m.save(kind, rec)
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

func (m *maker) chance(p float64) bool { return m.r.Float64() < p }
