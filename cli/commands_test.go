package cli

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"ugoda/mail/message"
	"ugoda/store/storetest"
)

// today is the day on which the tests work: the example ends on it.
const today = "2026-11-23"

// terminal is a person at a terminal with a base.
type terminal struct {
	t        testing.TB
	base     string
	password string
	input    string
}

func (x terminal) run(args ...string) (code int, out, errs string) {
	var stdout, stderr bytes.Buffer
	env := Env{
		Args: append([]string{"--base", x.base, "--today", today, "--lang", "en"}, args...), Stdin: strings.NewReader(x.input), Stdout: &stdout, Stderr: &stderr,
		Version: "1.2.3", Password: func(string, string) string { return x.password },
		Window: func(context.Context, Start) error { return nil },
		Tour:   func(_ context.Context, _ Start, dir string) error { return os.MkdirAll(dir, 0o755) },
	}
	code = Run(context.Background(), env)
	return code, stdout.String(), stderr.String()
}

// does runs a command that must succeed with nothing but its answer.
func (x terminal) does(args ...string) string {
	x.t.Helper()
	code, out, errs := x.run(args...)
	if code != Done || errs != "" {
		x.t.Fatalf("ugoda %q: exit %d\n%s", args, code, errs)
	}
	return out
}

// refused runs a command that must fail with a code and say why, answering nothing.
func (x terminal) refused(code int, why string, args ...string) {
	x.t.Helper()
	got, out, errs := x.run(args...)
	if got != code || out != "" || !strings.Contains(errs, why) {
		x.t.Errorf("ugoda %q: exit %d, %q, %q; want exit %d and %q", args, got, out, errs, code, why)
	}
}

// answer is the one shape of lists and reports.
type answer struct {
	Kind       string         `json:"kind"`
	Report     string         `json:"report"`
	Parameters map[string]any `json:"parameters"`
	Columns    []struct {
		Name, Label, Type string
	} `json:"columns"`
	Rows  []map[string]any `json:"rows"`
	Total map[string]any   `json:"total"`
}

// asks runs a command with --format json and reads its answer: the shape is
// held, with every column in every row.
func (x terminal) asks(args ...string) answer {
	x.t.Helper()
	var a answer
	out := x.does(append(slices.Clone(args), "--format", "json")...)
	d := json.NewDecoder(strings.NewReader(out))
	d.DisallowUnknownFields()
	if err := d.Decode(&a); err != nil {
		x.t.Fatalf("ugoda %q: %v\n%.400s", args, err, out)
	}
	if (a.Kind == "") == (a.Report == "") || a.Parameters == nil || a.Rows == nil || len(a.Columns) == 0 {
		x.t.Errorf("ugoda %q answers in another shape: %.400s", args, out)
	}
	for _, c := range a.Columns {
		if c.Name == "" || c.Label == "" || c.Type == "" || strings.HasPrefix(c.Label, "field.") {
			x.t.Errorf("ugoda %q: a column is %+v", args, c)
		}
		for _, r := range a.Rows {
			if _, ok := r[c.Name]; !ok {
				x.t.Errorf("ugoda %q: a row without %s: %v", args, c.Name, r)
			}
		}
	}
	return a
}

// formats runs a command in every format of a table and reads each back: the
// same number of rows, the same number of columns.
func (x terminal) formats(args ...string) answer {
	x.t.Helper()
	a := x.asks(args...)
	with := func(format string) string { return x.does(append(slices.Clone(args), "--format", format)...) }
	total := 0
	if a.Total != nil {
		total = 1
	}
	lines := strings.Split(strings.TrimRight(with("table"), "\n"), "\n")
	if n := len(lines) - 2 - 2*total; n < len(a.Rows) {
		x.t.Errorf("ugoda %q: %d rows in a table, %d in JSON", args, n, len(a.Rows))
	}
	records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(with("csv"), "\ufeff"))).ReadAll()
	if err != nil || len(records) < 1+len(a.Rows) || len(records[0]) < len(a.Columns) {
		x.t.Errorf("ugoda %q as CSV: %d rows of %d, %v", args, len(records)-1, len(a.Rows), err)
	}
	book, err := excelize.OpenReader(strings.NewReader(with("xlsx")))
	if err != nil {
		x.t.Fatalf("ugoda %q as XLSX: %v", args, err)
	}
	defer book.Close()
	rows, err := book.GetRows(book.GetSheetName(0))
	if err != nil || len(rows) < 1+len(a.Rows) {
		x.t.Errorf("ugoda %q as XLSX: %d rows of %d, %v", args, len(rows)-1, len(a.Rows), err)
	}
	return a
}

func (x terminal) example(size string) {
	x.t.Helper()
	if out := x.does("demo", "--size", size, "--seed", "3", "--lang", "uk"); out != "" {
		x.t.Errorf("demo says %q", out)
	}
}

// name is what NUMBER may be for a row of a list of all columns.
func name(r map[string]any) string {
	for _, field := range []string{"number", "code", "name"} {
		if s, ok := r[field].(string); ok && s != "" {
			return s
		}
	}
	return ""
}

func TestReading(t *testing.T) {
	storetest.Each(t, func(t *testing.T, base string) {
		x := terminal{t: t, base: base}
		x.example("s")

		kinds := x.formats("kinds")
		if len(kinds.Rows) < 25 {
			t.Errorf("%d kinds", len(kinds.Rows))
		}
		for _, k := range kinds.Rows {
			kind := k["kind"].(string)
			fields := x.formats("fields", kind)
			for _, f := range fields.Rows {
				if label, _ := f["label"].(string); label == "" || strings.HasPrefix(label, "field.") {
					t.Errorf("%s.%s is called %q", kind, f["name"], label)
				}
			}
			list := x.formats("list", kind, "--limit", "3")
			if list.Kind != kind || len(list.Rows) > 3 {
				t.Errorf("list %s: kind %q, %d rows", kind, list.Kind, len(list.Rows))
			}
			if len(list.Rows) == 0 || name(list.Rows[0]) == "" || kind == "stage" { // a stage's name is its process's own
				continue
			}
			for _, format := range []string{"table", "csv", "xlsx"} {
				if shown := x.does("show", kind, name(list.Rows[0]), "--format", format); len(shown) < 50 {
					t.Errorf("show %s %s as %s: %s", kind, name(list.Rows[0]), format, shown)
				}
			}
			var shown map[string]any
			if err := json.Unmarshal([]byte(x.does("show", kind, name(list.Rows[0]), "--format", "json")), &shown); err != nil || shown["kind"] != kind || shown["id"] == nil {
				t.Errorf("show %s %s as JSON: %v, %v", kind, name(list.Rows[0]), shown, err)
			}
		}

		deals := x.asks("list", "deal", "--where", `stage.kind = "open" and amount > 10000`, "--columns", "number,client,client.region.name,amount,amount_base,closes,manager", "--sort", "-amount_base,number")
		if deals.Parameters["where"] == nil || deals.Total["amount_base"] == nil || len(deals.Rows) == 0 {
			t.Errorf("deals: %v, total %v", deals.Parameters, deals.Total)
		}
		var sum, last float64
		for i, r := range deals.Rows {
			amount := r["amount_base"].(float64)
			if i > 0 && amount > last || amount <= 10000 {
				t.Errorf("row %d: %v after %v", i, amount, last)
			}
			last, sum = amount, sum+amount
			client := r["client"].(map[string]any)
			if client["id"] == nil || client["number"] == "" || client["name"] == "" || len(client) != 3 {
				t.Errorf("a client is %v", client)
			}
			manager := r["manager"].(map[string]any)
			if len(manager) != 2 { // employees have no code
				t.Errorf("a salesperson is %v", manager)
			}
		}
		if diff := sum - deals.Total["amount_base"].(float64); diff > 0.001 || diff < -0.001 {
			t.Errorf("the total is %v, its rows come to %v", deals.Total["amount_base"], sum)
		}

		first := deals.Rows[0]["number"].(string)
		var shown map[string]any
		if err := json.Unmarshal([]byte(x.does("show", "deal", first, "--format", "json")), &shown); err != nil {
			t.Fatal(err)
		}
		if shown["number"] != first || shown["amount"] != deals.Rows[0]["amount"] || fmt.Sprint(shown["client"]) != fmt.Sprint(deals.Rows[0]["client"]) || len(shown["next"].([]any)) < 3 {
			t.Errorf("show deal differs from the list: %v\n%v", shown, deals.Rows[0])
		}
		history := x.formats("history", "deal", first)
		if len(history.Rows) == 0 {
			t.Error("no history")
		}
		for _, h := range history.Rows {
			if h["field"] == "opened" && !strings.HasPrefix(fmt.Sprint(h["new"]), "202") {
				t.Errorf("a day in history is %v", h["new"])
			}
		}

		x.refused(Refused, "00000", "show", "deal", "00000")
		x.refused(Refused, "salary", "list", "deal", "--columns", "salary")
		x.refused(Refused, "", "list", "deal", "--where", `amount >`)
		x.refused(Refused, "mine", "list", "deal", "--view", "mine")
		x.refused(Usage, "widget", "list", "widget")
		x.refused(Usage, "json", "list", "deal", "--format", "png")
		x.refused(Usage, "ugoda list KIND", "list")

		file := filepath.Join(t.TempDir(), "deals.xlsx")
		x.does("export", "deal", "-o", file)
		if book, err := excelize.OpenFile(file); err != nil {
			t.Error(err)
		} else if rows, err := book.GetRows(book.GetSheetName(0)); err != nil || len(rows) < 200 {
			t.Errorf("%d rows exported, %v", len(rows), err)
		}
		x.refused(Usage, "-o FILE", "export", "deal")
	})
}

func TestReports(t *testing.T) {
	storetest.Each(t, func(t *testing.T, base string) {
		x := terminal{t: t, base: base}
		x.example("s")
		open := x.asks("list", "deal", "--where", `state = "open"`, "--columns", "amount_base")
		now := x.formats("report", "funnel")
		if now.Report != "funnel" || now.Total["count"] != float64(len(open.Rows)) || now.Total["amount"] != open.Total["amount_base"] || now.Total["kind"] != "open" {
			t.Errorf("the funnel: %v; open deals: %d, %v", now.Total, len(open.Rows), open.Total)
		}
		past := x.asks("report", "funnel", "--as-of", "2026-10-31")
		if past.Parameters["as_of"] != "2026-10-31" || past.Total["count"] == now.Total["count"] && past.Total["amount"] == now.Total["amount"] {
			t.Errorf("as of October: %v", past.Total)
		}
		for _, args := range [][]string{
			{"funnel", "--from", "2026-01-01", "--to", "2026-10-31"},
			{"funnel", "--mode", "cohort", "--from", "2026-01-01", "--to", "2026-10-31"},
			{"funnel", "--where", `client.region.name = "Львівська"`},
			{"losses", "--by", "manager"},
			{"losses", "--by", "stage,reason", "--from", "2026-01-01", "--to", "2026-06-30"},
			{"inquiries"},
		} {
			if a := x.formats(append([]string{"report"}, args...)...); a.Report != args[0] || len(a.Rows) == 0 && args[0] != "losses" {
				t.Errorf("report %q is %q with %d rows", args, a.Report, len(a.Rows))
			}
		}
		for _, report := range []string{"funnel", "losses", "inquiries"} {
			for format, begin := range map[string]string{"html": "<!DOCTYPE html>", "pdf": "%PDF-", "png": "\x89PNG", "svg": "<svg"} {
				file := filepath.Join(t.TempDir(), report+"."+format)
				x.does("report", report, "-o", file)
				data, err := os.ReadFile(file)
				if err != nil || !bytes.HasPrefix(bytes.TrimSpace(data), []byte(begin)) {
					t.Errorf("report %s as %s begins with %.20q, %v", report, format, data, err)
				}
				if format == "png" {
					if _, err := png.Decode(bytes.NewReader(data)); err != nil {
						t.Errorf("report %s as png: %v", report, err)
					}
				}
			}
		}
		x.refused(Usage, "funnel", "report", "weather")
		x.refused(Usage, "--as-of", "report", "funnel", "--as-of", "tomorrow")
		x.refused(Refused, "Розпродаж", "report", "funnel", "--process", "Розпродаж")
	})
}

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

		// templates
		names := x.formats("template", "fields", "proposal")
		if len(names.Rows) < 30 {
			t.Errorf("%d names for templates", len(names.Rows))
		}
		x.refused(Refused, "", "template", "check", filepath.Join(dir, "missing.docx"))

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

func TestWordsThatAreOff(t *testing.T) {
	t.Setenv("UGODA_BASE", "")
	for _, c := range []struct {
		args []string
		say  string
	}{
		{[]string{"--lang", "en", "fly"}, "There is no command “fly”."},
		{[]string{"--lang=uk", "fly"}, "Немає команди «fly»."},
		{[]string{"--lang", "en", "lisst"}, "Did you mean: list?"},
		{[]string{"--lang", "en", "base", "chek"}, "Did you mean: check?"},
		{[]string{"--lang", "en", "base"}, "ugoda base backup|check|copy|create|info|migrate|rebuild|restore"},
		{[]string{"--lang", "en", "list", "deal", "--wher", "x"}, "There is no flag --wher"},
		{[]string{"list", "deal", "-q", "--lang", "uk"}, "Немає прапорця -q"},
		{[]string{"--lang", "en", "list", "deal", "--where"}, "--where wants a value"},
		{[]string{"--lang", "en", "list", "deal", "--limit", "few"}, "--limit does not take “few”"},
		{[]string{"--lang", "en", "help", "fly"}, "There is no command “fly”."},
		{[]string{"--lang", "en", "list", "deal"}, "Name the base"},
		{[]string{"--lang", "de", "kinds"}, "--lang"},
		{[]string{"--today", "soon", "kinds"}, "--today"},
		{[]string{"--lang", "en", "demo", "--size", "huge", "--base", "x.ugoda"}, "s|m|l|xl"},
	} {
		var out, errs bytes.Buffer
		code := Run(context.Background(), Env{Args: c.args, Stdin: &bytes.Buffer{}, Stdout: &out, Stderr: &errs})
		if code != Usage || out.Len() > 0 || !strings.Contains(errs.String(), c.say) || !strings.Contains(errs.String(), "ugoda help") {
			t.Errorf("ugoda %q: exit %d, %q, %q; want %q", c.args, code, out.String(), errs.String(), c.say)
		}
	}
}

// Every command explains itself in both languages, with nothing left in the
// other one.
func TestHelp(t *testing.T) {
	t.Setenv("UGODA_BASE", "")
	for _, lang := range []string{"en", "uk"} {
		root := newApp(Env{Args: []string{"--lang", lang}}).root()
		for _, c := range append(root.Commands(), root) {
			for _, c := range append(c.Commands(), c) {
				path := strings.Fields(c.CommandPath())[1:]
				var first string
				for _, args := range [][]string{append([]string{"help"}, path...), append(slices.Clone(path), "--help")} {
					var out, errs bytes.Buffer
					code := Run(context.Background(), Env{Args: append([]string{"--lang", lang}, args...), Stdout: &out, Stderr: &errs, Stdin: &bytes.Buffer{}})
					if code != Done || errs.Len() > 0 || strings.Contains(out.String(), "cli.") {
						t.Errorf("ugoda %q: exit %d\n%s%s", args, code, out.String(), errs.String())
					}
					if first != "" && first != out.String() {
						t.Errorf("ugoda %q says another thing than help does", args)
					}
					first = out.String()
				}
				for _, word := range []string{"Usage", "Available", "help for", "string", "Flags"} {
					if lang == "uk" && strings.Contains(first, word) {
						t.Errorf("ugoda help %q has %q in Ukrainian:\n%s", path, word, first)
					}
				}
			}
		}
	}
}

// What help gives as an example can be typed: its command and its flags exist.
func TestExamples(t *testing.T) {
	for path, lines := range examples {
		root := newApp(Env{}).root()
		c, rest, err := root.Find(strings.Fields(path)[1:])
		if err != nil || len(rest) > 0 || c.CommandPath() != path {
			t.Errorf("examples of %q, which is no command", path)
			continue
		}
		for _, line := range lines {
			words := strings.Fields(line)
			for len(words) > 0 && words[0] != "ugoda" {
				words = words[1:]
			}
			for _, word := range words {
				name, _, _ := strings.Cut(strings.TrimPrefix(word, "--"), "=")
				if strings.HasPrefix(word, "--") && c.Flag(name) == nil && root.Flag(name) == nil {
					if found, _, err := root.Find(words[1:]); err != nil || found.Flag(name) == nil {
						t.Errorf("%s: there is no %s", line, word)
					}
				}
			}
		}
	}
}
