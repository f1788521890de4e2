package store_test

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/store"
)

// killedBase tells the process that TestKilledWriter starts which base to write
// in.
const killedBase = "UGODA_TEST_KILLED_BASE"

// A program that is killed while it writes, as by a loss of power, leaves a
// sound base, with all that it had said to be saved.
func TestKilledWriter(t *testing.T) {
	ctx := context.Background()
	if path := os.Getenv(killedBase); path != "" {
		writeUntilKilled(t, path)
		return
	}
	if testing.Short() {
		t.Skip("kills a process several times")
	}
	path := filepath.Join(t.TempDir(), "base.ugoda")
	f := newFirm(&outliving{TB: t}, path)
	f.deal("Перша", f.client("ТОВ «Карпати-Буд»"), 100)
	if err := f.base.Close(); err != nil {
		t.Fatal(err)
	}
	for round := range 4 {
		run := exec.Command(os.Args[0], "-test.run", "^TestKilledWriter$")
		run.Env = append(os.Environ(), killedBase+"="+path)
		out, err := run.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := run.Start(); err != nil {
			t.Fatal(err)
		}
		lines, said := bufio.NewScanner(out), ""
		timer := time.AfterFunc(time.Minute, func() { run.Process.Kill() })
		for n := 0; n < 3+round && lines.Scan(); n++ {
			said = lines.Text()
		}
		run.Process.Kill()
		timer.Stop()
		for lines.Scan() { // what it said before it died
			said = lines.Text()
		}
		run.Wait()
		if said == "" {
			t.Fatal("it saved nothing")
		}
		b, err := store.Open(ctx, path, options())
		if err != nil {
			t.Fatal(err)
		}
		if faults, err := b.Check(ctx); err != nil || len(faults) > 0 {
			t.Errorf("round %d: %v, %v", round, faults, err)
		}
		if _, err := b.System().Find(ctx, "deal", said); err != nil {
			t.Errorf("round %d: deal %s was said to be saved: %v", round, said, err)
		}
		b.Close()
	}
}

// writeUntilKilled saves deals and moves them, and says the number of each that
// is saved.
func writeUntilKilled(t *testing.T, path string) {
	ctx := context.Background()
	b, err := store.Open(ctx, path, options())
	if err != nil {
		t.Fatal(err)
	}
	s := b.System()
	ids, err := s.IDs(ctx, store.Query{Kind: "deal", Sort: []store.Order{{Path: "id"}}, Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	rec, err := s.Get(ctx, "deal", ids[0])
	if err != nil {
		t.Fatal(err)
	}
	first := rec.(*deal.Deal)
	for {
		d := &deal.Deal{Subject: "Ще одна", Process: first.Process, Client: first.Client, Manager: first.Manager, Amount: first.Amount}
		if err := s.Save(ctx, "deal", d); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Do(ctx, "deal", d.ID, "win", model.Answers{}); err != nil {
			t.Fatal(err)
		}
		os.Stdout.WriteString(d.Number + "\n")
	}
}
