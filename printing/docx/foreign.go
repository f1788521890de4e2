package docx

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"unicode/utf16"
)

// foreign tells by its first bytes what a file is that is no Word document of
// today: the key of a problem, or "".
func foreign(data []byte) string {
	begins := func(with string) bool { return bytes.HasPrefix(data, []byte(with)) }
	switch {
	case begins("PK"):
		return ""
	case begins("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"): // a compound file
		switch {
		case bytes.Contains(data, wide("EncryptedPackage")):
			return "template_locked"
		case bytes.Contains(data, wide("WordDocument")):
			return "template_old"
		}
		return "template_old_or_locked"
	case begins("{\\rtf"):
		return "template_rtf"
	case begins("%PDF-"):
		return "template_pdf"
	case len(data) == 0:
		return "template_empty"
	}
	return "template_not_docx"
}

// wide is a name as compound files write it.
func wide(name string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(name)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}

// otherOffice tells what a package is that is no Word document.
func otherOffice(z *zip.Reader) string {
	for _, f := range z.File {
		switch {
		case f.Name == "mimetype" && f.UncompressedSize64 < 200:
			if r, err := f.Open(); err == nil {
				kind, _ := io.ReadAll(io.LimitReader(r, 200))
				r.Close()
				if strings.Contains(string(kind), "opendocument") {
					return "template_odt"
				}
			}
		case f.Name == "xl/workbook.xml":
			return "template_is_book"
		case f.Name == "ppt/presentation.xml":
			return "template_is_slides"
		}
	}
	return ""
}
