package journey

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"ugoda/model/filter"
	"ugoda/model/records"
	"ugoda/service/guide"
	"ugoda/store"
	"ugoda/store/storetest"
)

// TestMillion works in a list of a million deals: it drags to the end and back,
// selects more than ten thousand with Shift, changes a field in all of them,
// and undoes it as one. What was done is then asked of the base itself.
func TestMillion(t *testing.T) {
	if testing.Short() {
		t.Skip("a journey takes a while")
	}
	d := Start(t, 1280, 720, "uk_UA.UTF-8")
	base := filepath.Join(t.TempDir(), "million.ugoda")
	d.Command("--lang", "uk", "--today", day, "--base", base, "demo", "--size", "s", "--seed", "7")
	storetest.Multiply(t, base, "deal", 1_000_000)

	ctx := context.Background()
	b, err := store.Open(ctx, base, store.Options{Registry: records.New()})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	user, err := b.Session(ctx, "", "")
	if err != nil {
		t.Fatal(err)
	}
	if err := guide.Hide(ctx, user, ""); err != nil { // the list stands where it stands every day
		t.Fatal(err)
	}
	// with counts the deals from one source.
	with := func(source string) int64 {
		t.Helper()
		where := filter.Cond{Path: "source", Op: filter.Eq, Values: []filter.Value{filter.String(source)}}
		n, err := b.System().Count(ctx, store.Query{Kind: "deal", Where: where})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	const source = "Виставка"
	before := with(source)
	if before == 0 || before > 900_000 {
		t.Fatalf("%d deals come from %s: the change would not show", before, source)
	}

	w := d.Open(Program(t), "--base", base, "--lang", "uk", "--today", day)
	d.Settle()
	d.Key("ctrl+k")
	d.Type("угоди")
	time.Sleep(time.Second)
	d.Key("Return")
	top := d.Picture("million")

	// The bar at the right: its thumb is at its top, and goes to the very end.
	const bar, first, last = 1273, 180, 690
	d.Drag(bar, first, bar, last)
	end := d.Picture("million-end")
	if Changed(top, end) < 10_000 {
		t.Error("the end looks like the beginning")
	}
	d.Drag(bar, 650, bar, 100)
	d.Click(600, first)
	// One pixel of the bar is more than two thousand rows.
	d.Drag(bar, first, bar, first+6)
	d.Click(600, 400, "shift")
	selected := d.Picture("million-selected")
	if Changed(top, selected) < 10_000 {
		t.Error("nothing is selected")
	}

	d.Key("ctrl+e", "Tab") // the field stands first; Tab leads to its value
	d.Type(source)
	time.Sleep(time.Second)
	d.Key("Return")
	d.Picture("million-change")
	d.Key("Return")
	changed := int64(0)
	d.Until("the deals are changed", 60*time.Second, func() bool {
		changed = with(source) - before
		return changed > 0
	})
	d.Picture("million-changed")
	if changed < 9_000 { // some had it already
		t.Errorf("%d deals changed", changed)
	}
	d.Key("ctrl+z")
	d.Until("the change is undone", 60*time.Second, func() bool { return with(source) == before })
	d.Picture("million-undone")
	w.Close()
}
