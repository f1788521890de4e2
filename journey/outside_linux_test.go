package journey

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ugoda/store/storetest"
)

// TestFilesAndClipboard brings things in from outside the window: a spreadsheet
// dropped on a list as a file manager does, a document dropped on the
// templates, and rows that a spreadsheet put on the clipboard, into a list and
// into the lines of a proposal.
func TestFilesAndClipboard(t *testing.T) {
	if testing.Short() {
		t.Skip("a journey takes a while")
	}
	p := &traveller{Start(t, 1280, 720, "uk_UA.UTF-8"), t, storetest.SQLite(t)}
	p.command("demo", "--size", "s", "--seed", "7")
	count := func(kind, where string) int { return len(p.rows(kind, "--where", where, "--columns", "id")) }
	dir := t.TempDir()
	table := filepath.Join(dir, "Нові клієнти.csv")
	if err := os.WriteFile(table, []byte("Назва;Телефон;ЄДРПОУ\nТОВ «Скинуте з теки»;(044) 111-22-33;\nФОП Кинутий;(044) 222-33-44;\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	letter, err := os.ReadFile("../assets/templates/proposal-uk.docx")
	if err != nil {
		t.Fatal(err)
	}
	blank := filepath.Join(dir, "Наш бланк.docx")
	if err := os.WriteFile(blank, letter, 0o600); err != nil {
		t.Fatal(err)
	}
	w := p.Open(Program(t), "--base", p.base, "--lang", "uk", "--today", day)
	p.Settle()

	p.find("клієнти")
	before := p.Settle()
	p.Drop(700, 450, table)
	p.Until("the import opens", 20*time.Second, func() bool { return Changed(before, p.Look()) > 20_000 })
	p.Picture("dropped-clients")
	p.Key("ctrl+Return") // check
	p.Picture("clients-checked")
	p.Key("ctrl+Return") // bring in
	p.Until("both clients are there", 20*time.Second, func() bool {
		return count("client", `name in ("ТОВ «Скинуте з теки»", "ФОП Кинутий")`) == 2
	})
	p.Picture("clients-came")

	p.find("клієнти")
	p.Copy("Назва\tТелефон\nТОВ «З буфера»\t(044) 333-44-55\n")
	before = p.Settle()
	p.Key("ctrl+shift+v")
	p.Until("the import of the clipboard opens", 20*time.Second, func() bool { return Changed(before, p.Look()) > 20_000 })
	p.Picture("pasted-clients")
	p.Key("ctrl+Return")
	p.Settle()
	p.Key("ctrl+Return")
	p.Until("the pasted client is there", 20*time.Second, func() bool { return count("client", `name = "ТОВ «З буфера»"`) == 1 })

	templates := count("template", `name is not empty`)
	p.find("шаблони")
	p.Picture("templates")
	before = p.Settle()
	p.Drop(700, 450, blank)
	p.Until("the template is there", 20*time.Second, func() bool { return count("template", `name is not empty`) == templates+1 })
	p.Picture("dropped-template")

	// A deal without products of interest: its proposal begins with no lines.
	client := p.rows("client", "--columns", "number", "--limit", "1")[0]["number"].(string)
	p.command("new", "deal", "subject=Монтаж без товарів", "client="+client, "process=Продаж")
	number := p.rows("deal", "--where", `subject = "Монтаж без товарів"`, "--columns", "number")[0]["number"].(string)
	offers := count("proposal", "date is not empty")
	p.find(number)
	p.Key("ctrl+shift+Return") // make a proposal
	p.Picture("proposal-new")
	p.Copy("Роботи з монтажу\t2\tпосл\t1500,50\nДоставка\t1\tпосл\t800\n")
	p.Key("ctrl+v")
	p.Picture("proposal-pasted")
	p.Key("ctrl+s")
	p.Until("the proposal is saved", 20*time.Second, func() bool { return count("proposal", "date is not empty") == offers+1 })
	offer := p.rows("proposal", "--sort", "-id", "--limit", "1", "--columns", "number,amount,positions")[0]
	if offer["amount"] != 3801.0 || offer["positions"] != 2.0 {
		t.Errorf("the pasted lines make %v", offer)
	}
	w.Close()
	if log := w.Log(); strings.Contains(log, "panic") || strings.Contains(log, "ERROR") {
		t.Errorf("the program complained:\n%s", log)
	}
}

// write makes a file in a folder of the test's own.
func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
