package paper_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/client"
	"ugoda/model/firm"
	"ugoda/model/proposal"
	"ugoda/model/records"
	"ugoda/service/found"
	"ugoda/service/paper"
	"ugoda/store"
	"ugoda/store/storetest"
)

// The shipped letter has a place for who signs; a client's address stands in a
// condition of its own and is left out.
func TestBlanks(t *testing.T) {
	ctx := context.Background()
	b, err := found.Base(ctx, storetest.SQLite(t), found.Firm{Name: "ТОВ «Ми»", Language: locale.Ukrainian}, store.Options{Registry: records.New()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	s := b.System()
	c := &client.Client{Name: "Клієнт", Form: client.Legal}
	if err := s.Save(ctx, "client", c); err != nil {
		t.Fatal(err)
	}
	rec, err := s.New(ctx, "proposal")
	if err != nil {
		t.Fatal(err)
	}
	p := rec.(*proposal.Proposal)
	p.Client = c.Ref()
	if err := s.Save(ctx, "proposal", p); err != nil {
		t.Fatal(err)
	}
	fields := func() []string {
		t.Helper()
		blanks, err := paper.Blanks(ctx, s, paper.Job{Kind: "proposal", ID: p.ID})
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, x := range blanks {
			out = append(out, x.Kind+" "+x.Ref.Name+" "+x.Field)
		}
		return out
	}
	if diff := cmp.Diff([]string{"organization ТОВ «Ми» signatory_post", "organization ТОВ «Ми» signatory", "organization ТОВ «Ми» address", "organization ТОВ «Ми» phone"}, fields()); diff != "" {
		t.Error(diff)
	}

	rec, err = s.Get(ctx, "organization", p.Organization.ID)
	if err != nil {
		t.Fatal(err)
	}
	we := rec.(*firm.Organization)
	we.Address, we.Phone = "Київ, вул. Зразкова, 1", "+380000000000"
	if err := s.Save(ctx, "organization", we); err != nil {
		t.Fatal(err)
	}
	e := &firm.Employee{Name: "Олена Ківа", Active: true}
	if err := s.Save(ctx, "employee", e); err != nil {
		t.Fatal(err)
	}
	p.Signatory = model.Ref{ID: e.ID, Name: e.Name}
	if err := s.Save(ctx, "proposal", p); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"employee Олена Ківа post"}, fields()); diff != "" {
		t.Error(diff)
	}
	e.Post = "директорка"
	if err := s.Save(ctx, "employee", e); err != nil {
		t.Fatal(err)
	}
	if got := fields(); got != nil {
		t.Errorf("nothing is blank, and yet: %v", got)
	}
}
