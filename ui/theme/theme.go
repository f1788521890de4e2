// Package theme is how the window looks: compact, because a person sits in it
// eight hours a day; light and dark, as the desktop has it or as one chose;
// at any zoom; in a font that keeps the dot of «і».
package theme

import (
	"image/color"
	"log/slog"
	"sync"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"ugoda/assets"
)

// Mode chooses between the light and the dark look.
type Mode string

// The looks a person can choose.
const (
	System Mode = "system" // as the desktop has it
	Light  Mode = "light"
	Dark   Mode = "dark"
)

// The zoom in percent: its limits, and the step of "larger" and "smaller".
const (
	ZoomMin  = 70
	ZoomMax  = 200
	ZoomStep = 10
)

// Theme is the look of the window. It is a value: changing the mode or the
// zoom makes a new one, handed to Apply.
type Theme struct {
	mode Mode
	zoom float32
}

var _ fyne.Theme = (*Theme)(nil)

// New makes the look of a mode at a zoom in percent. An unknown mode follows
// the desktop; a zoom out of range goes to the nearest end, and 0 is 100.
func New(mode Mode, zoom int) *Theme {
	if zoom == 0 {
		zoom = 100
	}
	if mode != Light && mode != Dark {
		mode = System
	}
	return &Theme{mode: mode, zoom: float32(min(max(zoom, ZoomMin), ZoomMax)) / 100}
}

// Apply dresses the program; the whole window is drawn anew.
func Apply(app fyne.App, mode Mode, zoom int) { app.Settings().SetTheme(New(mode, zoom)) }

// Mode is the chosen look.
func (t *Theme) Mode() Mode { return t.mode }

// Zoom is in percent.
func (t *Theme) Zoom() int { return int(t.zoom*100 + 0.5) }

func (t *Theme) dark(v fyne.ThemeVariant) bool {
	switch t.mode {
	case Light:
		return false
	case Dark:
		return true
	}
	return v == fynetheme.VariantDark
}

// Color looks a colour up by Fyne's names and by those of this package; a name
// like "#4a90d9" is that very colour.
func (t *Theme) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	dark := t.dark(v)
	if c, ok := paint(name, dark); ok {
		return c
	}
	if dark {
		return fynetheme.DefaultTheme().Color(name, fynetheme.VariantDark)
	}
	return fynetheme.DefaultTheme().Color(name, fynetheme.VariantLight)
}

var (
	regular    = loaded("NotoSans-Regular.ttf", assets.NotoSans)
	bold       = loaded("NotoSans-Bold.ttf", assets.NotoSansBold)
	italic     = loaded("NotoSans-Italic.ttf", assets.NotoSansItalic)
	boldItalic = loaded("NotoSans-BoldItalic.ttf", assets.NotoSansBoldItalic)
)

// loaded makes a face of the window when it is first needed.
func loaded(name string, font []byte) func() fyne.Resource {
	return sync.OnceValue(func() fyne.Resource {
		more, err := withSymbols(font, symbols)
		if err != nil { // a font of ours: a test would have failed
			slog.Error("add symbols to a font", "font", name, "error", err)
			more = font
		}
		return fyne.NewStaticResource(name, more)
	})
}

// Font gives the program's own Noto Sans: the one that Fyne carries draws «і»
// without its dot.
func (t *Theme) Font(s fyne.TextStyle) fyne.Resource {
	switch {
	case s.Monospace, s.Symbol:
		return fynetheme.DefaultTheme().Font(s)
	case s.Bold && s.Italic:
		return boldItalic()
	case s.Bold:
		return bold()
	case s.Italic:
		return italic()
	}
	return regular()
}

// Icon gives Fyne's icons.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource {
	return fynetheme.DefaultTheme().Icon(name)
}

// Size gives the compact sizes times the zoom.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	s, ok := sizes[name]
	if !ok {
		s = fynetheme.DefaultTheme().Size(name)
	}
	if name == fynetheme.SizeNameSeparatorThickness || name == fynetheme.SizeNameInputBorder {
		return s // a hair stays a hair
	}
	return s * t.zoom
}
