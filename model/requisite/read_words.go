package requisite

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"ugoda/model/text"
)

// tidy takes away what stands around a value.
func tidy(s string) string {
	s, _, _ = strings.Cut(s, strings.TrimSpace(taken))
	s = strings.Join(strings.Fields(strings.ReplaceAll(s, "|", " ")), " ")
	s = strings.TrimLeft(s, " ,;:.-–—=*•_/|№")
	for {
		cut := strings.TrimRight(s, " ,;:-–—=*•_/|№")
		if sentence, end := strings.CutSuffix(cut, "."); end && !abbreviated(sentence) {
			cut = sentence
		}
		if cut == s {
			break
		}
		s = cut
	}
	if strings.Count(s, "(") > strings.Count(s, ")") {
		s = strings.TrimSpace(s[:strings.LastIndexByte(s, '(')])
	}
	return strings.TrimRight(s, " ,;")
}

// abbreviated reports whether the point behind a text belongs to its last
// word: an initial, "обл", "Inc".
func abbreviated(s string) bool {
	end := []rune(s)
	n := 0
	for n < len(end) && unicode.IsLetter(end[len(end)-1-n]) {
		n++
	}
	return n > 0 && n <= 4
}

// parts cuts a text at commas and semicolons that stand outside of quotes.
func parts(s string) []string {
	depth := 0
	straight := false
	return strings.FieldsFunc(s, func(r rune) bool {
		switch r {
		case '«', '“', '„':
			depth++
		case '»', '”':
			depth = max(0, depth-1)
		case '"':
			straight = !straight
		case ',', ';', '|', '¦', '(', ')':
			return depth == 0 && !straight
		}
		return false
	})
}

// isBank reports whether a phrase names a bank.
func isBank(s string) bool {
	for _, w := range words(s) {
		if strings.Contains(w, "банк") || strings.Contains(w, "bank") || w == "пумб" || w == "pumb" {
			return true
		}
	}
	return false
}

// preposition begins the name of a bank in a sentence: "в АТ «ОТП Банк»".
var preposition = regexp.MustCompile(`^(?i:відкритий\s+|відкрито\s+)?(?:[вВуУ]|[iI]n|[aA]t)\s+(?:банку\s+|відділенні\s+)?`)

// banks reads the names of banks: labelled, or standing behind an account, or
// anywhere else, and gives them to the accounts in their order.
func (r *reading) banks() {
	var names []string
	for i := range r.pieces {
		p := &r.pieces[i]
		if p.label == labelBank {
			if name := quoted(tidy(preposition.ReplaceAllString(first(parts(p.text)), ""))); name != "" && strings.ContainsFunc(name, unicode.IsLetter) {
				names = append(names, name)
				p.text = ""
				continue
			}
		}
		if p.label == labelHead || p.label == labelFor || p.label == labelName || p.label == labelFullName {
			continue
		}
		for _, part := range parts(p.text) {
			if isBank(part) && len(part) < 150 {
				name := preposition.ReplaceAllString(strings.TrimLeft(part, " :.-–—"), "")
				if name = quoted(tidy(name)); name != "" {
					names = append(names, name)
					p.text = strings.Replace(p.text, part, taken, 1)
				}
			}
		}
	}
	f := &r.found
	for i := range f.Accounts {
		switch {
		case i < len(names):
			f.Accounts[i].Bank = names[i]
		case len(names) == 1 && f.Accounts[i].MFO == f.Accounts[0].MFO:
			f.Accounts[i].Bank = names[0]
		}
	}
	if f.MFO == "" && len(f.Accounts) > 0 {
		f.MFO = f.Accounts[0].MFO
	}
}

func first(list []string) string {
	for _, s := range list {
		if strings.TrimSpace(s) != "" {
			return s
		}
	}
	return ""
}

// street are the words that an address is known by, folded.
var street = regexp.MustCompile(`(?:^|[\s,.])(?:вул|вулиця|просп|проспект|пр-т|пр|бульв|бул|бульвар|пров|провулок|площа|пл|шосе|узвіз|набережна|наб|ул|улица|переулок|street|str|st|avenue|ave|road|rd|ul|al|\pL{3,}(?:straße|strasse))(?:[\s.,]|$)`)

// postcode begins an address.
var postcode = regexp.MustCompile(`(?:^|\s)\d{5}(?:[\s,]|$)`)

// settlement stands before or behind the name of one, or of its region.
var settlement = regexp.MustCompile(`(?:^|[\s,])(?:м|місто|обл|область|р-н|смт|с|село|г|город|україна|ukraine)(?:[\s.,]|$)`)

// addresses reads the registered address and another one.
func (r *reading) addresses() {
	f := &r.found
	for _, kind := range []label{labelLegalAddress, labelAddress, labelOtherAddress} {
		for i := range r.pieces {
			p := &r.pieces[i]
			if p.label != kind || p.text == "" {
				continue
			}
			value := tidy(p.text)
			if next := i + 1; strings.HasSuffix(strings.TrimSpace(p.text), ",") && next < len(r.pieces) && r.pieces[next].label == labelNone {
				value += ", " + tidy(r.pieces[next].text)
				r.pieces[next].text = ""
			}
			r.address(value)
			p.text = ""
		}
	}
	for i := range r.pieces {
		p := &r.pieces[i]
		if f.Address != "" || p.label == labelHead || p.label == labelFor || p.label == labelOther {
			continue
		}
		if at, end := addressIn(p.text); at >= 0 {
			r.address(tidy(p.text[at:end]))
			p.text = p.text[:at] + taken + p.text[end:]
		}
	}
}

// addressIn finds an address in a line: from the first part that looks like a
// part of one to the end of the cell or the place where something was taken.
func addressIn(s string) (at, end int) {
	from := 0
	for _, part := range parts(s) {
		start := from + strings.Index(s[from:], part)
		from = start + len(part)
		folded := text.Fold(part)
		located := place.FindStringSubmatchIndex(part)
		if located == nil && !street.MatchString(folded) {
			continue
		}
		rest := len(s)
		if cell := strings.IndexAny(s[start:], "|¦"); cell >= 0 {
			rest = start + cell
		}
		whole := text.Fold(s[start:rest])
		if !street.MatchString(whole) && !(postcode.MatchString(whole) && settlement.MatchString(whole)) {
			continue
		}
		if located != nil && strings.ContainsFunc(part[:located[2]], unicode.IsLetter) {
			if _, formed := LegalForm(part[:located[2]]); formed {
				start += located[2]
			}
		}
		return start, rest
	}
	return -1, -1
}

func (r *reading) address(s string) {
	switch {
	case len([]rune(s)) < 5:
	case r.found.Address == "":
		r.found.Address = s
	case r.found.Postal == "" && s != r.found.Address:
		r.found.Postal = s
	}
}

// place is what an address begins with in a longer line.
var place = regexp.MustCompile(`(?i)(?:^|[\s,;¦])(\d{5}(?:[\s,]|$)|україна|ukraine|украина|м\.\s?\pL|місто\s|г\.\s?\pL|смт\.?\s|с\.\s?\pL|\pL+ обл|вул\.|вулиця|просп|пр-т|бульв|ул\.)`)

// person reads the name of a person that a text begins with: two to four words
// in capital letters or with initials.
func person(s string) string {
	var out []string
	for _, w := range strings.Fields(tidy(strings.ReplaceAll(s, "_", " "))) {
		end := strings.TrimRight(w, ",;)")
		runes := []rune(end)
		if len(runes) == 0 || !unicode.IsUpper(runes[0]) || strings.ContainsFunc(end, unicode.IsDigit) || len(out) == 4 {
			break
		}
		out = append(out, end)
		if end != w {
			break
		}
	}
	if len(out) >= 2 || len(out) == 1 && strings.Count(out[0], ".") == 2 {
		return strings.Join(out, " ")
	}
	return ""
}

// head reads who signs.
func (r *reading) head() {
	for i := range r.pieces {
		p := &r.pieces[i]
		if p.label != labelHead && p.label != labelFor || r.found.Head != "" {
			continue
		}
		name := person(p.text)
		if name == "" && i > 0 && (r.pieces[i-1].label == labelNone || r.pieces[i-1].label == labelOther) && strings.HasSuffix(strings.TrimRight(r.pieces[i-1].text, " "), "—") { // Петренко Іван — керівник
			name = person(r.pieces[i-1].text)
		}
		if name != "" {
			r.found.Head = name
			if p.label == labelHead {
				r.found.HeadPost = post(p.name)
			}
			p.text = ""
		}
	}
}

// post is a post in the nominative, with a capital letter.
func post(name string) string {
	low := strings.ToLower(name)
	for from, to := range map[string]string{"директора": "директор", "генерального": "генеральний", "керівника": "керівник", "голови": "голова"} {
		if !strings.HasPrefix(low, "в.о.") {
			low = strings.ReplaceAll(low, from, to)
		}
	}
	if low == "ceo" {
		return "CEO"
	}
	runes := []rune(low)
	return string(unicode.ToUpper(runes[0])) + string(runes[1:])
}

// name reads the firm's name: labelled, known by its legal form, or the first
// line when nothing else can be said of it.
func (r *reading) name() {
	f := &r.found
	var full, short string
	for _, p := range r.pieces {
		value := firm(p.text)
		switch {
		case value == "" || isBank(value):
		case p.label == labelFullName && full == "":
			full = value
		case p.label == labelName && short == "":
			short = value
		}
	}
	if short == "" {
		short = r.formed()
	}
	if short == "" {
		short = full
	}
	if short == "" && !f.Empty() {
		short = r.title()
	}
	if short == "" {
		return
	}
	f.Form, _ = LegalForm(short)
	if f.Form.Short == "" {
		f.Form, _ = LegalForm(full)
	}
	f.Name, f.FullName = shorten(short, f.Form), full
	if f.FullName == "" && f.Form.Full != "" {
		f.FullName = f.Form.Full + strings.TrimPrefix(f.Name, f.Form.Short)
	}
	if f.FullName == f.Name {
		f.FullName = ""
	}
}

// firm is a value as a firm's name: up to a comma outside of quotes, unless
// the legal form stands behind it.
func firm(s string) string {
	list := parts(s)
	value := closed(tidy(first(list)))
	if _, has := LegalForm(value); !has {
		for _, next := range list {
			if f, n := trailing(words(next)); n > 0 && n == len(words(next)) {
				value += ", " + f.Short
				break
			}
		}
	}
	if !strings.ContainsFunc(value, unicode.IsLetter) || len([]rune(value)) > 250 {
		return ""
	}
	return quoted(value)
}

// closed cuts what stands behind the quotes of a name that has a legal form
// before them: «ТОВ "Лан" м. Київ» is ТОВ "Лан".
func closed(s string) string {
	at := strings.IndexAny(s, "«\"“„")
	if at <= 0 {
		return s
	}
	if w := words(s[:at]); len(w) == 0 {
		return s
	} else if _, n := leading(w); n < len(w) {
		return s
	}
	depth, straight := 0, false
	for i, r := range s[at:] {
		switch r {
		case '«', '“', '„':
			depth++
		case '»', '”':
			depth--
		case '"':
			if straight = !straight; straight {
				depth++
			} else {
				depth--
			}
		}
		if depth <= 0 {
			return s[:at+i+utf8.RuneLen(r)]
		}
	}
	return s
}

// formed finds a phrase with a legal form in it.
func (r *reading) formed() string {
	for _, p := range r.pieces {
		if p.label == labelOther || p.label == labelBank {
			continue
		}
		before := ""
		for _, part := range parts(p.text) {
			part = tidy(part)
			if isBank(part) || len(words(part)) > 14 {
				continue
			}
			if f, n := trailing(words(part)); n > 0 && n == len(words(part)) && before != "" { // «Лан», ТОВ
				return quoted(before) + ", " + f.Short
			}
			before = part
			for _, candidate := range []string{part, fromForm(part)} {
				if _, ok := LegalForm(closed(candidate)); ok {
					return quoted(closed(candidate))
				}
			}
		}
	}
	return ""
}

// fromForm is the part of a phrase that begins with a legal form: "в особі
// ТОВ «Лан»" is "ТОВ «Лан»".
func fromForm(s string) string {
	fields := strings.Fields(s)
	for i := range fields {
		if i == 0 {
			continue
		}
		if _, n := leading(words(strings.Join(fields[i:], " "))); n > 0 {
			return strings.Join(fields[i:], " ")
		}
	}
	return ""
}

// title is the first line without a label, when it looks like a name.
func (r *reading) title() string {
	for _, p := range r.pieces {
		if p.label != labelNone {
			continue
		}
		s := tidy(first(parts(p.text)))
		runes := []rune(s)
		if len(runes) < 2 || len(runes) > 80 || strings.ContainsFunc(s, unicode.IsDigit) || !unicode.IsUpper(runes[0]) && !slices.Contains([]rune{'«', '"', '“', '„'}, runes[0]) || isBank(s) {
			return ""
		}
		return quoted(s)
	}
	return ""
}

var straightQuotes = regexp.MustCompile(`["“”„'‘’]{1,2}([^"“”„]*[\pL\d][^"“”„]*?)["“”„]{1,2}`)

// quoted writes a Ukrainian name with «».
func quoted(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }) {
		return s
	}
	return straightQuotes.ReplaceAllString(s, "«$1»")
}

// shorten writes a name with its form in short before it.
func shorten(name string, form Form) string {
	fields := strings.Fields(name)
	for n := min(len(fields), 8); n > 0; n-- {
		if f, m := leading(words(strings.Join(fields[:n], " "))); m > 0 && m == len(words(strings.Join(fields[:n], " "))) && f.Short == form.Short && n < len(fields) {
			if form.Full == "" {
				return name
			}
			return form.Short + " " + strings.Join(fields[n:], " ")
		}
	}
	if form.Full != "" { // «Лан», ТОВ
		if at := strings.LastIndexAny(name, ", "); at > 0 {
			if _, m := trailing(words(name[at:])); m > 0 && m == len(words(name[at:])) {
				return form.Short + " " + strings.TrimRight(name[:at], ", ")
			}
		}
	}
	return name
}
