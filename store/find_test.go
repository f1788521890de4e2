package store_test

import (
	"errors"
	"fmt"
	"testing"

	"ugoda/model/deal"
	"ugoda/store"
)

// A number is found without its noughts, and with more of them; a name that
// looks like one goes before.
func TestNumbersAreFoundWithoutNoughts(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		c := f.client("Карпати-Буд")
		var deals []*deal.Deal
		for i := range 14 {
			deals = append(deals, f.deal(fmt.Sprint("Угода №", i+1), c, 100))
		}
		thirteenth := deals[12]
		if thirteenth.Number != "00013" {
			t.Fatalf("the thirteenth deal is %s", thirteenth.Number)
		}
		for _, typed := range []string{"00013", "13", "0013", "0000013", " 13 "} {
			id, err := f.s.Find(f.ctx, "deal", typed)
			if err != nil || id != thirteenth.ID {
				t.Errorf("%q finds %d, %v", typed, id, err)
			}
			hits, err := f.s.Search(f.ctx, typed, 5)
			if err != nil || len(hits) == 0 || hits[0].Kind != "deal" || hits[0].Ref.ID != thirteenth.ID {
				t.Errorf("%q is searched: %+v %v", typed, hits, err)
			}
			seen := 0
			for _, h := range hits {
				if h.Kind == "deal" && h.Ref.ID == thirteenth.ID {
					seen++
				}
			}
			if seen > 1 {
				t.Errorf("%q finds it %d times", typed, seen)
			}
		}
		var none *store.NotFound
		for _, typed := range []string{"130", "3", "013a"} {
			if id, err := f.s.Find(f.ctx, "deal", typed); typed != "3" && !errors.As(err, &none) || typed == "3" && id != deals[2].ID {
				t.Errorf("%q finds %d, %v", typed, id, err)
			}
		}
		named := f.deal("14", c, 100)
		if id, err := f.s.Find(f.ctx, "deal", "14"); err != nil || id != named.ID {
			t.Errorf("a subject of digits: %d %v", id, err)
		}
	})
}
