package docx_test

import (
	"os"
	"strings"
	"testing"

	"ugoda/printing/docx"
)

// The manual names everything that a template of a proposal may ask for.
func TestManualIsComplete(t *testing.T) {
	manual, err := os.ReadFile("../../docs/templates.md")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	var look func(entries []docx.Entry)
	look = func(entries []docx.Entry) {
		for _, e := range entries {
			for _, name := range append([]string{e.Name}, e.Aliases...) {
				seen++
				if !strings.Contains(string(manual), "`"+name+"`") {
					t.Errorf("docs/templates.md does not name %s", name)
				}
			}
			if e.About["uk"] == "" || e.About["en"] == "" {
				t.Errorf("%s is not explained in both languages", e.Name)
			}
			look(e.Fields)
		}
	}
	v := proposalVocabulary(t)
	look(v.Fields)
	look(v.Filters)
	for name := range docx.BuiltInFilters() {
		if !strings.Contains(string(manual), "`"+name) {
			t.Errorf("docs/templates.md does not name the filter %s", name)
		}
	}
	if seen < 100 {
		t.Errorf("only %d names", seen)
	}
}
