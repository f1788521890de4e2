// Package trade is what documents of sale have in common: lines of products,
// headings and notes, what is known of the products, discounts, VAT, and how
// all of it adds up.
package trade

import "ugoda/model"

// Sheet is the lines of a document, or of one of its variants, and their sums
// in minor units of the document's currency.
type Sheet struct {
	Lines       []Line
	Gross       int64 // quantity × price, before discounts
	DiscountSum int64 // what the discounts take off
	Net         int64 // lines after discounts, as printed in their column: with VAT in it or not, as the mode says
	VATSum      int64
	Total       int64 // what is to be paid, VAT in it
	CostSum     int64 // quantity × cost
	Margin      int64 // Total without VAT and cost
	OptionsSum  int64 // totals of the options that nobody took: beside Total
}

// Line is a position of a sheet: a product, free text, a heading that begins
// a section, or a note.
type Line struct {
	model.Row
	Product  model.Ref
	Text     string // what is printed; the product's name unless typed
	Article  string
	Heading  bool // begins a section, which ends at the next heading
	Note     bool // words between the lines
	Optional bool // offered beside the rest: printed, not in the total
	Taken    bool // of an option: the client takes it, so it is in the total
	Quantity model.Qty
	Unit     string
	Price    int64 // minor units for one unit
	Discount model.Percent
	VAT      string
	// What the discount takes off, in minor units: it follows from the percent,
	// unless the sum was given; then the percent follows from it.
	DiscountSum   int64
	DiscountFixed bool
	Cost          int64
	Amount        int64
	VATAmount     int64
	Total         int64
	Of            int64       // the line of an accepted offer that this one bills a part of; 0: none
	Parts         []Component // of a kit, as its product was made when it was taken
}

// Component is a product in a kit.
type Component struct {
	model.Row
	Product  model.Ref
	Text     string
	Article  string
	Quantity model.Qty // in one kit
	Unit     string
	VAT      string
	Price    int64 // of one, in the list
	Cost     int64
}
