package journey

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"ugoda/model/filter"
	"ugoda/model/records"
	"ugoda/service/guide"
	"ugoda/store"
	"ugoda/store/storetest"
)

// wholeMillion, when it is set, makes the list of a server's base as long as
// that of a file: to multiply it there takes minutes, which continuous
// integration does not have.
const wholeMillion = "UGODA_WHOLE_MILLION"

// TestMillion works in a list of a million deals of a file base.
func TestMillion(t *testing.T) {
	if testing.Short() {
		t.Skip("a journey takes a while")
	}
	million(t, "million", filepath.Join(t.TempDir(), "million.ugoda"), 1_000_000)
}

// TestMillionOnAServer does the same on PostgreSQL, with 200,000 deals unless
// the whole million is asked for.
func TestMillionOnAServer(t *testing.T) {
	if testing.Short() {
		t.Skip("a journey takes a while")
	}
	rows := int64(200_000)
	if os.Getenv(wholeMillion) != "" {
		rows = 1_000_000
	}
	million(t, "server", storetest.PostgreSQL(t), rows)
}

// million works in a long list: it drags to the end and back, selects more than
// ten thousand with Shift, changes a field in all of them, and undoes it as
// one. What was done is then asked of the base itself.
func million(t *testing.T, picture, base string, rows int64) {
	d := Start(t, 1280, 720, "uk_UA.UTF-8")
	d.Command("--lang", "uk", "--today", day, "--base", base, "demo", "--size", "s", "--seed", "7")
	storetest.Multiply(t, base, "deal", rows)

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
	if before == 0 || before > rows*9/10 {
		t.Fatalf("%d deals come from %s: the change would not show", before, source)
	}

	w := d.Open(Program(t), "--base", base, "--lang", "uk", "--today", day)
	d.Settle()
	d.Key("ctrl+k")
	d.Type("угоди")
	time.Sleep(time.Second)
	d.Key("Return")
	top := d.Picture(picture)

	// The bar at the right: its thumb is at its top, and goes to the very end.
	const bar, first, last = 1273, 180, 690
	d.Drag(bar, first, bar, last)
	end := d.Picture(picture + "-end")
	if Changed(top, end) < 10_000 {
		t.Error("the end looks like the beginning")
	}
	d.Drag(bar, 650, bar, 100)
	d.Click(600, first)
	// One pixel of the bar is more than two thousand rows of a million.
	d.Drag(bar, first, bar, first+int(6_000_000/rows))
	d.Click(600, 400, "shift")
	selected := d.Picture(picture + "-selected")
	if Changed(top, selected) < 10_000 {
		t.Error("nothing is selected")
	}

	d.Key("ctrl+e", "Tab") // the field stands first; Tab leads to its value
	d.Type(source)
	time.Sleep(time.Second)
	d.Key("Return")
	d.Picture(picture + "-change")
	d.Key("Return")
	changed := int64(0)
	d.Until("the deals are changed", 3*time.Minute, func() bool {
		changed = with(source) - before
		return changed > 0
	})
	d.Picture(picture + "-changed")
	if changed < 9_000 { // some had it already
		t.Errorf("%d deals changed", changed)
	}
	d.Settle()
	time.Sleep(2 * time.Second) // the base has the change before the window can offer to undo it
	d.Key("ctrl+z")
	d.Until("the change is undone", 3*time.Minute, func() bool { return with(source) == before })
	d.Picture(picture + "-undone")
	w.Close()
}
