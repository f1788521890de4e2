package message

import (
	"html"
	"regexp"
	"strings"
)

// Inline styles: mail programs drop everything else.
const (
	cssLetter    = `font-family:'Segoe UI',Arial,sans-serif;font-size:14px;line-height:1.5;color:#1f2937;background:#ffffff`
	cssSignature = `color:#5b6472;margin:18px 0 0`
)

// separator stands between a text and its signature, so that mail programs
// know it (RFC 3676, section 4.3).
const separator = "-- "

// Signed is the plain text of a letter with its signature.
func Signed(text, signature string) string {
	text = strings.TrimRight(text, " \t\r\n")
	if signature = strings.TrimSpace(signature); signature == "" {
		return text + "\n"
	}
	return text + "\n\n" + separator + "\n" + signature + "\n"
}

// FromText is the HTML of a letter that was written as plain text: paragraphs,
// line ends, links that can be clicked, the signature set apart.
func FromText(text, signature string) string { return Around(text, "", signature) }

// Around is FromText with a piece of ready HTML between the text and the
// signature.
func Around(text, inner, signature string) string {
	var b strings.Builder
	b.WriteString(`<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="color-scheme" content="light"></head><body bgcolor="#ffffff" style="background:#ffffff"><div style="` + cssLetter + `">` + "\n")
	for _, p := range paragraphs(text) {
		b.WriteString(`<p style="margin:0 0 12px">` + linked(p) + "</p>\n")
	}
	b.WriteString(inner)
	if signature = strings.TrimSpace(signature); signature != "" {
		b.WriteString(`<p style="` + cssSignature + `">` + linked(signature) + "</p>\n")
	}
	b.WriteString("</div></body></html>\n")
	return b.String()
}

// paragraphs parts a text at its empty lines.
func paragraphs(text string) []string {
	var out []string
	var lines []string
	flush := func() {
		if len(lines) > 0 {
			out = append(out, strings.Join(lines, "\n"))
		}
		lines = nil
	}
	for line := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		if strings.TrimSpace(line) == "" {
			flush()
			continue
		}
		lines = append(lines, strings.TrimRight(line, " \t"))
	}
	flush()
	return out
}

// link finds addresses of pages and of mail in a text.
var link = regexp.MustCompile(`https?://[^\s<>"']*[^\s<>"'.,;:!?)\]]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+`)

// linked escapes a text and makes its addresses clickable.
func linked(s string) string {
	var b strings.Builder
	at := 0
	for _, m := range link.FindAllStringIndex(s, -1) {
		b.WriteString(escaped(s[at:m[0]]))
		target := s[m[0]:m[1]]
		href := target
		if !strings.HasPrefix(href, "http") {
			href = "mailto:" + href
		}
		b.WriteString(`<a href="` + html.EscapeString(href) + `" style="color:#1b4b7a">` + escaped(target) + `</a>`)
		at = m[1]
	}
	b.WriteString(escaped(s[at:]))
	return b.String()
}

func escaped(s string) string {
	return strings.ReplaceAll(html.EscapeString(s), "\n", "<br>\n")
}
