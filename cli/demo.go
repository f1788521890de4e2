package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"ugoda/service/demo"
)

func (a *app) demo() *cobra.Command {
	var size string
	var seed uint64
	c := &cobra.Command{Use: "demo", Short: a.p.T("cli.demo"), Args: words(0, 0), RunE: func(c *cobra.Command, _ []string) error {
		if err := a.needBase(); err != nil {
			return err
		}
		sz, ok := demo.SizeOf(size)
		if !ok {
			return usageError{fmt.Errorf("--size s|m|l|xl")}
		}
		b, err := demo.Make(c.Context(), a.base, sz, seed, a.p.Language(), a.opts, a.progress(a.p.T("cli.demo")))
		if err != nil {
			return err
		}
		return b.Close()
	}}
	c.Flags().StringVar(&size, "size", "s", "s|m|l|xl")
	c.Flags().Uint64Var(&seed, "seed", 1, a.p.T("cli.flag.seed"))
	return c
}

// progress tells on a terminal how far long work is; nil elsewhere.
func (a *app) progress(label string) func(done, all int) {
	if !a.Terminal {
		return nil
	}
	return func(done, all int) {
		fmt.Fprintf(a.Stderr, "\r%s %d / %d", label, done, all)
		if done >= all {
			fmt.Fprintln(a.Stderr)
		}
	}
}
