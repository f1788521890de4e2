package cli

import (
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"ugoda/model"
	"ugoda/model/firm"
	"ugoda/service/found"
	"ugoda/store"
)

func (a *app) baseCommands() *cobra.Command {
	c := a.group("base", a.p.T("cli.base"))
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
	c.AddCommand(a.onBase("check", func(c *cobra.Command, s *store.Session) error {
		faults, err := s.Base().Check(c.Context())
		if err != nil {
			return err
		}
		for _, f := range faults {
			fmt.Fprintln(a.Stdout, a.p.Problem(model.Wrong("", f.Key, "kind", f.Kind, "id", f.ID, "detail", f.Detail)))
		}
		if len(faults) > 0 {
			return &faulty{len(faults)}
		}
		fmt.Fprintln(a.Stdout, a.p.T("cli.base.sound"))
		return nil
	}))
	c.AddCommand(a.onBase("rebuild", func(c *cobra.Command, s *store.Session) error { return s.Base().Rebuild(c.Context()) }))
	c.AddCommand(a.onBase("info", func(c *cobra.Command, s *store.Session) error {
		info, err := s.Base().Info(c.Context())
		if err != nil {
			return err
		}
		data, err := json.Marshal(info)
		if err != nil {
			return fmt.Errorf("write JSON: %w", err)
		}
		return a.json(&output{}, data)
	}))
	backup := a.onBase("backup", func(c *cobra.Command, s *store.Session) error {
		path, err := s.Base().Backup(c.Context(), c.Flags().Arg(0))
		if err != nil {
			return err
		}
		fmt.Fprintln(a.Stdout, path)
		return nil
	})
	backup.Use, backup.Args = "backup DIR", words(1, 1)
	c.AddCommand(backup)
	c.AddCommand(&cobra.Command{Use: "restore FILE", Short: a.p.T("cli.base.restore"), Args: words(1, 1), RunE: func(c *cobra.Command, args []string) error {
		if err := a.needBase(); err != nil {
			return err
		}
		return store.Restore(c.Context(), args[0], a.base, a.opts)
	}})
	c.AddCommand(&cobra.Command{Use: "copy FROM TO", Short: a.p.T("cli.base.copy"), Args: words(2, 2), RunE: func(c *cobra.Command, args []string) error {
		report, err := store.Copy(c.Context(), args[0], args[1], a.opts)
		if err != nil {
			return err
		}
		data, err := json.Marshal(report)
		if err != nil {
			return fmt.Errorf("write JSON: %w", err)
		}
		return a.json(&output{}, data)
	}})
	return c
}

// faulty says that a check of the base found something.
type faulty struct{ n int }

func (e *faulty) Error() string { return fmt.Sprintf("%d faults", e.n) }

// Message says it to a person.
func (e *faulty) Message() (string, map[string]any) {
	return "base_faults", map[string]any{"count": e.n}
}

func (a *app) needBase() error {
	if a.base == "" {
		return usageError{fmt.Errorf("%s", a.p.T("cli.no_base"))}
	}
	return nil
}

// onBase makes a command of "base" that works with an open base.
func (a *app) onBase(name string, f func(c *cobra.Command, s *store.Session) error) *cobra.Command {
	return &cobra.Command{Use: name, Short: a.p.T("cli.base." + name), Args: words(0, 0), RunE: func(c *cobra.Command, _ []string) error {
		s, err := a.session(c.Context())
		if err != nil {
			return err
		}
		return f(c, s)
	}}
}
