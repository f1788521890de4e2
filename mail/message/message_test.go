package message

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"io"
	"mime"
	"mime/multipart"
	netmail "net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"ugoda/exchange/outfile"
	"ugoda/mail"
)

var day = time.Date(2026, 11, 23, 9, 30, 0, 0, time.FixedZone("", 2*3600))

func sender() mail.Address {
	return mail.Address{Name: "Олена Ткаченко, відділ продажу", Mailbox: "olena@firma.example"}
}

func long() Draft {
	pdf := make([]byte, 70_000)
	_, _ = rand.Read(pdf)
	return Draft{
		From: sender(),
		To: []mail.Address{
			{Name: "Іван Котляревський", Mailbox: "ivan@client.example"},
			{Name: `Петро "Майстер", директор`, Mailbox: "petro@client.example"},
		},
		Cc:      []mail.Address{{Mailbox: "office@client.example"}},
		Bcc:     []mail.Address{{Mailbox: "archive@firma.example"}},
		Subject: "Комерційна пропозиція № КП-00042 від 23 листопада 2026 року на постачання обладнання для цеху фасування, доставку та введення в експлуатацію",
		Text:    "Доброго дня!\n\nНадсилаємо пропозицію.\n.\n..крапки на початку рядка\nFrom the beginning\n",
		HTML:    "<p>Доброго дня!</p><p>Надсилаємо <b>пропозицію</b>.</p>",
		Attachments: []Attachment{
			{Name: "Комерційна пропозиція № КП-00042 від 23.11.2026 для ТОВ «Ґанок і їжак», остаточна редакція з урахуванням побажань.pdf", Data: pdf},
			{Name: "Кошторис.xlsx", Data: []byte("PK\x03\x04 not really")},
			{Name: "letter.docx", Data: []byte{0, 1, 2, 255, '\r', '\n', '.', '\r', '\n'}},
			{Name: "Пропозиція.html", Data: []byte("<p>ї</p>")},
			{Name: "порожній.txt", Data: nil},
		},
		Date: day, InReplyTo: "<b@client.example>", References: []string{"<a@firma.example>"},
	}
}

func TestBuildReadsBackWhole(t *testing.T) {
	d := long()
	l, err := Build(d)
	if err != nil {
		t.Fatal(err)
	}
	p, err := Read(l.Data)
	if err != nil {
		t.Fatal(err)
	}
	if p.Subject != d.Subject {
		t.Errorf("subject %q", p.Subject)
	}
	if !p.Date.Equal(day) {
		t.Errorf("date %v", p.Date)
	}
	if p.ID != l.ID || !strings.HasSuffix(p.ID, "@firma.example>") {
		t.Errorf("id %q, built %q", p.ID, l.ID)
	}
	if p.InReplyTo != d.InReplyTo || !cmp.Equal(p.References, []string{"<a@firma.example>", "<b@client.example>"}) {
		t.Errorf("thread %q %q", p.InReplyTo, p.References)
	}
	if diff := cmp.Diff([]mail.Address{d.From}, p.From); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(d.To, p.To); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(d.Cc, p.Cc); diff != "" {
		t.Error(diff)
	}
	if p.Text != d.Text || p.HTML != d.HTML {
		t.Errorf("text %q\nhtml %q", p.Text, p.HTML)
	}
	if len(p.Attachments) != len(d.Attachments) {
		t.Fatalf("%d attachments", len(p.Attachments))
	}
	for i, a := range d.Attachments {
		got := p.Attachments[i]
		if got.Name != a.Name || !bytes.Equal(got.Data, a.Data) {
			t.Errorf("attachment %q came as %q, %d bytes", a.Name, got.Name, len(got.Data))
		}
	}
	if bytes.Contains(l.Data, []byte("archive@")) {
		t.Error("a hidden recipient stands in the letter")
	}
	want := mail.Envelope{From: "olena@firma.example", To: []string{"ivan@client.example", "petro@client.example", "office@client.example", "archive@firma.example"}}
	if diff := cmp.Diff(want, l.Envelope); diff != "" {
		t.Error(diff)
	}
	if host, _ := os.Hostname(); len(host) > 3 && bytes.Contains(l.Data, []byte(host)) {
		t.Error("the machine's name stands in the letter")
	}
	if bytes.Contains(l.Data, []byte("go-mail")) {
		t.Error("the library's name stands in the letter")
	}
}

// Lines: no bare CR or LF, none over 78 in headers, none over 998 anywhere
// (RFC 5322, section 2.1.1), and nothing outside ASCII.
func TestBuildLines(t *testing.T) {
	l, err := Build(long())
	if err != nil {
		t.Fatal(err)
	}
	lines(t, l.Data)
}

type failing interface {
	Helper()
	Errorf(format string, args ...any)
}

func lines(t failing, data []byte) {
	t.Helper()
	for _, line := range bytes.Split(data, []byte("\r\n")) {
		if bytes.ContainsAny(line, "\r\n") {
			t.Errorf("bare line end in %q", line)
		}
		if len(line) > 78 && !bytes.HasPrefix(line, []byte("Content-Type: application/vnd.")) { // one word, nowhere to fold
			t.Errorf("line of %d: %q", len(line), line)
		}
		for _, c := range line {
			if c >= 0x80 {
				t.Errorf("a byte outside ASCII in %q", line)
				break
			}
		}
	}
}

// The same with the standard library alone, as another program would read it.
func TestBuildByStandardLibrary(t *testing.T) {
	d := long()
	l, err := Build(d)
	if err != nil {
		t.Fatal(err)
	}
	m, err := netmail.ReadMessage(bytes.NewReader(l.Data))
	if err != nil {
		t.Fatal(err)
	}
	if s, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject")); err != nil || s != d.Subject {
		t.Errorf("subject %q %v", s, err)
	}
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	r := multipart.NewReader(m.Body, params["boundary"])
	if _, err := r.NextPart(); err != nil { // the alternatives
		t.Fatal(err)
	}
	for _, a := range d.Attachments {
		p, err := r.NextPart()
		if err != nil {
			t.Fatal(err)
		}
		if p.FileName() != filepath.Base(a.Name) {
			t.Errorf("disposition names %q", p.FileName())
		}
		_, typ, err := mime.ParseMediaType(p.Header.Get("Content-Type"))
		if err != nil {
			t.Fatal(err)
		}
		if name, _ := new(mime.WordDecoder).DecodeHeader(typ["name"]); name != a.Name {
			t.Errorf("content type names %q", name)
		}
		data, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, p))
		if err != nil || !bytes.Equal(data, a.Data) {
			t.Errorf("%s: %d bytes, %v", a.Name, len(data), err)
		}
	}
	if _, err := r.NextPart(); err != io.EOF {
		t.Errorf("more parts: %v", err)
	}
}

// The same by a reader that has nothing to do with Go.
func TestBuildByPython(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is not installed")
	}
	d := long()
	l, err := Build(d)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(python, "-c", `
import sys, json, email, email.policy, hashlib
m = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
json.dump({"subject": m["subject"], "from": m["from"].addresses[0].display_name, "to": [a.display_name for a in m["to"].addresses],
  "text": m.get_body(("plain",)).get_content(), "names": [a.get_filename() for a in m.iter_attachments()],
  "sizes": [len(a.get_payload(decode=True)) for a in m.iter_attachments()], "defects": [str(x) for x in m.defects]}, sys.stdout)`)
	cmd.Stdin = bytes.NewReader(l.Data)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Subject, From, Text string
		To, Names, Defects  []string
		Sizes               []int
	}
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatal(err)
	}
	// Its older versions put a space between the encoded words of a name.
	same := func(a, b string) bool { return strings.ReplaceAll(a, " ", "") == strings.ReplaceAll(b, " ", "") }
	if got.Subject != d.Subject || !same(got.From, d.From.Name) || !same(got.To[1], d.To[1].Name) || strings.ReplaceAll(got.Text, "\r\n", "\n") != d.Text || len(got.Defects) > 0 {
		t.Errorf("read as %q %q %q %q %q", got.Subject, got.From, got.To, got.Text, got.Defects)
	}
	for i, a := range d.Attachments {
		if got.Names[i] != a.Name || got.Sizes[i] != len(a.Data) {
			t.Errorf("%q read as %q, %d bytes", a.Name, got.Names[i], got.Sizes[i])
		}
	}
}

func TestBuildRefuses(t *testing.T) {
	ok := Draft{From: sender(), To: []mail.Address{{Mailbox: "a@b.ua"}}, Subject: "s", Text: "t", Date: day}
	if _, err := Build(ok); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		change func(*Draft)
		key    string
	}{
		"subject with a header":       {func(d *Draft) { d.Subject = "s\r\nBcc: x@y.ua" }, "mail.message.subject_line_break"},
		"subject with a line end":     {func(d *Draft) { d.Subject = "s\nx" }, "mail.message.subject_line_break"},
		"subject with a separator":    {func(d *Draft) { d.Subject = "s\u2028x" }, "mail.message.subject_line_break"},
		"name with a header":          {func(d *Draft) { d.To[0].Name = "n\r\nBcc: x@y.ua" }, "mail.message.line_break"},
		"sender's name with a header": {func(d *Draft) { d.From.Name = "n\rBcc: x@y.ua" }, "mail.message.line_break"},
		"address with a header":       {func(d *Draft) { d.To[0].Mailbox = "a@b.ua\r\nBcc: x@y.ua" }, ""},
		"address with brackets":       {func(d *Draft) { d.To[0].Mailbox = "a@b.ua> SIZE=1 <c@d.ua" }, ""},
		"id with a header":            {func(d *Draft) { d.ID = "<a@b\r\nX: y>" }, ""},
		"reference with a header":     {func(d *Draft) { d.InReplyTo, d.References = "<a@b>", []string{"<a@b>\r\nX: y"} }, ""},
		"no sender":                   {func(d *Draft) { d.From = mail.Address{} }, "mail.message.no_sender"},
		"nobody":                      {func(d *Draft) { d.To = nil }, "mail.message.no_recipient"},
		"no date":                     {func(d *Draft) { d.Date = time.Time{} }, ""},
		"too long":                    {func(d *Draft) { d.Subject = strings.Repeat("ї", 501) }, "mail.message.subject_long"},
		"too large":                   {func(d *Draft) { d.Attachments = []Attachment{{Name: "a", Data: make([]byte, MaxSize+1)}} }, "mail.message.size"},
	} {
		d := ok
		d.To = []mail.Address{{Mailbox: "a@b.ua"}}
		c.change(&d)
		_, err := Build(d)
		if err == nil {
			t.Errorf("%s: built", name)
			continue
		}
		if c.key != "" && mail.FailureOf(err).Key != c.key {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Whatever the words, the letter comes back with the same ones, its headers
// hold nothing that was not meant, and its lines keep their length.
func TestBuildAnyWords(t *testing.T) {
	letters := []rune("абвгґєїіАБВ’« »№—abc XYZ019.,;:<>@\"\\()[]=?_-😀\u0301\t")
	text := rapid.StringOfN(rapid.SampledFrom(letters), 0, 120, -1)
	rapid.Check(t, func(t *rapid.T) {
		d := Draft{
			From: mail.Address{Name: strings.TrimSpace(strings.ReplaceAll(text.Draw(t, "from"), "\t", " ")), Mailbox: "a@b.ua"},
			To:   []mail.Address{{Name: strings.TrimSpace(strings.ReplaceAll(text.Draw(t, "to"), "\t", " ")), Mailbox: "c@d.ua"}},
			Text: text.Draw(t, "text"), Date: day,
			Subject:     strings.ReplaceAll(text.Draw(t, "subject"), "\t", " "),
			Attachments: []Attachment{{Name: text.Draw(t, "file"), Data: []byte(text.Draw(t, "data"))}},
		}
		l, err := Build(d)
		if err != nil {
			t.Fatal(err)
		}
		lines(t, l.Data)
		p, err := Read(l.Data)
		if err != nil {
			t.Fatal(err)
		}
		if p.Subject != d.Subject {
			t.Fatalf("subject %q read as %q", d.Subject, p.Subject)
		}
		if len(p.From) != 1 || p.From[0] != d.From || len(p.To) != 1 || p.To[0] != d.To[0] {
			t.Fatalf("%v, %v read as %v, %v", d.From, d.To, p.From, p.To)
		}
		if p.Text != d.Text {
			t.Fatalf("text %q read as %q", d.Text, p.Text)
		}
		if len(p.Attachments) != 1 || p.Attachments[0].Name != outfile.Name(d.Attachments[0].Name) || !bytes.Equal(p.Attachments[0].Data, d.Attachments[0].Data) {
			t.Fatalf("attachment %q read as %q", d.Attachments[0].Name, p.Attachments)
		}
	})
}

func TestPlainText(t *testing.T) {
	for source, want := range map[string]string{
		"":                          "",
		"<p>Один</p><p>Два</p>":     "Один\n\nДва\n",
		"a<br>b<br><br>c":           "a\nb\n\nc\n",
		"<b>a</b> b&amp;c<i> d</i>": "a b&c d\n",
		"<head><title>x</title><style>p{}</style></head><body>y<script>z()</script></body>":               "y\n",
		"<ul><li>раз<li>два</ul>кінець":                                                                   "– раз\n– два\n\nкінець\n",
		"<table><tr><td>Назва</td><td>Сума</td></tr><tr><td>Стіл</td><td>1 200,00</td></tr></table>після": "Назва\tСума\nСтіл\t1 200,00\n\nпісля\n",
		`<a href="https://a.example/x">тут</a>.`:                                                          "тут <https://a.example/x>.\n",
		`<a href="https://a.example">https://a.example</a> <a href="javascript:x()">y</a>`:                "https://a.example y\n",
	} {
		if got := PlainText(source); got != want {
			t.Errorf("%s\n got %q\nwant %q", source, got, want)
		}
	}
}

func TestReadForeign(t *testing.T) {
	// windows-1251 in the subject and the body, as many Ukrainian servers write.
	data := "Subject: =?windows-1251?B?z/Do4rPy?=\r\nContent-Type: text/plain; charset=windows-1251\r\n\r\n\xcf\xf0\xe8\xe2\xb3\xf2"
	p, err := Read([]byte(data))
	if err != nil {
		t.Fatal(err)
	}
	if p.Subject != "Привіт" || p.Text != "Привіт" {
		t.Errorf("%q %q", p.Subject, p.Text)
	}
}

func FuzzRead(f *testing.F) {
	l, err := Build(Draft{From: sender(), To: []mail.Address{{Mailbox: "a@b.ua"}}, Subject: "Тема", Text: "Текст", HTML: "<p>Текст</p>", Date: day, Attachments: []Attachment{{Name: "Файл.pdf", Data: []byte("x")}}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(l.Data)
	f.Add([]byte("Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n--a--"))
	f.Add([]byte("Subject: =?koi8-u?Q?=F0?=\n\nx"))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := Read(data)
		if err != nil {
			return
		}
		for _, a := range p.Attachments {
			if a.Name != outfile.Name(a.Name) {
				t.Errorf("an attachment is named %q", a.Name)
			}
		}
	})
}

func FuzzPlainText(f *testing.F) {
	f.Add("<p>a<table><tr><td>b</table><a href=https://x>")
	f.Fuzz(func(_ *testing.T, s string) { PlainText(s) })
}

func BenchmarkBuild(b *testing.B) {
	d := long()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Build(d); err != nil {
			b.Fatal(err)
		}
	}
}
