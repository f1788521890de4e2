package journey

import (
	"bytes"
	"image"
)

// Changed counts the pixels in which two pictures differ; all of them when
// their sizes do.
func Changed(a, b image.Image) int {
	if a.Bounds() != b.Bounds() {
		return b.Bounds().Dx() * b.Bounds().Dy()
	}
	if p, ok := a.(*image.NRGBA); ok {
		if q, ok := b.(*image.NRGBA); ok && bytes.Equal(p.Pix, q.Pix) {
			return 0
		}
	}
	n := 0
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			r1, g1, b1, _ := a.At(x, y).RGBA()
			r2, g2, b2, _ := b.At(x, y).RGBA()
			if r1 != r2 || g1 != g2 || b1 != b2 {
				n++
			}
		}
	}
	return n
}

// Colours counts the colours of a part of a picture, up to a limit: an empty
// window has one or two.
func Colours(p image.Image, part image.Rectangle, limit int) int {
	seen := map[[3]uint32]bool{}
	part = part.Intersect(p.Bounds())
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			r, g, b, _ := p.At(x, y).RGBA()
			seen[[3]uint32{r, g, b}] = true
			if len(seen) == limit {
				return limit
			}
		}
	}
	return len(seen)
}
