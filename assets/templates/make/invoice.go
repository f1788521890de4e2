package main

import "strings"

// invoiceTexts are the words of an invoice.
type invoiceTexts struct {
	Title   string     `json:"title"`
	Number  string     `json:"number"`
	Running string     `json:"running"`
	Rows    [][]string `json:"rows"`  // label, what it is, what is said of it
	Words   string     `json:"words"` // what the invoice says to the client
	Note    string     `json:"note"`
	Issued  string     `json:"issued"`
}

// invoice is what the client pays by.
func invoice(t texts) letter {
	x := t.Invoice
	var b strings.Builder
	add := func(s ...string) { b.WriteString(strings.Join(s, "")) }
	add(text("Draft", t.Draft), text("Title", x.Title), text("Subtitle", x.Number))
	const label = 2000
	var rows []string
	for i, r := range x.Rows {
		weight := ""
		if i < 3 {
			weight = "<w:b/>"
		}
		content := []string{p("TableText", "", run(r[1], weight))}
		if r[2] != "" {
			content = append(content, text("TableText", r[2]))
		}
		rows = append(rows, tr("", tc(label, shade(pale), text("Label", r[0])), tc(textWidth-label, "", content...)))
	}
	borders := `<w:tblBorders>` + border("top", accent, 8) + border("bottom", rule, 4) + border("insideH", rule, 4) + `</w:tblBorders>`
	add(tbl([]int{label, textWidth - label}, borders, [4]int{100, 100, 60, 60}, rows...), text("BodyText", ""))
	add(lines(t))
	add(p("AmountInWords", "", run(t.Words, ""), run(" ", ""), run(t.WithoutVAT, "")))
	add(text("BodyText", x.Words), text("Small", x.Note))
	add(p("Closing", "", run(x.Issued, ""), behind(12, "rIdStamp", t.Stamp, 36, 36, 84, 1)), signature(t))
	add(text("AfterTable", ""))
	return letter{t.FileTitle["invoice"], b.String(), firstHeader(t), x.Running}
}
