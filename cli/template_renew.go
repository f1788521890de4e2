package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"ugoda/model/firm"
	"ugoda/printing/docx"
	"ugoda/service/paper"
)

// templateRenew takes the text that the program ships now for a template, shows
// what that would change, or keeps the user's; without a name every template
// that nobody has changed is renewed.
func (a *app) templateRenew() *cobra.Command {
	var show, keep bool
	c := &cobra.Command{Use: "renew [NAME]", Short: a.p.T("cli.template.renew"), Args: words(0, 1), RunE: func(c *cobra.Command, args []string) error {
		ctx := c.Context()
		if show && keep || len(args) == 0 && (show || keep) {
			return usageError{errors.New("renew [NAME [--show|--keep]]")}
		}
		s, err := a.session(ctx)
		if err != nil {
			return err
		}
		if len(args) == 0 {
			all, err := paper.Templates(ctx, s, "proposal")
			if err != nil {
				return err
			}
			for _, t := range all {
				newer, err := paper.RenewalOf(ctx, s, t.ID)
				if err != nil {
					return err
				}
				if newer != firm.RenewalReady {
					continue
				}
				if _, err := paper.Renew(ctx, s, t.ID); err != nil {
					return err
				}
				fmt.Fprintln(a.Stdout, t.Name)
			}
			return nil
		}
		id, err := s.Find(ctx, "template", args[0])
		if err != nil {
			return err
		}
		switch {
		case keep:
			return paper.KeepOwn(ctx, s, id)
		case show:
			changes, err := paper.WhatIsNew(ctx, s, id)
			if err != nil {
				return err
			}
			a.changes(changes)
			return nil
		}
		_, err = paper.Renew(ctx, s, id)
		return err
	}}
	c.Flags().BoolVar(&show, "show", false, a.p.T("cli.flag.renew_show"))
	c.Flags().BoolVar(&keep, "keep", false, a.p.T("cli.flag.renew_keep"))
	return c
}

// changes writes which paragraphs come and go.
func (a *app) changes(all []docx.Change) {
	for _, x := range all {
		sign := "-"
		if x.Added {
			sign = "+"
		}
		fmt.Fprintln(a.Stdout, sign, x.Text)
	}
}
