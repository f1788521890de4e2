package docx

import (
	"errors"
	"maps"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Filter changes a value before it is printed, as in {total | words}. It is
// given the arguments as the template writes them, and nil for an empty value.
// Filters follow one another.
type Filter func(value any, args []string) (any, error)

// ErrArgument says that a filter does not understand its arguments or value.
var ErrArgument = errors.New("filter cannot take this argument")

// builtIn are the filters that need no language. The caller's own come first.
//
//	upper, lower, capitalize, title   letters
//	default:"—"                       what stands for an empty value
//	join:", "                         a list as text; of records their names
//	count                             the number of items
//	is:"USD", not:"USD"               a condition: {#currency | is:"USD"}
//	width:40, height:20, fit:40:20    size of a picture in millimetres
var builtIn = map[string]Filter{
	"upper":      letters(strings.ToUpper),
	"lower":      letters(strings.ToLower),
	"capitalize": letters(capitalize),
	"title":      letters(title),
	"default":    orElse,
	"join":       join,
	"count":      count,
	"is":         is,
	"not": func(v any, args []string) (any, error) {
		same, err := is(v, args)
		return same != true, err
	},
	"width":  size(func(i *Image, mm []float64) { i.Width = emu(mm[0]) }, 1),
	"height": size(func(i *Image, mm []float64) { i.Height = emu(mm[0]) }, 1),
	"fit":    size(func(i *Image, mm []float64) { i.MaxWidth, i.MaxHeight = emu(mm[0]), emu(mm[1]) }, 2),
}

// BuiltInFilters gives the filters that every template knows.
func BuiltInFilters() map[string]Filter { return maps.Clone(builtIn) }

func letters(f func(string) string) Filter {
	return func(v any, _ []string) (any, error) {
		s, ok := plain(v)
		if !ok {
			return nil, ErrArgument
		}
		return f(s), nil
	}
}

func capitalize(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

func title(s string) string {
	words := strings.Split(s, " ")
	for i := range words {
		words[i] = capitalize(words[i])
	}
	return strings.Join(words, " ")
}

func orElse(v any, args []string) (any, error) {
	if len(args) != 1 {
		return nil, ErrArgument
	}
	if !Truth(v) {
		return args[0], nil
	}
	return v, nil
}

func join(v any, args []string) (any, error) {
	items, ok := listOf(v)
	if !ok && v != nil {
		return nil, ErrArgument
	}
	between := ", "
	if len(args) > 0 {
		between = args[0]
	}
	out := make([]string, len(items))
	for i, x := range items {
		if s, ok := scopeOf(x); ok {
			x, _ = s.Lookup("name")
		}
		if out[i], ok = plain(x); !ok {
			return nil, ErrArgument
		}
	}
	return strings.Join(out, between), nil
}

func count(v any, _ []string) (any, error) {
	items, ok := listOf(v)
	if !ok && v != nil {
		return nil, ErrArgument
	}
	return int64(len(items)), nil
}

func is(v any, args []string) (any, error) {
	s, ok := plain(v)
	if !ok || len(args) == 0 {
		return nil, ErrArgument
	}
	for _, a := range args {
		if strings.EqualFold(strings.TrimSpace(s), a) {
			return true, nil
		}
	}
	return false, nil
}

// size makes a filter of pictures whose arguments are millimetres.
func size(set func(i *Image, mm []float64), n int) Filter {
	return func(v any, args []string) (any, error) {
		i, ok := imageOf(v)
		if !ok || len(args) != n {
			return nil, ErrArgument
		}
		mm := make([]float64, n)
		for k, a := range args {
			f, err := strconv.ParseFloat(strings.TrimSuffix(a, "mm"), 64)
			if err != nil || !(f >= 1 && f <= 500) {
				return nil, ErrArgument
			}
			mm[k] = f
		}
		if i == nil {
			return nil, nil
		}
		sized := *i
		set(&sized, mm)
		return sized, nil
	}
}
