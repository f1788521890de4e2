package theme

import (
	"image/color"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// What colours mean. A tone colours text, a dot, a bar, or a pill; each is
// readable on every surface below, in both looks.
const (
	Foreground = fynetheme.ColorNameForeground
	Muted      = fyne.ThemeColorName("ugodaMuted")  // less important, a placeholder, done
	Red        = fyne.ThemeColorName("ugodaRed")    // overdue, lost, refused
	Amber      = fyne.ThemeColorName("ugodaAmber")  // due, waiting, past the expected days
	Green      = fyne.ThemeColorName("ugodaGreen")  // won, paid, done well
	Blue       = fyne.ThemeColorName("ugodaBlue")   // open, in work
	Violet     = fyne.ThemeColorName("ugodaViolet") // on hold, special
	Link       = fynetheme.ColorNameHyperlink       // opens a record
)

// Surfaces.
const (
	Background   = fynetheme.ColorNameBackground       // the window
	Surface      = fynetheme.ColorNameInputBackground  // lists, entries, cards
	Header       = fynetheme.ColorNameHeaderBackground // heads of columns, toolbars
	Stripe       = fyne.ThemeColorName("ugodaStripe")  // every second row
	Hover        = fyne.ThemeColorName("ugodaHover")   // the row under the pointer
	Selected     = fyne.ThemeColorName("ugodaSelected")
	SelectedIdle = fyne.ThemeColorName("ugodaSelectedIdle") // selected, while the keyboard is elsewhere
	GroupRow     = fyne.ThemeColorName("ugodaGroupRow")
	Tip          = fyne.ThemeColorName("ugodaTip")     // behind a tooltip
	TipText      = fyne.ThemeColorName("ugodaTipText") // of a tooltip
	Line         = fynetheme.ColorNameSeparator        // between rows and columns
	Border       = fynetheme.ColorNameInputBorder      // around entries
	Ring         = fyne.ThemeColorName("ugodaRing")    // around what has the keyboard
	Track        = fyne.ThemeColorName("ugodaTrack")   // the empty part of a bar
	Caution      = fyne.ThemeColorName("ugodaCaution") // behind a field with a problem
)

// Tones are the colours that text may have.
func Tones() []fyne.ThemeColorName {
	return []fyne.ThemeColorName{Foreground, Muted, Red, Amber, Green, Blue, Violet, Link}
}

// Surfaces are the colours that rows of text lie on.
func Surfaces() []fyne.ThemeColorName {
	return []fyne.ThemeColorName{Background, Surface, Header, Stripe, Hover, Selected, SelectedIdle, GroupRow, Caution}
}

// PillFill is the surface of a pill whose text has the tone.
func PillFill(tone fyne.ThemeColorName) fyne.ThemeColorName {
	switch tone {
	case Red, Amber, Green, Blue, Violet:
		return "ugodaPill" + tone[len("ugoda"):]
	case Link:
		return "ugodaPillBlue"
	}
	return "ugodaPillGrey"
}

// Fill is the colour of an area without text that means the tone: a bar, a
// mark, a dot. It is livelier than the text's, which must be readable.
func Fill(tone fyne.ThemeColorName) fyne.ThemeColorName {
	switch tone {
	case Red, Amber, Green, Blue, Violet:
		return "ugodaFill" + tone[len("ugoda"):]
	case Muted:
		return "ugodaFillGrey"
	}
	return tone
}

type pair struct{ light, dark uint32 }

var palette = map[fyne.ThemeColorName]pair{
	Background:                             {0xf3f4f7, 0x1c1f24},
	fynetheme.ColorNameOverlayBackground:   {0xf8f9fb, 0x23272d},
	fynetheme.ColorNameMenuBackground:      {0xffffff, 0x272b32},
	Surface:                                {0xffffff, 0x21252b},
	Header:                                 {0xe9ecf1, 0x2a2f36},
	Foreground:                             {0x1a1f26, 0xe6e9ed},
	Muted:                                  {0x545d69, 0xb0b8c3},
	fynetheme.ColorNamePlaceHolder:         {0x646d79, 0x98a1ad},
	fynetheme.ColorNameDisabled:            {0x646d79, 0x98a1ad},
	Red:                                    {0xa8160f, 0xff9d94},
	Amber:                                  {0x7a4a00, 0xf3bd57},
	Green:                                  {0x14622f, 0x78d69c},
	Blue:                                   {0x1a4f9c, 0x8fbcff},
	Violet:                                 {0x5b3aa6, 0xc6b0ff},
	Link:                                   {0x154da3, 0x8ab8ff},
	fynetheme.ColorNameError:               {0xb3201a, 0xff9d94},
	fynetheme.ColorNameForegroundOnError:   {0xffffff, 0x1c1f24},
	fynetheme.ColorNameWarning:             {0x8a5300, 0xf3bd57},
	fynetheme.ColorNameForegroundOnWarning: {0xffffff, 0x1c1f24},
	fynetheme.ColorNameSuccess:             {0x1a7340, 0x78d69c},
	fynetheme.ColorNameForegroundOnSuccess: {0xffffff, 0x1c1f24},
	fynetheme.ColorNamePrimary:             {0x1f5fbf, 0x7fb0f7},
	fynetheme.ColorNameForegroundOnPrimary: {0xffffff, 0x14171b},
	fynetheme.ColorNameButton:              {0xe2e6ec, 0x343a43},
	fynetheme.ColorNameDisabledButton:      {0xebedf1, 0x2a2f36},
	Line:                                   {0xdde1e7, 0x343a43},
	Border:                                 {0xb9c0ca, 0x525a66},
	Stripe:                                 {0xf8f9fb, 0x252930},
	Hover:                                  {0xeef3fa, 0x2b313a},
	Selected:                               {0xd3e3fb, 0x2b4468},
	SelectedIdle:                           {0xe2e6ec, 0x363c46},
	GroupRow:                               {0xeceff4, 0x2b3038},
	Tip:                                    {0x2b3038, 0xe6e9ed},
	TipText:                                {0xffffff, 0x1a1f26},
	Ring:                                   {0x1f5fbf, 0x7fb0f7},
	Track:                                  {0xd5dae2, 0x3f4651},
	Caution:                                {0xfdf0ef, 0x3a2526},
	"ugodaFillGrey":                        {0x8b95a3, 0x8b95a3},
	"ugodaFillRed":                         {0xd8453b, 0xe8695f},
	"ugodaFillAmber":                       {0xd98e04, 0xe3a535},
	"ugodaFillGreen":                       {0x2f9a58, 0x46b576},
	"ugodaFillBlue":                        {0x3a7bd9, 0x5b96ea},
	"ugodaFillViolet":                      {0x8463d4, 0x9a7ff0},
	"ugodaPillGrey":                        {0xe4e8ee, 0x3a414b},
	"ugodaPillRed":                         {0xfbe0dd, 0x57272a},
	"ugodaPillAmber":                       {0xfbecc4, 0x4d3a12},
	"ugodaPillGreen":                       {0xd8f1e1, 0x1d4430},
	"ugodaPillBlue":                        {0xdbe8fb, 0x223f6b},
	"ugodaPillViolet":                      {0xeae2fb, 0x41336b},
}

// Half-transparent colours, with alpha first.
var veils = map[fyne.ThemeColorName]pair{
	fynetheme.ColorNameHover:               {0x141f5fbf, 0x1e8fbcff},
	fynetheme.ColorNamePressed:             {0x261f5fbf, 0x338fbcff},
	fynetheme.ColorNameFocus:               {0x381f5fbf, 0x4d8fbcff},
	fynetheme.ColorNameSelection:           {0x591f5fbf, 0x668fbcff},
	fynetheme.ColorNameScrollBar:           {0x80515b68, 0x8cc3cad4},
	fynetheme.ColorNameScrollBarBackground: {0x14515b68, 0x14c3cad4},
	fynetheme.ColorNameShadow:              {0x33000000, 0x73000000},
}

func paint(name fyne.ThemeColorName, dark bool) (color.NRGBA, bool) {
	if p, ok := palette[name]; ok {
		if dark {
			return opaque(p.dark), true
		}
		return opaque(p.light), true
	}
	if p, ok := veils[name]; ok {
		v := p.light
		if dark {
			v = p.dark
		}
		c := opaque(v)
		c.A = uint8(v >> 24)
		return c, true
	}
	if len(name) == 7 && name[0] == '#' {
		if v, err := strconv.ParseUint(string(name[1:]), 16, 32); err == nil {
			return opaque(uint32(v)), true
		}
	}
	return color.NRGBA{}, false
}

func opaque(v uint32) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 0xff}
}

// IsDark reports that the window is drawn dark just now.
func IsDark() bool {
	s := fyne.CurrentApp().Settings()
	if ours, ok := s.Theme().(*Theme); ok {
		return ours.dark(s.ThemeVariant())
	}
	return s.ThemeVariant() == fynetheme.VariantDark
}

// Color looks a colour up for the look in use. The empty name is the
// foreground. Names of this package have their colours under any theme.
func Color(name fyne.ThemeColorName) color.NRGBA {
	if name == "" {
		name = Foreground
	}
	s := fyne.CurrentApp().Settings()
	if _, ours := s.Theme().(*Theme); ours || own(name) {
		if c, ok := paint(name, IsDark()); ok {
			return c
		}
	}
	if c := s.Theme().Color(name, s.ThemeVariant()); c != nil {
		return color.NRGBAModel.Convert(c).(color.NRGBA)
	}
	return color.NRGBA{}
}

// own tells the names that no other theme knows.
func own(name fyne.ThemeColorName) bool {
	return strings.HasPrefix(string(name), "ugoda") || strings.HasPrefix(string(name), "#")
}
