package store_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ugoda/model"
	"ugoda/model/client"
	"ugoda/model/text"
	"ugoda/store"
	"ugoda/store/storetest"
)

var findNames = []string{
	"ТОВ «Карпати-Буд»", "ТОВ «Дніпро–Буд Інвест»", "ФОП Ґедзь Мар’яна", "ПП «100% вовна»", "Under_score Ltd", `C:\шлях\до`, "«»", "Їжак і Ко",
	"їжаки", "ОДЕСА", "Odesa \"Port\" GmbH", "дуже довга назва товариства з обмеженою відповідальністю «Тепломонтажналадка»", "AB", "Є", "200-30-40",
}

// A part of a name is found, whatever its length and signs, whether an index
// answers or not, and after names have changed.
func TestPartsAreFound(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		names := map[int64]string{}
		for _, n := range findNames {
			c := f.client(n)
			names[c.ID] = c.Name
		}
		try := func(part string) {
			t.Helper()
			folded := text.Fold(part)
			var want []int64
			for id, n := range names {
				if strings.Contains(text.Fold(n), folded) {
					want = append(want, id)
				}
			}
			slices.Sort(want)
			q := store.Query{Kind: "client", Where: f.parse("client", "name contains "+quote(part)), Sort: []store.Order{{Path: "id"}}}
			got, err := f.s.IDs(f.ctx, q)
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("a part %q is in %v, found in %v, %v", part, want, got, err)
			}
		}
		parts := func() {
			t.Helper()
			for _, n := range names {
				signs := []rune(n)
				for _, size := range []int{1, 2, 3, 4, 7, 20, len(signs)} {
					for from := 0; from+size <= len(signs); from += 3 {
						if strings.TrimSpace(text.Fold(string(signs[from:from+size]))) != "" {
							try(string(signs[from : from+size]))
						}
					}
				}
			}
			try("нема такого")
			try("%")
			try("_")
		}
		parts()
		for id := range names { // all names change
			rec, err := f.s.Get(f.ctx, "client", id)
			if err != nil {
				t.Fatal(err)
			}
			c := rec.(*client.Client)
			c.Name = "Нова " + strings.ToUpper(c.Name)
			f.save("client", c)
			names[id] = c.Name
		}
		parts()
		if faults, err := f.base.Check(f.ctx); err != nil || len(faults) > 0 {
			t.Error(faults, err)
		}
	})
}

func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// Quick search finds records by any part of a word of theirs, as a reading of
// all texts does.
func TestQuickSearchFindsParts(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		var all []*client.Client
		var deals []model.Ref
		for i, n := range findNames {
			c := &client.Client{Name: n, Form: client.Legal, Language: "uk", Email: []string{"", "office@dim.example"}[i%2], Phone: []string{"", "067 123 45 67"}[i/2%2]}
			f.save("client", c)
			all = append(all, c)
			deals = append(deals, f.deal("Угода про "+strings.ToLower(n), c, 10).Ref())
		}
		rapid.Check(t, func(r *rapid.T) {
			from := rapid.SampledFrom(append(slices.Clone(findNames), "office@dim.example", "Угода", "+380671234567")).Draw(r, "text")
			signs := []rune(text.Fold(from))
			at := rapid.IntRange(0, max(len(signs)-1, 0)).Draw(r, "at")
			words := strings.Fields(string(signs[min(at, len(signs)):min(len(signs), at+rapid.IntRange(1, 9).Draw(r, "size"))]))
			if len(words) == 0 {
				return
			}
			sought := strings.Join(words, " ")
			in := func(texts ...string) bool {
				for _, w := range words {
					if !slices.ContainsFunc(texts, func(t string) bool { return strings.Contains(text.Fold(t), w) }) {
						return false
					}
				}
				return true
			}
			var clients, wantDeals []int64
			for i, c := range all {
				if in(c.Name, c.Number, c.Email) {
					clients = append(clients, c.ID)
				}
				if in(deals[i].Name, deals[i].Code, c.Name) {
					wantDeals = append(wantDeals, deals[i].ID)
				}
			}
			if digits := strings.Trim(sought, "+"); len(digits) >= 4 && strings.Trim(digits, "0123456789-") == "" {
				return // phones are another matter
			}
			for kind, want := range map[string][]int64{"client": clients, "deal": wantDeals} {
				got, err := f.s.IDs(f.ctx, store.Query{Kind: kind, Search: sought, Sort: []store.Order{{Path: "id"}}})
				if err != nil || !slices.Equal(got, want) {
					r.Fatalf("%s by %q: %v, %v; want %v", kind, sought, got, err, want)
				}
			}
		})
	})
}

// A base whose indexes of parts are lost finds the same; a check tells of it,
// and a rebuild makes them again.
func TestPartsWithoutIndex(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "base.ugoda")
	f := newFirm(&outliving{TB: t}, path)
	c := f.client("ТОВ «Карпати-Буд»")
	f.base.Close()
	f.t = t
	raw, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{"DROP TRIGGER find_client_insert", "DROP TRIGGER find_client_update", "DROP TRIGGER find_client_delete", "DROP TABLE find_client"} {
		if _, err := raw.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	raw.Close()
	b, err := store.Open(ctx, path, options())
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	f.base, f.s = b, b.System()
	other := f.client("ПП «Карпатський дім»")
	finds := func() {
		t.Helper()
		ids, err := f.s.IDs(ctx, store.Query{Kind: "client", Search: "арпат", Sort: []store.Order{{Path: "id"}}})
		if err != nil || !slices.Equal(ids, []int64{c.ID, other.ID}) {
			t.Errorf("%v, %v", ids, err)
		}
	}
	finds()
	faults, err := b.Check(ctx)
	if err != nil || len(faults) != 1 || faults[0].Key != "no_index_of_parts" {
		t.Errorf("%v, %v", faults, err)
	}
	if err := b.Rebuild(ctx); err != nil {
		t.Fatal(err)
	}
	if faults, err := b.Check(ctx); err != nil || len(faults) > 0 {
		t.Errorf("after a rebuild: %v, %v", faults, err)
	}
	finds()
}

// A stale index of parts is told of, too.
func TestStaleIndexOfParts(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "base.ugoda")
	f := newFirm(t, path)
	f.client("ТОВ «Карпати-Буд»")
	raw, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	for _, statement := range []string{"DROP TRIGGER find_client_update", "UPDATE client SET name = 'Інше', name_search = 'інше'"} {
		if _, err := raw.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	faults, err := f.base.Check(ctx)
	if err != nil || !slices.ContainsFunc(faults, func(x store.Fault) bool { return x.Key == "no_index_of_parts" && x.Detail == "find_client" }) {
		t.Errorf("%v, %v", faults, err)
	}
}

// Who may not create extensions has a base all the same, and finds parts in it.
func TestPartsWithoutExtension(t *testing.T) {
	ctx := context.Background()
	dsn := storetest.PostgreSQL(t)
	raw, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	if _, err := raw.Exec(`DO $$ BEGIN EXECUTE 'REVOKE CREATE ON DATABASE ' || current_database() || ' FROM ' || current_user; END $$`); err != nil {
		t.Fatal(err)
	}
	f := newFirm(t, dsn)
	c := f.client("ТОВ «Карпати-Буд»")
	count := func() (n int) {
		if err := raw.QueryRow(`SELECT COUNT(*) FROM pg_indexes WHERE indexname LIKE 'find\_%'`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := count(); n > 0 {
		t.Fatalf("%d indexes of an extension that could not be made", n)
	}
	ids, err := f.s.IDs(ctx, store.Query{Kind: "client", Search: "арпат"})
	if err != nil || !slices.Equal(ids, []int64{c.ID}) {
		t.Errorf("%v, %v", ids, err)
	}
	if _, err := raw.Exec(`DO $$ BEGIN EXECUTE 'GRANT CREATE ON DATABASE ' || current_database() || ' TO ' || current_user; END $$`); err != nil {
		t.Fatal(err)
	}
	if err := f.base.Rebuild(ctx); err != nil { // when the right is given, a rebuild makes them
		t.Fatal(err)
	}
	if n := count(); n == 0 {
		t.Error("a rebuild made no indexes")
	}
}
