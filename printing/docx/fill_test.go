package docx_test

import (
	"strconv"
	"strings"
	"sync"
	"testing"

	"ugoda/model"
	"ugoda/printing/docx"
)

func data() docx.Map {
	return docx.Map{
		"name":     "Оксана & Ко <«»>",
		"empty":    "",
		"nothing":  nil,
		"yes":      true,
		"no":       false,
		"total":    model.Money{Minor: 123450, Currency: "UAH"},
		"date":     model.Date(2026, 11, 23),
		"lines_of": "рядок 1\nрядок 2\tтаб",
		"client":   map[string]any{"name": "ТОВ «Ромашка»", "city": "Львів", "e-mail": "a@x.example"},
		"tags":     []any{"один", "два"},
		"none":     []any{},
		"lines": []any{
			map[string]any{"product": "Стіл", "qty": model.Qty(2000), "parts": []any{map[string]any{"part": "ніжка"}, map[string]any{"part": "дошка"}}},
			map[string]any{"product": "Лава", "qty": model.Qty(1500), "parts": []any{}},
		},
		"об'єкт": "склад",
		"Назва":  "українською",
	}
}

// Each case is a body, and what is shown after filling it.
var bodies = []struct{ name, body, want string }{
	{"field", para("Пан {name}!"), "Пан Оксана & Ко <«»>!¶"},
	{"split over runs", para("{cli", "ent", ".na", "me", "} {", "client.city}"), "ТОВ «Ромашка» Львів¶"},
	{"proofErr, bookmark and hyperlink between", `<w:p><w:r><w:t>{cl</w:t></w:r><w:proofErr w:type="spellStart"/><w:bookmarkStart w:id="1" w:name="b"/><w:hyperlink r:id="x"><w:r><w:rPr><w:b/></w:rPr><w:t>ient.</w:t></w:r></w:hyperlink><w:bookmarkEnd w:id="1"/><w:r><w:t>city}.</w:t></w:r></w:p>`, "Львів.¶"},
	{"spaces, NBSP, soft hyphen", para("{ client.\u00ADname\u00A0}"), "ТОВ «Ромашка»¶"},
	{"Ukrainian names, apostrophes, case", para("{об’єкт} {обʼєкт} {НАЗВА} {Client.Name}"), "склад склад українською ТОВ «Ромашка»¶"},
	{"hyphen in a name", para("{client.e-mail}"), "a@x.example¶"},
	{"typed values", para("{total} {date} {lines.1.qty} {total.currency}"), "1234.50 2026-11-23 1.5 UAH¶"},
	{"a record is its name", para("{client}"), "ТОВ «Ромашка»¶"},
	{"line ends and tabs", para("{lines_of}"), "рядок 1↵рядок 2→таб¶"},
	{"nothing and empty", para("[{nothing}{empty}{nothing.name}]"), "[]¶"},
	{"inline loop", para("Є: {#tags}{.}{^is_last}, {/}{/tags}."), "Є: один, два.¶"},
	{"inline loop over runs", para("{#t", "ags}<", "{.}", ">{/ta", "gs}"), "<один><два>¶"},
	{"inline condition", para("a{#yes}b{/yes}{#no}c{/no}{^no}d{/no}{^yes}e{/}f"), "abdf¶"},
	{"conditions on values", para("{#total}T{/}{#empty}E{/}{#none}N{/}{^none}n{/}{#client}{city}{/}"), "TnЛьвів¶"},
	{"paragraph loop", para("{#tags}") + para("– {№} {.}") + para("{/tags}") + para("end"), "– 1 один¶– 2 два¶end¶"},
	{"paragraph loop with text beside the tags", para("до {#tags}{index}") + para("{.}{/tags} після"), "до ¶1¶один¶2¶два¶ після¶"},
	{"two tags in a paragraph", para("{#yes}{#tags}") + para("{.}") + para("{/tags}{/yes}"), "один¶два¶"},
	{"close and open in a paragraph", para("{#no}") + para("x") + para("{/no}{#yes}") + para("y") + para("{/yes}"), "y¶"},
	{"empty list", para("a") + para("{#none}") + para("x") + para("{/none}") + para("b"), "a¶b¶"},
	{"a paragraph of sections vanishes", para("a") + para("{#none}x{/none} {#no}y{/no}") + para("b"), "a¶b¶"},
	{"a paragraph of an empty value stays", para("a") + para("{empty}"), "a¶¶"},
	{"row loop", table(row("№", "Товар"), row("{#lines}{№}", "{product}", "{qty}{/lines}")), "[№¶|Товар¶|][1¶|Стіл¶|2¶|][2¶|Лава¶|1.5¶|]"},
	{"row loop split over runs", table("<w:tr>" + cell(para("{#li", "nes", "}{prod", "uct}")) + cell(para("{", "/lines}")) + "</w:tr>"), "[Стіл¶|¶|][Лава¶|¶|]"},
	{"rows that hold only tags", table(row("h"), row("{#lines}"), row("{product}"), row("{qty}"), row("{/lines}"), row("f")), "[h¶|][Стіл¶|][2¶|][Лава¶|][1.5¶|][f¶|]"},
	{"several rows", table(row("{#lines}{product}", "a"), row("b", "{qty}{/lines}")), "[Стіл¶|a¶|][b¶|2¶|][Лава¶|a¶|][b¶|1.5¶|]"},
	{"nested in a row", table(row("{#lines}{product}", "{#parts}{part},{/parts}", "{/lines}")), "[Стіл¶|ніжка,дошка,¶|¶|][Лава¶|¶|¶|]"},
	{"paragraphs in a cell", table("<w:tr>" + cell(para("{#tags}")+para("{.}")+para("{/tags}")) + "</w:tr>"), "[один¶два¶|]"},
	{"no paragraph left in a cell", table("<w:tr>" + cell(para("{#none}")+para("{.}")+para("{/none}")) + "</w:tr>"), "[¶|]"},
	{"a table without rows goes", table(row("{#none}", "{/none}")) + para("b"), "b¶"},
	{"table in a table", table("<w:tr>" + cell(para("{#lines}{product}")+table(row("{#parts}{part}", "{product}{/parts}"))+para("")) + cell(para("{/lines}")) + "</w:tr>"), "[Стіл¶[ніжка¶|Стіл¶|][дошка¶|Стіл¶|]¶|¶|][Лава¶¶|¶|]"},
	{"section around a table", para("{#lines}") + table(row("{product}", "x")) + para("{/lines}"), "[Стіл¶|x¶|]¶[Лава¶|x¶|]"},
	{"table rows inside a block", para("{#yes}") + para("T") + table(row("{#lines}{product}", "{/lines}")) + para("{/yes}"), "T¶[Стіл¶|¶|][Лава¶|¶|]"},
	{"dash section", table(row("{-w:tr lines}{product}{/lines}")), "[Стіл¶|][Лава¶|]"},
	{"dash paragraph", para("{-w:p tags}{.}{/tags}"), "один¶два¶"},
	{"outer names inside", table(row("{#lines}{client.city}", "{product}{/lines}")), "[Львів¶|Стіл¶|][Львів¶|Лава¶|]"},
	{"braces that are text", para(`{ } {} {"a":{"b":1}} {1, 2} \{name\}`), `{ } {} {"a":{"b":1}} {1, 2} {name}¶`},
	{"filters", para("{name | upper} {client.city|lower} {empty | default:“—”} {tags | join:' / '} {tags|count}"), "ОКСАНА & КО <«»> львів — один / два 2¶"},
	{"a brace in an argument", para(`{empty | default:"}"}`), "}¶"},
	{"condition by a filter", para(`{#total.currency | is:"UAH"}грн{/}{#total.currency | is:"USD"}$`, `{/}`), "грн¶"},
	{"deleted text does not count", `<w:p><w:r><w:t>{na</w:t></w:r><w:del w:id="1"><w:r><w:delText>xx{</w:delText></w:r></w:del><w:ins w:id="2"><w:r><w:t>me}</w:t></w:r></w:ins></w:p>`, "Оксана & Ко <«»>¶"},
	{"simple merge field", `<w:p><w:fldSimple w:instr=" MERGEFIELD  client.name  \* MERGEFORMAT "><w:r><w:rPr><w:b/></w:rPr><w:t>«client»</w:t></w:r></w:fldSimple></w:p>`, "ТОВ «Ромашка»¶"},
	{"merge field of field characters", mergeField(`MERGEFIELD "client.city" \* Upper \b "м. " \f "!"`), "м. ЛЬВІВ!¶"},
	{"merge field without a value", mergeField(`MERGEFIELD empty \b "м. "`), "¶"},
	{"merge fields that loop", table("<w:tr>" + cell(mergeField("MERGEFIELD TableStart:lines")+mergeField("MERGEFIELD product")) + cell(mergeField("MERGEFIELD qty")+mergeField("MERGEFIELD TableEnd:lines")) + "</w:tr>"), "[Стіл¶|2¶|][Лава¶|1.5¶|]"},
	{"another field stays", `<w:p><w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t> {client.city}</w:t></w:r></w:p>`, "1 Львів¶"},
	{"content control", `<w:sdt><w:sdtPr><w:id w:val="5"/><w:showingPlcHdr/><w:dataBinding w:xpath="/a"/></w:sdtPr><w:sdtContent>` + para("{client", ".city}") + `</w:sdtContent></w:sdt>`, "Львів¶"},
	{"content control in a line", `<w:p><w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>{client.</w:t></w:r></w:sdtContent></w:sdt><w:r><w:t>city}</w:t></w:r></w:p>`, "Львів¶"},
	{"text box, both ways", textBox(para("{client.city}") + para("{#tags}") + para("{.}") + para("{/tags}")), "(Львів¶один¶два¶)(Львів¶один¶два¶)¶"},
	{"text box in a loop", para("{#tags}") + textBox(para("{.}")) + para("{/tags}"), "(один¶)(один¶)¶(два¶)(два¶)¶"},
	{"raw paragraphs", para("a") + para("{@raw}") + para("b"), "a¶X¶Y¶b¶"},
	{"raw runs", para("a{@run}b"), "aZb¶"},
	{"page break beside a tag stays", `<w:p><w:r><w:t>{#yes}</w:t></w:r><w:r><w:br w:type="page"/></w:r></w:p>` + para("x") + para("{/yes}"), "↵¶x¶"},
}

func mergeField(code string) string {
	half := len(code) / 2
	return `<w:p><w:r><w:rPr><w:i/></w:rPr><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ` + esc(code[:half]) + `</w:instrText></w:r><w:r><w:instrText xml:space="preserve">` + esc(code[half:]) + ` </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>«old»</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`
}

func textBox(inner string) string {
	return `<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing2><wps:txbx><w:txbxContent>` + inner + `</w:txbxContent></wps:txbx></w:drawing2></mc:Choice><mc:Fallback><w:pict2><v:textbox><w:txbxContent>` + inner + `</w:txbxContent></v:textbox></w:pict2></mc:Fallback></mc:AlternateContent></w:r></w:p>`
}

func TestFill(t *testing.T) {
	for _, c := range bodies {
		t.Run(c.name, func(t *testing.T) {
			d := data()
			d["raw"] = docx.RawXML(`<w:p><w:r><w:t>X</w:t></w:r></w:p><w:p><w:r><w:t>Y</w:t></w:r></w:p>`)
			d["run"] = "<w:r><w:t>Z</w:t></w:r>"
			got := body(t, fill(t, made{body: c.body}, d, docx.Options{}))
			if got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestProblems(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"unknown", para("Шановний {nmae}!"), `template_unknown_tag {nmae} in "Шановний {nmae}!" of word/document.xml`},
		{"all at once", para("{a1} {name}") + para("{client.zip}"), `template_unknown_tag {a1} in "{a1} {name}" of word/document.xml; template_unknown_tag {client.zip} in "{client.zip}" of word/document.xml`},
		{"unclosed section", para("x {#lines} y"), `template_section_unclosed {#lines} in "x {#lines} y" of word/document.xml`},
		{"unopened section", para("x{/lines}"), `template_section_unopened {/lines} in "x{/lines}" of word/document.xml`},
		{"crossed sections", para("{#a}{#b}{/a}{/b}"), `template_section_unclosed {#b} in "{#a}{#b}{/a}{/b}" of word/document.xml; template_section_unopened {/b} in "{#a}{#b}{/a}{/b}" of word/document.xml`},
		{"over the edge of a table", para("{#lines}") + table(row("{/lines}")), `template_section_crosses {#lines} in "{#lines}" of word/document.xml`},
		{"over the edge of a text box", para("{#lines}") + textBox(para("{/lines}")), ""},
		{"two sections share a row", table(row("{#lines}", "{/lines}{#tags}", "{/tags}")), `template_section_overlaps {#tags} in "{/lines}{#tags}" of word/document.xml`},
		{"two sections share a row of several", table(row("{#lines}", "x"), row("{/lines}{#tags}", "x"), row("x", "{/tags}")), `template_section_overlaps {#tags} in "{/lines}{#tags}" of word/document.xml`},
		{"brace not closed", para("ціна {total грн"), `template_tag_unclosed {total грн in "ціна {total грн" of word/document.xml`},
		{"brace not opened", para("ціна total}"), `template_tag_unopened } in "ціна total}" of word/document.xml`},
		{"malformed", para("{див. додаток}"), `template_tag_malformed {див. додаток} in "{див. додаток}" of word/document.xml`},
		{"unknown filter", para("{total | wrods}"), `template_unknown_filter {total | wrods} in "{total | wrods}" of word/document.xml`},
		{"a list is no text", para("{lines}"), `template_not_text {lines} in "{lines}" of word/document.xml`},
		{"no picture", para("{%name}"), `template_not_picture {%name} in "{%name}" of word/document.xml`},
		{"told once however often", table(row("{#lines}", "{zzz}{/lines}")), `template_unknown_tag {zzz} in "{zzz}{/lines}" of word/document.xml`},
		{"paragraphs amid a line", para("a {@block} b"), `template_raw_blocks {@block} in "a {@block} b" of word/document.xml`},
		{"wrong unit", para("{-w:tr lines}{/lines}"), `template_section_unit {-w:tr lines} in "{-w:tr lines}{/lines}" of word/document.xml`},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := data()
			d["block"] = docx.RawXML("<w:p/>")
			_, err := open(t, made{body: c.body}).Fill(d, docx.Options{})
			got := wrong(t, err)
			if c.want != "" && got.Error() != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestMissingEmpty(t *testing.T) {
	out := fill(t, made{body: para("[{nmae}{client.zip}{#zzz}x{/}{^zzz}y{/}]")}, data(), docx.Options{Missing: docx.Empty})
	if got := body(t, out); got != "[y]¶" {
		t.Error(got)
	}
}

func TestOwnFiltersAndFormat(t *testing.T) {
	o := docx.Options{
		Filters: map[string]docx.Filter{"Прописом": func(v any, args []string) (any, error) {
			m, _ := v.(model.Money)
			return strings.Repeat("о", int(m.Minor/100000)) + strings.Join(args, "+"), nil
		}},
		Format: func(v any) (string, bool) {
			m, ok := v.(model.Money)
			return "<" + m.Currency + ">", ok
		},
	}
	out := fill(t, made{body: para(`{total} {total | прописом:a:"b c"} {nothing | прописом} {total|прописом("x", y)}`)}, data(), o)
	if got := body(t, out); got != "<UAH> оa+b c  оx+y¶" {
		t.Error(got)
	}
}

func TestFormattingOfRunsStays(t *testing.T) {
	m := made{body: `<w:p><w:pPr><w:jc w:val="right"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>До {cl</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>ient.city} після</w:t></w:r></w:p>`}
	doc := unzip(t, fill(t, m, data(), docx.Options{}))["word/document.xml"]
	want := `<w:p><w:pPr><w:jc w:val="right"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">До </w:t><w:t xml:space="preserve">Львів</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve"> після</w:t></w:r></w:p>`
	if !strings.Contains(doc, want) {
		t.Errorf("got %s", doc)
	}
}

// A template may be filled by several at once, with other data each.
func TestFillAtOnce(t *testing.T) {
	x := open(t, made{body: para("{#lines}{product}{/lines} {who}") + table(row("{#lines}{№}", "{/lines}")) + framed("{%logo}", ""), parts: map[string]string{"header1.xml": root("hdr", para("{who}"))}})
	logo := docx.Image{Data: picture(t, 10, 10)}
	var wait sync.WaitGroup
	for i := range 16 {
		wait.Add(1)
		go func() {
			defer wait.Done()
			d := data()
			d["who"], d["logo"] = strconv.Itoa(i), logo
			out, err := x.Fill(d, docx.Options{})
			if err != nil {
				t.Error(err)
				return
			}
			if got, want := body(t, out), "СтілЛава "+strconv.Itoa(i)+"¶[1¶|¶|][2¶|¶|]□¶"; got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		}()
	}
	wait.Wait()
}
