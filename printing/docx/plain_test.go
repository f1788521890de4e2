package docx_test

import (
	"errors"
	"strings"
	"testing"

	"ugoda/model"
	"ugoda/printing/docx"
)

func letterData() docx.Map {
	return docx.Map{
		"client": docx.Map{"name": "ТОВ «Ромашка»", "city": ""},
		"lines":  []any{docx.Map{"product": "Стіл", "qty": model.Qty(2000)}, docx.Map{"product": "Лава", "qty": model.Qty(1500)}},
		"number": "КП-7", "vat": false, "empty": []any{},
	}
}

func TestFillText(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Доброго дня!\n\nНадсилаємо {number}.", "Доброго дня!\n\nНадсилаємо КП-7."},
		{"{client}", "ТОВ «Ромашка»"},
		{"{Client.Name | upper}", "ТОВ «РОМАШКА»"},
		{"Позиції:\n{#lines}\n{№}. {product} — {qty}\n{/lines}\nУсе.", "Позиції:\n1. Стіл — 2\n2. Лава — 1.5\nУсе."},
		{"{#lines}{product}{^is_last}, {/}{/lines}", "Стіл, Лава"},
		{"a\n{^vat}\nБез ПДВ\n{/vat}\nb", "a\nБез ПДВ\nb"},
		{"a\r\n {#client.city} \r\nу місті {client.city}\r\n{/}\r\nb", "a\nb"},
		{"{#empty}x{/empty}{^empty}нема{/empty}", "нема"},
		{"{#lines}{/lines}", ""},
		{"{#lines}\n{#client}\n{name}: {product}\n{/client}\n{/lines}", "ТОВ «Ромашка»: Стіл\nТОВ «Ромашка»: Лава\n"},
		{`\{не тег\} { } {1} {"a":1}`, `{не тег} { } {1} {"a":1}`},
		{"", ""},
		{"рядок {number}\n{/nothing", ""},
	} {
		got, err := docx.FillText(c.text, letterData(), docx.Options{})
		if c.want == "" && c.text != "" && !strings.HasPrefix(c.text, "{#lines}{/") {
			if err == nil {
				t.Errorf("%q was filled: %q", c.text, got)
			}
			continue
		}
		if err != nil || got != c.want {
			t.Errorf("%q:\n got %q, %v\nwant %q", c.text, got, err, c.want)
		}
	}
}

// What is wrong is told with its tag and its line, all at once.
func TestFillTextProblems(t *testing.T) {
	_, err := docx.FillText("перший {nobody}\nдругий {number | нема}\n{#lines} третій\n{%logo}", letterData(), docx.Options{})
	var all docx.Problems
	if !errors.As(err, &all) {
		t.Fatal(err)
	}
	if len(all) == 0 {
		t.Fatal("no problems")
	}
	for _, p := range all {
		if p.Tag == "" || p.Paragraph == "" {
			t.Errorf("%+v says not where", p)
		}
	}
	for text, key := range map[string]string{
		"{nobody}": "template_unknown_tag", "{#lines}": "template_section_unclosed", "{/lines}": "template_section_unopened", "{#lines}{/client}": "template_section_unopened",
		"{number": "template_tag_unclosed", "{%logo}": "template_not_text", "{lines}": "template_not_text", "{number | нема}": "template_unknown_filter",
	} {
		_, err := docx.FillText(text, letterData(), docx.Options{})
		if all = nil; !errors.As(err, &all) || all[0].Key != key {
			t.Errorf("%s: %v, want %s", text, err, key)
		}
	}
	if got, err := docx.FillText("a{nobody}b", letterData(), docx.Options{Missing: docx.Empty}); got != "ab" || err != nil {
		t.Errorf("%q %v", got, err)
	}
}

func TestFillTextIsBounded(t *testing.T) {
	many := make([]any, 3000)
	for i := range many {
		many[i] = docx.Map{"a": "b"}
	}
	for _, inside := range []string{strings.Repeat("x", 100), ""} {
		text := strings.Repeat("{#m}", 4) + inside + strings.Repeat("{/m}", 4)
		if _, err := docx.FillText(text, docx.Map{"m": many}, docx.Options{}); err == nil {
			t.Errorf("a section of %d letters repeated 10^13 times", len(inside))
		}
	}
}

func FuzzFillText(f *testing.F) {
	for _, s := range []string{"{#lines}\n{product}\n{/lines}", "{a", "}{", "{#a}{/b}", "\\{", "{^vat}\n{/}\n{/}", "{lines.0.product | upper}"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := docx.FillText(s, letterData(), docx.Options{Missing: docx.Empty})
		if err != nil && got != "" {
			t.Errorf("%q with %v", got, err)
		}
		if err == nil && !strings.ContainsAny(s, "{}\\\r\u2028\u2029") && got != s {
			t.Errorf("%q became %q", s, got)
		}
	})
}
