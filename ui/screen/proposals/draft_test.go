package proposals

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"ugoda/model"
	"ugoda/model/proposal"
	"ugoda/model/records"
	"ugoda/store"
	"ugoda/ui/screen"
	"ugoda/ui/screen/document/desktest"
	"ugoda/ui/screen/form"
	"ugoda/ui/screen/screentest"
)

// draftBase tells the process that TestDraftOfAKilledProgram starts which base
// to edit.
const draftBase = "UGODA_TEST_DRAFT_BASE"

// Lines that a person removed stay away when the program is killed and the
// draft comes back: of a new proposal those that its deal began with, of a
// saved one its own.
func TestDraftOfAKilledProgram(t *testing.T) {
	if path := os.Getenv(draftBase); path != "" {
		removeLines(t, path)
		return
	}
	if testing.Short() {
		t.Skip("kills a process")
	}
	d := newDesk(t)
	_, s := d.fromDeal()
	saved := d.kept(s)
	saved.Variants[0].Lines = append(saved.Variants[0].Lines, proposal.Line{Text: "Монтаж", Quantity: 1000, Price: 500_00})
	d.Save("proposal", saved)
	s.Close()

	run := exec.Command(os.Args[0], "-test.run", "^TestDraftOfAKilledProgram$")
	run.Env = append(os.Environ(), draftBase+"="+d.Base.Base.Address())
	out, err := run.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(time.Minute, func() { run.Process.Kill() })
	told := bufio.NewScanner(out)
	for told.Scan() && told.Text() != "edited" {
		if strings.Contains(told.Text(), "FAIL") {
			t.Fatal(told.Text())
		}
	}
	run.Process.Kill()
	timer.Stop()
	run.Wait()

	p, s := d.open(screen.ToNew("proposal", nil))
	if n := len(p.variant().Lines); n != 0 || !s.Unsaved() {
		t.Errorf("the draft of the new one has %d lines, unsaved %v", n, s.Unsaved())
	}
	if k := d.kept(s); k.Deal.ID != d.Deal.ID || len(k.Variants[0].Lines) != 0 {
		t.Errorf("the new one is of deal %d and has %d lines", k.Deal.ID, len(k.Variants[0].Lines))
	}
	p, s = d.open(screen.ToCard("proposal", saved.ID))
	if n := len(p.variant().Lines); n != 1 || !s.Unsaved() {
		t.Errorf("the draft of the saved one has %d lines, unsaved %v", n, s.Unsaved())
	}
	if k := d.kept(s); len(k.Variants[0].Lines) != 1 || k.Variants[0].Lines[0].Text != "Монтаж" {
		t.Errorf("the saved one: %+v", k.Variants[0].Lines)
	}
}

// removeLines begins a proposal of the deal, removes the line that it brought,
// and the first line of the saved proposal, and waits to be killed.
func removeLines(t *testing.T, path string) {
	base, err := store.Open(t.Context(), path, store.Options{
		Registry: records.New(), Today: func() model.Day { return monday }, Now: func() time.Time { return monday.Time().Add(9 * time.Hour) },
	})
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{&desktest.Base{T: t, Ctx: t.Context(), Base: base, Session: base.System(), Host: screentest.New(t, base.System())}}
	ids, err := d.Session.IDs(d.Ctx, store.Query{Kind: "proposal"})
	if err != nil || len(ids) != 1 {
		t.Fatal(ids, err)
	}
	deal := d.stored(ids[0]).Deal
	p, s := d.open(screen.ToNew("proposal", nil))
	s.Set("deal", deal)
	p.head.edited("deal")
	q, saved := d.open(screen.ToCard("proposal", ids[0]))
	for of, screen := range map[hands]*form.Screen{p: s, q: saved} {
		if len(of.variant().Lines) == 0 {
			t.Fatal("there is no line to remove")
		}
		of.Of.Delete(0, 1)
		screen.Draft() // what the clock does after a pause in typing
	}
	os.Stdout.WriteString("edited\n")
	select {}
}
