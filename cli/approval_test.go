package cli

import (
	"bytes"
	"database/sql"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"ugoda/scripts/needs"
	"ugoda/store/storetest"
)

// A proposal that needs approval and lacks it leaves by no command; its draft is
// marked on every page. Data about it stays open. Answered on the command line,
// it leaves.
func TestNothingLeavesUnapproved(t *testing.T) {
	storetest.Each(t, func(t *testing.T, base string) {
		x := terminal{t: t, base: base}
		x.example("s")
		waiting := x.asks("list", "proposal", "--where", "to_approve = true", "--columns", "number,status")
		if len(waiting.Rows) == 0 {
			t.Fatal("nothing waits in the demo base")
		}
		number := waiting.Rows[0]["number"].(string)
		dir := t.TempDir()
		out := func(name string) string { return filepath.Join(dir, name) }
		for _, format := range []string{"pdf", "docx", "xlsx", "html", "paper"} {
			x.refused(Refused, "Знижка", "print", "proposal", number, "--to", format, "-o", out("x."+format))
		}
		for _, format := range []string{"docx", "xlsx", "html"} { // what has no mark on its pages
			x.refused(Refused, "Знижка", "print", "proposal", number, "--draft", "--to", format, "-o", out("d."+format))
		}
		for _, as := range []string{"pdf", "docx", "xlsx", "html"} {
			x.refused(Refused, "approval", "mail", "proposal", number, "--to", "a@client.example", "--as", as)
			x.refused(Refused, "Знижка", "mail", "proposal", number, "--to", "a@client.example", "--as", as, "--eml", out("x.eml"))
		}
		x.does("set", "proposal", number, "intro=Інакше")
		x.does("do", "proposal", number, "keep")
		for _, format := range []string{"xlsx", "html"} { // a comparison shows what is offered, too
			x.refused(Refused, "Знижка", "compare", "proposal", number, "--from", "1", "--to", "1", "--format", format, "-o", out("c."+format))
		}
		x.does("compare", "proposal", number, "--from", "1", "--to", "1", "--all", "--format", "pdf", "-o", out("compared.pdf"))
		compared, err := os.ReadFile(out("compared.pdf"))
		if err != nil || !bytes.Contains(compared, []byte("/ca 0.280")) {
			t.Errorf("the comparison is not marked, %v", err)
		}
		if err := os.Remove(out("compared.pdf")); err != nil {
			t.Fatal(err)
		}
		for _, action := range []string{"sent", "accept"} {
			x.refused(Refused, "status", "do", "proposal", number, action)
		}
		files, err := os.ReadDir(dir)
		if err != nil || len(files) != 0 {
			t.Errorf("%d files were left, %v", len(files), err)
		}
		if n := len(x.asks("list", "letter").Rows); n != 0 {
			t.Errorf("%d letters", n)
		}
		if all := x.asks("list", "approval", "--where", "mine = true", "--columns", "proposal,rule,discount_share,margin_share"); len(all.Rows) < len(waiting.Rows) {
			t.Errorf("%d approvals of %d proposals", len(all.Rows), len(waiting.Rows))
		}
		x.does("print", "proposal", number, "--draft", "--to", "pdf", "-o", out("draft.pdf"))
		pdftotext := needs.Program(t, "pdftotext")
		text, err := exec.Command(pdftotext, "-raw", out("draft.pdf"), "-").Output() // letters that stand aslant come one by one
		if err != nil {
			t.Fatal(err)
		}
		pages := strings.Split(strings.TrimSuffix(string(text), "\f"), "\f")
		for i, page := range pages {
			if page = strings.Join(strings.Fields(page), ""); !strings.HasSuffix(page, "ЧЕРНЕТКА") { // across it, over all else
				t.Errorf("page %d of %d is not marked:\n%.300s", i+1, len(pages), page)
			}
		}
		x.does("do", "proposal", number, "approve")
		x.does("print", "proposal", number, "--to", "xlsx", "-o", out("x.xlsx"))
	})
}

// Who reads changes nothing, on whatever day; a change made on another day than
// today ends nothing either.
func TestReadingEndsNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, base string) {
		x := terminal{t: t, base: base}
		x.example("s")
		ended := func() int {
			return len(x.asks("list", "proposal", "--where", `status = "expired"`, "--columns", "number").Rows)
		}
		before := ended()
		if len(x.asks("list", "proposal", "--where", `status in ("approved", "sent")`, "--columns", "number").Rows) == 0 {
			t.Fatal("nothing is in force")
		}
		client := x.asks("list", "client", "--columns", "number", "--limit", "1").Rows[0]["number"].(string)
		x.does("report", "funnel", "--today", "2036-01-01")
		x.does("list", "proposal", "--today", "2036-01-01")
		x.does("set", "client", client, "note=x", "--today", "2036-01-01")
		if n := ended(); n != before {
			t.Errorf("%d ended, %d before", n, before)
		}
	})
}

// What a step could not take with it is said on standard error: the answer alone
// stands on standard output, and the step is done.
func TestWhatWasLeftUndoneIsSaid(t *testing.T) {
	x := terminal{t: t, base: storetest.SQLite(t)}
	x.example("s")
	const process = "Продаж"
	stages := x.asks("list", "stage", "--where", `process = "`+process+`" and kind = "open"`, "--columns", "name,order", "--sort", "-order").Rows
	x.does("set", "process", process, "sent_stage="+stages[0]["name"].(string))
	of := x.asks("list", "deal", "--where", `process = "`+process+`" and stage.order = 10 and state = "open"`, "--columns", "number", "--limit", "1").Rows[0]["number"].(string)
	x.does("new", "proposal", "deal="+of)
	number := x.asks("list", "proposal", "--columns", "number", "--sort", "-id", "--limit", "1").Rows[0]["number"].(string)
	raw, err := sql.Open("sqlite3", strings.TrimPrefix(x.base, "sqlite:"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := raw.Exec(`UPDATE deal SET subject = '' WHERE number = ?`, of); err != nil { // as an older program may have left it
		t.Fatal(err)
	}
	if err := raw.Close(); err != nil {
		t.Fatal(err)
	}
	code, out, errs := x.run("do", "proposal", number, "sent")
	if code != Done || !strings.Contains(out, `"status": "sent"`) || !strings.Contains(errs, of) || !strings.Contains(errs, stages[0]["name"].(string)) {
		t.Errorf("exit %d, %.200s, %q", code, out, errs)
	}
}
