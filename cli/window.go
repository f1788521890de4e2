package cli

import (
	"strings"

	"github.com/spf13/cobra"
)

func (a *app) tour() *cobra.Command {
	return &cobra.Command{Use: "tour DIR", Short: a.p.T("cli.tour"), Args: words(1, 1), RunE: func(c *cobra.Command, args []string) error {
		return a.Tour(c.Context(), a.start(), args[0])
	}}
}

func (a *app) open() *cobra.Command {
	return &cobra.Command{Use: "open KIND NUMBER | open phone DIGITS", Short: a.p.T("cli.open"), Args: words(2, 2), RunE: func(c *cobra.Command, args []string) error {
		if args[0] != "phone" {
			if _, err := a.kind(args[0]); err != nil {
				return err
			}
		}
		return a.Show(c.Context(), a.base, args[0], strings.TrimSpace(args[1]))
	}}
}
