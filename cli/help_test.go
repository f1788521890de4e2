package cli

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"
)

func TestWordsThatAreOff(t *testing.T) {
	t.Setenv("UGODA_BASE", "")
	for _, c := range []struct {
		args []string
		say  string
	}{
		{[]string{"--lang", "en", "fly"}, "There is no command “fly”."},
		{[]string{"--lang=uk", "fly"}, "Немає команди «fly»."},
		{[]string{"--lang", "en", "lisst"}, "Did you mean: list?"},
		{[]string{"--lang", "en", "base", "chek"}, "Did you mean: check?"},
		{[]string{"--lang", "en", "base"}, "ugoda base backup|check|copy|create|info|migrate|rebuild|restore"},
		{[]string{"--lang", "en", "list", "deal", "--wher", "x"}, "There is no flag --wher"},
		{[]string{"list", "deal", "-q", "--lang", "uk"}, "Немає прапорця -q"},
		{[]string{"--lang", "en", "list", "deal", "--where"}, "--where wants a value"},
		{[]string{"--lang", "en", "list", "deal", "--limit", "few"}, "--limit does not take “few”"},
		{[]string{"--lang", "en", "help", "fly"}, "There is no command “fly”."},
		{[]string{"--lang", "en", "list", "deal"}, "Name the base"},
		{[]string{"--lang", "de", "kinds"}, "--lang"},
		{[]string{"--today", "soon", "kinds"}, "--today"},
		{[]string{"--lang", "en", "demo", "--size", "huge", "--base", "x.ugoda"}, "s|m|l|xl"},
	} {
		var out, errs bytes.Buffer
		code := Run(context.Background(), Env{Args: c.args, Stdin: &bytes.Buffer{}, Stdout: &out, Stderr: &errs})
		if code != Usage || out.Len() > 0 || !strings.Contains(errs.String(), c.say) || !strings.Contains(errs.String(), "ugoda help") {
			t.Errorf("ugoda %q: exit %d, %q, %q; want %q", c.args, code, out.String(), errs.String(), c.say)
		}
	}
}

// Every command explains itself in both languages, with nothing left in the
// other one.
func TestHelp(t *testing.T) {
	t.Setenv("UGODA_BASE", "")
	for _, lang := range []string{"en", "uk"} {
		root := newApp(Env{Args: []string{"--lang", lang}}).root()
		for _, c := range append(root.Commands(), root) {
			for _, c := range append(c.Commands(), c) {
				path := strings.Fields(c.CommandPath())[1:]
				var first string
				for _, args := range [][]string{append([]string{"help"}, path...), append(slices.Clone(path), "--help")} {
					var out, errs bytes.Buffer
					code := Run(context.Background(), Env{Args: append([]string{"--lang", lang}, args...), Stdout: &out, Stderr: &errs, Stdin: &bytes.Buffer{}})
					if code != Done || errs.Len() > 0 || strings.Contains(out.String(), "cli.") {
						t.Errorf("ugoda %q: exit %d\n%s%s", args, code, out.String(), errs.String())
					}
					if first != "" && first != out.String() {
						t.Errorf("ugoda %q says another thing than help does", args)
					}
					first = out.String()
				}
				for _, word := range []string{"Usage", "Available", "help for", "string", "Flags"} {
					if lang == "uk" && strings.Contains(first, word) {
						t.Errorf("ugoda help %q has %q in Ukrainian:\n%s", path, word, first)
					}
				}
			}
		}
	}
}

// What help gives as an example can be typed: its command and its flags exist.
func TestExamples(t *testing.T) {
	for path, lines := range examples {
		root := newApp(Env{}).root()
		c, rest, err := root.Find(strings.Fields(path)[1:])
		if err != nil || len(rest) > 0 || c.CommandPath() != path {
			t.Errorf("examples of %q, which is no command", path)
			continue
		}
		for _, line := range lines {
			words := strings.Fields(line)
			for len(words) > 0 && words[0] != "ugoda" {
				words = words[1:]
			}
			for _, word := range words {
				name, _, _ := strings.Cut(strings.TrimPrefix(word, "--"), "=")
				if strings.HasPrefix(word, "--") && c.Flag(name) == nil && root.Flag(name) == nil {
					if found, _, err := root.Find(words[1:]); err != nil || found.Flag(name) == nil {
						t.Errorf("%s: there is no %s", line, word)
					}
				}
			}
		}
	}
}
