package theme

import (
	"unicode/utf8"

	"fyne.io/fyne/v2"
)

type face struct {
	size   float32
	bold   bool
	italic bool
}

// advances remembers how wide each letter is, so that fitting a text takes no
// shaping. It belongs to the UI goroutine.
var advances = map[face]map[rune]float32{}

func advance(f face, r rune) float32 {
	m := advances[f]
	if m == nil {
		if len(advances) > 32 { // zooming about
			clear(advances)
		}
		m = map[rune]float32{}
		advances[f] = m
	}
	w, ok := m[r]
	if !ok {
		w = fyne.MeasureText(string(r), f.size, fyne.TextStyle{Bold: f.bold, Italic: f.italic}).Width
		m[r] = w
	}
	return w
}

// Width estimates how wide a text of the size is: the sum of its letters,
// without kerning. For the UI goroutine.
func Width(text string, size float32, style fyne.TextStyle) float32 {
	f := face{size, style.Bold, style.Italic}
	var w float32
	for _, r := range text {
		w += advance(f, r)
	}
	return w
}

// Fit shortens a text so that it is at most as wide as given, with an ellipsis
// at its end when something was cut; nothing at all when not even that fits.
// Only the first line is kept. For the UI goroutine.
func Fit(text string, width, size float32, style fyne.TextStyle) (fits string, cut bool) {
	f := face{size, style.Bold, style.Italic}
	dots := advance(f, '…')
	var w float32
	keep := 0 // bytes that still leave room for the ellipsis
	for i, r := range text {
		if r == '\n' || r == '\r' {
			return text[:keep] + "…", true
		}
		w += advance(f, r)
		if w > width+0.5 {
			if dots > width {
				return "", true
			}
			for keep > 0 && text[keep-1] == ' ' {
				keep--
			}
			return text[:keep] + "…", true
		}
		if w+dots <= width {
			keep = i + utf8.RuneLen(r)
			if r == utf8.RuneError {
				keep = i + 1
			}
		}
	}
	return text, false
}

// Wrap breaks a text into lines at most as wide as given, at spaces where it
// can. For the UI goroutine.
func Wrap(text string, width, size float32, style fyne.TextStyle) []string {
	f := face{size, style.Bold, style.Italic}
	var lines []string
	start, space, w := 0, -1, float32(0)
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if r == '\n' {
			lines = append(lines, text[start:i])
			i += n
			start, space, w = i, -1, 0
			continue
		}
		if r == ' ' {
			space = i
		}
		w += advance(f, r)
		if w > width && i > start {
			end, next := i, i
			if space > start {
				end, next = space, space+1
			} else if space == i {
				next = i + 1
			}
			lines = append(lines, text[start:end])
			start, space, w, i = next, -1, 0, next
			continue
		}
		i += n
	}
	if start < len(text) {
		lines = append(lines, text[start:])
	}
	return lines
}
