package board

import (
	"context"
	"strconv"
	"testing"

	"ugoda/model/deal"
	"ugoda/service/demo/demotest"
	"ugoda/store/storetest"
	"ugoda/ui/screen"
	"ugoda/ui/screen/screentest"
)

func TestBoardShowsAndMoves(t *testing.T) {
	ctx := context.Background()
	b := demotest.Small(t, storetest.SQLite(t), 3, 0)
	h := screentest.New(t, b.System())
	x, err := New(h, screen.Address{Screen: "board"})
	if err != nil {
		t.Fatal(err)
	}
	s := x.(*Screen)
	h.Show(s)
	s.Shown()
	var first, second string
	for _, c := range s.source.Columns() {
		if c.Len > 0 && first == "" {
			first = c.Key
		} else if first != "" && second == "" {
			second = c.Key
		}
	}
	if first == "" || second == "" {
		t.Fatal("the board has no two stages")
	}
	id := s.source.state[first][0]
	s.move(id, first, second)
	rec, err := h.Session().Get(ctx, "deal", id)
	if err != nil {
		t.Fatal(err)
	}
	if got := strconv.FormatInt(rec.(*deal.Deal).Stage.ID, 10); got != second {
		t.Fatalf("the deal stands in %s, it was moved to %s", got, second)
	}
	moved := false
	for _, x := range s.source.state[second] {
		moved = moved || x == id
	}
	if !moved {
		t.Error("the board does not show the deal where it was moved to")
	}
	if got := s.board.Focus(); got != id {
		t.Errorf("the focus is on deal %d, %d was moved", got, id)
	}
	// Opened from a list with a filter, it shows what the filter leaves.
	y, err := New(h, screen.Address{Screen: "board"}.With(screen.ArgWhere, "number = \""+rec.Base().Number+"\""))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, c := range y.(*Screen).source.Columns() {
		n += c.Len
	}
	if n != 1 {
		t.Errorf("filtered by one number, the board shows %d deals", n)
	}
	y.Close()
	s.move(id, second, deal.Lost)
	if len(h.Dialogs) != 1 {
		t.Fatalf("losing asked %d times for the reason", len(h.Dialogs))
	}
	h.Dialogs[0].Enter()
	if !h.Dialogs[0].Open() {
		t.Error("a deal was lost without a reason")
	}
	h.Dialogs[0].Close()
	s.move(id, second, deal.Won)
	if rec, err = h.Session().Get(ctx, "deal", id); err != nil || rec.(*deal.Deal).State != deal.Won {
		t.Errorf("the deal was not won: %v", err)
	}
}

func TestOrderOfCards(t *testing.T) {
	const today = 100
	for _, c := range []struct{ less, more int }{
		{place(99, today), place(100, today)},
		{place(100, today), place(0, today)},
		{place(0, today), place(101, today)},
	} {
		if c.less >= c.more {
			t.Errorf("place %d is not before %d", c.less, c.more)
		}
	}
	if got := initials("Олена Коваль Іванівна"); got != "ОК" {
		t.Errorf("initials %q", got)
	}
}
