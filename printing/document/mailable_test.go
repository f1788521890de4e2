package document_test

import (
	"bytes"
	"image"
	"image/png"
	"regexp"
	"strings"
	"testing"
)

// What mail programs need and browsers do not: Outlook lays letters out as Word
// does. Widths and backgrounds are attributes, each cell says its font, a
// picture its size, and nothing is used that Outlook leaves out.
func TestHTMLForMailPrograms(t *testing.T) {
	d := made(t, sample())
	var logo bytes.Buffer
	if err := png.Encode(&logo, image.NewGray(image.Rect(0, 0, 880, 400))); err != nil {
		t.Fatal(err)
	}
	d.Logo = logo.Bytes()
	page := string(written(t, "html", d))
	tags := regexp.MustCompile(`<(table|td|th|img|h1|h2|p)\b[^>]*>`).FindAllString(page, -1)
	if len(tags) < 50 {
		t.Fatalf("%d tags", len(tags))
	}
	ofOutlook := `<table role="presentation" cellpadding="0" cellspacing="0" border="0" width="820" align="center">`
	for _, tag := range tags {
		lacks := func(what string) {
			if !strings.Contains(tag, what) && tag != ofOutlook {
				t.Errorf("%s lacks %s", tag, what)
			}
		}
		switch {
		case strings.HasPrefix(tag, "<table"):
			lacks(` width="`)
			lacks(` cellspacing="0"`)
			lacks(` border="0"`)
		case strings.HasPrefix(tag, "<img"):
			lacks(` width="141" height="64"`)
			lacks(` alt="`)
		case strings.HasPrefix(tag, `<td style="padding:0 8px 10px 0`): // of the logo
		case tag == "<td>": // Outlook's own
		default:
			lacks("font-family:")
		}
		if strings.Contains(tag, "background:#") && !strings.Contains(tag, "#ffffff\"") && !strings.Contains(tag, "bgcolor=\"") {
			t.Errorf("%s has no background as an attribute", tag)
		}
	}
	for _, not := range []string{"flex", "grid", "position:", "float:", "class=", "<style", "var(", "rgba(", "url("} {
		if strings.Contains(page, not) {
			t.Errorf("there is %q", not)
		}
	}
	for _, want := range []string{`<meta name="color-scheme" content="light">`, `bgcolor="#ffffff"`, `<!--[if mso]>`, `<![endif]-->`} {
		if !strings.Contains(page, want) {
			t.Errorf("there is no %s", want)
		}
	}
	if strings.Contains(page, "pxfont-style") || !strings.Contains(page, "font-size:12px;font-style:italic\">(") {
		t.Error("the style of an option is no style")
	}
	if open, closed := strings.Count(page, "<table"), strings.Count(page, "</table>"); open != closed {
		t.Errorf("%d tables begin, %d end", open, closed)
	}
}
