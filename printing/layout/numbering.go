package layout

import (
	"strconv"
	"strings"
)

// level is one level of a list.
type level struct {
	format    string
	text      string
	suffix    string // tab, space, nothing
	align     string
	start     int
	restart   int // -1: after any higher level; 0: never; else after that level (from 1)
	legal     bool
	style     string
	run       *node
	paragraph *node
}

// list is one w:num: its levels and which counters it counts with.
type list struct {
	abstract string
	levels   [9]*level
	starts   [9]int // overridden starts, -1: none
	begun    bool
}

func (d *document) readNumbering(root *node) {
	d.lists = map[int]*list{}
	d.counters = map[string]*[9]int{}
	if root == nil {
		return
	}
	abstracts := map[string]*node{}
	byStyle := map[string]*node{}
	for _, k := range root.kids {
		if k.name == "w:abstractNum" {
			abstracts[k.attr("w:abstractNumId")] = k
			if s := k.child("w:styleLink").val(); s != "" {
				byStyle[s] = k
			}
		}
	}
	for _, k := range root.kids {
		if k.name != "w:num" {
			continue
		}
		l := &list{abstract: k.child("w:abstractNumId").val()}
		a := abstracts[l.abstract]
		if s := a.child("w:numStyleLink").val(); s != "" && byStyle[s] != nil {
			a = byStyle[s]
			l.abstract = a.attr("w:abstractNumId")
		}
		if a != nil {
			for _, n := range a.kids {
				if i := n.int("w:ilvl"); n.name == "w:lvl" && i >= 0 && i < 9 {
					l.levels[i] = readLevel(n)
				}
			}
		}
		for i := range l.starts {
			l.starts[i] = -1
		}
		for _, o := range k.kids {
			i := o.int("w:ilvl")
			if o.name != "w:lvlOverride" || i < 0 || i > 8 {
				continue
			}
			if n := o.child("w:lvl"); n != nil {
				l.levels[i] = readLevel(n)
			}
			if n := o.child("w:startOverride"); n != nil {
				l.starts[i] = n.int("w:val")
			}
		}
		d.lists[k.int("w:numId")] = l
	}
}

func readLevel(n *node) *level {
	l := &level{
		format: n.child("w:numFmt").val(), text: n.child("w:lvlText").val(), suffix: n.child("w:suff").val(), align: n.child("w:lvlJc").val(),
		start: n.child("w:start").int("w:val"), restart: -1, legal: n.child("w:isLgl").on(), style: n.child("w:pStyle").val(),
		run: n.child("w:rPr"), paragraph: n.child("w:pPr"),
	}
	if k := n.child("w:lvlRestart"); k != nil {
		l.restart = k.int("w:val")
	}
	return l
}

func (d *document) level(numID, i int) *level {
	if l := d.lists[numID]; l != nil && i >= 0 && i < 9 {
		return l.levels[i]
	}
	return nil
}

// levelOfStyle is the level of a list that a paragraph style is tied to.
func (d *document) levelOfStyle(numID int, id string) int {
	if l := d.lists[numID]; l != nil {
		for i, lv := range l.levels {
			if lv != nil && lv.style == id {
				return i
			}
		}
	}
	return 0
}

// count moves the counters of a list to its next paragraph and gives the text
// of its number or bullet.
func (d *document) count(numID, i int) (string, *level) {
	l := d.lists[numID]
	lv := d.level(numID, i)
	if lv == nil {
		return "", nil
	}
	c := d.counters[l.abstract]
	if c == nil {
		c = new([9]int)
		for k := range c {
			c[k] = -1 // not begun
		}
		d.counters[l.abstract] = c
	}
	if !l.begun {
		l.begun = true
		for k, s := range l.starts {
			if s >= 0 {
				c[k] = s - 1
			}
		}
	}
	for k := 0; k < i; k++ { // a level that was skipped counts as begun
		if c[k] < 0 && l.levels[k] != nil {
			c[k] = l.levels[k].start
		}
	}
	if c[i] < 0 {
		c[i] = lv.start
	} else {
		c[i]++
	}
	for k := i + 1; k < 9; k++ {
		if n := l.levels[k]; n != nil && n.restart != 0 && (n.restart < 0 || n.restart > i) {
			c[k] = -1
			if l.starts[k] >= 0 {
				c[k] = l.starts[k] - 1
			}
		}
	}
	if lv.format == "bullet" || lv.format == "none" {
		return lv.text, lv
	}
	var b strings.Builder
	for k := 0; k < len(lv.text); k++ {
		if lv.text[k] != '%' || k+1 >= len(lv.text) || lv.text[k+1] < '1' || lv.text[k+1] > '9' {
			b.WriteByte(lv.text[k])
			continue
		}
		k++
		at := int(lv.text[k] - '1')
		format := "decimal"
		if n := l.levels[at]; n != nil && !lv.legal {
			format = n.format
		}
		b.WriteString(ordinal(max(c[at], 0), format))
	}
	return b.String(), lv
}

// ordinal writes a number the way a format of Word asks.
func ordinal(n int, format string) string {
	switch format {
	case "upperRoman":
		return roman(n)
	case "lowerRoman":
		return strings.ToLower(roman(n))
	case "upperLetter":
		return letters(n, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	case "lowerLetter":
		return letters(n, "abcdefghijklmnopqrstuvwxyz")
	case "russianUpper":
		return letters(n, "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ")
	case "russianLower":
		return letters(n, "абвгдежзиклмнопрстуфхцчшщэюя")
	case "decimalZero":
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
	case "numberInDash":
		return "- " + strconv.Itoa(n) + " -"
	case "none", "bullet":
		return ""
	}
	return strconv.Itoa(n)
}

// letters counts a, b … z, aa, bb … as Word does.
func letters(n int, alphabet string) string {
	a := []rune(alphabet)
	if n < 1 || n > 50*len(a) {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(a[(n-1)%len(a)]), (n-1)/len(a)+1)
}

func roman(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, s := range []struct {
		v int
		t string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= s.v {
			b.WriteString(s.t)
			n -= s.v
		}
	}
	return b.String()
}
