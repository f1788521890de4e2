package cli

import (
	"bytes"
	"context"
	"testing"

	"ugoda/store"
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

func TestOpenAsksTheWindow(t *testing.T) {
	cases := []struct {
		args []string
		want string
		code int
	}{
		{[]string{"open", "deal", "00012"}, "deal 00012", Done},
		{[]string{"--base", "a.ugoda", "--lang", "en", "open", "phone", "+38 (050) 123-45-67"}, "phone +38 (050) 123-45-67", Done},
		{[]string{"open", "phone", "12"}, "", Usage},
		{[]string{"open", "phone", "1234567890123456"}, "", Usage},
		{[]string{"open", "spell", "1"}, "", Usage},
		{[]string{"open", "deal"}, "", Usage},
		{[]string{"open", "deal", "refused"}, "deal refused", Refused},
	}
	t.Setenv("UGODA_BASE", "")
	for _, c := range cases {
		got := ""
		var out, errs bytes.Buffer
		code := Run(context.Background(), Env{
			Args: c.args, Stdin: &bytes.Buffer{}, Stdout: &out, Stderr: &errs,
			Show: func(_ context.Context, s Start, kind, name string) error {
				got = kind + " " + name
				if name == "refused" {
					return &store.NotFound{Kind: kind, Name: name}
				}
				return nil
			},
		})
		if got != c.want || code != c.code {
			t.Errorf("ugoda %q: asked %q, exit %d; want %q, %d", c.args, got, code, c.want, c.code)
		}
		if code != Done && errs.Len() == 0 || out.Len() > 0 {
			t.Errorf("ugoda %q says %q and %q", c.args, out.String(), errs.String())
		}
	}
}
