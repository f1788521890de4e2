// Package found makes a base that is ready to work: our own firm, a sales
// process that explains itself, and the small catalogues that deals and
// proposals need.
package found

import (
	"context"
	"fmt"
	"strings"

	"ugoda/assets"
	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/firm"
	"ugoda/model/product"
	"ugoda/model/proposal"
	"ugoda/model/requisite"
	"ugoda/store"
)

// Firm is what a person tells of his firm when he starts a base.
type Firm struct {
	Name     string
	Code     string // EDRPOU or RNOKPP; may be empty
	Tax      string // firm.TaxVAT, TaxSingle or TaxNone
	Person   string // who works here: the first user; empty: named after the role
	Language locale.Language
}

// Base makes a new base at an address and fills it. When filling fails, what
// was made stays for a second try only if it was there before.
func Base(ctx context.Context, address string, f Firm, o store.Options) (*store.Base, error) {
	if p := f.check(); len(p) > 0 {
		return nil, model.Problems(p)
	}
	b, err := store.Create(ctx, address, o)
	if err != nil {
		return nil, fmt.Errorf("create a base: %w", err)
	}
	if err := Fill(ctx, b, f); err != nil {
		b.Close()
		return nil, err
	}
	return b, nil
}

func (f *Firm) check() []model.Problem {
	var p []model.Problem
	if strings.TrimSpace(f.Name) == "" {
		p = append(p, model.Wrong("name", "required"))
	}
	if f.Code != "" && !requisite.ValidEDRPOU(f.Code) && !requisite.ValidRNOKPP(f.Code) {
		p = append(p, model.Wrong("code", "code_digits", "code", f.Code))
	}
	return p
}

// Fill puts a firm and the catalogues into an empty base, in one batch.
func Fill(ctx context.Context, b *store.Base, f Firm) error {
	p := locale.New(f.Language)
	if err := b.SetSetting(ctx, "language", string(f.Language)); err != nil {
		return fmt.Errorf("keep the language of the base: %w", err)
	}
	_, err := b.System().InBatch(ctx, p.T("seed.batch"), func(ctx context.Context, batch *store.Batcher) error {
		s := &sower{ctx: ctx, batch: batch, p: p, f: f}
		for _, sow := range []func() error{s.currencies, s.firm, s.people, s.catalogues, s.processes, s.snippets, s.templates, s.rules} {
			if err := sow(); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("fill a new base: %w", err)
	}
	for _, x := range views {
		v := store.View{Kind: x.kind, Name: p.T("seed.view." + x.key), Where: x.where, Shared: true}
		err := b.System().SaveView(ctx, &v)
		if err == nil && x.usual {
			err = b.SetUsualView(ctx, &v)
		}
		if err != nil {
			return fmt.Errorf("fill a new base: %w", err)
		}
	}
	return nil
}

type sower struct {
	ctx   context.Context
	batch *store.Batcher
	p     *locale.Printer
	f     Firm
}

func (s *sower) save(kind string, rec model.Keeper) error {
	if err := s.batch.Save(s.ctx, kind, rec); err != nil {
		return fmt.Errorf("add %s: %w", kind, err)
	}
	return nil
}

func (s *sower) name(family, key string) string { return s.p.T("seed." + family + "." + key) }

func (s *sower) currencies() error {
	for _, c := range currencies {
		if err := s.save("currency", &firm.Currency{Record: model.Record{Number: c.code}, Name: s.name("currency", c.code), Symbol: c.symbol, IsBase: c.base}); err != nil {
			return err
		}
	}
	return nil
}

func (s *sower) firm() error {
	tax := s.f.Tax
	if tax == "" {
		tax = firm.TaxVAT
	}
	return s.save("organization", &firm.Organization{Name: strings.TrimSpace(s.f.Name), FullName: strings.TrimSpace(s.f.Name), Code: s.f.Code, Tax: tax, Main: true})
}

func (s *sower) people() error {
	department := &firm.Department{Name: s.name("department", "sales")}
	if err := s.save("department", department); err != nil {
		return err
	}
	person := strings.TrimSpace(s.f.Person)
	if person == "" {
		person = s.name("employee", "head")
	}
	e := &firm.Employee{Name: person, Post: s.name("employee", "head"), Department: model.Ref{ID: department.ID}, Active: true}
	if err := s.save("employee", e); err != nil {
		return err
	}
	department.Head = model.Ref{ID: e.ID, Name: e.Name}
	if err := s.save("department", department); err != nil {
		return err
	}
	return s.save("user", &firm.User{Name: person, Employee: model.Ref{ID: e.ID}, Role: string(model.RoleAdmin), Active: true})
}

func (s *sower) catalogues() error {
	for _, key := range sources {
		if err := s.save("source", &firm.Entry{Name: s.name("source", key), Active: true}); err != nil {
			return err
		}
	}
	for _, key := range segments {
		if err := s.save("segment", &firm.Entry{Name: s.name("segment", key), Active: true}); err != nil {
			return err
		}
	}
	for _, key := range units {
		if err := s.save("unit", &product.Unit{Name: s.name("unit", key), FullName: s.name("unit_full", key)}); err != nil {
			return err
		}
	}
	for _, key := range regions {
		if err := s.save("region", &firm.Region{Name: s.name("region", key)}); err != nil {
			return err
		}
	}
	for _, r := range lossReasons {
		if err := s.save("loss-reason", &deal.LossReason{Name: s.name("loss", r.key), NeedsWords: r.words, Active: true}); err != nil {
			return err
		}
	}
	for _, r := range results {
		if err := s.save("activity-result", &deal.Result{Name: s.name("result", r.key), Counts: r.counts, Active: true}); err != nil {
			return err
		}
	}
	return nil
}

func (s *sower) processes() error {
	for _, ps := range processes {
		process := &deal.Process{Name: s.name("process", ps.key), Note: s.name("process_note", ps.key), Active: true}
		if err := s.save("process", process); err != nil {
			return err
		}
		for i, st := range ps.stages {
			stage := &deal.Stage{
				Name: s.name("stage", st.key), Process: model.Ref{ID: process.ID, Name: process.Name}, Order: int64(i+1) * 10,
				Kind: st.kind, Probability: st.probability, ExpectedDays: st.days, Colour: st.colour, Advice: s.name("advice", st.key),
			}
			if row, ok := funnelRows[st.key]; ok {
				stage.FunnelRow = s.name("stage", row)
			}
			if err := s.save("stage", stage); err != nil {
				return err
			}
		}
	}
	return nil
}

// snippets come in all languages: a proposal in another one than the base's has
// its terms, too.
func (s *sower) snippets() error {
	for _, lang := range locale.Languages {
		p := locale.New(lang)
		first := map[string]bool{}
		for _, n := range snippets {
			sn := &firm.Snippet{Name: p.T("seed.snippet." + n.key), Usage: n.usage, Language: string(lang), Text: p.T("seed.snippet_text." + n.key), Default: !first[n.usage]}
			first[n.usage] = true
			if err := s.save("snippet", sn); err != nil {
				return err
			}
		}
	}
	return nil
}

// rules are examples of what has to be approved: they hold nothing until
// somebody switches them on.
func (s *sower) rules() error {
	for i, x := range rules {
		r := &proposal.Rule{Name: s.name("rule", x.key), When: x.when, Order: int64(1 + i/3), Approver: proposal.ByHead, Own: true}
		if err := s.save("approval-rule", r); err != nil {
			return err
		}
	}
	return nil
}

// templates puts the shipped letters into the base, where the user may change them.
func (s *sower) templates() error {
	for _, lang := range []locale.Language{locale.Ukrainian, locale.English} {
		for _, form := range firm.Forms {
			file, err := assets.Templates.ReadFile("templates/" + form + "-" + string(lang) + ".docx")
			if err != nil {
				return fmt.Errorf("read the shipped template: %w", err)
			}
			t := &firm.Template{Name: s.name("template", form+"_"+string(lang)), For: "proposal", Form: form, Language: string(lang), File: file, Default: true, Order: 1}
			t.CameFrom(file)
			if err := s.save("template", t); err != nil {
				return err
			}
		}
	}
	return nil
}
