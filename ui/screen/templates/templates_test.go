package templates

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ugoda/locale"
	"ugoda/model/client"
	"ugoda/model/firm"
	"ugoda/model/proposal"
	"ugoda/model/records"
	"ugoda/service/found"
	"ugoda/service/paper"
	"ugoda/store"
	"ugoda/store/storetest"
	"ugoda/ui/input"
	"ugoda/ui/list"
	"ugoda/ui/screen"
	"ugoda/ui/screen/screentest"
)

func opened(t *testing.T) (*screentest.Host, *Screen, *store.Session) {
	t.Helper()
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	b, err := found.Base(context.Background(), storetest.SQLite(t), found.Firm{Name: "ТОВ «Ми»", Language: locale.Ukrainian}, store.Options{Registry: records.New()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	s := b.System()
	h := screentest.New(t, s)
	x, err := New(h, screen.ToList("template", ""))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(x.Close)
	h.Show(x)
	p := x.(*Screen)
	p.ticker.Stop() // looked at by hand here
	return h, p, s
}

// document is the shipped template with one text of it replaced, as a file.
func document(t *testing.T, path, old, new string) string {
	t.Helper()
	data, err := paper.Sample("proposal", locale.Ukrainian)
	if err != nil {
		t.Fatal(err)
	}
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		out, err := w.Create(f.Name)
		if err == nil {
			_, err = out.Write(bytes.ReplaceAll(content, []byte(old), []byte(new)))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func texts(o fyne.CanvasObject) string {
	out := ""
	switch o := o.(type) {
	case *widget.Label:
		out = o.Text + "\n"
	case *input.Button:
		out = "[" + o.Text() + "]\n"
	case *fyne.Container:
		for _, x := range o.Objects {
			out += texts(x)
		}
	case *container.Scroll:
		out = texts(o.Content)
	}
	return out
}

// A document that is dropped is a template at once, with what is wrong in it
// told by paragraph; it is mended in another program and taken back.
func TestDroppedMendedAndTakenBack(t *testing.T) {
	h, p, s := opened(t)
	w := h.Words()
	if len(p.items) != 8 || slices.ContainsFunc(p.items, func(x item) bool { return x.broken != nil || len(x.problems) > 0 }) {
		t.Fatalf("a new base has %d templates: %+v", len(p.items), p.items)
	}
	dir := t.TempDir()
	p.Dropped([]string{document(t, filepath.Join(dir, "Наш бланк.docx"), "{Вступ}", "{Вступи}")})
	x := p.current()
	if x == nil || x.Name != "Наш бланк" || x.Language != "uk" || len(x.problems) != 1 {
		t.Fatalf("%+v", x)
	}
	said := texts(p.body)
	if !strings.Contains(said, "{Вступи}") || !strings.Contains(said, "{#Вступ}") || strings.Contains(said, w.T("templates.make_default")) {
		t.Errorf("%s", said)
	}
	p.edit()
	c, err := paper.CopyOf(s, x.ID, x.Name)
	if err != nil {
		t.Fatal(err)
	}
	p.look()
	if len(p.current().problems) != 1 {
		t.Error("something was taken back though nothing was edited")
	}
	document(t, c.Path, "{Вступ}", "{Вступ}")
	p.look()
	if x = p.current(); x.Name != "Наш бланк" || len(x.problems) != 0 {
		t.Fatalf("taken back: %+v", x.problems)
	}
	if said = texts(p.body); !strings.Contains(said, w.T("templates.all_sound")) {
		t.Errorf("%s", said)
	}
	p.makeDefault()
	if x = p.current(); !x.Default || p.shown != x.ID {
		t.Error("it is not the default")
	}
	n := 0
	for _, i := range p.items {
		if i.Default && i.Language == "uk" && i.Form == firm.FormProposal {
			n++
		}
	}
	if n != 1 {
		t.Errorf("%d default templates", n)
	}
}

// What was edited while the program did not run waits to be taken or dropped.
func TestEditedMeanwhile(t *testing.T) {
	h, p, s := opened(t)
	x := *p.current()
	p.edit()
	p.Close()
	c, err := paper.CopyOf(s, x.ID, x.Name)
	if err != nil {
		t.Fatal(err)
	}
	document(t, c.Path, "Комерційна", "Найкраща")
	again, err := New(h, screen.ToCard("template", x.ID))
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	q := again.(*Screen)
	q.ticker.Stop()
	if !q.current().edited || !strings.Contains(texts(q.body), h.Words().T("templates.waits")) {
		t.Fatalf("nothing waits: %s", texts(q.body))
	}
	q.look()
	if !q.current().edited {
		t.Error("taken without asking")
	}
	q.take(x.ID, x.Name, true)
	if q.current().edited || bytes.Equal(q.current().File, x.File) {
		t.Error("not taken")
	}
}

func TestWhatIsNoDocument(t *testing.T) {
	_, p, _ := opened(t)
	path := filepath.Join(t.TempDir(), "Лист.docx")
	if err := os.WriteFile(path, []byte("не документ"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := readAndAdd(p, path); err == nil || len(p.items) != 8 {
		t.Errorf("%v, %d templates", err, len(p.items))
	}
}

// readAndAdd is what add does, without the window that shows its error.
func readAndAdd(p *Screen, path string) (int64, error) {
	data, err := paper.ReadTemplate(path)
	if err != nil {
		return 0, err
	}
	return paper.AddTemplate(context.Background(), p.h.Session(), kind, firm.FormProposal, "x", data, locale.Ukrainian)
}

func TestShownWithADocument(t *testing.T) {
	h, p, s := opened(t)
	p.preview()
	if len(h.Opened) != 0 || len(h.Said) == 0 {
		t.Error("shown without a document")
	}
	c := &client.Client{Name: "Клієнт", Form: client.Legal}
	if err := s.Save(context.Background(), "client", c); err != nil {
		t.Fatal(err)
	}
	if err := s.Save(context.Background(), "proposal", &proposal.Proposal{Client: c.Ref(), Date: s.Today(), Currency: "UAH", VATMode: proposal.VATIncluded, Variants: []proposal.Variant{{}}}); err != nil {
		t.Fatal(err)
	}
	p.preview()
	if len(h.Opened) != 1 || h.Opened[0].Arg("template") != p.current().Name {
		t.Errorf("%+v", h.Opened)
	}
}

// The tags are listed with what they print for the document; typing narrows.
func TestTagsAreFound(t *testing.T) {
	h, p, _ := opened(t)
	p.showTags()
	d := h.Dialogs[len(h.Dialogs)-1]
	grid := d.Content.(*fyne.Container).Objects[0].(*list.Grid)
	all := grid.Len()
	d.Focus.(*input.Entry).SetText("логотип")
	if n := grid.Len(); n == 0 || n >= all {
		t.Errorf("%d of %d tags of a logo", n, all)
	}
}

// A document without tags that is dropped is a letterhead: its templates are
// made, and print from then on.
func TestLetterheadIsDropped(t *testing.T) {
	h, p, s := opened(t)
	path := filepath.Join(t.TempDir(), "Бланк Верес.docx")
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, text := range map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
		"_rels/.rels":         `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/document.xml":   `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>ПП «Верес»</w:t></w:r></w:p></w:body></w:document>`,
	} {
		out, err := w.Create(name)
		if err == nil {
			_, err = out.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(w.Close(), os.WriteFile(path, b.Bytes(), 0o600)); err != nil {
		t.Fatal(err)
	}
	p.Dropped([]string{path})
	d := h.Dialogs[len(h.Dialogs)-1]
	d.Buttons[1].Do()
	x := p.current()
	if len(p.items) != 12 || x == nil || x.Form != firm.FormProposal || !x.Default || !strings.HasSuffix(x.Name, "Бланк Верес") || len(x.problems) != 0 || x.broken != nil {
		t.Fatalf("%d templates, %+v", len(p.items), x)
	}
	// What it was is kept, and can be had again.
	first := x.File
	if err := paper.EditedTemplate(context.Background(), s, x.ID, p.items[slices.IndexFunc(p.items, func(i item) bool { return i.Name == "Договір" })].File); err != nil {
		t.Fatal(err)
	}
	p.versions()
	d = h.Dialogs[len(h.Dialogs)-1]
	grid := d.Content.(*fyne.Container).Objects[0].(*list.Grid)
	if grid.Len() != 2 {
		t.Fatalf("%d versions", grid.Len())
	}
	grid.Select(1, list.Range{From: 1, To: 2})
	d.Buttons[1].Do()
	if now := p.current(); now == nil || now.ID != x.ID || !bytes.Equal(now.File, first) {
		t.Error("the first version is not in use again")
	}
}
