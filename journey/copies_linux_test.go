package journey

import (
	"testing"

	"ugoda/store/storetest"
)

func TestCopies(t *testing.T) {
	if testing.Short() {
		t.Skip("a journey takes a while")
	}
	p := &traveller{Start(t, 1280, 720, "uk_UA.UTF-8"), t, storetest.SQLite(t)}
	p.command("demo", "--size", "s", "--seed", "7")
	w := p.Open(Program(t), "--base", p.base, "--lang", "uk", "--today", day)
	p.Settle()
	p.find("копії")
	p.Picture("copies")
	p.Key("Down")
	p.Picture("copies2")
	w.Close()
}
