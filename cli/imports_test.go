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
		kinds := []string{"currency", "rate", "region", "segment", "source", "unit", "product-group", "product", "employee", "client", "contact", "process", "stage", "loss-reason", "deal", "inquiry"}
		for _, format := range []string{"xlsx", "csv"} {
			for _, kind := range kinds {
				file := filepath.Join(dir, kind+"."+format)
				for _, lang := range []string{"uk", "en"} { // the last file stays for what follows
					x.does("export", kind, "--columns", "*", "-o", file, "--lang", lang)
					r := x.imports(kind, file, "--dry-run")
					if r.Created+r.Updated+r.LeftOut > 0 || r.Same+r.Totals != r.Rows || r.Rows == 0 || len(r.Unused) > 0 {
						t.Errorf("%s as %s in %s: %s", kind, format, lang, r)
					}
				}
			}
		}
		empty := terminal{t: t, base: filepath.Join(dir, "empty.ugoda")}
		empty.does("base", "create", "--firm", "Порожня")
		for _, kind := range kinds {
			r := empty.imports(kind, filepath.Join(dir, kind+".xlsx"), "--create", "*")
			if r.LeftOut > 0 || r.Created+r.Updated+r.Same+r.Totals != r.Rows {
				t.Errorf("%s into an empty base: %s", kind, r)
			}
			lines := func(x terminal, name string) []string {
				file := filepath.Join(dir, name+".csv")
				x.does("export", kind, "--columns", "*", "--sort", map[string]string{"client": "number", "product": "number", "contact": "name,client", "deal": "number"}[kind], "-o", file)
				// an empty amount and one of nought are the same to a file
				return strings.Split(strings.ReplaceAll(read(t, file), ",0.00,UAH", ",,"), "\r\n")
			}
			if kind != "client" && kind != "deal" && kind != "product" && kind != "contact" {
				continue // others have entries of the empty base among them
			}
			first, there := lines(x, "first"), lines(empty, "there")
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

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
