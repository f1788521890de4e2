package message

import (
	"bytes"
	"io"
	"net/textproto"
	"path"
	"strings"
	"unicode/utf8"

	gomail "github.com/wneessen/go-mail"

	"ugoda/exchange/outfile"
)

// mediaTypes of what the program itself makes; the system's own table differs
// from machine to machine.
var mediaTypes = map[string]string{
	".pdf":  "application/pdf",
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".doc":  "application/msword",
	".xls":  "application/vnd.ms-excel",
	".html": "text/html; charset=utf-8",
	".htm":  "text/html; charset=utf-8",
	".csv":  "text/csv; charset=utf-8",
	".txt":  "text/plain; charset=utf-8",
	".png":  "image/png",
	".jpg":  "image/jpeg",
	".jpeg": "image/jpeg",
	".svg":  "image/svg+xml",
	".zip":  "application/zip",
	".xml":  "application/xml",
	".odt":  "application/vnd.oasis.opendocument.text",
	".ods":  "application/vnd.oasis.opendocument.spreadsheet",
	".eml":  "message/rfc822",
}

// setBody adds the text, and the HTML as its alternative.
func setBody(m *gomail.Msg, text, html string) {
	text = canonical(text)
	m.SetBodyString(gomail.TypeTextPlain, text, gomail.WithPartEncoding(encoding(text)))
	if html != "" {
		html = canonical(html)
		m.AddAlternativeString(gomail.TypeTextHTML, html, gomail.WithPartEncoding(encoding(html)))
	}
}

// canonical ends lines with CRLF, as text is inside a letter (RFC 2046,
// section 4.1.1), and replaces bytes that are not text.
func canonical(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.ReplaceAll(s, "\r", "\n")
	return strings.ReplaceAll(s, "\n", "\r\n")
}

// encoding picks the shorter of the two: quoted-printable writes a Cyrillic
// letter in six characters, base64 in less than three.
func encoding(s string) gomail.Encoding {
	other := 0
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			other++
		}
	}
	if other*6 > len(s) {
		return gomail.EncodingB64
	}
	return gomail.EncodingQP
}

func attach(m *gomail.Msg, a Attachment) {
	name := outfile.Name(a.Name)
	mediaType := a.Type
	if mediaType == "" || broken(mediaType) {
		mediaType = mediaTypes[strings.ToLower(path.Ext(name))]
	}
	if mediaType == "" {
		mediaType = "application/octet-stream"
	}
	data := a.Data
	m.SetAttachments(append(m.GetAttachments(), &gomail.File{
		Name: name,
		Header: textproto.MIMEHeader{
			"Content-Type":              {typeHeader(mediaType, name)},
			"Content-Disposition":       {dispositionHeader(name)},
			"Content-Transfer-Encoding": {"base64"},
		},
		Writer: func(w io.Writer) (int64, error) { return io.Copy(w, bytes.NewReader(data)) },
	}))
}

// embed adds a picture that the HTML shows.
func embed(m *gomail.Msg, x Inline) {
	name := outfile.Name(x.Name)
	mediaType := mediaTypes[strings.ToLower(path.Ext(name))]
	if mediaType == "" {
		mediaType = "application/octet-stream"
	}
	data := x.Data
	m.SetEmbeds(append(m.GetEmbeds(), &gomail.File{
		Name: name,
		Header: textproto.MIMEHeader{
			"Content-Type":              {typeHeader(mediaType, name)},
			"Content-Disposition":       {strings.Replace(dispositionHeader(name), "attachment", "inline", 1)},
			"Content-Transfer-Encoding": {"base64"},
			"Content-Id":                {"<" + x.ID + ">"},
		},
		Writer: func(w io.Writer) (int64, error) { return io.Copy(w, bytes.NewReader(data)) },
	}))
}
