package store

import (
	"context"
	"database/sql"
	"fmt"

	"ugoda/model"
	"ugoda/model/proposal"
	"ugoda/model/trade"
)

// Offered is a price at which a product stands in a document.
type Offered struct {
	Kind     string // of the document
	Document model.Ref
	On       model.Day
	Client   model.Ref
	Status   string
	Variant  string // its name, where the document has several
	Quantity model.Qty
	Unit     string
	Price    model.Money // of one, before the discount
	Discount model.Percent
	Amount   int64 // of the line, less the discount
}

// Net is the price of one less the discount.
func (o Offered) Net() model.Money {
	m := o.Price
	if off, err := model.Share(m.Minor, o.Discount); err == nil {
		m.Minor -= off
	}
	return m
}

// pricesMost is how many lines are looked at for the history of prices.
const pricesMost = 400

// Prices is the history of the prices of a product, the latest first: what it
// was offered for, to one client or, where that points nowhere, to all. Of a
// proposal the variant counts that was accepted, else the recommended one.
// Cancelled proposals, and the one that is named, are left out.
func (s *Session) Prices(ctx context.Context, product, client int64, without int64) ([]Offered, error) {
	query := `SELECT p.id, p.number, p.date, p.client_id, COALESCE(c.name, ''), p.status, p.currency, v.name,
		(SELECT COUNT(*) FROM proposal_variants x WHERE x.owner_id = p.id), l.quantity, l.unit, l.price, l.discount, l.amount
		FROM proposal_variants_lines l
		JOIN proposal_variants v ON v.id = l.owner_id
		JOIN proposal p ON p.id = v.owner_id
		LEFT JOIN client c ON c.id = p.client_id
		WHERE l.product_id = ? AND p.marked = FALSE AND p.status <> ? AND p.id <> ?
			AND v.id = (SELECT y.id FROM proposal_variants y WHERE y.owner_id = p.id ORDER BY y.accepted DESC, y.recommended DESC, y.position LIMIT 1)`
	args := []any{product, proposal.Cancelled, without}
	if client != 0 {
		query += ` AND p.client_id = ?`
		args = append(args, client)
	}
	query += ` ORDER BY p.date DESC, p.id DESC, l.position LIMIT ?`
	rows, err := s.base.Read(ctx, query, append(args, pricesMost)...)
	if err != nil {
		return nil, fmt.Errorf("read prices: %w", err)
	}
	defer rows.Close()
	var out []Offered
	for rows.Next() {
		o := Offered{Kind: "proposal"}
		var buyer sql.NullInt64
		var variants int64
		if err := rows.Scan(&o.Document.ID, &o.Document.Code, &o.On, &buyer, &o.Client.Name, &o.Status, &o.Price.Currency, &o.Variant, &variants,
			&o.Quantity, &o.Unit, &o.Price.Minor, &o.Discount, &o.Amount); err != nil {
			return nil, fmt.Errorf("read prices: %w", err)
		}
		o.Client.ID = buyer.Int64
		if variants < 2 {
			o.Variant = ""
		}
		out = append(out, o)
	}
	return out, rows.Err()
}

// LastPrices are the last price of a product to a client, and to anybody else;
// nil where there is none. Drafts do not count: nobody was offered their prices.
func (s *Session) LastPrices(ctx context.Context, product, client int64, without int64) (his, others *Offered, err error) {
	all, err := s.Prices(ctx, product, 0, without)
	if err != nil {
		return nil, nil, err
	}
	if client != 0 {
		to, err := s.Prices(ctx, product, client, without)
		if err != nil {
			return nil, nil, err
		}
		his = lastOffered(to, func(*Offered) bool { return true })
	}
	return his, lastOffered(all, func(o *Offered) bool { return client == 0 || o.Client.ID != client }), nil
}

func lastOffered(all []Offered, fits func(*Offered) bool) *Offered {
	for i := range all {
		if o := &all[i]; o.Status != proposal.Draft && o.Status != proposal.Awaiting && fits(o) {
			return o
		}
	}
	return nil
}

// Listing tells what the catalogue says now of the products of a proposal, which
// need not be saved.
func (s *Session) Listing(ctx context.Context, p *proposal.Proposal) (map[int64]trade.Listed, error) {
	w := s.newWork(ctx, nil)
	out := proposal.Listing(p, facts{w})
	if w.failed != nil {
		return nil, fmt.Errorf("read the catalogue: %w", w.failed)
	}
	return out, nil
}
