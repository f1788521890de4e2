package cli

import (
	"archive/zip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ugoda/mail/message"
	"ugoda/store/storetest"
)

func TestChanging(t *testing.T) {
	storetest.Each(t, func(t *testing.T, base string) {
		x := terminal{t: t, base: base}
		x.example("s")
		record := func(out string) map[string]any {
			t.Helper()
			var r map[string]any
			if err := json.Unmarshal([]byte(out), &r); err != nil {
				t.Fatalf("%v: %.300s", err, out)
			}
			return r
		}

		client := record(x.does("new", "client", "name=ТОВ «О'Коннор і сини»", "phone=(010) 000-99-99", "region=Львівська"))
		number := client["number"].(string)
		if client["region"].(map[string]any)["name"] != "Львівська" {
			t.Errorf("a new client: %v", client)
		}
		changed := record(x.does("set", "client", number, "name=ТОВ «Коннор»"))
		if changed["name"] != "ТОВ «Коннор»" || changed["version"].(float64) <= client["version"].(float64) {
			t.Errorf("changed: %v", changed)
		}
		x.refused(Refused, "wage", "set", "client", number, "wage=1")
		x.refused(Refused, "name", "set", "client", number, "name=", "phone=")
		x.refused(Refused, "code", "new", "client", "name=Хибний код", "code=12345679")
		x.does("new", "product", "name=Насос до станції", "vat=20", "cost=100")
		parts := filepath.Join(t.TempDir(), "kits.csv")
		if err := os.WriteFile(parts, []byte("Назва;Склад комплекту · Товар;Склад комплекту · Кількість\nСтанція з насосом;Насос до станції;2\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		x.does("import", "product", parts)
		for said, want := range map[string]bool{"так": true, "No": false, "1": true} { // as lists of either language say it
			if got := record(x.does("set", "product", "Насос до станції", "service="+said))["service"]; got != want {
				t.Errorf("service=%s is %v", said, got)
			}
		}
		x.refused(Refused, "service", "set", "product", "Насос до станції", "service=можливо")
		x.refused(Refused, "cost", "set", "product", "Станція з насосом", "cost=7")
		x.refused(Usage, "FIELD=VALUE", "set", "client", number)
		x.refused(Usage, "FIELD=VALUE", "set", "client", number, "name")
		if again := record(x.does("show", "client", number, "--format", "json")); fmt.Sprint(again) != fmt.Sprint(changed) {
			t.Errorf("what was refused changed something: %v\n%v", again, changed)
		}

		deal := record(x.does("new", "deal", "subject=Теплиця", "client="+number, "process=Продаж"))
		no := deal["number"].(string)
		y := x
		whole := x.does("show", "deal", no, "--format", "json") // what was shown can be read back
		y.input = strings.Replace(whole, `"subject": "Теплиця"`, `"subject": "Теплиця, друга черга"`, 1)
		if back := record(y.does("set", "deal", no, "--json", "-")); back["subject"] != "Теплиця, друга черга" || fmt.Sprint(back["client"]) != fmt.Sprint(deal["client"]) {
			t.Errorf("read back: %v", back)
		}
		y.input = `{"subject": `
		y.refused(Refused, "JSON", "set", "deal", no, "--json", "-")

		x.refused(Refused, "reason", "do", "deal", no, "lose")
		x.refused(Refused, "words", "do", "deal", no, "lose", "reason=Інше")
		x.refused(Usage, "fly", "do", "deal", no, "fly")
		x.refused(Usage, "speed", "do", "deal", no, "lose", "speed=1")
		if moved := record(x.does("do", "deal", no, "move", "stage=Переговори")); moved["stage"].(map[string]any)["name"] != "Переговори" {
			t.Errorf("moved: %v", moved["stage"])
		}
		lost := record(x.does("do", "deal", no, "lose", "reason=Інше", "words=Сад знесли"))
		if lost["state"] != "lost" {
			t.Errorf("lost: %v", lost)
		}
		if again := record(x.does("do", "deal", no, "reopen")); again["state"] != "open" {
			t.Errorf("reopened: %v", again["state"])
		}
		found := false
		for _, h := range x.asks("history", "deal", no).Rows {
			found = found || h["action"] == "lose" && h["field"] == "loss_words" && h["new"] == "Сад знесли"
		}
		if !found {
			t.Error("the loss is not in the history")
		}
		// each action that the record says it may do is known, and each refusal has a reason
		for _, next := range record(x.does("show", "deal", no, "--format", "json"))["next"].([]any) {
			n := next.(map[string]any)
			if n["allowed"] != true && n["why"] == nil {
				t.Errorf("refused without a reason: %v", n)
			}
		}
		x.does("base", "check")
	})
}

func TestPrintingAndMail(t *testing.T) {
	storetest.Each(t, func(t *testing.T, base string) {
		x := terminal{t: t, base: base}
		x.example("s")
		deal := x.asks("list", "deal", "--where", `state = "open" and client.email is not empty`, "--columns", "number,client.name,subject", "--limit", "1").Rows[0]
		product := x.asks("list", "product", "--columns", "name", "--limit", "1").Rows[0]["name"].(string)
		y := x
		y.input = fmt.Sprintf(`{"deal": {"number": %q}, "language": "uk", "variants": [{"name": "Основний", "lines": [{"product": {"name": %q}, "quantity": 2, "price": 1234.5}]}]}`, deal["number"], product)
		var made map[string]any
		if err := json.Unmarshal([]byte(y.does("new", "proposal", "--json", "-")), &made); err != nil {
			t.Fatal(err)
		}
		number := made["number"].(string)

		dir := t.TempDir()
		for _, c := range []struct{ format, begin string }{{"pdf", "%PDF-"}, {"docx", "PK"}, {"xlsx", "PK"}, {"html", "<!DOCTYPE html>"}} {
			file := filepath.Join(dir, "offer."+c.format)
			x.does("print", "proposal", number, "--engine", "own", "-o", file)
			data, err := os.ReadFile(file)
			if err != nil || !strings.HasPrefix(string(data), c.begin) {
				t.Errorf("print as %s: %.20q, %v", c.format, data, err)
			}
			out := x.does("print", "proposal", number, "--engine", "own", "--to", c.format)
			if !strings.HasPrefix(out, c.begin) {
				t.Errorf("printed to standard output as %s: %.20q", c.format, out)
			}
		}
		docx, err := zip.OpenReader(filepath.Join(dir, "offer.docx"))
		if err != nil {
			t.Fatal(err)
		}
		docx.Close()
		x.refused(Usage, "--to", "print", "proposal", number)
		x.refused(Usage, "pdf", "print", "proposal", number, "--to", "gif")
		x.refused(Refused, "Немає такого", "print", "proposal", number, "--to", "pdf", "--template", "Немає такого")

		// what a contract leaves blank is said beside the answer
		unsigned := x.asks("list", "proposal", "--where", `client.form = "legal" and client.signatory is empty and (status = "sent" or status = "accepted")`, "--columns", "number", "--limit", "1").Rows[0]["number"].(string)
		if code, _, errs := x.run("print", "proposal", unsigned, "--engine", "own", "--form", "contract", "--to", "docx"); code != Done || !strings.Contains(errs, "Client: Acts on the basis of, Signatory’s post, Signatory") {
			t.Errorf("printed a contract: %d %s", code, errs)
		}

		// templates
		names := x.formats("template", "fields", "proposal")
		if len(names.Rows) < 30 {
			t.Errorf("%d names for templates", len(names.Rows))
		}
		x.refused(Refused, "", "template", "check", filepath.Join(dir, "missing.docx"))
		x.refused(Usage, "--show", "template", "renew", "--keep")
		x.refused(Refused, "Немає такого", "template", "renew", "Немає такого")

		// an example mails into a folder
		x.does("mail", "proposal", number, "--engine", "own", "--to", "buyer@client.example", "--as", "pdf,docx,xlsx,html", "--later")
		waiting := x.formats("outbox", "list")
		if len(waiting.Rows) != 1 {
			t.Fatalf("the outbox: %v", waiting.Rows)
		}
		x.does("outbox", "deliver")
		folder := base + ".mail"
		if strings.HasPrefix(base, "postgres") {
			return // its folder is the user's own
		}
		letters, err := filepath.Glob(filepath.Join(folder, "*.eml"))
		if err != nil || len(letters) != 1 {
			t.Fatalf("letters: %v, %v", letters, err)
		}
		raw, err := os.ReadFile(letters[0])
		if err != nil {
			t.Fatal(err)
		}
		read, err := message.Read(raw)
		if err != nil || len(read.Attachments) != 4 {
			t.Errorf("the letter: %d attachments, %v", len(read.Attachments), err)
		}
		id := fmt.Sprint(waiting.Rows[0]["id"])
		if saved := x.does("outbox", "save", id); saved != string(raw) {
			t.Error("the letter that was saved is not the one that went")
		}
		for _, what := range []string{"retry", "again", "arrived", "cancel"} {
			x.refused(Refused, "", "outbox", what, id) // it was sent
		}
		eml := filepath.Join(dir, "letter.eml")
		x.does("mail", "proposal", number, "--engine", "own", "--cc", "boss@client.example", "--attach", letters[0], "--eml", eml)
		if raw, err = os.ReadFile(eml); err != nil {
			t.Fatal(err)
		}
		if read, err = message.Read(raw); err != nil || len(read.Attachments) != 2 || len(read.Cc) != 1 {
			t.Errorf("the letter as a file: %d attachments, copies to %v, %v", len(read.Attachments), read.Cc, err)
		}
		if n := len(x.formats("outbox", "list").Rows); n != 1 {
			t.Errorf("a letter saved as a file stands in the outbox: %d", n)
		}
		x.refused(Usage, "ID", "outbox", "retry", "first")
		x.refused(Refused, "", "outbox", "retry", "9999")
		x.refused(Usage, "", "mail", "client", "00001")
	})
}

func TestImporting(t *testing.T) {
	storetest.Each(t, func(t *testing.T, base string) {
		x := terminal{t: t, base: base}
		x.does("base", "create", "--firm", "ТОВ «Проба»")
		file := filepath.Join(t.TempDir(), "clients.csv")
		if err := os.WriteFile(file, []byte("Назва;Телефон;Регіон\nТОВ «Альфа»;(010) 000-00-01;Львівська\nПП «Бета»;(010) 000-00-02;Атлантида\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		count := func() int { return len(x.asks("list", "client").Rows) }
		code, out, _ := x.run("import", "client", file, "--map", "name=Назва,phone=Телефон,region=Регіон", "--dry-run")
		if code != Done || !strings.Contains(out, "Атлантида") || count() != 0 {
			t.Errorf("a dry run: exit %d, %d clients\n%s", code, count(), out)
		}
		code, _, errs := x.run("import", "client", file, "--map", "name=Назва,phone=Телефон,region=Регіон")
		if code != Refused || errs == "" || count() != 0 {
			t.Errorf("an unknown region: exit %d, %q, %d clients", code, errs, count())
		}
		done := x.does("import", "client", file, "--map", "name=Назва,phone=Телефон,region=Регіон", "--create", "region", "--save-profile", "Клієнти", "--format", "json")
		var result struct{ Rows, Created, Batch int }
		if err := json.Unmarshal([]byte(done), &result); err != nil || result.Created != 2 || count() != 2 {
			t.Errorf("imported: %+v, %d clients, %v", result, count(), err)
		}
		if out := x.does("import", "undo", fmt.Sprint(result.Batch)); out == "" || count() != 0 {
			t.Errorf("undone: %q, %d clients", out, count())
		}
		x.does("import", "client", file, "--profile", "Клієнти", "--create", "region")
		if count() != 2 {
			t.Errorf("by a profile: %d clients", count())
		}
		x.refused(Usage, "Місто", "import", "client", file, "--map", "name=Місто")
		x.refused(Refused, "", "import", "client", filepath.Join(t.TempDir(), "missing.csv"))
		x.refused(Usage, "ID", "import", "undo", "last")
	})
}

func TestBase(t *testing.T) {
	storetest.Each(t, func(t *testing.T, base string) {
		x := terminal{t: t, base: base}
		x.refused(Refused, "", "list", "deal") // nothing there yet
		x.does("base", "create", "--firm", "ФОП Проба", "--tax", "single", "--person", "Олена Проба")
		x.refused(Refused, "", "base", "create", "--firm", "Ще одна")
		x.does("base", "migrate")
		x.does("base", "check")
		x.does("base", "rebuild")
		var info map[string]any
		if err := json.Unmarshal([]byte(x.does("base", "info")), &info); err != nil || len(info) < 3 {
			t.Errorf("info: %v, %v", info, err)
		}
		x.does("new", "client", "name=Перший")

		to := storetest.SQLite(t)
		x.does("base", "copy", base, to)
		copied := terminal{t: t, base: to}
		if rows := copied.asks("list", "client").Rows; len(rows) != 1 || rows[0]["name"] != "Перший" {
			t.Errorf("the copy: %v", rows)
		}
		x.refused(Refused, "", "base", "copy", base, to)
		folder := t.TempDir()
		if strings.HasPrefix(base, "postgres") {
			base = storetest.PostgreSQL(t) // a database that a copy is put into must be empty
		}
		kept := strings.TrimSpace(x.does("base", "backup", folder))
		x.does("new", "client", "name=Другий")
		restored := terminal{t: t, base: base}
		restored.does("base", "restore", kept)
		if rows := restored.asks("list", "client").Rows; len(rows) != 1 {
			t.Errorf("restored: %v", rows)
		}
		x.refused(Refused, "", "base", "restore", filepath.Join(folder, "missing.ugoda"))
	})
}

func TestUsers(t *testing.T) {
	storetest.Each(t, func(t *testing.T, base string) {
		x := terminal{t: t, base: base}
		x.example("s")
		admin := x
		admin.input = "Каштани1\n"
		admin.does("--user", "Олена Коваль", "password")
		head := terminal{t: t, base: base, password: "Каштани1"}
		seller := head.asks("--user", "Олена Коваль", "list", "user", "--where", `role = "manager"`, "--columns", "name", "--limit", "1").Rows[0]["name"].(string)
		x.refused(Refused, "", "--user", "Олена Коваль", "list", "user")
		wrong := terminal{t: t, base: base, password: "каштани1"}
		wrong.refused(Refused, "", "--user", "Олена Коваль", "list", "user")
		if costs := head.asks("--user", "Олена Коваль", "list", "product", "--columns", "name,cost"); len(costs.Rows) == 0 {
			t.Error("an administrator sees no products")
		}
		x.refused(Refused, "Cost (Product)", "--user", seller, "list", "product", "--columns", "name,cost")
		x.refused(Refused, "Cost (Product)", "--user", seller, "list", "product", "--where", "cost > 1")
		x.refused(Refused, "Cost (Product)", "--user", seller, "list", "product", "--sort", "cost")
		product := x.asks("--user", seller, "list", "product", "--columns", "name", "--limit", "1").Rows[0]["name"].(string)
		if shown := x.does("--user", seller, "show", "product", product, "--format", "json"); strings.Contains(shown, `"cost"`) {
			t.Error("the cost is shown to a salesperson")
		}
		x.refused(Refused, "cost", "--user", seller, "set", "product", product, "cost=1")
		x.refused(Refused, "", "--user", "Ніхто", "list", "deal")
	})
}
