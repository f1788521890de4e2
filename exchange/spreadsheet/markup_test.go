package spreadsheet

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// tree writes what a walk through XML meets.
func tree(data []byte) (string, error) {
	var b strings.Builder
	m := &markup{b: data}
	for {
		t, err := m.next()
		if err != nil {
			return "", err
		}
		switch t {
		case endOfFile:
			return b.String(), nil
		case opening:
			fmt.Fprintf(&b, "<%s", m.name)
			for _, a := range m.attrs {
				fmt.Fprintf(&b, " %s=%q", local(a.name), unescape(a.value))
			}
			b.WriteString(">")
		case closing:
			b.WriteString("</>")
		case content:
			b.Write(m.appendText(nil))
		}
	}
}

// theirTree is the same by the standard library.
func theirTree(data []byte) (string, error) {
	var b strings.Builder
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return b.String(), nil
		}
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			fmt.Fprintf(&b, "<%s", t.Name.Local)
			for _, a := range t.Attr {
				fmt.Fprintf(&b, " %s=%q", a.Name.Local, a.Value)
			}
			b.WriteString(">")
		case xml.EndElement:
			b.WriteString("</>")
		case xml.CharData:
			b.Write(t)
		}
	}
}

// Any well-formed text reads as the standard library reads it.
func TestMarkupReadsAsTheLibraryDoes(t *testing.T) {
	name := rapid.SampledFrom([]string{"c", "v", "x:row", "table:table-cell", "is"})
	text := rapid.SampledFrom([]string{"", "слово", "a &amp; b", "&#x41;&#1071;", "&lt;", "<![CDATA[<c>&amp;]]>", "<!-- <c> -->", "<?pi a?>", " \t"})
	value := rapid.SampledFrom([]string{`"A1"`, `'"'`, `"&quot;&#10;"`, `""`, `"a>b/"`})
	var element func(t *rapid.T, deep int) string
	element = func(t *rapid.T, deep int) string {
		n := name.Draw(t, "name")
		var b strings.Builder
		b.WriteString("<" + n)
		for i := range rapid.IntRange(0, 3).Draw(t, "attributes") {
			fmt.Fprintf(&b, " a:b%d = %s", i, value.Draw(t, "value"))
		}
		if rapid.Bool().Draw(t, "empty") {
			return b.String() + " />"
		}
		b.WriteString(">")
		for range rapid.IntRange(0, 3).Draw(t, "children") {
			b.WriteString(text.Draw(t, "text"))
			if deep < 4 {
				b.WriteString(element(t, deep+1))
			}
		}
		return b.String() + "</" + n + ">"
	}
	rapid.Check(t, func(t *rapid.T) {
		data := []byte(`<?xml version="1.0"?>` + element(t, 0))
		got, err := tree(data)
		want, theirs := theirTree(data)
		if err != nil || theirs != nil || got != want {
			t.Fatalf("%s\nours   %s %v\ntheirs %s %v", data, got, err, want, theirs)
		}
		if _, err := tree(data[:len(data)-1]); err == nil {
			t.Fatalf("a cut text is taken: %s", data[:len(data)-1])
		}
	})
}

func TestNumberFormats(t *testing.T) {
	for code, want := range map[string]numberFormat{
		"General": {}, "0.00": {}, "@": {}, "Standard": {}, `# ##0,00" грн"`: {currency: "UAH"}, `#,##0.00\ [$€-1]`: {currency: "EUR"}, `_($* #,##0.00_)`: {currency: "USD"}, `_(* #,##0.00_)`: {},
		`"$"#,##0`: {currency: "USD"}, "0%": {percent: true}, `0.00\%`: {}, "00000000": {mask: "00000000"}, `000\-00\-00`: {mask: "000-00-00"},
		"dd.mm.yyyy": {day: true}, `[$-422]d mmmm yyyy" р.";@`: {day: true}, "dd/mm/yy hh:mm": {day: true, clock: true}, "h:mm": {clock: true}, "[h]:mm:ss": {clock: true},
		"mmm": {day: true}, "ДД.ММ.РРРР": {day: true}, "mm:ss.0": {clock: true}, `#,##0.00;[Red]\-#,##0.00`: {}, "# ##0.00 грн": {currency: "UAH"},
	} {
		if got := readFormat(code); got != want {
			t.Errorf("%s: %+v, not %+v", code, got, want)
		}
	}
}
