package docx

import (
	"path"
	"strconv"
	"strings"

	"github.com/beevik/etree"
)

const (
	contentTypesPart  = "[Content_Types].xml"
	relationsXMLSpace = "http://schemas.openxmlformats.org/package/2006/relationships"
	relationsType     = "application/vnd.openxmlformats-package.relationships+xml"
)

// relation is one relationship of a part to another (ECMA-376 part 2, §6.5).
type relation struct {
	id, kind, target string // kind is the last word of the type: header, image
	external         bool
}

// relations are the relationships of one part.
type relations struct {
	part string // that of the relationships: word/_rels/document.xml.rels
	doc  *etree.Document
	all  []relation
	base string // of the types: transitional or strict
}

// relationsOf names the part that holds the relationships of a part.
func relationsOf(part string) string {
	dir, file := path.Split(part)
	return dir + "_rels/" + file + ".rels"
}

const transitionalBase = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

// relations reads the relationships of a part; of the package when part is "".
// A part without any has none.
func (a *archive) relations(part string) (*relations, error) {
	r := &relations{part: relationsOf(part), base: transitionalBase}
	if _, ok := a.data[r.part]; !ok {
		return r, nil
	}
	doc, err := a.xml(r.part)
	if err != nil {
		return nil, err
	}
	r.doc = doc
	for _, e := range doc.Root().ChildElements() {
		if e.Tag != "Relationship" {
			continue
		}
		kind := attr(e, "Type")
		x := relation{id: attr(e, "Id"), kind: path.Base(kind), external: attr(e, "TargetMode") == "External"}
		if x.target = attr(e, "Target"); !x.external {
			if !strings.HasPrefix(x.target, "/") {
				x.target = path.Join("/", path.Dir(part), x.target)
			}
			x.target = strings.TrimPrefix(path.Clean(x.target), "/")
		}
		if strings.HasPrefix(kind, "http://purl.oclc.org/ooxml/officeDocument/relationships/") {
			r.base = "http://purl.oclc.org/ooxml/officeDocument/relationships/"
		}
		r.all = append(r.all, x)
	}
	return r, nil
}

func (r *relations) find(kind string) (relation, bool) {
	for _, x := range r.all {
		if x.kind == kind && !x.external {
			return x, true
		}
	}
	return relation{}, false
}

// additions are new relationships of a part, while it is being filled.
type additions struct {
	old   *relations
	new   []relation
	used  map[string]bool
	ident int
}

// add relates the part to another and gives the identifier.
func (a *additions) add(kind, target string) string { return a.relate(kind, target, false) }

// addExternal relates the part to an address outside.
func (a *additions) addExternal(kind, target string) string { return a.relate(kind, target, true) }

func (a *additions) relate(kind, target string, external bool) string {
	if a.used == nil {
		a.used = map[string]bool{}
		for _, x := range a.old.all {
			a.used[x.id] = true
		}
	}
	for _, x := range a.new {
		if x.kind == kind && x.target == target && x.external == external {
			return x.id
		}
	}
	for {
		a.ident++
		id := "rIdU" + strconv.Itoa(a.ident)
		if !a.used[id] {
			a.new = append(a.new, relation{id: id, kind: kind, target: target, external: external})
			return id
		}
	}
}

// write gives the relationships part with the new ones added.
func (a *additions) write() ([]byte, error) {
	var doc *etree.Document
	if a.old.doc != nil {
		doc = a.old.doc.Copy()
	} else {
		doc = etree.NewDocument()
		doc.CreateProcInst("xml", `version="1.0" encoding="UTF-8" standalone="yes"`)
		doc.CreateElement("Relationships").CreateAttr("xmlns", relationsXMLSpace)
	}
	doc.WriteSettings = writeSettings
	root := doc.Root()
	for _, x := range a.new {
		e := etree.NewElement("Relationship")
		e.Space = root.Space
		e.CreateAttr("Id", x.id)
		e.CreateAttr("Type", a.old.base+x.kind)
		if x.external {
			e.CreateAttr("Target", x.target)
			e.CreateAttr("TargetMode", "External")
		} else {
			e.CreateAttr("Target", "/"+x.target)
		}
		root.AddChild(e)
	}
	return doc.WriteToBytes()
}

// contentTypes is the list of what each part is (ECMA-376 part 2, §7.2.3).
type contentTypes struct{ doc *etree.Document }

func (a *archive) contentTypes() (contentTypes, error) {
	if _, ok := a.data[contentTypesPart]; !ok {
		return contentTypes{}, fileProblem("template_not_docx")
	}
	doc, err := a.xml(contentTypesPart)
	return contentTypes{doc}, err
}

// copy gives a list that may be changed.
func (c contentTypes) copy() contentTypes {
	d := c.doc.Copy()
	d.WriteSettings = writeSettings
	return contentTypes{d}
}

// of gives the type that is said for the very part, or for its extension.
func (c contentTypes) of(part string) string {
	ext := strings.TrimPrefix(path.Ext(part), ".")
	found := ""
	for _, e := range c.doc.Root().ChildElements() {
		switch e.Tag {
		case "Override":
			if strings.EqualFold(strings.TrimPrefix(attr(e, "PartName"), "/"), part) {
				return attr(e, "ContentType")
			}
		case "Default":
			if strings.EqualFold(attr(e, "Extension"), ext) {
				found = attr(e, "ContentType")
			}
		}
	}
	return found
}

// set says the type of a part; it reports whether that changed anything.
func (c contentTypes) set(part, kind string) bool {
	if c.of(part) == kind {
		return false
	}
	root := c.doc.Root()
	for _, e := range root.ChildElements() {
		if e.Tag == "Override" && strings.EqualFold(strings.TrimPrefix(attr(e, "PartName"), "/"), part) {
			e.CreateAttr("ContentType", kind)
			return true
		}
	}
	e := etree.NewElement("Override")
	e.Space = root.Space
	e.CreateAttr("PartName", "/"+part)
	e.CreateAttr("ContentType", kind)
	root.AddChild(e)
	return true
}

// drop forgets what is said of a part.
func (c contentTypes) drop(part string) {
	for _, e := range c.doc.Root().ChildElements() {
		if e.Tag == "Override" && strings.EqualFold(strings.TrimPrefix(attr(e, "PartName"), "/"), part) {
			c.doc.Root().RemoveChild(e)
		}
	}
}

// attr gives an attribute by its local name, whatever its prefix.
func attr(e *etree.Element, key string) string {
	for i := range e.Attr {
		if e.Attr[i].Key == key && e.Attr[i].Space != "xmlns" {
			return e.Attr[i].Value
		}
	}
	return ""
}
