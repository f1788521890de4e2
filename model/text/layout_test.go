package text

import "testing"

func TestOtherLayout(t *testing.T) {
	for in, want := range map[string]string{
		"вуфд": "deal", "Вуфд": "deal", "eujlf": "угода", "Rkä": "клä", "gjgjpbwtr": "попозицек", "itpjh": "шезор",
		"z'kedfyyz": "яєлування", "ішптфд": "signal", "ыигт": "sbun", "": "", "12 345": "", "d 2026": "в 2026",
		"hfns": "раті", "yfkfinedfyyz": "налаштування",
	} {
		if got := OtherLayout(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}
