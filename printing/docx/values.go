package docx

import (
	"encoding/json"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"ugoda/model"
)

// Scope answers the names that tags ask for. A value is nil, a string, a
// bool, an integer, a decimal, a model value (Money, Qty, Percent, Rate, Day),
// a time.Time, an Image, RawXML, another Scope (or a map[string]any), or a
// slice of any of these. The second result tells an empty value from a name
// that does not exist.
//
// Names arrive as the template writes them. A Scope that knows them in one
// spelling compares them by Fold.
type Scope interface {
	Lookup(name string) (value any, known bool)
}

// Map is a Scope of a map, such as JSON gives. Names that are not found as
// they stand are compared by Fold.
type Map map[string]any

// Lookup gives the value of a name.
func (m Map) Lookup(name string) (any, bool) {
	if v, ok := m[name]; ok {
		return v, true
	}
	found, known := "", false
	for k := range m {
		if sameName(k, name) && (!known || k < found) {
			found, known = k, true
		}
	}
	return m[found], known
}

// Fold gives the form in which names are compared: letters of one case, one
// kind of apostrophe.
func Fold(name string) string { return folded(name) }

// RawXML is WordprocessingML that a {@tag} puts in as it is: runs inside a
// paragraph, or paragraphs and tables in place of the paragraph that holds
// only the tag. Prefixes are those of the part; w, r, wp, a, pic and m may be
// used anywhere.
type RawXML string

// scopeOf gives the names inside a value, if it has any.
func scopeOf(v any) (Scope, bool) {
	switch v := v.(type) {
	case Scope:
		return v, true
	case map[string]any:
		return Map(v), true
	}
	return nil, false
}

// listOf gives the items of a value, if it is a list.
func listOf(v any) ([]any, bool) {
	switch v := v.(type) {
	case []any:
		return v, true
	case nil, string, []byte, Scope:
		return nil, false
	}
	r := reflect.ValueOf(v)
	if r.Kind() != reflect.Slice {
		return nil, false
	}
	out := make([]any, r.Len())
	for i := range out {
		out[i] = r.Index(i).Interface()
	}
	return out, true
}

// Truth tells whether a condition on the value holds: not for nothing, false,
// nought, an empty text, list or picture.
func Truth(v any) bool {
	switch v := v.(type) {
	case nil:
		return false
	case bool:
		return v
	case string:
		return strings.TrimSpace(v) != ""
	case RawXML:
		return v != ""
	case Image:
		return len(v.Data) > 0
	case *Image:
		return v != nil && len(v.Data) > 0
	case model.Money:
		return v.Minor != 0
	case decimal.Decimal:
		return !v.IsZero()
	case json.Number:
		d, err := decimal.NewFromString(string(v))
		return err != nil || !d.IsZero()
	case time.Time:
		return !v.IsZero()
	case Scope:
		r := reflect.ValueOf(v)
		return r.Kind() != reflect.Pointer || !r.IsNil()
	}
	switch r := reflect.ValueOf(v); r.Kind() {
	case reflect.Slice, reflect.Map:
		return r.Len() > 0
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return r.Int() != 0
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return r.Uint() != 0
	case reflect.Float32, reflect.Float64:
		return r.Float() != 0
	case reflect.String:
		return r.Len() > 0
	case reflect.Pointer, reflect.Interface:
		return !r.IsNil()
	}
	return true
}

// plain writes a value where the caller's Format has no word on it: numbers
// with a point, days as 2026-11-23.
func plain(v any) (string, bool) {
	switch v := v.(type) {
	case nil:
		return "", true
	case string:
		return v, true
	case bool:
		return strconv.FormatBool(v), true
	case int:
		return strconv.Itoa(v), true
	case int64:
		return strconv.FormatInt(v, 10), true
	case float64: // of a caller's JSON: never money
		return strconv.FormatFloat(v, 'f', -1, 64), true
	case json.Number:
		return string(v), true
	case model.Money:
		return v.Decimal().StringFixed(2), true
	case model.Qty:
		return v.Decimal().String(), true
	case model.Percent:
		return v.Decimal().String(), true
	case model.Rate:
		return v.Decimal().String(), true
	case decimal.Decimal:
		return v.String(), true
	case model.Day:
		return v.String(), true
	case time.Time:
		return v.Format("2006-01-02 15:04"), true
	case RawXML, Image, *Image, []byte:
		return "", false
	}
	if _, ok := scopeOf(v); ok {
		return "", false
	}
	r := reflect.ValueOf(v)
	switch r.Kind() {
	case reflect.String:
		return r.String(), true
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return strconv.FormatInt(r.Int(), 10), true
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return strconv.FormatUint(r.Uint(), 10), true
	}
	return "", false
}
