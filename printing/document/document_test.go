package document_test

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/product"
	"ugoda/model/proposal"
	"ugoda/model/trade"
	"ugoda/printing/document"
	"ugoda/scripts/needs"
)

// made is a document of one proposal, reckoned by the rules of proposals.
func made(t testing.TB, p *proposal.Proposal) *document.Document {
	t.Helper()
	if err := p.Count(); err != nil {
		t.Fatal(err)
	}
	say := locale.New(locale.Ukrainian)
	d := &document.Document{
		Title: "Комерційна пропозиція", Subtitle: "№ 214 від 23 листопада 2026 р.", Currency: "UAH",
		Firm:     document.Party{Name: "ТОВ «Тепло & Світло»", Lines: []string{"Код 99000011", "м. Львів"}},
		Client:   document.Party{Label: "Кому", Name: "ФГ «Криниця <Техно>»", Lines: []string{"м. Рівне"}},
		Facts:    []document.Fact{{Label: "Дійсна до", Value: "7 грудня 2026 р."}, {Label: "Ваш менеджер", Value: "Назар Ємець"}, {Value: "(010) 000-01-02"}},
		Greeting: "Шановна Олено!", Intro: "Дякуємо.\nПропонуємо.", Closing: "З повагою",
		Terms:  []document.Fact{{Label: "Оплата", Value: "50 % — передоплата"}},
		Signed: document.Signature{Post: "Директор", Firm: "ТОВ", Name: "Олена Коваль"},
		Words: document.Words{
			Number: "№", Text: "Найменування", Article: "Артикул", Unit: "Од.", Quantity: "К-сть", Price: "Ціна, грн", Currency: "грн", Discount: "Знижка", Rate: "ПДВ", Amount: "Сума, грн",
			Subtotal: "Разом без ПДВ", Total: "Всього до сплати", Saved: "Ваша знижка", Terms: "Умови", Exempt: "без ПДВ", Option: "опція", Options: "Опції, понад суму", Page: "Сторінка", Of: "з",
			Tax:    func(r model.Percent) string { return "ПДВ " + say.Percent(r) },
			Within: func(r model.Percent) string { return "у тому числі ПДВ " + say.Percent(r) },
			Say:    say,
		},
	}
	for i := range p.Variants {
		v := &p.Variants[i]
		out := document.Variant{Name: v.Name, Options: v.OptionsSum, VAT: document.VAT(p.VATMode), Net: v.Net, Discount: v.DiscountSum, Total: v.Total, Amount: say.Money(model.Money{Minor: v.Total, Currency: "UAH"}), InWords: "Сума словами"}
		taxes := map[string]int64{}
		for j, l := range v.Lines {
			if l.Counts() {
				taxes[l.VAT] += l.VATAmount
			}
			if l.Heading {
				l.Amount = v.Section(j).Amount
			}
			var parts []document.Part
			for _, c := range l.Parts {
				parts = append(parts, document.Part{Text: c.Text, Unit: c.Unit, Quantity: c.Quantity})
			}
			out.Lines = append(out.Lines, document.Line{
				Number: strconv.Itoa(j + 1), Heading: l.Heading, Subtotal: l.Amount != 0, Note: l.Note && !l.Heading, Option: l.Priced() && !l.Counts(), Parts: parts, Text: l.Text, Article: l.Article, Unit: l.Unit, Quantity: l.Quantity, Price: l.Price,
				Discount: l.Discount, Rate: product.VATRate(l.VAT), Taxed: l.VAT != product.VATExempt && p.VATMode != proposal.VATNone, Amount: l.Amount,
			})
		}
		for _, rate := range product.VATs {
			if taxes[rate] != 0 {
				out.Taxes = append(out.Taxes, document.Tax{Rate: product.VATRate(rate), Amount: taxes[rate]})
			}
		}
		d.Variants = append(d.Variants, out)
	}
	return d
}

func sample() *proposal.Proposal {
	return &proposal.Proposal{VATMode: proposal.VATOnTop, Variants: []proposal.Variant{{Sheet: trade.Sheet{Lines: []proposal.Line{
		{Text: "Обладнання", Heading: true},
		{Text: "Котел <К-120> & насос", Article: "B-0088", Unit: "шт", Quantity: 2000, Price: 2_926_900, Discount: 500, VAT: product.VAT20},
		{Text: "=1+1", Unit: "м", Quantity: 12_345, Price: 10_001, VAT: product.VAT7},
		{Text: "Книга", Unit: "шт", Quantity: 1000, Price: 50_000, VAT: product.VATExempt},
		{Text: "Роботи", Heading: true},
		{Text: "Підйом наш", Note: true},
		{Text: "Монтаж", Unit: "посл", Quantity: 1000, Price: 70_000, VAT: product.VAT20, Discount: 1000, Parts: []proposal.Component{{Text: "Кріплення", Quantity: 4000, Unit: "шт"}}},
		{Text: "Сервіс", Unit: "посл", Quantity: 1000, Price: 90_000, VAT: product.VAT20, Optional: true},
		{Text: "Навчання", Unit: "год", Quantity: 3000, Price: 10_000, VAT: product.VAT20},
	}}}}}
}

func written(t testing.TB, format string, d *document.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := document.Write(&b, format, d); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// formulas are the cells of a sheet that are reckoned, with the value that was
// written beside the formula.
func formulas(t testing.TB, book *excelize.File) map[string]string {
	t.Helper()
	sheet := book.GetSheetName(0)
	rows, err := book.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for r, row := range rows {
		for c := range row {
			at, err := excelize.CoordinatesToCellName(c+1, r+1)
			if err != nil {
				t.Fatal(err)
			}
			if f, err := book.GetCellFormula(sheet, at); err == nil && f != "" {
				out[at] = row[c]
			}
		}
	}
	return out
}

// The formulas of a form come to the values beside them.
func TestFormulasAgree(t *testing.T) {
	for _, mode := range []string{proposal.VATOnTop, proposal.VATIncluded, proposal.VATNone} {
		p := sample()
		p.VATMode = mode
		book, err := excelize.OpenReader(bytes.NewReader(written(t, "xlsx", made(t, p))))
		if err != nil {
			t.Fatal(err)
		}
		defer book.Close()
		found := formulas(t, book)
		if len(found) < 5 {
			t.Fatalf("%s: %d formulas", mode, len(found))
		}
		for at, kept := range found {
			f, err := book.GetCellFormula(book.GetSheetName(0), at)
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasPrefix(f, "SUMPRODUCT") {
				continue // excelize rounds no arrays; LibreOffice is asked below
			}
			got, err := book.CalcCellValue(book.GetSheetName(0), at, excelize.Options{RawCellValue: true})
			if err != nil {
				t.Fatalf("%s: %v", at, err)
			}
			a, err1 := strconv.ParseFloat(got, 64)
			b, err2 := strconv.ParseFloat(kept, 64)
			if err1 != nil || err2 != nil || math.Abs(a-b) > 0.001 {
				t.Errorf("%s: %s = %s reckons %s where the program has %s", mode, at, f, got, kept)
			}
		}
	}
}

// LibreOffice reckons from the formulas alone what the program reckoned, to
// the kopeck, whatever the lines and however VAT is reckoned.
func TestLibreOfficeReckons(t *testing.T) {
	tool, err := exec.LookPath("soffice")
	if err != nil {
		needs.Missing(t, "LibreOffice is not installed: its reckoning is not compared")
	}
	const variants = 60
	random := rand.New(rand.NewPCG(7, 11))
	dir := t.TempDir()
	var files []string
	want := map[string][]string{}
	for _, mode := range []string{proposal.VATOnTop, proposal.VATIncluded, proposal.VATNone} {
		p := &proposal.Proposal{VATMode: mode}
		for range variants {
			v := proposal.Variant{}
			for range 1 + random.IntN(6) {
				heading := random.IntN(9) == 0
				text := "x"
				if heading {
					text = "Розділ"
				}
				v.Lines = append(v.Lines, proposal.Line{
					Text: text, Heading: heading, Note: random.IntN(9) == 0, Optional: random.IntN(5) == 0, Quantity: model.Qty(random.Int64N(500_000)), Price: random.Int64N(10_000_000),
					Discount: model.Percent([]int64{0, 0, 500, 1250, 3333}[random.IntN(5)]), VAT: product.VATs[random.IntN(len(product.VATs))],
				})
			}
			p.Variants = append(p.Variants, v)
		}
		d := made(t, p)
		for _, v := range d.Variants {
			for _, l := range v.Lines {
				if l.Heading && l.Subtotal {
					want[mode] = append(want[mode], plain(l.Amount))
				}
			}
			if v.VAT == document.OnTop {
				want[mode] = append(want[mode], plain(v.Net))
			} else {
				want[mode] = append(want[mode], plain(v.Total))
			}
			for _, x := range v.Taxes {
				want[mode] = append(want[mode], plain(x.Amount))
			}
			if v.VAT == document.OnTop {
				want[mode] = append(want[mode], plain(v.Total))
			}
			if v.Discount != 0 {
				want[mode] = append(want[mode], plain(v.Discount))
			}
			if v.Options != 0 {
				want[mode] = append(want[mode], plain(v.Options))
			}
		}
		file := filepath.Join(dir, mode+".xlsx")
		if err := os.WriteFile(file, withoutValues(t, written(t, "xlsx", d)), 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	cmd := exec.Command(tool, append([]string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,false", "--outdir", dir}, files...)...)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	total := regexp.MustCompile(`(?m)^(?:Розділ|Разом|Всього|ПДВ|у тому числі ПДВ|Ваша|Опції).*?;;;;;;;;(?:"?)([\d,]*\.\d\d)`)
	for mode, sums := range want {
		csv, err := os.ReadFile(filepath.Join(dir, mode+".csv"))
		if os.IsNotExist(err) {
			needs.Missing(t, "this LibreOffice has no spreadsheets: its reckoning is not compared")
		}
		if err != nil {
			t.Fatal(err)
		}
		found := total.FindAllStringSubmatch(string(csv), -1)
		if len(found) != len(sums) {
			t.Fatalf("%s: %d sums, want %d", mode, len(found), len(sums))
		}
		for i, m := range found {
			if strings.TrimSuffix(m[1], " грн") != sums[i] {
				t.Errorf("%s: %s, want %s", mode, m[0], sums[i])
			}
		}
	}
}

// plain writes an amount as LibreOffice does in CSV.
func plain(minor int64) string {
	s := fmt.Sprintf("%d.%02d", minor/100, minor%100)
	for i := len(s) - 6; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// withoutValues takes the values beside the formulas away.
func withoutValues(t testing.TB, data []byte) []byte {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	sheet := book.GetSheetName(0)
	for at := range formulas(t, book) {
		f, err := book.GetCellFormula(sheet, at)
		if err == nil {
			err = book.SetCellValue(sheet, at, nil)
		}
		if err == nil {
			err = book.SetCellFormula(sheet, at, f)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestHTMLIsSafeAndWhole(t *testing.T) {
	d := made(t, sample())
	d.Mark = "ЧЕРНЕТКА"
	page := string(written(t, "html", d))
	for _, want := range []string{
		"ЧЕРНЕТКА", "Котел &lt;К-120&gt; &amp; насос", "ФГ «Криниця &lt;Техно&gt;»", "B-0088", d.Variants[0].Amount, "Дякуємо.<br>Пропонуємо.", "без ПДВ",
		`colspan="8"`, "Ваша знижка", "50 % — передоплата", "Олена Коваль",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q", want)
		}
	}
	// Mail programs drop sheets of styles and scripts.
	if regexp.MustCompile(`(?i)<(style|script|link)|class=`).MatchString(page) {
		t.Error("not all styles are inline")
	}
	open := regexp.MustCompile(`<(table|tr|td|th|div|p|h1|h2|thead|tbody|tfoot|span|strong)\b`).FindAllString(page, -1)
	closed := regexp.MustCompile(`</(table|tr|td|th|div|p|h1|h2|thead|tbody|tfoot|span|strong)>`).FindAllString(page, -1)
	if len(open) != len(closed) {
		t.Errorf("%d elements opened, %d closed", len(open), len(closed))
	}
}

func TestColumnsThatNobodyNeeds(t *testing.T) {
	p := &proposal.Proposal{VATMode: proposal.VATNone, Variants: []proposal.Variant{{Sheet: trade.Sheet{Lines: []proposal.Line{{Text: "Монтаж", Quantity: 1000, Price: 100, VAT: product.VATExempt}}}}}}
	page := string(written(t, "html", made(t, p)))
	for _, no := range []string{">Знижка<", ">ПДВ<", "Артикул", "Ваша знижка", "Разом без ПДВ"} {
		if strings.Contains(page, no) {
			t.Errorf("%q has no place here", no)
		}
	}
}

// What a spreadsheet's XML cannot hold, or would take for a formula, is text.
func TestHostileTexts(t *testing.T) {
	p := sample()
	p.Variants[0].Lines[1].Text = "a\x00b\x1f\ufffe\xff" + strings.Repeat("ї", 40_000)
	d := made(t, p)
	d.Title = "[Пропозиція]: дуже/довга\\назва*аркуша? для Excel'"
	d.Running = strings.Repeat("Фірма & Co ", 60)
	d.Logo = []byte("not a picture")
	book, err := excelize.OpenReader(bytes.NewReader(written(t, "xlsx", d)))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	for at, f := range map[string]string{"B": "=1+1"} {
		rows, err := book.GetRows(book.GetSheetName(0))
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for i, row := range rows {
			found = found || len(row) > 1 && row[1] == f
			if formula, _ := book.GetCellFormula(book.GetSheetName(0), fmt.Sprint(at, i+1)); formula != "" {
				t.Errorf("a text became the formula %s", formula)
			}
		}
		if !found {
			t.Errorf("the text %q is lost", f)
		}
	}
}

func TestUnknownFormat(t *testing.T) {
	if err := document.Write(&bytes.Buffer{}, "odt", made(t, sample())); err == nil {
		t.Error("written")
	}
}

func BenchmarkXLSX100(b *testing.B) {
	p := &proposal.Proposal{VATMode: proposal.VATOnTop, Variants: []proposal.Variant{{}}}
	for i := range 100 {
		p.Variants[0].Lines = append(p.Variants[0].Lines, proposal.Line{Text: "Насос відцентровий", Article: "A", Unit: "шт", Quantity: 1000, Price: int64(i) * 1000, VAT: product.VAT20})
	}
	d := made(b, p)
	for b.Loop() {
		written(b, "xlsx", d)
	}
}

// Sections with their sums, notes, options beside the sums and parts of kits
// stand in HTML and in the spreadsheet.
func TestLinesOfAllSorts(t *testing.T) {
	d := made(t, sample())
	html := strings.ReplaceAll(string(written(t, "html", d)), "\u00a0", " ")
	for _, want := range []string{`>Роботи</td><td bgcolor="#eef3f8" style=`, ">930,00</td>", `font-style:italic">Підйом наш</td>`, "– Кріплення × 4 шт", "(опція)", "(900,00)", ">Опції, понад суму</td>"} {
		if !strings.Contains(html, want) {
			t.Errorf("HTML has no %s", want)
		}
	}
	book, err := excelize.OpenReader(bytes.NewReader(written(t, "xlsx", d)))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows(book.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, r := range rows {
		all.WriteString(strings.Join(r, "|") + "\n")
	}
	for _, want := range []string{"Роботи||||||||930.00", "Підйом наш", "– Кріплення × 4 шт", "Сервіс (опція)", "(900.00)", "Опції, понад суму||||||||1,080.00"} {
		if !strings.Contains(strings.ReplaceAll(all.String(), "\u00a0", " "), want) {
			t.Errorf("the spreadsheet has no %s:\n%s", want, all.String())
		}
	}
}
