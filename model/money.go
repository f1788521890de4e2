package model

import (
	"errors"
	"math"
	"math/bits"
	"strconv"

	"github.com/shopspring/decimal"
)

// ErrOverflow says that an amount does not fit into 64 bits of minor units.
var ErrOverflow = errors.New("amount is too large")

// Money is an amount in minor units (kopecks, cents: two decimals) of a
// currency, named by its ISO 4217 letters. The zero value is no amount.
type Money struct {
	Minor    int64
	Currency string
}

// IsZero reports whether the amount is nought in any currency.
func (m Money) IsZero() bool { return m.Minor == 0 }

// Decimal is the amount in major units, exactly.
func (m Money) Decimal() decimal.Decimal { return decimal.New(m.Minor, -2) }

// String writes the amount with two decimals and its currency, for logs and
// errors; locale formats it for people.
func (m Money) String() string { return m.Decimal().StringFixed(2) + " " + m.Currency }

// MinorOf rounds a decimal in major units to minor units, half away from zero.
func MinorOf(d decimal.Decimal) (int64, error) {
	m := d.Round(2).Shift(2)
	if !m.BigInt().IsInt64() {
		return 0, ErrOverflow
	}
	return m.IntPart(), nil
}

// Qty is a quantity in thousandths of its unit.
type Qty int64

// Decimal is the quantity in whole units, exactly.
func (q Qty) Decimal() decimal.Decimal { return decimal.New(int64(q), -3) }

// Percent is a share in hundredths of a percent: 20 % is 2000.
type Percent int64

// Decimal is the number of percent, exactly: 20 % gives 20.
func (p Percent) Decimal() decimal.Decimal { return decimal.New(int64(p), -2) }

// Rate is an exchange rate in millionths: base currency units for one unit.
type Rate int64

// RateOne is the rate of the base currency to itself.
const RateOne Rate = 1_000_000

// Decimal is the rate, exactly.
func (r Rate) Decimal() decimal.Decimal { return decimal.New(int64(r), -6) }

// MulDiv gives a*b/c rounded half away from zero, through 128 bits, so that
// the product cannot overflow before the division. c must not be nought.
func MulDiv(a, b, c int64) (int64, error) {
	neg := (a < 0) != (b < 0) != (c < 0)
	ua, ub, uc := abs(a), abs(b), abs(c)
	hi, lo := bits.Mul64(ua, ub)
	lo, carry := bits.Add64(lo, uc/2, 0)
	hi += carry
	if hi >= uc {
		return 0, ErrOverflow
	}
	q, _ := bits.Div64(hi, lo, uc)
	if q > math.MaxInt64 {
		return 0, ErrOverflow
	}
	if neg {
		return -int64(q), nil
	}
	return int64(q), nil
}

func abs(x int64) uint64 {
	if x < 0 {
		return uint64(-(x + 1)) + 1
	}
	return uint64(x)
}

// Share takes a percentage of minor units, rounded half away from zero.
func Share(minor int64, p Percent) (int64, error) { return MulDiv(minor, int64(p), 10_000) }

// Convert turns minor units into the base currency by a rate, rounded half
// away from zero.
func Convert(minor int64, r Rate) (int64, error) { return MulDiv(minor, int64(r), int64(RateOne)) }

// Extend multiplies a unit price in minor units by a quantity, rounded half
// away from zero.
func Extend(price int64, q Qty) (int64, error) { return MulDiv(price, int64(q), 1000) }

// ParseDecimal reads a plain decimal number with a point, as the command line
// and JSON write it, and refuses more decimals than scale.
func ParseDecimal(s string, scale int32) (int64, error) {
	d, err := decimal.NewFromString(s)
	if err != nil {
		return 0, errors.New("not a number: " + strconv.Quote(s))
	}
	d = d.Shift(scale)
	if !d.IsInteger() {
		return 0, errors.New("too many decimals: " + strconv.Quote(s))
	}
	if !d.BigInt().IsInt64() {
		return 0, ErrOverflow
	}
	return d.IntPart(), nil
}
