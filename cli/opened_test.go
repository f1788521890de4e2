package cli

import (
	"bytes"
	"context"
	"testing"
)

func TestFileAloneOpensTheWindowOnIt(t *testing.T) {
	cases := []struct {
		args []string
		base string // the window's; "-": no window
		code int
	}{
		{nil, "", Done},
		{[]string{"/home/olha/Продажі 2026.ugoda"}, "/home/olha/Продажі 2026.ugoda", Done},
		{[]string{"SALES.UGODA"}, "SALES.UGODA", Done},
		{[]string{"--base", "sales.ugoda"}, "sales.ugoda", Done},
		{[]string{"sales.xlsx"}, "-", Usage},
		{[]string{"one.ugoda", "two.ugoda"}, "-", Usage},
	}
	t.Setenv("UGODA_BASE", "")
	for _, c := range cases {
		base := "-"
		var out, errs bytes.Buffer
		code := Run(context.Background(), Env{
			Args: c.args, Stdin: &bytes.Buffer{}, Stdout: &out, Stderr: &errs,
			Window: func(_ context.Context, s Start) error { base = s.Base; return nil },
		})
		if base != c.base || code != c.code {
			t.Errorf("ugoda %q: window on %q, exit %d; want %q, %d\n%s", c.args, base, code, c.base, c.code, errs.String())
		}
	}
}
