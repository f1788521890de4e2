package spreadsheet

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"
)

// tokenKind is what stands next in an XML text.
type tokenKind uint8

const (
	endOfFile tokenKind = iota
	opening
	closing
	content
)

var errMarkup = errors.New("broken XML")

// markup walks through XML in UTF-8, such as the parts of XLSX and ODS: names
// without their prefixes, no allocation for tokens. It checks that elements
// are closed, which is what a cut or damaged file fails; it does not validate.
type markup struct {
	b      []byte
	at     int
	deep   int
	name   []byte // of the element that opens or closes
	attrs  []attribute
	text   []byte // content, entities still in it
	cdata  bool
	closes bool // <a/> closes at the next step
}

type attribute struct{ name, value []byte }

func (m *markup) next() (tokenKind, error) {
	if m.closes {
		m.closes = false
		m.deep--
		return closing, nil
	}
	for {
		if m.at >= len(m.b) {
			if m.deep != 0 {
				return endOfFile, errMarkup
			}
			return endOfFile, nil
		}
		if m.b[m.at] != '<' {
			end := bytes.IndexByte(m.b[m.at:], '<')
			if end < 0 {
				end = len(m.b) - m.at
			}
			m.text, m.cdata = m.b[m.at:m.at+end], false
			m.at += end
			return content, nil
		}
		rest := m.b[m.at:]
		switch {
		case bytes.HasPrefix(rest, []byte("<!--")):
			if !m.skip("-->", 4) {
				return endOfFile, errMarkup
			}
		case bytes.HasPrefix(rest, []byte("<![CDATA[")):
			end := bytes.Index(rest, []byte("]]>"))
			if end < 0 {
				return endOfFile, errMarkup
			}
			m.text, m.cdata = rest[9:end], true
			m.at += end + 3
			return content, nil
		case bytes.HasPrefix(rest, []byte("<?")):
			if !m.skip("?>", 2) {
				return endOfFile, errMarkup
			}
		case bytes.HasPrefix(rest, []byte("<!")): // a document type; none of these formats has one of its own
			if !m.skip(">", 2) {
				return endOfFile, errMarkup
			}
		case bytes.HasPrefix(rest, []byte("</")):
			end := bytes.IndexByte(rest, '>')
			if end < 0 || m.deep == 0 {
				return endOfFile, errMarkup
			}
			m.name = local(bytes.TrimRight(rest[2:end], " \t\r\n"))
			m.at += end + 1
			m.deep--
			return closing, nil
		default:
			return opening, m.open()
		}
	}
}

func (m *markup) skip(end string, from int) bool {
	rest := m.b[m.at:]
	if len(rest) < from {
		return false
	}
	i := bytes.Index(rest[from:], []byte(end))
	if i < 0 {
		return false
	}
	m.at += from + i + len(end)
	return true
}

// open reads <name attribute="value" …>.
func (m *markup) open() error {
	b, i := m.b, m.at+1
	start := i
	for i < len(b) && !space(b[i]) && b[i] != '>' && b[i] != '/' {
		i++
	}
	if i == start {
		return errMarkup
	}
	m.name, m.attrs = local(b[start:i]), m.attrs[:0]
	for {
		for i < len(b) && space(b[i]) {
			i++
		}
		if i >= len(b) {
			return errMarkup
		}
		switch b[i] {
		case '>':
			m.at = i + 1
			m.deep++
			return nil
		case '/':
			if i+1 >= len(b) || b[i+1] != '>' {
				return errMarkup
			}
			m.at, m.closes = i+2, true
			m.deep++
			return nil
		}
		name := i
		for i < len(b) && b[i] != '=' && b[i] != '>' && !space(b[i]) {
			i++
		}
		end := i
		for i < len(b) && space(b[i]) {
			i++
		}
		if i+1 >= len(b) || b[i] != '=' {
			return errMarkup
		}
		for i++; i < len(b) && space(b[i]); i++ {
		}
		if i >= len(b) || b[i] != '"' && b[i] != '\'' {
			return errMarkup
		}
		value := i + 1
		length := bytes.IndexByte(b[value:], b[i])
		if length < 0 {
			return errMarkup
		}
		m.attrs = append(m.attrs, attribute{b[name:end], b[value : value+length]})
		i = value + length + 1
	}
}

func space(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

func local(name []byte) []byte { return name[bytes.IndexByte(name, ':')+1:] }

// is reports whether the element has a name.
func (m *markup) is(name string) bool { return string(m.name) == name }

// attr is an attribute by its name without prefix; the first one counts.
func (m *markup) attr(name string) string {
	for _, a := range m.attrs {
		if string(local(a.name)) == name {
			return unescape(a.value)
		}
	}
	return ""
}

// raw is an attribute by its whole name, not unescaped: for what is only
// compared or read as a number.
func (m *markup) raw(name string) []byte {
	for _, a := range m.attrs {
		if string(a.name) == name {
			return a.value
		}
	}
	return nil
}

// leave goes past the end of the element that was just opened.
func (m *markup) leave() error {
	for deep := m.deep - 1; m.deep > deep; {
		t, err := m.next()
		if err != nil {
			return err
		}
		if t == endOfFile {
			return errMarkup
		}
	}
	return nil
}

// content appends the text within the element that was just opened to out,
// and goes past its end; elements within it are left out.
func (m *markup) content(out []byte) ([]byte, error) {
	deep := m.deep
	for {
		t, err := m.next()
		if err != nil {
			return out, err
		}
		switch {
		case t == endOfFile:
			return out, errMarkup
		case t == content && m.deep == deep:
			out = m.appendText(out)
		case t == closing && m.deep < deep:
			return out, nil
		}
	}
}

// appendText appends the content at hand, its entities read.
func (m *markup) appendText(out []byte) []byte {
	if m.cdata {
		return append(out, m.text...)
	}
	return appendUnescaped(out, m.text)
}

func unescape(b []byte) string {
	if bytes.IndexByte(b, '&') < 0 {
		return string(b)
	}
	return string(appendUnescaped(nil, b))
}

func appendUnescaped(out, b []byte) []byte {
	for {
		i := bytes.IndexByte(b, '&')
		if i < 0 {
			return append(out, b...)
		}
		out = append(out, b[:i]...)
		b = b[i:]
		end := bytes.IndexByte(b[:min(len(b), 12)], ';')
		if end < 0 {
			out, b = append(out, '&'), b[1:]
			continue
		}
		if r, ok := entity(string(b[1:end])); ok {
			out = utf8.AppendRune(out, r)
		} else {
			out = append(out, b[:end+1]...)
		}
		b = b[end+1:]
	}
}

func entity(name string) (rune, bool) {
	switch name {
	case "amp":
		return '&', true
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	digits, ok := strings.CutPrefix(name, "#")
	if !ok {
		return 0, false
	}
	base := 10
	if d, ok := strings.CutPrefix(strings.ToLower(digits), "x"); ok {
		digits, base = d, 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || !utf8.ValidRune(rune(n)) || n == 0 {
		return 0, false
	}
	return rune(n), true
}
