// Package keyfile reads and writes the language files assets/locale/*.json:
// flat JSON, one key on a line, sorted. Files in this shape merge line by
// line, so that people add keys in parallel. What a merge leaves behind (keys
// out of order or twice, a missing or a spare comma) is repaired here.
package keyfile

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Last is the key that ends each file: the name of the language in the
// language itself. It never moves, so no merge touches the one line that has
// no comma.
const Last = "language"

// Forms are the plural forms in the order in which a file writes them.
var Forms = []string{"one", "few", "many", "other"}

// Entry is one key of a language file: a text, or one text for each plural form.
type Entry struct {
	Key    string
	Text   string            // when Plural is nil
	Plural map[string]string // by form: one, few, many, other
}

// Texts gives every text of the entry.
func (e Entry) Texts() []string {
	if e.Plural == nil {
		return []string{e.Text}
	}
	var out []string
	for _, f := range Forms {
		if t, ok := e.Plural[f]; ok {
			out = append(out, t)
		}
	}
	return out
}

// Parse reads a language file leniently, and gives its entries sorted. A key
// that stands there twice with different texts is an error, and so is a line
// that is no JSON.
func Parse(data []byte) ([]Entry, error) {
	var out []Entry
	seen := map[string]int{}
	var open strings.Builder // an object that goes over several lines
	for n, line := range strings.Split(string(data), "\n") {
		line = strings.TrimSpace(line)
		if open.Len() == 0 && (line == "" || line == "{" || line == "}" || line == ",") {
			continue
		}
		open.WriteString(line)
		inside := open.Len() > len(line)
		if strings.HasSuffix(line, "{") || inside && !strings.HasPrefix(line, "}") {
			continue
		}
		text := strings.Trim(open.String(), ",")
		open.Reset()
		var pairs map[string]any
		if err := json.Unmarshal([]byte("{"+text+"}"), &pairs); err != nil {
			return nil, fmt.Errorf("line %d: %w: %s", n+1, err, text)
		}
		for key, v := range pairs {
			e, err := entry(key, v)
			if err != nil {
				return nil, fmt.Errorf("line %d: %w", n+1, err)
			}
			if i, twice := seen[key]; twice {
				if !slices.Equal(out[i].Texts(), e.Texts()) {
					return nil, fmt.Errorf("line %d: %q stands here twice: %q and %q: keep one", n+1, key, out[i].Texts(), e.Texts())
				}
				continue
			}
			seen[key] = len(out)
			out = append(out, e)
		}
	}
	if open.Len() > 0 {
		return nil, fmt.Errorf("an object is not closed: %s", open.String())
	}
	slices.SortFunc(out, compare)
	return out, nil
}

func entry(key string, v any) (Entry, error) {
	switch v := v.(type) {
	case string:
		return Entry{Key: key, Text: v}, nil
	case map[string]any:
		e := Entry{Key: key, Plural: map[string]string{}}
		for form, text := range v {
			s, ok := text.(string)
			if !ok || !slices.Contains(Forms, form) {
				return e, fmt.Errorf("%q: plural form %q", key, form)
			}
			e.Plural[form] = s
		}
		return e, nil
	}
	return Entry{}, fmt.Errorf("%q is neither a text nor plural forms", key)
}

func compare(a, b Entry) int {
	if a.Key == Last || b.Key == Last {
		return bool2int(a.Key == Last) - bool2int(b.Key == Last)
	}
	return strings.Compare(a.Key, b.Key)
}

func bool2int(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Format writes entries, sorted, one on a line.
func Format(entries []Entry) []byte {
	entries = slices.SortedFunc(slices.Values(entries), compare)
	var b bytes.Buffer
	b.WriteString("{\n")
	for i, e := range entries {
		b.WriteString("  " + quote(e.Key) + ": ")
		if e.Plural == nil {
			b.WriteString(quote(e.Text))
		} else {
			sep := "{"
			for _, form := range Forms {
				if text, ok := e.Plural[form]; ok {
					b.WriteString(sep + quote(form) + ": " + quote(text))
					sep = ", "
				}
			}
			b.WriteString("}")
		}
		if i < len(entries)-1 {
			b.WriteString(",")
		}
		b.WriteString("\n")
	}
	b.WriteString("}\n")
	return b.Bytes()
}

// quote writes a JSON string; unlike json.Marshal it leaves <, > and & alone.
func quote(s string) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		panic(err) // a string always encodes
	}
	return strings.TrimSuffix(b.String(), "\n")
}
