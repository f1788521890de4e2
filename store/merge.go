package store

import (
	"context"
	"fmt"

	"ugoda/model"
	"ugoda/model/client"
)

// Merge makes two clients one: everything that refers to the second refers to
// the first, what the first lacks it takes from the second, and the second
// goes to the bin. Undo brings both back.
func (s *Session) Merge(ctx context.Context, keep, drop int64) (Batch, error) {
	if keep == drop {
		return Batch{}, model.Refused("", "merge_with_itself")
	}
	p, err := s.plan("client")
	if err != nil {
		return Batch{}, err
	}
	if err := s.mayWrite(p.kind); err != nil {
		return Batch{}, err
	}
	return s.InBatch(ctx, "merge client", func(ctx context.Context, b *Batcher) error {
		w := b.w
		var both [2]*client.Client
		for i, id := range []int64{keep, drop} {
			rec, err := w.get("client", id)
			if err != nil {
				return err
			}
			if rec == nil || rec.Base().Marked {
				return notFoundID("client", id)
			}
			both[i] = clone(p.kind, rec).(*client.Client)
		}
		for _, k := range s.base.registry.Kinds() {
			if err := w.redirect(k, drop, both[0].Ref()); err != nil {
				return fmt.Errorf("merge: move %s: %w", k.Name, err)
			}
		}
		if _, err := w.exec(`UPDATE funnel SET client_id = ? WHERE client_id = ?`, keep, drop); err != nil {
			return fmt.Errorf("merge: move the funnel: %w", err)
		}
		second, err := w.get("client", drop)
		if err != nil {
			return err
		}
		gone := clone(p.kind, second)
		gone.Base().Marked = true
		if _, err := w.put(p, gone, second, "merge"); err != nil {
			return err
		}
		first, err := w.get("client", keep)
		if err != nil {
			return err
		}
		both[0].Record = *first.Base()
		absorb(both[0], both[1])
		if p.kind.Derive != nil {
			if err := p.kind.Derive(both[0], first, facts{w}); err != nil {
				return err
			}
		}
		_, err = w.put(p, both[0], first, "merge")
		return err
	})
}

// redirect makes the records of a kind that refer to a client refer to another,
// without asking rules: nothing of their business changes.
func (w *work) redirect(k *model.Kind, from int64, to model.Ref) error {
	p := w.b.plans[k.Name]
	for _, f := range p.fields {
		if f.Type != model.Link || f.To != "client" {
			continue
		}
		ids, err := w.idsOf("SELECT id FROM "+p.table+" WHERE "+ident(f.Columns()[0])+" = ? ORDER BY id", from)
		if err != nil {
			return err
		}
		if len(ids) == 0 {
			continue
		}
		if err := w.prepare(p, ids[:min(len(ids), chunk)]); err != nil {
			return err
		}
		for n, id := range ids {
			if n > 0 && n%chunk == 0 {
				if err := w.prepare(p, ids[n:min(len(ids), n+chunk)]); err != nil {
					return err
				}
			}
			old, err := w.get(k.Name, id)
			if err != nil {
				return err
			}
			rec := clone(k, old)
			*f.Ptr(rec).(*model.Ref) = to
			if _, err := w.put(p, rec, old, "merge"); err != nil {
				return err
			}
		}
	}
	return nil
}

// absorb gives a client what it lacks and the other has.
func absorb(c, from *client.Client) {
	fill := func(to *string, from string) {
		if *to == "" {
			*to = from
		}
	}
	link := func(to *model.Ref, from model.Ref) {
		if to.IsZero() {
			*to = from
		}
	}
	fill(&c.FullName, from.FullName)
	fill(&c.Code, from.Code)
	fill(&c.IPN, from.IPN)
	fill(&c.Website, from.Website)
	link(&c.Region, from.Region)
	link(&c.Manager, from.Manager)
	link(&c.Source, from.Source)
	switch {
	case c.Note == "":
		c.Note = from.Note
	case from.Note != "" && from.Note != c.Note:
		c.Note += "\n" + from.Note
	}
	phones := map[string]bool{c.Phone: true, c.PhoneE164: true, "": true}
	for _, p := range c.Phones {
		phones[p.Phone], phones[p.E164] = true, true
	}
	for _, p := range append([]client.Phone{{Phone: from.Phone, E164: from.PhoneE164}}, from.Phones...) {
		known := phones[p.Phone] || (p.E164 != "" && phones[p.E164])
		phones[p.Phone], phones[p.E164] = true, true
		switch {
		case known || p.Phone == "":
		case c.Phone == "":
			c.Phone = p.Phone
		default:
			c.Phones = append(c.Phones, client.Phone{Phone: p.Phone, Note: p.Note})
		}
	}
	emails := map[string]bool{fold(c.Email): true, "": true}
	for _, e := range c.Emails {
		emails[fold(e.Email)] = true
	}
	for _, e := range append([]client.Email{{Email: from.Email}}, from.Emails...) {
		known := emails[fold(e.Email)]
		emails[fold(e.Email)] = true
		switch {
		case known:
		case c.Email == "":
			c.Email = e.Email
		default:
			c.Emails = append(c.Emails, client.Email{Email: e.Email, Note: e.Note})
		}
	}
	addresses := map[client.Address]bool{}
	for _, a := range c.Addresses {
		addresses[client.Address{Usage: a.Usage, Text: fold(a.Text)}] = true
	}
	for _, a := range from.Addresses {
		if !addresses[client.Address{Usage: a.Usage, Text: fold(a.Text)}] {
			c.Addresses = append(c.Addresses, client.Address{Usage: a.Usage, Text: a.Text})
		}
	}
	ibans := map[string]bool{}
	for _, a := range c.Accounts {
		ibans[a.IBAN] = true
	}
	for _, a := range from.Accounts {
		if !ibans[a.IBAN] {
			c.Accounts = append(c.Accounts, client.Account{IBAN: a.IBAN, Bank: a.Bank})
		}
	}
	segments := map[int64]bool{0: true, c.Segment.ID: true}
	for _, x := range c.Segments {
		segments[x.Segment.ID] = true
	}
	if c.Segment.IsZero() {
		c.Segment = from.Segment
		segments[c.Segment.ID] = true
	}
	for _, x := range append([]client.Segment{{Segment: from.Segment}}, from.Segments...) {
		if !segments[x.Segment.ID] {
			segments[x.Segment.ID] = true
			c.Segments = append(c.Segments, client.Segment{Segment: x.Segment})
		}
	}
}
