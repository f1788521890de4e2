package imports_test

import (
	"bytes"
	"context"
	"path/filepath"
	"slices"
	"testing"

	"ugoda/exchange/spreadsheet"
	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/records"
	"ugoda/service/demo"
	"ugoda/service/imports"
	"ugoda/store"
)

// The sample of every kind comes in as it is, in both languages: two records,
// nothing asked, no column unknown.
func TestSamplesComeIn(t *testing.T) {
	ctx := context.Background()
	for _, lang := range locale.Languages {
		size, _ := demo.SizeOf("s")
		b, err := demo.Make(ctx, filepath.Join(t.TempDir(), "s.ugoda"), size, 1, lang, store.Options{Registry: records.New(), Today: func() model.Day { return today }}, nil)
		if err != nil {
			t.Fatal(err)
		}
		defer b.Close()
		s := b.System()
		words := locale.New(lang)
		for _, k := range s.Registry().Kinds() {
			if !imports.Can(s, k.Name) {
				continue
			}
			t.Run(string(lang)+"/"+k.Name, func(t *testing.T) {
				var b bytes.Buffer
				if err := imports.Sample(ctx, s, words, k.Name, &b); err != nil {
					t.Fatal(err)
				}
				book, err := spreadsheet.Read("sample.xlsx", b.Bytes())
				if err != nil {
					t.Fatal(err)
				}
				p := imports.Suggest(s, k, book)
				for _, c := range p.Columns {
					if c.Field == "" {
						t.Errorf("the column %q is not recognised", c.Heading)
					}
				}
				r := run(t, s, book, p, true)
				for i := range r.Problems {
					t.Errorf("row %d, %s %q: %s", r.Problems[i].Row, r.Problems[i].Column, r.Problems[i].Value, r.Problems[i].Say(words, k.Name))
				}
				for _, q := range r.Questions {
					if q.Blocks {
						t.Errorf("asks: %s", imports.Ask(words, k, q))
					}
				}
				rows := 2
				if slices.Contains([]string{"proposal", "invoice", "product", "deal"}, k.Name) { // the first of the two has two lines
					rows = 3
				}
				if r.Rows != rows || r.Created+r.Updated+r.Same != 2 {
					t.Errorf("%d rows, %d created, %d updated", r.Rows, r.Created, r.Updated)
				}
			})
		}
	}
}
