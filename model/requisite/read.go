package requisite

import (
	"encoding/csv"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Account is an account at a bank.
type Account struct {
	IBAN string // without blanks
	Bank string // its name; may be empty
	MFO  string // the bank's code, for a Ukrainian account
}

// Found is what Read found in a text. What it did not find is empty.
type Found struct {
	Name      string // with the form in short: ТОВ «Карпати-Буд»
	FullName  string // with the form in full
	Form      Form
	Code      string // EDRPOU or RNOKPP, its check digit right
	IPN       string // number of a VAT payer
	Accounts  []Account
	MFO       string // written in the text, or of the first account
	Address   string // the registered one, or the only one
	Postal    string // another one: of the office, for letters
	Phones    []string
	Emails    []string
	Website   string
	Head      string   // who signs, as written
	HeadPost  string   // "Директор"
	VATPayer  bool     // the text says so, or gives an IPN of twelve digits
	Unchecked []string // codes and accounts whose check digits are wrong
}

// Empty reports that nothing was found.
func (f *Found) Empty() bool {
	return f.Name == "" && f.Code == "" && f.IPN == "" && len(f.Accounts)+len(f.Phones)+len(f.Emails) == 0 && f.Address == ""
}

// maxText is how much of a text is read: a page or two of a contract.
const maxText = 20_000

// Read finds the requisites of a firm or a person in any text: a letter's
// signature, the end of a contract, a row of a spreadsheet, a page of a
// register; labels may be Ukrainian, Russian or English, or missing. It is a
// help for typing, so that a person looks over the result; but a code or an
// account with a wrong check digit is never taken.
func Read(text string) Found {
	s := clean(text)
	r := &reading{}
	s = r.marks(s)
	r.pieces = cut(s)
	r.codes()
	r.banks()
	r.phones()
	r.addresses()
	r.head()
	r.name()
	return r.found
}

// reading is the state of Read: what was found, and the pieces that are left.
type reading struct {
	found  Found
	pieces []piece
}

// clean makes white space single, keeps ends of lines, and cuts what is too long.
func clean(text string) string {
	if len(text) > maxText {
		text = text[:maxText]
		for !utf8.ValidString(text) && len(text) > maxText-utf8.UTFMax {
			text = text[:len(text)-1]
		}
	}
	var b strings.Builder
	last := '\n'
	for _, r := range norm.NFC.String(cells(strings.ToValidUTF8(text, " "))) {
		switch {
		case r == '\n', r == '\r', r == '\u2028', r == '\v', r == '\f':
			r = '\n'
		case r == '\t':
			r = '|' // a cell of a spreadsheet ends
		case unicode.IsSpace(r):
			r = ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			continue
		}
		if (r == ' ' || r == '\n') && last == '\n' || r == ' ' && last == ' ' {
			continue
		}
		b.WriteRune(r)
		last = r
	}
	return b.String()
}

// cells writes rows of CSV, known by their doubled quotes, with tabs instead.
func cells(text string) string {
	if !strings.Contains(text, `""`) {
		return text
	}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		for _, comma := range ";," {
			c := csv.NewReader(strings.NewReader(line))
			c.Comma = comma
			if row, err := c.Read(); err == nil && len(row) > 1 && strings.Contains(line, `""`) {
				lines[i] = strings.Join(row, "\t")
				break
			}
		}
	}
	return strings.Join(lines, "\n")
}

var (
	emailForm = regexp.MustCompile(`(?i)[a-z0-9][a-z0-9._%+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}`)
	siteForm  = regexp.MustCompile(`(?i)(?:https?://|www\.)[^\s,;|<>"«»()]+`)
	uaForm    = regexp.MustCompile(`(?i)[UU][AА](?:[ .-]?\d){27}`)
	ibanForm  = regexp.MustCompile(`\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b`)
)

// taken stands in the text where something was read already.
const taken = " ¦ "

// marks reads what is known by its own shape: addresses of mail, sites,
// accounts; and takes it out of the text.
func (r *reading) marks(s string) string {
	s = emailForm.ReplaceAllStringFunc(s, func(m string) string {
		r.found.Emails = once(r.found.Emails, Email(m))
		return taken
	})
	s = siteForm.ReplaceAllStringFunc(s, func(m string) string {
		if r.found.Website == "" {
			r.found.Website = strings.TrimRight(m, "./")
		}
		return taken
	})
	account := func(m string) string {
		iban := CleanIBAN(m)
		if !ValidIBAN(iban) {
			return ""
		}
		for _, a := range r.found.Accounts {
			if a.IBAN == iban {
				return iban
			}
		}
		r.found.Accounts = append(r.found.Accounts, Account{IBAN: iban, MFO: MFO(iban)})
		return iban
	}
	s = uaForm.ReplaceAllStringFunc(s, func(m string) string {
		if account(m) == "" {
			r.found.Unchecked = once(r.found.Unchecked, CleanIBAN(m))
		}
		return taken
	})
	return ibanForm.ReplaceAllStringFunc(s, func(m string) string {
		for end := len(m); end >= 15; end-- { // words behind it may look like its groups
			if account(m[:end]) != "" {
				return taken + m[end:]
			}
		}
		return m
	})
}

// once appends what is not there yet.
func once(list []string, s string) []string {
	for _, x := range list {
		if x == s {
			return list
		}
	}
	return append(list, s)
}

var (
	digitGroups = regexp.MustCompile(`\d(?: ?\d)*`)
	digitRuns   = regexp.MustCompile(`\d+`)
)

// codes reads EDRPOU, RNOKPP, IPN and MFO: by labels first, then by their
// shape and check digits alone.
func (r *reading) codes() {
	f := &r.found
	for i := range r.pieces {
		p := &r.pieces[i]
		switch p.label {
		case labelCode, labelIPN, labelMFO:
			p.text = digitGroups.ReplaceAllStringFunc(p.text, func(m string) string {
				d := Digits(m)
				switch {
				case p.label == labelMFO && len(d) == 6:
					f.MFO = d
				case len(d) == 8 && p.label != labelMFO, len(d) == 10 && d[0] != '0':
					r.code(d)
				case len(d) == 12:
					if f.IPN == "" {
						f.IPN, f.VATPayer = d, true
					}
				default:
					return m
				}
				return taken
			})
		case labelOther:
			low := strings.ToLower(p.name)
			if (low == "платник пдв" || low == "vat payer" || low == "плательщик ндс") && !strings.HasPrefix(strings.ToLower(p.text), "ні") {
				f.VATPayer = true
			}
		}
	}
	for i := range r.pieces {
		p := &r.pieces[i]
		if p.label == labelPhone || p.label == labelOther || p.label == labelAccount {
			continue
		}
		p.text = digitRuns.ReplaceAllStringFunc(p.text, func(m string) string {
			switch {
			case len(m) == 8 && ValidEDRPOU(m) && f.Code == "", len(m) == 10 && m[0] != '0' && ValidRNOKPP(m) && f.Code == "":
				f.Code = m
				return taken
			case len(m) == 12 && f.IPN == "" && !strings.HasPrefix(m, "380"):
				f.IPN, f.VATPayer = m, true
				return taken
			}
			return m
		})
	}
	if f.Code != "" && len(f.Code) == 10 && f.VATPayer && f.IPN == "" {
		f.IPN = f.Code // an entrepreneur's number is his own
	}
}

// code keeps a labelled code if its check digit is right.
func (r *reading) code(d string) {
	switch {
	case !ValidCode(d):
		r.found.Unchecked = once(r.found.Unchecked, d)
	case r.found.Code == "":
		r.found.Code = d
	}
}

var phoneForm = regexp.MustCompile(`\+?\(?\d[\d ().–-]{5,22}\d`)

// phones reads phones: labelled ones, and numbers that begin as phones do.
func (r *reading) phones() {
	for i := range r.pieces {
		p := &r.pieces[i]
		if p.label == labelOther || p.label == labelMFO || p.label == labelAccount {
			continue
		}
		p.text = phoneForm.ReplaceAllStringFunc(p.text, func(m string) string {
			typed := strings.TrimSpace(m)
			if p.label != labelPhone && !strings.HasPrefix(typed, "+") && !strings.HasPrefix(typed, "(0") && !strings.HasPrefix(typed, "0") && !strings.HasPrefix(typed, "380") {
				return m
			}
			found := split(typed)
			if len(found) == 0 {
				return m
			}
			for _, one := range found {
				r.phone(one)
			}
			return taken
		})
	}
}

func (r *reading) phone(typed string) {
	for _, known := range r.found.Phones {
		if E164(known) == E164(typed) {
			return
		}
	}
	r.found.Phones = append(r.found.Phones, typed)
}

// split divides phones that have only blanks between them.
func split(typed string) []string {
	if E164(typed) != "" {
		return []string{typed}
	}
	var out []string
	var now string
	for _, word := range strings.Fields(typed) {
		now = strings.TrimSpace(now + " " + word)
		if n := len(Digits(now)); n >= 10 && E164(now) != "" {
			out, now = append(out, now), ""
		}
	}
	return out
}
