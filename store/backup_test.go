package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/store"
	"ugoda/store/storetest"
)

func TestBackupAndRestore(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		f.deal("угода", f.client("Карпати"), 100)
		dir := filepath.Join(t.TempDir(), "копії")
		path, err := f.base.Backup(f.ctx, dir)
		if err != nil {
			t.Fatal(err)
		}
		copies, err := f.base.Copies(dir)
		if err != nil || len(copies) != 1 || copies[0].Path != path {
			t.Fatal(copies, err)
		}
		if again, err := f.base.BackupDaily(f.ctx, dir); err != nil || again != "" {
			t.Fatal(again, err)
		}
		o := options()
		o.ReadOnly = true
		old, err := store.Open(f.ctx, path, o)
		if err != nil {
			t.Fatal(err)
		}
		totals, err := old.System().Totals(f.ctx, store.Query{Kind: "deal"})
		if err != nil || totals.Count != 1 {
			t.Error(totals, err)
		}
		var readOnly *store.ReadOnly
		if err := old.System().Save(f.ctx, "client", f.get("client", 1)); !errors.As(err, &readOnly) {
			t.Errorf("saved into a copy that is read only: %v", err)
		}
		if err := old.Close(); err != nil {
			t.Error(err)
		}
		target := filepath.Join(t.TempDir(), "відновлена.ugoda")
		for range 2 { // the second time there is a base already
			if err := store.Restore(f.ctx, path, target, options()); err != nil {
				t.Fatal(err)
			}
		}
		if kept, err := filepath.Glob(filepath.Join(filepath.Dir(target), "відновлена.before-*.ugoda")); err != nil || len(kept) != 1 {
			t.Error(kept, err)
		}
		b, err := store.Open(f.ctx, target, options())
		if err != nil {
			t.Fatal(err)
		}
		defer b.Close()
		if faults, err := b.Check(f.ctx); err != nil || len(faults) > 0 {
			t.Error(faults, err)
		}
		// A broken copy is refused.
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		copy(text[len(text)/2:], make([]byte, 20_000))
		broken := filepath.Join(dir, "broken.ugoda")
		if err := os.WriteFile(broken, text, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := store.Restore(f.ctx, broken, target, options()); err == nil {
			t.Error("a broken copy was restored")
		}
	})
}

func TestCopyBetweenEngines(t *testing.T) {
	f := newFirm(t, storetest.SQLite(t))
	c := f.client("Карпати")
	d := f.deal("угода", c, 100)
	f.do(d.ID, "win", nil)
	server := storetest.PostgreSQL(t)
	out, err := store.Copy(f.ctx, f.base.Address(), server, options())
	if err != nil {
		t.Fatal(err)
	}
	if out.Rows == 0 {
		t.Error(out)
	}
	var there *store.BaseExists
	if _, err := store.Copy(f.ctx, f.base.Address(), server, options()); !errors.As(err, &there) {
		t.Errorf("copied into a base that is there: %v", err)
	}
	back := storetest.SQLite(t)
	again, err := store.Copy(f.ctx, server, back, options())
	if err != nil || again.Rows != out.Rows {
		t.Fatal(again, err)
	}
	for _, address := range []string{server, back} {
		b, err := store.Open(f.ctx, address, options())
		if err != nil {
			t.Fatal(err)
		}
		g := *f
		g.base, g.s = b, b.System()
		g.sound()
		g.deal("нова після копії", c, 5) // ids go on
		g.sound()
		info, err := b.Info(f.ctx)
		if err != nil || info.Records["deal"] != 2 {
			t.Error(info, err)
		}
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	var not *store.NotABase
	if _, err := store.Open(t.Context(), filepath.Join(dir, "none.ugoda"), options()); !errors.As(err, &not) {
		t.Errorf("no file: %v", err)
	}
	text := filepath.Join(dir, "text.ugoda")
	if err := os.WriteFile(text, []byte("not a base at all, but long enough to be read as one"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(t.Context(), text, options()); !errors.As(err, &not) {
		t.Errorf("a text file: %v", err)
	}
	var there *store.BaseExists
	if _, err := store.Create(t.Context(), text, options()); !errors.As(err, &there) {
		t.Errorf("created over a file: %v", err)
	}
	path := filepath.Join(dir, "дивна назва ?#%.ugoda")
	b, err := store.Create(t.Context(), path, options())
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Write(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(t.Context(), `INSERT INTO goose_db_version (version_id, is_applied) VALUES (999, TRUE)`)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
	var newer *store.TooNew
	if _, err := store.Open(t.Context(), path, options()); !errors.As(err, &newer) {
		t.Errorf("a newer base: %v", err)
	}
}

func TestRightsOfRoles(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		addUser(f, "olena", "head", "")
		addUser(f, "petro", "manager", "гасло")
		if _, err := f.base.Session(f.ctx, "petro", "інше"); err == nil {
			t.Fatal("a wrong password opens the base")
		}
		manager, err := f.base.Session(f.ctx, "Petro", "гасло")
		if err != nil {
			t.Fatal(err)
		}
		if manager.Employee.ID != f.ivan.ID || manager.Department.ID != f.sales.ID || manager.Role != model.RoleManager {
			t.Fatalf("%+v", manager)
		}
		p := newProduct(f)
		got, err := manager.Get(f.ctx, "product", p)
		if err != nil {
			t.Fatal(err)
		}
		if cost := got.Base(); cost == nil || !productCost(got).IsZero() {
			t.Error("a salesperson sees the cost")
		}
		if err := manager.Save(f.ctx, "product", rename(got, "Інша назва")); err != nil {
			t.Fatal(err)
		}
		if productCost(f.get("product", p)).Minor != 700 {
			t.Error("a save by one who does not see the cost lost it")
		}
		var forbidden *store.Forbidden
		for what, q := range map[string]store.Query{
			"column": {Kind: "product", Columns: []string{"cost"}},
			"base":   {Kind: "product", Columns: []string{"cost_base"}},
			"sort":   {Kind: "product", Sort: []store.Order{{Path: "cost"}}},
			"filter": {Kind: "product", Where: filter.Cond{Path: "cost", Op: filter.Gt, Values: []filter.Value{filter.Number("1")}}},
			"link":   {Kind: "proposal", Columns: []string{"margin"}},
		} {
			if _, err := manager.Page(f.ctx, q); !errors.As(err, &forbidden) {
				t.Errorf("%s: %v", what, err)
			}
		}
		if _, _, err := manager.SetField(f.ctx, "product", []int64{p}, "cost", model.Money{Minor: 1, Currency: "UAH"}); !errors.As(err, &forbidden) {
			t.Errorf("bulk change: %v", err)
		}
		h, err := manager.History(f.ctx, "product", p)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range h {
			for _, x := range c.Fields {
				if x.Name == "cost" {
					t.Error("history tells the cost")
				}
			}
		}
		if err := manager.Save(f.ctx, "process", f.get("process", f.process.ID)); !errors.As(err, &forbidden) {
			t.Errorf("a salesperson changes processes: %v", err)
		}
		mine, err := manager.Totals(f.ctx, store.Query{Kind: "deal", Where: f.parse("deal", "manager = me and department = my_department")})
		if err != nil || mine.Count != 0 {
			t.Fatal(mine, err)
		}
		f.deal("моя", f.client("Карпати"), 1)
		mine, err = manager.Totals(f.ctx, store.Query{Kind: "deal", Where: f.parse("deal", "manager = me and manager = my_department and department = my_department")})
		if err != nil || mine.Count != 1 {
			t.Fatal(mine, err)
		}
		v := store.View{Kind: "deal", Name: "Мої", Where: "manager = me", Columns: []string{"subject", "client.region"}, Sort: []store.Order{{Path: "amount", Desc: true}}, Default: true}
		if err := manager.SaveView(f.ctx, &v); err != nil {
			t.Fatal(err)
		}
		views, err := manager.Views(f.ctx, "deal")
		if err != nil || len(views) != 1 || !views[0].Default || views[0].Columns[1] != "client.region" || !views[0].Sort[0].Desc {
			t.Fatal(views, err)
		}
		head, err := f.base.Session(f.ctx, "olena", "")
		if err != nil {
			t.Fatal(err)
		}
		if views, err = head.Views(f.ctx, "deal"); err != nil || len(views) != 0 {
			t.Fatal(views, err)
		}
	})
}

func TestNumbers(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		if err := f.base.SetSetting(f.ctx, "series.deal", "У-{yy}-{000}"); err != nil {
			t.Fatal(err)
		}
		c := f.client("Карпати")
		if d := f.deal("a", c, 1); d.Number != "У-26-001" {
			t.Error(d.Number)
		}
		if d := f.deal("b", c, 1); d.Number != "У-26-002" {
			t.Error(d.Number)
		}
		f.s = f.s.WithToday(model.Date(2027, time.January, 2))
		if d := f.deal("c", c, 1); d.Number != "У-27-001" {
			t.Error(d.Number)
		}
		seq, at, err := f.s.Changes(f.ctx, 0)
		if err != nil || len(seq) < 3 || seq[len(seq)-1].Kind != "deal" || at == 0 {
			t.Error(seq, at, err)
		}
		if more, _, err := f.s.Changes(f.ctx, at); err != nil || len(more) != 0 {
			t.Error(more, err)
		}
	})
}

// A copy comes back over a base that is broken, log and all; the broken file is
// kept.
func TestRestoreOverABrokenBase(t *testing.T) {
	dir := t.TempDir()
	address := filepath.Join(dir, "sales.ugoda")
	b, err := store.Create(t.Context(), address, options())
	if err != nil {
		t.Fatal(err)
	}
	path, err := b.Backup(t.Context(), filepath.Join(dir, "copies"))
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(address)
	if err != nil {
		t.Fatal(err)
	}
	for i := 4096; i < len(text); i++ {
		text[i] = byte(i)
	}
	for name, data := range map[string][]byte{address: text, address + "-wal": []byte("left by a power cut")} {
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := store.Open(t.Context(), address, options()); !errors.As(err, new(*store.Damaged)) {
		t.Errorf("a broken file: %v", err)
	}
	if err := os.WriteFile(address+"-wal", []byte("left by a power cut"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := store.Restore(t.Context(), path, address, options()); err != nil {
		t.Fatal(err)
	}
	if b, err = store.Open(t.Context(), address, options()); err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Error(err)
	}
	kept, err := filepath.Glob(filepath.Join(dir, "sales.before-*.ugoda"))
	if err != nil || len(kept) != 1 {
		t.Errorf("the broken file is not kept: %v, %v", kept, err)
	}
}
