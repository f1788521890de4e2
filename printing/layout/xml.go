package layout

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A tree reader of our own: the standard decoder needs longer for the XML of a
// proposal than the whole layout may take. It knows what OOXML uses
// (elements, attributes, namespaces, character data, the five entities and
// character references) and refuses document types, hence entity bombs.

// node is an element. Its name has a fixed prefix whatever the file says:
// "w:p", "a:blip", "wp:inline".
type node struct {
	name  string
	attrs []attribute
	kids  []*node
	text  string // character data, of elements that have some
}

type attribute struct{ name, value string }

// child is the first child with a name, nil when there is none or no node.
func (n *node) child(name string) *node {
	if n == nil {
		return nil
	}
	for _, k := range n.kids {
		if k.name == name {
			return k
		}
	}
	return nil
}

// path walks down by names.
func (n *node) path(names ...string) *node {
	for _, name := range names {
		n = n.child(name)
	}
	return n
}

// attr is the value of an attribute, or nothing.
func (n *node) attr(name string) string {
	v, _ := n.lookup(name)
	return v
}

func (n *node) lookup(name string) (string, bool) {
	if n == nil {
		return "", false
	}
	for i := range n.attrs {
		if n.attrs[i].name == name {
			return n.attrs[i].value, true
		}
	}
	return "", false
}

// val is the w:val attribute, which most properties have.
func (n *node) val() string { return n.attr("w:val") }

// on reads a property that is set by being there, unless it says otherwise.
func (n *node) on() bool {
	switch v, ok := n.lookup("w:val"); {
	case !ok:
		return n != nil
	default:
		return v != "0" && v != "false" && v != "off"
	}
}

// int reads a whole number; a fraction is cut, nonsense is 0, and no number is
// larger than any page needs.
func (n *node) int(name string) int { return number(n.attr(name)) }

func number(s string) int {
	if i := strings.IndexByte(s, '.'); i >= 0 {
		s = s[:i]
	}
	v, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return max(-1e9, min(v, 1e9))
}

// spaces gives namespaces the prefixes that the rest of the package uses; the
// strict variant of the format has addresses of its own.
var spaces = map[string]string{
	"http://schemas.openxmlformats.org/wordprocessingml/2006/main":           "w",
	"http://purl.oclc.org/ooxml/wordprocessingml/main":                       "w",
	"http://schemas.openxmlformats.org/drawingml/2006/main":                  "a",
	"http://purl.oclc.org/ooxml/drawingml/main":                              "a",
	"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
	"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing":             "wp",
	"http://schemas.openxmlformats.org/drawingml/2006/picture":               "pic",
	"http://purl.oclc.org/ooxml/drawingml/picture":                           "pic",
	"http://schemas.openxmlformats.org/drawingml/2006/chart":                 "c",
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships":    "r",
	"http://purl.oclc.org/ooxml/officeDocument/relationships":                "r",
	"http://schemas.openxmlformats.org/package/2006/relationships":           "rel",
	"http://schemas.openxmlformats.org/markup-compatibility/2006":            "mc",
	"http://schemas.microsoft.com/office/word/2010/wordprocessingShape":      "wps",
	"http://schemas.microsoft.com/office/word/2010/wordprocessingGroup":      "wpg",
	"http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing":    "wp14",
	"http://schemas.openxmlformats.org/officeDocument/2006/math":             "m",
	"urn:schemas-microsoft-com:vml":                                          "v",
	"urn:schemas-microsoft-com:office:office":                                "o",
	"http://www.w3.org/XML/1998/namespace":                                   "xml",
	"http://schemas.openxmlformats.org/package/2006/content-types":           "ct",
}

const (
	maxDepth = 400
	maxNodes = 3_000_000
)

var errXML = errors.New("broken XML")

type xmlReader struct {
	data  []byte
	pos   int
	nodes int
	scope []binding
	names map[string]string // raw name → fixed name, while no binding changes
	slab  []node
}

type binding struct{ prefix, space string }

// parseXML reads a part. It wants UTF-8, as every producer writes.
func parseXML(data []byte) (*node, error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if len(data) > 1 && (data[0] == 0xfe || data[0] == 0xff) {
		return nil, fmt.Errorf("%w: not in UTF-8", errXML)
	}
	x := &xmlReader{data: data, names: map[string]string{}}
	root := &node{}
	stack := make([]*node, 1, 64)
	stack[0] = root
	opened := make([]int, 0, 64) // bindings before each open element
	for x.pos < len(x.data) {
		top := stack[len(stack)-1]
		if x.data[x.pos] != '<' {
			end := bytes.IndexByte(x.data[x.pos:], '<')
			if end < 0 {
				end = len(x.data) - x.pos
			}
			raw := x.data[x.pos : x.pos+end]
			x.pos += end
			if len(stack) > 1 && (len(top.kids) == 0 || len(bytes.TrimSpace(raw)) > 0) {
				top.text += unescape(raw)
			}
			continue
		}
		rest := x.data[x.pos:]
		switch {
		case bytes.HasPrefix(rest, []byte("</")):
			end := bytes.IndexByte(rest, '>')
			if end < 0 || len(stack) == 1 {
				return nil, fmt.Errorf("%w: a closing tag is out of place", errXML)
			}
			x.pos += end + 1
			stack = stack[:len(stack)-1]
			x.unbind(opened[len(opened)-1])
			opened = opened[:len(opened)-1]
		case bytes.HasPrefix(rest, []byte("<?")):
			if !x.skip("?>") {
				return nil, fmt.Errorf("%w: an instruction does not end", errXML)
			}
		case bytes.HasPrefix(rest, []byte("<!--")):
			if !x.skip("-->") {
				return nil, fmt.Errorf("%w: a comment does not end", errXML)
			}
		case bytes.HasPrefix(rest, []byte("<![CDATA[")):
			start := x.pos + 9
			if !x.skip("]]>") {
				return nil, fmt.Errorf("%w: CDATA does not end", errXML)
			}
			if len(stack) > 1 && x.pos-3 >= start {
				top.text += strings.ToValidUTF8(string(x.data[start:x.pos-3]), "\ufffd")
			}
		case bytes.HasPrefix(rest, []byte("<!")):
			return nil, fmt.Errorf("%w: a document type is not allowed", errXML)
		default:
			before := len(x.scope)
			n, closed, err := x.element()
			if err != nil {
				return nil, err
			}
			top.kids = append(top.kids, n)
			if closed {
				x.unbind(before)
				continue
			}
			if len(stack) > maxDepth {
				return nil, fmt.Errorf("%w: nested too deep", errXML)
			}
			stack = append(stack, n)
			opened = append(opened, before)
		}
	}
	if len(stack) != 1 || len(root.kids) != 1 {
		return nil, fmt.Errorf("%w: it ends too early", errXML)
	}
	return root.kids[0], nil
}

func (x *xmlReader) skip(end string) bool {
	i := bytes.Index(x.data[x.pos:], []byte(end))
	if i < 0 {
		return false
	}
	x.pos += i + len(end)
	return true
}

func (x *xmlReader) unbind(n int) {
	if len(x.scope) > n {
		x.scope = x.scope[:n]
		clear(x.names)
	}
}

func (x *xmlReader) make() *node {
	if len(x.slab) == 0 {
		x.slab = make([]node, 256)
	}
	n := &x.slab[0]
	x.slab = x.slab[1:]
	return n
}

// element reads a start tag; closed says that it ends itself.
func (x *xmlReader) element() (n *node, closed bool, err error) {
	if x.nodes++; x.nodes > maxNodes {
		return nil, false, fmt.Errorf("%w: too many elements", errXML)
	}
	d := x.data
	i := x.pos + 1
	start := i
	for i < len(d) && d[i] > ' ' && d[i] != '>' && d[i] != '/' {
		i++
	}
	raw := d[start:i]
	if len(raw) == 0 {
		return nil, false, fmt.Errorf("%w: a tag without a name", errXML)
	}
	n = x.make()
	bound := false
	for {
		for i < len(d) && d[i] <= ' ' {
			i++
		}
		if i >= len(d) {
			return nil, false, fmt.Errorf("%w: a tag does not end", errXML)
		}
		if d[i] == '>' {
			i++
			break
		}
		if d[i] == '/' {
			if i+1 >= len(d) || d[i+1] != '>' {
				return nil, false, fmt.Errorf("%w: a stray slash", errXML)
			}
			i += 2
			closed = true
			break
		}
		start = i
		for i < len(d) && d[i] != '=' && d[i] > ' ' && d[i] != '>' && d[i] != '/' {
			i++
		}
		key := d[start:i]
		for i < len(d) && d[i] <= ' ' {
			i++
		}
		if i >= len(d) || d[i] != '=' || len(key) == 0 {
			return nil, false, fmt.Errorf("%w: an attribute without a value", errXML)
		}
		i++
		for i < len(d) && d[i] <= ' ' {
			i++
		}
		if i >= len(d) || d[i] != '"' && d[i] != '\'' {
			return nil, false, fmt.Errorf("%w: an attribute without quotes", errXML)
		}
		end := bytes.IndexByte(d[i+1:], d[i])
		if end < 0 {
			return nil, false, fmt.Errorf("%w: an attribute does not end", errXML)
		}
		value := unescape(d[i+1 : i+1+end])
		i += end + 2
		switch {
		case string(key) == "xmlns":
			x.scope, bound = append(x.scope, binding{"", value}), true
		case bytes.HasPrefix(key, []byte("xmlns:")):
			x.scope, bound = append(x.scope, binding{string(key[6:]), value}), true
		default:
			if n.attrs == nil {
				n.attrs = make([]attribute, 0, 4)
			}
			n.attrs = append(n.attrs, attribute{string(key), value})
		}
	}
	x.pos = i
	if bound {
		clear(x.names)
	}
	n.name = x.fixed(raw, true)
	for k := range n.attrs {
		a := &n.attrs[k]
		a.name = x.fixed([]byte(a.name), false)
	}
	return n, closed, nil
}

// fixed gives a name its fixed prefix. Attributes without a prefix belong to
// no namespace.
func (x *xmlReader) fixed(raw []byte, element bool) string {
	if name, ok := x.names[string(raw)]; ok && (element || bytes.IndexByte(raw, ':') >= 0) {
		return name
	}
	prefix, local, found := strings.Cut(string(raw), ":")
	if !found {
		prefix, local = "", prefix
		if !element {
			return local
		}
	}
	name := string(raw)
	if prefix == "xml" {
		return name
	}
	for i := len(x.scope) - 1; i >= 0; i-- {
		if b := x.scope[i]; b.prefix == prefix {
			if p, ok := spaces[b.space]; ok {
				name = p + ":" + local
			} else {
				name = "?:" + local
			}
			break
		}
	}
	x.names[string(raw)] = name
	return name
}

var entities = map[string]string{"amp": "&", "lt": "<", "gt": ">", "quot": `"`, "apos": "'"}

// unescape resolves references; a broken one stays as it is written.
func unescape(raw []byte) string {
	if bytes.IndexByte(raw, '&') < 0 && utf8.Valid(raw) {
		return string(raw)
	}
	s := strings.ToValidUTF8(string(raw), "\ufffd")
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '&')
		if i < 0 {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:i])
		s = s[i:]
		end := strings.IndexByte(s[:min(len(s), 12)], ';')
		if end < 0 {
			b.WriteByte('&')
			s = s[1:]
			continue
		}
		ref := s[1:end]
		if text, ok := entities[ref]; ok {
			b.WriteString(text)
		} else if strings.HasPrefix(ref, "#") {
			base, digits := 10, ref[1:]
			if strings.HasPrefix(digits, "x") || strings.HasPrefix(digits, "X") {
				base, digits = 16, digits[1:]
			}
			if v, err := strconv.ParseUint(digits, base, 32); err == nil && utf8.ValidRune(rune(v)) && v > 0 {
				b.WriteRune(rune(v))
			} else {
				b.WriteRune(utf8.RuneError)
			}
		} else {
			b.WriteString(s[:end+1])
		}
		s = s[end+1:]
	}
}
