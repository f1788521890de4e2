package docx

import (
	"path"
	"slices"
	"strings"

	"github.com/beevik/etree"
)

// Macros are parts of a document that run: nothing that is printed needs them,
// and they do not travel to a client.
var macroKinds = []string{"vbaProject", "wordVbaData", "attachedToolbars"}

// withoutMacros writes the package anew without its macros; false when it has
// none.
func (a *archive) withoutMacros() ([]byte, bool, error) {
	return a.rewritten(func(rels *etree.Element, base string, gone map[string]bool) bool {
		changed := false
		for _, e := range rels.ChildElements() {
			if !slices.Contains(macroKinds, path.Base(attr(e, "Type"))) {
				continue
			}
			if attr(e, "TargetMode") != "External" {
				gone[targetOf(base, attr(e, "Target"))] = true
			}
			rels.RemoveChild(e)
			changed = true
		}
		return changed
	})
}

// Offline gives a document that reaches for nothing outside: linked pictures,
// the template that Word attached, frames. What they were stands empty; links
// that a reader clicks stay. The error is Problems.
func Offline(document []byte) ([]byte, error) {
	a, err := openArchive(document)
	if err != nil {
		return nil, err
	}
	out, changed, err := a.rewritten(func(rels *etree.Element, _ string, _ map[string]bool) bool {
		changed := false
		for _, e := range rels.ChildElements() {
			if attr(e, "TargetMode") != "External" || path.Base(attr(e, "Type")) == "hyperlink" {
				continue
			}
			for i := range e.Attr {
				if e.Attr[i].Key == "Target" {
					e.Attr[i].Value = nowhere
				}
			}
			changed = true
		}
		return changed
	})
	if err != nil || !changed {
		return document, err
	}
	return out, nil
}

// nowhere is an address that no program looks up.
const nowhere = "about:blank"

func targetOf(base, target string) string {
	if !strings.HasPrefix(target, "/") {
		target = path.Join("/", base, target)
	}
	return strings.TrimPrefix(path.Clean(target), "/")
}

// rewritten writes the package anew after all relationships went through a
// function, which says whether it changed them and names parts that go; false
// when nothing changed.
func (a *archive) rewritten(do func(rels *etree.Element, base string, gone map[string]bool) bool) ([]byte, bool, error) {
	changed, gone := map[string][]byte{}, map[string]bool{}
	for name := range a.data {
		if path.Ext(name) != ".rels" {
			continue
		}
		doc, err := a.xml(name)
		if err != nil {
			return nil, false, err
		}
		if !do(doc.Root(), path.Dir(path.Dir(name)), gone) {
			continue
		}
		if changed[name], err = doc.WriteToBytes(); err != nil {
			return nil, false, err
		}
	}
	if len(changed) == 0 {
		return nil, false, nil
	}
	out, err := a.repacked(changed, gone)
	return out, err == nil, err
}

// ownerOf is the part whose relationships a part holds; "": it holds none.
func ownerOf(name string) string {
	dir, file := path.Split(name)
	if owner, ok := strings.CutSuffix(file, ".rels"); ok && strings.HasSuffix(dir, "_rels/") {
		return path.Join(strings.TrimSuffix(dir, "_rels/"), owner)
	}
	return ""
}
