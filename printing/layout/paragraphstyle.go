package layout

import "slices"

// paragraph is how a paragraph looks, everything resolved; points.
type paragraph struct {
	style       string
	align       string // left, center, right, both
	left, right float64
	first       float64 // first line against the others; negative: hanging
	before      float64
	after       float64
	line        float64 // multiple of the font's line, or points when exact or atLeast
	rule        string  // auto, exact, atLeast
	autoBefore  bool
	autoAfter   bool
	contextual  bool
	keepNext    bool
	keepLines   bool
	pageBefore  bool
	widow       bool
	tabs        []tab
	numID       int
	level       int
	back        *rgb
	borders     [5]*border // top, left, bottom, right, between
}

// tab is a tab stop.
type tab struct {
	pos    float64
	align  string // left, center, right, decimal, bar, clear
	leader string // dot, hyphen, underscore, middleDot, heavy, none
}

const (
	edgeTop = iota
	edgeLeft
	edgeBottom
	edgeRight
	edgeBetween
)

// applyParagraph lays a w:pPr over what is there. Numbering that the layer
// names comes in under the layer's own indents.
func (d *document) applyParagraph(n *node, p *paragraph) {
	if n == nil {
		return
	}
	if num := n.child("w:numPr"); num != nil {
		if k := num.child("w:ilvl"); k != nil {
			p.level = max(0, min(k.int("w:val"), 8))
		}
		if k := num.child("w:numId"); k != nil {
			p.numID = k.int("w:val")
		}
		if l := d.level(p.numID, p.level); l != nil && l.paragraph != nil {
			d.applyFormat(l.paragraph, p)
		}
	}
	d.applyFormat(n, p)
}

// paragraphSwitches are the properties of a paragraph that are on or off.
var paragraphSwitches = map[string]func(*paragraph) *bool{
	"w:contextualSpacing": func(p *paragraph) *bool { return &p.contextual },
	"w:keepNext":          func(p *paragraph) *bool { return &p.keepNext },
	"w:keepLines":         func(p *paragraph) *bool { return &p.keepLines },
	"w:pageBreakBefore":   func(p *paragraph) *bool { return &p.pageBefore },
	"w:widowControl":      func(p *paragraph) *bool { return &p.widow },
}

func (d *document) applyFormat(n *node, p *paragraph) {
	for _, k := range n.kids {
		switch k.name {
		case "w:jc":
			p.align = alignment(k.val())
		case "w:ind":
			d.applyIndent(k, p)
		case "w:spacing":
			applySpacing(k, p)
		case "w:tabs":
			applyTabs(k, p)
		case "w:shd":
			p.back = d.shading(k)
		case "w:pBdr":
			for i, name := range []string{"w:top", "w:left", "w:bottom", "w:right", "w:between"} {
				if b := k.child(name); b != nil {
					p.borders[i] = d.border(b)
				}
			}
		case "w:bidi":
			if k.on() {
				d.unsupported("right_to_left")
			}
		default:
			turn(k, paragraphSwitches, p)
		}
	}
}

func alignment(v string) string {
	switch v {
	case "center", "right", "both":
		return v
	case "end":
		return "right"
	case "distribute", "lowKashida", "mediumKashida", "highKashida", "thaiDistribute":
		return "both"
	}
	return "left"
}

func (d *document) applyIndent(k *node, p *paragraph) {
	length := func(names ...string) (float64, bool) {
		for _, name := range names {
			if v, ok := k.lookup(name); ok {
				return clampF(measure(v), -1600, 1600), true
			}
		}
		return 0, false
	}
	if v, ok := length("w:left", "w:start"); ok {
		p.left = v
	}
	if v, ok := length("w:right", "w:end"); ok {
		p.right = v
	}
	if v, ok := length("w:hanging"); ok {
		p.first = -v
	} else if v, ok := length("w:firstLine"); ok {
		p.first = v
	}
}

// measure reads a length: twips, or a number with its unit.
func measure(s string) float64 {
	if len(s) > 2 {
		unit := map[string]float64{"pt": 1, "in": 72, "cm": 72 / 2.54, "mm": 72 / 25.4, "pc": 12, "pi": 12}[s[len(s)-2:]]
		if unit > 0 {
			return decimal(s[:len(s)-2]) * unit
		}
	}
	return float64(number(s)) * twip
}

func applySpacing(k *node, p *paragraph) {
	if v, ok := k.lookup("w:before"); ok {
		p.before = clampF(measure(v), 0, 1600)
	}
	if v, ok := k.lookup("w:after"); ok {
		p.after = clampF(measure(v), 0, 1600)
	}
	// Automatic spacing is that of a paragraph in HTML.
	const automatic = 14
	if v, ok := k.lookup("w:beforeAutospacing"); ok {
		if p.autoBefore = v == "1" || v == "true" || v == "on"; p.autoBefore {
			p.before = automatic
		}
	}
	if v, ok := k.lookup("w:afterAutospacing"); ok {
		if p.autoAfter = v == "1" || v == "true" || v == "on"; p.autoAfter {
			p.after = automatic
		}
	}
	if v, ok := k.lookup("w:line"); ok {
		p.rule = k.attr("w:lineRule")
		switch p.rule {
		case "exact", "atLeast":
			p.line = clampF(measure(v), 0.1, 1600)
		default:
			p.rule = "auto"
			p.line = clampF(float64(number(v))/240, 0.05, 132)
		}
	}
}

func applyTabs(n *node, p *paragraph) {
	tabs := slices.Clone(p.tabs)
	for _, k := range n.kids {
		if k.name != "w:tab" || len(tabs) > 100 {
			continue
		}
		t := tab{pos: measure(k.attr("w:pos")), align: k.val(), leader: k.attr("w:leader")}
		tabs = slices.DeleteFunc(tabs, func(o tab) bool { return o.pos > t.pos-0.5 && o.pos < t.pos+0.5 })
		switch t.align {
		case "clear":
			continue
		case "start", "num", "":
			t.align = "left"
		case "end":
			t.align = "right"
		}
		tabs = append(tabs, t)
	}
	slices.SortFunc(tabs, func(a, b tab) int {
		switch {
		case a.pos < b.pos:
			return -1
		case a.pos > b.pos:
			return 1
		}
		return 0
	})
	p.tabs = tabs
}

// border is one line around a paragraph, a cell or a page.
type border struct {
	width float64 // of one line; points
	space float64 // to the text
	style string  // single, double, dashed, dotted, none
	color rgb
}

func (d *document) border(k *node) *border {
	style := k.val()
	b := &border{width: clampF(float64(k.int("w:sz"))/8, 0.25, 12), space: clampF(float64(k.int("w:space")), 0, 31), style: "single"}
	switch style {
	case "nil", "none", "":
		return &border{style: "none"}
	case "double", "thinThickSmallGap", "thickThinSmallGap", "thinThickMediumGap", "thickThinMediumGap", "thinThickLargeGap", "thickThinLargeGap", "triple", "doubleWave":
		b.style = "double"
	case "dotted", "dotDash", "dotDotDash":
		b.style = "dotted"
	case "dashed", "dashSmallGap", "dashDotStroked":
		b.style = "dashed"
	case "thick":
		b.width *= 2
	}
	if c := d.color(k, "w:color", "w:themeColor"); c != nil {
		b.color = *c
	}
	return b
}

func (b *border) shown() bool { return b != nil && b.style != "none" }

// weight decides which of two borders of one edge is drawn.
func (b *border) weight() float64 {
	if !b.shown() {
		return 0
	}
	if b.style == "double" {
		return b.width * 3
	}
	return b.width
}
