package requisite_test

import (
	"testing"

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
