package paper

import (
	"context"
	"fmt"
	"strings"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/client"
	"ugoda/model/firm"
	"ugoda/model/invoice"
	"ugoda/model/proposal"
	"ugoda/store"
)

// head is what every document has beside its lines.
type head struct {
	kind         string // of record
	number       string
	date         model.Day
	subject      string
	currency     string
	vatMode      string
	language     string
	payment      string // the terms
	client       model.Ref
	contact      model.Ref
	organization model.Ref
	manager      model.Ref
	signatory    model.Ref
	template     model.Ref
	open         bool // it may still change before it leaves
}

// letter is a document with everything that stands in its print. Fields that
// the session's role may not see are empty.
type letter struct {
	head         head
	p            *proposal.Proposal // one of the two
	i            *invoice.Invoice
	words        *locale.Printer // in the language of the document
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

// prints tells which kinds of record are printed, and what each is made into
// unless something else is asked for.
var prints = map[string]string{"proposal": firm.FormProposal, "invoice": firm.FormInvoice}

// form is what the document is made into.
func (j Job) form() string { return orElse(j.Form, prints[j.Kind]) }

// made refuses a form that the document is not made into: an invoice is nothing
// else.
func (j Job) made() error {
	usual, ok := prints[j.Kind]
	if !ok {
		return &NoTemplate{j.Kind}
	}
	if j.Kind != "proposal" && j.form() != usual {
		return model.Refused("form", "not_a_choice", "value", j.Form)
	}
	return nil
}

// gather reads a document and what it refers to.
func gather(ctx context.Context, s *store.Session, j Job) (*letter, error) {
	if err := j.made(); err != nil {
		return nil, err
	}
	rec, err := s.Get(ctx, j.Kind, j.ID)
	if err != nil {
		return nil, err
	}
	l := &letter{leaving: j.Leaving, made: j.form(), records: &gatherer{ctx: ctx, s: s}}
	switch x := rec.(type) {
	case *proposal.Proposal:
		err = l.takeProposal(x, j)
	case *invoice.Invoice:
		l.takeInvoice(x)
	}
	if err != nil {
		return nil, err
	}
	lang, ok := locale.ParseLanguage(l.head.language)
	if !ok {
		lang = locale.Ukrainian
	}
	l.words = locale.New(lang)
	g := l.records
	l.organization = get[firm.Organization](g, "organization", l.head.organization)
	l.client = get[client.Client](g, "client", l.head.client)
	l.contact = get[client.Contact](g, "contact", l.head.contact)
	l.manager = get[firm.Employee](g, "employee", l.head.manager)
	if l.head.signatory.ID != 0 {
		e := get[firm.Employee](g, "employee", l.head.signatory)
		l.organization.Signatory, l.organization.SignatoryPost = e.Name, e.Post
	}
	if g.err != nil {
		return nil, fmt.Errorf("gather %s %s: %w", j.Kind, l.head.number, g.err)
	}
	return l, nil
}

// takeProposal takes a proposal, or one variant of it.
func (l *letter) takeProposal(p *proposal.Proposal, j Job) error {
	if j.Variant != 0 {
		if j.Variant < 0 || j.Variant > len(p.Variants) {
			return &NoVariant{j.Variant}
		}
		p.Variants = p.Variants[j.Variant-1 : j.Variant : j.Variant]
	}
	l.p = p
	l.head = head{
		kind: j.Kind, number: p.Number, date: p.Date, subject: p.Subject, currency: p.Currency, vatMode: p.VATMode, language: p.Language, payment: p.PaymentTerms,
		client: p.Client, contact: p.Contact, organization: p.Organization, manager: p.Manager, signatory: p.Signatory, template: p.Template,
		open: p.Status == proposal.Draft || p.Status == proposal.Awaiting,
	}
	if p.Revision > 1 {
		var err error
		if l.kept, err = l.records.s.Revisions(l.records.ctx, p.ID); err != nil {
			return fmt.Errorf("gather proposal %s: %w", p.Number, err)
		}
	}
	return nil
}

// takeInvoice takes an invoice.
func (l *letter) takeInvoice(i *invoice.Invoice) {
	l.i = i
	l.head = head{
		kind: "invoice", number: i.Number, date: i.Date, subject: i.Subject, currency: i.Currency, vatMode: i.VATMode, language: i.Language, payment: i.PaymentTerms,
		client: i.Client, contact: i.Contact, organization: i.Organization, manager: i.Manager, signatory: i.Signatory, template: i.Template,
		open: i.Status == invoice.Draft,
	}
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
	return model.Money{Minor: minor, Currency: l.head.currency}
}

// draft reports that the document may still change before it leaves.
func (l *letter) draft() bool { return !l.leaving && l.head.open }

// account is the firm's account in the currency of the document, else its main one.
func (l *letter) account() (iban, bank string) {
	best := -1
	for i, a := range l.organization.Accounts {
		switch {
		case best < 0, a.Main && l.organization.Accounts[best].Currency != l.head.currency, a.Currency == l.head.currency && (a.Main || l.organization.Accounts[best].Currency != l.head.currency):
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
	name := strings.Join(strings.Fields(l.words.Choice("template", "form", l.made)+" "+l.head.number+" "+l.client.Name), " ")
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
