package docx

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// TagKind is what a tag does.
type TagKind int

// Kinds of tags, as docxtemplater writes them.
const (
	Field    TagKind = iota // {name}
	Section                 // {#list} or {#flag}
	Inverted                // {^empty}
	End                     // {/list} or {/}
	Picture                 // {%image}, or an image whose alternative text is that
	Raw                     // {@rawXml}
)

// Call is a filter of a tag with its arguments: {date | format:"dd.MM.yyyy"}.
type Call struct {
	Filter string
	Args   []string
}

// Tag is a tag found in a template.
type Tag struct {
	Text      string   // as written: {#lines}
	Kind      TagKind  //
	Path      []string // names between the dots; empty for {.} and {/}
	Filters   []Call
	Loops     []string // names of the sections around it, outermost first
	Part      string   // part of the package: word/document.xml
	Paragraph string   // text of the paragraph that holds it, shortened

	unit      string // what a section repeats when it says so: {-w:tr lines}
	before    string // text written before a value that is there (MERGEFIELD \b)
	after     string // and after it (MERGEFIELD \f)
	maxWidth  int64  // room for a picture in EMU; 0: not known
	maxHeight int64
}

// Name is the path with its dots; "." for the current item.
func (t Tag) Name() string {
	if len(t.Path) == 0 {
		return "."
	}
	return strings.Join(t.Path, ".")
}

// span is a piece of a paragraph's text that is not printed as it stands.
type span struct {
	from, to int // bytes of the text
	tag      *Tag
	literal  string // printed instead, where tag is nil
	key      string // message key, where it is wrong
}

// scan finds the tags in the text of a paragraph.
//
// A brace begins a tag when what follows it, spaces apart, may begin one: a
// letter, №, _ or one of # ^ / % @ . -. Anything else ({ }, {"a":1}, {1}) is
// text, up to its closing brace. A backslash before a brace makes it text.
func scan(s string) []span {
	var out []span
	open := 0 // braces that are text
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s) && (s[i+1] == '{' || s[i+1] == '}'):
			out = append(out, span{from: i, to: i + 2, literal: s[i+1 : i+2]})
			i += 2
		case c == '{' && beginsTag(s[i+1:]):
			end := closing(s, i+1)
			if end < 0 {
				to := len(s)
				if next := strings.IndexByte(s[i+1:], '{'); next >= 0 {
					to = i + 1 + next
				}
				out = append(out, span{from: i, to: to, key: "template_tag_unclosed"})
				i = to
				continue
			}
			sp := span{from: i, to: end + 1}
			if t, ok := parseTag(s[i+1 : end]); ok {
				t.Text = clean(s[i : end+1])
				sp.tag = t
			} else {
				sp.key = "template_tag_malformed"
			}
			out = append(out, sp)
			i = end + 1
		case c == '{':
			open++
			i++
		case c == '}' && open > 0:
			open--
			i++
		case c == '}':
			out = append(out, span{from: i, to: i + 1, key: "template_tag_unopened"})
			i++
		default:
			i++
		}
	}
	return out
}

// beginsTag tells whether the text after a brace may be that of a tag.
func beginsTag(s string) bool {
	for _, r := range s {
		switch {
		case invisible(r) || unicode.IsSpace(r):
			continue
		case strings.ContainsRune("#^/%@.-", r), nameBegins(r):
			return true
		}
		return false
	}
	return false
}

// closing finds the brace that ends the tag whose text begins at from; -1 when
// there is none before the next one opens. Braces in a quoted argument do not
// count.
func closing(s string, from int) int {
	argument := false
	for i := from; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '}':
			return i
		case r == '{':
			return -1
		case argument && closingQuote(r) != 0:
			if end := closingIn(s, i+n, closingQuote(r)); end >= 0 {
				i, argument = end, false
				continue
			}
		}
		if !unicode.IsSpace(r) && !invisible(r) {
			argument = r == ':' || r == ',' || r == '('
		}
		i += n
	}
	return -1
}

// closingIn finds the end of a quoted text: the byte after its closing quote.
func closingIn(s string, from int, quote rune) int {
	for i, r := range s[from:] {
		if sameQuote(r, quote) {
			return from + i + utf8.RuneLen(r)
		}
	}
	return -1
}

// closingQuote gives the partner of an opening quote: Word turns straight
// quotes into those of the language.
func closingQuote(r rune) rune {
	switch r {
	case '"', '“', '„', '”':
		return '”'
	case '«':
		return '»'
	case '\'', '‘', '’', '‚':
		return '’'
	}
	return 0
}

func sameQuote(r, closes rune) bool {
	switch closes {
	case '”':
		return r == '"' || r == '”' || r == '“'
	case '’':
		return r == '\'' || r == '’' || r == '‘'
	}
	return r == closes
}

// invisible tells the characters that Word leaves behind and nobody sees.
func invisible(r rune) bool {
	return r == 0xAD || r >= 0x200B && r <= 0x200F || r == 0x2060 || r == 0xFEFF
}

// clean takes invisible characters out and makes every space a plain one.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case invisible(r):
			return -1
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, s)
}

// parseTag reads what stands between the braces.
func parseTag(s string) (*Tag, bool) {
	l := lexer{s: strings.TrimSpace(clean(s))}
	t := &Tag{}
	switch l.peek() {
	case '#':
		t.Kind = Section
	case '^':
		t.Kind = Inverted
	case '/':
		t.Kind = End
	case '%':
		t.Kind = Picture
	case '@':
		t.Kind = Raw
	case '-':
		// {-w:tr lines}: a section that says what it repeats.
		l.skip()
		unit, rest, ok := strings.Cut(l.s[l.i:], " ")
		if !ok || !slices.Contains([]string{"w:p", "w:tr", "w:tc", "w:tbl"}, unit) {
			return nil, false
		}
		t.Kind, t.unit = Section, strings.TrimPrefix(unit, "w:")
		l = lexer{s: rest}
	}
	if t.Kind != Field && t.unit == "" {
		l.skip()
	}
	l.spaces()
	if t.Kind == End && l.done() {
		return t, true
	}
	var ok bool
	if t.Path, ok = l.path(); !ok {
		return nil, false
	}
	for l.spaces(); !l.done(); l.spaces() {
		if l.peek() != '|' {
			return nil, false
		}
		l.skip()
		l.spaces()
		c, ok := l.call()
		if !ok {
			return nil, false
		}
		t.Filters = append(t.Filters, c)
	}
	return t, true
}

type lexer struct {
	s string
	i int
}

func (l *lexer) done() bool { return l.i >= len(l.s) }

func (l *lexer) peek() rune {
	if l.done() {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(l.s[l.i:])
	return r
}

func (l *lexer) skip() {
	_, n := utf8.DecodeRuneInString(l.s[l.i:])
	l.i += n
}

func (l *lexer) spaces() {
	for !l.done() && l.peek() == ' ' {
		l.skip()
	}
}

func nameBegins(r rune) bool { return unicode.IsLetter(r) || r == '_' || r == '№' }

func nameHolds(r rune) bool {
	return nameBegins(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) || apostrophe(r) || r == '-'
}

func apostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' || r == '‘' || r == '`' }

func (l *lexer) name() (string, bool) {
	from := l.i
	if !nameBegins(l.peek()) {
		return "", false
	}
	for nameHolds(l.peek()) {
		l.skip()
	}
	return l.s[from:l.i], true
}

// path reads a dotted path; segments after the first may be numbers. A single
// dot is the current item and gives no names.
func (l *lexer) path() ([]string, bool) {
	if l.peek() == '.' {
		l.skip()
		return nil, true
	}
	first, ok := l.name()
	if !ok {
		return nil, false
	}
	out := []string{first}
	for l.peek() == '.' {
		l.skip()
		from := l.i
		for unicode.IsDigit(l.peek()) {
			l.skip()
		}
		if from < l.i && !nameHolds(l.peek()) {
			out = append(out, l.s[from:l.i])
			continue
		}
		l.i = from
		n, ok := l.name()
		if !ok {
			return nil, false
		}
		out = append(out, n)
	}
	return out, true
}

// call reads a filter: name, name:arg, name:arg:arg, name:arg,arg, name(arg, arg).
func (l *lexer) call() (Call, bool) {
	name, ok := l.name()
	if !ok {
		return Call{}, false
	}
	c := Call{Filter: name}
	l.spaces()
	bracket := l.peek() == '('
	for first := true; ; first = false {
		l.spaces()
		switch r := l.peek(); {
		case bracket && first:
			l.skip()
			if l.spaces(); l.peek() == ')' {
				l.skip()
				return c, true
			}
		case bracket && r == ')':
			l.skip()
			return c, true
		case r == ':' && !bracket, r == ',' && !first:
			l.skip()
		default:
			return c, !bracket
		}
		l.spaces()
		a, ok := l.arg()
		if !ok {
			return Call{}, false
		}
		c.Args = append(c.Args, a)
	}
}

// arg reads an argument: text in quotes of any kind, or a bare word or number.
func (l *lexer) arg() (string, bool) {
	if q := closingQuote(l.peek()); q != 0 {
		l.skip()
		from := l.i
		end := closingIn(l.s, from, q)
		if end < 0 {
			return "", false
		}
		_, n := utf8.DecodeLastRuneInString(l.s[:end])
		l.i = end
		return l.s[from : end-n], true
	}
	from := l.i
	for r := l.peek(); r == '.' || nameHolds(r); r = l.peek() {
		l.skip()
	}
	return l.s[from:l.i], l.i > from
}

// folded is a name as names are compared: Word likes to begin cells with a
// capital, and apostrophes come in many shapes.
func folded(name string) string { return strings.Map(foldRune, name) }

func foldRune(r rune) rune {
	if apostrophe(r) {
		return '’'
	}
	return unicode.ToLower(r)
}

// sameName compares two names as folded does, without writing them.
func sameName(a, b string) bool {
	for a != "" && b != "" {
		x, n := utf8.DecodeRuneInString(a)
		y, m := utf8.DecodeRuneInString(b)
		if x != y && foldRune(x) != foldRune(y) {
			return false
		}
		a, b = a[n:], b[m:]
	}
	return a == b
}
