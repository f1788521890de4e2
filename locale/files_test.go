package locale

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"ugoda/locale/keyfile"
)

var update = flag.Bool("update", false, "rewrite the language files sorted")

func read(t *testing.T, l Language) map[string]keyfile.Entry {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "assets", "locale", string(l)+".json"))
	if err != nil {
		t.Fatal(err)
	}
	entries, err := keyfile.Parse(data)
	if err != nil {
		t.Fatalf("%s.json: %v", l, err)
	}
	out := map[string]keyfile.Entry{}
	for _, e := range entries {
		out[e.Key] = e
	}
	return out
}

// TestFiles finds language files out of order: "go run ./locale/sortkeys", or
// this test with -update, puts them right.
func TestFiles(t *testing.T) {
	for _, l := range Languages {
		name := filepath.Join("..", "assets", "locale", string(l)+".json")
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		entries, err := keyfile.Parse(data)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		sorted := keyfile.Format(entries)
		if string(sorted) == string(data) {
			continue
		}
		if !*update {
			t.Errorf("%s is not in order: go run ./locale/sortkeys", name)
		} else if err := os.WriteFile(name, sorted, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

var keyShape = regexp.MustCompile(`^[a-z][\w-]*(\.[\w-]+)+$`)

// reserved are names that go-i18n takes for parts of a message.
var reserved = []string{"id", "description", "hash", "leftdelim", "rightdelim", "zero", "one", "two", "few", "many", "other", "translation"}

// placeholder is an argument of a text. Nothing else of text/template is
// used: texts are for translators.
var (
	placeholder = regexp.MustCompile(`\{\{\.[a-z_]\w*\}\}`)
	anyAction   = regexp.MustCompile(`\{\{[^}]*\}\}`)
)

// latin are Ukrainian texts that have no Cyrillic letter, and need none.
var latin = []string{"Ugoda", "EUR", "USD", "PLN", "GBP", "IBAN", "SWIFT", "BIC", "E-mail", "PDF", "XLSX", "CSV", "DOCX", "HTML", "XLS", "ODS", "PNG", "SVG", "JSON", "SMTP", "STARTTLS", "TLS", "SSL", "Word", "Excel", "LibreOffice", "Viber", "Telegram", "WhatsApp", "Instagram", "Facebook", "SQLite", "PostgreSQL", "Gmail", "gmail", "OAuth", "XOAUTH", "Microsoft", "Ctrl", "Shift", "Alt", "Enter", "Esc", "Tab", "Space", "Insert", "Del", "PgUp", "PgDn", "Home", "End", "Gmail", "ukr", "net", "eml", "LinkedIn", "Google", "KeePass", "API", "URL", "ID", "Cc", "Bcc", "VAT"}

func TestTexts(t *testing.T) {
	uk, en := read(t, Ukrainian), read(t, English)
	for key, e := range uk {
		if _, ok := en[key]; !ok {
			t.Errorf("%s: missing in en.json", key)
			continue
		}
		checkPair(t, key, e, en[key])
	}
	for key := range en {
		if _, ok := uk[key]; !ok {
			t.Errorf("%s: missing in uk.json", key)
		}
	}
}

func checkPair(t *testing.T, key string, uk, en keyfile.Entry) {
	if key != keyfile.Last && !keyShape.MatchString(key) {
		t.Errorf("%s: not the shape of a key", key)
	}
	if slices.Contains(reserved, key) {
		t.Errorf("%s: reserved by go-i18n", key)
	}
	if (uk.Plural == nil) != (en.Plural == nil) {
		t.Errorf("%s: has plural forms in one language only", key)
	}
	for l, forms := range map[Language][]string{Ukrainian: {"one", "few", "many", "other"}, English: {"one", "other"}} {
		e := map[Language]keyfile.Entry{Ukrainian: uk, English: en}[l]
		if e.Plural != nil {
			got := slices.DeleteFunc(slices.Clone(keyfile.Forms), func(f string) bool { _, ok := e.Plural[f]; return !ok })
			if !slices.Equal(got, forms) {
				t.Errorf("%s: plural forms %v in %s, want %v", key, got, l, forms)
			}
		}
		counted := strings.Contains(e.Plural["other"], "{{.n}}")
		for _, text := range e.Texts() {
			if l == Ukrainian && counted && !strings.Contains(text, "{{.n}}") {
				t.Errorf("%s: %q does not say the number: one is 21 and 31 too", key, text)
			}
			if strings.TrimSpace(text) == "" {
				t.Errorf("%s: empty in %s", key, l)
			}
			if text != strings.TrimSpace(text) {
				t.Errorf("%s: white space around %q in %s", key, text, l)
			}
			if rest := placeholder.ReplaceAllString(text, ""); anyAction.MatchString(rest) || strings.Contains(rest, "{{") || strings.Contains(rest, "}}") {
				t.Errorf("%s: %q in %s: only {{.name}} is understood", key, text, l)
			}
			if !slices.Equal(arguments(text), arguments(en.Texts()[len(en.Texts())-1])) {
				t.Errorf("%s: %q in %s has other arguments than the English text", key, text, l)
			}
			checkScript(t, key, text, l)
		}
	}
}

// arguments are the names that a text uses. A count may be left out of a
// plural form ("one record"), so it does not take part.
func arguments(text string) []string {
	found := placeholder.FindAllString(text, -1)
	slices.Sort(found)
	return slices.DeleteFunc(slices.Compact(found), func(s string) bool { return s == "{{.n}}" })
}

// checkScript finds texts that were left in the other language.
func checkScript(t *testing.T, key, text string, l Language) {
	words := strings.FieldsFunc(placeholder.ReplaceAllString(text, " "), func(r rune) bool { return !unicode.IsLetter(r) })
	cyrillic, unknown := false, false
	for _, w := range words {
		r := []rune(w)
		switch {
		case strings.ContainsFunc(w, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }):
			cyrillic = true
		case len(r) > 1 && !slices.Contains(latin, w):
			unknown = true
		}
		mixed := strings.ContainsFunc(w, func(r rune) bool { return unicode.Is(unicode.Latin, r) })
		if mixed && strings.ContainsFunc(w, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }) {
			t.Errorf("%s: %q mixes alphabets in %s", key, w, l)
		}
		if strings.ContainsAny(w, "ыэъёЫЭЪЁ") {
			t.Errorf("%s: %q is not Ukrainian", key, w)
		}
	}
	if l == English && cyrillic {
		t.Errorf("%s: Cyrillic in English: %q", key, text)
	}
	if l == Ukrainian && unknown && !cyrillic {
		t.Errorf("%s: only Latin words in Ukrainian: %q", key, text)
	}
}
