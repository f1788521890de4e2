package layout

import (
	"context"
	"errors"
	"strings"
)

// document is a DOCX being laid out.
type document struct {
	ctx  context.Context
	opts Options
	work int

	archive *archive
	main    *part
	body    *node
	theme   *node
	title   string

	styles           map[string]*style
	defaults         map[string]string // default style by kind
	chains           map[string][]*style
	defaultRun       *node
	defaultParagraph *node
	lists            map[int]*list
	counters         map[string]*[9]int

	defaultTab   float64
	evenAndOdd   bool
	modern       bool   // compatibility mode 15 or later: tables stand with their edge, not their text, at the margin
	loose        bool   // a line that ends with a break is not stretched in justified text
	decimals     string // the signs that a decimal tab may stand at
	htmlSpacing  bool   // the larger of two spacings between paragraphs, not their sum
	footnotes    *part
	endnotes     *part
	parts        map[string]*part
	pictures     map[string]*picture
	fonts        fontCache
	replaced     map[string]bool
	missing      missing
	pages        []*page
	total        int  // pages of the round before
	usesTotal    bool // a field in the text wants to know it
	current      *flow
	noteNumber   int
	endnoteQueue []*note
}

// part is a part of the archive with its links.
type part struct {
	name string
	root *node
	rels map[string]relation
}

func (d *document) part(name string) (*part, error) {
	if p, ok := d.parts[name]; ok {
		return p, nil
	}
	root, err := d.archive.tree(name)
	if err != nil || root == nil {
		return nil, err
	}
	rels, err := d.archive.relations(name)
	if err != nil {
		return nil, err
	}
	p := &part{name: name, root: root, rels: rels}
	d.parts[name] = p
	return p, nil
}

// open reads everything but the pictures.
func open(docx []byte, o Options) (*document, error) {
	a, err := openArchive(docx)
	if err != nil {
		return nil, err
	}
	d := &document{ctx: context.Background(), opts: o, archive: a, parts: map[string]*part{}, chains: map[string][]*style{}, pictures: map[string]*picture{}, replaced: map[string]bool{}, defaultTab: 36}
	top, err := a.relations("")
	if err != nil {
		return nil, err
	}
	name := related(top, "officeDocument")
	if name == "" {
		name = "word/document.xml"
	}
	if d.main, err = d.part(name); err != nil {
		return nil, err
	}
	if d.main == nil || d.main.root.name != "w:document" {
		return nil, &NotDOCX{Err: errors.New("it has no text")}
	}
	if d.body = d.main.root.child("w:body"); d.body == nil {
		return nil, &NotDOCX{Err: errors.New("it has no body")}
	}
	tree := func(kind string) *node {
		var n *node
		if err == nil {
			n, err = a.tree(related(d.main.rels, kind))
		}
		return n
	}
	d.theme = tree("theme")
	d.readStyles(tree("styles"))
	d.readNumbering(tree("numbering"))
	settings := tree("settings")
	if err != nil {
		return nil, err
	}
	if v := settings.child("w:defaultTabStop").int("w:val"); v > 0 {
		d.defaultTab = max(float64(v)*twip, 4)
	}
	d.decimals = ",."
	if v := settings.child("w:decimalSymbol").val(); v == "," || v == "." {
		d.decimals = v
	}
	d.evenAndOdd = settings.child("w:evenAndOddHeaders").on()
	if compat := settings.child("w:compat"); compat != nil {
		for _, k := range compat.kids {
			if k.name == "w:compatSetting" && k.attr("w:name") == "compatibilityMode" {
				d.modern = k.int("w:val") >= 15
			}
		}
	}
	d.loose = settings.path("w:compat", "w:doNotExpandShiftReturn").on()
	d.htmlSpacing = d.modern && !settings.path("w:compat", "w:doNotUseHTMLParagraphAutoSpacing").on()
	if d.footnotes, err = d.part(related(d.main.rels, "footnotes")); err != nil {
		return nil, err
	}
	if d.endnotes, err = d.part(related(d.main.rels, "endnotes")); err != nil {
		return nil, err
	}
	if core, _ := a.tree(related(top, "core-properties")); core != nil {
		for _, k := range core.kids {
			if strings.HasSuffix(k.name, ":title") {
				d.title = k.text
			}
		}
	}
	return d, nil
}

// begin makes ready for a round of layout.
func (d *document) begin() {
	d.pages, d.usesTotal, d.noteNumber, d.endnoteQueue = nil, false, 0, nil
	d.counters = map[string]*[9]int{}
	for _, l := range d.lists {
		l.begun = false
	}
	d.missing = missing{}
}

// blocks lists the paragraphs and tables under an element, through whatever
// only wraps them.
func (d *document) blocks(n *node) []*node {
	var out []*node
	if n == nil {
		return nil
	}
	for _, k := range n.kids {
		switch k.name {
		case "w:p", "w:tbl":
			out = append(out, k)
		case "w:sdt":
			out = append(out, d.blocks(k.child("w:sdtContent"))...)
		case "w:ins", "w:moveTo", "w:customXml", "w:smartTag":
			out = append(out, d.blocks(k)...)
		case "mc:AlternateContent":
			out = append(out, d.blocks(choice(k))...)
		case "w:altChunk":
			d.unsupported("embedded_document")
		}
	}
	return out
}

// understood are the extensions that alternate content may require.
var understood = map[string]bool{"wps": true, "wpg": true, "wp14": true, "w14": true, "w15": true, "w16se": true}

// choice picks the branch of alternate content that can be laid out.
func choice(n *node) *node {
	for _, k := range n.kids {
		if k.name != "mc:Choice" {
			continue
		}
		ok := true
		for want := range strings.FieldsSeq(k.attr("Requires")) {
			ok = ok && understood[want]
		}
		if ok {
			return k
		}
	}
	return n.child("mc:Fallback")
}
