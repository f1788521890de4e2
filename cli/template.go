package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"ugoda/exchange/outfile"
	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/firm"
	"ugoda/model/table"
	"ugoda/printing/docx"
	"ugoda/printing/docx/wording"
	"ugoda/service/paper"
	"ugoda/store"
)

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
		for _, n := range paper.Left(t.Review()) {
			fmt.Fprintln(a.Stderr, n.Say(a.p))
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
	c.AddCommand(check, fill, fields, a.addTemplate(), a.saveTemplate(), a.letterhead(), a.templateList(), a.templateVersions(), a.templateBack(), a.templateRenew())
	return c
}

// addTemplate keeps a Word document as a template of the base, or puts it in
// the place of one; what is wrong with its tags is said.
func (a *app) addTemplate() *cobra.Command {
	var kind, form, name string
	var standard bool
	c := &cobra.Command{Use: "add FILE", Short: a.p.T("cli.template.add"), Args: words(1, 1), RunE: func(c *cobra.Command, args []string) error {
		ctx := c.Context()
		if err := checkForm(form); err != nil {
			return err
		}
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
			id, err = paper.AddTemplate(ctx, s, kind, form, name, data, a.p.Language())
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
		notes, err := paper.StaysBehind(data)
		if err != nil {
			return err
		}
		for _, n := range notes {
			fmt.Fprintln(a.Stderr, n.Say(a.p))
		}
		if standard {
			return paper.MakeDefault(ctx, s, id)
		}
		return nil
	}}
	c.Flags().StringVar(&kind, "for", "proposal", a.p.T("cli.column.kind"))
	c.Flags().StringVar(&form, "form", firm.FormProposal, strings.Join(firm.Forms, "|"))
	c.Flags().StringVar(&name, "name", "", a.p.T("cli.flag.template_name"))
	c.Flags().BoolVar(&standard, "default", false, a.p.T("cli.flag.template_default"))
	return c
}

// saveTemplate writes a template of the base into a file.
func (a *app) saveTemplate() *cobra.Command {
	var o output
	var no int64
	c := &cobra.Command{Use: "save NAME", Short: a.p.T("cli.template.save"), Args: words(1, 1), RunE: func(c *cobra.Command, args []string) error {
		ctx := c.Context()
		s, err := a.session(ctx)
		if err != nil {
			return err
		}
		var data []byte
		if no != 0 {
			id, err := s.Find(ctx, "template", args[0])
			if err != nil {
				return err
			}
			data, err = paper.VersionFile(ctx, s, id, no)
			if err != nil {
				return err
			}
		} else if data, err = paper.TemplateFile(ctx, s, args[0]); err != nil {
			return err
		}
		return o.write(a.Stdout, func(w io.Writer) error { _, err := w.Write(data); return err })
	}}
	c.Flags().StringVarP(&o.file, "output", "o", "", a.p.T("cli.flag.output"))
	c.Flags().Int64Var(&no, "template-version", 0, a.p.T("cli.flag.template_version"))
	return c
}

// letterhead makes templates on a letterhead: a document whose headers,
// footers, page size, margins and fonts receive the text of the shipped ones.
func (a *app) letterhead() *cobra.Command {
	var forms, languages, name, file string
	var standard bool
	c := &cobra.Command{Use: "letterhead FILE", Short: a.p.T("cli.template.letterhead"), Args: words(1, 1), RunE: func(c *cobra.Command, args []string) error {
		ctx := c.Context()
		var langs []locale.Language
		for _, l := range split(languages) {
			lang, ok := locale.ParseLanguage(l)
			if !ok {
				return usageError{errors.New("--language uk,en")}
			}
			langs = append(langs, lang)
		}
		if len(langs) == 0 {
			langs = []locale.Language{a.p.Language()}
		}
		chosen := split(forms)
		for _, f := range chosen {
			if err := checkForm(f); err != nil {
				return err
			}
		}
		data, err := paper.ReadTemplate(args[0])
		if err != nil {
			return err
		}
		if file != "" {
			if len(chosen) != 1 || len(langs) != 1 {
				return usageError{errors.New("-o FILE --form FORM --language LANGUAGE")}
			}
			out, err := paper.OnLetterhead(chosen[0], langs[0], data)
			if err != nil {
				return err
			}
			return outfile.Write(file, out)
		}
		s, err := a.session(ctx)
		if err != nil {
			return err
		}
		if name == "" {
			name = strings.TrimSuffix(filepath.Base(args[0]), filepath.Ext(args[0]))
		}
		ids, err := paper.UseLetterhead(ctx, s, "proposal", name, data, chosen, langs, standard)
		if err != nil {
			return err
		}
		for _, id := range ids {
			rec, err := s.Get(ctx, "template", id)
			if err != nil {
				return err
			}
			fmt.Fprintln(a.Stdout, rec.(*firm.Template).Name)
		}
		return nil
	}}
	c.Flags().StringVar(&forms, "form", strings.Join(firm.Forms, ","), strings.Join(firm.Forms, ","))
	c.Flags().StringVar(&languages, "language", "", "uk,en")
	c.Flags().StringVar(&name, "name", "", a.p.T("cli.flag.letterhead_name"))
	c.Flags().BoolVar(&standard, "default", false, a.p.T("cli.flag.template_default"))
	c.Flags().StringVarP(&file, "output", "o", "", a.p.T("cli.flag.output"))
	return c
}

// templateList shows which template a document would go through, and why; or
// all of them.
func (a *app) templateList() *cobra.Command {
	var o output
	var number string
	c := &cobra.Command{Use: "list", Short: a.p.T("cli.template.list"), Args: words(0, 0), RunE: func(c *cobra.Command, _ []string) error {
		ctx := c.Context()
		if err := o.choose("table", "csv", "json", "xlsx"); err != nil {
			return err
		}
		s, err := a.session(ctx)
		if err != nil {
			return err
		}
		why := map[string]string{} // by form: the template chosen and the reason
		if number != "" {
			k, _, id, err := a.record(ctx, []string{"proposal", number})
			if err != nil {
				return err
			}
			for _, form := range firm.Forms {
				x, err := paper.Choose(ctx, s, paper.Job{Kind: k.Name, ID: id, Form: form})
				if err != nil {
					return err
				}
				why[form+x.Name] = x.Why.Say(a.p)
			}
		}
		all, err := paper.Templates(ctx, s, "proposal")
		if err != nil {
			return err
		}
		var rows []table.Row
		for _, t := range all {
			newer, err := paper.RenewalOf(ctx, s, t.ID)
			if err != nil {
				return err
			}
			rows = append(rows, table.Row{Cells: []any{t.Name, t.Form, t.Language, t.Default, t.When, string(newer), why[t.Form+t.Name]}})
		}
		field := func(name string) string { return a.p.Field("template", name) }
		return a.table(ctx, &o, &table.Table{Kind: "templates", Columns: []table.Column{text("name", field("name")), text("form", field("form")), text("language", field("language")), {Name: "default", Label: field("default"), Type: model.Bool}, text("when", field("when")), text("renewal", a.p.T("cli.column.renewal")), text("why", a.p.T("cli.column.why"))}, Rows: table.Slice(rows...)})
	}}
	c.Flags().StringVar(&number, "proposal", "", a.p.T("cli.flag.proposal"))
	o.flags(c, a, "table|csv|json|xlsx")
	return c
}

// templateVersions lists what a template was, or how two versions differ.
func (a *app) templateVersions() *cobra.Command {
	var o output
	var from, to int64
	c := &cobra.Command{Use: "versions NAME", Short: a.p.T("cli.template.versions"), Args: words(1, 1), RunE: func(c *cobra.Command, args []string) error {
		ctx := c.Context()
		if err := o.choose("table", "csv", "json", "xlsx"); err != nil {
			return err
		}
		s, err := a.session(ctx)
		if err != nil {
			return err
		}
		id, err := s.Find(ctx, "template", args[0])
		if err != nil {
			return err
		}
		if from != 0 {
			return a.templateDifference(c, s, id, args[0], from, to)
		}
		all, err := paper.Versions(ctx, s, id)
		if err != nil {
			return err
		}
		var rows []table.Row
		for _, v := range all {
			rows = append(rows, table.Row{Cells: []any{v.No, v.At, v.Author.Name, a.p.Choice("template-version", "reason", v.Reason), v.Size}})
		}
		field := func(name string) string { return a.p.Field("template-version", name) }
		return a.table(ctx, &o, &table.Table{Kind: "template-versions", Columns: []table.Column{{Name: "no", Label: field("no"), Type: model.Int}, {Name: "at", Label: field("at"), Type: model.Moment}, text("author", field("author")), text("reason", field("reason")), {Name: "size", Label: field("size"), Type: model.Int}}, Rows: table.Slice(rows...)})
	}}
	c.Flags().Int64Var(&from, "from", 0, a.p.T("cli.flag.template_from"))
	c.Flags().Int64Var(&to, "to", 0, a.p.T("cli.flag.template_to"))
	o.flags(c, a, "table|csv|json|xlsx")
	return c
}

// templateDifference tells which paragraphs were put in and taken out.
func (a *app) templateDifference(c *cobra.Command, s *store.Session, id int64, name string, from, to int64) error {
	before, err := paper.VersionFile(c.Context(), s, id, from)
	if err != nil {
		return err
	}
	var after []byte
	if to != 0 {
		after, err = paper.VersionFile(c.Context(), s, id, to)
	} else {
		after, err = paper.TemplateFile(c.Context(), s, name)
	}
	if err != nil {
		return err
	}
	changes, err := paper.Difference(before, after)
	if err != nil {
		return err
	}
	a.changes(changes)
	return nil
}

// templateBack takes an earlier version of a template up again.
func (a *app) templateBack() *cobra.Command {
	var no int64
	c := &cobra.Command{Use: "back NAME", Short: a.p.T("cli.template.back"), Args: words(1, 1), RunE: func(c *cobra.Command, args []string) error {
		ctx := c.Context()
		s, err := a.session(ctx)
		if err != nil {
			return err
		}
		if no == 0 {
			return usageError{errors.New("--template-version N")}
		}
		id, err := s.Find(ctx, "template", args[0])
		if err != nil {
			return err
		}
		return paper.TakeBack(ctx, s, id, no)
	}}
	c.Flags().Int64Var(&no, "template-version", 0, a.p.T("cli.flag.template_version"))
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
	return "bad_template", map[string]any{"count": int64(e.n)}
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
