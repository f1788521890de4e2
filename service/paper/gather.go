package paper

import (
	"context"
	"fmt"
	"strings"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/client"
	"ugoda/model/firm"
	"ugoda/model/proposal"
	"ugoda/store"
)

// letter is a proposal with everything that stands in its print. Fields that
// the session's role may not see are empty.
type letter struct {
	p            *proposal.Proposal
	words        *locale.Printer // in the language of the proposal
	organization *firm.Organization
	client       *client.Client
	contact      *client.Contact
	manager      *firm.Employee
	kept         []*proposal.Revision
	leaving      bool   // it is being sent
	made         string // what it is made into, of firm.Forms
	records      *gatherer
	pictures     map[int64][]byte // of products, as far as they were asked for
}

// gather reads a proposal and what it refers to.
func gather(ctx context.Context, s *store.Session, j Job) (*letter, error) {
	rec, err := s.Get(ctx, "proposal", j.ID)
	if err != nil {
		return nil, err
	}
	p := rec.(*proposal.Proposal)
	if j.Variant != 0 {
		if j.Variant < 0 || j.Variant > len(p.Variants) {
			return nil, &NoVariant{j.Variant}
		}
		p.Variants = p.Variants[j.Variant-1 : j.Variant : j.Variant]
	}
	lang, ok := locale.ParseLanguage(p.Language)
	if !ok {
		lang = locale.Ukrainian
	}
	g := &gatherer{ctx: ctx, s: s}
	l := &letter{
		p: p, words: locale.New(lang), leaving: j.Leaving, made: orElse(j.Form, firm.FormProposal), records: g,
		organization: get[firm.Organization](g, "organization", p.Organization),
		client:       get[client.Client](g, "client", p.Client),
		contact:      get[client.Contact](g, "contact", p.Contact),
		manager:      get[firm.Employee](g, "employee", p.Manager),
	}
	if p.Signatory.ID != 0 {
		e := get[firm.Employee](g, "employee", p.Signatory)
		l.organization.Signatory, l.organization.SignatoryPost = e.Name, e.Post
	}
	if g.err != nil {
		return nil, fmt.Errorf("gather proposal %s: %w", p.Number, g.err)
	}
	if p.Revision > 1 {
		if l.kept, err = s.Revisions(ctx, p.ID); err != nil {
			return nil, fmt.Errorf("gather proposal %s: %w", p.Number, err)
		}
	}
	return l, nil
}

// NoVariant says that a proposal has no such variant.
type NoVariant struct{ No int }

func (e *NoVariant) Error() string { return fmt.Sprintf("no variant %d", e.No) }

// Message says it to a person.
func (e *NoVariant) Message() (string, map[string]any) {
	return "no_variant", map[string]any{"no": int64(e.No)}
}

type gatherer struct {
	ctx context.Context
	s   *store.Session
	err error
}

// get reads a record that is referred to; an empty one when there is none.
func get[T any](g *gatherer, kind string, ref model.Ref) *T {
	var none T
	if ref.ID == 0 || g.err != nil {
		return &none
	}
	rec, err := g.s.Get(g.ctx, kind, ref.ID)
	if err != nil {
		g.err = err
		return &none
	}
	t, ok := rec.(any).(*T)
	if !ok {
		return &none
	}
	return t
}

func (l *letter) language() locale.Language { return l.words.Language() }

func (l *letter) money(minor int64) model.Money {
	return model.Money{Minor: minor, Currency: l.p.Currency}
}

// draft reports that the proposal may still change before it leaves.
func (l *letter) draft() bool {
	return !l.leaving && (l.p.Status == proposal.Draft || l.p.Status == proposal.Awaiting)
}

// account is the firm's account in the currency of the proposal, else its main one.
func (l *letter) account() (iban, bank string) {
	best := -1
	for i, a := range l.organization.Accounts {
		switch {
		case best < 0, a.Main && l.organization.Accounts[best].Currency != l.p.Currency, a.Currency == l.p.Currency && (a.Main || l.organization.Accounts[best].Currency != l.p.Currency):
			best = i
		}
	}
	if best < 0 {
		return "", ""
	}
	return l.organization.Accounts[best].IBAN, l.organization.Accounts[best].Bank
}

// address is the client's registered address, else the first one.
func (l *letter) address() string {
	address := ""
	for i, a := range l.client.Addresses {
		if i == 0 || a.Usage == client.AddressLegal {
			address = a.Text
		}
	}
	return address
}

func orElse(a, b string) string {
	if strings.TrimSpace(a) != "" {
		return a
	}
	return b
}

// fileName is a name that any file system takes: "Комерційна пропозиція КП-214 Карпати-Буд".
func (l *letter) fileName() string {
	name := strings.Join(strings.Fields(l.words.Choice("template", "form", l.made)+" "+l.p.Number+" "+l.client.Name), " ")
	name = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`<>:"/\|?*`, r) {
			return -1
		}
		return r
	}, name)
	if r := []rune(name); len(r) > 100 {
		name = string(r[:100])
	}
	return strings.Trim(name, " .")
}
