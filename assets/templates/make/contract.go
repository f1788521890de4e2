package main

import "strings"

// contractTexts are the words of a contract of supply.
type contractTexts struct {
	Title    string     `json:"title"`
	Number   string     `json:"number"`
	Running  string     `json:"running"`
	Subject  string     `json:"subject"`
	Date     string     `json:"date"`
	Between  []string   `json:"between"`
	Articles [][]string `json:"articles"` // its heading, then clauses; TABLE is that of the lines
	Sides    [][]string `json:"sides"`    // label, name, rows, post and name of who signs
	Sign     string     `json:"sign"`
}

// numbering counts articles and their clauses: 1. and 1.1.
const numbering = `<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Article"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="425" w:hanging="425"/></w:pPr></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Clause"/><w:lvlText w:val="%1.%2."/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="567" w:hanging="567"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`

// contract is a contract of supply on the terms of the proposal.
func contract(t texts) letter {
	c := t.Contract
	var b strings.Builder
	add := func(s ...string) { b.WriteString(strings.Join(s, "")) }
	add(text("Draft", t.Draft), text("Title", c.Title), text("Subtitle", c.Number))
	const date = 3000
	add(tbl([]int{textWidth - date, date}, "", [4]int{0, 0, 0, 60},
		tr("", tc(textWidth-date, "", p("TableText", "", run(c.Subject, "<w:b/>"))), tc(date, "", p("TableText", right, run(c.Date, ""))))))
	add(text("AfterTable", ""))
	for _, s := range c.Between {
		add(text("Justified", s))
	}
	for _, a := range c.Articles {
		add(text("Article", a[0]))
		for _, s := range a[1:] {
			if s == "TABLE" {
				add(lines(t), text("AfterTable", ""))
				continue
			}
			add(text("Clause", s))
		}
	}
	const gap = 421
	half := (textWidth - gap) / 2
	details := func(s []string) string {
		rows := []string{p("Label", "", run(s[0], "")), p("TableText", keepNext+`<w:spacing w:after="60"/>`, run(s[1], "<w:b/>"))}
		for _, r := range s[2:6] {
			rows = append(rows, p("TableText", keepNext, run(r, "")))
		}
		return tc(half, "", rows...)
	}
	line := `<w:tcBorders>` + border("bottom", soft, 4) + `</w:tcBorders>`
	signs := func(s []string, mark string) string {
		return tc(half, line+bottom, p("TableText", keepNext, run(s[6], "")), p("TableText", keepNext, run(s[7], "<w:b/>"), mark))
	}
	under := func() string { return tc(half, "", p("TableNote", "", run(c.Sign, ""))) }
	empty := tc(gap, "", text("TableText", ""))
	add(tbl([]int{half, gap, half}, "", [4]int{0, 0, 40, 40},
		tr("", details(c.Sides[0]), empty, details(c.Sides[1])),
		tr(`<w:trHeight w:val="900" w:hRule="atLeast"/>`, signs(c.Sides[0], behind(12, "rIdStamp", t.Stamp, 34, 34, 40, -14)), empty, signs(c.Sides[1], "")),
		tr("", under(), empty, under())))
	add(text("AfterTable", ""))
	return letter{t.FileTitle["contract"], b.String(), text("Header", ""), c.Running}
}
