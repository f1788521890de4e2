package records_test

import (
	"strings"
	"testing"

	"ugoda/model"
	"ugoda/model/records"
)

// Every link points to a kind that exists, every choice has values, every
// title and sort names a field, and accessors give the type that is described.
func TestDescriptions(t *testing.T) {
	r := records.New()
	var check func(t *testing.T, k *model.Kind, rec any)
	check = func(t *testing.T, k *model.Kind, rec any) {
		for _, f := range k.Fields {
			if f.Type == model.Link && r.Kind(f.To) == nil {
				t.Errorf("%s.%s points to %q, which is no kind", k.Name, f.Name, f.To)
			}
			if f.Type == model.Choice && len(f.Values) == 0 {
				t.Errorf("%s.%s has no values", k.Name, f.Name)
			}
			if !f.Computed {
				if err := model.Assign(f.Ptr(rec), f.Value(rec)); err != nil {
					t.Errorf("%s.%s: %v", k.Name, f.Name, err)
				}
			}
		}
		for _, p := range k.Parts {
			p.Truncate(rec, 0)
			check(t, p.Kind, p.Add(rec))
		}
	}
	for _, k := range r.Kinds() {
		if len(k.Title) == 0 {
			t.Errorf("%s has no title", k.Name)
		}
		for _, name := range k.Title {
			if k.Field(name) == nil {
				t.Errorf("title of %s: no field %s", k.Name, name)
			}
		}
		for _, s := range strings.Split(k.Sort, ",") {
			if _, err := r.Path(k, strings.TrimPrefix(s, "-")); err != nil {
				t.Errorf("sort of %s: %v", k.Name, err)
			}
		}
		for _, a := range k.Actions {
			for _, q := range a.Asks {
				if q.Type == model.Link && r.Kind(q.To) == nil {
					t.Errorf("%s %s asks for %q, which is no kind", k.Name, a.Name, q.To)
				}
			}
		}
		check(t, k, k.New())
	}
}
