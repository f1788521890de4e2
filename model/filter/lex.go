package filter

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// SyntaxError says where the text of a condition cannot be read.
type SyntaxError struct {
	Position int    // rune from 0 where it went wrong
	Key      string // message key under "problem."
	Found    string // what stands there
}

func (e *SyntaxError) Error() string {
	return e.Key + " at " + e.Found
}

// Message says it to a person.
func (e *SyntaxError) Message() (string, map[string]any) {
	return e.Key, map[string]any{"position": e.Position + 1, "found": e.Found}
}

// sort of a token.
type sort int

const (
	end    sort = iota
	name        // client.region, and, 7
	number      // 12.50
	date        // 2026-11-23
	quoted      // "…"
	record      // #12
	sign        // = != > >= < <= ( ) ,
)

type token struct {
	sort sort
	text string // of a quoted one: what is meant
	at   int    // byte offset
}

var (
	datePattern   = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}`)
	numberPattern = regexp.MustCompile(`^-?\d+(\.\d+)?`)
	recordPattern = regexp.MustCompile(`^#\d{1,18}`)
)

// lex cuts a text into tokens.
func lex(text string) ([]token, error) {
	var out []token
	for at := 0; at < len(text); {
		rest := text[at:]
		r, size := utf8.DecodeRuneInString(rest)
		switch {
		case unicode.IsSpace(r):
			at += size
			continue
		case r == '"' || r == '\'':
			s, n, ok := unquote(rest, byte(r))
			if !ok {
				return nil, syntax(text, at, "filter_quote", rest)
			}
			out = append(out, token{quoted, s, at})
			at += n
			continue
		case strings.ContainsRune("(),=", r):
			out = append(out, token{sign, rest[:1], at})
			at++
			continue
		case strings.ContainsRune("!<>", r):
			n := 1
			if len(rest) > 1 && rest[1] == '=' {
				n = 2
			}
			if rest[:n] == "!" {
				return nil, syntax(text, at, "filter_sign", rest)
			}
			out = append(out, token{sign, rest[:n], at})
			at += n
			continue
		}
		kind, n := name, 0
		if m := datePattern.FindString(rest); m != "" {
			kind, n = date, len(m)
		} else if m := numberPattern.FindString(rest); m != "" {
			kind, n = number, len(m)
		} else if m := recordPattern.FindString(rest); m != "" {
			kind, n = record, len(m)
		} else {
			n = strings.IndexFunc(rest, func(r rune) bool {
				return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' && r != '.' && r != '-'
			})
			if n < 0 {
				n = len(rest)
			}
		}
		if n == 0 {
			return nil, syntax(text, at, "filter_sign", rest)
		}
		out = append(out, token{kind, rest[:n], at})
		at += n
	}
	return append(out, token{end, "", len(text)}), nil
}

// unquote reads a quoted text from its opening mark and says how long it is.
func unquote(s string, mark byte) (string, int, bool) {
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == mark:
			return b.String(), i + 1, true
		case c == '\\' && i+1 < len(s):
			i++
			switch s[i] {
			case 'n':
				b.WriteByte('\n')
			case 'r':
				b.WriteByte('\r')
			case 't':
				b.WriteByte('\t')
			default:
				b.WriteByte(s[i])
			}
		default:
			b.WriteByte(c)
		}
	}
	return "", 0, false
}

func syntax(text string, at int, key, found string) error {
	if i := strings.IndexFunc(found, unicode.IsSpace); i > 0 {
		found = found[:i]
	}
	if r := []rune(found); len(r) > 30 {
		found = string(r[:30]) + "…"
	}
	return &SyntaxError{Position: utf8.RuneCountInString(text[:at]), Key: key, Found: found}
}
