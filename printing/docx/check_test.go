package docx_test

import (
	"fmt"
	"strings"
	"testing"

	"ugoda/assets"
	"ugoda/printing/docx"
)

func proposalVocabulary(t testing.TB) docx.Vocabulary {
	t.Helper()
	b, err := assets.Templates.ReadFile("templates/proposal.json")
	if err != nil {
		t.Fatal(err)
	}
	v, err := docx.ParseVocabulary(b)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestCheck(t *testing.T) {
	v := proposalVocabulary(t)
	filters := map[string]docx.Filter{"words": nil}
	filters["words"] = func(x any, _ []string) (any, error) { return x, nil }
	filters = v.Named(filters)
	for _, c := range []struct{ body, want string }{
		{para("{number} {Номер} {client.name} {Клієнт.Назва} {total | words} {Всього | прописом} {client}"), ""},
		{para("{#variants}") + para("{name} {index}") + table(row("{#lines}{№} {number}", "{product}{currency}{/lines}")) + para("{/variants}"), ""},
		{para("{#Варіанти}") + para("{#Рядки}{Товар}{/Рядки}{ДійсніДо}") + para("{/Варіанти}"), "template_unknown_tag_like {ДійсніДо} map[like:ДійснаДо]"},
		{para("{client.nmae}"), "template_unknown_tag_like {client.nmae} map[like:client.name]"},
		{para("{сlient.name}"), "template_unknown_tag_like {сlient.name} map[like:client.name]"}, // a Cyrillic с
		{para("{zzzzzzzzzz}"), "template_unknown_tag {zzzzzzzzzz} map[]"},
		{para("{index}"), "template_unknown_tag {index} map[]"},
		{para("{lines}"), "template_not_text {lines} map[]"},
		{para("{organization.logo}{%organization.name}{%organization.logo}"), "template_not_text {organization.logo} map[]; template_not_picture {%organization.name} map[]"},
		{para("{#nothere}{alsonot}{/}"), "template_unknown_tag {#nothere} map[]"},
		{para("{total | wrods}"), "template_unknown_filter {total | wrods} map[filter:wrods]"},
		{para("{#lines} {date"), "template_tag_unclosed {date map[]; template_section_unclosed {#lines} map[]"},
	} {
		var got []string
		for _, p := range open(t, made{body: c.body}).Check(v, filters) {
			got = append(got, fmt.Sprint(p.Key, " ", p.Tag, " ", p.Args))
		}
		if s := strings.Join(got, "; "); s != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.body, s, c.want)
		}
	}
}

func TestTags(t *testing.T) {
	m := made{body: para("{number}") + table(row("{#variants}{#lines}{product | upper}", "{/lines}{/variants}")) + framed("{%logo}", ""), parts: map[string]string{"header1.xml": root("hdr", para("{date}"))}}
	var got []string
	for _, x := range open(t, m).Tags() {
		got = append(got, fmt.Sprintf("%s %d %v %v %s %s", x.Name(), x.Kind, x.Loops, x.Filters, x.Part, x.Paragraph))
	}
	want := []string{
		"number 0 [] [] word/document.xml {number}",
		"variants 1 [] [] word/document.xml {#variants}{#lines}{product | upper}",
		"lines 1 [variants] [] word/document.xml {#variants}{#lines}{product | upper}",
		"product 0 [variants lines] [{upper []}] word/document.xml {#variants}{#lines}{product | upper}",
		"logo 4 [] [] word/document.xml {%logo}",
		"date 0 [] [] word/header1.xml {date}",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Data that knows only English names answers the Ukrainian ones, and in any case.
func TestBind(t *testing.T) {
	v := proposalVocabulary(t)
	d := v.Bind(docx.Map{
		"number": "7", "client": docx.Map{"name": "К"}, "extra": "e", "contact": nil,
		"variants": []any{docx.Map{"name": "В", "lines": []any{map[string]any{"product": "Т", "text": "О"}}}},
	})
	m := made{body: para("{Номер}{НОМЕР}{Number}{Клієнт.Назва}{client.назва}{extra}{Контакт.Ім’я}{#Варіанти}{Назва}{#Рядки}{Товар}{Опис}{Номер}{/}{/}{intro}")}
	out, err := open(t, m).Fill(d, docx.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := body(t, out); got != "777ККeВТО¶" {
		t.Error(got)
	}
}
