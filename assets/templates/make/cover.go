package main

import "strings"

// coverTexts are the words of the letter that a proposal goes with.
type coverTexts struct {
	Date     string     `json:"date"`
	Running  string     `json:"running"`
	To       string     `json:"to"`
	Subject  string     `json:"subject"`
	Greeting string     `json:"greeting"`
	Opening  string     `json:"opening"`
	Body     []string   `json:"body"`
	Facts    [][]string `json:"facts"`
	After    []string   `json:"after"`
	Enclosed string     `json:"enclosed"`
}

// cover is the letter that a proposal goes with.
func cover(t texts) letter {
	c := t.Cover
	var b strings.Builder
	add := func(s ...string) { b.WriteString(strings.Join(s, "")) }
	const to = 4600
	add(text("Draft", t.Draft))
	add(tbl([]int{textWidth - to, to}, "", [4]int{0, 0, 120, 120},
		tr("", tc(textWidth-to, "", text("TableText", c.Date)),
			tc(to, "", text("Label", c.To), p("TableText", "", run(t.ToName, "<w:b/>")), text("TableText", t.ToContact), text("TableText", t.ToAddress)))))
	add(text("AfterTable", ""))
	add(text("Subject", c.Subject), text("Salutation", c.Greeting), text("Justified", c.Opening))
	for _, s := range c.Body {
		add(text("Justified", s))
	}
	const label = 2200
	var rows []string
	for i, r := range c.Facts {
		weight := ""
		if i == 0 {
			weight = "<w:b/>"
		}
		rows = append(rows, tr("", tc(label, shade(pale), text("Label", r[0])), tc(textWidth-label, "", p("TableText", "", run(r[1], weight)))))
	}
	borders := `<w:tblBorders>` + border("top", accent, 8) + border("bottom", rule, 4) + border("insideH", rule, 4) + `</w:tblBorders>`
	add(tbl([]int{label, textWidth - label}, borders, [4]int{100, 100, 60, 60}, rows...), text("BodyText", ""))
	for _, s := range c.After {
		add(text("Justified", s))
	}
	add(p("Closing", "", run(t.Closing, ""), behind(12, "rIdStamp", t.Stamp, 36, 36, 84, 1)), signature(t))
	add(text("Small", c.Enclosed))
	return letter{t.FileTitle["letter"], b.String(), firstHeader(t), c.Running}
}
