package journey

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"ugoda/locale"
	"ugoda/mail/message"
	"ugoda/mail/smtp/smtptest"
	"ugoda/model/records"
	"ugoda/scripts/needs"
	"ugoda/service/demo"
	"ugoda/store"
	"ugoda/store/storetest"
)

// day is the day of the journey: the demo base ends on it.
const day = "2026-11-23"

// traveller is a person at the window of a base; what was done there is asked
// of the command line, which reads the same base.
type traveller struct {
	*Desktop
	t    *testing.T
	base string
}

// command runs a command on the base.
func (p *traveller) command(arguments ...string) string {
	p.t.Helper()
	return p.Command(append([]string{"--base", p.base, "--today", day, "--lang", "uk"}, arguments...)...)
}

// rows asks for records of a kind.
func (p *traveller) rows(kind string, arguments ...string) []map[string]any {
	p.t.Helper()
	answer := p.command(append([]string{"list", kind, "--format", "json"}, arguments...)...)
	var list struct {
		Rows []map[string]any `json:"rows"`
	}
	if err := json.Unmarshal([]byte(answer), &list); err != nil {
		p.t.Fatalf("read the answer: %v\n%.400s", err, answer)
	}
	return list.Rows
}

// find opens what the palette finds first for some words.
func (p *traveller) find(words string) {
	p.t.Helper()
	before := p.Settle()
	p.Key("ctrl+k")
	p.Until("the palette opens", 20*time.Second, func() bool { return Changed(before, p.Look()) > 10_000 })
	p.Type(words)
	p.Settle()
	p.Key("Return")
	p.Settle()
}

// own makes a demo base that mails outside, as a firm's own base does.
func own(t *testing.T, address string) {
	t.Helper()
	b, err := store.Open(context.Background(), address, store.Options{Registry: records.New()})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(b.SetSetting(context.Background(), demo.Setting, ""), b.Close()); err != nil {
		t.Fatal(err)
	}
}

// working is a firm at work, whose letters go to a server of the test, and the
// window in which its head sits down.
func working(t *testing.T, base string) (*traveller, *smtptest.Server, *Window) {
	t.Helper()
	server, err := smtptest.Start(smtptest.Script{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	p := &traveller{Start(t, 1280, 720, "uk_UA.UTF-8"), t, base}
	p.command("demo", "--size", "s", "--seed", "7")
	own(t, base)
	p.command("mail", "account", "Олена Коваль <olena@teplo-svitlo.example>", "--host", server.Host, "--port", strconv.Itoa(server.Port), "--security", "none", "--auth", "none")
	head := p.rows("user", "--where", `role = "admin"`, "--columns", "name")[0]["name"].(string)
	return p, server, p.Open(Program(t), "--base", base, "--user", head, "--lang", "uk", "--today", day)
}

// TestJourney is a salesperson's way through the window by keys alone: deals
// filtered, the filter saved, a card moved on the board, the funnel, a proposal
// made from a deal, its lines typed, looked at as it prints, and mailed; the
// letter is then read on the other side.
func TestJourney(t *testing.T) {
	if testing.Short() {
		t.Skip("a journey takes a while")
	}
	pdftotext := needs.Program(t, "pdftotext")
	storetest.Each(t, func(t *testing.T, base string) {
		p, server, w := working(t, base)
		p.Picture("start")

		const condition, filter = `stage.kind = "open" and amount > 20000`, "Великі в роботі"
		p.find("угоди")
		p.Picture("deals")
		p.find("відбір")
		p.Key("Tab", "Tab") // past the first condition, to the filter as text
		p.Type(condition)
		p.Picture("filter")
		p.Key("ctrl+Return")
		p.Picture("deals-filtered")
		p.Key("ctrl+s")
		p.Settle()
		p.Type(filter)
		p.Picture("filter-named")
		p.Key("Return")
		p.Picture("filter-saved")
		wanted, saved := p.rows("deal", "--where", condition), p.rows("deal", "--view", filter)
		if len(wanted) == 0 || fmt.Sprint(wanted) != fmt.Sprint(saved) {
			t.Errorf("the saved filter finds %d deals, the same condition %d", len(saved), len(wanted))
		}

		stages := func() map[string]string {
			out := map[string]string{}
			for _, r := range p.rows("deal", "--where", `state = "open"`, "--columns", "number,stage") {
				out[r["number"].(string)] = r["stage"].(map[string]any)["name"].(string)
			}
			return out
		}
		before := stages()
		p.find("дошка")
		p.Key("Down") // the first card
		p.Picture("board")
		p.Key("ctrl+Right")
		p.Picture("board-moved")
		moved := ""
		p.Until("a card is moved", 20*time.Second, func() bool {
			for number, stage := range stages() {
				if before[number] != stage {
					moved = number
				}
			}
			return moved != ""
		})
		if now := stages(); len(now) != len(before) {
			t.Errorf("%d deals are open after the move, %d were before", len(now), len(before))
		}
		if !strings.Contains(p.command("history", "deal", moved), "move") {
			t.Errorf("the move of %s is not in its history", moved)
		}

		p.find("воронка")
		p.Picture("funnel")

		deal := p.rows("deal", "--where", `state = "open" and client.email is not empty and process = "Продаж"`, "--columns", "number,client.name", "--sort", "number", "--limit", "1")[0]
		number, client := deal["number"].(string), deal["client.name"].(string)
		products := p.rows("product", "--where", "price > 0", "--columns", "name,price", "--limit", "2")
		offers := len(p.rows("proposal"))
		p.find(number)
		p.Picture("deal")
		p.Key("ctrl+shift+Return") // the main action: make a proposal
		p.Picture("proposal-new")
		sum := 0.0
		for i, x := range products {
			if i > 0 {
				p.Key("Down", "Home")
			}
			p.Type(x["name"].(string))
			p.Settle()
			p.Key("Return")
			p.Type(strconv.Itoa(i + 2))
			p.Key("Return")
			sum += float64(i+2) * x["price"].(float64)
		}
		p.Picture("proposal-lines")
		p.Key("ctrl+s")
		p.Until("the proposal is saved", 20*time.Second, func() bool { return len(p.rows("proposal")) == offers+1 })
		p.Picture("proposal-saved")
		offer := p.rows("proposal", "--sort", "-number", "--limit", "1", "--columns", "number,amount,deal,status")[0]
		if offer["amount"] != sum || offer["deal"].(map[string]any)["number"] != number || offer["status"] != "draft" {
			t.Errorf("the proposal is %v; want %.2f for deal %s", offer, sum, number)
		}

		p.Key("ctrl+p")
		p.Picture("print")
		p.Key("ctrl+m")
		p.Picture("letter")
		p.Key("ctrl+Return")
		p.Until("the letter is on the other side", 3*time.Minute, func() bool { return len(server.Received()) > 0 })
		p.Picture("sent")

		no := offer["number"].(string)
		letter, err := message.Read(server.Received()[0].Data)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(letter.Subject, no) || !strings.Contains(letter.Text, "Доброго дня") || len(letter.Attachments) != 1 {
			t.Fatalf("the letter: %q, %q, %d attachments", letter.Subject, letter.Text, len(letter.Attachments))
		}
		pdf := filepath.Join(t.TempDir(), "offer.pdf")
		if err := os.WriteFile(pdf, letter.Attachments[0].Data, 0o600); err != nil {
			t.Fatal(err)
		}
		text, err := exec.Command(pdftotext, "-layout", pdf, "-").Output()
		if err != nil {
			t.Fatalf("the attachment is no PDF: %v", err)
		}
		said := locale.New(locale.Ukrainian).Amount(int64(sum*100 + 0.5))
		for _, want := range []string{no, client, said, products[0]["name"].(string), products[1]["name"].(string)} {
			if !strings.Contains(plain(string(text)), plain(want)) {
				t.Errorf("the printed proposal does not say %q:\n%s", want, text)
			}
		}
		if strings.Contains(string(text), "ЧЕРНЕТКА") {
			t.Error("a draft was mailed")
		}
		p.Until("the proposal is sent", 20*time.Second, func() bool {
			return p.rows("proposal", "--where", `number = "`+no+`"`, "--columns", "status")[0]["status"] == "sent"
		})
		if kept := p.rows("letter", "--columns", "state"); len(kept) != 1 || kept[0]["state"] != "sent" {
			t.Errorf("the outbox: %v", kept)
		}
		p.command("base", "check")

		w.Close()
		if log := w.Log(); strings.Contains(log, "panic") || strings.Contains(log, "ERROR") {
			t.Errorf("the program complained:\n%s", log)
		}
	})
}

// plain makes every kind of space one space, and leaves out quotation marks.
func plain(s string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("«", "", "»", "", "\u00a0", " ", "\u202f", " ").Replace(s)), " ")
}
