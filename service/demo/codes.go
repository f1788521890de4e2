package demo

import (
	"fmt"
	"math/big"
	"strings"
)

// edrpou makes a code with a right check digit out of its first seven digits.
// Codes that begin with 99 were given to no one.
func edrpou(seven int) string {
	s := fmt.Sprintf("%07d", seven%10_000_000)
	sum := func(grow int) int {
		n := 0
		for i := range 7 {
			n += int(s[i]-'0') * (i + 1 + grow)
		}
		return n % 11
	}
	check := sum(0)
	if check == 10 {
		check = sum(2) % 10
	}
	return s + fmt.Sprint(check)
}

// phone is a phone in the area 010, which does not exist.
func phone(n int) string {
	return fmt.Sprintf("(010) %03d-%02d-%02d", n/10_000%1000, n/100%100, n%100)
}

// iban makes an account with right check digits at a bank that does not exist.
func iban(bank string, account int) string {
	body := fmt.Sprintf("%s%019d", bank, account)
	n, _ := new(big.Int).SetString(body+"301000", 10) // UA00 as digits
	return fmt.Sprintf("UA%02d%s", 98-new(big.Int).Mod(n, big.NewInt(97)).Int64(), body)
}

var letters = map[rune]string{
	'а': "a", 'б': "b", 'в': "v", 'г': "h", 'ґ': "g", 'д': "d", 'е': "e", 'є': "ie", 'ж': "zh", 'з': "z", 'и': "y", 'і': "i", 'ї': "i", 'й': "i",
	'к': "k", 'л': "l", 'м': "m", 'н': "n", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ф': "f", 'х': "kh", 'ц': "ts", 'ч': "ch",
	'ш': "sh", 'щ': "shch", 'ь': "", 'ю': "iu", 'я': "ia", '’': "", '\'': "",
}

// latin writes Ukrainian words in Latin letters (Cabinet resolution 55 of
// 2010, without its rules for the beginnings of words), for addresses.
func latin(s string) string {
	var b strings.Builder
	for _, c := range strings.ToLower(s) {
		switch t, ok := letters[c]; {
		case ok:
			b.WriteString(t)
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			b.WriteRune(c)
		case c == ' ' || c == '-':
			b.WriteByte('-')
		}
	}
	return strings.Trim(b.String(), "-")
}
