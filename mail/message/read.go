package message

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"net/textproto"
	"strings"
	"time"

	"golang.org/x/text/encoding/htmlindex"

	"ugoda/exchange/outfile"
	"ugoda/mail"
)

// Limits of a letter that is read: it may come from anywhere.
const (
	maxRead  = 100 << 20
	maxDepth = 10
	maxParts = 1000
)

// Parsed is a letter that was read back, its words decoded.
type Parsed struct {
	From, To, Cc, ReplyTo []mail.Address
	Subject               string
	Date                  time.Time // zero when the letter has none that can be read
	ID                    string    // Message-ID with angle brackets
	InReplyTo             string
	References            []string
	Text                  string // lines ended by \n
	HTML                  string
	Attachments           []Attachment
}

// Read parses the bytes of a letter. A letter that is cut short or wrongly
// made is read as far as it goes; an error means that there is nothing to show.
func Read(data []byte) (Parsed, error) {
	if len(data) > maxRead {
		return Parsed{}, mail.Fail("mail.message.read_size", "limit", fmt.Sprint(maxRead>>20))
	}
	m, err := netmail.ReadMessage(bytes.NewReader(data))
	if err != nil {
		return Parsed{}, mail.Fail("mail.message.unreadable").Because(fmt.Errorf("read the letter's header: %w", err))
	}
	p := Parsed{Subject: decode(m.Header.Get("Subject")), ID: strings.TrimSpace(m.Header.Get("Message-Id"))}
	p.From, p.To = addresses(m.Header, "From"), addresses(m.Header, "To")
	p.Cc, p.ReplyTo = addresses(m.Header, "Cc"), addresses(m.Header, "Reply-To")
	p.Date, _ = m.Header.Date()
	if ids := strings.Fields(m.Header.Get("In-Reply-To")); len(ids) > 0 {
		p.InReplyTo = ids[0]
	}
	p.References = strings.Fields(m.Header.Get("References"))
	r := reader{into: &p}
	r.part(textproto.MIMEHeader(m.Header), m.Body, 0)
	return p, nil
}

type reader struct {
	into  *Parsed
	parts int
}

func (r *reader) part(h textproto.MIMEHeader, body io.Reader, depth int) {
	r.parts++
	if depth > maxDepth || r.parts > maxParts {
		return
	}
	mediaType, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if mediaType == "" {
		mediaType = "text/plain"
	}
	if err != nil {
		params = map[string]string{}
	}
	if strings.HasPrefix(mediaType, "multipart/") && params["boundary"] != "" {
		parts := multipart.NewReader(body, params["boundary"])
		for r.parts <= maxParts {
			p, err := parts.NextRawPart()
			if err != nil {
				return
			}
			r.part(p.Header, p, depth+1)
		}
		return
	}
	data, _ := io.ReadAll(transferDecoded(h.Get("Content-Transfer-Encoding"), body)) // what came before an error counts
	disposition, dparams, _ := mime.ParseMediaType(h.Get("Content-Disposition"))
	name := dparams["filename"]
	if name == "" {
		name = params["name"]
	}
	name = decode(name)
	text := disposition != "attachment" && name == ""
	switch {
	case text && mediaType == "text/plain" && r.into.Text == "":
		r.into.Text = charsetDecoded(params["charset"], data)
	case text && mediaType == "text/html" && r.into.HTML == "":
		r.into.HTML = charsetDecoded(params["charset"], data)
	default:
		r.into.Attachments = append(r.into.Attachments, Attachment{Name: outfile.Name(name), Type: mediaType, Data: data})
	}
}

func transferDecoded(encoding string, r io.Reader) io.Reader {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, r)
	case "quoted-printable":
		return quotedprintable.NewReader(r)
	}
	return r
}

func charsetDecoded(charset string, data []byte) string {
	if charset != "" && !strings.EqualFold(charset, "utf-8") && !strings.EqualFold(charset, "us-ascii") {
		if e, err := htmlindex.Get(charset); err == nil {
			if decoded, err := e.NewDecoder().Bytes(data); err == nil {
				data = decoded
			}
		}
	}
	s := strings.ToValidUTF8(string(data), "\uFFFD")
	return strings.ReplaceAll(s, "\r\n", "\n")
}

var words = mime.WordDecoder{CharsetReader: func(charset string, input io.Reader) (io.Reader, error) {
	e, err := htmlindex.Get(charset)
	if err != nil {
		return nil, fmt.Errorf("read an encoded word: %w", err)
	}
	return e.NewDecoder().Reader(input), nil
}}

func decode(s string) string {
	if d, err := words.DecodeHeader(s); err == nil {
		s = d
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}

func addresses(h netmail.Header, name string) []mail.Address {
	parser := netmail.AddressParser{WordDecoder: &words}
	list, err := parser.ParseList(h.Get(name))
	if err != nil {
		return nil
	}
	var all []mail.Address
	for _, a := range list {
		all = append(all, mail.Address{Name: a.Name, Mailbox: a.Address})
	}
	return all
}
