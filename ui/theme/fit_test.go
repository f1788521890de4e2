package theme_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"ugoda/ui/theme"
)

func TestFitCutsAtTheWidth(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Light, 100))
	const name = "Товариство з обмеженою відповідальністю «Карпати-Буд»"
	full := fyne.MeasureText(name, 13, fyne.TextStyle{}).Width
	if got, cut := theme.Fit(name, full+4, 13, fyne.TextStyle{}); cut || got != name {
		t.Errorf("cut although it fits: %q", got)
	}
	got, cut := theme.Fit(name, 120, 13, fyne.TextStyle{})
	if !cut || !strings.HasSuffix(got, "…") || !strings.HasPrefix(name, strings.TrimSuffix(got, "…")) {
		t.Errorf("cut into %q", got)
	}
	if w := fyne.MeasureText(got, 13, fyne.TextStyle{}).Width; w > 121 || w < 95 {
		t.Errorf("%q is %.1f wide, asked for 120", got, w)
	}
	if got, cut := theme.Fit(name, 3, 13, fyne.TextStyle{}); got != "" || !cut {
		t.Errorf("in 3 px: %q", got)
	}
	if got, _ := theme.Fit("перший\nдругий", 500, 13, fyne.TextStyle{}); got != "перший…" {
		t.Errorf("two lines became %q", got)
	}
}

func TestWrapKeepsEveryWord(t *testing.T) {
	test.NewTempApp(t)
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[а-яіїє]{1,12}( [а-яіїє]{1,30}){0,8}`).Draw(t, "text")
		width := rapid.Float32Range(30, 300).Draw(t, "width")
		lines := theme.Wrap(text, width, 13, fyne.TextStyle{})
		if got := strings.ReplaceAll(strings.Join(lines, ""), " ", ""); got != strings.ReplaceAll(text, " ", "") {
			t.Fatalf("%q became %q", text, lines)
		}
		for _, l := range lines {
			if w := theme.Width(l, 13, fyne.TextStyle{}); w > width && len([]rune(l)) > 1 {
				t.Fatalf("%q is %.1f wide, not %.1f", l, w, width)
			}
		}
	})
}
