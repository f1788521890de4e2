package store_test

import (
	"reflect"
	"testing"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/proposal"
	"ugoda/store"
)

// A deal that lacks what its rules demand does not follow its proposal; it is
// told until it is mended and moved. One that followed is not spoken of, nor is
// one that somebody moved back.
func TestADealStaysBehind(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		o := newOffice(f)
		process := f.get("process", f.process.ID).(*deal.Process)
		process.SentStage = ref(f.stages["second"])
		f.save("process", process)
		begin := func() *deal.Deal {
			t.Helper()
			d := &deal.Deal{Subject: "Дах", Process: ref(process), Stage: ref(f.stages["first"]), Client: ref(o.client), Manager: ref(f.ivan), Opened: monday, Amount: model.Money{Currency: "UAH"}, AmountFixed: true}
			f.save("deal", d)
			return d
		}
		behind := func(id int64) *store.Behind {
			t.Helper()
			b, err := o.manager.Behind(f.ctx, id)
			if err != nil {
				t.Fatal(err)
			}
			p := f.get("proposal", id).(*proposal.Proposal)
			of, err := o.manager.BehindOf(f.ctx, p.Deal.ID)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(of, b) || b != nil && b.Proposal.ID != id {
				t.Errorf("the deal tells %+v, the proposal %+v", of, b)
			}
			return b
		}
		d := begin()
		p := o.offer(0)
		p.Deal = d.Ref()
		f.save("proposal", p)
		if b := behind(p.ID); b != nil {
			t.Errorf("of a draft: %+v", b)
		}
		o.done(o.manager, p.ID, "sent", nil)
		if b := behind(p.ID); b != nil {
			t.Errorf("it followed: %+v", b)
		}
		if _, err := o.manager.Do(f.ctx, "deal", d.ID, "move", model.Answers{"stage": ref(f.stages["first"])}); err != nil {
			t.Fatal(err)
		}
		if b := behind(p.ID); b != nil {
			t.Errorf("it was moved back: %+v", b)
		}
		d = begin()
		p = o.offer(0)
		p.Deal = d.Ref()
		f.save("proposal", p)
		if err := f.base.Write(f.ctx, func(tx *store.Tx) error { // as an older program may have left it
			_, err := tx.Exec(f.ctx, `UPDATE deal SET subject = '' WHERE id = ?`, d.ID)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		o.done(o.manager, p.ID, "sent", nil)
		b := behind(p.ID)
		if b == nil || b.Stage.ID != f.stages["second"].ID || b.Deal.ID != d.ID || len(b.Why) != 1 || b.Why[0].Field != "subject" {
			t.Fatalf("it could not follow: %+v", b)
		}
		d = f.get("deal", d.ID).(*deal.Deal)
		d.Subject = "Дах"
		f.save("deal", d)
		if b = behind(p.ID); b == nil || len(b.Why) != 0 {
			t.Fatalf("mended, but not moved: %+v", b)
		}
		if _, err := o.manager.Do(f.ctx, "deal", d.ID, "move", model.Answers{"stage": b.Stage}); err != nil {
			t.Fatal(err)
		}
		if b = behind(p.ID); b != nil {
			t.Errorf("moved: %+v", b)
		}
	})
}
