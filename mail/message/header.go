package message

import (
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"

	gomail "github.com/wneessen/go-mail"

	"ugoda/mail"
)

// Lengths of RFC 5322, section 2.1.1, and RFC 2047, section 2. The library
// folds at spaces, before a line passes 76; what it gets has no piece longer
// than fits.
const (
	maxLine = 76
	maxWord = 75
	maxAtom = 60 // a plain piece that cannot be folded
)

const wordFrame = len("=?UTF-8?B??=")

// encodeText encodes the text of an unstructured header (RFC 2047, base64:
// half the length of the other encoding for Cyrillic), words parted by spaces
// for folding. Text that fits as it is stays as it is.
func encodeText(header, text string) string {
	if plain(text) {
		return text
	}
	return strings.Join(encodedWords(text, room(header)), " ")
}

// room is what the first line of a header leaves for its first piece.
func room(header string) int { return maxLine - len(header) - len(": ") - 4 }

// plain reports text that needs no encoding: printable ASCII whose white space
// survives folding, and nothing that reads as an encoded word.
func plain(text string) bool {
	if !ascii(text) || strings.Contains(text, "  ") || strings.TrimSpace(text) != text {
		return false
	}
	for word := range strings.SplitSeq(text, " ") {
		if len(word) > maxAtom {
			return false
		}
	}
	return true
}

// setAddresses sets a header of addresses. Names are encoded here and not by
// net/mail, which leaves a backslash inside an encoded word, where some readers
// (its own among them) refuse it.
func setAddresses(m *gomail.Msg, header gomail.Header, list []mail.Address) {
	if len(list) == 0 {
		return
	}
	all := make([]string, len(list))
	for i, a := range list {
		all[i] = "<" + a.Mailbox + ">"
		if a.Name != "" {
			all[i] = phrase(a.Name, room(string(header))) + " " + all[i]
		}
	}
	m.SetGenHeader(header, all...)
}

// phrase encodes a display name (RFC 5322, section 3.2.5; RFC 2047, section 5).
func phrase(name string, first int) string {
	if !plain(name) {
		return strings.Join(encodedWords(name, first), " ")
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(name) + `"`
}

// encodedWords cuts text between characters into encoded words of at most 75
// characters, the first of at most first.
func encodedWords(text string, first int) []string {
	var words []string
	limit := min(first, maxWord)
	start := 0
	for i, r := range text {
		end := i + utf8.RuneLen(r)
		if base64.StdEncoding.EncodedLen(end-start)+wordFrame > limit {
			words = append(words, encodedWord(text[start:i]))
			start, limit = i, maxWord
		}
	}
	return append(words, encodedWord(text[start:]))
}

func encodedWord(s string) string {
	return "=?UTF-8?B?" + base64.StdEncoding.EncodeToString([]byte(s)) + "?="
}

// typeHeader is the Content-Type of an attachment with its name in the form
// that older programs read: encoded words inside the quotes, which no RFC
// allows and nearly everything understands.
func typeHeader(mediaType, name string) string {
	if ascii(name) && len(name) <= 60 {
		return fmt.Sprintf("%s;\r\n name=\"%s\"", mediaType, name)
	}
	return fmt.Sprintf("%s;\r\n name=\"%s\"", mediaType, strings.Join(encodedWords(name, maxLine-len(` name=""`)), "\r\n "))
}

// dispositionHeader is the Content-Disposition of an attachment with its name
// after RFC 2231: UTF-8, percent-encoded, in numbered pieces when it is long.
func dispositionHeader(name string) string {
	if ascii(name) && len(name) <= 60 {
		return fmt.Sprintf("attachment;\r\n filename=\"%s\"", name)
	}
	const piece = 50
	var pieces []string
	current := "UTF-8''"
	for _, r := range name {
		var e strings.Builder
		for _, c := range []byte(string(r)) {
			if attributeChar(c) {
				e.WriteByte(c)
			} else {
				fmt.Fprintf(&e, "%%%02X", c)
			}
		}
		// Cut between characters: some readers decode each piece by itself.
		if len(current)+e.Len() > piece {
			pieces = append(pieces, current)
			current = ""
		}
		current += e.String()
	}
	pieces = append(pieces, current)
	if len(pieces) == 1 {
		return "attachment;\r\n filename*=" + pieces[0]
	}
	var b strings.Builder
	b.WriteString("attachment")
	for i, p := range pieces {
		fmt.Fprintf(&b, ";\r\n filename*%d*=%s", i, p)
	}
	return b.String()
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return !strings.Contains(s, "=?")
}

// attributeChar is RFC 2231, section 7, less what some readers stumble over.
func attributeChar(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0
}
