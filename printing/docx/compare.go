package docx

import (
	"strings"

	"github.com/beevik/etree"
)

// Paragraphs gives the text of a document paragraph by paragraph, tags as they
// are written: that of the body, then of notes, headers and footers. Empty
// ones are left out. The error is Problems.
func Paragraphs(data []byte) ([]string, error) {
	t, err := Open(data)
	if err != nil {
		return nil, err
	}
	names := []string{t.main}
	for _, kind := range []string{"footnotes", "endnotes", "header", "footer"} {
		for _, x := range t.rels[t.main].all {
			if x.kind == kind && !x.external && t.archive.data[x.target] != nil {
				names = append(names, x.target)
			}
		}
	}
	var out []string
	for _, name := range names {
		doc, err := t.archive.xml(name)
		if err != nil {
			return nil, err
		}
		out = appendTexts(out, doc.Root())
	}
	return out, nil
}

func appendTexts(out []string, e *etree.Element) []string {
	for _, k := range e.ChildElements() {
		if k.Tag != "p" {
			out = appendTexts(out, k)
			continue
		}
		var b strings.Builder
		var boxes []*etree.Element
		written(k, &b, &boxes)
		if s := strings.TrimSpace(b.String()); s != "" {
			out = append(out, s)
		}
		for _, box := range boxes {
			out = appendTexts(out, box)
		}
	}
	return out
}

// written gathers the text of a paragraph, and the boxes in it, whose
// paragraphs are their own.
func written(e *etree.Element, b *strings.Builder, boxes *[]*etree.Element) {
	for _, k := range e.ChildElements() {
		switch k.Tag {
		case "t":
			b.WriteString(k.Text())
		case "tab", "br", "cr":
			b.WriteByte(' ')
		case "txbxContent":
			*boxes = append(*boxes, k)
		case "docPr":
			if tag := attr(k, "descr"); strings.HasPrefix(strings.TrimSpace(tag), "{") {
				b.WriteString(tag)
			}
		case "pPr", "rPr", "instrText", "Fallback":
		default:
			written(k, b, boxes)
		}
	}
}

// Change is a paragraph that one of two documents lacks.
type Change struct {
	Text  string
	Added bool // only the later one has it; else only the earlier one
}

// maxCompared bounds the work of a comparison, which grows with the product of
// what differs.
const maxCompared = 3000

// Compare lists what was taken out of and put into a list of paragraphs, in
// order: as little as explains the difference.
func Compare(before, after []string) []Change {
	for len(before) > 0 && len(after) > 0 && before[0] == after[0] {
		before, after = before[1:], after[1:]
	}
	for len(before) > 0 && len(after) > 0 && before[len(before)-1] == after[len(after)-1] {
		before, after = before[:len(before)-1], after[:len(after)-1]
	}
	n, m := min(len(before), maxCompared), min(len(after), maxCompared)
	same := make([][]int32, n+1) // of the longest common part from i, j on
	for i := range same {
		same[i] = make([]int32, m+1)
	}
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			if before[i] == after[j] {
				same[i][j] = same[i+1][j+1] + 1
			} else {
				same[i][j] = max(same[i+1][j], same[i][j+1])
			}
		}
	}
	var out []Change
	i, j := 0, 0
	for i < n || j < m {
		switch {
		case i < n && j < m && before[i] == after[j]:
			i, j = i+1, j+1
		case i < n && (j == m || same[i+1][j] >= same[i][j+1]):
			out = append(out, Change{Text: before[i]})
			i++
		default:
			out = append(out, Change{Text: after[j], Added: true})
			j++
		}
	}
	return out
}
