package layout

import (
	"math"
	"strings"
)

// vml reads the older form of pictures and boxes, which w:pict and w:object hold.
func (c *composer) vml(n *node, look *run) {
	for _, k := range n.kids {
		switch k.name {
		case "v:shape", "v:rect", "v:roundrect", "v:oval", "v:line", "v:group":
			c.vmlShape(k, look)
		}
	}
}

func (c *composer) vmlShape(k *node, look *run) {
	st := vmlStyle(k.attr("style"))
	if st["visibility"] == "hidden" || st["display"] == "none" {
		return
	}
	if path := k.child("v:textpath"); path != nil {
		// Word's own watermark.
		c.anchor(&anchor{
			behind: true, wrap: "none", object: &object{shape: "text:" + path.attr("string"), w: vmlLength(st["width"]), h: vmlLength(st["height"]), fill: vmlColor(k.attr("fillcolor"), &rgb{192, 192, 192}), angle: decimal(st["rotation"])},
			hRel: vmlRelative(st["mso-position-horizontal-relative"]), hAlign: st["mso-position-horizontal"], vRel: vmlRelative(st["mso-position-vertical-relative"]), vAlign: st["mso-position-vertical"],
		})
		return
	}
	o := &object{w: vmlLength(st["width"]), h: vmlLength(st["height"]), angle: decimal(st["rotation"])}
	switch {
	case k.name == "v:group":
		c.d.unsupported("drawing")
	case k.child("v:imagedata") != nil:
		o.picture = c.d.picture(c.part, k.child("v:imagedata").attr("r:id"))
	case k.name == "v:line":
		c.d.unsupported("shape", "shape", "line")
		return
	default:
		o.shape = map[string]string{"v:oval": "ellipse", "v:roundrect": "round"}[k.name]
		if o.shape == "" {
			o.shape = "rect"
		}
		if off(k.attr("filled")) {
			o.fill = nil
		} else {
			o.fill = vmlColor(k.attr("fillcolor"), &rgb{255, 255, 255})
		}
		if !off(k.attr("stroked")) {
			o.outline = &border{style: "single", width: 0.75}
			if w := vmlLength(k.attr("strokeweight")); w > 0 {
				o.outline.width = w
			}
			if color := vmlColor(k.attr("strokecolor"), nil); color != nil {
				o.outline.color = *color
			}
		}
		if k.name == "v:shape" && k.child("v:textbox") == nil {
			o.shape = ""
			c.d.unsupported("drawing")
		}
	}
	if box := k.path("v:textbox", "w:txbxContent"); box != nil {
		o.inset = [4]float64{7.2, 3.6, 7.2, 3.6}
		for i, v := range strings.Split(k.child("v:textbox").attr("inset"), ",") {
			if i < 4 && v != "" {
				o.inset[i] = vmlLength(v)
			}
		}
		o.anchorAt = st["v-text-anchor"]
		c.box(o, box)
	}
	if o.w <= 0 && o.h <= 0 {
		return
	}
	if st["position"] != "absolute" {
		a := c.atom(atomObject, look)
		a.object, a.w = o, o.w
		c.add(a)
		return
	}
	f := &anchor{
		object: o, wrap: "none", behind: strings.HasPrefix(st["z-index"], "-"),
		hRel: vmlRelative(st["mso-position-horizontal-relative"]), hAlign: st["mso-position-horizontal"], hOff: vmlLength(st["margin-left"]),
		vRel: vmlRelative(st["mso-position-vertical-relative"]), vAlign: st["mso-position-vertical"], vOff: vmlLength(st["margin-top"]),
	}
	if f.hAlign == "absolute" {
		f.hAlign = ""
	}
	if f.vAlign == "absolute" {
		f.vAlign = ""
	}
	for _, w := range k.kids {
		if strings.HasSuffix(w.name, ":wrap") {
			switch w.attr("type") {
			case "square", "tight", "through":
				f.wrap = "square"
			case "topAndBottom":
				f.wrap = "topAndBottom"
			}
		}
	}
	c.anchor(f)
}

func off(v string) bool { return v == "f" || v == "false" }

func vmlRelative(v string) string {
	switch v {
	case "page", "margin":
		return v
	case "left-margin-area":
		return "leftMargin"
	case "right-margin-area":
		return "rightMargin"
	case "top-margin-area":
		return "topMargin"
	case "bottom-margin-area":
		return "bottomMargin"
	}
	return ""
}

func vmlStyle(s string) map[string]string {
	out := map[string]string{}
	for part := range strings.SplitSeq(s, ";") {
		if k, v, ok := strings.Cut(part, ":"); ok && len(out) < 64 {
			out[strings.TrimSpace(k)] = strings.TrimSpace(v)
		}
	}
	return out
}

// vmlLength reads 12pt, 1in, 3cm, 16px, or EMU without a unit.
func vmlLength(s string) float64 {
	s = strings.TrimSpace(s)
	if len(s) > 2 {
		unit := map[string]float64{"pt": 1, "in": 72, "cm": 72 / 2.54, "mm": 72 / 25.4, "px": 0.75, "pc": 12}[s[len(s)-2:]]
		if unit > 0 {
			return clampF(decimal(s[:len(s)-2])*unit, -maxExtent, maxExtent)
		}
	}
	return math.Trunc(clampF(decimal(s)*emu, -maxExtent, maxExtent))
}

func vmlColor(s string, otherwise *rgb) *rgb {
	s, _, _ = strings.Cut(s, " ")
	if c := hexColor(s); c != nil {
		return c
	}
	if len(s) == 4 && s[0] == '#' {
		return hexColor(string([]byte{s[1], s[1], s[2], s[2], s[3], s[3]}))
	}
	if c := map[string]*rgb{"black": {}, "white": {255, 255, 255}, "red": {255, 0, 0}, "silver": {192, 192, 192}, "gray": {128, 128, 128}, "yellow": {255, 255, 0}, "blue": {0, 0, 255}, "green": {0, 128, 0}}[s]; c != nil {
		return c
	}
	return otherwise
}
