package post

import (
	"errors"
	"strings"
	"testing"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/invoice"
	"ugoda/model/letter"
	"ugoda/service/paper"
	"ugoda/store"
	"ugoda/store/storetest"
)

// billed is an invoice of the whole proposal, which the client accepted.
func (f *firmOf) billed(t *testing.T) *invoice.Invoice {
	t.Helper()
	if _, err := f.s.Do(f.ctx, "proposal", f.p.ID, "accept", nil); err != nil {
		t.Fatal(err)
	}
	e, err := f.s.Do(f.ctx, "proposal", f.p.ID, "bill", nil)
	if err != nil {
		t.Fatal(err)
	}
	return f.invoice(t, e.Open.ID)
}

func (f *firmOf) invoice(t *testing.T, id int64) *invoice.Invoice {
	t.Helper()
	rec, err := f.s.Get(f.ctx, "invoice", id)
	if err != nil {
		t.Fatal(err)
	}
	return rec.(*invoice.Invoice)
}

// An invoice leaves as a proposal does: a draft is issued by that, it answers the
// letter with its proposal, and its letters stand among its own.
func TestInvoiceLeaves(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		f := newFirm(t, dsn, true)
		offered := f.send(t, Document{})
		i := f.billed(t)
		u, err := f.o.Usual(f.ctx, f.s, "invoice", i.ID)
		if err != nil {
			t.Fatal(err)
		}
		if u.Again || len(u.Held) > 0 || u.Number != i.Number || !strings.Contains(u.Subject, "Рахунок № "+i.Number) || !strings.Contains(u.Text, "просимо сплатити до") || strings.Contains(u.Text, "..") || strings.ContainsAny(u.Text, "{}") {
			t.Errorf("usual: %+v", u)
		}
		got := f.send(t, Document{Kind: "invoice", ID: i.ID, Formats: []string{"pdf", "docx", "xlsx", "html"}, InBody: true})
		var names []string
		for _, a := range got.Attachments {
			names = append(names, a.Name)
			if len(a.Data) == 0 {
				t.Errorf("%s is empty", a.Name)
			}
		}
		if len(names) != 4 || !strings.HasPrefix(names[0], "Рахунок на оплату "+i.Number) || !strings.Contains(got.HTML, "Всього до сплати") || !strings.Contains(got.HTML, "Призначення платежу") || strings.Contains(got.HTML, "ЧЕРНЕТКА") {
			t.Errorf("%v\n%s", names, got.HTML)
		}
		if got.InReplyTo != offered.ID {
			t.Errorf("answers %q, the proposal left as %q", got.InReplyTo, offered.ID)
		}
		if i = f.invoice(t, i.ID); i.Status != invoice.Issued || i.IssuedAt.IsZero() {
			t.Errorf("after it left: %+v", i)
		}
		again := f.send(t, Document{Kind: "invoice", ID: i.ID})
		if again.InReplyTo != got.ID {
			t.Errorf("the second answers %q, the first was %q", again.InReplyTo, got.ID)
		}
		if u, err := f.o.Usual(f.ctx, f.s, "invoice", i.ID); err != nil || !u.Again {
			t.Errorf("%v %+v", err, u)
		}
		rows, err := f.s.Page(f.ctx, store.Query{Kind: "letter", Columns: []string{"state", "proposal", "client"}, Where: filter.Cond{Path: "invoice", Op: filter.Eq, Values: []filter.Value{filter.ID(i.ID)}}})
		if err != nil || len(rows) != 2 || rows[0].Cells[0] != letter.Sent || rows[0].Cells[1].(model.Ref).ID != f.p.ID {
			t.Errorf("letters of the invoice: %v %v", rows, err)
		}
		if _, err := f.s.Do(f.ctx, "invoice", i.ID, "cancel", model.Answers{"words": "помилка"}); err != nil {
			t.Fatal(err)
		}
		var refused model.Problems
		if _, err := f.o.SendDocument(f.ctx, f.s, Document{Kind: "invoice", ID: i.ID, Engine: paper.Own}); !errors.As(err, &refused) || refused[0].Key != "invoice_is_cancelled" {
			t.Errorf("a cancelled invoice left: %v", err)
		}
	})
}

// An empty draft is not issued by sending it.
func TestEmptyInvoiceStays(t *testing.T) {
	f := newFirm(t, storetest.SQLite(t), true)
	rec, err := f.s.New(f.ctx, "invoice")
	if err != nil {
		t.Fatal(err)
	}
	i := rec.(*invoice.Invoice)
	i.Client, i.Contact = f.p.Client, f.p.Contact
	f.save(t, "invoice", i)
	var refused model.Problems
	if _, err := f.o.SendDocument(f.ctx, f.s, Document{Kind: "invoice", ID: i.ID, Engine: paper.Own}); !errors.As(err, &refused) || refused[0].Key != "nothing_to_pay" {
		t.Errorf("%v", err)
	}
	if n, err := f.s.Count(f.ctx, store.Query{Kind: "letter"}); err != nil || n != 0 {
		t.Errorf("%d letters, %v", n, err)
	}
}
