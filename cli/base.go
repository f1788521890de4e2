package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"ugoda/model/firm"
	"ugoda/service/found"
	"ugoda/store"
)

func (a *app) baseCommands() *cobra.Command {
	c := &cobra.Command{Use: "base", Short: a.p.T("cli.base"), Args: words(0, 0), RunE: func(c *cobra.Command, _ []string) error {
		return usageError{fmt.Errorf("base create|migrate|check|rebuild|info|backup DIR|restore FILE|copy FROM TO")}
	}}
	var f found.Firm
	create := &cobra.Command{Use: "create", Short: a.p.T("cli.base.create"), Args: words(0, 0), RunE: func(c *cobra.Command, _ []string) error {
		if err := a.needBase(); err != nil {
			return err
		}
		f.Language = a.p.Language()
		b, err := found.Base(c.Context(), a.base, f, a.opts)
		if err != nil {
			return err
		}
		return b.Close()
	}}
	create.Flags().StringVar(&f.Name, "firm", "", a.p.T("cli.flag.firm"))
	create.Flags().StringVar(&f.Code, "code", "", a.p.T("cli.flag.code"))
	create.Flags().StringVar(&f.Tax, "tax", firm.TaxVAT, "vat|single|none")
	create.Flags().StringVar(&f.Person, "person", "", a.p.T("cli.flag.person"))
	c.AddCommand(create)
	c.AddCommand(&cobra.Command{Use: "migrate", Short: a.p.T("cli.base.migrate"), Args: words(0, 0), RunE: func(c *cobra.Command, _ []string) error {
		if err := a.needBase(); err != nil {
			return err
		}
		return store.Migrate(c.Context(), a.base, a.opts)
	}})
	return c
}

func (a *app) needBase() error {
	if a.base == "" {
		return usageError{fmt.Errorf("%s", a.p.T("cli.no_base"))}
	}
	return nil
}
