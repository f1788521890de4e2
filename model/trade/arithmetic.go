package trade

import (
	"fmt"
	"math/bits"

	"ugoda/model"
)

// divide gives amount*w/all cut towards nought, and the size of the remainder.
func divide(amount, w, all int64) (quotient int64, remainder uint64, err error) {
	neg := amount < 0
	if neg {
		amount = -amount
	}
	hi, lo := bits.Mul64(uint64(amount), uint64(w))
	if hi >= uint64(all) {
		return 0, 0, model.ErrOverflow
	}
	q, r := bits.Div64(hi, lo, uint64(all))
	if neg {
		return -int64(q), r, nil
	}
	return int64(q), r, nil
}

// sum adds unless an error came before, or the result does not fit.
func sum(a, b int64, err error) (int64, error) {
	if err != nil {
		return a, err
	}
	s := a + b
	if (s > a) != (b > 0) && b != 0 {
		return a, model.ErrOverflow
	}
	return s, nil
}

func atLine(i int, err error) error { return fmt.Errorf("line %d: %w", i+1, err) }
