// Package document writes a document (a proposal, an invoice) as a form of a
// spreadsheet, whose sums are formulas, and as a page of HTML that mail
// programs show. Both are made of one value, so that they agree.
package document

import (
	"fmt"
	"io"

	"ugoda/model"
)

// Document is what is printed. Texts are ready to be shown; what is empty is
// left out.
type Document struct {
	Title    string // "Комерційна пропозиція"
	Subtitle string // "№ 214 від 23 листопада 2026 р."
	Mark     string // "ЧЕРНЕТКА"; empty: it is final
	Firm     Party
	Client   Party
	Facts    []Fact // beside the client: until when it is valid, whom to ask
	Greeting string
	Intro    string
	Variants []Variant
	Terms    []Fact
	Closing  string
	Signed   Signature
	Currency string // ISO 4217
	Logo     []byte // PNG or JPEG
	Words    Words
	Running  string // at the foot of a page, before its number
}

// Party is one of the two sides.
type Party struct {
	Label string // "Кому"
	Name  string
	Lines []string
}

// Fact is a label and what it says.
type Fact struct{ Label, Value string }

// Signature is who signs.
type Signature struct{ Post, Firm, Name string }

// VAT says how a document reckons value added tax.
type VAT string

// The ways; the values are those of proposals.
const (
	OnTop    VAT = "on_top"
	Included VAT = "included"
	None     VAT = "none"
)

// Variant is one table of lines with its totals, in minor units.
type Variant struct {
	Name, Note string
	VAT        VAT
	Lines      []Line
	Net        int64  // the sum of the column Amount
	Taxes      []Tax  // by rate, in the order in which they are shown
	Discount   int64  // what the discounts take off
	Options    int64  // totals of the options, which are in none of the sums above
	Terms      []Fact // of its own
	Total      int64  // to be paid
	Amount     string // the total with its currency
	InWords    string // "Сума словами: …"
	Remark     string // "Без ПДВ."
}

// Tax is the value added tax of one rate.
type Tax struct {
	Rate   model.Percent
	Amount int64
}

// Line is a line of the table.
type Line struct {
	Number   string
	Heading  bool // begins a section; has a text and, where Subtotal says so, the sum under it
	Subtotal bool
	Note     bool   // words alone
	Option   bool   // its amount is in no sum
	Parts    []Part // of a kit
	Text     string
	Article  string
	Unit     string
	Quantity model.Qty
	Price    int64 // minor units
	Discount model.Percent
	Rate     model.Percent // of VAT
	Taxed    bool          // false: exempt, which is not the same as 0 %
	Amount   int64         // as printed in its column
}

// Part is a part of a kit.
type Part struct {
	Text     string
	Unit     string
	Quantity model.Qty // in all the kits of the line
}

// priced reports that the line offers something.
func (l *Line) priced() bool { return !l.Heading && !l.Note }

// Words are the labels of the form.
type Words struct {
	Number, Text, Article, Unit, Quantity, Price, Discount, Rate, Amount string
	Subtotal, Total, Saved, Terms, Exempt, Page, Of                      string
	Option, Options                                                      string
	Currency                                                             string // as people write it: грн
	// Tax names the tax of a rate: "ПДВ 20 %"; Within the same where it is
	// included: "у тому числі ПДВ 20 %".
	Tax, Within func(model.Percent) string
	// Say writes values as the document's language does.
	Say Sayer
}

// Sayer writes values for people.
type Sayer interface {
	Amount(minor int64) string
	Qty(model.Qty) string
	Percent(model.Percent) string
}

// Formats lists the formats that Write knows.
var Formats = []string{"xlsx", "html"}

// Write writes a document in one of the Formats.
func Write(w io.Writer, format string, d *Document) error {
	var err error
	switch format {
	case "xlsx":
		err = XLSX(w, d)
	case "html":
		err = HTML(w, d)
	default:
		return fmt.Errorf("unknown format of a document: %s", format)
	}
	if err != nil {
		return fmt.Errorf("write %s %s as %s: %w", d.Title, d.Subtitle, format, err)
	}
	return nil
}

// Has reports which of the optional columns a variant needs.
func (v *Variant) has() (article, discount, rate bool) {
	first, several := model.Percent(-1), false
	for i := range v.Lines {
		l := &v.Lines[i]
		if !l.priced() {
			continue
		}
		article = article || l.Article != ""
		discount = discount || l.Discount != 0
		r := l.Rate
		if !l.Taxed {
			r = -2
		}
		several = several || first != -1 && r != first
		first = r
	}
	return article, discount, v.VAT != None && several
}
