package requisite

import (
	"slices"
	"strings"
	"unicode"

	"ugoda/model/text"
)

// Form is the legal form that a firm's name carries.
type Form struct {
	Short string // as it is written before the name: "ТОВ"
	Full  string // in full, where the law has a full name for it
	names []string
}

// Person reports an entrepreneur: a person, whose code is an RNOKPP.
func (f Form) Person() bool { return f.Short == "ФОП" }

// forms are the legal forms of firms, with the other names by which they go.
// Names are folded and have single spaces instead of hyphens.
var forms = []Form{
	{"ТОВ", "Товариство з обмеженою відповідальністю", []string{"тов", "товариство з обмеженою відповідальністю", "ооо", "общество с ограниченной ответственностью"}},
	{"ТДВ", "Товариство з додатковою відповідальністю", []string{"тдв", "товариство з додатковою відповідальністю"}},
	{"ФОП", "Фізична особа-підприємець", []string{"фоп", "фізична особа підприємець", "флп", "фізична особа — підприємець", "физическое лицо предприниматель", "спд", "спдфо", "спд фо", "individual entrepreneur", "private entrepreneur", "sole proprietor"}},
	{"ПП", "Приватне підприємство", []string{"пп", "приватне підприємство", "чп", "частное предприятие"}},
	{"ПАТ", "Публічне акціонерне товариство", []string{"пат", "публічне акціонерне товариство"}},
	{"ПрАТ", "Приватне акціонерне товариство", []string{"прат", "приватне акціонерне товариство"}},
	{"АТ", "Акціонерне товариство", []string{"ат", "акціонерне товариство", "ао", "акционерное общество"}},
	{"КП", "Комунальне підприємство", []string{"кп", "комунальне підприємство", "коммунальное предприятие"}},
	{"КНП", "Комунальне некомерційне підприємство", []string{"кнп", "комунальне некомерційне підприємство"}},
	{"ДП", "Державне підприємство", []string{"дп", "державне підприємство", "гп", "государственное предприятие"}},
	{"ДП", "Дочірнє підприємство", []string{"дочірнє підприємство", "дочернее предприятие"}},
	{"ФГ", "Фермерське господарство", []string{"фг", "фермерське господарство", "сфг", "селянське фермерське господарство"}},
	{"СТОВ", "Сільськогосподарське товариство з обмеженою відповідальністю", []string{"стов", "сільськогосподарське товариство з обмеженою відповідальністю"}},
	{"НВП", "Науково-виробниче підприємство", []string{"нвп", "науково виробниче підприємство", "нпп"}},
	{"НВФ", "Науково-виробнича фірма", []string{"нвф", "науково виробнича фірма"}},
	{"МП", "Мале підприємство", []string{"мп", "мале підприємство"}},
	{"ГО", "Громадська організація", []string{"го", "громадська організація"}},
	{"БФ", "Благодійний фонд", []string{"бф", "благодійний фонд"}},
	{"ОСББ", "Об’єднання співвласників багатоквартирного будинку", []string{"осбб", "обєднання співвласників багатоквартирного будинку"}},
	{"LLC", "", []string{"llc", "l l c", "limited liability company", "tov"}},
	{"Ltd", "", []string{"ltd", "limited", "co ltd"}},
	{"Inc.", "", []string{"inc", "incorporated"}},
	{"Corp.", "", []string{"corp", "corporation"}},
	{"JSC", "", []string{"jsc", "pjsc", "joint stock company"}},
	{"PLC", "", []string{"plc"}},
	{"GmbH", "", []string{"gmbh", "gmbh & co kg"}},
	{"AG", "", []string{"ag"}},
	{"UG", "", []string{"ug"}},
	{"Sp. z o.o.", "", []string{"sp z o o", "sp z oo", "spolka z o o", "spolka z ograniczona odpowiedzialnoscia"}},
	{"S.A.", "", []string{"s a"}},
	{"S.r.l.", "", []string{"s r l", "srl"}},
	{"s.r.o.", "", []string{"s r o", "sro"}},
	{"OÜ", "", []string{"ou"}},
	{"UAB", "", []string{"uab"}},
	{"SIA", "", []string{"sia"}},
	{"B.V.", "", []string{"b v", "bv"}},
}

// spelling is one name of a form, in words.
type spelling struct {
	form  int // index in forms
	words []string
}

// spellings are the names of all forms by their first word.
var spellings = func() map[string][]spelling {
	out := map[string][]spelling{}
	for i, f := range forms {
		for _, name := range f.names {
			w := strings.Fields(name)
			out[w[0]] = append(out[w[0]], spelling{i, w})
		}
	}
	return out
}()

// lookalikes are Latin letters that people type for Cyrillic ones: "TOB".
var lookalikes = strings.NewReplacer("a", "а", "b", "в", "c", "с", "e", "е", "h", "н", "i", "і", "k", "к", "m", "м", "o", "о", "p", "р", "t", "т", "x", "х", "y", "у")

// words cuts a name into folded words without punctuation. A word that mixes
// alphabets becomes Cyrillic.
func words(name string) []string {
	fields := strings.FieldsFunc(text.Fold(name), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '&' && r != '+'
	})
	for i, w := range fields {
		if strings.ContainsFunc(w, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }) {
			fields[i] = lookalikes.Replace(w)
		}
	}
	return fields
}

// leading gives the form that words begin with, and how many words it takes.
// Most foreign forms only end a name: "AG Motors" is no AG.
func leading(w []string) (Form, int) {
	return begin(w, func(f Form) bool { return f.Full != "" || f.Short == "LLC" || f.Short == "JSC" })
}

func begin(w []string, fits func(Form) bool) (form Form, n int) {
	if len(w) == 0 {
		return form, 0
	}
	for _, first := range []string{w[0], lookalikes.Replace(w[0])} {
		for _, s := range spellings[first] {
			if len(s.words) > n && len(s.words) <= len(w) && fits(forms[s.form]) && matches(w[:len(s.words)], s.words) {
				form, n = forms[s.form], len(s.words)
			}
		}
	}
	return form, n
}

// trailing gives the form that words end with, and how many words it takes.
func trailing(w []string) (form Form, n int) {
	for i := max(0, len(w)-6); i < len(w); i++ {
		if f, m := begin(w[i:], func(Form) bool { return true }); m == len(w)-i {
			return f, m
		}
	}
	return Form{}, 0
}

func matches(w, parts []string) bool {
	return slices.EqualFunc(w, parts, func(a, b string) bool {
		return a == b || len(a) <= 4 && lookalikes.Replace(a) == b
	})
}

// LegalForm is the legal form at the beginning or the end of a firm's name.
func LegalForm(name string) (Form, bool) {
	w := words(name)
	if f, n := leading(w); n > 0 && n < len(w) {
		return f, true
	}
	if f, n := trailing(w); n > 0 && n < len(w) {
		return f, true
	}
	return Form{}, false
}

// FirmKey is a firm's name without its legal forms, quotes and punctuation,
// folded: equal keys make likely duplicates. A name that is nothing but a
// form is its own key.
func FirmKey(name string) string {
	w := words(name)
	for {
		if _, n := leading(w); n > 0 && n < len(w) {
			w = w[n:]
			continue
		}
		if _, n := trailing(w); n > 0 && n < len(w) {
			w = w[:len(w)-n]
			continue
		}
		return strings.Join(w, " ")
	}
}
