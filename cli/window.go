package cli

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"
)

func (a *app) tour() *cobra.Command {
	return &cobra.Command{Use: "tour DIR", Short: a.p.T("cli.tour"), Args: words(1, 1), RunE: func(c *cobra.Command, args []string) error {
		s := a.start()
		if a.lang == "" {
			s.Language = "" // both
		}
		return a.Tour(c.Context(), s, args[0])
	}}
}

func (a *app) open() *cobra.Command {
	return &cobra.Command{Use: "open KIND NUMBER | open phone DIGITS", Short: a.p.T("cli.open"), Args: words(2, 2), RunE: func(c *cobra.Command, args []string) error {
		kind, name := args[0], strings.TrimSpace(args[1])
		if kind == "phone" {
			if n := countDigits(name); n < fewestDigits || n > mostDigits {
				return usageError{errors.New(a.p.T("cli.open.digits", "digits", name))}
			}
		} else if _, err := a.kind(kind); err != nil {
			return err
		}
		return a.Show(c.Context(), a.start(), kind, name)
	}}
}

// How many digits a phone may have: a short number of an exchange, up to the
// 15 that E.164 allows.
const (
	fewestDigits = 3
	mostDigits   = 15
)

func countDigits(s string) int {
	n := 0
	for _, r := range s {
		if r >= '0' && r <= '9' {
			n++
		}
	}
	return n
}
