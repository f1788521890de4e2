package proposals

import (
	"testing"

	"ugoda/model"
	"ugoda/ui/screen/versions"
)

// A revision opens beside the one before it, the first beside the next; where
// there is one alone, beside the proposal as it stands.
func TestRevisionsOpenSideBySide(t *testing.T) {
	d := newDesk(t)
	p, s := d.fromDeal()
	k := d.kept(s)
	keep := func(quantity model.Qty) int64 {
		t.Helper()
		k = d.stored(k.ID)
		k.Variants[0].Lines[0].Quantity = quantity
		d.Save("proposal", k)
		d.Do("proposal", k.ID, "keep")
		kept, err := d.Session.Revisions(d.Ctx, k.ID)
		if err != nil {
			t.Fatal(err)
		}
		return kept[len(kept)-1].ID
	}
	opens := func(id int64, old, now string) {
		t.Helper()
		p.Opens("revision")(id)
		a := d.Host.Opened[len(d.Host.Opened)-1]
		if a.Screen != versions.Screen || a.ID != k.ID || a.Arg(versions.ArgOld) != old || a.Arg(versions.ArgNew) != now {
			t.Errorf("opened %v, not %s beside %s", a, old, now)
		}
	}
	first := keep(5000)
	opens(first, "1", "now")
	second := keep(6000)
	opens(first, "1", "2")
	opens(second, "1", "2")
	opens(keep(7000), "2", "3")
	if p.Opens("letter") != nil {
		t.Error("letters are opened as revisions")
	}
}
