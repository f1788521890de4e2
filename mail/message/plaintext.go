package message

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// PlainText derives the plain-text alternative from HTML: paragraphs and line
// breaks, list items with dashes, table rows with their cells parted by tabs,
// links followed by their address.
func PlainText(source string) string {
	var t textWriter
	z := html.NewTokenizer(strings.NewReader(source))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return t.done()
		case html.TextToken:
			if t.skip == 0 {
				t.text(string(z.Text()))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			t.open(z.Token())
		case html.EndTagToken:
			t.close(z.Token().DataAtom)
		}
	}
}

type textWriter struct {
	b     strings.Builder
	lines int  // line ends owed before the next text
	space bool // a space owed before the next text
	tab   bool // a tab owed: the next cell of a row
	skip  int  // depth inside what is not text
	href  string
	from  int // where the link's text begins
}

func (t *textWriter) text(s string) {
	for i, word := range strings.Fields(s) {
		if i > 0 || strings.IndexAny(s, " \t\r\n\u00a0") == 0 {
			t.space = true
		}
		t.owed()
		t.b.WriteString(word)
	}
	if n := len(s); n > 0 && strings.ContainsAny(s[n-1:], " \t\r\n") {
		t.space = true
	}
}

// owed writes the white space that is due before text.
func (t *textWriter) owed() {
	switch {
	case t.b.Len() == 0:
	case t.lines > 0:
		t.b.WriteString(strings.Repeat("\n", t.lines))
	case t.tab:
		t.b.WriteByte('\t')
	case t.space:
		t.b.WriteByte(' ')
	}
	t.lines, t.space, t.tab = 0, false, false
}

func (t *textWriter) open(tok html.Token) {
	switch tok.DataAtom {
	case atom.Script, atom.Style, atom.Head, atom.Title, atom.Template:
		if tok.Type == html.StartTagToken {
			t.skip++
		}
	case atom.Body: // a head left open ends here
		t.skip = 0
	case atom.Br:
		t.lines++
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.Table, atom.Ul, atom.Ol, atom.Blockquote:
		t.lines = max(t.lines, 2)
	case atom.Div, atom.Tr, atom.H5, atom.H6, atom.Hr:
		t.lines = max(t.lines, 1)
	case atom.Li:
		t.lines = max(t.lines, 1)
		t.owed()
		t.b.WriteString("– ")
	case atom.Td, atom.Th:
		t.tab = true
	case atom.A:
		t.href, t.from = "", t.b.Len()
		for _, a := range tok.Attr {
			if a.Key == "href" && (strings.HasPrefix(a.Val, "http:") || strings.HasPrefix(a.Val, "https:")) {
				t.href = a.Val
			}
		}
	}
}

func (t *textWriter) close(a atom.Atom) {
	switch a {
	case atom.Script, atom.Style, atom.Head, atom.Title, atom.Template:
		t.skip = max(t.skip-1, 0)
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.Table, atom.Ul, atom.Ol, atom.Blockquote:
		t.lines = max(t.lines, 2)
	case atom.Div, atom.Tr, atom.Li, atom.H5, atom.H6:
		t.lines = max(t.lines, 1)
	case atom.A:
		if t.href != "" && !strings.Contains(t.b.String()[t.from:], t.href) {
			t.owed()
			t.b.WriteString(" <" + t.href + ">")
		}
		t.href = ""
	}
}

func (t *textWriter) done() string {
	s := strings.TrimSpace(t.b.String())
	if s == "" {
		return ""
	}
	return s + "\n"
}
