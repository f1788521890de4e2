package layout

import (
	"strings"

	"ugoda/printing/font"
)

// metrics are the height of a line and the width of letters of a font that is
// not there, against Noto Sans that stands in for it.
type metrics struct {
	ascent, descent, gap float64 // em, as the font's own tables have them
	scale                float64 // of the size, so that letters come out about as wide
}

// known are fonts that letters are written in. Heights are those of hhea and
// OS/2 of the fonts themselves; scales are the ratio of the average width of
// letters in Ukrainian and English business text to that of Noto Sans.
var known = map[string]metrics{
	"calibri":              {0.750, 0.250, 0.2207, 0.875},
	"carlito":              {0.750, 0.250, 0.2207, 0.875},
	"calibri light":        {0.750, 0.250, 0.2207, 0.875},
	"aptos":                {0.939, 0.282, 0, 0.94},
	"aptos display":        {0.939, 0.282, 0, 0.92},
	"arial":                {0.905, 0.212, 0.033, 0.936},
	"helvetica":            {0.905, 0.212, 0.033, 0.936},
	"liberation sans":      {0.905, 0.212, 0.033, 0.936},
	"arial narrow":         {0.905, 0.212, 0.033, 0.78},
	"times new roman":      {0.891, 0.216, 0.042, 0.857},
	"times":                {0.891, 0.216, 0.042, 0.857},
	"liberation serif":     {0.891, 0.216, 0.042, 0.857},
	"cambria":              {0.950, 0.222, 0, 0.92},
	"georgia":              {0.917, 0.219, 0, 0.95},
	"garamond":             {0.862, 0.263, 0, 0.82},
	"book antiqua":         {0.923, 0.283, 0, 0.93},
	"verdana":              {1.005, 0.210, 0, 1.074},
	"tahoma":               {1.000, 0.207, 0, 0.95},
	"segoe ui":             {1.079, 0.251, 0, 0.96},
	"trebuchet ms":         {0.939, 0.222, 0, 0.95},
	"century gothic":       {1.006, 0.220, 0, 1.00},
	"franklin gothic":      {0.900, 0.232, 0, 0.92},
	"courier new":          {0.833, 0.300, 0, 1.05},
	"consolas":             {0.743, 0.257, 0.172, 0.96},
	"open sans":            {1.069, 0.293, 0, 1},
	"roboto":               {0.928, 0.244, 0, 0.95},
	"symbol":               {0.905, 0.212, 0.033, 0.936},
	"wingdings":            {0.898, 0.211, 0, 0.945},
	"liberation mono":      {0.833, 0.300, 0, 1.05},
	"dejavu sans":          {0.928, 0.236, 0, 1.074},
	"microsoft sans serif": {0.922, 0.210, 0, 0.95},
}

// fontCache finds the face for a name and style.
type fontCache struct {
	faces map[fontKey]*chosen
}

type fontKey struct {
	name         string
	bold, italic bool
}

// chosen is a face with the measures of the font that it stands for.
type chosen struct {
	face *font.Face
	metrics
}

// faceOf gives the face of a run.
func (d *document) faceOf(r *run) *chosen {
	key := fontKey{r.font, r.bold, r.italic}
	if c := d.fonts.faces[key]; c != nil {
		return c
	}
	c := d.findFont(key)
	if d.fonts.faces == nil {
		d.fonts.faces = map[fontKey]*chosen{}
	}
	d.fonts.faces[key] = c
	return c
}

func (d *document) findFont(key fontKey) *chosen {
	if f := font.Find(d.opts.FontDirs, key.name, key.bold, key.italic); f != nil {
		return &chosen{f, metrics{f.Ascent, f.Descent, f.Gap, 1}}
	}
	f := font.Embedded(key.bold, key.italic)
	m, ok := known[strings.ToLower(key.name)]
	if !ok {
		m = metrics{f.Ascent, f.Descent, f.Gap, 1}
	}
	if symbolFonts[strings.ToLower(key.name)] == nil && !strings.EqualFold(key.name, embeddedFamily) {
		d.replaced[key.name] = true
	}
	return &chosen{f, m}
}
