package firm

import (
	"ugoda/model"
	"ugoda/model/requisite"
)

func checkCode(field, code string) []model.Problem {
	if code == "" || requisite.ValidEDRPOU(code) || requisite.ValidRNOKPP(code) {
		return nil
	}
	return []model.Problem{model.Wrong(field, "code_digits", "code", code)}
}

func checkIPN(field, ipn string) []model.Problem {
	if ipn == "" || requisite.ValidIPN(ipn) {
		return nil
	}
	return []model.Problem{model.Wrong(field, "ipn_digits", "ipn", ipn)}
}

func checkIBAN(field, iban string) []model.Problem {
	if iban == "" || requisite.ValidIBAN(iban) {
		return nil
	}
	return []model.Problem{model.Wrong(field, "iban_digits", "iban", iban)}
}
