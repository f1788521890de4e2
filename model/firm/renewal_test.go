package firm_test

import (
	"testing"

	"ugoda/model/firm"
)

// What a newer shipped file means for a template depends on where it came from
// and whether it was touched since.
func TestRenewal(t *testing.T) {
	first, second := []byte("first"), []byte("second")
	made := func(file []byte, from []byte) *firm.Template {
		x := &firm.Template{File: file}
		if from != nil {
			x.CameFrom(from)
		}
		return x
	}
	edited := made(first, first)
	edited.File = []byte("first, edited")
	for name, c := range map[string]struct {
		t    *firm.Template
		want firm.Renewal
	}{
		"stands for the shipped one":  {&firm.Template{Shipped: "x"}, firm.RenewalNone},
		"the user's own":              {made([]byte("own"), nil), firm.RenewalNone},
		"of the present one":          {made(second, second), firm.RenewalNone},
		"untouched":                   {made(first, first), firm.RenewalReady},
		"on a letterhead":             {made([]byte("first on a letterhead"), first), firm.RenewalReady},
		"edited":                      {edited, firm.RenewalChanged},
		"the user keeps his own text": {&firm.Template{File: []byte("x"), Shipped: firm.Digest(second), Made: firm.Digest(first)}, firm.RenewalNone},
	} {
		if got := c.t.Renewal(firm.Digest(second)); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
