package journey

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ugoda/store/storetest"
)

// TestCopies is the way back after a mishap: a copy is made, much is lost, the
// copy is looked at, for reading only, and put in the place of the base.
func TestCopies(t *testing.T) {
	if testing.Short() {
		t.Skip("a journey takes a while")
	}
	p := &traveller{Start(t, 1280, 720, "uk_UA.UTF-8"), t, storetest.SQLite(t)}
	p.command("demo", "--size", "s", "--seed", "7")
	clients := len(p.rows("client", "--columns", "id"))
	w := p.Open(Program(t), "--base", p.base, "--lang", "uk", "--today", day)
	p.Settle()
	p.find("копії")
	p.Picture("copies")
	p.Click(325, 201) // make a copy now
	p.Until("a copy is made", 20*time.Second, func() bool {
		found, _ := filepath.Glob(filepath.Join(filepath.Dir(p.base), "copies", "*"))
		return len(found) > 0
	})
	p.Picture("copy-made")
	p.command("new", "client", "--json", lost(t))
	p.Key("Return")
	p.Picture("looked-at")
	p.find("клієнти")
	p.Picture("clients-of-the-copy")
	p.Key("Insert")
	p.Settle()
	p.Type("ТОВ «У копію»")
	p.Key("ctrl+s")
	p.Picture("refused-in-the-copy")
	p.Key("Escape")
	if n := len(p.rows("client", "--columns", "id")); n != clients+1 {
		t.Errorf("the base has %d clients while its copy is looked at, it had %d", n, clients+1)
	}
	p.Click(1067, 104) // restore, on the band
	p.Picture("asked")
	p.Key("Return")
	p.Until("the base is as it was", time.Minute, func() bool { return len(p.rows("client", "--columns", "id")) == clients })
	p.Picture("restored")
	p.find("клієнти")
	p.Picture("clients-again")
	p.command("base", "check")
	w.Close()
	if log := w.Log(); strings.Contains(log, "panic") || strings.Contains(log, "ERROR") {
		t.Errorf("the program complained:\n%s", log)
	}
}

// lost is a client that comes after the copy.
func lost(t *testing.T) string {
	t.Helper()
	return write(t, "client.json", `{"name": "ТОВ «Після копії»", "form": "legal"}`)
}
