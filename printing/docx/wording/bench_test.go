package wording_test

import (
	"testing"

	"ugoda/assets"
	"ugoda/locale"
	"ugoda/printing/docx"
	"ugoda/printing/docx/wording"
)

// BenchmarkFill100Lines reads the shipped template and fills it with a
// proposal of 100 lines.
func BenchmarkFill100Lines(b *testing.B) {
	v := vocabulary(b)
	data, err := assets.Templates.ReadFile("templates/proposal-uk.docx")
	if err != nil {
		b.Fatal(err)
	}
	o := wording.Options(locale.New("uk"), v)
	scope := v.Bind(letter(offer("Основний", true, 100)))
	b.ReportAllocs()
	for b.Loop() {
		x, err := docx.Open(data)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := x.Fill(scope, o); err != nil {
			b.Fatal(err)
		}
	}
}
