package layout

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

func TestParseXML(t *testing.T) {
	n, err := parseXML([]byte("\xef\xbb\xbf<?xml version=\"1.0\"?><!-- c --><q:document xmlns:q='http://schemas.openxmlformats.org/wordprocessingml/2006/main' xmlns:z=\"urn:z\"><q:p q:val='a &amp; &#x456;' plain=\"1\"><q:t xml:space=\"preserve\"> x &lt;&#1111; <![CDATA[<y>]]></q:t><z:w/></q:p></q:document>"))
	if err != nil {
		t.Fatal(err)
	}
	p := n.child("w:p")
	if n.name != "w:document" || p.attr("w:val") != "a & і" || p.attr("plain") != "1" || p.child("w:t").text != " x <ї <y>" || p.child("w:t").attr("xml:space") != "preserve" || p.kids[1].name != "?:w" {
		t.Errorf("%+v", p)
	}
	for _, bad := range []string{"", "<a", "<a>", "</a>", "<a b></a>", "<a b=c/>", `<a b="c/>`, "<a/><b/>", `<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>`, "\xff\xfe<\x00", "<a><![CDATA[x</a>", strings.Repeat("<a>", 1000)} {
		if _, err := parseXML([]byte(bad)); err == nil {
			t.Errorf("%q was taken for XML", bad)
		}
	}
}

// FuzzXML checks that whatever the standard decoder accepts gives the same
// text here.
func FuzzXML(f *testing.F) {
	f.Add([]byte(`<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:t a="b">x &amp; y</w:t></w:p>`))
	f.Add([]byte(`<a><![CDATA[b]]><!-- c --><?d e?>&#x41;</a>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		n, err := parseXML(data)
		want, ok := elements(data)
		if !ok || strings.Contains(string(data), "<!DOCTYPE") || strings.Contains(string(data), "<!") {
			return
		}
		if err != nil {
			return // stricter about what OOXML never has
		}
		if got := count(n); got != want {
			t.Errorf("%d elements, want %d in %q", got, want, data)
		}
	})
}

func count(n *node) int {
	sum := 1
	for _, k := range n.kids {
		sum += count(k)
	}
	return sum
}

func elements(data []byte) (int, bool) {
	d := xml.NewDecoder(strings.NewReader(string(data)))
	n := 0
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return n, n > 0
		}
		if err != nil {
			return 0, false
		}
		if _, ok := tok.(xml.StartElement); ok {
			n++
		}
	}
}

func TestOrdinal(t *testing.T) {
	for _, c := range []struct {
		n      int
		format string
		want   string
	}{
		{4, "decimal", "4"},
		{4, "lowerRoman", "iv"},
		{1999, "upperRoman", "MCMXCIX"},
		{1, "lowerLetter", "a"},
		{27, "lowerLetter", "aa"},
		{28, "upperLetter", "BB"},
		{3, "russianLower", "в"},
		{7, "decimalZero", "07"},
		{12, "decimalZero", "12"},
		{5, "none", ""},
		{0, "upperRoman", "0"},
		{9999, "upperRoman", "9999"},
	} {
		if got := ordinal(c.n, c.format); got != c.want {
			t.Errorf("%d as %s: %q, want %q", c.n, c.format, got, c.want)
		}
	}
}
