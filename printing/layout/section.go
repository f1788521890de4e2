package layout

// section is a stretch of the document with one kind of pages.
type section struct {
	kind                     string // nextPage, continuous, evenPage, oddPage, nextColumn
	w, h                     float64
	left, top, right, bottom float64
	header, footer           float64 // distance from the paper's edge
	columns                  []columnOf
	titlePage                bool
	headers, footers         map[string]*part // default, first, even
	start                    int              // first page number; 0: goes on
	format                   string
	vAlign                   string
	borders                  [4]*border
	bordersFrom              string // text or page
	exactTop, exactBottom    bool   // the text begins there whatever the header takes
	nodes                    []*node
	heights                  map[string]float64 // of headers and footers, once measured
}

// columnOf is one column of a section, from the left margin.
type columnOf struct{ x, w float64 }

// sections cuts the body where paragraphs end sections.
func (d *document) sections() []*section {
	var out []*section
	var nodes []*node
	var prev *section
	end := func(pr *node) {
		s := d.readSection(pr, prev)
		s.nodes, nodes = nodes, nil
		out = append(out, s)
		prev = s
	}
	for _, n := range d.blocks(d.body) {
		nodes = append(nodes, n)
		if pr := n.path("w:pPr", "w:sectPr"); n.name == "w:p" && pr != nil {
			end(pr)
		}
	}
	pr := d.body.child("w:sectPr")
	if pr != nil || len(nodes) > 0 || len(out) == 0 {
		end(pr)
	}
	return out
}

func (d *document) readSection(n *node, prev *section) *section {
	s := &section{kind: "nextPage", w: 612, h: 792, left: 72, right: 72, top: 72, bottom: 72, header: 36, footer: 36, format: "decimal", headers: map[string]*part{}, footers: map[string]*part{}, heights: map[string]float64{}}
	if prev != nil {
		for k, v := range prev.headers {
			s.headers[k] = v
		}
		for k, v := range prev.footers {
			s.footers[k] = v
		}
	}
	if n == nil {
		if prev == nil {
			s.w, s.h = 595.3, 841.9
		}
		s.columns = []columnOf{{0, s.w - s.left - s.right}}
		return s
	}
	for _, k := range n.kids {
		switch k.name {
		case "w:type":
			s.kind = k.val()
		case "w:pgSz":
			if w, h := measure(k.attr("w:w")), measure(k.attr("w:h")); w >= 72 && h >= 72 {
				s.w, s.h = min(w, 3200), min(h, 3200)
			}
		case "w:pgMar":
			d.readMargins(k, s)
		case "w:titlePg":
			s.titlePage = k.on()
		case "w:headerReference", "w:footerReference":
			p, err := d.part(d.main.rels[k.attr("r:id")].target)
			if err != nil || p == nil {
				continue
			}
			if k.name == "w:headerReference" {
				s.headers[k.attr("w:type")] = p
			} else {
				s.footers[k.attr("w:type")] = p
			}
		case "w:pgNumType":
			if v, ok := k.lookup("w:start"); ok {
				s.start = max(number(v), 0)
			}
			if v := k.attr("w:fmt"); v != "" {
				s.format = v
			}
		case "w:vAlign":
			s.vAlign = k.val()
		case "w:pgBorders":
			s.bordersFrom = k.attr("w:offsetFrom")
			for i, name := range []string{"w:top", "w:left", "w:bottom", "w:right"} {
				if b := k.child(name); b != nil {
					s.borders[i] = d.border(b)
				}
			}
		case "w:lnNumType":
			d.unsupported("line_numbers")
		}
	}
	if s.w-s.left-s.right < 36 { // margins that leave no room
		s.left, s.right = min(s.left, s.w/4), min(s.right, s.w/4)
	}
	if s.h-s.top-s.bottom < 36 {
		s.top, s.bottom = min(s.top, s.h/4), min(s.bottom, s.h/4)
	}
	s.readColumns(n.child("w:cols"))
	return s
}

func (d *document) readMargins(k *node, s *section) {
	side := func(name string, old float64) float64 {
		if v, ok := k.lookup("w:" + name); ok {
			return clampF(measure(v), -1600, 1600)
		}
		return old
	}
	s.left, s.right = max(side("left", s.left), 0), max(side("right", s.right), 0)
	s.left += max(side("gutter", 0), 0)
	s.top, s.bottom = side("top", s.top), side("bottom", s.bottom)
	if s.top < 0 {
		s.top, s.exactTop = -s.top, true
	}
	if s.bottom < 0 {
		s.bottom, s.exactBottom = -s.bottom, true
	}
	s.header, s.footer = max(side("header", s.header), 0), max(side("footer", s.footer), 0)
}

func (s *section) readColumns(k *node) {
	width := s.w - s.left - s.right
	n := max(1, min(k.int("w:num"), 20))
	space := 36.0
	if v, ok := k.lookup("w:space"); ok {
		space = clampF(measure(v), 0, width/2)
	}
	if v := k.attr("w:equalWidth"); v == "0" || v == "false" {
		x := 0.0
		for _, c := range k.kids {
			if w := measure(c.attr("w:w")); c.name == "w:col" && w > 10 && len(s.columns) < 20 {
				s.columns = append(s.columns, columnOf{x, min(w, width)})
				x += w + clampF(measure(c.attr("w:space")), 0, width)
			}
		}
		if len(s.columns) > 0 {
			return
		}
	}
	w := (width - space*float64(n-1)) / float64(n)
	if w < 20 {
		n, w = 1, width
	}
	for i := range n {
		s.columns = append(s.columns, columnOf{float64(i) * (w + space), w})
	}
}
