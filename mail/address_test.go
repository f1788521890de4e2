package mail

import (
	netmail "net/mail"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseAddress(t *testing.T) {
	for text, want := range map[string]Address{
		"a@b.ua": {"", "a@b.ua"},
		"  Іван.Франко <Ivan.Franko@B.UA> ":   {"Іван.Франко", "Ivan.Franko@b.ua"},
		`"Франко, Іван \"Каменяр\"" <i@b.ua>`: {`Франко, Іван "Каменяр"`, "i@b.ua"},
		"<a@b.ua>":                               {"", "a@b.ua"},
		"mailto:a+b@c.com.ua?subject=x":          {"", "a+b@c.com.ua"},
		"\u200ba@b.ua\u00a0":                     {"", "a@b.ua"},
		"info@фірма.укр":                         {"", "info@xn--80aw4a3aa4c.xn--j1amh"},
		"=?UTF-8?B?0IbQstCw0L0=?= <i@b.example>": {"Іван", "i@b.example"},
		"o'neil@b.ua":                            {"", "o'neil@b.ua"},
		"a@xn--80aw4a3aa4c.xn--j1amh":            {"", "a@xn--80aw4a3aa4c.xn--j1amh"},
	} {
		got, err := ParseAddress(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if strings.Contains(text, "фірма") {
			want.Mailbox = got.Mailbox // below
			if !strings.HasSuffix(got.Mailbox, ".xn--j1amh") || got.String() != text {
				t.Errorf("%q became %q, shown as %q", text, got.Mailbox, got)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
		if again, err := ParseAddress(got.String()); err != nil || again != got {
			t.Errorf("%q shown as %q reads as %v, %v", text, got.String(), again, err)
		}
		if _, err := netmail.ParseAddress(got.Header().String()); err != nil {
			t.Errorf("%q: its header form: %v", text, err)
		}
	}
}

func TestParseAddressRefuses(t *testing.T) {
	for text, key := range map[string]string{
		"":                                      "mail.address.empty",
		" \u200b ":                              "mail.address.empty",
		"ivan":                                  "mail.address.at",
		"ivan@":                                 "mail.address.domain",
		"@b.ua":                                 "mail.address.local",
		"ivan@localhost":                        "mail.address.domain",
		"ivan@b..ua":                            "mail.address.domain",
		"ivan@-b.ua":                            "mail.address.domain",
		"ivan@1.2.3.4":                          "mail.address.domain",
		"ivan@[1.2.3.4]":                        "mail.address.domain",
		"ivan@b.ua.":                            "mail.address.domain",
		"ivan@b ua":                             "mail.address.domain",
		"iv an@b.ua":                            "mail.address.local",
		".ivan@b.ua":                            "mail.address.dots",
		"iv..an@b.ua":                           "mail.address.dots",
		"іvan@b.ua":                             "mail.address.letter", // the first letter is Cyrillic
		"a@b.ua\r\nBcc: c@d.ua":                 "mail.address.control",
		"a@b.ua\x00":                            "mail.address.control",
		"n <a@b.ua> <c@d.ua":                    "mail.address.brackets",
		"n <a@b.ua> c":                          "mail.address.brackets",
		"a@b.ua> SIZE=9 <c@d.ua>":               "",                     // whatever it is, no bracket may pass
		"=?UTF-8?B?YQ0KYg==?= <a@b.ua>":         "mail.address.control", // hides a line end
		strings.Repeat("a", 65) + "@b.ua":       "mail.address.local",
		"a@" + strings.Repeat("a.", 130) + "ua": "mail.address.domain",
		strings.Repeat("ї", 201) + " <a@b.ua>":  "mail.address.name_long",
		"\xff@b.ua":                             "mail.address.control",
	} {
		a, err := ParseAddress(text)
		if key == "" {
			if err == nil && strings.ContainsAny(a.Mailbox, "<> ") {
				t.Errorf("%q became %q", text, a.Mailbox)
			}
			continue
		}
		if err == nil {
			t.Errorf("%q was taken as %q", text, a)
		} else if f := FailureOf(err); f.Key != key {
			t.Errorf("%q: %v, want %s", text, err, key)
		}
	}
}

func TestParseList(t *testing.T) {
	for text, want := range map[string][]string{
		"":                   nil,
		" , ; ":              nil,
		"a@b.ua, c@d.ua":     {"a@b.ua", "c@d.ua"},
		"a@b.ua\nc@d.ua\r\n": {"a@b.ua", "c@d.ua"},
		"Франко, Іван <a@b.ua>; Леся <c@d.ua>": {`"Франко, Іван" <a@b.ua>`, "Леся <c@d.ua>"},
		`"Франко; Іван" <a@b.ua>, c@d.ua`:      {`"Франко; Іван" <a@b.ua>`, "c@d.ua"},
		`"a\", b" <a@b.ua>,c@d.ua`:             {`"a\", b" <a@b.ua>`, "c@d.ua"},
	} {
		list, err := ParseList(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		var got []string
		for _, a := range list {
			got = append(got, a.String())
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
	if _, err := ParseList("a@b.ua, c"); FailureOf(err).Key != "mail.address.at" {
		t.Errorf("a bad address in a list: %v", err)
	}
}

func TestPresets(t *testing.T) {
	for address, want := range map[string]string{
		"a@gmail.com": "gmail", "a@UKR.NET": "ukrnet", "a@i.ua": "iua", "a@meta.ua": "metaua", "a@icloud.com": "icloud",
		"a@outlook.com": "outlook", "a@firma.onmicrosoft.com": "microsoft",
	} {
		p, known := PresetFor(address)
		if p.ID != want || !known || p.Advice == "" {
			t.Errorf("%s: %+v %v", address, p, known)
		}
		account := p.Account(Address{Mailbox: strings.ToLower(address)})
		account.ClientID = "x"
		if wrong := account.Check(); len(wrong) > 0 {
			t.Errorf("%s: its account is wrong: %v", address, wrong)
		}
	}
	if p, known := PresetFor("a@firma.example"); known || p.Host != "smtp.firma.example" || p.Security != StartTLS {
		t.Errorf("guess: %+v", p)
	}
	for mx, want := range map[string]string{
		"aspmx.l.google.com.": "gmail", "firma-example.mail.protection.outlook.com": "microsoft", "mx.firma.example": "", "notgoogle.com": "",
	} {
		if p, known := PresetByExchanger(mx); p.ID != want || known != (want != "") {
			t.Errorf("%s: %+v", mx, p)
		}
	}
}

func TestAccountCheck(t *testing.T) {
	ok := Account{Address: "a@b.ua", Host: "smtp.b.ua", Port: 587, Security: StartTLS, Auth: Auto}
	for name, c := range map[string]struct {
		change func(*Account)
		field  string
	}{
		"as it is":               {func(*Account) {}, ""},
		"one label":              {func(a *Account) { a.Host = "mail" }, ""},
		"local without TLS":      {func(a *Account) { a.Host, a.Security = "127.0.0.1", Plaintext }, ""},
		"exposed, as asked":      {func(a *Account) { a.Security, a.Exposed = Plaintext, true }, ""},
		"exposed":                {func(a *Account) { a.Security = Plaintext }, "security"},
		"no host":                {func(a *Account) { a.Host = "" }, "host"},
		"host with a command":    {func(a *Account) { a.Host = "a\r\nQUIT" }, "host"},
		"host with a port":       {func(a *Account) { a.Host = "b.ua:25" }, "host"},
		"port":                   {func(a *Account) { a.Port = 70000 }, "port"},
		"address":                {func(a *Account) { a.Address = "b.ua" }, "address"},
		"name":                   {func(a *Account) { a.Name = "x\ny" }, "name"},
		"token without a client": {func(a *Account) { a.Auth = XOAuth2 }, "client_id"},
		"unknown security":       {func(a *Account) { a.Security = "ssl" }, "security"},
		"unknown proof":          {func(a *Account) { a.Auth = "ntlm" }, "auth"},
		"user":                   {func(a *Account) { a.User = "a\x00b" }, "user"},
	} {
		a := ok
		c.change(&a)
		wrong := a.Check()
		if c.field == "" && len(wrong) > 0 || c.field != "" && (len(wrong) != 1 || wrong[c.field] == nil) {
			t.Errorf("%s: %v", name, wrong)
		}
	}
}

func FuzzParseAddress(f *testing.F) {
	for _, s := range []string{"a@b.ua", `"Франко, Іван" <a@b.ua>`, "mailto:a@b.ua?x", "=?UTF-8?B?YQ0KYg==?= <a@b.ua>", "info@фірма.укр", "a@b.ua; c@d.ua"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if list, err := ParseList(s); err == nil {
			for _, a := range list {
				safe(t, a)
			}
		}
		a, err := ParseAddress(s)
		if err != nil {
			if FailureOf(err).Key == "mail.failure.unforeseen" {
				t.Errorf("%q: %v", s, err)
			}
			return
		}
		safe(t, a)
		again, err := ParseAddress(a.String())
		if err != nil || again.Mailbox != a.Mailbox {
			t.Errorf("%q: %+v shown as %q reads as %+v, %v", s, a, a.String(), again, err)
		}
	})
}

func safe(t *testing.T, a Address) {
	t.Helper()
	if strings.ContainsAny(a.Mailbox, "\r\n<> \t,;\x00") || strings.Count(a.Mailbox, "@") != 1 || control(a.Name) {
		t.Errorf("unsafe address %+q", a)
	}
}
