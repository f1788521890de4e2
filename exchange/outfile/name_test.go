package outfile

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestName(t *testing.T) {
	for name, want := range map[string]string{
		"КП № 1.pdf":                      "КП № 1.pdf",
		"../../etc/passwd":                ".._.._etc_passwd",
		`C:\a\b.pdf`:                      "C__a_b.pdf",
		"a\r\nX: y.pdf":                   "a__X_ y.pdf",
		"рахунок\u202efdp.exe":            "рахунок_fdp.exe",
		" . ":                             "_",
		"":                                "_",
		"Con":                             "_Con",
		"nul .pdf":                        "_nul .pdf",
		"Контракт.pdf":                    "Контракт.pdf",
		strings.Repeat("ї", 300):          strings.Repeat("ї", 115),
		strings.Repeat("ї", 300) + ".pdf": strings.Repeat("ї", 113) + ".pdf",
	} {
		if got := Name(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
		if got := Name(want); got != want {
			t.Errorf("%q becomes %q", want, got)
		}
		if err := os.WriteFile(filepath.Join(t.TempDir(), want), nil, 0o600); err != nil {
			t.Errorf("%q cannot be saved: %v", want, err)
		}
	}
}
