package layout_test

import (
	"context"
	"testing"

	"ugoda/printing/layout"
)

func lay(t testing.TB, docx []byte, o layout.Options) *layout.Result {
	t.Helper()
	r, err := layout.PDF(context.Background(), docx, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func BenchmarkProposal(b *testing.B) {
	doc := proposal(b, 40)
	for b.Loop() {
		lay(b, doc, layout.Options{})
	}
}
