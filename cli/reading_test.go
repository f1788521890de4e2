package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"ugoda/store/storetest"
)

func TestReading(t *testing.T) {
	storetest.Each(t, func(t *testing.T, base string) {
		x := terminal{t: t, base: base}
		x.example("s")

		kinds := x.formats("kinds")
		if len(kinds.Rows) < 25 {
			t.Errorf("%d kinds", len(kinds.Rows))
		}
		for _, k := range kinds.Rows {
			kind := k["kind"].(string)
			fields := x.formats("fields", kind)
			for _, f := range fields.Rows {
				if label, _ := f["label"].(string); label == "" || strings.HasPrefix(label, "field.") {
					t.Errorf("%s.%s is called %q", kind, f["name"], label)
				}
			}
			list := x.formats("list", kind, "--limit", "3")
			if list.Kind != kind || len(list.Rows) > 3 {
				t.Errorf("list %s: kind %q, %d rows", kind, list.Kind, len(list.Rows))
			}
			if len(list.Rows) == 0 || name(list.Rows[0]) == "" || kind == "stage" || kind == "snippet" { // a stage's name is its process's own, a snippet's its language's
				continue
			}
			for _, format := range []string{"table", "csv", "xlsx"} {
				if shown := x.does("show", kind, name(list.Rows[0]), "--format", format); len(shown) < 50 {
					t.Errorf("show %s %s as %s: %s", kind, name(list.Rows[0]), format, shown)
				}
			}
			var shown map[string]any
			if err := json.Unmarshal([]byte(x.does("show", kind, name(list.Rows[0]), "--format", "json")), &shown); err != nil || shown["kind"] != kind || shown["id"] == nil {
				t.Errorf("show %s %s as JSON: %v, %v", kind, name(list.Rows[0]), shown, err)
			}
		}

		deals := x.asks("list", "deal", "--where", `stage.kind = "open" and amount > 10000`, "--columns", "number,client,client.region.name,amount,amount_base,closes,manager", "--sort", "-amount_base,number")
		if deals.Parameters["where"] == nil || deals.Total["amount_base"] == nil || len(deals.Rows) == 0 {
			t.Errorf("deals: %v, total %v", deals.Parameters, deals.Total)
		}
		var sum, last float64
		for i, r := range deals.Rows {
			amount := r["amount_base"].(float64)
			if i > 0 && amount > last || amount <= 10000 {
				t.Errorf("row %d: %v after %v", i, amount, last)
			}
			last, sum = amount, sum+amount
			client := r["client"].(map[string]any)
			if client["id"] == nil || client["number"] == "" || client["name"] == "" || len(client) != 3 {
				t.Errorf("a client is %v", client)
			}
			manager := r["manager"].(map[string]any)
			if len(manager) != 2 { // employees have no code
				t.Errorf("a salesperson is %v", manager)
			}
		}
		if diff := sum - deals.Total["amount_base"].(float64); diff > 0.001 || diff < -0.001 {
			t.Errorf("the total is %v, its rows come to %v", deals.Total["amount_base"], sum)
		}

		first := deals.Rows[0]["number"].(string)
		var shown map[string]any
		if err := json.Unmarshal([]byte(x.does("show", "deal", first, "--format", "json")), &shown); err != nil {
			t.Fatal(err)
		}
		if shown["number"] != first || shown["amount"] != deals.Rows[0]["amount"] || fmt.Sprint(shown["client"]) != fmt.Sprint(deals.Rows[0]["client"]) || len(shown["next"].([]any)) < 3 {
			t.Errorf("show deal differs from the list: %v\n%v", shown, deals.Rows[0])
		}
		history := x.formats("history", "deal", first)
		if len(history.Rows) == 0 {
			t.Error("no history")
		}
		for _, h := range history.Rows {
			if h["field"] == "opened" && !strings.HasPrefix(fmt.Sprint(h["new"]), "202") {
				t.Errorf("a day in history is %v", h["new"])
			}
		}

		x.refused(Refused, "00000", "show", "deal", "00000")
		x.refused(Refused, "salary", "list", "deal", "--columns", "salary")
		x.refused(Refused, "", "list", "deal", "--where", `amount >`)
		x.refused(Refused, "mine", "list", "deal", "--view", "mine")
		x.refused(Usage, "widget", "list", "widget")
		x.refused(Usage, "json", "list", "deal", "--format", "png")
		x.refused(Usage, "ugoda list KIND", "list")

		file := filepath.Join(t.TempDir(), "deals.xlsx")
		x.does("export", "deal", "-o", file)
		if book, err := excelize.OpenFile(file); err != nil {
			t.Error(err)
		} else if rows, err := book.GetRows(book.GetSheetName(0)); err != nil || len(rows) < 200 {
			t.Errorf("%d rows exported, %v", len(rows), err)
		}
		x.refused(Usage, "-o FILE", "export", "deal")
	})
}

func TestReports(t *testing.T) {
	storetest.Each(t, func(t *testing.T, base string) {
		x := terminal{t: t, base: base}
		x.example("s")
		open := x.asks("list", "deal", "--where", `state = "open"`, "--columns", "amount_base")
		now := x.formats("report", "funnel")
		if now.Report != "funnel" || now.Total["count"] != float64(len(open.Rows)) || now.Total["amount"] != open.Total["amount_base"] || now.Total["kind"] != "open" {
			t.Errorf("the funnel: %v; open deals: %d, %v", now.Total, len(open.Rows), open.Total)
		}
		past := x.asks("report", "funnel", "--as-of", "2026-10-31")
		if past.Parameters["as_of"] != "2026-10-31" || past.Total["count"] == now.Total["count"] && past.Total["amount"] == now.Total["amount"] {
			t.Errorf("as of October: %v", past.Total)
		}
		for _, args := range [][]string{
			{"funnel", "--from", "2026-01-01", "--to", "2026-10-31"},
			{"funnel", "--mode", "cohort", "--from", "2026-01-01", "--to", "2026-10-31"},
			{"funnel", "--where", `client.region.name = "Львівська"`},
			{"losses", "--by", "manager"},
			{"losses", "--by", "stage,reason", "--from", "2026-01-01", "--to", "2026-06-30"},
			{"inquiries"},
			{"proposals"},
			{"proposals", "--by", "segment,status", "--compare", "last-year", "--where", "client.region.name is not empty"},
		} {
			if a := x.formats(append([]string{"report"}, args...)...); a.Report != args[0] || len(a.Rows) == 0 && args[0] != "losses" {
				t.Errorf("report %q is %q with %d rows", args, a.Report, len(a.Rows))
			}
		}
		for _, report := range []string{"funnel", "losses", "inquiries", "proposals"} {
			for format, begin := range map[string]string{"html": "<!DOCTYPE html>", "pdf": "%PDF-", "png": "\x89PNG", "svg": "<svg"} {
				file := filepath.Join(t.TempDir(), report+"."+format)
				x.does("report", report, "-o", file)
				data, err := os.ReadFile(file)
				if err != nil || !bytes.HasPrefix(bytes.TrimSpace(data), []byte(begin)) {
					t.Errorf("report %s as %s begins with %.20q, %v", report, format, data, err)
				}
				if format == "png" {
					if _, err := png.Decode(bytes.NewReader(data)); err != nil {
						t.Errorf("report %s as png: %v", report, err)
					}
				}
			}
		}
		sent := x.asks("list", "proposal", "--where", `status = "sent" and date in last 365 days`, "--columns", "amount_base")
		if all := x.asks("report", "proposals", "--by", "month"); all.Total["waiting"] != float64(len(sent.Rows)) || len(sent.Rows) == 0 {
			t.Errorf("proposals: %v; sent %d", all.Total, len(sent.Rows))
		}
		x.refused(Usage, "funnel", "report", "weather")
		x.refused(Refused, "stage", "report", "proposals", "--by", "stage")
		x.refused(Usage, "--as-of", "report", "funnel", "--as-of", "tomorrow")
		x.refused(Refused, "Розпродаж", "report", "funnel", "--process", "Розпродаж")
	})
}
