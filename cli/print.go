package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"ugoda/locale"
	"ugoda/model/table"
	"ugoda/printing/docx"
	"ugoda/printing/docx/wording"
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
		if o.format == "paper" {
			title := strings.TrimSuffix(files[0].Name, ".pdf")
			return spool.System().Print(c.Context(), files[0].Data, spool.Job{Printer: printer, Title: title, Copies: copies})
		}
		return o.write(a.Stdout, func(w io.Writer) error { _, err := w.Write(files[0].Data); return err })
	}}
	c.Flags().StringVar(&j.Template, "template", "", a.p.T("cli.flag.template"))
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

func (a *app) template() *cobra.Command {
	c := a.group("template", a.p.T("cli.template"))
	var kind, missing string
	var o output
	check := &cobra.Command{Use: "check FILE", Short: a.p.T("cli.template.check"), Args: words(1, 1), RunE: func(_ *cobra.Command, args []string) error {
		t, err := openTemplate(args[0])
		if err != nil {
			return err
		}
		v, err := paper.Vocabulary(kind)
		if err != nil {
			return err
		}
		problems := t.Check(v, v.Named(wording.Filters(a.p)))
		for _, p := range problems {
			fmt.Fprintln(a.Stdout, a.p.Error(p))
		}
		if len(problems) > 0 {
			return &badTemplate{len(problems)}
		}
		fmt.Fprintln(a.Stdout, a.p.T("cli.template.good"))
		return nil
	}}
	check.Flags().StringVar(&kind, "for", "proposal", a.p.T("cli.column.kind"))
	fill := &cobra.Command{Use: "fill FILE DATA.json", Short: a.p.T("cli.template.fill"), Args: words(2, 2), RunE: func(_ *cobra.Command, args []string) error {
		if missing != "error" && missing != "empty" {
			return usageError{errors.New("--missing error|empty")}
		}
		t, err := openTemplate(args[0])
		if err != nil {
			return err
		}
		data, err := readJSON(args[1], a.Stdin)
		if err != nil {
			return err
		}
		options := docx.Options{}
		if v, err := paper.Vocabulary(kind); err == nil {
			options = wording.Options(a.p, v)
		}
		if missing == "empty" {
			options.Missing = docx.Empty
		}
		out, err := t.Fill(docx.Map(data), options)
		if err != nil {
			return err
		}
		return o.write(a.Stdout, func(w io.Writer) error { _, err := w.Write(out); return err })
	}}
	fill.Flags().StringVar(&missing, "missing", "error", "error|empty")
	fill.Flags().StringVar(&kind, "for", "proposal", a.p.T("cli.column.kind"))
	fill.Flags().StringVarP(&o.file, "output", "o", "", a.p.T("cli.flag.output"))
	var of output
	fields := &cobra.Command{Use: "fields KIND", Short: a.p.T("cli.template.fields"), Args: words(1, 1), RunE: func(c *cobra.Command, args []string) error {
		if err := of.choose("table", "csv", "json", "xlsx"); err != nil {
			return err
		}
		v, err := paper.Vocabulary(args[0])
		if err != nil {
			return err
		}
		rows := entries(nil, v.Fields, "", a.p.Language())
		for _, f := range v.Filters {
			rows = append(rows, table.Row{Cells: []any{"| " + f.Name, "| " + strings.Join(f.Aliases, ", "), "filter", f.About[string(a.p.Language())]}})
		}
		return a.table(c.Context(), &of, &table.Table{Kind: "template-fields", Columns: []table.Column{text("name", a.p.T("cli.column.name")), text("alias", a.p.T("cli.column.alias")), text("type", a.p.T("cli.column.type")), text("about", a.p.T("cli.column.details"))}, Rows: table.Slice(rows...)})
	}}
	of.flags(fields, a, "table|csv|json|xlsx")
	c.AddCommand(check, fill, fields, a.addTemplate(), a.saveTemplate())
	return c
}

// addTemplate keeps a Word document as a template of the base, or puts it in
// the place of one; what is wrong with its tags is said.
func (a *app) addTemplate() *cobra.Command {
	var kind, name string
	var standard bool
	c := &cobra.Command{Use: "add FILE", Short: a.p.T("cli.template.add"), Args: words(1, 1), RunE: func(c *cobra.Command, args []string) error {
		ctx := c.Context()
		s, err := a.session(ctx)
		if err != nil {
			return err
		}
		data, err := paper.ReadTemplate(args[0])
		if err != nil {
			return err
		}
		if name == "" {
			name = strings.TrimSuffix(filepath.Base(args[0]), filepath.Ext(args[0]))
		}
		all, err := paper.Templates(ctx, s, kind)
		if err != nil {
			return err
		}
		id := int64(0)
		for _, t := range all {
			if t.Name == name {
				id = t.ID
			}
		}
		if id != 0 {
			err = paper.ReplaceTemplate(ctx, s, id, data)
		} else {
			id, err = paper.AddTemplate(ctx, s, kind, name, data, a.p.Language())
		}
		if err != nil {
			return err
		}
		problems, err := paper.CheckTemplate(kind, data, a.p)
		if err != nil {
			return err
		}
		for _, p := range problems {
			fmt.Fprintln(a.Stderr, a.p.Error(p))
		}
		if standard {
			return paper.MakeDefault(ctx, s, id)
		}
		return nil
	}}
	c.Flags().StringVar(&kind, "for", "proposal", a.p.T("cli.column.kind"))
	c.Flags().StringVar(&name, "name", "", a.p.T("cli.flag.template_name"))
	c.Flags().BoolVar(&standard, "default", false, a.p.T("cli.flag.template_default"))
	return c
}

// saveTemplate writes a template of the base into a file.
func (a *app) saveTemplate() *cobra.Command {
	var o output
	c := &cobra.Command{Use: "save NAME", Short: a.p.T("cli.template.save"), Args: words(1, 1), RunE: func(c *cobra.Command, args []string) error {
		ctx := c.Context()
		s, err := a.session(ctx)
		if err != nil {
			return err
		}
		data, err := paper.TemplateFile(ctx, s, args[0])
		if err != nil {
			return err
		}
		return o.write(a.Stdout, func(w io.Writer) error { _, err := w.Write(data); return err })
	}}
	c.Flags().StringVarP(&o.file, "output", "o", "", a.p.T("cli.flag.output"))
	return c
}

// entries lists names of a vocabulary, those of records below them.
func entries(rows []table.Row, list []docx.Entry, prefix string, lang locale.Language) []table.Row {
	for _, e := range list {
		name := prefix + e.Name
		rows = append(rows, table.Row{Cells: []any{name, strings.Join(e.Aliases, ", "), string(e.Kind), e.About[string(lang)]}})
		if e.Kind == docx.ListEntry {
			name += "[]"
		}
		rows = entries(rows, e.Fields, name+".", lang)
	}
	return rows
}

// badTemplate says that a template has problems.
type badTemplate struct{ n int }

func (e *badTemplate) Error() string { return fmt.Sprintf("%d problems", e.n) }

// Message says it to a person.
func (e *badTemplate) Message() (string, map[string]any) {
	return "bad_template", map[string]any{"n": int64(e.n)}
}

func openTemplate(path string) (*docx.Template, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", filepath.Base(path), err)
	}
	return docx.Open(data)
}

func readJSON(path string, stdin io.Reader) (map[string]any, error) {
	data, err := os.ReadFile(path)
	if path == "-" {
		data, err = io.ReadAll(stdin)
	}
	if err != nil {
		return nil, fmt.Errorf("read the data: %w", err)
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	out := map[string]any{}
	if err := d.Decode(&out); err != nil {
		return nil, fmt.Errorf("read the data: %w", err)
	}
	return out, nil
}
