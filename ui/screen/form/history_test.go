package form

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/client"
	"ugoda/model/records"
	"ugoda/service/found"
	"ugoda/store"
	"ugoda/store/storetest"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/screentest"
)

// all finds the objects of a type below another, as they are laid out.
func all[T fyne.CanvasObject](o fyne.CanvasObject) (out []T) {
	switch x := o.(type) {
	case T:
		return append(out, x)
	case *fyne.Container:
		for _, c := range x.Objects {
			out = append(out, all[T](c)...)
		}
	}
	return out
}

// firm is a base with a window on it.
func firm(t *testing.T) (*screentest.Host, *store.Session) {
	t.Helper()
	day := model.Date(2026, time.November, 23)
	base, err := found.Base(context.Background(), storetest.SQLite(t), found.Firm{Name: "ТОВ «Ми»", Language: locale.Ukrainian}, store.Options{
		Registry: records.New(), Today: func() model.Day { return day }, Now: func() time.Time { return day.Time().Add(9 * time.Hour) },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { base.Close() })
	return screentest.New(t, base.System()), base.System()
}

// A long history shows the latest saves, says how many there are, and reads on
// to the first; of a save that changed much it shows the beginning.
func TestHistoryReadsOn(t *testing.T) {
	ctx := context.Background()
	host, s := firm(t)
	c := &client.Client{Name: "Карпати-Буд", Form: client.Legal, Language: "uk"}
	for i := range 60 {
		c.Phones = append(c.Phones, client.Phone{Phone: fmt.Sprintf("+38044000%04d", i)})
	}
	for i := range 2*historySaves + 10 {
		c.Note = fmt.Sprintf("запис %d", i)
		if err := s.Save(ctx, "client", c); err != nil {
			t.Fatal(err)
		}
	}
	x, err := New(host, screen.ToCard("client", c.ID))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(x.Close)
	host.Show(x)
	f := x.(*Screen)
	f.below.showHistory()
	said := func() (heads int, text string) {
		for _, l := range all[*widget.Label](f.below.place) {
			if l.TextStyle.Bold {
				heads++
			}
			text += l.Text + "\n"
		}
		return heads, text
	}
	earlier := func(label string) *input.Button {
		for _, b := range all[*input.Button](f.below.place) {
			if b.Text() == label {
				return b
			}
		}
		return nil
	}
	for _, want := range []int{historySaves, 2 * historySaves, 2*historySaves + 10} {
		heads, text := said()
		b := earlier("Показати давніші")
		told := strings.Contains(text, fmt.Sprintf("Останні %d змін із %d.", want, 2*historySaves+10))
		if more := want < 2*historySaves+10; heads != want || told != more || (b != nil) != more {
			t.Fatalf("%d saves for %d, told %v, goes on %v", heads, want, told, b != nil)
		}
		if b != nil {
			test.Tap(b)
		}
	}
	_, text := said()
	if !strings.Contains(text, "запис 0") || strings.Contains(text, "+380440000059") {
		t.Error("the first save does not stand there, or all its fields do")
	}
	for _, b := range all[*input.Button](f.below.place) {
		if strings.Contains(b.Text(), "ще") {
			test.Tap(b)
		}
	}
	if _, text := said(); !strings.Contains(text, "+380440000059") {
		t.Error("the rest of the first save is not shown")
	}
}
