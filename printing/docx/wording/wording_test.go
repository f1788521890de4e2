package wording_test

import (
	"encoding/json"
	"testing"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/printing/docx/wording"
)

func TestFilters(t *testing.T) {
	const nbsp = "\u00A0"
	uk, en := wording.Filters(locale.New("uk")), wording.Filters(locale.New("en"))
	sum, day := money(123456705), model.Date(2026, 11, 3)
	for _, c := range []struct {
		filter string
		value  any
		args   []string
		uk, en string
	}{
		{"words", money(4820005), nil, "сорок вісім тисяч двісті гривень 05 коп.", "forty-eight thousand two hundred hryvnias 05 kopiykas"},
		{"words", json.Number("4820005"), nil, "чотири мільйони вісімсот двадцять тисяч п’ять", "four million eight hundred twenty thousand five"},
		{"words", "48200.05", []string{"uah"}, "сорок вісім тисяч двісті гривень 05 коп.", "forty-eight thousand two hundred hryvnias 05 kopiykas"},
		{"money", sum, nil, "1" + nbsp + "234" + nbsp + "567,05" + nbsp + "грн", "UAH" + nbsp + "1,234,567.05"},
		{"plain", sum, nil, "1" + nbsp + "234" + nbsp + "567,05", "1,234,567.05"},
		{"date", day, nil, "03.11.2026", "3 Nov 2026"},
		{"date", "2026-11-03", nil, "03.11.2026", "3 Nov 2026"},
		{"long", day, nil, "3 листопада 2026 р.", "3 November 2026"},
		{"format", day, []string{"dd.MM.yyyy"}, "03.11.2026", "03.11.2026"},
		{"format", day, []string{"d MMMM yy 'р'"}, "3 листопада 26 р", "3 November 26 р"},
		{"format", day, []string{"дд.мм.рррр"}, "03.11.2026", "03.11.2026"},
		{"format", sum, []string{"# ##0,00 грн"}, "1" + nbsp + "234" + nbsp + "567,05 грн", "1,234,567.05 грн"},
		{"format", sum, []string{"₴ #,##0"}, "₴ 1" + nbsp + "234" + nbsp + "567", "₴ 1,234,567"},
	} {
		for lang, want := range map[string]string{"uk": c.uk, "en": c.en} {
			f := uk[c.filter]
			if lang == "en" {
				f = en[c.filter]
			}
			got, err := f(c.value, c.args)
			if err != nil || got != want {
				t.Errorf("%s of %v %q in %s: %q, %v; want %q", c.filter, c.value, c.args, lang, got, err, want)
			}
		}
	}
	for name, f := range uk {
		if got, err := f(nil, []string{"x"}); got != nil || err != nil {
			t.Errorf("%s of nothing: %v, %v", name, got, err)
		}
		if _, err := f([]any{1}, []string{"#"}); err == nil {
			t.Errorf("%s takes a list", name)
		}
	}
}
