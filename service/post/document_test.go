package post

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/png"
	"net/mail"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ugoda/locale"
	ourmail "ugoda/mail"
	"ugoda/mail/message"
	"ugoda/mail/secret"
	"ugoda/mail/smtp/smtptest"
	"ugoda/model"
	"ugoda/model/client"
	"ugoda/model/deal"
	"ugoda/model/filter"
	"ugoda/model/firm"
	"ugoda/model/letter"
	"ugoda/model/proposal"
	"ugoda/model/records"
	"ugoda/service/found"
	"ugoda/service/paper"
	"ugoda/store"
	"ugoda/store/storetest"
)

// firmOf is a firm with an account of mail at a server of its own, and one
// proposal.
type firmOf struct {
	ctx    context.Context
	s      *store.Session
	o      *Office
	server *smtptest.Server
	p      *proposal.Proposal
}

const longName = "Товариство з обмеженою відповідальністю «Науково-виробниче підприємство „Дніпровські енергозберігальні технології України“»"

func newFirm(t *testing.T, dsn string, account bool) *firmOf {
	t.Helper()
	ctx := context.Background()
	b, err := found.Base(ctx, dsn, found.Firm{Name: "ТОВ «Ми»", Language: locale.Ukrainian}, store.Options{Registry: records.New(), Now: func() time.Time { return begin }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	f := &firmOf{ctx: ctx, s: b.System()}
	if f.server, err = smtptest.Start(smtptest.Script{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.server.Close)
	f.o = Open(b, Options{Secrets: secret.NewFile(filepath.Join(t.TempDir(), "s"), secret.Passphrase("x")), Now: func() time.Time { return begin }})
	if account {
		a := ourmail.Account{Address: "olena@firma.example", Name: "Олена", Host: f.server.Host, Port: f.server.Port, Security: ourmail.Plaintext, Auth: ourmail.NoAuth}
		if err := f.o.SaveAccount(ctx, &a, ""); err != nil {
			t.Fatal(err)
		}
	}
	c := &client.Client{Name: longName, Form: client.Legal, Email: "office@client.example"}
	f.save(t, "client", c)
	who := &client.Contact{Name: "Соломія Чорновіл", Client: c.Ref(), Email: "solomia@client.example"}
	f.save(t, "contact", who)
	rec, err := f.s.New(ctx, "proposal")
	if err != nil {
		t.Fatal(err)
	}
	f.p = rec.(*proposal.Proposal)
	f.p.Client, f.p.Contact, f.p.Subject = c.Ref(), model.Ref{ID: who.ID, Name: who.Name}, "Реконструкція котельні: постачання, монтаж і пусконалагодження обладнання другої черги"
	f.p.Variants[0].Lines = []proposal.Line{{Text: "Котел", Unit: "шт", Quantity: 1000, Price: 100_000, VAT: "20", Discount: 500}}
	seller := &firm.Employee{Name: "Назар Ємець", Post: "менеджер", Phone: "(010) 000-01-02", Active: true}
	f.save(t, "employee", seller)
	f.p.Manager = model.Ref{ID: seller.ID, Name: seller.Name}
	f.save(t, "proposal", f.p)
	return f
}

func (f *firmOf) save(t *testing.T, kind string, rec model.Keeper) {
	t.Helper()
	if err := f.s.Save(f.ctx, kind, rec); err != nil {
		t.Fatal(err)
	}
}

func (f *firmOf) send(t *testing.T, d Document) message.Parsed {
	t.Helper()
	d.Engine = paper.Own
	if d.Kind == "" {
		d.Kind, d.ID = "proposal", f.p.ID
	}
	l, err := f.o.SendDocument(f.ctx, f.s, d)
	if err != nil {
		t.Fatal(err)
	}
	if l, err = f.o.Worker(0).Send(f.ctx, l.ID); err != nil || l.State != letter.Sent {
		t.Fatalf("%s: %v", l.State, err)
	}
	got := f.server.Received()
	p, err := message.Read(got[len(got)-1].Data)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// A proposal leaves in every format with a letter of both forms; the server
// has it whole, long Cyrillic words and names included; the proposal is sent,
// the next step is planned.
func TestDocumentLeaves(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		f := newFirm(t, dsn, true)
		u, err := f.o.Usual(f.ctx, f.s, "proposal", f.p.ID)
		if err != nil {
			t.Fatal(err)
		}
		if u.To != "Соломія Чорновіл <solomia@client.example>" || u.Again || len(u.Held) != 0 || u.Sender != "Олена <olena@firma.example>" || !strings.Contains(u.Subject, f.p.Subject) || u.Text == "" {
			t.Errorf("%+v", u)
		}
		follow, err := FollowUp(f.ctx, f.s, f.p.ID)
		if err != nil {
			t.Fatal(err)
		}
		if due := follow.Day("next_due"); due <= f.s.Today() || due.Weekday() == 0 || due.Weekday() == 6 {
			t.Errorf("the next step on %v", due)
		}
		got := f.send(t, Document{
			Cc: []ourmail.Address{{Mailbox: "boss@client.example"}}, Bcc: []ourmail.Address{{Mailbox: "archive@firma.example"}},
			Formats: paper.Formats, Files: []message.Attachment{{Name: "Сертифікат відповідності обладнання вимогам технічного регламенту № 55.pdf", Data: []byte("%PDF-")}},
			Text: "Доброго дня!\n\nДив. https://ugoda.example", Signature: u.Signature, Next: follow,
		})
		if got.Subject != u.Subject {
			t.Errorf("the subject is %q", got.Subject)
		}
		if len(got.To) != 1 || got.To[0].Name != "Соломія Чорновіл" || len(got.Cc) != 1 {
			t.Errorf("to %v, copies to %v", got.To, got.Cc)
		}
		received := f.server.Received()
		last := received[len(received)-1]
		if len(last.To) != 3 || bytes.Contains(last.Data, []byte("archive@")) {
			t.Errorf("the server was told %v; the hidden copy must not show in the letter", last.To)
		}
		if !strings.Contains(got.Text, "Доброго дня!\n\nДив. https://ugoda.example\n\n-- \n") || !strings.Contains(got.HTML, `<a href="https://ugoda.example"`) {
			t.Errorf("%q\n%q", got.Text, got.HTML)
		}
		for _, a := range got.Attachments {
			if strings.HasSuffix(a.Name, ".html") && bytes.Contains(a.Data, []byte("ЧЕРНЕТКА")) {
				t.Error("what leaves is marked as a draft")
			}
		}
		if len(got.Attachments) != 5 {
			t.Fatalf("%d attachments", len(got.Attachments))
		}
		begins := map[string]string{"pdf": "%PDF-", "docx": "PK\x03\x04", "xlsx": "PK\x03\x04", "html": "<!DOCTYPE html>"}
		for i, format := range paper.Formats {
			a := got.Attachments[i]
			if !strings.HasPrefix(a.Name, "Комерційна пропозиція "+f.p.Number+" Товариство з обмеженою відповідальністю") || !strings.HasSuffix(a.Name, "."+format) || !strings.HasPrefix(string(a.Data), begins[format]) {
				t.Errorf("%q begins with %.20q", a.Name, a.Data)
			}
			if format == "html" && bytes.Contains(a.Data, []byte("ЧЕРНЕТКА")) {
				t.Error("what left calls itself a draft")
			}
		}
		if got.Attachments[4].Name != "Сертифікат відповідності обладнання вимогам технічного регламенту № 55.pdf" {
			t.Errorf("%q", got.Attachments[4].Name)
		}
		for line := range bytes.Lines(last.Data) {
			if len(line) > 1000 {
				t.Errorf("a line of %d bytes", len(line))
			}
		}
		p, err := read(f.ctx, f.s, f.p.ID)
		if err != nil || p.Status != proposal.Sent || !p.SentAt.Equal(begin) {
			t.Errorf("%s at %v, %v", p.Status, p.SentAt, err)
		}
		ids, err := f.s.IDs(f.ctx, store.Query{Kind: "activity", Where: filter.Cond{Path: "proposal", Op: filter.Eq, Values: []filter.Value{filter.ID(p.ID)}}})
		if err != nil || len(ids) != 1 {
			t.Fatalf("%d next steps, %v", len(ids), err)
		}
		rec, err := f.s.Get(f.ctx, "activity", ids[0])
		if a := rec.(*deal.Activity); err != nil || a.Due != follow.Day("next_due") || a.Done {
			t.Errorf("%+v %v", a, err)
		}
		// Once more: in the same thread, without another step.
		again := f.send(t, Document{Next: follow})
		if again.InReplyTo != got.ID || len(again.References) != 1 || again.References[0] != got.ID || len(again.Attachments) != 1 {
			t.Errorf("answers %q of %v, %d attachments", again.InReplyTo, again.References, len(again.Attachments))
		}
		if ids, err = f.s.IDs(f.ctx, store.Query{Kind: "activity"}); err != nil || len(ids) != 1 {
			t.Errorf("%d steps after the second letter, %v", len(ids), err)
		}
	})
}

// What may not leave is put into no outbox and no file.
func TestDocumentIsHeld(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		f := newFirm(t, dsn, true)
		f.save(t, "approval-rule", &proposal.Rule{Name: "Будь-яка знижка", When: "discount_share > 0", Active: true, Order: 1, Approver: proposal.ByHead})
		var refused model.Problems
		if _, err := f.o.SendDocument(f.ctx, f.s, Document{Kind: "proposal", ID: f.p.ID, Engine: paper.Own}); !errors.As(err, &refused) {
			t.Errorf("sent: %v", err)
		}
		if _, _, err := f.o.SaveDocument(f.ctx, f.s, Document{Kind: "proposal", ID: f.p.ID, Engine: paper.Own}); !errors.As(err, &refused) {
			t.Errorf("saved: %v", err)
		}
		if ids, err := f.s.IDs(f.ctx, store.Query{Kind: "letter"}); err != nil || len(ids) != 0 {
			t.Errorf("%d letters, %v", len(ids), err)
		}
		if u, err := f.o.Usual(f.ctx, f.s, "proposal", f.p.ID); err != nil || len(u.Held) == 0 {
			t.Errorf("nobody says why: %v %v", u.Held, err)
		}
	})
}

// Without an account the letter is a file that a mail program opens as a draft.
func TestDocumentAsFile(t *testing.T) {
	f := newFirm(t, storetest.SQLite(t), false)
	if _, err := f.o.SendDocument(f.ctx, f.s, Document{Kind: "proposal", ID: f.p.ID, Engine: paper.Own}); !errors.Is(err, ourmail.ErrNoAccount) {
		t.Errorf("sent without an account: %v", err)
	}
	rec, err := f.s.Get(f.ctx, "organization", f.p.Organization.ID)
	if err != nil {
		t.Fatal(err)
	}
	we := rec.(*firm.Organization)
	we.Email = "office@firma.example"
	f.save(t, "organization", we)
	name, eml, err := f.o.SaveDocument(f.ctx, f.s, Document{Kind: "proposal", ID: f.p.ID, Engine: paper.Own})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(name, ".eml") || strings.ContainsAny(name, `:/\?*`) {
		t.Errorf("the file is called %q", name)
	}
	m, err := mail.ReadMessage(bytes.NewReader(eml))
	if err != nil || m.Header.Get("X-Unsent") != "1" {
		t.Errorf("%v, X-Unsent: %q", err, m.Header.Get("X-Unsent"))
	}
	if p, err := message.Read(eml); err != nil || len(p.Attachments) != 1 || p.From[0].Mailbox != "office@firma.example" {
		t.Errorf("%+v %v", p.From, err)
	}
	if p, err := read(f.ctx, f.s, f.p.ID); err != nil || p.Status != proposal.Draft {
		t.Errorf("%s %v", p.Status, err)
	}
}

// Texts of letters have tags; what is wrong with them is told.
func TestSnippets(t *testing.T) {
	f := newFirm(t, storetest.SQLite(t), true)
	good := &firm.Snippet{Name: "Коротко", Usage: firm.UsageLetter, Language: "uk", Default: true, Text: "Вітаю, {Контакт.ПІБ}!\n{#Рядки}\n{№}. {Опис}\n{/Рядки}\nРазом {Всього | гроші}"}
	bad := &firm.Snippet{Name: "Хибний", Usage: firm.UsageLetter, Language: "uk", Text: "{Нема}"}
	f.save(t, "snippet", good)
	f.save(t, "snippet", bad)
	got, err := f.o.Snippet(f.ctx, f.s, "proposal", f.p.ID, good.ID)
	if want := "Вітаю, Соломія Чорновіл!\n1. Котел\nРазом 950,00 грн"; err != nil || strings.ReplaceAll(got, "\u00a0", " ") != want {
		t.Errorf("%q %v", got, err)
	}
	var problems model.Problems
	if _, err := f.o.Snippet(f.ctx, f.s, "proposal", f.p.ID, bad.ID); !errors.As(err, &problems) || problems[0].Args["tag"] != "{Нема}" {
		t.Errorf("%v", err)
	}
	u, err := f.o.Usual(f.ctx, f.s, "proposal", f.p.ID)
	if err != nil || len(u.Snippets) < 3 || u.Snippets[0].Language != "uk" {
		t.Errorf("%+v %v", u.Snippets, err)
	}
}

func TestComplete(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		f := newFirm(t, dsn, true)
		for text, want := range map[string]string{
			"чорновіл": "Соломія Чорновіл <solomia@client.example>", "solomia@": "Соломія Чорновіл <solomia@client.example>",
			"дніпровські": longName, "office@cl": longName, "нікого": "", "  ": "",
		} {
			got, err := f.o.Complete(f.ctx, f.s, text, 8)
			if err != nil {
				t.Fatal(err)
			}
			switch {
			case want == "" && len(got) != 0, want != "" && len(got) == 0:
				t.Errorf("%q: %v", text, got)
			case want == "":
			default:
				found := false
				for _, a := range got {
					found = found || a.String() == want || a.Name == want
				}
				if !found {
					t.Errorf("%q: %v, want %q", text, got, want)
				}
			}
		}
	})
}

// The proposal stands in the letter itself, its logo goes along as a part that
// the HTML refers to, the text form has it too; a contract goes beside it.
func TestDocumentInTheLetter(t *testing.T) {
	f := newFirm(t, storetest.SQLite(t), true)
	rec, err := f.s.Get(f.ctx, "organization", f.p.Organization.ID)
	if err != nil {
		t.Fatal(err)
	}
	we := rec.(*firm.Organization)
	var logo bytes.Buffer
	if err := png.Encode(&logo, image.NewNRGBA(image.Rect(0, 0, 40, 20))); err != nil {
		t.Fatal(err)
	}
	we.Logo = logo.Bytes()
	f.save(t, "organization", we)
	p := f.send(t, Document{Forms: []string{firm.FormProposal, firm.FormContract}, Formats: []string{"pdf", "xlsx"}, InBody: true, Text: "Доброго дня!", Signature: "Назар"})
	raw := string(f.server.Received()[len(f.server.Received())-1].Data)
	for _, want := range []string{"multipart/mixed", "multipart/related", "multipart/alternative", "Content-Id: <logo.ugoda>"} {
		if !strings.Contains(strings.ToLower(raw), strings.ToLower(want)) {
			t.Errorf("the letter lacks %s", want)
		}
	}
	greeting, line, sign := strings.Index(p.HTML, "Доброго дня!"), strings.Index(p.HTML, "Котел"), strings.LastIndex(p.HTML, "Назар</p>")
	if greeting < 0 || line < greeting || sign < line || !strings.Contains(p.HTML, `src="cid:logo.ugoda"`) || strings.Contains(p.HTML, "data:image") {
		t.Errorf("%d %d %d: %s", greeting, line, sign, p.HTML)
	}
	for _, want := range []string{"Доброго дня!", "Котел", "950,00", "-- \nНазар"} {
		if !strings.Contains(strings.ReplaceAll(p.Text, "\u00a0", " "), want) {
			t.Errorf("the text lacks %q: %s", want, p.Text)
		}
	}
	var names []string
	for _, a := range p.Attachments {
		names = append(names, strings.Fields(a.Name)[0]+filepath.Ext(a.Name))
	}
	slices.Sort(names)
	if want := []string{"logo.png.png", "Договір.pdf", "Комерційна.pdf", "Комерційна.xlsx"}; !slices.Equal(names, want) {
		t.Errorf("%q, want %q", names, want)
	}
}
