package journey

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ugoda/locale"
	"ugoda/scripts/needs"
)

// TestFirstMinute is the way of who has just installed the program: the opening
// window, a base of one's own, the first caller taken by phone, who becomes a
// client with a deal, and the first proposal as a PDF.
func TestFirstMinute(t *testing.T) {
	if testing.Short() {
		t.Skip("a journey takes a while")
	}
	pdftotext := needs.Program(t, "pdftotext")
	p := &traveller{Start(t, 1280, 720, "uk_UA.UTF-8"), t, filepath.Join(t.TempDir(), "Моя фірма.ugoda")}
	w := p.Open(Program(t), "--lang", "uk", "--today", day)
	p.Picture("opening")
	begun := time.Now()
	p.Key("ctrl+n")
	p.Picture("own")
	p.Type("ТОВ «Перша фірма»")
	p.Key("Tab", "Tab", "Tab")
	p.Type("Оксана Перша")
	p.Key("Tab", "ctrl+a")
	p.Type(p.base)
	p.Picture("own-filled")
	p.Key("ctrl+Return")
	p.Picture("base")
	p.Settle()
	p.Key("ctrl+shift+i")
	p.Picture("inquiry")
	p.Type("0501112233")
	p.Key("Tab")
	p.Type("Ганна Дзвінка")
	p.Picture("inquiry-filled")
	p.Key("ctrl+Return")
	p.Picture("deal-asked")
	p.Type("Вікна на склад")
	asked := p.Settle()
	p.Key("ctrl+Return")
	p.Until("the deal opens", 20*time.Second, func() bool { return Changed(asked, p.Look()) > 100_000 })
	p.Picture("deal")
	p.Key("ctrl+shift+Return")
	p.Picture("proposal")
	p.Type("Вікно 1200 на 1400")
	p.Settle() // products are looked for
	p.Key("Return")
	p.Type("4")
	p.Key("Return")
	p.Type("шт")
	p.Key("Return")
	p.Type("7500")
	p.Key("Return")
	p.Picture("line")
	p.Key("ctrl+s")
	p.Picture("saved")
	p.Key("ctrl+p")
	p.Picture("asked-for-print")
	p.Type("Директорка")
	p.Key("Tab")
	p.Type("Оксана Перша")
	p.Key("ctrl+Return")
	p.Picture("preview")
	before := p.Settle()
	p.Key("ctrl+s")
	p.Until("the program asks where to", time.Minute, func() bool { return Changed(before, p.Look()) > 50_000 })
	p.Picture("saving")
	p.Key("Return")
	home := ""
	for _, pair := range p.environment {
		if dir, ok := strings.CutPrefix(pair, "HOME="); ok {
			home = dir
		}
	}
	var found []string
	p.Until("the proposal is a file", time.Minute, func() bool {
		found, _ = filepath.Glob(filepath.Join(home, "*.pdf"))
		return len(found) == 1
	})
	t.Logf("from the opening window to the first proposal: %s", time.Since(begun).Round(time.Second))
	p.Picture("saved-pdf")
	w.Close()
	if log := w.Log(); strings.Contains(log, "panic") || strings.Contains(log, "ERROR") {
		t.Errorf("the program complained:\n%s", log)
	}

	text, err := exec.Command(pdftotext, "-layout", found[0], "-").Output()
	if err != nil {
		t.Fatalf("what was saved is no PDF: %v", err)
	}
	for _, want := range []string{"Перша фірма", "Ганна Дзвінка", "Вікно 1200 на 1400", locale.New(locale.Ukrainian).Amount(30_000_00), "Оксана Перша"} {
		if !strings.Contains(plain(string(text)), plain(want)) {
			t.Errorf("the proposal does not say %q:\n%s", want, text)
		}
	}
	deal := p.rows("deal", "--columns", "subject,client.phone,inquiry,amount")
	if len(deal) != 1 || deal[0]["subject"] != "Вікна на склад" || deal[0]["client.phone"] == "" || deal[0]["inquiry"] == nil || deal[0]["amount"] != 30000.0 {
		t.Errorf("the deals: %v", deal)
	}
	p.command("base", "check")
}
