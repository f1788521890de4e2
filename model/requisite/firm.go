package requisite

import (
	"strings"

	"ugoda/model/text"
)

// Legal forms, longest first, folded.
var legalForms = []string{
	"товариство з обмеженою відповідальністю", "товариство з додатковою відповідальністю",
	"публічне акціонерне товариство", "приватне акціонерне товариство", "акціонерне товариство",
	"фізична особа підприємець", "фізична особа-підприємець", "приватне підприємство", "комунальне підприємство",
	"державне підприємство", "дочірнє підприємство", "фермерське господарство",
	"тов", "тдв", "пат", "прат", "ат", "фоп", "пп", "кп", "дп", "фг", "нвп",
	"llc", "ltd", "inc", "gmbh", "corp", "co",
}

// FirmKey is a firm's name without its legal form, quotes and punctuation,
// folded: equal keys make likely duplicates.
func FirmKey(name string) string {
	key := text.Fold(name)
	key = strings.Map(func(r rune) rune {
		if strings.ContainsRune("«»\"“”„'’ʼ`,.;:()-–—/\\", r) {
			return ' '
		}
		return r
	}, key)
	words := strings.Fields(key)
	key = " " + strings.Join(words, " ") + " "
	for _, form := range legalForms {
		form = strings.Join(strings.Fields(strings.ReplaceAll(form, "-", " ")), " ")
		if cut := strings.ReplaceAll(key, " "+form+" ", " "); strings.TrimSpace(cut) != "" {
			key = cut
		}
	}
	return strings.TrimSpace(key)
}
