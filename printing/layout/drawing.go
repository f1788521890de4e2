package layout

import (
	"math"
	"strings"
)

// drawing reads a w:drawing: in the line, or anchored.
func (c *composer) drawing(n *node, look *run) {
	for _, k := range n.kids {
		switch k.name {
		case "wp:inline":
			if o := c.graphic(k); o != nil {
				a := c.atom(atomObject, look)
				a.object, a.w = o, o.w
				c.add(a)
			}
		case "wp:anchor":
			if o := c.graphic(k); o != nil {
				c.anchor(readAnchor(k, o))
			}
		}
	}
}

// anchor ties a floating object to the place in the text.
func (c *composer) anchor(a *anchor) {
	if i := len(c.out.atoms) - 1; i >= 0 {
		c.out.atoms[i].anchors = append(c.out.atoms[i].anchors, a)
		return
	}
	c.out.anchors = append(c.out.anchors, a)
}

func readAnchor(n *node, o *object) *anchor {
	a := &anchor{object: o, wrap: "none", behind: n.attr("behindDoc") == "1" || n.attr("behindDoc") == "true"}
	for _, k := range n.kids {
		switch k.name {
		case "wp:positionH":
			a.hRel, a.hAlign, a.hOff = position(k)
		case "wp:positionV":
			a.vRel, a.vAlign, a.vOff = position(k)
		case "wp:wrapTopAndBottom":
			a.wrap = "topAndBottom"
		case "wp:wrapSquare", "wp:wrapTight", "wp:wrapThrough":
			a.wrap = "square"
		case "wp:simplePos":
			if n.attr("simplePos") == "1" {
				a.hRel, a.vRel = "page", "page"
				a.hOff, a.vOff = length(k.attr("x")), length(k.attr("y"))
			}
		}
	}
	for i, side := range []string{"distL", "distT", "distR", "distB"} {
		a.dist[i] = clampF(length(n.attr(side)), 0, 300)
	}
	return a
}

func position(k *node) (rel, align string, off float64) {
	if n := k.child("wp:align"); n != nil {
		align = strings.TrimSpace(n.text)
	}
	if n := k.child("wp:posOffset"); n != nil {
		off = length(strings.TrimSpace(n.text))
	}
	return k.attr("relativeFrom"), align, off
}

// length reads EMU.
func length(s string) float64 { return clampF(float64(number(s))*emu, -maxExtent, maxExtent) }

// graphic reads what an inline or an anchor holds.
func (c *composer) graphic(n *node) *object {
	ext := n.child("wp:extent")
	w, h := max(0, length(ext.attr("cx"))), max(0, length(ext.attr("cy")))
	data := n.path("a:graphic", "a:graphicData")
	if data == nil {
		return nil
	}
	if n.child("wp:docPr").attr("hidden") == "1" {
		return nil
	}
	for _, k := range data.kids {
		switch k.name {
		case "pic:pic":
			o := c.pic(k)
			o.w, o.h = w, h
			return o
		case "wps:wsp":
			o := c.shape(k, w, h)
			return o
		case "wpg:wgp":
			return c.group(k, w, h, 0)
		case "c:chart":
			c.d.unsupported("chart")
			return &object{w: w, h: h}
		case "mc:AlternateContent":
			continue
		}
	}
	c.d.unsupported("drawing")
	return &object{w: w, h: h}
}

// pic reads a picture; one that cannot be shown leaves its place empty.
func (c *composer) pic(k *node) *object {
	o := &object{}
	fill := k.child("pic:blipFill")
	if id := fill.child("a:blip").attr("r:embed"); id != "" {
		o.picture = c.d.picture(c.part, id)
	} else {
		c.d.unsupported("picture_external")
	}
	if r := fill.child("a:srcRect"); r != nil {
		for i, side := range []string{"l", "t", "r", "b"} {
			o.crop[i] = clampF(float64(number(r.attr(side)))/100_000, -1, 0.95)
		}
		if o.crop[0]+o.crop[2] > 0.98 || o.crop[1]+o.crop[3] > 0.98 {
			o.crop = [4]float64{}
		}
	}
	pr := k.child("pic:spPr")
	o.angle = float64(pr.child("a:xfrm").int("rot")) / 60_000
	if b := c.outline(pr.child("a:ln"), nil); b.shown() {
		o.outline, o.shape = b, "rect"
	}
	return o
}

// shape reads a shape with or without text.
func (c *composer) shape(k *node, w, h float64) *object {
	pr, st := k.child("wps:spPr"), k.child("wps:style")
	o := &object{w: w, h: h, angle: float64(pr.child("a:xfrm").int("rot")) / 60_000}
	x := pr.child("a:xfrm")
	switch geometry := pr.child("a:prstGeom").attr("prst"); geometry {
	case "rect", "":
		o.shape = "rect"
		if geometry == "" && pr.child("a:custGeom") != nil {
			c.d.unsupported("shape", "shape", "custom")
		}
	case "roundRect", "flowChartAlternateProcess", "round2SameRect", "round1Rect":
		o.shape = "round"
	case "ellipse", "flowChartConnector":
		o.shape = "ellipse"
	case "line", "straightConnector1":
		o.shape = "line"
		o.flip = (x.attr("flipV") == "1") != (x.attr("flipH") == "1")
	default:
		o.shape = "rect"
		c.d.unsupported("shape", "shape", geometry)
	}
	if o.shape != "line" {
		o.fill = c.fillOf(pr, st)
	}
	o.outline = c.outline(pr.child("a:ln"), st)
	box := k.path("wps:txbx", "w:txbxContent")
	if box == nil {
		return o
	}
	body := k.child("wps:bodyPr")
	o.inset = [4]float64{7.2, 3.6, 7.2, 3.6}
	for i, side := range []string{"lIns", "tIns", "rIns", "bIns"} {
		if v, ok := body.lookup(side); ok {
			o.inset[i] = clampF(length(v), 0, 400)
		}
	}
	o.anchorAt = body.attr("anchor")
	turn, known := turnOf(body.attr("vert"))
	if !known {
		c.d.unsupported("vertical_text")
	}
	if o.turn = turn; turn != 0 { // its lines are as long as the box is high
		o.w, o.h = o.h, o.w
		c.box(o, box)
		o.w, o.h = o.h, o.w
		return o
	}
	c.box(o, box)
	if body.child("a:spAutoFit") != nil && o.body.h+o.inset[1]+o.inset[3] > o.h {
		o.h = o.body.h + o.inset[1] + o.inset[3]
	}
	return o
}

// box lays the text of a box out.
func (c *composer) box(o *object, content *node) {
	o.body = c.d.stackOf(c.d.blocks(content), c.part, max(o.w-o.inset[0]-o.inset[2], 10), nil, "")
}

// group reads shapes that were joined; its own scale applies to each.
func (c *composer) group(k *node, w, h float64, depth int) *object {
	g := &object{w: w, h: h}
	x := k.path("wpg:grpSpPr", "a:xfrm")
	off, ext := x.child("a:chOff"), x.child("a:chExt")
	cw, ch := length(ext.attr("cx")), length(ext.attr("cy"))
	sx, sy := 1.0, 1.0
	if cw > 0 && ch > 0 {
		sx, sy = w/cw, h/ch
	}
	for _, m := range k.kids {
		if depth > 16 || len(g.children) > 500 {
			break
		}
		pr := m.child("pic:spPr")
		switch m.name {
		case "wps:wsp":
			pr = m.child("wps:spPr")
		case "wpg:grpSp":
			pr = m.child("wpg:grpSpPr")
		case "pic:pic":
		default:
			continue
		}
		t := pr.child("a:xfrm")
		mw, mh := length(t.child("a:ext").attr("cx"))*sx, length(t.child("a:ext").attr("cy"))*sy
		mx := (length(t.child("a:off").attr("x")) - length(off.attr("x"))) * sx
		my := (length(t.child("a:off").attr("y")) - length(off.attr("y"))) * sy
		var o *object
		switch m.name {
		case "wps:wsp":
			o = c.shape(m, mw, mh)
		case "wpg:grpSp":
			o = c.group(m, mw, mh, depth+1)
		default:
			o = c.pic(m)
			o.w, o.h = mw, mh
		}
		g.children = append(g.children, child{mx, my, o})
	}
	return g
}

// fillOf is the filling of a shape, its own or its style's.
func (c *composer) fillOf(pr, style *node) *rgb {
	if pr.child("a:noFill") != nil {
		return nil
	}
	if k := pr.child("a:solidFill"); k != nil {
		return c.d.drawingColor(k)
	}
	if k := pr.child("a:gradFill"); k != nil {
		if stops := k.child("a:gsLst"); stops != nil && len(stops.kids) > 0 {
			return c.d.drawingColor(stops.kids[0])
		}
	}
	return c.styleColor(style, "fillRef")
}

func (c *composer) styleColor(style *node, ref string) *rgb {
	k := style.child("a:" + ref)
	if k == nil || k.attr("idx") == "0" {
		return nil
	}
	return c.d.drawingColor(k)
}

// outline is the line around a shape.
func (c *composer) outline(ln, style *node) *border {
	b := &border{style: "single", width: 0.75}
	if ln == nil {
		color := c.styleColor(style, "lnRef")
		if color == nil {
			return nil
		}
		b.color = *color
		return b
	}
	if ln.child("a:noFill") != nil {
		return nil
	}
	if w := length(ln.attr("w")); w > 0 {
		b.width = clampF(w, 0.1, 50)
	}
	switch ln.child("a:prstDash").attr("val") {
	case "dash", "lgDash", "sysDash":
		b.style = "dashed"
	case "dot", "sysDot":
		b.style = "dotted"
	}
	if k := ln.child("a:solidFill"); k != nil {
		if color := c.d.drawingColor(k); color != nil {
			b.color = *color
		}
		return b
	}
	if color := c.styleColor(style, "lnRef"); color != nil {
		b.color = *color
		return b
	}
	if style == nil && ln.attr("w") == "" {
		return nil
	}
	return b
}

// drawingColor reads a colour of DrawingML with its usual changes.
func (d *document) drawingColor(n *node) *rgb {
	for _, k := range n.kids {
		var c *rgb
		switch k.name {
		case "a:srgbClr":
			c = hexColor(k.attr("val"))
		case "a:schemeClr":
			c = d.themeColor(k.attr("val"))
		case "a:sysClr":
			c = hexColor(k.attr("lastClr"))
		case "a:prstClr":
			c = map[string]*rgb{"black": {0, 0, 0}, "white": {255, 255, 255}, "red": {255, 0, 0}, "green": {0, 128, 0}, "blue": {0, 0, 255}, "gray": {128, 128, 128}, "yellow": {255, 255, 0}}[k.attr("val")]
		default:
			continue
		}
		if c == nil {
			return nil
		}
		for _, m := range k.kids {
			v := clampF(float64(number(m.attr("val")))/100_000, 0, 2)
			switch m.name {
			case "a:lumMod", "a:shade":
				c = &rgb{scaled(c.r, v), scaled(c.g, v), scaled(c.b, v)}
			case "a:lumOff":
				c = &rgb{lifted(c.r, v), lifted(c.g, v), lifted(c.b, v)}
			case "a:tint":
				c = &rgb{255 - scaled(255-c.r, v), 255 - scaled(255-c.g, v), 255 - scaled(255-c.b, v)}
			}
		}
		return c
	}
	return nil
}

func scaled(x uint8, f float64) uint8 { return uint8(math.Min(255, float64(x)*f+0.5)) }

func lifted(x uint8, f float64) uint8 { return uint8(math.Min(255, float64(x)+255*f+0.5)) }
