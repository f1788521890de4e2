package cli

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ugoda/store/storetest"
)

// imported is the answer of an import as JSON.
type imported struct {
	Rows, Created, Updated, Same, Skipped, Totals, Batch int
	LeftOut                                              int `json:"left_out"`
	Unused                                               []string
	Questions                                            []struct{ About, Text, Words string }
	Problems                                             []struct {
		Row                 int
		Column, Value, Text string
		Notice              bool
	}
}

func (r imported) String() string {
	s := fmt.Sprintf("%d rows: %d created, %d updated, %d the same, %d left out, %d skipped; unused %v", r.Rows, r.Created, r.Updated, r.Same, r.LeftOut, r.Skipped, r.Unused)
	for _, p := range r.Problems[:min(len(r.Problems), 3)] {
		s += fmt.Sprintf("; row %d %s %q: %s", p.Row, p.Column, p.Value, p.Text)
	}
	for _, q := range r.Questions[:min(len(r.Questions), 3)] {
		s += "; " + q.Words
	}
	return s
}

func (x terminal) imports(args ...string) imported {
	x.t.Helper()
	var r imported
	out := x.does(append([]string{"import", "--format", "json"}, args...)...)
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		x.t.Fatalf("%v: %.300s", err, out)
	}
	return r
}

// What is exported comes in again: into the same base nothing is new, into an
// empty one the same records.
func TestExportComesInAgain(t *testing.T) {
	storetest.Each(t, func(t *testing.T, base string) {
		dir := t.TempDir()
		x := terminal{t: t, base: base}
		x.example("s")
		x.lines(dir)
		kinds := []string{"currency", "rate", "region", "segment", "source", "unit", "product-group", "product", "employee", "client", "contact", "process", "stage", "loss-reason", "deal", "proposal", "inquiry"}
		for _, format := range []string{"xlsx", "csv"} {
			for _, kind := range kinds {
				file := filepath.Join(dir, kind+"."+format)
				for _, lang := range []string{"uk", "en"} { // the last file stays for what follows
					x.does("export", kind, "--columns", "*", "-o", file, "--lang", lang)
					r := x.imports(kind, file, "--dry-run")
					records := x.count(kind)
					if r.Created+r.Updated+r.LeftOut > 0 || r.Same != records || r.Rows < records || r.Rows == 0 || len(r.Unused) > 0 {
						t.Errorf("%s as %s in %s: %s", kind, format, lang, r)
					}
				}
			}
		}
		empty := terminal{t: t, base: filepath.Join(dir, "empty.ugoda")}
		empty.does("base", "create", "--firm", "Порожня")
		for _, kind := range kinds {
			r := empty.imports(kind, filepath.Join(dir, kind+".xlsx"), "--create", "*")
			if r.LeftOut > 0 || r.Created+r.Updated+r.Same != x.count(kind) {
				t.Errorf("%s into an empty base: %s", kind, r)
			}
			lines := func(x terminal, name string) []string {
				file := filepath.Join(dir, name+".csv")
				x.does("export", kind, "--columns", "*", "--sort", map[string]string{"client": "number", "product": "number", "contact": "name,client", "deal": "number", "proposal": "number"}[kind], "-o", file)
				// an empty amount and one of nought are the same to a file
				return strings.Split(strings.ReplaceAll(read(t, file), ",0.00,UAH", ",,"), "\r\n")
			}
			if kind != "client" && kind != "deal" && kind != "product" && kind != "contact" && kind != "proposal" {
				continue // others have entries of the empty base among them
			}
			first, there := lines(x, "first"), lines(empty, "there")
			if want := map[string]string{"product": ",2.5", "proposal": "Ціни дійсні тиждень"}[kind]; !strings.Contains(strings.Join(first, "\n"), want) {
				t.Errorf("the export of %s lacks its lines", kind)
			}
			if len(first) != len(there) {
				t.Errorf("%s: %d lines, then %d", kind, len(first), len(there))
				continue
			}
			differ := 0
			for i := range first {
				if first[i] != there[i] && differ < 3 {
					differ++
					t.Errorf("%s, line %d:\n%s\n%s", kind, i+1, first[i], there[i])
				}
			}
		}
	})
}

// count is how many records of a kind there are.
func (x terminal) count(kind string) int {
	x.t.Helper()
	return strings.Count(x.does("list", kind, "--columns", "id", "--format", "csv"), "\n") - 1
}

// lines gives the base kits, one of them made of another, and a proposal with
// every sort of line.
func (x terminal) lines(dir string) {
	x.t.Helper()
	write := func(name, text string) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			x.t.Fatal(err)
		}
		return file
	}
	var products []struct {
		Number string `json:"number"`
	}
	var list struct{ Rows json.RawMessage }
	if err := json.Unmarshal([]byte(x.does("list", "product", "--columns", "number", "--sort", "number", "--format", "json")), &list); err != nil {
		x.t.Fatal(err)
	}
	if err := json.Unmarshal(list.Rows, &products); err != nil || len(products) < 4 {
		x.t.Fatal(len(products), err)
	}
	client := strings.Split(x.does("list", "client", "--columns", "number", "--limit", "1", "--format", "csv"), "\r\n")[1]
	// the first in the file is made of later ones
	x.does("set", "product", products[1].Number, "--json", write("inner.json", fmt.Sprintf(`{"parts": [{"product": {"number": %q}, "quantity": 2.5}]}`, products[3].Number)))
	x.does("set", "product", products[0].Number, "--json", write("outer.json", fmt.Sprintf(`{"parts": [{"product": {"number": %q}, "quantity": 3}, {"product": {"number": %q}, "quantity": 1}]}`, products[1].Number, products[2].Number)))
	x.does("new", "proposal", "--json", write("proposal.json", fmt.Sprintf(`{"client": %q, "subject": "Усі рядки", "variants": [
		{"name": "Базовий", "recommended": true, "payment_terms": "Передоплата", "lines": [
			{"text": "Обладнання", "heading": true},
			{"product": {"number": %q}, "quantity": 2, "discount_sum": 10.05, "discount_fixed": true},
			{"text": "Ціни дійсні тиждень", "note": true},
			{"text": "Монтаж", "quantity": 1, "price": 500, "vat": "7", "optional": true, "discount": 3.5}]},
		{"name": "Порожній"}]}`, client, products[0].Number)))
}

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
