package preview

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"ugoda/ui/input"
)

// widgetObjects are what a widget holds.
func widgetObjects(w fyne.Widget) []fyne.CanvasObject {
	switch w := w.(type) {
	case *container.Scroll:
		return []fyne.CanvasObject{w.Content}
	case *input.Labelled:
		return []fyne.CanvasObject{w.Field()}
	}
	return test.WidgetRenderer(w).Objects()
}

// rewritten is a document with one text of it replaced.
func rewritten(t *testing.T, data []byte, old, new string) []byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	found := false
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(content), old) {
			found = true
			content = []byte(strings.ReplaceAll(string(content), old, new))
		}
		out, err := w.Create(f.Name)
		if err == nil {
			_, err = out.Write(content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if !found {
		t.Fatalf("no %q in the document", old)
	}
	return b.Bytes()
}
