package cli

import (
	"cmp"

	"github.com/spf13/cobra"

	"ugoda/model"
	"ugoda/service/versions"
)

// compare lays two revisions or variants of a proposal side by side.
func (a *app) compare() *cobra.Command {
	var o output
	var old, now string
	var all, beside bool
	c := &cobra.Command{Use: "compare proposal NUMBER", Short: a.p.T("cli.compare"), Args: words(2, 2), RunE: func(c *cobra.Command, args []string) error {
		if err := o.choose("table", "csv", "json", "xlsx", "pdf", "html"); err != nil {
			return err
		}
		k, s, id, err := a.record(c.Context(), args)
		if err != nil {
			return err
		}
		if k.Name != "proposal" {
			return model.Refused("", "kind_has_no_revisions", "kind", k.Name)
		}
		if beside {
			t, err := versions.Beside(c.Context(), s, a.p, id)
			if err != nil {
				return err
			}
			if t.Held, err = versions.Held(c.Context(), s, id, versions.AllVariants); err != nil {
				return err
			}
			return a.table(c.Context(), &o, t)
		}
		if old == "" || now == "" {
			revisions, variants, err := versions.Sides(c.Context(), s, a.p, id)
			if err != nil {
				return err
			}
			x, y := versions.Usual(revisions, variants)
			if x == "" {
				return model.Refused("", "nothing_to_compare")
			}
			old, now = cmp.Or(old, x), cmp.Or(now, y)
		}
		found, err := versions.Compare(c.Context(), s, a.p, id, old, now)
		if err != nil {
			return err
		}
		t := found.Table(a.p, k, all)
		if t.Held, err = versions.Held(c.Context(), s, id, old, now); err != nil {
			return err
		}
		return a.table(c.Context(), &o, t)
	}}
	c.Flags().StringVar(&old, "from", "", a.p.T("cli.compare.from"))
	c.Flags().StringVar(&now, "to", "", a.p.T("cli.compare.to"))
	c.Flags().BoolVar(&beside, "variants", false, a.p.T("cli.compare.variants"))
	c.Flags().BoolVar(&all, "all", false, a.p.T("cli.compare.all"))
	o.flags(c, a, "table|csv|json|xlsx|pdf|html")
	return c
}
