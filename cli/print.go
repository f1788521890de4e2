package cli

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"ugoda/model/firm"
	"ugoda/printing/spool"
	"ugoda/service/paper"
)

func (a *app) print() *cobra.Command {
	var o output
	var j paper.Job
	var engine, printer string
	var copies int
	c := &cobra.Command{Use: "print KIND NUMBER", Short: a.p.T("cli.print"), Args: words(2, 2), RunE: func(c *cobra.Command, args []string) error {
		if o.format == "" && o.file != "" {
			o.format = strings.TrimPrefix(strings.ToLower(filepath.Ext(o.file)), ".")
		}
		if o.format == "" {
			return usageError{errors.New("--to " + printTo + " [-o FILE]")}
		}
		if err := o.choose(append(slices.Clone(paper.Formats), "paper")...); err != nil {
			return err
		}
		if err := checkEngine(engine); err != nil {
			return err
		}
		if err := checkForm(j.Form); err != nil {
			return err
		}
		k, s, id, err := a.record(c.Context(), args)
		if err != nil {
			return err
		}
		j.Kind, j.ID, j.Engine = k.Name, id, paper.Engine(engine)
		format := o.format
		if format == "paper" {
			format = "pdf"
		}
		files, err := paper.Make(c.Context(), s, j, format)
		if err != nil {
			return err
		}
		a.notes(files[0].Notes)
		if format == "pdf" || format == "docx" {
			blank, err := paper.Blanks(c.Context(), s, j)
			if err != nil {
				return err
			}
			if len(blank) > 0 {
				a.notes([]paper.Note{{Key: "print.blank", Args: map[string]any{"what": paper.SayBlanks(blank, a.p)}}})
			}
		}
		if o.format == "paper" {
			title := strings.TrimSuffix(files[0].Name, ".pdf")
			return spool.System().Print(c.Context(), files[0].Data, spool.Job{Printer: printer, Title: title, Copies: copies})
		}
		return o.write(a.Stdout, func(w io.Writer) error { _, err := w.Write(files[0].Data); return err })
	}}
	c.Flags().StringVar(&j.Template, "template", "", a.p.T("cli.flag.template"))
	c.Flags().StringVar(&j.Form, "form", "", strings.Join(firm.Forms, "|"))
	c.Flags().IntVar(&j.Variant, "variant", 0, a.p.T("cli.flag.variant"))
	c.Flags().Int64Var(&j.Version, "template-version", 0, a.p.T("cli.flag.template_version"))
	c.Flags().StringVar(&o.format, "to", "", printTo)
	c.Flags().StringVar(&engine, "engine", "", engineNames)
	c.Flags().IntVar(&copies, "copies", 1, a.p.T("cli.flag.copies"))
	c.Flags().BoolVar(&j.Draft, "draft", false, a.p.T("cli.flag.draft"))
	c.Flags().StringVar(&printer, "printer", "", a.p.T("cli.flag.printer"))
	c.Flags().StringVarP(&o.file, "output", "o", "", a.p.T("cli.flag.output"))
	return c
}

// What print and mail take.
const (
	printTo     = "docx|pdf|xlsx|html|paper"
	engineNames = "auto|own|libreoffice|word"
)

// checkForm refuses a form that a document is not made into.
func checkForm(name string) error {
	if name != "" && !slices.Contains(firm.Forms, name) {
		return usageError{errors.New("--form " + strings.Join(firm.Forms, "|"))}
	}
	return nil
}

// checkEngine refuses an engine that does not exist.
func checkEngine(name string) error {
	if name != "" && !slices.Contains(paper.Engines, paper.Engine(name)) {
		return usageError{errors.New("--engine " + engineNames)}
	}
	return nil
}

// notes says what a person should know about a print.
func (a *app) notes(notes []paper.Note) {
	for _, n := range notes {
		fmt.Fprintln(a.Stderr, n.Say(a.p))
	}
}
