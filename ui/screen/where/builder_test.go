package where

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"ugoda/model"
	"ugoda/model/client"
	"ugoda/model/filter"
	"ugoda/model/filter/filtertest"
	"ugoda/model/records"
	"ugoda/store"
	"ugoda/store/storetest"
	"ugoda/ui/screen/screentest"
)

func host(t *testing.T) *screentest.Host {
	t.Helper()
	ctx := context.Background()
	b, err := store.Create(ctx, storetest.SQLite(t), store.Options{Registry: records.New()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	s := b.System()
	for _, name := range []string{"Карпати", "Їжак", "Ґанок"} {
		rec, err := s.New(ctx, "client")
		if err != nil {
			t.Fatal(err)
		}
		rec.(*client.Client).Name = name
		if err := s.Save(ctx, "client", rec); err != nil {
			t.Fatal(err)
		}
	}
	return screentest.New(t, s)
}

// complete tells a filter whose conditions all have their values: one without
// is a row that waits to be filled.
func complete(n filter.Node) bool {
	switch n := n.(type) {
	case filter.And:
		for _, x := range n {
			if !complete(x) {
				return false
			}
		}
	case filter.Or:
		for _, x := range n {
			if !complete(x) {
				return false
			}
		}
	case filter.Not:
		return complete(n.Node)
	case filter.Cond:
		if len(n.Values) == 0 && n.Op != filter.Empty && n.Op != filter.NotEmpty {
			return false
		}
		for _, v := range n.Values {
			if v == filter.String("") {
				return false
			}
		}
	}
	return true
}

// ordered says each value of a list once, in one order: ticks have theirs.
func ordered(n filter.Node) filter.Node {
	each := func(nodes []filter.Node) []filter.Node {
		var out []filter.Node
		for _, x := range nodes {
			out = append(out, ordered(x))
		}
		return out
	}
	switch n := n.(type) {
	case filter.And:
		return filter.And(each(n))
	case filter.Or:
		return filter.Or(each(n))
	case filter.Not:
		return filter.Not{Node: ordered(n.Node)}
	case filter.Cond:
		if n.Op != filter.In && n.Op != filter.NotIn {
			return n
		}
		texts := map[string]filter.Value{}
		for _, v := range n.Values {
			texts[filter.Text(filter.Cond{Path: "x", Op: filter.Eq, Values: []filter.Value{v}})] = v
		}
		n.Values = nil
		for _, t := range slices.Sorted(maps.Keys(texts)) {
			n.Values = append(n.Values, texts[t])
		}
		return n
	}
	return n
}

// Any filter that can be written can be edited: opened as rows and applied
// untouched, it is the same.
func TestRowsKeepTheFilter(t *testing.T) {
	h := host(t)
	reg := h.Session().Registry()
	kind := reg.Kind("deal")
	words := []string{"a", "Їжак", `"лапки" \ і`, "50%_", "ґанок, м’ята", "me", "#5", "12", "кома,"}
	rapid.Check(t, func(t *rapid.T) {
		n := filtertest.Node(reg, "deal", words).Filter(complete).Draw(t, "filter")
		got, err := newBuilder(h, kind, n).node()
		if err != nil {
			t.Fatalf("%s: %v", filter.Text(n), err)
		}
		if diff := cmp.Diff(filter.Text(ordered(n)), filter.Text(ordered(got))); diff != "" {
			t.Fatal(diff)
		}
	})
}

// What is typed shows as rows, and a mistake is told with its place.
func TestTypedText(t *testing.T) {
	h := host(t)
	kind := h.Session().Registry().Kind("deal")
	var applied filter.Node
	times := 0
	Build(h, kind, nil, func(n filter.Node) { applied, times = n, times+1 })
	d := h.Dialogs[len(h.Dialogs)-1]
	b := builderOf(t, h, kind, nil)
	b.text.SetText(`amount > 10 and closes on next week`)
	b.apply(func(filter.Node) { t.Error("a filter that cannot be read was applied") })
	if p := b.text.Problem(); !strings.Contains(p, "▸on next week") {
		t.Errorf("the problem is %q", p)
	}
	b.text.SetText(`amount > 10 and (manager = me or closes in this week)`)
	if b.text.Problem() != "" || len(b.root.items) != 2 {
		t.Errorf("problem %q, %d rows", b.text.Problem(), len(b.root.items))
	}
	// Enter in a dialog of its own applies it.
	d.Typed(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if times != 1 || applied != nil {
		t.Errorf("Enter applied %v, %d times", applied, times)
	}
}

func builderOf(t *testing.T, h *screentest.Host, kind *model.Kind, n filter.Node) *builder {
	t.Helper()
	b := newBuilder(h, kind, n)
	b.show()
	return b
}
