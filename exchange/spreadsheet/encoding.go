package spreadsheet

import (
	"bytes"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// Encodings are those that a file of text may be said to have, the likeliest
// first.
var Encodings = []string{"utf-8", "windows-1251", "cp866", "koi8-u", "utf-16le", "utf-16be", "windows-1252", "windows-1250", "mac-cyrillic"}

var charmaps = map[string]encoding.Encoding{
	"windows-1251": charmap.Windows1251, "cp866": charmap.CodePage866, "koi8-u": charmap.KOI8U,
	"windows-1252": charmap.Windows1252, "windows-1250": charmap.Windows1250, "mac-cyrillic": charmap.MacintoshCyrillic,
}

// decode reads a text: in the encoding that was said, or the one that it
// finds out: by the byte order mark, by being valid UTF-8, by the zeros of
// UTF-16, else by which of the Cyrillic encodings gives the likeliest letters.
func decode(data []byte, said string) (text, name string, ok bool) {
	name = said
	if name == "" {
		name = guessEncoding(data)
	}
	switch name {
	case "utf-8":
		return strings.ToValidUTF8(string(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))), "\ufffd"), name, true
	case "utf-16le":
		return string(utf16.Decode(units(bytes.TrimPrefix(data, []byte("\xff\xfe")), false))), name, true
	case "utf-16be":
		return string(utf16.Decode(units(bytes.TrimPrefix(data, []byte("\xfe\xff")), true))), name, true
	}
	m := charmaps[name]
	if m == nil {
		return "", name, false
	}
	b, err := m.NewDecoder().Bytes(data)
	return string(b), name, err == nil
}

func guessEncoding(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		return "utf-8"
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return "utf-16le"
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return "utf-16be"
	}
	sample := data[:min(len(data), 64<<10)]
	if name := zeros(sample); name != "" {
		return name
	}
	if utf8.Valid(data) {
		return "utf-8"
	}
	best, most := "windows-1251", 0
	for i, name := range []string{"windows-1251", "cp866", "koi8-u", "mac-cyrillic", "windows-1252"} {
		guess, err := charmaps[name].NewDecoder().Bytes(sample)
		if err != nil {
			continue
		}
		if n := likely(string(guess)); i == 0 || n > most {
			best, most = name, n
		}
	}
	return best
}

// zeros tells UTF-16 without a byte order mark: separators and digits have a
// zero beside them, always on the same side, and Cyrillic letters a 4.
func zeros(b []byte) string {
	var even, odd int
	for i := 0; i+1 < len(b); i += 2 {
		if b[i] == 0 || b[i] == 4 {
			even++
		}
		if b[i+1] == 0 || b[i+1] == 4 {
			odd++
		}
	}
	switch n := len(b) / 2; {
	case n < 4:
	case odd > n*3/4 && even < n/4:
		return "utf-16le"
	case even > n*3/4 && odd < n/4:
		return "utf-16be"
	}
	return ""
}

// likely scores a text: small letters that Ukrainian uses often count most,
// letters next to a frame or in the middle of a word in the wrong case against.
func likely(s string) int {
	n := 0
	var before rune
	for _, c := range s {
		switch {
		case strings.ContainsRune("оаинвтеріслкдпму", c):
			n += 3
		case c >= 'а' && c <= 'я', strings.ContainsRune("ґєїё", c):
			n++
		case c >= 'А' && c <= 'Я', strings.ContainsRune("ҐЄІЇ", c):
			if before >= 'а' && before <= 'я' {
				n -= 3
			}
		case c >= 0x2500 && c < 0x25a0, c == 0xfffd:
			n -= 5
		case c >= 0x80 && c < 0xa0, strings.ContainsRune("†°¢£§•¶®©™´¨≠Æ∞±≤≥∑∏πªºΩ¿¡¬√ƒ≈∆", c): // nobody writes so many of these
			n -= 2
		}
		before = c
	}
	return n
}
