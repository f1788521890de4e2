package preview

import (
	"bytes"
	"context"
	"image/color"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/model/firm"
	"ugoda/model/proposal"
	"ugoda/service/demo/demotest"
	"ugoda/service/paper"
	"ugoda/store"
	"ugoda/store/storetest"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/screentest"
)

// opened is the preview of the longest proposal of a demo base.
func opened(t *testing.T) (*screentest.Host, *Screen, *store.Session) {
	t.Helper()
	ctx := context.Background()
	b := demotest.Small(t, storetest.SQLite(t), 7, 0)
	s := b.System()
	if err := s.SetPreference(ctx, paper.EngineSetting, string(paper.Own)); err != nil {
		t.Fatal(err)
	}
	rows, err := s.Page(ctx, store.Query{Kind: "proposal", Columns: []string{"positions"}, Sort: []store.Order{{Path: "positions", Desc: true}}, Limit: 1})
	if err != nil || len(rows) == 0 {
		t.Fatal("no proposals in the demo", err)
	}
	h := screentest.New(t, s)
	x, err := New(h, To("proposal", rows[0].ID))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(x.Close)
	h.Show(x)
	p := x.(*Screen)
	p.Shown()
	return h, p, s
}

// ink counts the dark pixels of what is on the screen.
func ink(h *screentest.Host) int {
	img := h.Canvas().Capture()
	n := 0
	b := img.Bounds()
	for y := b.Min.Y + 60; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			c := color.GrayModel.Convert(img.At(x, y)).(color.Gray)
			if c.Y < 90 {
				n++
			}
		}
	}
	return n
}

func TestPagesAreShown(t *testing.T) {
	h, p, _ := opened(t)
	if p.shown == nil || p.shown.failed != nil {
		t.Fatalf("%+v", p.shown)
	}
	if n := len(p.shown.laid.Pages()); n < 2 || p.page.Text != "1 з "+string(rune('0'+n)) {
		t.Errorf("%d pages, the label says %q", n, p.page.Text)
	}
	if n := ink(h); n < 1500 {
		t.Errorf("%d dark pixels: the page is empty", n)
	}
	if !strings.Contains(p.Title(), p.shown.number) {
		t.Errorf("the tab says %q", p.Title())
	}
	img := p.sheets.slots[0].img
	if img == nil {
		t.Fatal("the first page was not drawn")
	}
	if w := p.sheets.slots[0].raster.Size().Width; img.Bounds().Dx() != int(w) && img.Bounds().Dx() != int(w+0.5) {
		t.Errorf("drawn in %d pixels for %v on the screen: not sharp", img.Bounds().Dx(), w)
	}
}

func TestKeys(t *testing.T) {
	h, p, _ := opened(t)
	if h.Canvas().Focused() != fyne.Focusable(p.sheets) {
		t.Fatal("the pages have no keyboard")
	}
	key := func(k fyne.KeyName) { p.sheets.TypedKey(&fyne.KeyEvent{Name: k}) }
	wide := p.sheets.zoom
	key(fyne.KeyPageDown)
	if p.sheets.scroll.Offset.Y == 0 {
		t.Error("Page Down goes nowhere")
	}
	key(fyne.KeyEnd)
	if last := len(p.sheets.sizes) - 1; p.sheets.page != last {
		t.Errorf("End: page %d of %d", p.sheets.page, last)
	}
	key(fyne.KeyHome)
	if p.sheets.scroll.Offset.Y != 0 || p.sheets.page != 0 {
		t.Error("Home")
	}
	p.sheets.TypedRune('+')
	if p.sheets.zoom <= wide || p.sheets.fit != byHand {
		t.Errorf("+: %v after %v", p.sheets.zoom, wide)
	}
	for range 30 {
		p.sheets.TypedRune('+')
	}
	if p.sheets.zoom != zoomMost {
		t.Errorf("zoom without end: %v", p.sheets.zoom)
	}
	p.sheets.TypedRune('9')
	if got := p.sheets.points(p.sheets.sizes[0].H); got > p.sheets.scroll.Size().Height {
		t.Errorf("a whole page is %v high in %v", got, p.sheets.scroll.Size().Height)
	}
	p.sheets.TypedRune('1')
	if p.zoom.Text() != "100\u00a0%" {
		t.Errorf("%q", p.zoom.Text())
	}
	p.Do(screen.Next)
	if p.sheets.page != 1 {
		t.Errorf("the next page is %d", p.sheets.page)
	}
	p.Do(screen.Previous)
	if p.sheets.page != 0 {
		t.Errorf("the page before is %d", p.sheets.page)
	}
	// Far pages are forgotten.
	for i := range p.sheets.slots {
		p.sheets.goPage(i)
		ink(h)
	}
	kept := 0
	for _, x := range p.sheets.slots {
		if x.img != nil {
			kept++
		}
	}
	if kept > 5 {
		t.Errorf("%d pages are kept", kept)
	}
}

// What was changed elsewhere is seen, and the place is kept.
func TestFollowsTheRecord(t *testing.T) {
	_, p, s := opened(t)
	ctx := context.Background()
	before := p.shown
	rec, err := s.Get(ctx, "proposal", p.At.ID)
	if err != nil {
		t.Fatal(err)
	}
	firms := rec.(*proposal.Proposal).Organization.ID
	if rec, err = s.Get(ctx, "organization", firms); err != nil {
		t.Fatal(err)
	}
	o := rec.(*firm.Organization)
	o.FullName = "ТОВ «Перейменоване»"
	if err := s.Save(ctx, "organization", o); err != nil {
		t.Fatal(err)
	}
	p.Changed(map[string][]int64{"proposal": {p.At.ID + 1}, "deal": {1}})
	if p.shown != before {
		t.Error("read anew for another's change")
	}
	p.Changed(map[string][]int64{"organization": {o.ID}})
	if p.shown == before || bytes.Equal(p.shown.printed.DOCX, before.printed.DOCX) {
		t.Error("the change is not seen")
	}
}

// A broken template is told in words, with the tag, instead of a page.
func TestBrokenTemplate(t *testing.T) {
	h, p, s := opened(t)
	ctx := context.Background()
	bad := &firm.Template{Name: "Зламаний", For: "proposal", Language: "uk", File: broken(t)}
	if err := s.Save(ctx, "template", bad); err != nil {
		t.Fatal(err)
	}
	p.Changed(map[string][]int64{"template": {bad.ID}})
	p.template.Set("Зламаний")
	p.template.OnChange()
	if p.shown.failed == nil {
		t.Fatal("printed through a broken template")
	}
	text := ""
	each(p.holder, func(o fyne.CanvasObject) {
		if l, ok := o.(*widget.Label); ok {
			text += l.Text + "\n"
		}
	})
	if !strings.Contains(text, "{Нема_такого}") {
		t.Errorf("the tag is not named: %s", text)
	}
	if p.Can(screen.Print) || p.Can(screen.Save) {
		t.Error("offers to print nothing")
	}
	p.template.Set("")
	p.template.OnChange()
	if p.shown.failed != nil || ink(h) < 1500 {
		t.Error("the usual template does not come back")
	}
}

// broken is the shipped template with a tag that does not exist.
func broken(t *testing.T) []byte {
	t.Helper()
	data, err := os.ReadFile("../../../assets/templates/proposal-uk.docx")
	if err != nil {
		t.Fatal(err)
	}
	return rewritten(t, data, "{Вступ}", "{Нема_такого}")
}

func each(o fyne.CanvasObject, do func(fyne.CanvasObject)) {
	do(o)
	switch o := o.(type) {
	case *fyne.Container:
		for _, x := range o.Objects {
			each(x, do)
		}
	case fyne.Widget:
		for _, x := range widgetObjects(o) {
			each(x, do)
		}
	}
}

// The document goes to the printer that was chosen, so many times, and the
// printer is remembered.
func TestPrints(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the stand-ins are shell scripts")
	}
	dir := t.TempDir()
	for name, script := range map[string]string{
		"lpstat": `printf 'printer Archive disabled since Mon\nprinter Office is idle.\nsystem default destination: Office\n'`,
		"lp":     `printf '%s\n' "$@" >` + dir + `/args; cat >` + dir + `/got.pdf`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\nPATH=/usr/bin:/bin\n"+script+"\n"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir)
	h, p, s := opened(t)
	p.Do(screen.Print)
	if len(h.Dialogs) != 1 {
		t.Fatal("no dialog")
	}
	d := h.Dialogs[0]
	var printer *input.Choice
	var copies *input.Entry
	each(d.Content, func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *input.Choice:
			printer = o
		case *input.Entry:
			copies = o
		}
	})
	if printer.Value() != "Office" {
		t.Errorf("the default printer is %q", printer.Value())
	}
	copies.SetText("0")
	d.Enter()
	if copies.Problem() == "" || !d.Open() {
		t.Error("no copies were printed")
	}
	copies.SetText("2")
	d.Enter()
	args, err := os.ReadFile(filepath.Join(dir, "args"))
	if err != nil {
		t.Fatal(err)
	}
	if got := string(args); !strings.Contains(got, "-d\nOffice\n-n\n2\n") || !strings.Contains(got, p.shown.printed.Name) {
		t.Errorf("%q", got)
	}
	pdf, err := os.ReadFile(filepath.Join(dir, "got.pdf"))
	if err != nil || !strings.HasPrefix(string(pdf), "%PDF-") {
		t.Errorf("%d bytes, %v", len(pdf), err)
	}
	if kept, err := s.Preference(context.Background(), printerSetting); kept != "Office" || err != nil {
		t.Errorf("%q %v", kept, err)
	}
}

// What may not leave any more does not, though it still stands in sight as it
// could a moment ago.
func TestWhatIsInSightMayNotLeaveAnyMore(t *testing.T) {
	dir := t.TempDir()
	for name, script := range map[string]string{
		"lpstat": `printf 'printer Office is idle.\nsystem default destination: Office\n'`,
		"lp":     `cat >` + dir + `/got.pdf`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\nPATH=/usr/bin:/bin\n"+script+"\n"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir)
	t.Setenv("TMPDIR", t.TempDir())
	_, p, s := opened(t)
	ctx := context.Background()
	rec, err := s.Get(ctx, "proposal", p.At.ID)
	if err != nil {
		t.Fatal(err)
	}
	copied := rec.(*proposal.Proposal)
	copied.Record, copied.Status, copied.Revision, copied.Kept, copied.SentRevision = model.Record{}, proposal.Draft, 0, 0, 0
	for i := range copied.Variants {
		copied.Variants[i].ID = 0
		for j := range copied.Variants[i].Lines {
			l := &copied.Variants[i].Lines[j]
			l.ID, l.Discount, l.DiscountSum, l.DiscountFixed, l.Parts = 0, 0, 0, false, nil
		}
	}
	if err := s.Save(ctx, "proposal", copied); err != nil {
		t.Fatal(err)
	}
	h := &refusing{Host: screentest.New(t, s)}
	x, err := New(h, To("proposal", copied.ID))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(x.Close)
	h.Show(x)
	p = x.(*Screen)
	if len(p.shown.printed.Held) > 0 {
		t.Fatal("it is held from the beginning")
	}
	for i := range copied.Variants[0].Lines {
		copied.Variants[0].Lines[i].Discount = 5000
	}
	if err := s.Save(ctx, "proposal", copied); err != nil { // by somebody else: this window has not heard of it yet
		t.Fatal(err)
	}
	for _, format := range paper.Formats {
		before := len(h.refused)
		p.make(format, func(paper.File) { t.Errorf("%s left", format) })
		if len(h.refused) == before {
			t.Errorf("%s was not refused", format)
		}
	}
	before := len(h.refused)
	p.send("Office", 1)
	if _, err := os.Stat(filepath.Join(dir, "got.pdf")); err == nil || len(h.refused) == before {
		t.Error("it was printed")
	}
}

// refusing is a window that writes down what it was refused.
type refusing struct {
	*screentest.Host
	refused []error
}

// Fail implements screen.Host.
func (h *refusing) Fail(err error) {
	if err != nil {
		h.refused = append(h.refused, err)
	}
}
