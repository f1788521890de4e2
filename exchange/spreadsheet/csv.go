package spreadsheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// ReadText reads rows of text that came without a file: the clipboard.
func ReadText(text string) (*Book, error) { return Read("", []byte(text)) }

func readCSV(data []byte) (*Book, error) {
	text := decode(data)
	if strings.ContainsRune(text[:min(len(text), 4096)], 0) {
		return nil, &Unreadable{Why: "file_unknown"}
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma = separator(text)
	r.LazyQuotes, r.FieldsPerRecord, r.ReuseRecord = true, -1, true
	sheet := Sheet{}
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if len(sheet.Rows) >= MaxRows || len(record) > MaxColumns {
			return nil, &Unreadable{Why: "file_too_large"}
		}
		row := make([]Cell, len(record))
		for i, s := range record {
			row[i] = textCell(unguard(s))
		}
		sheet.Rows = append(sheet.Rows, row)
	}
	return &Book{Format: "csv", Sheets: []Sheet{sheet}}, nil
}

// unguard takes away what spreadsheets put around numbers that must stay text:
// ="00032129".
func unguard(s string) string {
	if rest, ok := strings.CutPrefix(s, `="`); ok {
		if body, ok := strings.CutSuffix(rest, `"`); ok {
			return body
		}
	}
	return s
}

// decode finds out the encoding: by the byte order mark, by being valid UTF-8,
// else by which of the Cyrillic encodings gives the likeliest letters.
func decode(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		return strings.ToValidUTF8(string(data[3:]), "\ufffd")
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return utf16Text(data[2:], func(b []byte) uint16 { return uint16(b[0]) | uint16(b[1])<<8 })
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return utf16Text(data[2:], func(b []byte) uint16 { return uint16(b[1]) | uint16(b[0])<<8 })
	case utf8.Valid(data):
		return string(data)
	}
	best, most := "", -1
	sample := data[:min(len(data), 64<<10)]
	for _, m := range []*charmap.Charmap{charmap.Windows1251, charmap.CodePage866, charmap.KOI8U, charmap.Windows1252} {
		guess, err := m.NewDecoder().Bytes(sample)
		if err != nil {
			continue
		}
		if n := likely(string(guess)); n > most {
			all, err := m.NewDecoder().Bytes(data)
			if err == nil {
				best, most = string(all), n
			}
		}
	}
	return best
}

func utf16Text(data []byte, unit func([]byte) uint16) string {
	units := make([]uint16, 0, len(data)/2)
	for i := 0; i+1 < len(data); i += 2 {
		units = append(units, unit(data[i:]))
	}
	return string(utf16.Decode(units))
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
		}
		before = c
	}
	return n
}

// separator is the sign that cuts the first lines into the most even columns.
func separator(text string) rune {
	best, most := ',', 0
	for _, sep := range []rune{'\t', ';', ',', '|'} {
		r := csv.NewReader(strings.NewReader(head(text, 20)))
		r.Comma, r.LazyQuotes, r.FieldsPerRecord = sep, true, -1
		lengths := map[int]int{}
		for {
			record, err := r.Read()
			if err != nil {
				break
			}
			lengths[len(record)]++
		}
		for width, lines := range lengths {
			if score := (width - 1) * lines; score > most {
				best, most = sep, score
			}
		}
	}
	return best
}

func head(text string, lines int) string {
	at := 0
	for range lines {
		i := strings.IndexByte(text[at:], '\n')
		if i < 0 {
			return text
		}
		at += i + 1
	}
	return text[:at]
}
