package text

import (
	"bytes"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

const (
	maxSorted = 200  // letters that take part in sorting: names do not differ beyond
	maxKey    = 1000 // bytes of a key: an index of PostgreSQL takes 2,700
)

// A Collator keeps a state of its own and is not safe for concurrent use.
var collators = sync.Pool{New: func() any {
	return &sorter{collate.New(language.Ukrainian, collate.IgnoreCase), new(collate.Buffer)}
}}

type sorter struct {
	*collate.Collator
	buf *collate.Buffer
}

// SortKey gives bytes whose bytewise order is the order of the Ukrainian
// alphabet: signs, digits, Latin, Cyrillic. Case, apostrophes and quotation
// marks do not matter, accents decide only between words that are equal
// otherwise, and runs of digits sort by their value ("КП-9" before "КП-10").
// The base stores the key beside the text (BLOB, BYTEA) and orders by it. The
// key of nothing is empty, not nil; no key is longer than 1,000 bytes. Safe
// for concurrent use.
func SortKey(s string) []byte {
	c := collators.Get().(*sorter)
	c.buf.Reset()
	key := compact(c.KeyFromString(c.buf, sorted(s)))
	out := append(make([]byte, 0, len(key)), key...)
	collators.Put(c)
	return out
}

// compact drops the common secondary weights that end a key, and the separator
// of an empty secondary level: they are the smallest there are, so the order
// stays, and most keys shrink to the half.
func compact(key []byte) []byte {
	for bytes.HasSuffix(key, []byte{0x00, 0x20}) {
		key = key[:len(key)-2]
	}
	key = bytes.TrimSuffix(key, []byte{0, 0})
	return key[:min(len(key), maxKey)]
}

// sorted is the part of a text that sorting looks at, each number with the
// count of its digits before it. (The Numeric option of x/text puts "0 шт"
// behind "9 шт".)
func sorted(s string) string {
	var b strings.Builder
	var number []byte
	flush := func() {
		if len(number) == 0 {
			return
		}
		digits := bytes.TrimLeft(number, "0")
		n := min(len(digits), 99)
		if n >= 9 {
			b.WriteByte('9')
			b.WriteByte(byte('0' + n/10))
			n %= 10
		}
		b.WriteByte(byte('0' + n))
		b.Write(digits)
		number = number[:0]
	}
	n, space := 0, false
	for _, r := range norm.NFC.String(s) {
		switch {
		case unicode.IsSpace(r):
			space = n > 0
			continue
		case plain(r):
		case r == utf8.RuneError, isMark(r), unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			continue
		case isDash(r):
			r = '-'
		case r == '№':
			r = '#' // a sign, not the letters that it decomposes to
		}
		if n == maxSorted {
			break
		}
		n++
		digit := '0' <= r && r <= '9'
		if space || !digit {
			flush()
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		if digit {
			number = append(number, byte(r))
		} else {
			b.WriteRune(r)
		}
	}
	flush()
	return b.String()
}
