package reports_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"ugoda/model"
	"ugoda/model/client"
	"ugoda/model/deal"
	"ugoda/model/filter"
	"ugoda/model/firm"
	"ugoda/model/product"
	"ugoda/model/proposal"
	"ugoda/model/span"
	"ugoda/reports"
	"ugoda/store"
)

// offers are proposals made up by chance, as they were saved, with what they
// are grouped by that stands elsewhere.
type offers struct {
	list    []*proposal.Proposal
	clients map[int64]*client.Client
	deals   map[int64]*deal.Deal
	groups  map[int64]int64 // by product
}

// addOffers makes proposals up: in two currencies, with and without VAT on top,
// with several variants, of every status.
func (w *world) addOffers(t *testing.T, n int) *offers {
	t.Helper()
	ctx := context.Background()
	save := func(kind string, rec model.Keeper) {
		t.Helper()
		if err := w.s.Save(ctx, kind, rec); err != nil {
			t.Fatalf("save %s: %v", kind, err)
		}
	}
	r := rand.New(rand.NewPCG(11, 7))
	o := &offers{clients: map[int64]*client.Client{}, deals: map[int64]*deal.Deal{}, groups: map[int64]int64{}}
	eur := &firm.Currency{Name: "Євро"}
	eur.Number = "EUR"
	save("currency", eur)
	save("rate", &firm.ExchangeRate{Currency: model.Ref{ID: eur.ID}, On: firstDay - 400, Rate: 41_000_000})
	var segments []model.Ref
	for i := range 2 {
		x := &firm.Entry{Name: fmt.Sprint("Сегмент ", i)}
		save("segment", x)
		segments = append(segments, model.Ref{ID: x.ID})
	}
	for i, c := range w.clients {
		if c.Segment = (model.Ref{}); i%3 > 0 {
			c.Segment = segments[i%3-1]
		}
		save("client", c)
		o.clients[c.ID] = c
	}
	var products []*product.Product
	for i := range 3 {
		g := &product.Group{Name: fmt.Sprint("Група ", i)}
		save("product-group", g)
		for j := range 2 {
			p := &product.Product{Name: fmt.Sprint("Товар ", i, j), Group: model.Ref{ID: g.ID}, VAT: product.VATs[0]}
			save("product", p)
			products = append(products, p)
			o.groups[p.ID] = g.ID
		}
	}
	if _, err := w.s.InBatch(ctx, "offers", func(ctx context.Context, b *store.Batcher) error {
		var deals []*deal.Deal
		for range 20 {
			d := &deal.Deal{Subject: "Угода", Process: ref(w.process[0]), Client: ref(w.clients[r.IntN(12)]), Source: ref(w.sources[r.IntN(3)])}
			if err := b.Save(ctx, "deal", d); err != nil {
				return err
			}
			deals = append(deals, d)
			o.deals[d.ID] = d
		}
		for i := range n {
			date := today - model.Day(r.IntN(500))
			p := &proposal.Proposal{
				Date: date, Subject: fmt.Sprint("Пропозиція ", i), Client: ref(w.clients[r.IntN(12)]), Manager: ref(w.people[r.IntN(4)]), Status: proposal.Statuses[r.IntN(len(proposal.Statuses))],
				Importance: proposal.Importances[r.IntN(4)], Language: "uk", VATMode: []string{proposal.VATOnTop, proposal.VATIncluded, proposal.VATNone}[r.IntN(3)], Currency: "UAH", Rate: model.RateOne,
				Kept: r.Int64N(3), KeptDigest: "-",
			}
			if r.IntN(3) > 0 {
				d := deals[r.IntN(len(deals))]
				p.Deal, p.Client = ref(d), d.Client
			}
			if r.IntN(4) == 0 {
				p.Currency, p.Rate = "EUR", model.Rate(45_000_000+r.Int64N(9_999_999))
			}
			if p.Status != proposal.Draft {
				p.SentAt = date.Time().Add(time.Duration(7+r.IntN(9)) * time.Hour)
				if p.Status == proposal.Accepted || p.Status == proposal.Declined {
					p.AnsweredAt = p.SentAt.Add(time.Duration(r.IntN(20*24)) * time.Hour)
				}
			}
			for v := range 1 + r.IntN(3) {
				x := proposal.Variant{Name: fmt.Sprint("Варіант ", v)}
				for range r.IntN(5) {
					l := proposal.Line{Text: "Рядок", Quantity: model.Qty(r.Int64N(9_000)), Unit: "шт", Price: r.Int64N(99_999_99), Discount: model.Percent(r.Int64N(3) * r.Int64N(1_200)), VAT: product.VATs[r.IntN(len(product.VATs))], Cost: r.Int64N(70_000_00)}
					switch r.IntN(5) {
					case 0:
						l = proposal.Line{Heading: true, Text: "Розділ"}
					case 1: // free text
						l.Note = r.IntN(3) == 0
					default:
						l.Product = model.Ref{ID: products[r.IntN(len(products))].ID}
						l.Optional = r.IntN(4) == 0
						l.Taken = l.Optional && r.IntN(2) == 0
					}
					x.Lines = append(x.Lines, l)
				}
				p.Variants = append(p.Variants, x)
			}
			last := len(p.Variants) - 1
			p.Variants[r.IntN(last+1)].Recommended = true
			p.Variants[last].Accepted = p.Status == proposal.Accepted && r.IntN(2) == 0
			if err := b.Save(ctx, "proposal", p); err != nil {
				return err
			}
			o.list = append(o.list, p)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for i, p := range o.list { // as the base keeps them
		rec, err := w.s.Get(ctx, "proposal", p.ID)
		if err != nil {
			t.Fatal(err)
		}
		o.list[i] = rec.(*proposal.Proposal)
	}
	return o
}

// bandOf counts the edges that a value reaches, from 1.
func bandOf(v int64, edges ...int64) int64 {
	n := int64(1)
	for _, e := range edges {
		if v >= e {
			n++
		}
	}
	return n
}

// keys are the keys of a proposal in a dimension with the figures under each.
func (o *offers) figures(t *testing.T, p *proposal.Proposal, by string) map[int64]reports.ProposalFigures {
	base := func(minor int64) int64 {
		n, err := model.Convert(minor, p.Rate)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	offer := p.Offer()
	f := reports.ProposalFigures{Count: 1, Variants: int64(len(p.Variants)), Revisions: p.Kept}
	switch p.Status {
	case proposal.Sent:
		f.Waiting = 1
	case proposal.Accepted:
		f.Accepted = 1
	case proposal.Declined:
		f.Declined = 1
	case proposal.Expired:
		f.Expired = 1
	}
	add := func(to *reports.ProposalFigures, amount, gross, net, discount, margin, positions int64) {
		to.Amount += base(amount)
		to.Gross += base(gross)
		to.Net += base(net)
		to.Discount += base(discount)
		to.Margin += base(margin)
		to.Positions += positions
		if to.Accepted > 0 {
			to.Won = to.Amount
		}
	}
	positions := int64(0)
	for _, l := range offer.Lines {
		if !l.Heading && !l.Note {
			positions++
		}
	}
	if by == "product" || by == "group" {
		out := map[int64]reports.ProposalFigures{}
		for _, l := range offer.Lines {
			if l.Heading || l.Note {
				continue
			}
			key := l.Product.ID
			if by == "group" {
				key = o.groups[key]
			}
			if out[key].Count == 0 {
				out[key] = f
			}
			cost, err := model.Extend(l.Cost, l.Quantity)
			if err != nil {
				t.Fatal(err)
			}
			x := out[key]
			if l.Optional && !l.Taken {
				x.Positions++
				out[key] = x
				continue
			}
			add(&x, l.Total, l.Amount+l.DiscountSum, l.Total-l.VATAmount, l.DiscountSum, l.Total-l.VATAmount-cost, 1)
			out[key] = x
		}
		if len(out) == 0 {
			out[0] = f
		}
		return out
	}
	add(&f, offer.Total, offer.Gross, offer.Total-offer.VATSum, offer.DiscountSum, offer.Margin, positions)
	var key int64
	switch by {
	case "":
	case "manager":
		key = p.Manager.ID
	case "client":
		key = p.Client.ID
	case "segment":
		key = o.clients[p.Client.ID].Segment.ID
	case "source":
		if d := o.deals[p.Deal.ID]; d != nil {
			key = d.Source.ID
		}
	case "status":
		key = int64(slices.Index(proposal.Statuses, p.Status) + 1)
	case "importance":
		key = int64(slices.Index(proposal.Importances, p.Importance) + 1)
	case "band":
		key = bandOf(base(p.Amount.Minor), 1, 10_000_00, 50_000_00, 100_000_00, 500_000_00, 1_000_000_00)
	case "discount":
		key = bandOf(int64(p.Figures.DiscountShare), 1, 501, 1001, 1501, 2001)
	case "revisions":
		key = bandOf(p.Revision, 2, 3, 4, 6)
	case "positions":
		key = bandOf(f.Positions, 1, 6, 11, 21)
	case "chosen":
		for _, v := range p.Variants {
			if v.Accepted && key == 0 {
				key = 2
				if v.Recommended {
					key = 1
				}
			}
		}
	case "month":
		key = int64(p.Date.FirstOfMonth(0))
	case "week":
		key = int64(p.Date.Monday())
	case "quarter":
		key = int64(model.Date(p.Date.Time().Year(), (p.Date.Time().Month()-1)/3*3+1, 1))
	default:
		t.Fatalf("no %s by hand", by)
	}
	return map[int64]reports.ProposalFigures{key: f}
}

// byHand counts proposals one by one.
func (o *offers) byHand(t *testing.T, days span.Span, by []string, keep func(*proposal.Proposal) bool) map[string]reports.ProposalFigures {
	t.Helper()
	out := map[string]reports.ProposalFigures{}
	answers, ages := map[string][]int64{}, map[string][]int64{}
	for _, p := range o.list {
		if p.Date < days.From || p.Date > days.To || !keep(p) {
			continue
		}
		whole := map[string]reports.ProposalFigures{}
		switch {
		case len(by) == 0:
			whole[""] = o.figures(t, p, "")[0]
		case len(by) == 1:
			for k, f := range o.figures(t, p, by[0]) {
				whole[fmt.Sprint(k)] = f
			}
		default: // of two, the one of the lines has the figures
			for a, f := range o.figures(t, p, by[0]) {
				whole[fmt.Sprint(a)] = f
				for b, g := range o.figures(t, p, by[1]) {
					if by[1] == "product" {
						f = g
					}
					whole[fmt.Sprint(a, ",", b)] = f
				}
			}
		}
		if len(by) == 2 && by[1] == "product" { // the head is of the whole proposal
			for a, f := range o.figures(t, p, by[0]) {
				whole[fmt.Sprint(a)] = f
			}
		}
		for k, f := range whole {
			if !p.AnsweredAt.IsZero() && (f.Accepted > 0 || f.Declined > 0) {
				answers[k] = append(answers[k], p.AnsweredAt.Unix()/86400-p.SentAt.Unix()/86400)
			}
			if p.Status == proposal.Sent {
				ages[k] = append(ages[k], int64(today)-p.SentAt.Unix()/86400)
			}
			x := out[k]
			x.Count += f.Count
			x.Amount += f.Amount
			x.Gross += f.Gross
			x.Net += f.Net
			x.Discount += f.Discount
			x.Margin += f.Margin
			x.Positions += f.Positions
			x.Variants += f.Variants
			x.Revisions += f.Revisions
			x.Waiting += f.Waiting
			x.Accepted += f.Accepted
			x.Won += f.Won
			x.Declined += f.Declined
			x.Expired += f.Expired
			out[k] = x
		}
	}
	for k, x := range out {
		x.Answer, x.Age = middle(answers[k]), middle(ages[k])
		out[k] = x
	}
	return out
}

// Every figure of proposals is what one counts proposal by proposal, by every
// dimension, then and now; and the list that a figure opens adds up to it.
func TestProposals(t *testing.T) {
	each(t, 12, 10, func(t *testing.T, w *world) {
		ctx := context.Background()
		o := w.addOffers(t, 160)
		days := span.Span{From: today - 364, To: today}
		for _, where := range []string{"", `amount > 50000 and status != "cancelled"`} {
			keep := func(p *proposal.Proposal) bool {
				return where == "" || p.Amount.Minor > 50_000_00 && p.Status != proposal.Cancelled
			}
			var node filter.Node
			if where != "" {
				var err error
				if node, err = filter.Parse(w.s.Registry(), "proposal", where); err != nil {
					t.Fatal(err)
				}
			}
			for _, by := range [][]string{
				{"manager"},
				{"client"},
				{"segment"},
				{"source"},
				{"status"},
				{"importance"},
				{"band"},
				{"discount"},
				{"month"},
				{"week"},
				{"quarter"},
				{"revisions"},
				{"positions"},
				{"chosen"},
				{"chosen", "product"},
				{"product"},
				{"group"},
				{"manager", "status"},
				{"segment", "product"},
				{"quarter", "manager"},
			} {
				x, err := reports.NewProposals(ctx, w.s, reports.ProposalSettings{From: days.From, To: days.To, By: by, Where: node, Compare: "2025-07-01..2025-09-30"})
				if err != nil {
					t.Fatal(err)
				}
				want := o.byHand(t, days, by, keep)
				then := o.byHand(t, x.Was, by, keep)
				now, total := 0, o.byHand(t, days, nil, keep)[""]
				if x.Total.Now != total {
					t.Errorf("%v: %+v in all, by hand %+v", by, x.Total.Now, total)
				}
				for _, line := range x.Lines() {
					var ids []string
					for _, k := range line.Keys {
						ids = append(ids, fmt.Sprint(k.ID))
					}
					key := strings.Join(ids, ",")
					if line.Now.Count > 0 {
						now++
						if line.Now != want[key] {
							t.Errorf("%v %s (%s): %+v, by hand %+v", by, x.Name(line, words), key, line.Now, want[key])
						}
					}
					if by[0] != "month" && by[0] != "week" && by[0] != "quarter" { // whose days move
						if f, ok := then[key]; ok != (line.Then.Count > 0) || ok && line.Then != f {
							t.Errorf("%v %s then: %+v, by hand %+v", by, x.Name(line, words), line.Then, f)
						}
					}
					for part, n := range map[reports.Part]int64{reports.All: line.Now.Count, reports.Waiting: line.Now.Waiting, reports.Accepted: line.Now.Accepted} {
						behind, err := x.Behind(ctx, w.s, part, line.Keys...)
						if err != nil {
							t.Fatal(err)
						}
						text := filter.Text(behind)
						if behind, err = filter.Parse(w.s.Registry(), "proposal", text); err != nil {
							t.Fatalf("%s: %v", text, err)
						}
						found, err := w.s.Totals(ctx, store.Query{Kind: "proposal", Where: behind})
						if err != nil {
							t.Fatalf("%s: %v", text, err)
						}
						if found.Count != n {
							t.Errorf("%v %s %q: %d behind %d: %s", by, x.Name(line, words), part, found.Count, n, text)
						}
					}
				}
				if now != len(want) || now == 0 {
					t.Errorf("%v: %d lines, by hand %d", by, now, len(want))
				}
			}
		}
	})
}

// A month stands beside the month that it is compared with.
func TestProposalsByMonthCompared(t *testing.T) {
	each(t, 13, 5, func(t *testing.T, w *world) {
		o := w.addOffers(t, 120)
		days := span.Span{From: model.Date(2026, 1, 1), To: model.Date(2026, 6, 30)}
		x, err := reports.NewProposals(context.Background(), w.s, reports.ProposalSettings{From: days.From, To: days.To, By: []string{"month"}, Compare: span.LastYear})
		if err != nil {
			t.Fatal(err)
		}
		all := func(*proposal.Proposal) bool { return true }
		for _, line := range x.Rows {
			month := model.Day(line.Keys[0].ID)
			was := o.byHand(t, span.Span{From: month.AddMonths(-12), To: month.AddMonths(-11) - 1}, nil, all)[""]
			if was.Count == 0 {
				was.Answer, was.Age = -1, -1
			}
			if line.Then != was {
				t.Errorf("%s a year ago: %+v, by hand %+v", x.Name(line, words), line.Then, was)
			}
		}
	})
}

// Who may not see margins gets none, in no column and no figure.
func TestProposalsHideMargins(t *testing.T) {
	each(t, 14, 5, func(t *testing.T, w *world) {
		ctx := context.Background()
		w.addOffers(t, 20)
		u := &firm.User{Name: "Продавець", Role: string(model.RoleManager), Active: true, Employee: ref(w.people[0])}
		if err := w.s.Save(ctx, "user", u); err != nil {
			t.Fatal(err)
		}
		s, err := w.base.Session(ctx, u.Name, "")
		if err != nil {
			t.Fatal(err)
		}
		x, err := reports.NewProposals(ctx, s, reports.ProposalSettings{})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range x.Table(words).Columns {
			if strings.HasPrefix(c.Name, "margin") {
				t.Errorf("column %s", c.Name)
			}
		}
		if x.Total.Now.Count == 0 || x.Total.Now.Margin != 0 {
			t.Errorf("%+v", x.Total.Now)
		}
	})
}
