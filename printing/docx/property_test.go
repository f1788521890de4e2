package docx_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ugoda/printing/docx"
)

// However Word cuts a paragraph into runs, and whatever it leaves between
// them, the filled text is the same.
func TestAnySplittingFillsTheSame(t *testing.T) {
	texts := []string{
		"Пан {client.name}, {#tags}{.}; {/tags}усього {total}",
		`{name | upper}{#yes}так{/}{^yes}ні{/} \{x\} {"a":1} {lines.0.product}`,
		"{#lines}{№}. {product}: {#parts}{part}{^is_last}, {/}{/parts} | {/lines}",
		`{empty | default:"порожньо"} { client.city }{№x | default:“}”}`,
	}
	between := []string{"", `<w:proofErr w:type="spellStart"/>`, `<w:bookmarkStart w:id="7" w:name="z"/><w:bookmarkEnd w:id="7"/>`, `<w:del w:id="3"><w:r><w:delText>{gone}</w:delText></w:r></w:del>`}
	d := data()
	d["№x"] = ""
	rapid.Check(t, func(r *rapid.T) {
		text := rapid.SampledFrom(texts).Draw(r, "text")
		whole := body(t, fill(t, made{body: para(text)}, d, docx.Options{}))
		var b strings.Builder
		b.WriteString("<w:p>")
		for rest := []rune(text); len(rest) > 0; {
			n := rapid.IntRange(1, min(9, len(rest))).Draw(r, "letters")
			run := `<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">` + esc(string(rest[:n])) + `</w:t></w:r>`
			switch rapid.IntRange(0, 4).Draw(r, "holder") {
			case 0:
				run = `<w:hyperlink w:anchor="x">` + run + `</w:hyperlink>`
			case 1:
				run = `<w:ins w:id="9">` + run + `</w:ins>`
			case 2:
				run = `<w:sdt><w:sdtPr/><w:sdtContent>` + run + `</w:sdtContent></w:sdt>`
			}
			b.WriteString(run + rapid.SampledFrom(between).Draw(r, "between"))
			rest = rest[n:]
		}
		b.WriteString("</w:p>")
		if got := body(t, fill(t, made{body: b.String()}, d, docx.Options{})); got != whole {
			r.Fatalf("cut: %s\nwhole: %s", got, whole)
		}
	})
}
