package main

import "strings"

// Widths in twips: A4 with margins of 20 and 15 mm leaves 9,921.
const textWidth = 9921

// columns of the table of lines.
var columns = []int{500, 4151, 750, 770, 1280, 1020, 1450}

// letter is one of the documents: what stands in it, on its first page above
// it, and on the others.
type letter struct{ title, body, first, running string }

// proposal is the commercial proposal.
func proposal(t texts) letter {
	var b strings.Builder
	add := func(s ...string) { b.WriteString(strings.Join(s, "")) }
	add(text("Draft", t.Draft), text("Title", t.Title), text("Subtitle", t.Number))
	add(addressBox(t))
	add(text("Salutation", t.Addressee), text("BodyText", t.Intro))
	add(text("BodyText", t.VariantsBegin))
	add(text("Heading1", t.Variant), p("BodyText", keepNext, run(t.VariantNote, "")))
	add(lines(t))
	add(p("AmountInWords", "", run(t.Words, ""), run(" ", ""), run(t.WithoutVAT, "")))
	for _, s := range t.OwnTerms {
		add(text("BodyText", s))
	}
	add(text("BodyText", t.VariantsEnd))
	add(text("Heading2", t.Terms), terms(t))
	add(p("Closing", "", run(t.Closing, ""), behind(12, "rIdStamp", t.Stamp, 36, 36, 84, 1)), signature(t))
	add(text("AfterTable", ""))
	return letter{t.Title, b.String(), firstHeader(t), t.Running}
}

// addressBox says to whom the letter goes, until when it is valid and whom to ask.
func addressBox(t texts) string {
	const left = 5921
	ground := shade(pale)
	accented := `<w:tcBorders>` + border("left", accent, 24) + `</w:tcBorders>`
	return tbl([]int{left, textWidth - left}, "", [4]int{200, 160, 120, 120},
		tr("",
			tc(left, accented+ground,
				text("Label", t.To), p("TableText", "", run(t.ToName, "<w:b/>")), text("TableText", t.ToContact), text("TableText", t.ToAddress)),
			tc(textWidth-left, ground,
				text("Label", t.Valid), p("TableText", `<w:spacing w:after="80"/>`, run(t.ValidUntil, "<w:b/>")),
				text("Label", t.Manager), text("TableText", t.ManagerName), text("TableText", t.ManagerPhone), text("TableText", t.ManagerEmail)),
		)) + text("AfterTable", "")
}

// lines is the table of a variant with its totals.
func lines(t texts) string {
	align := []string{centred, "", centred, right, right, right, right}
	var head, line []string
	for i, s := range t.Head {
		head = append(head, tc(columns[i], shade(accent)+middle, p("TableHead", keepNext+align[i], run(s, ""))))
	}
	for i, s := range t.Line {
		paragraphs := []string{p("TableText", align[i], run(s, ""))}
		if i == 1 {
			paragraphs = append(paragraphs, text("TableNote", t.Article))
			for _, s := range t.Parts {
				paragraphs = append(paragraphs, text("TableNote", s))
			}
		}
		line = append(line, tc(columns[i], "", paragraphs...))
	}
	last := columns[5] + columns[6]
	rows := []string{
		tr("<w:tblHeader/>", head...),
		tr("", tc(textWidth-last, span(len(columns)-2)+shade(pale), p("TableText", keepNext, run(t.HeadingRow[0], "<w:b/>"))),
			tc(last, span(2)+shade(pale), p("TableText", keepNext+right, run(t.HeadingRow[1], "<w:b/>")))),
		tr("", tc(textWidth, span(len(columns)), p("TableText", "", run(t.NoteRow, "<w:i/>")))),
		tr("", line...),
	}
	sum := func(style, ground, keep string, pair []string) string {
		return tr("", tc(textWidth-last, span(len(columns)-2)+ground, p(style, keep+right, run(pair[0], ""))),
			tc(last, span(2)+ground, p(style, keep+right, run(pair[1], ""))))
	}
	// The last rows let go of the words below: rather those begin a page than
	// the totals without a single line.
	rows = append(rows,
		sum("TableText", "", keepNext, t.Subtotal), sum("TableText", "", keepNext, t.VAT),
		sum("TableTotal", shade(pale), keepNext, t.Total),
		sum("TableNote", "", "", t.Included), sum("TableNote", "", "", t.Saved), sum("TableNote", "", "", t.Options))
	borders := `<w:tblBorders>` + border("top", accent, 8) + border("bottom", rule, 4) + border("insideH", rule, 4) + `</w:tblBorders>`
	return tbl(columns, borders, [4]int{80, 80, 40, 40}, rows...)
}

func terms(t texts) string {
	const label = 1900
	var rows []string
	for _, r := range t.TermRows {
		rows = append(rows, tr("", tc(label, "", text("Label", r[0])), tc(textWidth-label, "", p("TableText", keepNext, run(r[1], "")))))
	}
	borders := `<w:tblBorders>` + border("insideH", rule, 4) + `</w:tblBorders>`
	return tbl([]int{label, textWidth - label}, borders, [4]int{0, 80, 50, 50}, rows...)
}

// signature is the post, the signature over the stamp, and the name.
func signature(t texts) string {
	widths := []int{3721, 3200, 3000}
	line := `<w:tcBorders>` + border("bottom", soft, 4) + `</w:tcBorders>`
	return tbl(widths, "", [4]int{0, 120, 0, 20},
		tr(`<w:trHeight w:val="900" w:hRule="atLeast"/>`,
			tc(widths[0], bottom, p("TableText", keepNext, run(t.Post, "")), p("TableText", keepNext, run(t.FirmName, ""))),
			tc(widths[1], line+bottom, p("TableText", keepNext+centred, inline(11, "rIdSignature", t.Signature, 38, 15))),
			tc(widths[2], bottom, p("TableText", keepNext+right, run(t.Signatory, "<w:b/>"))),
		))
}

// firstHeader is the letterhead of the first page.
func firstHeader(t texts) string {
	const logo = 3300
	under := `<w:tblBorders>` + border("bottom", accent, 12) + `</w:tblBorders>`
	return tbl([]int{logo, textWidth - logo}, under, [4]int{0, 0, 0, 100},
		tr("",
			tc(logo, middle, p("Header", "", inline(21, "rIdLogo", t.Logo, 52, 20))),
			tc(textWidth-logo, middle,
				p("Letterhead", "", run(t.Firm, `<w:b/><w:color w:val="`+accent+`"/><w:sz w:val="20"/>`)),
				text("Letterhead", t.FirmCode), text("Letterhead", t.FirmAddress), text("Letterhead", t.FirmBank), text("Letterhead", t.FirmContacts)),
		)) + text("AfterTable", "")
}

// nextHeader stands on the pages that follow.
func nextHeader(t texts, running string) string {
	tabs := `<w:pBdr>` + border("bottom", rule, 4) + `</w:pBdr><w:tabs><w:tab w:val="clear" w:pos="4677"/><w:tab w:val="clear" w:pos="9355"/><w:tab w:val="right" w:pos="9921"/></w:tabs>`
	return p("Header", tabs, run(t.FirmName, "<w:b/>"), `<w:r><w:tab/></w:r>`, run(running, ""))
}

// footer has the firm's contacts and the page of pages.
func footer(t texts) string {
	tabs := `<w:pBdr>` + border("top", rule, 4) + `</w:pBdr><w:tabs><w:tab w:val="clear" w:pos="4677"/><w:tab w:val="clear" w:pos="9355"/><w:tab w:val="right" w:pos="9921"/></w:tabs>`
	return p("Footer", tabs, run(t.FirmName+" · ", ""), run(t.FirmContacts, ""), `<w:r><w:tab/></w:r>`, run(t.Page, ""), field("PAGE", "1"), run(t.Of, ""), field("NUMPAGES", "1"))
}
