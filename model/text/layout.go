package text

import "strings"

// The letters of the Latin (US) and the Ukrainian layout of a keyboard, key by
// key.
const (
	latinKeys     = "`qwertyuiop[]asdfghjkl;'\\zxcvbnm,."
	ukrainianKeys = "'йцукенгшщзхїфівапролджєґячсмитьбю"
)

var slips = func() map[rune]rune {
	out := map[rune]rune{}
	latin, ukrainian := []rune(latinKeys), []rune(ukrainianKeys)
	for i := range latin {
		out[latin[i]] = ukrainian[i]
		if _, taken := out[ukrainian[i]]; !taken {
			out[ukrainian[i]] = latin[i]
		}
	}
	// The Russian layout differs in these, and lies on many Ukrainian keyboards.
	out['ы'], out['ъ'], out['э'] = 's', ']', '\''
	return out
}()

// OtherLayout is what the same keys write in the other layout of the keyboard,
// Latin or Ukrainian: "вуфд" for "deal", "eujlf" for "угода". It is in small
// letters, and empty where that would change nothing.
func OtherLayout(s string) string {
	changed := false
	out := strings.Map(func(r rune) rune {
		if other, ok := slips[r]; ok {
			changed = true
			return other
		}
		return r
	}, strings.ToLower(s))
	if !changed {
		return ""
	}
	return out
}
