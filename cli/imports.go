package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"ugoda/exchange/spreadsheet"
	"ugoda/model"
	"ugoda/model/table"
	"ugoda/service/imports"
	"ugoda/store"
)

// importing is what an import is asked with.
type importing struct {
	mapping, profile, save, mode, key, create, open, missing string
	set, alias                                               []string
	dry, groups, leave, force                                bool
}

func (a *app) imports() *cobra.Command {
	var o output
	var i importing
	c := &cobra.Command{Use: "import KIND FILE | import undo ID", Short: a.p.T("cli.import"), Args: words(2, 2), RunE: func(c *cobra.Command, args []string) error {
		if err := o.choose("table", "csv", "json", "xlsx"); err != nil {
			return err
		}
		s, err := a.session(c.Context())
		if err != nil {
			return err
		}
		if args[0] == "undo" {
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
	f.StringArrayVar(&i.set, "set", nil, a.p.T("cli.flag.set"))
	f.StringArrayVar(&i.alias, "as", nil, a.p.T("cli.flag.as"))
	f.BoolVar(&i.dry, "dry-run", false, a.p.T("cli.flag.dry"))
	f.BoolVar(&i.groups, "groups", false, a.p.T("cli.flag.groups"))
	f.BoolVar(&i.leave, "leave-bad", false, a.p.T("cli.flag.leave"))
	f.BoolVar(&i.force, "force", false, a.p.T("cli.flag.force"))
	o.flags(c, a, "table|csv|json|xlsx")
	return c
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
		fmt.Fprintln(a.Stdout, a.p.T("cli.import.kept", "kind", k.Kind, "name", k.Ref.Name))
	}
	return nil
}

func (a *app) importFile(ctx context.Context, s *store.Session, kind, file string, i *importing, o *output) error {
	k, err := a.kind(kind)
	if err != nil {
		return err
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("read the file: %w", err)
	}
	book, err := spreadsheet.Read(file, data)
	if err != nil {
		return err
	}
	plan, err := a.plan(ctx, s, k, book, i)
	if err != nil {
		return err
	}
	r, err := imports.Run(ctx, s, book, plan, filepath.Base(file), i.dry, a.progress(a.p.T("cli.import")))
	if err != nil {
		return err
	}
	if i.save != "" {
		if err := imports.SaveProfile(ctx, s, i.save, plan); err != nil {
			return err
		}
	}
	if r.LeftOut > 0 && !i.leave && !i.dry {
		if err := a.importResult(ctx, r, o); err != nil {
			return err
		}
		return &rejected{r.LeftOut}
	}
	return a.importResult(ctx, r, o)
}

// rejected says that an import came to nothing because of bad rows.
type rejected struct{ n int }

func (e *rejected) Error() string { return fmt.Sprintf("%d rows with problems", e.n) }

// Message says it to a person.
func (e *rejected) Message() (string, map[string]any) {
	return "import_rejected", map[string]any{"n": int64(e.n)}
}

// plan puts a recognised plan, a profile and the flags together.
func (a *app) plan(ctx context.Context, s *store.Session, k *model.Kind, book *spreadsheet.Book, i *importing) (*imports.Plan, error) {
	plan := imports.Suggest(k, book, s.Role)
	if i.profile != "" {
		p, err := imports.Profile(ctx, s, k.Name, i.profile)
		if err != nil {
			return nil, err
		}
		p.Fit(plan)
		plan = p
	}
	if err := imports.Remembered(ctx, s, plan); err != nil {
		return nil, err
	}
	if i.mapping != "" {
		for c := range plan.Columns {
			plan.Columns[c].Field = ""
		}
		for _, pair := range split(i.mapping) {
			field, column, ok := strings.Cut(pair, "=")
			if !ok || !plan.Map(field, column) {
				return nil, usageError{errors.New(a.p.T("cli.no_column", "column", column))}
			}
		}
	}
	for _, x := range []struct {
		pairs []string
		into  map[string]string
	}{{i.set, plan.Constants}, {i.alias, plan.Aliases}} {
		for _, pair := range x.pairs {
			at := strings.LastIndexByte(pair, '=')
			if at < 0 {
				return nil, usageError{fmt.Errorf("%q: NAME=VALUE", pair)}
			}
			x.into[pair[:at]] = pair[at+1:]
		}
	}
	switch imports.Mode(i.mode) {
	case "":
	case imports.Create, imports.Update, imports.Both:
		plan.Mode = imports.Mode(i.mode)
	default:
		return nil, usageError{errors.New("--mode create|update|both")}
	}
	if i.key != "" {
		plan.Key = split(i.key)
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
		plan.Missing = missing
	}
	plan.GroupRows = plan.GroupRows || i.groups
	plan.LeaveBad = plan.LeaveBad || i.leave
	return plan, nil
}

// importResult answers with what an import did, and every problem by row and column.
func (a *app) importResult(ctx context.Context, r *imports.Result, o *output) error {
	if o.format == "json" {
		return a.importJSON(r, o)
	}
	var rows []table.Row
	for _, f := range []struct {
		key string
		n   int
	}{{"rows", r.Rows}, {"created", r.Created}, {"updated", r.Updated}, {"same", r.Same}, {"left_out", r.LeftOut}, {"groups", r.Groups}} {
		rows = append(rows, table.Row{Cells: []any{a.p.T("cli.import." + f.key), int64(f.n), nil}})
	}
	if r.Batch.ID != 0 {
		rows = append(rows, table.Row{Cells: []any{a.p.T("cli.import.batch"), r.Batch.ID, nil}})
	}
	for _, kind := range sorted(r.Made) {
		rows = append(rows, table.Row{Cells: []any{a.p.T("cli.import.made"), int64(r.Made[kind]), a.p.Kinds(kind)}})
	}
	for _, field := range sorted(r.Without) {
		rows = append(rows, table.Row{Cells: []any{a.p.T("cli.import.without"), int64(r.Without[field]), field}})
	}
	for _, u := range r.Unknown {
		note := fmt.Sprintf("%s: «%s»", a.p.Kind(u.Kind), u.Text)
		if len(u.Close) > 0 {
			note += " ≈ «" + u.Close[0].Name + "»"
		}
		rows = append(rows, table.Row{Cells: []any{a.p.T("cli.import.unknown"), int64(u.Rows), note}})
	}
	for _, p := range r.Problems {
		rows = append(rows, table.Row{Cells: []any{a.p.T("cli.import.problem"), int64(p.Row), strings.TrimSpace(p.Column + " " + p.Value + ": " + a.say(p.Err))}})
	}
	return a.table(ctx, o, &table.Table{Kind: "import", Columns: []table.Column{text("what", a.p.T("cli.column.name")), {Name: "number", Label: a.p.T("report.count"), Type: model.Int}, text("note", a.p.T("cli.column.details"))}, Rows: table.Slice(rows...)})
}

func sorted(m map[string]int) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func (a *app) importJSON(r *imports.Result, o *output) error {
	type problem struct {
		Row    int    `json:"row"`
		Column string `json:"column,omitempty"`
		Value  string `json:"value,omitempty"`
		Text   string `json:"text"`
	}
	type unknown struct {
		Kind  string   `json:"kind"`
		Text  string   `json:"text"`
		Rows  int      `json:"rows"`
		Close []string `json:"close,omitempty"`
	}
	out := struct {
		Rows     int            `json:"rows"`
		Created  int            `json:"created"`
		Updated  int            `json:"updated"`
		Same     int            `json:"same"`
		LeftOut  int            `json:"left_out"`
		Groups   int            `json:"groups"`
		Batch    int64          `json:"batch,omitempty"`
		Made     map[string]int `json:"made"`
		Without  map[string]int `json:"without"`
		Unknown  []unknown      `json:"unknown"`
		Problems []problem      `json:"problems"`
	}{r.Rows, r.Created, r.Updated, r.Same, r.LeftOut, r.Groups, r.Batch.ID, r.Made, r.Without, []unknown{}, []problem{}}
	for _, p := range r.Problems {
		out.Problems = append(out.Problems, problem{p.Row, p.Column, p.Value, a.say(p.Err)})
	}
	for _, u := range r.Unknown {
		x := unknown{Kind: u.Kind, Text: u.Text, Rows: u.Rows}
		for _, c := range u.Close {
			x.Close = append(x.Close, c.Name)
		}
		out.Unknown = append(out.Unknown, x)
	}
	data, err := json.Marshal(out)
	if err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	return a.json(o, data)
}
