package records_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"ugoda/model"
	"ugoda/model/records"
)

// A record of any kind, whatever stands in it, comes back whole from its
// snapshot, and equal records have equal snapshots.
func TestSnapshotKeepsEverything(t *testing.T) {
	reg := records.New()
	for _, k := range reg.Kinds() {
		t.Run(k.Name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				rec := k.New()
				fill(t, k, rec)
				data, err := model.Snapshot(k, rec, nil)
				if err != nil {
					t.Fatal(err)
				}
				back := k.New()
				if err := model.FromSnapshot(k, back, data); err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(rec, back); diff != "" {
					t.Fatalf("not what it was: %s", diff)
				}
				again, err := model.Snapshot(k, back, nil)
				if err != nil || string(again) != string(data) {
					t.Fatalf("another snapshot of the same: %v\n%s\n%s", err, data, again)
				}
			})
		})
	}
}

// fill draws a value for each field of a record and some rows for its parts.
func fill(t *rapid.T, k *model.Kind, rec any) {
	number := rapid.Int64()
	for _, f := range k.Fields {
		if f.Computed {
			continue
		}
		var v any
		switch f.Type {
		case model.Text, model.LongText, model.Choice:
			v = rapid.StringMatching(`[a-zа-яіїєґ"'«» \n]{0,12}`).Draw(t, f.Name)
		case model.Int, model.Price:
			v = number.Draw(t, f.Name)
		case model.Bool:
			v = rapid.Bool().Draw(t, f.Name)
		case model.Amount:
			v = model.Money{Minor: number.Draw(t, f.Name), Currency: rapid.SampledFrom([]string{"", "UAH", "EUR"}).Draw(t, f.Name)}
		case model.Quantity:
			v = model.Qty(number.Draw(t, f.Name))
		case model.Percents:
			v = model.Percent(number.Draw(t, f.Name))
		case model.Rates:
			v = model.Rate(number.Draw(t, f.Name))
		case model.Days:
			v = model.Day(rapid.Int64Range(-1e6, 1e6).Draw(t, f.Name))
		case model.Moment:
			v = time.Time{}
			if micro := rapid.Int64Range(0, 4e15).Draw(t, f.Name); micro > 0 {
				v = time.UnixMicro(micro).UTC()
			}
		case model.Link:
			v = model.Ref{ID: rapid.Int64Range(0, 1<<60).Draw(t, f.Name), Code: rapid.StringMatching(`[0-9]{0,3}`).Draw(t, f.Name), Name: rapid.StringMatching(`[а-я]{0,5}`).Draw(t, f.Name)}
		case model.Bytes:
			v = []byte(nil)
			if b := rapid.SliceOf(rapid.Byte()).Draw(t, f.Name); len(b) > 0 {
				v = b
			}
		}
		if err := model.Assign(f.Ptr(rec), v); err != nil {
			t.Fatal(f.Name, err)
		}
	}
	for _, p := range k.Parts {
		for range rapid.IntRange(0, 2).Draw(t, p.Name) {
			fill(t, p.Kind, p.Add(rec))
		}
	}
}
