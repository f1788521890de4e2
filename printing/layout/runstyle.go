package layout

import (
	"strconv"
	"strings"
)

// twip is a twentieth of a point, in points; emu a 12700th.
const (
	twip = 1.0 / 20
	emu  = 1.0 / 12700
)

type rgb struct{ r, g, b uint8 }

// run is how characters look, everything resolved.
type run struct {
	font      string  // the name that the document asks for
	size      float64 // points
	bold      bool
	italic    bool
	caps      bool
	smallCaps bool
	hidden    bool
	strike    bool
	underline string // w:u value, empty: none
	lineColor *rgb   // of the underline
	color     *rgb   // nil: automatic
	back      *rgb   // highlight or shading
	script    int    // 1 superscript, -1 subscript
	raise     float64
	spacing   float64 // between characters, points
	stretch   float64 // horizontal scale, 1 = none
}

// runSwitches are the properties of a run that are on or off.
var runSwitches = map[string]func(*run) *bool{
	"w:b":         func(r *run) *bool { return &r.bold },
	"w:i":         func(r *run) *bool { return &r.italic },
	"w:caps":      func(r *run) *bool { return &r.caps },
	"w:smallCaps": func(r *run) *bool { return &r.smallCaps },
	"w:vanish":    func(r *run) *bool { return &r.hidden },
	"w:strike":    func(r *run) *bool { return &r.strike },
	"w:dstrike":   func(r *run) *bool { return &r.strike },
}

// turn turns the property that an element names on or off.
func turn[T any](k *node, switches map[string]func(*T) *bool, of *T) {
	if at := switches[k.name]; at != nil {
		*at(of) = k.on()
	}
}

// applyRun lays the properties of a w:rPr over a run.
func (d *document) applyRun(n *node, r *run) {
	if n == nil {
		return
	}
	for _, k := range n.kids {
		switch k.name {
		case "w:rFonts":
			d.applyFont(k, r)
		case "w:sz":
			if v := k.int("w:val"); v > 0 {
				r.size = min(float64(v)/2, 1638)
			}
		case "w:u":
			if r.underline = k.val(); r.underline == "none" {
				r.underline = ""
			}
			r.lineColor = d.color(k, "w:color", "w:themeColor")
		case "w:color":
			r.color = d.color(k, "w:val", "w:themeColor")
		case "w:highlight":
			r.back = highlights[k.val()]
		case "w:shd":
			if c := d.shading(k); c != nil {
				r.back = c
			}
		case "w:vertAlign":
			switch k.val() {
			case "superscript":
				r.script = 1
			case "subscript":
				r.script = -1
			default:
				r.script = 0
			}
		case "w:position":
			r.raise = float64(k.int("w:val")) / 2
		case "w:spacing":
			r.spacing = clampF(float64(k.int("w:val"))*twip, -50, 200)
		case "w:w":
			if v := number(strings.TrimSuffix(k.val(), "%")); v > 0 {
				r.stretch = clampF(float64(v)/100, 0.1, 6)
			}
		default:
			turn(k, runSwitches, r)
		}
	}
}

func clampF(v, low, high float64) float64 { return max(low, min(v, high)) }

func (d *document) applyFont(k *node, r *run) {
	for _, a := range []string{"hAnsi", "ascii"} {
		if theme := k.attr("w:" + a + "Theme"); theme != "" {
			if name := d.themeFont(theme); name != "" {
				r.font = name
				return
			}
		}
		if name := k.attr("w:" + a); name != "" {
			r.font = name
			return
		}
	}
}

func (d *document) themeFont(theme string) string {
	which := "a:minorFont"
	if strings.HasPrefix(theme, "major") {
		which = "a:majorFont"
	}
	return d.theme.path("a:themeElements", "a:fontScheme", which, "a:latin").attr("typeface")
}

// applyCharacterStyle applies a character style: where style and paragraph style both
// say bold, Word says not bold.
func (d *document) applyCharacterStyle(chain []*style, r *run) {
	before := *r
	for _, at := range runSwitches {
		*at(r) = false
	}
	for _, s := range chain {
		d.applyRun(s.run, r)
	}
	for name, at := range runSwitches {
		if name != "w:dstrike" { // the same as w:strike
			*at(r) = *at(r) != *at(&before)
		}
	}
}

var highlights = map[string]*rgb{
	"yellow": {255, 255, 0}, "green": {0, 255, 0}, "cyan": {0, 255, 255}, "magenta": {255, 0, 255},
	"blue": {0, 0, 255}, "red": {255, 0, 0}, "darkBlue": {0, 0, 128}, "darkCyan": {0, 128, 128},
	"darkGreen": {0, 128, 0}, "darkMagenta": {128, 0, 128}, "darkRed": {128, 0, 0}, "darkYellow": {128, 128, 0},
	"darkGray": {128, 128, 128}, "lightGray": {192, 192, 192}, "black": {0, 0, 0}, "white": {255, 255, 255},
}

// hexColor reads RRGGBB.
func hexColor(s string) *rgb {
	s = strings.TrimPrefix(s, "#")
	if len(s) != 6 {
		return nil
	}
	v, err := strconv.ParseUint(s, 16, 32)
	if err != nil {
		return nil
	}
	return &rgb{uint8(v >> 16), uint8(v >> 8), uint8(v)}
}

// color reads a colour of Word: by number or by the theme; nil is automatic.
func (d *document) color(k *node, value, theme string) *rgb {
	if name := k.attr(theme); name != "" && name != "none" {
		if c := d.themeColor(name); c != nil {
			if t := k.attr(theme + "Tint"); t != "" {
				c = tint(c, t, true)
			}
			if t := k.attr(theme + "Shade"); t != "" {
				c = tint(c, t, false)
			}
			return c
		}
	}
	return hexColor(k.attr(value))
}

func tint(c *rgb, amount string, light bool) *rgb {
	v, err := strconv.ParseUint(amount, 16, 8)
	if err != nil {
		return c
	}
	f := float64(v) / 255
	mix := func(x uint8) uint8 {
		if light {
			return uint8(255 - (255-float64(x))*f + 0.5)
		}
		return uint8(float64(x)*f + 0.5)
	}
	return &rgb{mix(c.r), mix(c.g), mix(c.b)}
}

var themeNames = map[string]string{
	"text1": "dk1", "dark1": "dk1", "tx1": "dk1", "background1": "lt1", "light1": "lt1", "bg1": "lt1",
	"text2": "dk2", "dark2": "dk2", "tx2": "dk2", "background2": "lt2", "light2": "lt2", "bg2": "lt2",
	"hyperlink": "hlink", "followedHyperlink": "folHlink",
}

func (d *document) themeColor(name string) *rgb {
	if n, ok := themeNames[name]; ok {
		name = n
	}
	k := d.theme.path("a:themeElements", "a:clrScheme", "a:"+name)
	if v := k.child("a:srgbClr").attr("val"); v != "" {
		return hexColor(v)
	}
	return hexColor(k.child("a:sysClr").attr("lastClr"))
}

// shading is the background of a run, a paragraph or a cell. Patterns are
// mixed into one colour, as a printer would see them from afar.
func (d *document) shading(k *node) *rgb {
	if k == nil {
		return nil
	}
	fill := d.color(k, "w:fill", "w:themeFill")
	pattern := k.val()
	share, ok := 0.0, false
	if pattern == "solid" {
		share, ok = 1, true
	} else if p, found := strings.CutPrefix(pattern, "pct"); found {
		share, ok = float64(number(p))/100, true
	}
	if !ok {
		return fill
	}
	front := d.color(k, "w:color", "w:themeColor")
	if front == nil {
		front = &rgb{}
	}
	if fill == nil {
		fill = &rgb{255, 255, 255}
	}
	mix := func(a, b uint8) uint8 { return uint8(float64(a)*share + float64(b)*(1-share) + 0.5) }
	return &rgb{mix(front.r, fill.r), mix(front.g, fill.g), mix(front.b, fill.b)}
}
