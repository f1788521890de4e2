package theme

import (
	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// Sizes beyond Fyne's, in Fyne's device-independent pixels at zoom 100.
const (
	SizeNameRow     fyne.ThemeSizeName = "ugodaRow"     // height of a row of a list, of an entry, of a button
	SizeNameCaption fyne.ThemeSizeName = "ugodaCaption" // text of a tile's caption, of a problem beside its field
	SizeNameFigure  fyne.ThemeSizeName = "ugodaFigure"  // text of a tile's number
)

// A line of 13 px Noto Sans is 18 px high: with 4 px of inner padding above and
// below, entries, buttons and labels are all as high as a row.
var sizes = map[fyne.ThemeSizeName]float32{
	fynetheme.SizeNameText:               13,
	fynetheme.SizeNameCaptionText:        11,
	fynetheme.SizeNameSubHeadingText:     15,
	fynetheme.SizeNameHeadingText:        19,
	fynetheme.SizeNamePadding:            3,
	fynetheme.SizeNameInnerPadding:       4,
	fynetheme.SizeNameLineSpacing:        3,
	fynetheme.SizeNameInlineIcon:         16,
	fynetheme.SizeNameScrollBar:          11,
	fynetheme.SizeNameScrollBarSmall:     4,
	fynetheme.SizeNameScrollBarRadius:    3,
	fynetheme.SizeNameInputRadius:        3,
	fynetheme.SizeNameButtonRadius:       3,
	fynetheme.SizeNameSelectionRadius:    2,
	fynetheme.SizeNamePopupRadius:        4,
	fynetheme.SizeNameMenuRadius:         4,
	fynetheme.SizeNameCardRadius:         5,
	fynetheme.SizeNameDialogRadius:       5,
	fynetheme.SizeNameInputBorder:        1,
	fynetheme.SizeNameSeparatorThickness: 1,
	fynetheme.SizeNameSplitThickness:     4,
	SizeNameRow:                          26,
	SizeNameCaption:                      11,
	SizeNameFigure:                       22,
}

// Size looks a size up in the theme in use; in a theme that is not ours, its
// own size or, for this package's names, the size at zoom 100.
func Size(name fyne.ThemeSizeName) float32 {
	th := fyne.CurrentApp().Settings().Theme()
	if ours, ok := th.(*Theme); ok {
		return ours.Size(name)
	}
	switch name {
	case SizeNameRow, SizeNameCaption, SizeNameFigure:
		return sizes[name]
	}
	return th.Size(name)
}

// Row is the height of a row of a list.
func Row() float32 { return Size(SizeNameRow) }

// Text is the size of ordinary text.
func Text() float32 { return Size(fynetheme.SizeNameText) }

// Caption is the size of small text.
func Caption() float32 { return Size(SizeNameCaption) }

// Padding is the space between neighbours.
func Padding() float32 { return Size(fynetheme.SizeNamePadding) }

// Inner is the space between a widget's edge and its text.
func Inner() float32 { return Size(fynetheme.SizeNameInnerPadding) }

// Scaled brings a length drawn for zoom 100 to the zoom in use.
func Scaled(length float32) float32 { return length * Size(SizeNameRow) / sizes[SizeNameRow] }
