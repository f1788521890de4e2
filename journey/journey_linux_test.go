package journey

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"
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
	d.Click(630, 183) // the subject
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

	w.Close()
	if log := w.Log(); strings.Contains(log, "panic") || strings.Contains(log, "unforeseen") {
		t.Errorf("the program complained:\n%s", log)
	}
}
