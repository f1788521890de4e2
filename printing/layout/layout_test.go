package layout_test

import (
	"context"
	"os"
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

func TestDump(t *testing.T) {
	doc := proposal(t, 40)
	r := lay(t, doc, layout.Options{})
	os.WriteFile("/tmp/pdfexp/p.docx", doc, 0o644)
	os.WriteFile("/tmp/pdfexp/p.pdf", r.PDF, 0o644)
	t.Log(r.Pages, r.Unsupported, r.Substituted, len(r.PDF))
}

func BenchmarkProposal(b *testing.B) {
	doc := proposal(b, 40)
	for b.Loop() {
		lay(b, doc, layout.Options{})
	}
}
