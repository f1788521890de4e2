package theme_test

import (
	"bytes"
	"image"
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ugoda/ui/theme"
)

func draw(t *testing.T, th fyne.Theme, text string, style fyne.TextStyle) []byte {
	t.Helper()
	x := canvas.NewText(text, color.Black)
	x.TextSize = 24
	x.TextStyle = style
	img := software.Render(x, th)
	nrgba, ok := img.(*image.NRGBA)
	if !ok {
		t.Fatalf("rendered into %T", img)
	}
	return nrgba.Pix
}

// Fyne's own font draws the Ukrainian «і» like the Turkish dotless «ı».
func TestLetterKeepsItsDot(t *testing.T) {
	test.NewTempApp(t)
	th := theme.New(theme.Light, 100)
	for name, style := range map[string]fyne.TextStyle{
		"regular": {}, "bold": {Bold: true}, "italic": {Italic: true}, "bold italic": {Bold: true, Italic: true},
	} {
		if bytes.Equal(draw(t, th, "Дніпро", style), draw(t, th, "Днıпро", style)) {
			t.Errorf("%s: «і» and «ı» look alike", name)
		}
		if bytes.Equal(draw(t, th, "їжак", style), draw(t, th, "ıжак", style)) {
			t.Errorf("%s: «ї» and «ı» look alike", name)
		}
	}
}

// Amounts under each other must line up digit by digit.
func TestDigitsAreAsWideAsEachOther(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Light, 100))
	for _, style := range []fyne.TextStyle{{}, {Bold: true}} {
		want := fyne.MeasureText("0000000000", 13, style).Width
		for d := '1'; d <= '9'; d++ {
			s := string(bytes.Repeat([]byte{byte(d)}, 10))
			if got := fyne.MeasureText(s, 13, style).Width; got != want {
				t.Errorf("%s is %v wide, zeros are %v (%+v)", s, got, want, style)
			}
		}
	}
}

func luminance(c color.NRGBA) float64 {
	part := func(v uint8) float64 {
		x := float64(v) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*part(c.R) + 0.7152*part(c.G) + 0.0722*part(c.B)
}

// The contrast ratio of WCAG 2.2, 1.4.3.
func contrast(a, b color.NRGBA) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestTextIsReadable(t *testing.T) {
	app := test.NewTempApp(t)
	for _, mode := range []theme.Mode{theme.Light, theme.Dark} {
		app.Settings().SetTheme(theme.New(mode, 100))
		see := func(text, on fyne.ThemeColorName, least float64) {
			if r := contrast(theme.Color(text), theme.Color(on)); r < least {
				t.Errorf("%s: %s on %s has contrast %.2f, not %.1f", mode, text, on, r, least)
			}
		}
		for _, tone := range theme.Tones() {
			for _, surface := range theme.Surfaces() {
				see(tone, surface, 4.5)
			}
			see(tone, theme.PillFill(tone), 4.5)
			see(tone, fynetheme.ColorNameMenuBackground, 4.5)
			see(tone, fynetheme.ColorNameOverlayBackground, 4.5)
		}
		for _, name := range []fyne.ThemeColorName{fynetheme.ColorNamePlaceHolder, fynetheme.ColorNameDisabled, fynetheme.ColorNameError} {
			see(name, theme.Surface, 4.5)
			see(name, theme.Background, 4.5)
		}
		see(fynetheme.ColorNameForeground, fynetheme.ColorNameButton, 4.5)
		see(fynetheme.ColorNameForegroundOnPrimary, fynetheme.ColorNamePrimary, 4.5)
		see(fynetheme.ColorNameForegroundOnError, fynetheme.ColorNameError, 4.5)
		see(fynetheme.ColorNameForegroundOnWarning, fynetheme.ColorNameWarning, 4.5)
		see(fynetheme.ColorNameForegroundOnSuccess, fynetheme.ColorNameSuccess, 4.5)
		see(theme.TipText, theme.Tip, 4.5)
		// What is not text needs 3 (WCAG 1.4.11).
		see(theme.Ring, theme.Surface, 3)
		see(theme.Ring, theme.Background, 3)
		see(theme.Ring, theme.Selected, 3)
	}
}

func TestModeIsForcedOrFollowsTheDesktop(t *testing.T) {
	for _, c := range []struct {
		mode    theme.Mode
		variant fyne.ThemeVariant
		dark    bool
	}{
		{theme.System, fynetheme.VariantDark, true},
		{theme.System, fynetheme.VariantLight, false},
		{theme.Light, fynetheme.VariantDark, false},
		{theme.Dark, fynetheme.VariantLight, true},
		{"nonsense", fynetheme.VariantDark, true},
	} {
		bg := theme.New(c.mode, 100).Color(theme.Background, c.variant).(color.NRGBA)
		if dark := luminance(bg) < 0.2; dark != c.dark {
			t.Errorf("mode %q on variant %d: dark is %v", c.mode, c.variant, dark)
		}
	}
}

func TestEntryButtonAndLabelAreAsHighAsARow(t *testing.T) {
	app := test.NewTempApp(t)
	for _, zoom := range []int{70, 100, 150, 200} {
		app.Settings().SetTheme(theme.New(theme.Light, zoom))
		row := theme.Row()
		for name, o := range map[string]fyne.CanvasObject{
			"entry": widget.NewEntry(), "button": widget.NewButton("Створити", nil), "label": widget.NewLabel("Клієнт"),
		} {
			if h := o.MinSize().Height; math.Abs(float64(h-row)) > 1.5 {
				t.Errorf("zoom %d: %s is %.1f high, a row %.1f", zoom, name, h, row)
			}
		}
		if want := 26 * float64(zoom) / 100; math.Abs(float64(row)-want) > 0.01 {
			t.Errorf("zoom %d: row is %.1f high", zoom, row)
		}
	}
}

func TestZoomStaysInRange(t *testing.T) {
	for give, want := range map[int]int{0: 100, 10: theme.ZoomMin, 130: 130, 900: theme.ZoomMax} {
		if got := theme.New(theme.System, give).Zoom(); got != want {
			t.Errorf("zoom %d became %d, not %d", give, got, want)
		}
	}
}

func TestColourByItsNumber(t *testing.T) {
	got := theme.New(theme.Light, 100).Color("#4a90d9", fynetheme.VariantLight)
	if got != (color.NRGBA{R: 0x4a, G: 0x90, B: 0xd9, A: 0xff}) {
		t.Errorf("got %v", got)
	}
}
