package cli

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
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
