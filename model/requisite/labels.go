package requisite

import (
	"slices"
	"strings"
	"unicode"
)

// label says what stands behind a word of requisites.
type label int

const (
	labelNone label = iota
	labelName
	labelFullName
	labelCode
	labelIPN
	labelAccount
	labelMFO
	labelBank
	labelLegalAddress
	labelAddress
	labelOtherAddress
	labelPhone
	labelEmail
	labelSite
	labelHead  // the person who signs; the words of the label are the post
	labelFor   // "в особі": a head follows, in the genitive
	labelOther // ends the value before it, and is not read
)

// labels in Ukrainian, Russian and English, in small letters.
var labels = map[label][]string{
	labelFullName: {"повна назва", "повне найменування", "повне найменування юридичної особи", "повна назва підприємства", "полное наименование", "полное название", "full name"},
	labelName: {
		"скорочена назва", "скорочене найменування", "найменування", "найменування підприємства", "назва", "назва підприємства", "назва компанії", "назва організації",
		"название", "наименование", "сокращенное наименование", "название компании", "company name", "company", "legal name", "name",
		"покупець", "постачальник", "замовник", "виконавець", "отримувач", "одержувач", "платник", "контрагент", "клієнт", "продавець",
		"покупатель", "поставщик", "получатель", "плательщик", "заказчик", "клиент", "beneficiary", "customer", "buyer", "supplier", "seller", "payer",
	},
	labelCode: {
		"код за єдрпоу", "код єдрпоу", "єдрпоу", "ідентифікаційний код", "ідентифікаційний код юридичної особи", "код за єдр", "код", "ідент. код", "ідент.код", "ід. код",
		"рнокпп", "дрфо", "код дрфо", "податковий номер", "реєстраційний номер облікової картки платника податків", "реєстраційний номер",
		"едрпоу", "код едрпоу", "егрпоу", "код егрпоу", "код по егрпоу", "окпо", "код окпо", "идентификационный код", "edrpou", "usreou", "code", "company code", "registration number", "reg. no", "reg. code", "tax id", "tin",
	},
	labelIPN: {
		"іпн", "індивідуальний податковий номер", "інд. податковий номер", "податковий номер платника пдв", "ипн", "инн", "индивидуальный налоговый номер",
		"vat", "vat number", "vat no", "vat id", "vat code", "vat reg. no",
	},
	labelAccount: {
		"iban", "р/р", "п/р", "р/рахунок", "п/рахунок", "поточний рахунок", "розрахунковий рахунок", "банківський рахунок", "рахунок", "номер рахунку", "рахунок iban",
		"р/с", "р/счет", "расчетный счет", "счет", "account", "account no", "account number", "acc", "bank account",
	},
	labelMFO:          {"мфо", "код мфо", "код банку", "mfo", "bank code", "sort code"},
	labelBank:         {"банк", "назва банку", "банк отримувача", "банк одержувача", "обслуговуючий банк", "название банка", "банк получателя", "bank", "bank name"},
	labelLegalAddress: {"юридична адреса", "юр. адреса", "юр.адреса", "юр. адр", "адреса реєстрації", "місцезнаходження", "місцезнаходження юридичної особи", "юридический адрес", "юр. адрес", "юр.адрес", "местонахождение", "legal address", "registered address", "registered office"},
	labelAddress:      {"адреса", "адр", "адрес", "address"},
	labelOtherAddress: {"фактична адреса", "факт. адреса", "факт.адреса", "поштова адреса", "адреса доставки", "адреса для листування", "фактический адрес", "факт. адрес", "почтовый адрес", "postal address", "mailing address", "office address", "actual address"},
	labelPhone:        {"телефон", "телефони", "контактний телефон", "тел", "т.", "тел/факс", "тел./факс", "тел. / факс", "тел / факс", "моб", "моб. тел", "мобільний", "телефоны", "phone", "phones", "tel", "mobile", "mob", "cell"},
	labelEmail:        {"e-mail", "email", "mail", "електронна пошта", "електронна адреса", "ел. пошта", "ел.пошта", "ел. адреса", "пошта", "электронная почта", "эл. почта", "почта"},
	labelSite:         {"сайт", "веб-сайт", "вебсайт", "web", "website", "site"},
	labelHead: {
		"директор", "директора", "генеральний директор", "генерального директора", "виконавчий директор", "в.о. директора", "керівник", "керівника", "голова правління", "голови правління", "президент", "голова",
		"генеральный директор", "руководитель", "director", "ceo", "general director", "managing director", "general manager",
	},
	labelFor: {"в особі", "в лице", "represented by"},
	labelOther: {
		"свідоцтво", "витяг", "виписка", "договір", "система оподаткування", "оподаткування", "платник єдиного податку", "платник пдв", "платник податку", "платник податку на прибуток", "не є платником пдв", "не платник пдв", "неплатник пдв", "не є платником",
		"квед", "дата", "на підставі", "який діє", "яка діє", "що діє", "діє на підставі", "факс", "fax", "swift", "swift code", "bic", "валюта", "головний бухгалтер", "бухгалтер", "контактна особа", "підпис", "м.п", "паспорт",
		"свидетельство", "договор", "плательщик ндс", "плательщик единого налога", "неплательщик ндс", "на основании", "действующего", "действующей", "главный бухгалтер", "контактное лицо", "подпись",
		"nip", "regon", "krs", "ust-idnr", "steuernummer", "hrb", "company no", "дата реєстрації", "статус", "уповноважені особи", "статутний капітал", "види діяльності", "основний вид діяльності", "призначення платежу", "контактна інформація",
		"vat payer", "currency", "contact person", "signature", "correspondent bank",
	},
}

// phrases are all labels by their first letter, the longest first.
var phrases = func() map[rune][]phrase {
	out := map[rune][]phrase{}
	for l, texts := range labels {
		for _, t := range texts {
			p := phrase{l, []rune(t)}
			out[p.text[0]] = append(out[p.text[0]], p)
		}
	}
	for _, list := range out {
		slices.SortFunc(list, func(a, b phrase) int {
			if n := len(b.text) - len(a.text); n != 0 {
				return n
			}
			return slices.Compare(a.text, b.text)
		})
	}
	return out
}()

type phrase struct {
	label label
	text  []rune
}

// alone are labels that are words of ordinary use too: they count only where
// a line or a part of it begins, or with a colon behind them.
var alone = map[label]bool{labelName: true, labelFullName: true, labelBank: true, labelHead: true, labelAddress: true, labelEmail: true, labelSite: true, labelPhone: true, labelCode: true}

// labelAt finds the longest label at a place, and its length; behind says that
// another label stands right before it. The text is in small letters, its
// white space single.
func labelAt(low []rune, at int, behind bool) (label, int) {
	if at > 0 && (unicode.IsLetter(low[at-1]) || unicode.IsDigit(low[at-1])) {
		return labelNone, 0
	}
	for _, p := range phrases[low[at]] {
		end := at + len(p.text)
		if end > len(low) || !slices.Equal(low[at:end], p.text) || end < len(low) && unicode.IsLetter(low[end]) {
			continue
		}
		if alone[p.label] && len(p.text) < 12 && !behind && !begins(low, at) && !marked(low[end:]) {
			continue
		}
		return p.label, len(p.text)
	}
	return labelNone, 0
}

// begins reports whether a line, or a part of it, begins at a place.
func begins(low []rune, at int) bool {
	for at > 0 && low[at-1] == ' ' {
		at--
	}
	return at == 0 || strings.ContainsRune("\n,;|/(.:•—–", low[at-1])
}

// blank reports that there is nothing but blanks.
func blank(s []rune) bool {
	return !slices.ContainsFunc(s, func(r rune) bool { return r != ' ' })
}

// marked reports whether a colon, a point, an equals sign, a number sign or a
// digit follows.
func marked(rest []rune) bool {
	for _, r := range rest {
		if r != ' ' {
			return strings.ContainsRune(":.=№#", r) || unicode.IsDigit(r)
		}
	}
	return false
}

// piece is a part of the text: what stands behind one label up to the next
// one or the end of the line.
type piece struct {
	label label
	name  string // the label as it was written
	text  string
}

// cut divides a text into pieces. A label at the end of a line is followed by
// the next line.
func cut(s string) []piece {
	src := []rune(s)
	low := make([]rune, len(src))
	for i, r := range src {
		low[i] = unicode.ToLower(r)
		if r == '’' || r == 'ʼ' {
			low[i] = '\''
		}
	}
	var out []piece
	now := piece{}
	from := 0
	finish := func(to int, eol bool) {
		now.text = strings.TrimSpace(string(src[from:to]))
		value := strings.Trim(now.text, " :.-–—=№#N°*•|")
		if now.label != labelNone && value == "" && eol {
			return // its value is on the next line
		}
		if now.label != labelNone {
			now.text = strings.TrimLeft(now.text, " :.-–—=№#°|/")
		}
		if value != "" || now.label != labelNone {
			out = append(out, now)
		}
		now = piece{}
	}
	for i := 0; i < len(src); {
		if src[i] == '\n' {
			finish(i, true)
			i++
			from = i
			continue
		}
		if l, n := labelAt(low, i, now.label != labelNone && blank(src[from:i])); n > 0 {
			finish(i, false)
			now = piece{label: l, name: string(src[i : i+n])}
			i += n
			from = i
			continue
		}
		i++
	}
	finish(len(src), false)
	return joined(out)
}

// joined puts a legal form that has a line to itself before the name on the
// next one.
func joined(pieces []piece) []piece {
	for i := 0; i+1 < len(pieces); i++ {
		w := words(pieces[i].text)
		if _, n := leading(w); n > 1 && n == len(w) && pieces[i+1].label == labelNone {
			pieces[i].text += " " + pieces[i+1].text
			pieces = slices.Delete(pieces, i+1, i+2)
		}
	}
	return pieces
}
