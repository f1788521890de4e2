package act_test

import (
	"errors"
	"slices"
	"testing"

	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/store"
	"ugoda/ui/screen/act"
	"ugoda/ui/screen/document/desktest"
)

// What a bulk change left alone stands below why, what concerns most first; a
// record opens, a reason does not.
func TestRefusalsStandByTheirReasons(t *testing.T) {
	d := desktest.New(t)
	issued, gone := model.Refused("status", "invoice_is_issued"), errors.New("gone")
	act.Refusals(d.Host, "invoice", []store.Failure{
		{ID: 1, Ref: model.Ref{ID: 1, Code: "001"}, Err: gone},
		{ID: 2, Ref: model.Ref{ID: 2, Code: "002"}, Err: issued},
		{ID: 3, Ref: model.Ref{ID: 3, Code: "003"}, Err: issued},
	})
	if len(d.Host.Dialogs) != 1 {
		t.Fatalf("%d boxes", len(d.Host.Dialogs))
	}
	list := d.Host.Dialogs[0].Content.(*widget.List)
	var said []string
	for i := range list.Length() {
		row := list.CreateItem()
		list.UpdateItem(i, row)
		said = append(said, row.(*widget.Label).Text)
	}
	words := d.Host.Words()
	want := []string{
		words.N("list.refused_for", 2, "why", words.Error(issued)), "002", "003",
		words.N("list.refused_for", 1, "why", words.Error(gone)), "001",
	}
	if !slices.Equal(said, want) {
		t.Errorf("it says %q, want %q", said, want)
	}
	list.OnSelected(0)
	list.OnSelected(2)
	if n := len(d.Host.Opened); n != 1 || d.Host.Opened[0].ID != 3 {
		t.Errorf("opened %+v", d.Host.Opened)
	}
}
