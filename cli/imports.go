package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"ugoda/exchange/spreadsheet"
	"ugoda/model"
	"ugoda/model/table"
	"ugoda/printing/sheet"
	"ugoda/service/imports"
	"ugoda/store"
)

// importing is what an import is asked with.
type importing struct {
	mapping, profile, save, mode, key, create, open, missing string
	sheet, encoding, separator, left                         string
	header                                                   int
	set, alias, without, days, decimals                      []string
	dry, groups, leave, force, sample                        bool
	changed                                                  func(flag string) bool
}

func (a *app) imports() *cobra.Command {
	var o output
	var i importing
	c := &cobra.Command{Use: "import KIND FILE | import KIND --sample -o FILE | import list | import undo ID", Short: a.p.T("cli.import"), Args: words(1, 2), RunE: func(c *cobra.Command, args []string) error {
		i.changed = c.Flags().Changed
		if i.sample {
			return a.importSample(c.Context(), args, &o)
		}
		if err := o.choose("table", "csv", "json", "xlsx"); err != nil {
			return err
		}
		s, err := a.session(c.Context())
		if err != nil {
			return err
		}
		switch {
		case len(args) == 1 && args[0] == "list":
			return a.importJournal(c.Context(), s, &o)
		case len(args) == 1:
			return usageError{errors.New("import KIND FILE")}
		case args[0] == "undo":
			return a.undoImport(c.Context(), s, args[1], i.force)
		}
		return a.importFile(c.Context(), s, args[0], args[1], &i, &o)
	}}
	f := c.Flags()
	f.StringVar(&i.mapping, "map", "", a.p.T("cli.flag.map"))
	f.StringVar(&i.profile, "profile", "", a.p.T("cli.flag.profile"))
	f.StringVar(&i.save, "save-profile", "", a.p.T("cli.flag.save_profile"))
	f.StringVar(&i.mode, "mode", "", "create|update|both")
	f.StringVar(&i.key, "key", "", a.p.T("cli.flag.key"))
	f.StringVar(&i.create, "create", "", a.p.T("cli.flag.create"))
	f.StringVar(&i.open, "open-stage", "", a.p.T("cli.flag.open_stage"))
	f.StringVar(&i.missing, "missing-day", "", a.p.T("cli.flag.missing_day"))
	f.StringVar(&i.sheet, "sheet", "", a.p.T("cli.flag.sheet"))
	f.IntVar(&i.header, "header", 0, a.p.T("cli.flag.header"))
	f.StringVar(&i.encoding, "encoding", "", strings.Join(spreadsheet.Encodings, "|"))
	f.StringVar(&i.separator, "separator", "", a.p.T("cli.flag.separator"))
	f.StringVar(&i.left, "left-out", "", a.p.T("cli.flag.left_out"))
	f.StringArrayVar(&i.set, "set", nil, a.p.T("cli.flag.set"))
	f.StringArrayVar(&i.alias, "as", nil, a.p.T("cli.flag.as"))
	f.StringArrayVar(&i.without, "without", nil, a.p.T("cli.flag.without"))
	f.StringArrayVar(&i.days, "days", nil, a.p.T("cli.flag.days"))
	f.StringArrayVar(&i.decimals, "decimal", nil, a.p.T("cli.flag.decimal"))
	f.BoolVar(&i.dry, "dry-run", false, a.p.T("cli.flag.dry"))
	f.BoolVar(&i.groups, "groups", false, a.p.T("cli.flag.groups"))
	f.BoolVar(&i.leave, "leave-bad", false, a.p.T("cli.flag.leave"))
	f.BoolVar(&i.force, "force", false, a.p.T("cli.flag.force"))
	f.BoolVar(&i.sample, "sample", false, a.p.T("cli.flag.sample"))
	o.flags(c, a, "table|csv|json|xlsx")
	return c
}

// importSample writes a file to fill in.
func (a *app) importSample(ctx context.Context, args []string, o *output) error {
	if len(args) != 1 || !strings.EqualFold(filepath.Ext(o.file), ".xlsx") {
		return usageError{errors.New("import KIND --sample -o FILE.xlsx")}
	}
	k, err := a.kind(args[0])
	if err != nil {
		return err
	}
	s, err := a.session(ctx)
	if err != nil {
		return err
	}
	return o.write(a.Stdout, func(w io.Writer) error { return imports.Sample(ctx, s, a.p, k.Name, w) })
}

func (a *app) undoImport(ctx context.Context, s *store.Session, id string, force bool) error {
	batch, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return usageError{errors.New("import undo ID")}
	}
	r, err := s.Undo(ctx, batch, force)
	if err != nil {
		return err
	}
	fmt.Fprintln(a.Stdout, a.p.N("cli.import.undone", int64(r.Undone)))
	for _, k := range r.Kept {
		fmt.Fprintln(a.Stdout, a.p.T("cli.import.kept", "kind", a.p.Kind(k.Kind), "name", k.Ref.Name))
	}
	return nil
}

// journalLength is how many imports the journal tells.
const journalLength = 1000

// importJournal lists the imports that were done.
func (a *app) importJournal(ctx context.Context, s *store.Session, o *output) error {
	list, err := imports.Journal(ctx, s, journalLength)
	if err != nil {
		return err
	}
	t := &table.Table{Kind: "import", Columns: []table.Column{
		{Name: "id", Label: "ID", Type: model.Int},
		{Name: "at", Label: a.p.T("import.journal.at"), Type: model.Moment},
		text("kind", a.p.T("cli.column.kind")), text("file", a.p.T("import.file")), text("user", a.p.T("cli.flag.user")),
		{Name: "created", Label: a.p.T("import.created"), Type: model.Int},
		{Name: "updated", Label: a.p.T("import.updated"), Type: model.Int},
		{Name: "left_out", Label: a.p.T("import.left_out"), Type: model.Int},
		{Name: "undone", Label: a.p.T("import.journal.undone"), Type: model.Bool},
	}}
	var rows []table.Row
	for _, e := range list {
		rows = append(rows, table.Row{Cells: []any{e.ID, e.At, e.Kind, e.Label, e.User.Name, int64(e.Created), int64(e.Updated), int64(e.LeftOut + e.Skipped), e.Undone}})
	}
	t.Rows = table.Slice(rows...)
	return a.table(ctx, o, t)
}

func (a *app) importFile(ctx context.Context, s *store.Session, kind, file string, i *importing, o *output) error {
	k, err := a.kind(kind)
	if err != nil {
		return err
	}
	var kept *imports.Plan
	if i.profile != "" {
		if kept, err = imports.Profile(ctx, s, k.Name, i.profile); err != nil {
			return err
		}
	}
	book, err := a.readBook(file, i, kept)
	if err != nil {
		return err
	}
	plan, err := a.plan(ctx, s, k, book, i, kept)
	if err != nil {
		return err
	}
	r, err := imports.Run(ctx, s, book, plan, imports.Options{File: filepath.Base(file), Dry: i.dry, Words: a.p, Progress: a.progress(a.p.T("cli.import"))})
	if err != nil {
		return err
	}
	if i.save != "" {
		if err := imports.SaveProfile(ctx, s, i.save, plan); err != nil {
			return err
		}
	}
	if i.left != "" {
		rest := output{file: i.left}
		if err := rest.choose("csv", "xlsx"); err != nil {
			return err
		}
		t := imports.Rest(a.p, book, plan, r)
		if err := rest.write(a.Stdout, func(w io.Writer) error { return sheet.Write(ctx, w, rest.format, t, sheet.Options{Formatter: a.p}) }); err != nil {
			return err
		}
	}
	if err := a.importResult(ctx, k, r, o); err != nil {
		return err
	}
	if !i.dry && r.Batch.ID == 0 {
		return &rejected{max(r.LeftOut, 1)}
	}
	return nil
}

// readBook reads the file by what the flags, or the profile, say of its text.
func (a *app) readBook(file string, i *importing, kept *imports.Plan) (*spreadsheet.Book, error) {
	var data []byte
	var err error
	if file == "-" {
		data, err = io.ReadAll(io.LimitReader(a.Stdin, spreadsheet.MaxBytes+1))
	} else {
		data, err = os.ReadFile(file)
	}
	if err != nil {
		return nil, fmt.Errorf("read the file: %w", err)
	}
	how := spreadsheet.Options{Encoding: i.encoding}
	switch {
	case i.separator == "tab" || i.separator == `\t`:
		how.Separator = '\t'
	case len(i.separator) == 1:
		how.Separator = rune(i.separator[0])
	case i.separator != "":
		return nil, usageError{errors.New("--separator")}
	}
	if how.Encoding != "" && !slices.Contains(spreadsheet.Encodings, how.Encoding) {
		return nil, usageError{fmt.Errorf("--encoding %s", strings.Join(spreadsheet.Encodings, "|"))}
	}
	if kept != nil && how == (spreadsheet.Options{}) && kept.Encoding != "" {
		if book, err := spreadsheet.Read(file, data); err != nil || book.Format != "csv" || book.Encoding == kept.Encoding && book.Separator == kept.Separator {
			return book, err
		}
		how = spreadsheet.Options{Encoding: kept.Encoding, Separator: kept.Separator}
	}
	return spreadsheet.ReadWith(file, data, how)
}

// rejected says that an import came to nothing because of bad rows.
type rejected struct{ n int }

func (e *rejected) Error() string { return fmt.Sprintf("%d rows with problems", e.n) }

// Message says it to a person.
func (e *rejected) Message() (string, map[string]any) {
	return "import_rejected", map[string]any{"n": int64(e.n)}
}

// plan puts a recognised plan, a profile and the flags together.
func (a *app) plan(ctx context.Context, s *store.Session, k *model.Kind, book *spreadsheet.Book, i *importing, kept *imports.Plan) (*imports.Plan, error) {
	plan := imports.Suggest(s, k, book)
	if err := lookAt(s, k, book, i, plan); err != nil {
		return nil, err
	}
	if kept != nil {
		kept.Fit(plan)
		plan = kept
	}
	if err := imports.Remembered(ctx, s, plan); err != nil {
		return nil, err
	}
	if err := a.mapping(plan, i); err != nil {
		return nil, err
	}
	if err := a.importAnswers(plan, i); err != nil {
		return nil, err
	}
	switch imports.Mode(i.mode) {
	case "":
	case imports.Create, imports.Update, imports.Both:
		plan.Mode = imports.Mode(i.mode)
	default:
		return nil, usageError{errors.New("--mode create|update|both")}
	}
	switch {
	case i.key != "":
		plan.Key = split(i.key)
	case i.mapping != "":
		plan.Rekey(k, book)
	}
	plan.Create = append(plan.Create, split(i.create)...)
	if i.open != "" {
		plan.OpenStage = i.open
	}
	missing, err := day("--missing-day", i.missing)
	if err != nil {
		return nil, err
	}
	if missing != 0 {
		plan.Constants["opened"] = missing.String()
	}
	if err := plan.Settle(ctx, s, book); err != nil {
		return nil, err
	}
	if i.changed("groups") {
		plan.GroupRows = i.groups
	}
	plan.LeaveBad = plan.LeaveBad || i.leave
	return plan, nil
}

// lookAt takes the sheet and the row of headings that the flags name.
func lookAt(s *store.Session, k *model.Kind, book *spreadsheet.Book, i *importing, plan *imports.Plan) error {
	at, row := plan.Sheet, plan.Header
	if i.sheet != "" {
		at = slices.IndexFunc(book.Sheets, func(x spreadsheet.Sheet) bool { return x.Name == i.sheet })
		if n, err := strconv.Atoi(i.sheet); at < 0 && err == nil {
			at = n - 1
		}
		if at < 0 || at >= len(book.Sheets) {
			return model.Refused("sheet", "no_sheet")
		}
		if at != plan.Sheet {
			one := spreadsheet.Book{Format: book.Format, Separator: book.Separator, Sheets: book.Sheets[at : at+1]}
			row = imports.Suggest(s, k, &one).Header
		}
	}
	if i.changed("header") {
		row = i.header - 1
	}
	if at != plan.Sheet || row != plan.Header {
		if row < -1 || row >= len(book.Sheets[at].Rows) {
			return usageError{errors.New("--header")}
		}
		plan.LookAt(s, k, book, at, row)
	}
	return nil
}

// mapping takes the columns that the flags name.
func (a *app) mapping(plan *imports.Plan, i *importing) error {
	if i.mapping != "" {
		for c := range plan.Columns {
			plan.Columns[c].Field = ""
		}
		for _, pair := range split(i.mapping) {
			field, column, ok := strings.Cut(pair, "=")
			if !ok || !plan.Map(field, column) {
				return usageError{errors.New(a.p.T("cli.no_column", "column", column))}
			}
		}
	}
	for _, x := range []struct {
		pairs []string
		take  func(c *imports.Column, word string) bool
		flag  string
	}{
		{i.days, func(c *imports.Column, word string) bool {
			order, ok := map[string]spreadsheet.DateOrder{"dmy": spreadsheet.DayFirst, "mdy": spreadsheet.MonthFirst, "ymd": spreadsheet.YearFirst}[word]
			c.Order, c.Asked = order, true
			return ok
		}, "--days FIELD=dmy|mdy|ymd"},
		{i.decimals, func(c *imports.Column, word string) bool {
			c.Comma, c.Settled = word == "comma", true
			return word == "comma" || word == "point"
		}, "--decimal FIELD=comma|point"},
	} {
		for _, pair := range x.pairs {
			field, word, _ := strings.Cut(pair, "=")
			found := false
			for c := range plan.Columns {
				if plan.Columns[c].Field == field {
					found = x.take(&plan.Columns[c], word)
				}
			}
			if !found {
				return usageError{errors.New(x.flag)}
			}
		}
	}
	return nil
}

// importAnswers takes what the flags say of rows without a value, and of texts that
// nothing answers to: a name, or what begins with a question mark.
func (a *app) importAnswers(plan *imports.Plan, i *importing) error {
	for _, pair := range i.set {
		field, v, ok := strings.Cut(pair, "=")
		if !ok {
			return usageError{fmt.Errorf("--set %q: FIELD=VALUE", pair)}
		}
		plan.Constants[field] = v
	}
	for _, pair := range i.without {
		field, v, _ := strings.Cut(pair, "=")
		if v != imports.Empty && v != imports.Skip {
			return usageError{errors.New("--without FIELD=empty|skip")}
		}
		plan.Without[field] = v
	}
	for _, pair := range i.alias {
		at := strings.LastIndexByte(pair, '=')
		scope, said, ok := strings.Cut(pair[:max(at, 0)], ":")
		if at < 0 || !ok {
			return usageError{fmt.Errorf("--as %q: KIND:TEXT=NAME", pair)}
		}
		answer := imports.Answer{Name: pair[at+1:]}
		if word, ok := strings.CutPrefix(answer.Name, "?"); ok {
			if !slices.Contains([]string{imports.Make, imports.Empty, imports.Skip}, word) {
				return usageError{errors.New("--as KIND:TEXT=?create|?empty|?skip")}
			}
			answer = imports.Answer{Do: word}
		}
		plan.Say(scope, said, answer)
	}
	return nil
}

// importResult answers with what an import did, what it asks, and every problem
// by row and column.
func (a *app) importResult(ctx context.Context, k *model.Kind, r *imports.Result, o *output) error {
	if o.format == "json" {
		return a.importJSON(k, r, o)
	}
	var rows []table.Row
	put := func(key string, n int64, note any) {
		rows = append(rows, table.Row{Cells: []any{a.p.T(key), n, note}})
	}
	put("import.rows", int64(r.Rows), nil)
	put("import.created", int64(r.Created), nil)
	put("import.updated", int64(r.Updated), nil)
	put("import.same", int64(r.Same), nil)
	put("import.left_out", int64(r.LeftOut), nil)
	for _, x := range []struct {
		key string
		n   int
	}{{"import.skipped", r.Skipped}, {"import.repeated", r.Repeated}, {"import.groups", r.Groups}, {"import.totals", r.Totals}} {
		if x.n > 0 {
			put(x.key, int64(x.n), nil)
		}
	}
	if r.Batch.ID != 0 {
		put("import.batch", r.Batch.ID, nil)
	}
	for _, kind := range slices.Sorted(maps.Keys(r.Made)) {
		put("import.made", int64(r.Made[kind]), a.p.Kinds(kind))
	}
	for _, field := range slices.Sorted(maps.Keys(r.Without)) {
		put("import.without", int64(r.Without[field]), field)
	}
	if len(r.Unused) > 0 {
		put("import.unused", int64(len(r.Unused)), strings.Join(r.Unused, ", "))
	}
	for _, q := range r.Questions {
		put("import.question", int64(q.Rows), imports.Ask(a.p, k, q))
	}
	for i := range r.Problems {
		p := &r.Problems[i]
		key := "import.problem.in_row"
		if p.Notice {
			key = "import.notice.in_row"
		}
		put(key, int64(p.Row), strings.TrimSpace(p.Column+" "+p.Value+": "+p.Say(a.p, k.Name)))
	}
	return a.table(ctx, o, &table.Table{Kind: "import", Columns: []table.Column{text("what", a.p.T("cli.column.name")), {Name: "number", Label: a.p.T("report.count"), Type: model.Int}, text("note", a.p.T("cli.column.details"))}, Rows: table.Slice(rows...)})
}

func (a *app) importJSON(k *model.Kind, r *imports.Result, o *output) error {
	type problem struct {
		Row    int    `json:"row"`
		Column string `json:"column,omitempty"`
		Value  string `json:"value,omitempty"`
		Text   string `json:"text"`
		Notice bool   `json:"notice,omitempty"`
	}
	type question struct {
		About  string   `json:"about"`
		Kind   string   `json:"kind,omitempty"`
		Field  string   `json:"field,omitempty"`
		Text   string   `json:"text,omitempty"`
		Rows   int      `json:"rows"`
		Close  []string `json:"close,omitempty"`
		Values []string `json:"values,omitempty"`
		Blocks bool     `json:"blocks"`
		Words  string   `json:"words"`
	}
	out := struct {
		Rows      int            `json:"rows"`
		Created   int            `json:"created"`
		Updated   int            `json:"updated"`
		Same      int            `json:"same"`
		LeftOut   int            `json:"left_out"`
		Skipped   int            `json:"skipped"`
		Repeated  int            `json:"repeated"`
		Groups    int            `json:"groups"`
		Totals    int            `json:"totals"`
		Batch     int64          `json:"batch,omitempty"`
		Made      map[string]int `json:"made"`
		Without   map[string]int `json:"without"`
		Unused    []string       `json:"unused"`
		Questions []question     `json:"questions"`
		Problems  []problem      `json:"problems"`
	}{r.Rows, r.Created, r.Updated, r.Same, r.LeftOut, r.Skipped, r.Repeated, r.Groups, r.Totals, r.Batch.ID, r.Made, r.Without, append([]string{}, r.Unused...), []question{}, []problem{}}
	for i := range r.Problems {
		p := &r.Problems[i]
		out.Problems = append(out.Problems, problem{p.Row, p.Column, p.Value, p.Say(a.p, k.Name), p.Notice})
	}
	for _, q := range r.Questions {
		x := question{About: q.About, Kind: q.Kind, Field: q.Field, Text: q.Text, Rows: q.Rows, Values: q.Values, Blocks: q.Blocks, Words: imports.Ask(a.p, k, q)}
		for _, c := range q.Close {
			x.Close = append(x.Close, c.Name)
		}
		out.Questions = append(out.Questions, x)
	}
	data, err := json.Marshal(out)
	if err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	return a.json(o, data)
}
