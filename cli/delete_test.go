package cli

import (
	"strings"
	"testing"

	"ugoda/store/storetest"
)

// Of several records those go to the bin that may; the others are said by the
// reason, with how many it concerns and which.
func TestDelete(t *testing.T) {
	storetest.Each(t, func(t *testing.T, base string) {
		x := terminal{t: t, base: base}
		x.example("s")
		of := func(where, limit string, args ...string) (numbers []string) {
			t.Helper()
			for _, r := range x.asks(append([]string{"list", "invoice", "--where", where, "--limit", limit, "--columns", "number"}, args...)...).Rows {
				numbers = append(numbers, r["number"].(string))
			}
			return numbers
		}
		drafts, issued := of(`status = "draft"`, "1"), of(`status = "issued"`, "2")
		if len(drafts) != 1 || len(issued) != 2 {
			t.Fatalf("in the example %q and %q", drafts, issued)
		}
		x.refused(Usage, "KIND NUMBER", "delete", "invoice")
		x.refused(Refused, "99999", "delete", "invoice", drafts[0], "99999")
		if got := of(`status = "draft" and number = "`+drafts[0]+`"`, "5"); len(got) != 1 {
			t.Fatal("a word that is no record put the others into the bin")
		}
		code, out, errs := x.run("delete", "invoice", issued[0], drafts[0], issued[1])
		if code != Refused || out != "1 record moved to the bin\n" {
			t.Errorf("exit %d: %q", code, out)
		}
		for _, want := range []string{"2 records: ", issued[0], issued[1], "Not moved to the bin: 2"} {
			if !strings.Contains(errs, want) {
				t.Errorf("%q is not in %q", want, errs)
			}
		}
		if strings.Contains(errs, drafts[0]) || strings.Count(errs, "\n") != 2 {
			t.Errorf("said: %q", errs)
		}
		if got := of(`number = "`+drafts[0]+`"`, "5", "--bin"); len(got) != 1 {
			t.Errorf("in the bin: %q", got)
		}
		x.refused(Refused, "Not moved to the bin: 1", "delete", "invoice", issued[0])
	})
}
