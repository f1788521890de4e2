package model_test

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"ugoda/model"
)

func TestMulDivRoundsHalfAway(t *testing.T) {
	for _, c := range [][4]int64{{5, 1, 2, 3}, {-5, 1, 2, -3}, {7, 1, 4, 2}, {1, 1, 3, 0}, {10, 10, 1, 100}} {
		if got, err := model.MulDiv(c[0], c[1], c[2]); err != nil || got != c[3] {
			t.Errorf("%d*%d/%d = %d, %v; want %d", c[0], c[1], c[2], got, err, c[3])
		}
	}
}

// MulDiv agrees with exact arithmetic, or says that the result does not fit.
func TestMulDivIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Int64().Draw(t, "a"), rapid.Int64().Draw(t, "b")
		c := rapid.Int64().Filter(func(c int64) bool { return c != 0 }).Draw(t, "c")
		p := new(big.Int).Mul(big.NewInt(a), big.NewInt(b))
		d := big.NewInt(c)
		neg := p.Sign()*d.Sign() < 0
		p.Abs(p)
		d.Abs(d)
		q, r := new(big.Int).QuoRem(p, d, new(big.Int))
		if r.Lsh(r, 1).Cmp(d) >= 0 {
			q.Add(q, big.NewInt(1))
		}
		if neg {
			q.Neg(q)
		}
		got, err := model.MulDiv(a, b, c)
		switch {
		case err != nil:
			if q.IsInt64() && q.CmpAbs(big.NewInt(1<<62)) < 0 {
				t.Fatalf("refused %s", q)
			}
		case q.Cmp(big.NewInt(got)) != 0:
			t.Fatalf("got %d, want %s", got, q)
		}
	})
}

func TestDays(t *testing.T) {
	d := model.Date(2026, 11, 23)
	for _, c := range []struct{ got, want string }{
		{d.String(), "2026-11-23"},
		{d.Monday().String(), "2026-11-23"},
		{(d + 6).Monday().String(), "2026-11-23"},
		{d.FirstOfMonth(1).String(), "2026-12-01"},
		{model.Date(2026, 1, 31).AddMonths(1).String(), "2026-02-28"},
		{model.Date(2026, 3, 31).AddMonths(-1).String(), "2026-02-28"},
		{model.FarDay.String(), "9999-12-31"},
	} {
		if c.got != c.want {
			t.Errorf("got %s, want %s", c.got, c.want)
		}
	}
	if d.Week() != 202648 {
		t.Errorf("week %d", d.Week())
	}
}
