package wording_test

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ugoda/assets"
	"ugoda/locale"
	"ugoda/model"
	"ugoda/printing/docx"
	"ugoda/printing/docx/wording"
	"ugoda/scripts/needs"
)

func vocabulary(t testing.TB) docx.Vocabulary {
	t.Helper()
	data, err := assets.Templates.ReadFile("templates/proposal.json")
	if err != nil {
		t.Fatal(err)
	}
	v, err := docx.ParseVocabulary(data)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func shipped(t testing.TB, lang locale.Language) *docx.Template {
	t.Helper()
	data, err := assets.Templates.ReadFile("templates/proposal-" + string(lang) + ".docx")
	if err != nil {
		t.Fatal(err)
	}
	x, err := docx.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func money(minor int64) model.Money { return model.Money{Minor: minor, Currency: "UAH"} }

// drawn is a picture for tests: a disc or a block of one colour.
func drawn(w, h int, c color.NRGBA, ring bool) docx.Image {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			dx, dy := x-w/2, y-h/2
			r := dx*dx + dy*dy
			if !ring || r < w*w/4 && r > w*w*2/10 {
				img.SetNRGBA(x, y, c)
			}
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		panic(err)
	}
	return docx.Image{Data: b.Bytes()}
}

// offer is a variant with n lines, a heading among them.
func offer(name string, recommended bool, n int) docx.Map {
	lines := []any{docx.Map{"heading": true, "section": true, "text": "Меблі для переговорної", "number": nil, "product": nil, "article": nil, "unit": nil, "quantity": nil, "price": nil, "discount": nil, "vat_rate": nil, "amount": nil, "vat_amount": nil, "total": nil}}
	var sum int64
	goods := []string{"Стіл переговорний «Дніпро» 2400×1100 мм, дуб", "Крісло офісне з підлокітниками", "Тумба мобільна, три шухляди, замок", "Монтаж і підключення"}
	for i := range n {
		price := int64(128_450 + 73_20*i)
		amount := price * int64(1+i%4)
		sum += amount
		var discount any
		if i%3 == 1 {
			discount = model.Percent(500)
		}
		lines = append(lines, docx.Map{
			"number": int64(i + 1), "heading": false, "product": goods[i%4], "text": goods[i%4], "article": "MB-" + string(rune('A'+i%20)) + "40", "unit": "шт",
			"quantity": model.Qty(1000 * (1 + i%4)), "price": money(price), "discount": discount, "vat_rate": model.Percent(2000),
			"amount": money(amount), "vat_amount": money(amount / 5), "total": money(amount + amount/5),
		})
	}
	return docx.Map{
		"name": name, "note": "", "recommended": recommended, "accepted": false, "lines": lines,
		"gross": money(sum + 50000), "discount_total": money(50000), "subtotal": money(sum), "net": money(sum), "vat": money(sum / 5), "total": money(sum + sum/5),
	}
}

// letter is a whole proposal.
func letter(variants ...docx.Map) docx.Map {
	var list []any
	for _, v := range variants {
		list = append(list, v)
	}
	m := docx.Map{
		"number": "КП-000127", "date": model.Date(2026, 11, 23), "valid_until": model.Date(2026, 12, 7), "revision": nil,
		"subject": "Меблі для офісу", "addressee": "Шановна Олено Петрівно!",
		"intro":         "Дякуємо за звернення. Пропонуємо обладнати переговорну та робочі місця меблями власного виробництва: масив дуба, фурнітура Blum, збирання нашими майстрами.\nЦіни дійсні за умови замовлення всього комплекту.",
		"payment_terms": "50 % передоплати, решта протягом 5 банківських днів після доставки", "delivery_terms": "Доставка й підйом на поверх включені, 14 робочих днів", "warranty": "24 місяці на корпус, 60 місяців на механізми",
		"currency": "грн", "vat_on_top": true, "vat_included": false, "draft": false,
		"organization": docx.Map{
			"name": "ТОВ «Майстерня»", "full_name": "Товариство з обмеженою відповідальністю «Майстерня»", "code": "00000000", "ipn": "000000000000",
			"address": "01001, м. Київ, вул. Прикладна, 1, оф. 12", "phone": "+380 44 000 00 00", "email": "office@maisternia.example", "website": "maisternia.example",
			"iban": "UA00 000000 0000000000000000000", "bank": "АТ «Банк»", "signatory": "І. В. Коваль", "signatory_post": "Директор", "signatory_basis": "Статуту",
			"logo": drawn(600, 200, color.NRGBA{0x1B, 0x4B, 0x7A, 0xFF}, false), "stamp": drawn(300, 300, color.NRGBA{0x30, 0x50, 0xC0, 0xA0}, true), "signature": drawn(380, 30, color.NRGBA{0x10, 0x20, 0x80, 0xFF}, false),
		},
		"client":   docx.Map{"name": "ТОВ «Ромашка»", "full_name": "Товариство з обмеженою відповідальністю «Ромашка»", "code": "00000001", "ipn": "", "address": "79000, м. Львів, пл. Зразкова, 5", "phone": "+380 32 000 00 00", "email": "info@romashka.example", "iban": ""},
		"contact":  docx.Map{"name": "Олена Петрівна Сорока", "post": "головна бухгалтерка", "phone": "", "email": ""},
		"manager":  docx.Map{"name": "Андрій Мельник", "post": "", "phone": "+380 67 000 00 00", "email": "am@maisternia.example"},
		"variants": list, "several_variants": len(list) > 1,
	}
	for _, name := range []string{"lines", "gross", "discount_total", "subtotal", "net", "vat", "total"} {
		m[name] = variants[0][name]
	}
	return m
}

func TestShippedTemplates(t *testing.T) {
	profile := t.TempDir()
	v := vocabulary(t)
	for _, lang := range []locale.Language{"uk", "en"} {
		x := shipped(t, lang)
		p := locale.New(lang)
		if problems := x.Check(v, v.Named(wording.Filters(p))); len(problems) > 0 {
			t.Errorf("%s: %v", lang, docx.Problems(problems))
		}
		for name, data := range map[string]docx.Map{
			"one":     letter(offer("Основний", true, 6)),
			"several": letter(offer("Комплект «Стандарт»", false, 5), offer("Комплект «Преміум»", true, 40)),
		} {
			out, err := x.Fill(v.Bind(data), wording.Options(p, v))
			if err != nil {
				t.Fatalf("%s, %s: %v", lang, name, err)
			}
			pages := rendered(t, profile, out, string(lang)+"-"+name)
			for _, want := range []string{"КП-000127", "Меблі для переговорної", "MB-A40", p.DayLong(model.Date(2026, 12, 7)), p.MoneyWords(data["total"].(model.Money)), "І. В. Коваль"} {
				if !strings.Contains(strings.Join(strings.Fields(pages), " "), strings.Join(strings.Fields(want), " ")) {
					t.Errorf("%s, %s: no %q in the printed text:\n%s", lang, name, want, pages)
				}
			}
			if strings.ContainsAny(pages, "{}") {
				t.Errorf("%s, %s: a tag was printed:\n%s", lang, name, pages)
			}
		}
	}
}

// rendered is the text of the document as LibreOffice prints it. UGODA_KEEP
// names a folder that keeps the files, to look at them.
func rendered(t *testing.T, profile string, data []byte, name string) string {
	t.Helper()
	office, err := exec.LookPath("soffice")
	if err != nil {
		needs.Missing(t, "LibreOffice (soffice) is not installed: the printed look is not checked")
	}
	if _, err := exec.LookPath("pdftotext"); err != nil {
		needs.Missing(t, "poppler-utils (pdftotext) is not installed: the printed look is not checked")
	}
	dir := t.TempDir()
	if keep := os.Getenv("UGODA_KEEP"); keep != "" {
		dir = keep
	}
	file := filepath.Join(dir, name+".docx")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	if out, err := exec.CommandContext(ctx, office, "-env:UserInstallation=file://"+filepath.ToSlash(profile), "--headless", "--convert-to", "pdf", "--outdir", dir, file).CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, out)
	}
	text, err := exec.CommandContext(ctx, "pdftotext", "-layout", filepath.Join(dir, name+".pdf"), "-").Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	return string(text)
}
