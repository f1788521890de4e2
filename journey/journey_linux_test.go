package journey

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ugoda/mail/message"
)

// day is the day of the journey: the demo base ends on it.
const day = "2026-11-23"

// rows asks the command line for records of a kind.
func rows(t *testing.T, d *Desktop, base, kind string, arguments ...string) []map[string]any {
	t.Helper()
	answer := d.Command(append([]string{"--base", base, "--today", day, "list", kind, "--format", "json"}, arguments...)...)
	var list struct {
		Rows []map[string]any `json:"rows"`
	}
	if err := json.Unmarshal([]byte(answer), &list); err != nil {
		t.Fatalf("read the answer: %v\n%.400s", err, answer)
	}
	return list.Rows
}

// TestJourney is a person's way through the window on a demo base. What was
// done is then asked of the command line, which reads the same base.
func TestJourney(t *testing.T) {
	if testing.Short() {
		t.Skip("a journey takes a while")
	}
	d := Start(t, 1280, 720, "uk_UA.UTF-8")
	base := filepath.Join(t.TempDir(), "sales.ugoda")
	d.Command("--lang", "uk", "--today", day, "--base", base, "demo", "--size", "s", "--seed", "7")

	w := d.Open(Program(t), "--base", base, "--lang", "uk", "--today", day)
	opened := d.Picture("opened")

	d.Key("ctrl+k")
	d.Type("угоди")
	time.Sleep(time.Second)
	d.Picture("command")
	d.Key("Return")
	deals := d.Picture("deals")
	if Changed(opened, deals) < 10_000 {
		t.Error("the deals do not show")
	}

	newest := rows(t, d, base, "deal", "--columns", "number,subject", "--limit", "1")[0]
	d.Key("Down", "Return")
	d.Picture("deal")
	const said = "Теплиця, перша черга"
	d.Click(500, 286) // the subject
	d.Key("ctrl+a")
	d.Type(said)
	d.Key("ctrl+s")
	d.Picture("deal-saved")
	d.Until("the deal is saved", 10*time.Second, func() bool {
		found := rows(t, d, base, "deal", "--where", `number = "`+newest["number"].(string)+`"`, "--columns", "subject")
		return len(found) == 1 && found[0]["subject"] == said
	})
	history := d.Command("--base", base, "--lang", "uk", "history", "deal", newest["number"].(string))
	if !strings.Contains(history, said) {
		t.Errorf("the change is not in the deal's history:\n%s", history)
	}

	d.Key("ctrl+k")
	d.Type("воронка")
	time.Sleep(time.Second)
	d.Key("Return")
	funnel := d.Picture("funnel")
	if Changed(deals, funnel) < 10_000 {
		t.Error("the funnel does not show")
	}

	// a proposal is printed by our own layout and mailed: of a demo base to a folder
	number := rows(t, d, base, "proposal", "--columns", "number", "--limit", "1", "--sort", "-number", "--where", `status = "draft"`)[0]["number"].(string)
	pdf := filepath.Join(t.TempDir(), "proposal.pdf")
	d.Command("--base", base, "--lang", "uk", "print", "proposal", number, "--to", "pdf", "--engine", "own", "-o", pdf)
	if data, err := os.ReadFile(pdf); err != nil || !bytes.HasPrefix(data, []byte("%PDF-")) {
		t.Errorf("the proposal is not a PDF: %v", err)
	}
	d.Command("--base", base, "--lang", "uk", "mail", "proposal", number, "--engine", "own", "--to", "buyer@client.example")
	letters, err := filepath.Glob(filepath.Join(base+".mail", "*.eml"))
	if err != nil || len(letters) != 1 {
		t.Fatalf("letters in the folder: %v %v", letters, err)
	}
	raw, err := os.ReadFile(letters[0])
	if err != nil {
		t.Fatal(err)
	}
	read, err := message.Read(raw)
	if err != nil || len(read.Attachments) != 1 || !bytes.HasPrefix(read.Attachments[0].Data, []byte("%PDF-")) {
		t.Errorf("the letter does not read back whole: %v, %d attachments", err, len(read.Attachments))
	}
	if sent := rows(t, d, base, "proposal", "--where", `number = "`+number+`"`, "--columns", "status"); sent[0]["status"] != "sent" {
		t.Errorf("the proposal is %v", sent[0]["status"])
	}

	w.Close()
	if log := w.Log(); strings.Contains(log, "panic") || strings.Contains(log, "unforeseen") {
		t.Errorf("the program complained:\n%s", log)
	}
}
