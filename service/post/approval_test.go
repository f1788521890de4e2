package post

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	ourmail "ugoda/mail"
	"ugoda/model"
	"ugoda/model/firm"
	"ugoda/model/letter"
	"ugoda/model/proposal"
	"ugoda/service/paper"
	"ugoda/store"
	"ugoda/store/storetest"
)

// hall is a firm with a salesperson and his head, each with mail.
type hall struct {
	*firmOf
	seller, head *store.Session
}

func newHall(t *testing.T, dsn string) *hall {
	t.Helper()
	h := &hall{firmOf: newFirm(t, dsn, false)}
	user := func(name, address string, role model.Role) *store.Session {
		e := &firm.Employee{Name: name, Email: address, Active: true}
		h.save(t, "employee", e)
		u := &firm.User{Name: name, Role: string(role), Active: true, Employee: model.Ref{ID: e.ID}}
		h.save(t, "user", u)
		s, err := h.s.As(h.ctx, model.Ref{ID: u.ID})
		if err != nil {
			t.Fatal(err)
		}
		a := ourmail.Account{Owner: u.ID, Address: address, Name: name, Host: h.server.Host, Port: h.server.Port, Security: ourmail.Plaintext, Auth: ourmail.NoAuth}
		if err := h.o.SaveAccount(h.ctx, &a, ""); err != nil {
			t.Fatal(err)
		}
		return s
	}
	h.seller, h.head = user("Іван", "ivan@firma.example", model.RoleManager), user("Марія", "maria@firma.example", model.RoleHead)
	rule := &proposal.Rule{Name: "Знижка понад 4 %", Active: true, When: "discount_share > 4", Approver: proposal.ByRole, Role: string(model.RoleHead)}
	h.save(t, "approval-rule", rule)
	return h
}

func (h *hall) do(t *testing.T, s *store.Session, action string, a model.Answers) {
	t.Helper()
	if _, err := s.Do(h.ctx, "proposal", h.p.ID, action, a); err != nil {
		t.Fatalf("%s: %v", action, err)
	}
}

// tell lets the programs of both look, twice each.
func (h *hall) tell(t *testing.T, want int) {
	t.Helper()
	n := 0
	for _, s := range []*store.Session{h.seller, h.head, h.head, h.seller} {
		k, err := h.o.TellOfApprovals(h.ctx, s)
		if err != nil {
			t.Fatal(err)
		}
		n += k
	}
	if n != want {
		t.Fatalf("%d letters, want %d", n, want)
	}
}

// last is the newest letter of the outbox, and how many there are.
func (h *hall) last(t *testing.T) (letter.Letter, string, int) {
	t.Helper()
	ids, err := h.s.IDs(h.ctx, store.Query{Kind: "letter", Sort: []store.Order{{Path: "id"}}})
	if err != nil || len(ids) == 0 {
		t.Fatalf("no letters, %v", err)
	}
	l, err := h.o.Box.Get(h.ctx, ids[len(ids)-1])
	if err != nil {
		t.Fatal(err)
	}
	data, err := h.o.Box.Data(h.ctx, l.Data)
	if err != nil {
		t.Fatal(err)
	}
	return l, string(data), len(ids)
}

func TestApprovalIsToldOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		h := newHall(t, dsn)
		h.tell(t, 0)
		h.do(t, h.seller, "submit", model.Answers{"words": "постійний клієнт"})
		h.tell(t, 1)
		l, data, _ := h.last(t)
		if l.To != "\"Марія\" <maria@firma.example>" && !strings.Contains(l.To, "maria@firma.example") || !strings.Contains(data, "application/pdf") {
			t.Errorf("to %s", l.To)
		}
		if !strings.Contains(l.Subject, h.p.Number) || l.Proposal.ID != 0 {
			t.Errorf("subject %q, among the client's letters: %v", l.Subject, l.Proposal)
		}
		h.do(t, h.head, "return", model.Answers{"comment": "дорого"})
		h.tell(t, 1)
		if l, _, _ := h.last(t); !strings.Contains(l.To, "ivan@firma.example") {
			t.Errorf("the answer went to %s", l.To)
		}
		if err := SetApprovalLetters(h.ctx, h.s.Base(), false, begin); err != nil {
			t.Fatal(err)
		}
		h.do(t, h.seller, "submit", nil)
		h.tell(t, 0)
		if err := SetApprovalLetters(h.ctx, h.s.Base(), true, begin.Add(time.Hour)); err != nil { // what was missed stays so
			t.Fatal(err)
		}
		h.tell(t, 0)
		h.do(t, h.head, "approve", nil)
		h.tell(t, 0)
	})
}

// A letter about an approval waits in nobody's way: without an account there is
// none, and the approval stands.
func TestNoAccountNoLetter(t *testing.T) {
	h := &hall{firmOf: newFirm(t, storetest.SQLite(t), false)}
	h.save(t, "approval-rule", &proposal.Rule{Name: "x", Active: true, When: "discount_share > 4", Approver: proposal.ByRole, Role: string(model.RoleHead)})
	h.do(t, h.s, "submit", nil)
	if n, err := h.o.TellOfApprovals(h.ctx, h.s); err != nil || n != 0 {
		t.Errorf("%d letters, %v", n, err)
	}
}

// A letter about an approval that cannot be written is told, with the reason,
// until it is written or nobody waits for it any more.
func TestWhatIsNotWrittenIsTold(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		h := newHall(t, dsn)
		untold := func(s *store.Session, want ...string) {
			t.Helper()
			all, err := h.o.Untold(h.ctx, s, h.p.ID)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, u := range all {
				got = append(got, u.Why+" "+u.Whom.Name+u.Role)
			}
			if !slices.Equal(got, want) {
				t.Errorf("told %q, want %q", got, want)
			}
		}
		rec, err := h.s.Get(h.ctx, "employee", h.head.Employee.ID)
		if err != nil {
			t.Fatal(err)
		}
		maria := rec.(*firm.Employee)
		maria.Email = ""
		h.save(t, "employee", maria)
		untold(h.seller)
		h.do(t, h.seller, "submit", nil)
		untold(h.seller, "no_address head")
		untold(h.head, "no_address head") // whoever looks
		h.tell(t, 0)
		maria.Email = "maria@firma.example"
		h.save(t, "employee", maria)
		untold(h.seller) // it can be written now
		h.tell(t, 1)
		untold(h.seller)
		h.do(t, h.head, "return", model.Answers{"comment": "ні"})
		h.tell(t, 1)
		untold(h.head)
		account, err := h.o.Account(h.ctx, h.seller.User.ID, ourmail.Address{})
		if err != nil {
			t.Fatal(err)
		}
		if err := h.o.ForgetAccount(h.ctx, account); err != nil {
			t.Fatal(err)
		}
		h.do(t, h.seller, "submit", nil)
		untold(h.seller, "no_account head")
		h.do(t, h.seller, "recall", nil)
		untold(h.seller)
		h.do(t, h.seller, "submit", nil)
		if err := SetApprovalLetters(h.ctx, h.s.Base(), false, begin); err != nil {
			t.Fatal(err)
		}
		untold(h.seller) // letters are not wanted
	})
}

// A correction goes into the thread of the first letter, with what it changes.
func TestCorrectionIsSentInTheThread(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		f := newFirm(t, dsn, true)
		first, err := f.o.SendDocument(f.ctx, f.s, Document{Kind: "proposal", ID: f.p.ID})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.s.Do(f.ctx, "proposal", f.p.ID, "correct", nil); err != nil {
			t.Fatal(err)
		}
		rec, err := f.s.Get(f.ctx, "proposal", f.p.ID)
		if err != nil {
			t.Fatal(err)
		}
		p := rec.(*proposal.Proposal)
		lines := &p.Variants[0].Lines
		(*lines)[0].Discount = 1000
		*lines = append(*lines, proposal.Line{Text: "Монтаж", Unit: "посл", Quantity: 1000, Price: 50_000, VAT: "20"})
		f.save(t, "proposal", p)
		u, err := f.o.Usual(f.ctx, f.s, "proposal", p.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"редакція №2", "замінює редакцію №1", "Котел: знижка 5\u00a0% → 10\u00a0%", "додано: Монтаж, 1 посл", "Разом: "} {
			if !strings.Contains(u.Text, want) {
				t.Errorf("the letter does not say %q:\n%s", want, u.Text)
			}
		}
		second, err := f.o.SendDocument(f.ctx, f.s, Document{Kind: "proposal", ID: f.p.ID, Text: u.Text})
		if err != nil {
			t.Fatal(err)
		}
		data, err := f.o.Box.Data(f.ctx, second.Data)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(data), "In-Reply-To: <"+strings.Trim(first.MessageID, "<>")) {
			t.Errorf("not in the thread of %s:\n%.600s", first.MessageID, data)
		}
		for _, format := range []string{"html", "docx"} {
			files, err := paper.Make(f.ctx, f.s, paper.Job{Kind: "proposal", ID: p.ID}, format)
			if err != nil {
				t.Fatal(err)
			}
			text := string(files[0].Data)
			if format == "docx" {
				text = body(t, files[0].Data)
			}
			if !strings.Contains(text, "редакці") || !strings.Contains(text, "замінює") {
				t.Errorf("a copy in %s printed later does not say which revision it replaces", format)
			}
		}
		again, err := f.o.Usual(f.ctx, f.s, "proposal", p.ID)
		if err != nil || strings.Contains(again.Text, "замінює") {
			t.Errorf("sent once more it lists changes: %v", err)
		}
	})
}

// body is the text of a Word document.
func body(t *testing.T, data []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
