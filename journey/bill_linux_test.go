package journey

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ugoda/locale"
	"ugoda/mail/message"
	"ugoda/scripts/needs"
	"ugoda/store/storetest"
)

// TestBilling is the way from an accepted proposal to money: a proposal is made
// from a deal and mailed, the client accepts, the deal is won and a part billed
// in the same breath, then some lines, then the rest; the last invoice is mailed,
// and read on the other side.
func TestBilling(t *testing.T) {
	if testing.Short() {
		t.Skip("a journey takes a while")
	}
	pdftotext := needs.Program(t, "pdftotext")
	storetest.Each(t, func(t *testing.T, base string) {
		p, server, w := working(t, base)

		deal := p.rows("deal", "--where", `state = "open" and client.email is not empty and process = "Продаж"`, "--columns", "number,client.name", "--sort", "number", "--limit", "1")[0]["number"].(string)
		products := p.rows("product", "--where", "price > 0", "--columns", "name,price", "--limit", "2")
		offers := len(p.rows("proposal"))
		p.find(deal)
		p.Key("ctrl+shift+Return") // the main action: make a proposal
		p.Settle()
		for i, x := range products {
			if i > 0 {
				p.Key("Down", "Home")
			}
			p.Type(x["name"].(string))
			p.Settle()
			p.Key("Return")
			p.Type("10")
			p.Key("Return")
		}
		p.Key("ctrl+s")
		p.Until("the proposal is saved", 20*time.Second, func() bool { return len(p.rows("proposal")) == offers+1 })
		offer := p.rows("proposal", "--sort", "-number", "--limit", "1", "--columns", "number,amount")[0]
		no, amount := offer["number"].(string), offer["amount"].(float64)
		status := func() string {
			return p.rows("proposal", "--where", `number = "`+no+`"`, "--columns", "status")[0]["status"].(string)
		}
		p.Key("ctrl+m")
		p.Picture("letter")
		p.Key("ctrl+Return")
		p.Until("the proposal is sent", 3*time.Minute, func() bool { return status() == "sent" })
		p.Settle()
		p.Key("Escape") // what comes next is not planned now
		p.Settle()
		p.Picture("proposal-sent")

		bills := len(p.rows("invoice"))
		billed := func(n int) []map[string]any {
			t.Helper()
			p.Until(fmt.Sprintf("%d invoices are made", n), 20*time.Second, func() bool { return len(p.rows("invoice")) == bills+n })
			return p.rows("invoice", "--where", `proposal.number = "`+no+`"`, "--columns", "number,amount,status", "--sort", "number")
		}
		p.Key("ctrl+shift+Return") // accepted
		p.Until("the client has accepted", 20*time.Second, func() bool { return status() == "accepted" })
		p.Picture("next")
		p.Key("Return") // won, and billed
		p.Until("the deal is won", 20*time.Second, func() bool {
			return p.rows("deal", "--where", `number = "`+deal+`"`, "--columns", "state")[0]["state"] == "won"
		})
		p.Picture("billing")
		p.Type("30")
		p.Picture("billing-share")
		p.Key("Return")
		first := billed(1)[0]
		if want := round(amount * 0.3); first["amount"] != want || first["status"] != "draft" {
			t.Errorf("30 %% of %.2f: %v", amount, first)
		}
		p.Picture("invoice")
		p.Key("ctrl+shift+Return") // issued
		p.Until("it is issued", 20*time.Second, func() bool { return billed(1)[0]["status"] == "issued" })
		p.Picture("invoice-issued")

		p.Key("ctrl+w") // back to the proposal
		p.Picture("proposal-billed")
		p.Click(1055, 105) // the main action, by the mouse
		p.Settle()
		p.Picture("billing-again")
		p.Key("Down") // into the lines
		p.Type("99")
		p.Key("Return")
		p.Picture("billing-too-much")
		p.Key("Up")
		p.Type("=1+1")
		p.Key("Down")
		p.Type("0")
		p.Key("ctrl+Return")
		second := billed(2)[1]
		if price := products[0]["price"].(float64); second["amount"] != round(2*price) {
			t.Errorf("two at %.2f: %v", price, second)
		}

		p.Key("ctrl+w")
		p.Settle()
		p.Key("ctrl+shift+Return")
		p.Settle()
		p.Picture("billing-rest")
		p.Key("Return") // all that is left
		third := billed(3)[2]
		sum := 0.0
		for _, x := range billed(3) {
			sum += x["amount"].(float64)
		}
		if round(sum) != amount {
			t.Errorf("%.2f is billed of %.2f", sum, amount)
		}
		if left := p.rows("proposal", "--where", `number = "`+no+`"`, "--columns", "left_to_bill")[0]["left_to_bill"]; left != 0.0 {
			t.Errorf("left to bill: %v", left)
		}

		had := len(server.Received())
		p.Key("ctrl+m")
		p.Picture("invoice-letter")
		p.Key("ctrl+Return")
		p.Until("the invoice is on the other side", 3*time.Minute, func() bool { return len(server.Received()) > had })
		letter, err := message.Read(server.Received()[had].Data)
		if err != nil || len(letter.Attachments) != 1 {
			t.Fatalf("the letter: %v, %+v", err, letter)
		}
		pdf := filepath.Join(t.TempDir(), "invoice.pdf")
		if err := os.WriteFile(pdf, letter.Attachments[0].Data, 0o600); err != nil {
			t.Fatal(err)
		}
		text, err := exec.Command(pdftotext, "-layout", pdf, "-").Output()
		if err != nil {
			t.Fatalf("the attachment is no PDF: %v", err)
		}
		said := locale.New(locale.Ukrainian).Amount(int64(third["amount"].(float64)*100 + 0.5))
		for _, want := range []string{third["number"].(string), said, products[1]["name"].(string)} {
			if !strings.Contains(plain(string(text)), plain(want)) {
				t.Errorf("the printed invoice does not say %q:\n%s", want, text)
			}
		}
		if strings.Contains(string(text), "ЧЕРНЕТКА") {
			t.Error("a draft was mailed")
		}
		p.Until("the mailed invoice is issued", 20*time.Second, func() bool { return billed(3)[2]["status"] == "issued" })
		p.Settle()
		p.Key("ctrl+w")
		p.Picture("proposal-billed-in-full")
		p.command("base", "check")

		w.Close()
		if log := w.Log(); strings.Contains(log, "panic") || strings.Contains(log, "ERROR") {
			t.Errorf("the program complained:\n%s", log)
		}
	})
}

// round is a sum with two decimals.
func round(v float64) float64 { return float64(int64(v*100+0.5)) / 100 }
