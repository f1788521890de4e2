package font

import (
	"slices"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// Move, Line and Quad are the steps of an outline; Cube only fonts with
// PostScript outlines have.
const (
	Move = sfnt.SegmentOpMoveTo
	Line = sfnt.SegmentOpLineTo
	Quad = sfnt.SegmentOpQuadTo
	Cube = sfnt.SegmentOpCubeTo
)

// Step is one step of an outline: its kind and up to three points, in em, the
// y axis downwards from the base line.
type Step struct {
	Kind sfnt.SegmentOp
	P    [3][2]float32
}

// Outline is the shape of a character; nil when the font lacks it, or it is
// blank. It must not be changed.
func (f *Face) Outline(r rune) []Step {
	if o, ok := f.outlines.Load(r); ok {
		return o.([]Step)
	}
	o := f.outline(r)
	f.outlines.Store(r, o)
	return o
}

func (f *Face) outline(r rune) []Step {
	f.mu.Lock()
	defer f.mu.Unlock()
	g, err := f.sfnt.GlyphIndex(&f.buf, r)
	if err != nil || g == 0 {
		return nil
	}
	segments, err := f.sfnt.LoadGlyph(&f.buf, g, fixed.I(1000), nil)
	if err != nil || len(segments) == 0 {
		return nil
	}
	out := make([]Step, 0, len(segments))
	for _, s := range segments {
		step := Step{Kind: s.Op}
		for i, p := range s.Args {
			step.P[i] = [2]float32{float32(em(p.X)), float32(em(p.Y))}
		}
		out = append(out, step)
	}
	return slices.Clip(out)
}
