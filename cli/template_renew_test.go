package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ugoda/model/firm"
	"ugoda/model/records"
	"ugoda/store"
	"ugoda/store/storetest"
)

// The list of templates tells what may be renewed; what nobody changed is
// renewed at once, what the user changed only by its name.
func TestTemplatesAreRenewed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, base string) {
		x := terminal{t: t, base: base}
		x.example("s")
		file := filepath.Join(t.TempDir(), "t.docx")
		x.does("template", "save", "Договір", "-o", file)
		contract, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		x.does("template", "save", "Комерційна пропозиція", "-o", file)
		now, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		b, err := store.Open(context.Background(), base, store.Options{Registry: records.New()})
		if err != nil {
			t.Fatal(err)
		}
		for name, edited := range map[string]bool{"Давній": false, "Змінений": true} {
			old := &firm.Template{Name: name, For: "proposal", Form: firm.FormProposal, Language: "uk", File: contract, Order: 9}
			old.CameFrom(contract) // as if that had been the proposal once
			if edited {
				old.Made = "other"
			}
			if err := b.System().Save(context.Background(), "template", old); err != nil {
				t.Fatal(err)
			}
		}
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
		states := func() string {
			var out []string
			for _, r := range x.asks("template", "list").Rows {
				if s := r["renewal"]; s != "" {
					out = append(out, r["name"].(string)+" "+s.(string))
				}
			}
			return strings.Join(out, ", ")
		}
		if got := states(); got != "Давній ready, Змінений changed" {
			t.Fatalf("%s", got)
		}
		if out := x.does("template", "renew", "Змінений", "--show"); !strings.Contains(out, "+ Комерційна пропозиція") || !strings.Contains(out, "- Договір поставки") {
			t.Errorf("%s", out)
		}
		if out := x.does("template", "renew"); out != "Давній\n" {
			t.Errorf("renewed: %q", out)
		}
		x.does("template", "save", "Давній", "-o", file)
		if got, err := os.ReadFile(file); err != nil || !bytes.Equal(got, now) {
			t.Errorf("it is not what is shipped: %v", err)
		}
		if got := states(); got != "Змінений changed" {
			t.Errorf("%s", got)
		}
		x.does("template", "renew", "Змінений", "--keep")
		if got := states(); got != "" {
			t.Errorf("%s", got)
		}
		x.does("template", "back", "Давній", "--template-version", "1")
		x.does("template", "save", "Давній", "-o", file)
		if got, err := os.ReadFile(file); err != nil || !bytes.Equal(got, contract) {
			t.Errorf("not taken back: %v", err)
		}
	})
}
