package act

import (
	"context"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"ugoda/ui/screen"
)

// CanPrint reports whether records of a kind can be printed.
func CanPrint(h screen.Host, kind string) bool {
	k := h.Session().Registry().Kind(kind)
	return k != nil && len(k.Prints) > 0 && h.Services().Print != nil && h.Services().Printed != nil
}

// printFormats are the formats that a printed record is offered in.
var printFormats = []string{"pdf", "docx"}

// PrintMenu offers the printed forms of a record, and opens what was printed in
// the program that the system has for it.
func PrintMenu(ctx context.Context, h screen.Host, kind string, id int64, at fyne.Position) {
	session := h.Session()
	screen.Read(ctx, h, func(ctx context.Context) ([]screen.Form, error) {
		return h.Services().Printed(ctx, session, kind)
	}, func(forms []screen.Form) {
		m := fyne.NewMenu("")
		for _, f := range forms {
			for _, format := range printFormats {
				m.Items = append(m.Items, fyne.NewMenuItem(f.Label+" · "+strings.ToUpper(format), func() { printOne(h, kind, id, f, format) }))
			}
		}
		if len(m.Items) == 0 {
			h.Say(h.Words().T("ui.print.none"))
			return
		}
		h.Menu(m, at)
	})
}

func printOne(h screen.Host, kind string, id int64, f screen.Form, format string) {
	session, print := h.Session(), h.Services().Print
	var path string
	h.Job(f.Label, func(ctx context.Context, _ func(done, total int64)) error {
		dir, err := os.MkdirTemp("", "ugoda-print-")
		if err != nil {
			return err
		}
		path = filepath.Join(dir, "document."+format)
		if err := print(ctx, session, kind, id, f.Name, format, path); err != nil {
			return errors.Join(err, os.RemoveAll(dir))
		}
		return nil
	}, func(err error) {
		if err == nil {
			err = fyne.CurrentApp().OpenURL(&url.URL{Scheme: "file", Path: filepath.ToSlash(path)})
		}
		h.Fail(err)
	})
}
