package scripts

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// floors are the rooms of the house by height: a room imports from lower
// floors only. The empty name is the program itself.
var floors = map[string]int{
	"":   5,
	"ui": 4, "cli": 4,
	"service": 3,
	"reports": 2, "printing": 2, "mail": 2, "exchange": 2,
	"store": 1,
	"model": 0, "locale": 0, "assets": 0,
}

// sideways are the only imports within a floor.
var sideways = map[[2]string]string{
	{"printing", "reports"}: "a printed document may draw a chart",
	{"mail", "exchange"}:    "a letter is saved as any other file",
	{"locale", "assets"}:    "the texts are files shipped with the program",
	{"locale", "model"}:     "the formatter writes money, quantities and days",
}

// workshop are folders outside the house: what builds and tests it. They may
// import anything; the house imports from them only as onWorkbench says.
var workshop = []string{"scripts", "journey", "bench"}

// onWorkbench reports whether a package serves tests: the one that says what
// they need, and those named after what they help to test (storetest).
func onWorkbench(pkg string) bool {
	return pkg == "ugoda/scripts/needs" || strings.HasSuffix(pkg, "test")
}

// keepers says which rooms alone may import a library (a prefix of its path).
var keepers = map[string][]string{
	"fyne.io/fyne/v2":               {"", "ui"},
	"database/sql":                  {"store"},
	"github.com/jmoiron/sqlx":       {"store"},
	"github.com/jackc/pgx":          {"store"},
	"github.com/mattn/go-sqlite3":   {"store"},
	"github.com/pressly/goose":      {"store"},
	"github.com/emersion/go-smtp":   {"mail"},
	"github.com/wneessen/go-mail":   {"mail"},
	"github.com/zalando/go-keyring": {"mail", "service"},
	"github.com/xuri/excelize":      {"exchange", "printing"},
	"codeberg.org/go-pdf/fpdf":      {"printing"},
	"github.com/wcharczuk/go-chart": {"reports"},
	"github.com/spf13/cobra":        {"", "cli"},
	"os":                            {"", "ui", "cli", "service", "reports", "printing", "mail", "exchange", "store", "locale", "assets"},

	"github.com/nicksnyder/go-i18n": {"locale"},
}

// clocks are the rooms where the present moment enters the program; below
// them "now" and "today" are values that are handed down.
var clocks = []string{"", "ui", "cli", "service"}

// timers are files elsewhere that read the clock, with the reason.
var timers = map[string]string{
	"mail/secret/file.go": "the age of a lock, which the file system counts from the real clock",
	"store/base.go":       "the clock where none is injected",
	"store/rates.go":      "the age of what is kept in memory",
	"mail/smtp/guard.go":  "deadlines of a connection, which net counts from the real clock",
	"mail/smtp/sender.go": "deadlines of a connection, which net counts from the real clock",
}

// source is one Go file of the project.
type source struct {
	path  string // with slashes, from the top folder
	room  string
	test  bool
	tree  *ast.File
	lines int
	set   *token.FileSet
}

func sources(t *testing.T) []source {
	t.Helper()
	top, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	var all []source
	err = filepath.WalkDir(top, func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() {
			if file != top && (strings.HasPrefix(name, ".") || name == "build" || name == "testdata") {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		set := token.NewFileSet()
		tree, err := parser.ParseFile(set, file, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(top, file)
		if err != nil {
			return err
		}
		s := source{path: filepath.ToSlash(relative), tree: tree, set: set, test: strings.HasSuffix(name, "_test.go")}
		s.room, _, _ = strings.Cut(s.path, "/")
		if s.room == s.path {
			s.room = ""
		}
		s.lines = set.File(tree.Pos()).LineCount()
		all = append(all, s)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 10 {
		t.Fatalf("only %d Go files found below %s", len(all), top)
	}
	return all
}

// imports lists what a file imports.
func (s source) imports() []string {
	var paths []string
	for _, spec := range s.tree.Imports {
		if p, err := strconv.Unquote(spec.Path.Value); err == nil {
			paths = append(paths, p)
		}
	}
	return paths
}

// inWorkshop reports whether the file only builds or tests the house.
func (s source) inWorkshop() bool {
	return slices.Contains(workshop, s.room) || strings.HasSuffix(path.Dir(s.path), "test")
}

// forbidden says why a room may not import a package of the house; empty when
// it may.
func forbidden(from, imported string, test bool) string {
	if imported != "ugoda" && !strings.HasPrefix(imported, "ugoda/") {
		return ""
	}
	to, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(imported, "ugoda"), "/"), "/")
	if onWorkbench(imported) {
		if !test {
			return "is for tests alone"
		}
		if slices.Contains(workshop, to) || to == "store" {
			return "" // bases and needs, for a test on any floor
		}
	} else if slices.Contains(workshop, to) {
		return "belongs to the workshop"
	}
	below, known := floors[to]
	if !known {
		return "stands on no floor"
	}
	switch above := floors[from]; {
	case from == to || above > below:
		return ""
	case above == below:
		if _, written := sideways[[2]string{from, to}]; written {
			return ""
		}
		return "stands beside it on the same floor"
	}
	return "stands above it"
}

func TestForbidden(t *testing.T) {
	cases := []struct {
		from, imported string
		test           bool
		want           string
	}{
		{"ui", "ugoda/service", false, ""},
		{"ui", "ugoda/ui/list", false, ""},
		{"ui", "ugoda/cli", false, "stands beside it on the same floor"},
		{"store", "ugoda/service/demo", false, "stands above it"},
		{"model", "ugoda/locale", false, "stands beside it on the same floor"},
		{"locale", "ugoda/model/table", false, ""},
		{"printing", "ugoda/reports/chart", false, ""},
		{"reports", "ugoda/printing", false, "stands beside it on the same floor"},
		{"model", "ugoda/scripts/needs", false, "is for tests alone"},
		{"model", "ugoda/journey", true, "belongs to the workshop"},
		{"model", "ugoda/store/storetest", false, "is for tests alone"},
		{"reports", "ugoda/store/storetest", true, ""},
		{"cli", "ugoda", false, "stands above it"},
		{"cli", "ugoda/utils", false, "stands on no floor"},
		{"model", "fmt", false, ""},
	}
	for _, c := range cases {
		if got := forbidden(c.from, c.imported, c.test); got != c.want {
			t.Errorf("%s imports %s: %q, want %q", c.from, c.imported, got, c.want)
		}
	}
}

func TestFloors(t *testing.T) {
	for _, s := range sources(t) {
		if s.inWorkshop() {
			continue
		}
		if _, known := floors[s.room]; !known {
			t.Errorf("%s: the room %s stands on no floor: give it one here", s.path, s.room)
			continue
		}
		for _, imported := range s.imports() {
			if why := forbidden(s.room, imported, s.test); why != "" {
				t.Errorf("%s imports %s, which %s", s.path, imported, why)
			}
		}
	}
}

func TestLibrariesStayInTheirRooms(t *testing.T) {
	for _, s := range sources(t) {
		if s.test || s.inWorkshop() || isTool(s) {
			continue
		}
		for _, imported := range s.imports() {
			for library, rooms := range keepers {
				within := imported == library || strings.HasPrefix(imported, library+"/")
				if within && !slices.Contains(rooms, s.room) {
					t.Errorf("%s imports %s, which belongs to %q alone", s.path, imported, rooms)
				}
			}
		}
	}
}

// isTool reports whether the file belongs to a program that is run while one
// develops (go generate), or only holds dependencies, and is not shipped.
func isTool(s source) bool {
	if s.tree.Name.Name == "main" && s.room != "" {
		return true
	}
	for _, group := range s.tree.Comments {
		for _, comment := range group.List {
			if comment.Pos() < s.tree.Package && (comment.Text == "//go:build ignore" || comment.Text == "//go:build keepdeps") {
				return true
			}
		}
	}
	return false
}

func TestClockIsHandedDown(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range sources(t) {
		if s.test || s.inWorkshop() || slices.Contains(clocks, s.room) || isTool(s) {
			continue
		}
		ast.Inspect(s.tree, func(n ast.Node) bool {
			selector, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			pkg, ok := selector.X.(*ast.Ident)
			if !ok || pkg.Name != "time" || !slices.Contains([]string{"Now", "Since", "Until"}, selector.Sel.Name) {
				return true
			}
			seen[s.path] = true
			if _, allowed := timers[s.path]; !allowed {
				t.Errorf("%s reads the clock by time.%s: take the moment or the day as an argument", s.set.Position(n.Pos()), selector.Sel.Name)
			}
			return true
		})
	}
	for file := range timers {
		if !seen[file] {
			t.Errorf("%s does not read the clock any more: take it off the list", file)
		}
	}
}

// longest is the most lines that a file may have; it is past what one subject
// needs.
const longest = 600

func TestFilesAndPackagesAreNamedBySubject(t *testing.T) {
	kinds := []string{"util", "utils", "helper", "helpers", "common", "types", "manager", "misc", "shared", "lib"}
	documented := map[string]bool{}
	for _, s := range sources(t) {
		if s.lines > longest && !ast.IsGenerated(s.tree) {
			t.Errorf("%s has %d lines: what is its second subject?", s.path, s.lines)
		}
		for _, part := range strings.Split(strings.TrimSuffix(s.path, ".go"), "/") {
			if slices.Contains(kinds, part) {
				t.Errorf("%s is named by a kind of code, not by a subject", s.path)
			}
		}
		if s.test || s.room == "" || isTool(s) {
			continue
		}
		dir := path.Dir(s.path)
		documented[dir] = documented[dir] || s.tree.Doc != nil
	}
	for dir, has := range documented {
		if !has {
			t.Errorf("package %s has no comment that says what it is", dir)
		}
	}
}
