package requisite_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ugoda/model/requisite"
)

func TestCodes(t *testing.T) {
	for _, s := range []string{"14360570", "00032129", "21133352", "32855961"} {
		if !requisite.ValidEDRPOU(s) {
			t.Errorf("EDRPOU %s is refused", s)
		}
	}
	for _, s := range []string{"14360571", "1436057", "143605700", "1436057x", ""} {
		if requisite.ValidEDRPOU(s) {
			t.Errorf("EDRPOU %s is accepted", s)
		}
	}
	if !requisite.ValidIBAN("UA213223130000026007233566001") || !requisite.ValidIBAN("UA21 3223 1300 0002 6007 2335 6600 1") {
		t.Error("a right IBAN is refused")
	}
	for _, s := range []string{"UA223223130000026007233566001", "UA21322313000002600723356600", "не IBAN", ""} {
		if requisite.ValidIBAN(s) {
			t.Errorf("IBAN %s is accepted", s)
		}
	}
}

func TestPhones(t *testing.T) {
	for typed, want := range map[string]string{
		"067 123-45-67": "+380671234567", "(067)1234567": "+380671234567", "80671234567": "+380671234567",
		"+38 067 123 45 67": "+380671234567", "380671234567": "+380671234567", "+1 (212) 555-0100": "+12125550100",
		"0048 22 555 01 00": "+48225550100", "12": "", "": "", "немає": "",
	} {
		if got := requisite.E164(typed); got != want {
			t.Errorf("%q gave %q, want %q", typed, got, want)
		}
	}
}

func TestFirmKey(t *testing.T) {
	want := requisite.FirmKey("Карпати-Буд")
	for _, s := range []string{"ТОВ «Карпати-Буд»", "Товариство з обмеженою відповідальністю \"КАРПАТИ-БУД\"", "карпати буд, ТОВ"} {
		if got := requisite.FirmKey(s); got != want {
			t.Errorf("%q gave %q, want %q", s, got, want)
		}
	}
	if requisite.FirmKey("ТОВ") == "" {
		t.Error("a name that is only a legal form vanished")
	}
}

func TestBorn(t *testing.T) {
	if d, ok := requisite.Born("3111100017"); !ok || d.String() != "1985-03-06" {
		t.Error(d, ok)
	}
	for _, s := range []string{"3111100018", "311110001", "", "0000000000"} {
		if d, ok := requisite.Born(s); ok {
			t.Errorf("%s was born on %s", s, d)
		}
	}
}

func TestIPN(t *testing.T) {
	for s, want := range map[string]bool{"410000012345": true, "3111100017": true, "3111100018": false, "41000007": false, "": false} {
		if requisite.ValidIPN(s) != want {
			t.Errorf("IPN %q: %v", s, !want)
		}
	}
}

func TestIBAN(t *testing.T) {
	for _, s := range []string{"UA043052990000026001000000001", "ua04 3052 9900 0002 6001 0000 0000 1", "IBAN: UА04-3052-9900-0002-6001-0000-0000-1"} {
		clean := requisite.CleanIBAN(s)
		if clean != "UA043052990000026001000000001" || !requisite.ValidIBAN(clean) {
			t.Errorf("%q gave %q", s, clean)
		}
		if got := requisite.MFO(s); got != "305299" {
			t.Errorf("%q: MFO %q", s, got)
		}
	}
	if got := requisite.MFO("GB29NWBK60161331926819"); got != "" {
		t.Error(got)
	}
	if !requisite.ValidIBAN("GB29 NWBK 6016 1331 9268 19") || requisite.ValidIBAN("GB29NWBK60161331926818") {
		t.Error("a British IBAN is judged wrongly")
	}
	if got := requisite.ShowIBAN("UA043052990000026001000000001"); got != "UA04 3052 9900 0002 6001 0000 0000 1" {
		t.Error(got)
	}
	rapid.Check(t, func(t *rapid.T) { // any one wrong digit is found
		right := "UA043052990000026001000000001"
		at := rapid.IntRange(2, len(right)-1).Draw(t, "at")
		digit := rapid.SampledFrom([]string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}).Draw(t, "digit")
		if s := right[:at] + digit + right[at+1:]; s != right && requisite.ValidIBAN(s) {
			t.Fatalf("%s is accepted", s)
		}
	})
}

func TestEDRPOUProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { // exactly one check digit fits
		first := rapid.StringMatching(`[0-9]{7}`).Draw(t, "first")
		n := 0
		for c := '0'; c <= '9'; c++ {
			if requisite.ValidEDRPOU(first + string(c)) {
				n++
			}
		}
		if n != 1 {
			t.Fatalf("%s: %d check digits", first, n)
		}
	})
}

func TestShow(t *testing.T) {
	for in, want := range map[string]string{"+380671234567": "+380 67 123 45 67", "+48225550100": "+48225550100", "": ""} {
		if got := requisite.ShowPhone(in); got != want || requisite.E164(got) != in {
			t.Errorf("%q: %q", in, got)
		}
	}
	if got := requisite.Email(" <Mailto:Info@Firm.Example> "); !strings.HasSuffix(got, "info@firm.example") {
		t.Error(got)
	}
	if got := requisite.Digits("+38 (067) 1-2"); got != "3806712" {
		t.Error(got)
	}
}

func TestFirmKeys(t *testing.T) {
	for key, names := range map[string][]string{
		"карпати буд":       {"ТОВ «Карпати-Буд»", "ТОВ \"КАРПАТИ-БУД\"", "TOB Карпати – Буд", "Карпати-Буд, ТОВ", "Товариство з обмеженою відповідальністю “Карпати-Буд”", "карпати буд"},
		"мельник олена":     {"ФОП Мельник Олена", "Фізична особа-підприємець Мельник Олена", "Мельник Олена (ФОП)"},
		"маряна":            {"ПП «Мар’яна»", "Приватне підприємство \"Мар'яна\""},
		"northwind trading": {"Northwind Trading LLC", "Northwind Trading, L.L.C.", "NORTHWIND TRADING CO., LTD"},
		"muller":            {"Müller GmbH", "Muller GmbH & Co. KG"},
		"biuro":             {"Biuro Sp. z o.o.", "Biuro sp.z o.o."},
		"ag motors":         {"AG Motors", "AG Motors LLC"},
		"лан":               {"АТ «Лан»", "Приватне акціонерне товариство «Лан»", "ПрАТ Лан", "ООО \"Лан\""},
		"сервіс 24":         {"ТОВ \"Сервіс-24\"", "сервіс 24"},
		"тов":               {"ТОВ", "тов."},
	} {
		for _, n := range names {
			if got := requisite.FirmKey(n); got != key {
				t.Errorf("FirmKey(%q) = %q, want %q", n, got, key)
			}
		}
	}
}

func BenchmarkFirmKey(b *testing.B) {
	for b.Loop() {
		requisite.FirmKey("ТОВ «Карпати-Буд інжиніринг»")
	}
}
