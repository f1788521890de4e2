package message

import (
	"strings"
	"testing"

	"ugoda/mail"
)

func TestFromText(t *testing.T) {
	got := FromText("Доброго дня!\r\n\r\n1 < 2 & \"так\"\nдругий рядок: https://ugoda.example/a?b=1&c=2.\n\n\n\nПишіть: olena@firma.example, (http://x.example)", "Олена\nТОВ «Ми»")
	for _, want := range []string{
		">Доброго дня!</p>", "1 &lt; 2 &amp; &#34;так&#34;<br>", `<a href="https://ugoda.example/a?b=1&amp;c=2" style="color:#1b4b7a">https://ugoda.example/a?b=1&amp;c=2</a>.</p>`,
		`<a href="mailto:olena@firma.example"`, `(<a href="http://x.example"`, "Олена<br>\nТОВ «Ми»",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if n := strings.Count(got, "<p "); n != 4 {
		t.Errorf("%d paragraphs", n)
	}
	if got := FromText("<script>alert(1)</script>", ""); strings.Contains(got, "<script") {
		t.Error(got)
	}
}

func TestSigned(t *testing.T) {
	if got := Signed("Текст\n\n", " Олена \n"); got != "Текст\n\n-- \nОлена\n" {
		t.Errorf("%q", got)
	}
	if got := Signed("Текст", "  "); got != "Текст\n" {
		t.Errorf("%q", got)
	}
}

// A letter of both forms is read back in both.
func TestBothForms(t *testing.T) {
	d := Draft{From: mail.Address{Mailbox: "a@b.example"}, To: []mail.Address{{Mailbox: "c@d.example"}}, Subject: "Тема", Date: day}
	d.Text, d.HTML = Signed("Добрий день", "Олена"), FromText("Добрий день", "Олена")
	l, err := Build(d)
	if err != nil {
		t.Fatal(err)
	}
	p, err := Read(l.Data)
	if err != nil || p.Text != d.Text || strings.TrimSpace(p.HTML) != strings.TrimSpace(d.HTML) {
		t.Errorf("%v\n%q\n%q", err, p.Text, p.HTML)
	}
}
