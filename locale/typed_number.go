package locale

import (
	"strings"

	"ugoda/model"
)

// The Parse functions read what people type: "48200.5", "48 200,50",
// "48'200.50", "1,5 млн", "=12*350+5%". They take what their counterparts
// write, whatever the language. A lone English comma before three digits
// divides thousands; a Ukrainian one begins the decimals. Nothing typed is
// nought. What cannot be read is model.Problems, with the text in it; more
// decimals than a value keeps are refused, unless a sum was counted: then the
// result is rounded half away from zero.

// ParseInt reads a whole number.
func (p *Printer) ParseInt(s string) (int64, error) { return p.parse(s, 0) }

// ParseAmount reads an amount into minor units.
func (p *Printer) ParseAmount(s string) (int64, error) { return p.parse(s, 2) }

// ParseQty reads a quantity.
func (p *Printer) ParseQty(s string) (model.Qty, error) {
	v, err := p.parse(s, 3)
	return model.Qty(v), err
}

// ParsePercent reads a share; the percent sign may be left out.
func (p *Printer) ParsePercent(s string) (model.Percent, error) {
	n, err := p.calculate(s)
	if err != nil {
		return 0, err
	}
	v, err := n.scaled(2)
	return model.Percent(v), err
}

// ParseRate reads an exchange rate.
func (p *Printer) ParseRate(s string) (model.Rate, error) {
	v, err := p.parse(s, 6)
	return model.Rate(v), err
}

// ParseMoney reads an amount with its currency ("100 $", "грн 5"), or in the
// currency given when none was typed. Nothing typed is no amount.
func (p *Printer) ParseMoney(s, currency string) (model.Money, error) {
	if strings.TrimSpace(s) == "" {
		return model.Money{}, nil
	}
	n, err := p.calculate(s)
	if err != nil {
		return model.Money{}, err
	}
	minor, err := n.scaled(2)
	if err != nil {
		return model.Money{}, err
	}
	if n.currency != "" {
		currency = n.currency
	}
	return model.Money{Minor: minor, Currency: currency}, nil
}

// parse reads a scaled integer; a percentage is a part of one.
func (p *Printer) parse(s string, scale int) (int64, error) {
	n, err := p.calculate(s)
	if err != nil {
		return 0, err
	}
	if n.percent {
		n.value, n.counted = n.value.Div(hundred), true
	}
	return n.scaled(scale)
}

// calculate reads a number as the Printer's country writes it.
func (p *Printer) calculate(s string) (typed, error) {
	if strings.TrimSpace(s) == "" {
		return typed{}, nil
	}
	return calculate(s, p.style.point == ",")
}

// scaled is what was typed as a scaled integer.
func (n typed) scaled(scale int) (int64, error) {
	if !n.counted && n.decimals > scale {
		return 0, model.Refused("", "number_decimals", "n", scale)
	}
	v := n.value.Round(int32(scale)).Shift(int32(scale))
	if !v.BigInt().IsInt64() {
		return 0, model.Refused("", "number_range")
	}
	return v.IntPart(), nil
}
