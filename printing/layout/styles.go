package layout

import "strconv"

// style is one style of the document.
type style struct {
	id, kind, based string
	run, paragraph  *node // w:rPr, w:pPr
	node            *node // for tables
}

// defaultSize is what Word takes for a document without defaults.
const (
	defaultSize = 10.0
	defaultFont = "Times New Roman"
)

func (d *document) readStyles(root *node) {
	d.styles = map[string]*style{}
	d.defaults = map[string]string{}
	if root == nil {
		return
	}
	def := root.child("w:docDefaults")
	d.defaultRun = def.path("w:rPrDefault", "w:rPr")
	d.defaultParagraph = def.path("w:pPrDefault", "w:pPr")
	for _, k := range root.kids {
		if k.name != "w:style" {
			continue
		}
		s := &style{id: k.attr("w:styleId"), kind: k.attr("w:type"), based: k.child("w:basedOn").val(), run: k.child("w:rPr"), paragraph: k.child("w:pPr"), node: k}
		d.styles[s.id] = s
		if v := k.attr("w:default"); v == "1" || v == "true" {
			d.defaults[s.kind] = s.id
		}
	}
}

// chain lists a style and what it is based on, the root first. A chain that
// bites its tail ends.
func (d *document) chain(id, kind string) []*style {
	key := kind + "\x00" + id
	if c, ok := d.chains[key]; ok {
		return c
	}
	var out []*style
	seen := map[string]bool{}
	for s := d.styles[id]; s != nil && s.kind == kind && !seen[s.id] && len(out) < 64; s = d.styles[s.based] {
		seen[s.id] = true
		out = append(out, s)
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	d.chains[key] = out
	return out
}

// layers are what lies under a paragraph: the table style's properties for the
// cell that holds it, weakest first.
type layers struct {
	run       []*node
	paragraph []*node
}

// resolve gives the look of a paragraph and of its runs before their own
// formatting: defaults, table style, paragraph style, direct formatting.
func (d *document) resolve(pPr *node, under *layers) (paragraph, run) {
	p := paragraph{align: "left", line: 1, rule: "auto", widow: true}
	r := run{font: defaultFont, size: defaultSize, stretch: 1}
	d.applyRun(d.defaultRun, &r)
	d.applyParagraph(d.defaultParagraph, &p)
	if under != nil {
		for _, n := range under.run {
			d.applyRun(n, &r)
		}
		for _, n := range under.paragraph {
			d.applyParagraph(n, &p)
		}
	}
	p.style = pPr.child("w:pStyle").val()
	if s := d.styles[p.style]; s == nil || s.kind != "paragraph" {
		p.style = d.defaults["paragraph"]
	}
	for _, s := range d.chain(p.style, "paragraph") {
		d.applyRun(s.run, &r)
		if num := s.paragraph.child("w:numPr"); num != nil && num.child("w:ilvl") == nil {
			p.level = d.levelOfStyle(num.child("w:numId").int("w:val"), s.id)
		}
		d.applyParagraph(s.paragraph, &p)
	}
	d.applyParagraph(pPr, &p)
	return p, r
}

// runLook adds a run's own character style and formatting.
func (d *document) runLook(rPr *node, base run) run {
	if rPr == nil {
		return base
	}
	if id := rPr.child("w:rStyle").val(); id != "" {
		d.applyCharacterStyle(d.chain(id, "character"), &base)
	}
	d.applyRun(rPr, &base)
	return base
}

// decimal reads a number with a fraction; nonsense is 0.
func decimal(s string) float64 {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || v != v {
		return 0
	}
	return clampF(v, -1e6, 1e6)
}
