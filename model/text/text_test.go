package text

import (
	"bytes"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestFold(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""},
		{"  ТОВ  «Карпати-Буд»\t", "тов карпати-буд"},
		{"Мар’яна", "маряна"},
		{"Мар'яна", "маряна"},
		{"МАРʼЯНА", "маряна"},
		{"Мар`яна", "маряна"},
		{"Ґонта", "гонта"},
		{"Ёлка", "елка"},
		{"Їжак Йосип", "їжак йосип"},
		{"й", "й"},
		{"и\u0306", "й"},
		{"і\u0308", "ї"},
		{"за\u0301мок", "замок"},
		{"Café Łódź", "cafe lodz"},
		{"КП–214", "кп-214"},
		{"№ 5", "№ 5"},
		{"a\u00a0b\u2009c", "a b c"},
		{"со\u00adвість", "совість"},
		{"а \u0301б", "а б"},
		{"a\x00b\xffc", "abc"},
	} {
		if got := Fold(c.in); got != c.want {
			t.Errorf("Fold(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

// name draws what names are made of, and what should not be in them.
var name = rapid.StringOfN(rapid.RuneFrom([]rune("аАбБгГґҐеЕєЄиИіІїЇйЙьЬяЯaAbBéÉzZ019 '’\"«»-–№.,\u0301")), 0, 30, -1)

func TestFoldProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(name, rapid.String()).Draw(t, "s")
		f := Fold(s)
		if !utf8.ValidString(f) || strings.ContainsRune(f, 0) {
			t.Fatalf("%q", f)
		}
		if Fold(f) != f {
			t.Fatalf("Fold is not idempotent: %q then %q", f, Fold(f))
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		s := []rune(name.Draw(t, "s"))
		from := rapid.IntRange(0, len(s)).Draw(t, "from")
		to := rapid.IntRange(from, len(s)).Draw(t, "to")
		part := strings.TrimLeft(string(s[from:to]), "\u0301")
		for _, p := range []string{part, strings.ToUpper(part), strings.ToLower(part)} {
			if !strings.Contains(Fold(string(s)), Fold(p)) {
				t.Fatalf("%q is not found in %q", Fold(p), Fold(string(s)))
			}
		}
	})
}

func TestSortKeyOrder(t *testing.T) {
	want := []string{
		"", "№ 5", "0 шт", "0,5 шт", "1 шт", "5", "007", "9 шт", "10", "99", "100", "20261123", "123456789", "1234567890",
		"Acme", "acme 2", "ACME 10", "resume", "Résumé", "Zeta",
		"Авто", "«Агро»", "ВʼЯЗ", "Вяземський", "в'язень", "Галя", "ґанок", "Дім", "Еней", "ЄВА", "Жук", "Зоя", "Иж", "Іван", "іван 2", "Їжак", "Йосип",
		"КП-9", "КП-10", "КП-010а", "Львів", "м’ята", "Яна",
	}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortStableFunc(got, func(a, b string) int { return bytes.Compare(SortKey(a), SortKey(b)) })
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestSortKeyEqual(t *testing.T) {
	for _, same := range [][]string{
		{"Іван", "ІВАН", "іван"}, {"М’ята", "м'ята", "мята", "М`ЯТА"}, {"ТОВ «Дім»", "тов  \"дім\" "}, {"КП–007", "кп-7"}, {"", " ", "''"},
	} {
		for _, s := range same {
			if !bytes.Equal(SortKey(s), SortKey(same[0])) {
				t.Errorf("%q and %q sort apart", s, same[0])
			}
		}
	}
	if SortKey("") == nil {
		t.Error("the key of nothing is nil")
	}
}

func TestSortKeyProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := name.Draw(t, "s")
		if !bytes.Equal(SortKey(s), SortKey(strings.ToUpper(s))) || !bytes.Equal(SortKey(s), SortKey(strings.ToLower(s))) {
			t.Fatalf("case changes the key of %q", s)
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		prefix, suffix := name.Draw(t, "prefix"), name.Draw(t, "suffix")
		a, b := rapid.Uint32().Draw(t, "a"), rapid.Uint32().Draw(t, "b")
		named := func(n uint32) []byte { return SortKey(prefix + "-" + itoa(n) + " " + suffix) }
		want := 0
		if a < b {
			want = -1
		} else if a > b {
			want = 1
		}
		if got := bytes.Compare(named(a), named(b)); got != want {
			t.Fatalf("%d against %d after %q: %d", a, b, prefix, got)
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringN(0, 500, -1).Draw(t, "s")
		if n := len(SortKey(s)); n > maxKey {
			t.Fatalf("key of %d bytes", n)
		}
	})
}

func itoa(n uint32) string {
	var b []byte
	for b = nil; n > 0 || b == nil; n /= 10 {
		b = append([]byte{byte('0' + n%10)}, b...)
	}
	return string(b)
}

func TestConcurrent(t *testing.T) {
	want := SortKey("Карпати-Буд 12")
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 500 {
				if !bytes.Equal(SortKey("Карпати-Буд 12"), want) {
					t.Error("keys differ between goroutines")
					return
				}
				SortKey("інше")
			}
		})
	}
	group.Wait()
}

func BenchmarkSortKey(b *testing.B) {
	for b.Loop() {
		SortKey("ТОВ «Карпати-Буд інжиніринг 2000»")
	}
}

func BenchmarkFold(b *testing.B) {
	for b.Loop() {
		Fold("ТОВ «Карпати-Буд інжиніринг 2000»")
	}
}
