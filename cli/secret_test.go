package cli

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/firm"
	"ugoda/model/invoice"
	"ugoda/model/product"
	"ugoda/model/proposal"
	"ugoda/model/records"
	"ugoda/model/trade"
	"ugoda/reports"
	"ugoda/store"
	"ugoda/store/storetest"
)

// hunt looks for figures that a role may not see in whatever that role can ask
// for.
type hunt struct {
	t       *testing.T
	x       terminal
	base    *store.Base
	secrets []string // figures as digits with a dot and without
	all     map[string]bool
}

// hiddenOf are the fields of a kind and its parts that a role may not see, by
// their paths.
func hiddenOf(k *model.Kind, role model.Role) (own []*model.Field, parts bool) {
	var below func(k *model.Kind) bool
	below = func(k *model.Kind) bool {
		for _, p := range k.Parts {
			for _, f := range p.Kind.Fields {
				if !f.SeenBy(role) {
					return true
				}
			}
			if below(p.Kind) {
				return true
			}
		}
		return false
	}
	for _, f := range k.Fields {
		if !f.SeenBy(role) {
			own = append(own, f)
		}
	}
	return own, below(k)
}

// collect gathers the figures of hidden fields, long enough that nothing else
// has them by chance.
func (h *hunt) collect(k *model.Kind, rec any, role model.Role) {
	for _, f := range k.Fields {
		if f.Computed || f.SeenBy(role) || f.Type == model.Bytes || f.Type == model.Text {
			continue
		}
		n := int64(0)
		switch v := f.Value(rec).(type) {
		case model.Money:
			n = v.Minor
		case int64:
			n = v
		}
		if n < 10_000_000_00 || h.all[fmt.Sprint(n)] {
			continue
		}
		h.all[fmt.Sprint(n)] = true
		h.secrets = append(h.secrets, fmt.Sprint(n), fmt.Sprintf("%d.%02d", n/100, n%100))
	}
	for _, p := range k.Parts {
		for i := range p.Len(rec) {
			h.collect(p.Kind, p.At(rec, i), role)
		}
	}
}

var between = regexp.MustCompile(`(\d)[\s\x{a0}\x{202f}'’]+(\d)`)

// clean fails when a text has one of the figures, however it is written.
func (h *hunt) clean(way string, text string) {
	h.t.Helper()
	joined := strings.ReplaceAll(text, ",", ".")
	joined = between.ReplaceAllString(between.ReplaceAllString(joined, "$1$2"), "$1$2")
	for _, s := range h.secrets {
		if strings.Contains(joined, s) || strings.Contains(text, s) {
			h.t.Errorf("%s tells %s", way, s)
			return
		}
	}
}

// value is clean over whatever Go holds.
func (h *hunt) value(way string, v any) {
	h.t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		h.t.Fatalf("%s: %v", way, err)
	}
	h.clean(way, string(text)+fmt.Sprintf("%+v", v))
}

// file is clean over a file: what is packed is unpacked.
func (h *hunt) file(way string, data []byte) {
	h.t.Helper()
	h.clean(way, string(data))
	if bytes.HasPrefix(data, []byte("PK")) {
		z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			h.t.Fatal(err)
		}
		for _, f := range z.File {
			r, err := f.Open()
			if err != nil {
				h.t.Fatal(err)
			}
			part, err := io.ReadAll(r)
			if err != nil {
				h.t.Fatal(err)
			}
			h.clean(way+" "+f.Name, string(part))
		}
	}
	if bytes.HasPrefix(data, []byte("%PDF")) {
		if program, err := exec.LookPath("pdftotext"); err == nil {
			run := exec.Command(program, "-layout", "-", "-")
			run.Stdin = bytes.NewReader(data)
			text, err := run.Output()
			if err != nil {
				h.t.Fatal(err)
			}
			h.clean(way, string(text))
		}
	}
}

// forbidden fails unless an error says that the role may not.
func (h *hunt) forbidden(way string, err error) {
	h.t.Helper()
	var no *store.Forbidden
	if !errors.As(err, &no) {
		h.t.Errorf("%s is not forbidden: %v", way, err)
	}
}

// No way of asking tells a role what it may not see: lists, filters, sorting,
// grouping, sums, search, export, records and their parts, history, conflicts,
// actions, copies, revisions and their comparison, reports, printing by any
// template, import, undo; for every kind and every role.
func TestHiddenFieldsHaveNoWayOut(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		ctx := context.Background()
		x := terminal{t: t, base: address}
		x.example("s")
		day, err := model.ParseDay(today)
		if err != nil {
			t.Fatal(err)
		}
		b, err := store.Open(ctx, address, store.Options{
			Registry: records.New(), Today: func() model.Day { return day },
			Now: func() time.Time { return time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC) },
		})
		if err != nil {
			t.Fatal(err)
		}
		defer b.Close()
		sys := b.System()
		h := &hunt{t: t, x: x, base: b, all: map[string]bool{}}
		dear := h.prepare(ctx, sys)
		for _, role := range model.Roles {
			u := &firm.User{Name: "Хтось " + string(role), Role: string(role), Active: true}
			if err := sys.Save(ctx, "user", u); err != nil {
				t.Fatal(err)
			}
			s, err := b.Session(ctx, u.Name, "")
			if err != nil {
				t.Fatal(err)
			}
			h.secrets, h.all = nil, map[string]bool{}
			for _, k := range b.Registry().Kinds() {
				own, parts := hiddenOf(k, role)
				if len(own) == 0 && !parts {
					continue
				}
				ids, err := sys.IDs(ctx, store.Query{Kind: k.Name})
				if err != nil {
					t.Fatal(err)
				}
				for _, id := range ids {
					rec, err := sys.Get(ctx, k.Name, id)
					if err != nil {
						t.Fatal(err)
					}
					h.collect(k, rec, role)
				}
			}
			sees := b.Registry().Kind("product").Field("cost").SeenBy(role)
			if sees == (len(h.secrets) > 0) {
				t.Fatalf("%s: %d secrets", role, len(h.secrets))
			}
			for _, k := range b.Registry().Kinds() {
				h.kind(ctx, s, k)
			}
			if !sees {
				h.commands(ctx, s, u.Name, dear)
			}
		}
	})
}

// prepare makes figures that stand out: a product, a proposal of it with two
// variants, revisions, history and a letter template that asks for the margin.
func (h *hunt) prepare(ctx context.Context, sys *store.Session) (number string) {
	h.t.Helper()
	p := &product.Product{Name: "Верстат", VAT: product.VAT20, Active: true, Price: model.Money{Minor: 98_765_432_11, Currency: "UAH"}, Cost: model.Money{Minor: 31_415_926_53, Currency: "UAH"}}
	p.Article = "ВРСТ"
	must(h.t, sys.Save(ctx, "product", p))
	p.Cost.Minor = 27_182_818_28 // history knows the other
	must(h.t, sys.Save(ctx, "product", p))
	rows, err := sys.Page(ctx, store.Query{Kind: "deal", Columns: []string{"id"}, Limit: 1})
	must(h.t, err)
	rec, err := sys.New(ctx, "proposal")
	must(h.t, err)
	o := rec.(*proposal.Proposal)
	o.Deal = model.Ref{ID: rows[0].ID}
	line := func(n model.Qty) []proposal.Line {
		return []proposal.Line{{Product: model.Ref{ID: p.ID}, Quantity: n * 1000}}
	}
	o.Variants = []proposal.Variant{{Name: "Один", Recommended: true, Sheet: trade.Sheet{Lines: line(1)}}, {Name: "Два", Sheet: trade.Sheet{Lines: line(2)}}}
	must(h.t, sys.Save(ctx, "proposal", o))
	_, err = sys.Do(ctx, "proposal", o.ID, "keep", model.Answers{"words": "перша"})
	must(h.t, err)
	rec, err = sys.Get(ctx, "proposal", o.ID)
	must(h.t, err)
	o = rec.(*proposal.Proposal)
	o.Variants[0].Lines[0].Quantity = 3000
	must(h.t, sys.Save(ctx, "proposal", o))
	_, err = sys.Do(ctx, "proposal", o.ID, "keep", model.Answers{"words": "друга"})
	must(h.t, err)
	rec, err = sys.New(ctx, "invoice")
	must(h.t, err)
	i := rec.(*invoice.Invoice)
	i.Deal, i.Lines = model.Ref{ID: rows[0].ID}, line(2)
	must(h.t, sys.Save(ctx, "invoice", i))
	_, err = sys.Do(ctx, "invoice", i.ID, "issue", nil)
	must(h.t, err)
	return o.Number
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// kind asks for a kind in all ways that a session has.
func (h *hunt) kind(ctx context.Context, s *store.Session, k *model.Kind) {
	h.t.Helper()
	who := string(s.Role) + ": " + k.Name
	own, parts := hiddenOf(k, s.Role)
	for _, f := range own {
		paths := []string{f.Name}
		for _, other := range h.base.Registry().Kinds() { // from every record that points here
			for _, link := range other.Fields {
				if link.Type == model.Link && link.To == k.Name && link.SeenBy(s.Role) {
					paths = append(paths, other.Name+":"+link.Name+"."+f.Name)
				}
			}
		}
		for _, path := range paths {
			kind := k.Name
			if of, rest, ok := strings.Cut(path, ":"); ok {
				kind, path = of, rest
			}
			way := who + "." + f.Name + " by " + kind + " " + path
			if f.Type != model.Bytes {
				_, err := s.Page(ctx, store.Query{Kind: kind, Columns: []string{path}, Limit: 1})
				h.forbidden(way+" as a column", err)
				_, err = s.Groups(ctx, store.Query{Kind: kind}, path)
				h.forbidden(way+" as a group", err)
			}
			if f.Type == model.Bytes || f.Type == model.Text {
				continue
			}
			_, err := s.IDs(ctx, store.Query{Kind: kind, Sort: []store.Order{{Path: path}}, Limit: 1})
			h.forbidden(way+" as a sort", err)
			for _, text := range []string{path + " > 1", path + " is empty", "not " + path + " = 5", "id > 0 and (" + path + " between 1 and 2 or id = 1)"} {
				where, err := filter.Parse(h.base.Registry(), kind, text)
				if err != nil {
					h.t.Fatalf("%s: %s: %v", way, text, err)
				}
				_, err = s.Count(ctx, store.Query{Kind: kind, Where: where})
				h.forbidden(way+" in "+text, err)
				_, err = s.Totals(ctx, store.Query{Kind: kind, Where: where})
				h.forbidden(way+" in sums of "+text, err)
				_, err = s.Complete(ctx, kind, "", 3, where)
				h.forbidden(way+" in completion of "+text, err)
				_, _, err = s.Subquery(ctx, store.Query{Kind: kind, Where: where})
				h.forbidden(way+" in a report's condition "+text, err)
			}
		}
		ids, err := h.base.System().IDs(ctx, store.Query{Kind: k.Name, Limit: 1})
		must(h.t, err)
		_, _, err = s.SetField(ctx, k.Name, ids, f.Name, nil)
		h.forbidden(who+"."+f.Name+" set in many", err)
	}
	totals, err := s.Totals(ctx, store.Query{Kind: k.Name})
	must(h.t, err)
	h.value(who+" sums", totals)
	groups, err := s.Groups(ctx, store.Query{Kind: k.Name}, "id")
	must(h.t, err)
	h.value(who+" groups", groups)
	if len(own) == 0 && !parts {
		return
	}
	ids, err := s.IDs(ctx, store.Query{Kind: k.Name})
	must(h.t, err)
	for i, id := range ids[:min(len(ids), 60)] {
		rec, err := s.Get(ctx, k.Name, id)
		must(h.t, err)
		h.value(fmt.Sprintf("%s %d read", who, id), rec)
		history, err := s.History(ctx, k.Name, id)
		must(h.t, err)
		h.value(fmt.Sprintf("%s %d history", who, id), history)
		if i > 5 {
			continue
		}
		if states, err := s.May(ctx, k.Name, rec); err == nil {
			for _, x := range states {
				h.value(who+" actions", x.Problems)
			}
		}
		if copied, err := s.CopyOf(ctx, k.Name, id); err == nil {
			h.value(who+" copied", copied)
			if err := s.Prepare(ctx, k.Name, copied); err == nil {
				h.value(who+" copied and prepared", copied)
			}
		}
		if !s.MayWrite(k.Name) {
			continue
		}
		stored, err := h.base.System().Get(ctx, k.Name, id)
		must(h.t, err)
		rec.Base().Version-- // somebody saved since
		err = s.Save(ctx, k.Name, rec)
		var conflict *store.Conflict
		if errors.As(err, &conflict) {
			h.value(who+" conflict, mine", conflict.Mine)
			h.value(who+" conflict, theirs", conflict.Theirs)
			h.value(who+" conflict", conflict.Fields)
			h.value(who+" conflict said", err.Error())
		}
		now, err := h.base.System().Get(ctx, k.Name, id)
		must(h.t, err)
		if fmt.Sprintf("%+v", now) != fmt.Sprintf("%+v", stored) {
			h.t.Errorf("%s %d changed by a save that was refused", who, id)
		}
	}
	for _, secret := range h.secrets[:min(len(h.secrets), 20)] {
		if hits, err := s.Search(ctx, secret, 5); err != nil || len(hits) > 0 {
			h.t.Errorf("%s: search finds %v by %s, %v", who, hits, secret, err)
		}
	}
}

// commands asks in all ways that the command line has.
func (h *hunt) commands(ctx context.Context, s *store.Session, user, number string) {
	h.t.Helper()
	dir := h.t.TempDir()
	says := func(args ...string) string {
		h.t.Helper()
		code, out, errs := h.x.run(append([]string{"--user", user}, args...)...)
		way := fmt.Sprintf("%s: ugoda %q", s.Role, args)
		h.clean(way+" in words", errs)
		h.file(way, []byte(out))
		if code == Usage {
			h.t.Errorf("%s: %s", way, errs)
		}
		return out
	}
	for _, k := range h.base.Registry().Kinds() {
		says("list", k.Name, "--columns", "*", "--format", "json")
		if own, parts := hiddenOf(k, s.Role); len(own) == 0 && !parts {
			continue
		}
		for _, format := range []string{"csv", "xlsx", "table"} {
			says("list", k.Name, "--columns", "*", "--format", format)
		}
		for _, file := range []string{"out.xlsx", "out.csv"} {
			path := filepath.Join(dir, k.Name+file)
			says("export", k.Name, "--columns", "*", "-o", path)
			if data, err := os.ReadFile(path); err == nil {
				h.file(fmt.Sprintf("%s: export of %s", s.Role, k.Name), data)
			}
		}
		says("fields", k.Name)
	}
	for _, name := range []string{"proposal", "product"} {
		which := number
		if name == "product" {
			which = "Верстат"
		}
		for _, format := range []string{"json", "table"} {
			if out := says("show", name, which, "--format", format); !strings.Contains(out, "Верстат") {
				h.t.Errorf("%s does not show %s: %.200s", s.Role, name, out)
			}
			says("history", name, which, "--format", format)
		}
	}
	for _, format := range []string{"table", "json", "csv", "xlsx", "html", "pdf"} {
		says("compare", "proposal", number, "--from", "1", "--to", "2", "--format", format)
		says("compare", "proposal", number, "--from", "v1", "--to", "v2", "--format", format)
	}
	for _, report := range reports.Names() {
		for _, format := range []string{"json", "csv", "html"} {
			says("report", report, "--format", format)
		}
		code, _, _ := h.x.run("--user", user, "report", report, "--where", "margin > 1", "--format", "json")
		if code == Done {
			h.t.Errorf("%s: report %s answers about margins", s.Role, report)
		}
	}
	// a letter template that asks for everything
	asking := filepath.Join(dir, "asking.docx")
	must(h.t, os.WriteFile(asking, letterOf(h.t, "{number} {margin}", "{#variants}{name} {margin} {cost_sum} {#lines}{text} {cost} {product}{/lines}{/variants}"), 0o600))
	for _, format := range []string{"docx", "pdf", "xlsx", "html"} {
		says("print", "proposal", number, "--engine", "own", "--to", format)
	}
	for _, format := range []string{"docx", "pdf"} {
		says("print", "proposal", number, "--engine", "own", "--template", asking, "--to", format)
	}
	// a file that comes in
	in := filepath.Join(dir, "in.csv")
	must(h.t, os.WriteFile(in, []byte("Артикул;Назва;Собівартість\nВРСТ;Верстат;1,00\n"), 0o600))
	says("import", "product", in, "--dry-run")
	says("import", "product", in, "--dry-run", "--map", "cost=Собівартість")
	says("import", "product", in, "--map", "cost=Собівартість")
	must(h.t, os.WriteFile(in, []byte("Назва;Собівартість\nІнший;27182818,28\n"), 0o600))
	if code, out, _ := h.x.run("--user", user, "import", "product", in, "--dry-run", "--key", "cost"); code == Done && strings.Contains(out, "Верстат") {
		h.t.Errorf("%s: an import finds a product by its cost: %s", s.Role, out)
	}
	rows, err := h.base.System().Page(ctx, store.Query{Kind: "product", Columns: []string{"cost"}, Search: "Верстат"})
	must(h.t, err)
	if len(rows) != 1 || rows[0].Cells[0].(model.Money).Minor != 27_182_818_28 {
		h.t.Errorf("%s changed the cost: %v", s.Role, rows)
	}
	// an action, a change of many and its undo
	rec, err := s.Get(ctx, "proposal", mustFind(ctx, h, "proposal", number))
	must(h.t, err)
	id := rec.Base().ID
	effects, err := s.Do(ctx, "proposal", id, "keep", model.Answers{"words": "третя"})
	if err == nil {
		for _, x := range append(effects.Create, effects.Change...) {
			h.value(string(s.Role)+" effects of an action", x.Record)
		}
	}
	batch, failures, err := s.SetField(ctx, "proposal", []int64{id}, "importance", "high")
	must(h.t, err)
	h.value(string(s.Role)+" a change of many", []any{batch, failures})
	before, err := h.base.System().Get(ctx, "proposal", id)
	must(h.t, err)
	undone, err := s.Undo(ctx, batch.ID, true)
	must(h.t, err)
	h.value(string(s.Role)+" undo", undone)
	after, err := h.base.System().Get(ctx, "proposal", id)
	must(h.t, err)
	if a, b := after.(*proposal.Proposal), before.(*proposal.Proposal); a.Margin != b.Margin || a.Margin == 0 || a.Variants[0].Lines[0].Cost != b.Variants[0].Lines[0].Cost {
		h.t.Errorf("%s: margins changed by an undo: %d, %d", s.Role, a.Margin, b.Margin)
	}
}

func mustFind(ctx context.Context, h *hunt, kind, number string) int64 {
	h.t.Helper()
	id, err := h.base.System().Find(ctx, kind, number)
	must(h.t, err)
	return id
}

// letterOf is a Word document of a few paragraphs.
func letterOf(t *testing.T, paragraphs ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	write := func(name, text string) {
		w, err := z.Create(name)
		must(t, err)
		_, err = io.WriteString(w, text)
		must(t, err)
	}
	write("[Content_Types].xml", `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`)
	write("_rels/.rels", `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`)
	body := ""
	for _, p := range paragraphs {
		body += "<w:p><w:r><w:t>" + p + "</w:t></w:r></w:p>"
	}
	write("word/document.xml", `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`+body+`</w:body></w:document>`)
	must(t, z.Close())
	return b.Bytes()
}
