package keyfile

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParseRepairs(t *testing.T) {
	merged := `{
  "b.two": "Two",
  "a.one": "One"
  "a.count": {"one": "{{.n}} row", "other": "{{.n}} rows"},
  "b.two": "Two",
  "c.late": {
    "other": "late, {later}",
    "one": "late"
  },,
  "language": "English",
  "z.last": "<b> & more"
}
`
	want := `{
  "a.count": {"one": "{{.n}} row", "other": "{{.n}} rows"},
  "a.one": "One",
  "b.two": "Two",
  "c.late": {"one": "late", "other": "late, {later}"},
  "z.last": "<b> & more",
  "language": "English"
}
`
	entries, err := Parse([]byte(merged))
	if err != nil {
		t.Fatal(err)
	}
	if got := string(Format(entries)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestParseRefuses(t *testing.T) {
	for in, part := range map[string]string{
		"{\n\"a\": \"1\",\n\"a\": \"2\"\n}":        "twice",
		"{\n<<<<<<< main\n\"a\": \"1\"\n}":         "line 2",
		"{\n\"a\": {\"three\": \"1\"}\n}":          "plural form",
		"{\n\"a\": 5\n}":                           "neither",
		"{\n\"a\": {\n\"one\": \"1\",\n":           "not closed",
		"{\n\"a\": {\"other\": {\"b\": \"c\"}}\n}": "plural form",
	} {
		if _, err := Parse([]byte(in)); err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("Parse(%q): %v, want something about %q", in, err, part)
		}
	}
}

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.MapOf(rapid.StringMatching(`[a-m]{1,5}\.[a-z]{1,5}`), rapid.String()).Draw(t, "texts")
		var in []Entry
		for k, v := range texts {
			in = append(in, Entry{Key: k, Text: v})
		}
		in = append(in, Entry{Key: "n.n", Plural: map[string]string{"one": "a", "other": "b"}})
		first := Format(in)
		out, err := Parse(first)
		if err != nil {
			t.Fatal(err)
		}
		if second := Format(out); string(second) != string(first) {
			t.Fatalf("%s\nthen\n%s", first, second)
		}
	})
}
