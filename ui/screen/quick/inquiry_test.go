package quick

import (
	"context"
	"testing"

	"ugoda/model"
	"ugoda/model/client"
	"ugoda/model/deal"
	"ugoda/model/filter"
	"ugoda/service/demo/demotest"
	"ugoda/store"
	"ugoda/store/storetest"
	"ugoda/ui/screen"
	"ugoda/ui/screen/screentest"
)

// The digits of a phone find the client with the deals in work; one of them
// gets the inquiry with one press, answered then.
func TestInquiryJoinsADealOfTheCaller(t *testing.T) {
	ctx := context.Background()
	b := demotest.Small(t, storetest.SQLite(t), 7, 0)
	s := b.System()
	who := &client.Client{Name: "ТОВ «Дзвінок»", Form: client.Legal, Language: "uk", Phone: "067 555 44 33"}
	if err := s.Save(ctx, "client", who); err != nil {
		t.Fatal(err)
	}
	rec, err := s.New(ctx, "deal")
	if err != nil {
		t.Fatal(err)
	}
	d := rec.(*deal.Deal)
	d.Subject, d.Client = "Котли", who.Ref()
	if err := s.Save(ctx, "deal", d); err != nil {
		t.Fatal(err)
	}
	h := screentest.New(t, s)
	found, err := callers(ctx, s, "0675554433")
	if err != nil || len(found) != 1 || found[0].client.ID != who.ID || len(found[0].deals) != 1 || found[0].deals[0].ref.ID != d.ID {
		t.Fatalf("%+v, %v", found, err)
	}
	q := open(h, "0675554433")
	if len(h.Dialogs) != 1 {
		t.Fatal("the form did not open")
	}
	if got, _ := q.editors["client"].Value().(model.Ref); got.ID != who.ID || q.known.Hidden {
		t.Errorf("the client is %v", got)
	}
	q.saveWith("join", model.Answers{"deal": found[0].deals[0].ref})
	ids, err := s.IDs(ctx, store.Query{Kind: "inquiry", Where: filter.Cond{Path: "deal", Op: filter.Eq, Values: []filter.Value{filter.ID(d.ID)}}})
	if err != nil || len(ids) != 1 {
		t.Fatalf("%v, %v", ids, err)
	}
	kept, err := s.Get(ctx, "inquiry", ids[0])
	if err != nil {
		t.Fatal(err)
	}
	if x := kept.(*deal.Inquiry); x.Outcome != deal.OutcomeJoined || x.AnsweredAt.IsZero() || x.Client.ID != who.ID {
		t.Errorf("%+v", x)
	}
	if last := h.Opened[len(h.Opened)-1]; last.Screen != screen.Card || last.Kind != "deal" || last.ID != d.ID {
		t.Errorf("then %v opened", last)
	}
}
