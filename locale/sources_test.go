package locale

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ugoda/locale/keyfile"
)

// literals are the strings of the program's sources, tests left out, and the
// places where keys are asked for by name.
type literals struct {
	all      map[string]bool
	families map[string]bool   // literals that end with a dot: "kind." + name
	said     map[string]string // key → place of T("key") or Text("key")
	counted  map[string]string // key → place of N("key", n)
	problems map[string]string // key → place of Wrong, Refused or a Message method
}

func sources(t *testing.T) *literals {
	t.Helper()
	l := &literals{map[string]bool{}, map[string]bool{}, map[string]string{}, map[string]string{}, map[string]string{}}
	set := token.NewFileSet()
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != ".." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "build"):
			return fs.SkipDir
		case !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		f, err := parser.ParseFile(set, path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(f, func(n ast.Node) bool { l.visit(set, n); return true })
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

var family = regexp.MustCompile(`^[a-z][\w-]*(\.[\w-]+)*\.$`)

func (l *literals) visit(set *token.FileSet, n ast.Node) {
	switch n := n.(type) {
	case *ast.BasicLit:
		if s, ok := text(n); ok {
			l.all[s] = true
			if family.MatchString(s) {
				l.families[s] = true
			}
		}
	case *ast.CallExpr:
		name := ""
		switch f := n.Fun.(type) {
		case *ast.SelectorExpr:
			name = f.Sel.Name
		case *ast.Ident:
			name = f.Name
		}
		place := set.Position(n.Pos()).String()
		if len(n.Args) > 0 {
			if s, ok := text(n.Args[0]); ok && keyShape.MatchString(s) {
				switch name {
				case "T", "Text":
					l.said[s] = place
				case "N":
					l.counted[s] = place
				}
			}
		}
		if len(n.Args) > 1 && (name == "Wrong" || name == "Refused") {
			if s, ok := text(n.Args[1]); ok {
				l.problems[s] = place
			}
		}
	case *ast.FuncDecl:
		if n.Name.Name != "Message" || n.Recv == nil || n.Type.Results == nil || n.Type.Results.NumFields() != 2 {
			return
		}
		ast.Inspect(n.Body, func(x ast.Node) bool {
			var e ast.Expr
			switch x := x.(type) {
			case *ast.ReturnStmt:
				if len(x.Results) > 0 {
					e = x.Results[0]
				}
			case *ast.AssignStmt:
				e = x.Rhs[0]
			}
			if s, ok := text(e); ok {
				l.problems[s] = set.Position(x.Pos()).String()
			}
			return true
		})
	}
}

func text(e ast.Node) (string, bool) {
	b, ok := e.(*ast.BasicLit)
	if !ok || b.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(b.Value)
	return s, err == nil
}

// fromRegistry are the families that TestRegistry checks key by key.
var fromRegistry = []string{"kind.", "field.", "column.", "group.", "action.", "enum."}

// awaited are families of texts that stand ready for screens being written.
var awaited = []string{
	"section.", "menu.", "command.", "button.", "word.", "list.", "view.", "filter.", "form.", "ask.", "status.", "opening.", "key.",
	"problem.number_", "problem.day_", "problem.time_", "problem.phone_", "problem.choice_", "problem.base_", "problem.disk_",
}

// TestKeys finds keys that the sources ask for and no language has, keys that
// nobody asks for, and plural forms that are asked for without a number.
func TestKeys(t *testing.T) {
	en, l := read(t, English), sources(t)
	for _, key := range slices.Sorted(maps.Keys(l.said)) {
		switch e, ok := en[key]; {
		case !ok:
			t.Errorf("%s: no text for %q", l.said[key], key)
		case e.Plural != nil:
			t.Errorf("%s: %q has plural forms: ask for it with N", l.said[key], key)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(l.counted)) {
		switch e, ok := en[key]; {
		case !ok:
			t.Errorf("%s: no text for %q", l.counted[key], key)
		case e.Plural == nil:
			t.Errorf("%s: %q has no plural forms", l.counted[key], key)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(l.problems)) {
		if _, ok := en["problem."+key]; !ok {
			t.Errorf("%s: no text for %q", l.problems[key], "problem."+key)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(en)) {
		ready := slices.ContainsFunc(awaited, func(f string) bool { return strings.HasPrefix(key, f) })
		switch {
		case key == keyfile.Last || l.uses(key):
		case ready:
			t.Logf("%q waits to be used", key)
		default:
			t.Errorf("%q is not used", key)
		}
	}
}

// uses reports whether the sources may ask for a key: by its name, by a family
// ("period." + name), or through the registry.
func (l *literals) uses(key string) bool {
	if l.all[key] {
		return true
	}
	if rest, ok := strings.CutPrefix(key, "problem."); ok {
		if l.all[rest] {
			return true
		}
		for i := range rest { // "deal_is_" + state
			if rest[i] == '_' && l.all[rest[:i+1]] {
				return true
			}
		}
		return false
	}
	for i := range key {
		if key[i] == '.' && l.families[key[:i+1]] {
			return true
		}
	}
	return slices.ContainsFunc(fromRegistry, func(f string) bool { return strings.HasPrefix(key, f) })
}
