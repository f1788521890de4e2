package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ugoda/store/storetest"
)

// An accepted proposal becomes invoices on the command line: in part, the rest,
// never more; they are issued, printed, mailed to a file, cancelled, exported and
// brought in again.
func TestBillingOnTheCommandLine(t *testing.T) {
	storetest.Each(t, func(t *testing.T, base string) {
		x := terminal{t: t, base: base}
		x.example("s")
		fresh := x.asks("list", "proposal", "--where", `status = "accepted" and billed > 0 and left_to_bill = 0`, "--columns", "number,amount,billed,left_to_bill", "--limit", "1")
		if len(fresh.Rows) != 1 || fresh.Rows[0]["billed"] != fresh.Rows[0]["amount"] {
			t.Fatalf("billed in the example: %v", fresh.Rows)
		}
		number, amount := fresh.Rows[0]["number"].(string), fresh.Rows[0]["amount"].(float64)
		x.refused(Refused, "billed already", "do", "proposal", number, "bill")
		standing := `proposal.number = "` + number + `" and status != "cancelled"`
		for _, r := range x.asks("list", "invoice", "--where", standing, "--columns", "number").Rows {
			x.refused(Refused, "stands on this proposal", "do", "proposal", number, "reopen")
			x.refused(Refused, "words", "do", "invoice", r["number"].(string), "cancel")
			x.does("do", "invoice", r["number"].(string), "cancel", "words=anew")
		}
		x.refused(Refused, "no position", "do", "proposal", number, "bill", "lines=99=1")
		x.refused(Refused, "share", "do", "proposal", number, "bill", "share=120")
		x.does("do", "proposal", number, "bill", "share=30", "pay_until=2027-01-15")
		x.refused(Refused, "left to bill", "do", "proposal", number, "bill", "share=80")
		x.does("do", "proposal", number, "bill", "rest=yes")
		made := x.formats("list", "invoice", "--where", standing, "--columns", "number,status,amount,pay_until,proposal", "--sort", "id")
		if len(made.Rows) != 2 || made.Rows[0]["status"] != "draft" || made.Rows[0]["pay_until"] != "2027-01-15" {
			t.Fatalf("made: %v", made.Rows)
		}
		if sum := made.Rows[0]["amount"].(float64) + made.Rows[1]["amount"].(float64); sum-amount > 0.001 || amount-sum > 0.001 {
			t.Errorf("the parts come to %v of %v", sum, amount)
		}
		invoice := made.Rows[1]["number"].(string)
		dir := t.TempDir()
		out := func(name string) string { return filepath.Join(dir, name) }
		for _, format := range []string{"pdf", "docx", "xlsx", "html"} {
			x.does("print", "invoice", invoice, "--to", format, "--engine", "own", "-o", out("i."+format))
		}
		if page := read(t, out("i.html")); !strings.Contains(page, "ЧЕРНЕТКА") || !strings.Contains(page, invoice) {
			t.Error("the draft is not marked, or has another number")
		}
		x.refused(Usage, "--form", "print", "invoice", invoice, "--form", "poem", "--to", "pdf", "-o", out("x.pdf"))
		x.refused(Refused, "form", "print", "invoice", invoice, "--form", "contract", "--to", "pdf", "-o", out("x.pdf"))
		x.does("do", "invoice", invoice, "issue")
		x.refused(Refused, "issued", "set", "invoice", invoice, "note=x")
		x.does("print", "invoice", invoice, "--to", "html", "-o", out("issued.html"))
		if strings.Contains(read(t, out("issued.html")), "ЧЕРНЕТКА") {
			t.Error("an issued invoice is marked as a draft")
		}
		x.does("mail", "invoice", invoice, "--to", "a@client.example", "--as", "pdf,xlsx", "--engine", "own", "--eml", out("i.eml"))
		if info, err := os.Stat(out("i.eml")); err != nil || info.Size() < 10_000 {
			t.Errorf("the letter: %v", err)
		}
		x.does("do", "invoice", invoice, "correct")
		x.does("do", "invoice", invoice, "cancel", "words=cancelled")
		x.refused(Refused, "cancelled", "print", "invoice", invoice, "--to", "pdf", "-o", out("x.pdf"))
		x.does("do", "invoice", invoice, "reopen")
		if fields := x.does("template", "fields", "invoice"); !strings.Contains(fields, "pay_until") || strings.Contains(fields, "several_variants") {
			t.Error("the tags of an invoice are others")
		}

		// by hand, and from a file
		client := x.asks("list", "client", "--columns", "name", "--limit", "1").Rows[0]["name"].(string)
		x.input = `{"client": {"name": "` + strings.ReplaceAll(client, `"`, `\"`) + `"}, "subject": "Service", "lines": [{"text": "Inspection", "quantity": 2, "unit": "h", "price": 150.5, "vat": "20"}]}`
		x.does("new", "invoice", "--json", "-")
		x.input = ""
		typed := x.asks("list", "invoice", "--where", `subject = "Service"`, "--columns", "number,amount,proposal").Rows
		if len(typed) != 1 || typed[0]["amount"] != 301.0 || typed[0]["proposal"] != nil {
			t.Fatalf("made by hand: %v", typed)
		}
		file := out("in.csv")
		if err := os.WriteFile(file, []byte("Invoice No,Customer,Due date,Description,Qty,Unit price\nA-1,\""+client+"\",2027-02-01,Pump,2,100\nA-1,\""+client+"\",2027-02-01,Pipe,3,10.5\nA-2,\""+client+"\",2027-02-01,Valve,1,7\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		x.does("import", "invoice", file)
		brought := x.asks("list", "invoice", "--where", `number in ("A-1", "A-2")`, "--columns", "number,amount,positions,pay_until,status", "--sort", "number").Rows
		if len(brought) != 2 || brought[0]["amount"] != 231.5 || brought[0]["positions"] != 2.0 || brought[1]["pay_until"] != "2027-02-01" || brought[1]["status"] != "draft" {
			t.Errorf("brought in: %v", brought)
		}
		x.does("export", "invoice", "-o", out("all.xlsx"))
		x.does("base", "check")
	})
}
