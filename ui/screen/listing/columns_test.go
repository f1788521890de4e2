package listing

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/records"
	"ugoda/ui/theme"
)

// gridAt1280 is the width of a list in a window of 1280 beside the open
// sidebar, less the scroll bar.
const gridAt1280 = 1280 - 236 - 11

// The columns that a list begins with fit a window of 1280, with whole heads,
// in both languages.
func TestColumnsFit(t *testing.T) {
	app := test.NewTempApp(t)
	theme.Apply(app, theme.Light, 100)
	reg := records.New()
	for _, lang := range locale.Languages {
		words := locale.New(lang)
		for _, k := range reg.Kinds() {
			var least float32
			for _, c := range gridColumns(words, resolve(reg, k, model.RoleAdmin, words, ordinary(k)), nil) {
				least += c.Least
				if want := heading(c.Title); want > longestHeading {
					t.Errorf("%s, %s: the head %q wants %.0f of %d", lang, k.Name, c.Title, want, longestHeading)
				}
				if c.Least > c.Width {
					t.Errorf("%s, %s: %q begins at %.0f and may not be less than %.0f", lang, k.Name, c.Title, c.Width, c.Least)
				}
			}
			if least > gridAt1280 {
				t.Errorf("%s: the columns of %s want %.0f, and there are %d", lang, k.Name, least, gridAt1280)
			}
		}
	}
}
