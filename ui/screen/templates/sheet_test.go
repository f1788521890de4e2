package templates

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ugoda/model/client"
	"ugoda/model/proposal"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/list"
	"ugoda/ui/screen"
	"ugoda/ui/screen/screentest"
	"ugoda/ui/theme"
)

// The page beside the list takes the width that there is, and asks for the
// height that belongs to it; it does not press the list together.
func TestPageIsAsWideAsThereIsRoom(t *testing.T) {
	screentest.New(t, nil)
	asked := 0
	l := &asWide{ratio: 1.4, again: func() { asked++ }}
	img := canvas.NewRectangle(nil)
	box := container.New(l, img)
	if w := box.MinSize().Width; w > theme.Scaled(220) {
		t.Errorf("it wants %v at least", w)
	}
	for _, width := range []float32{250, 400, 900, 300} {
		width = theme.Scaled(width)
		box.Resize(fyne.NewSize(width, 10))
		want := min(width, theme.Scaled(widestSheet))
		if img.Size().Width != want || img.Size().Height != want*1.4 || box.MinSize().Height != want*1.4 {
			t.Errorf("at %v the page is %v and asks for %v", width, img.Size(), box.MinSize())
		}
	}
	if asked != 4 {
		t.Errorf("asked %d times for another height", asked)
	}
}

// The page beside the list turns by the keys of the window's menu and by its
// arrows, through all pages of the document, and no further.
func TestPagesTurn(t *testing.T) {
	_, p, s := opened(t)
	if p.Can(screen.Next) || p.Can(screen.Previous) {
		t.Error("it turns without a document")
	}
	offered(t, s, 90)
	p.redraw()
	shown := func() string {
		var said string
		for _, o := range within(p.sheet) {
			if l, ok := o.(*widget.Label); ok {
				said = l.Text
			}
		}
		return said
	}
	pages := len(p.paged.laid.Pages())
	if pages < 3 {
		t.Fatalf("%d pages", pages)
	}
	words := p.h.Words()
	for page := 1; page <= pages; page++ {
		if want := words.T("print.page", "page", page, "pages", pages); shown() != want {
			t.Errorf("%q, not %q", shown(), want)
		}
		if p.Can(screen.Next) != (page < pages) || p.Can(screen.Previous) != (page > 1) {
			t.Errorf("page %d of %d: forward %v, back %v", page, pages, p.Can(screen.Next), p.Can(screen.Previous))
		}
		p.Do(screen.Next)
	}
	var arrows []*input.Button
	for _, o := range within(p.sheet) {
		if b, ok := o.(*input.Button); ok {
			arrows = append(arrows, b)
		}
	}
	if len(arrows) != 2 || arrows[0].Disabled() || !arrows[1].Disabled() {
		t.Fatalf("on the last page: %d arrows", len(arrows))
	}
	arrows[0].Tapped(&fyne.PointEvent{})
	if want := words.T("print.page", "page", pages-1, "pages", pages); shown() != want {
		t.Errorf("%q, not %q", shown(), want)
	}
	// Read anew it stays at its page; another template begins with its first.
	p.redraw()
	if p.paged.page != pages-2 {
		t.Errorf("read anew, page %d is shown", p.paged.page+1)
	}
	p.grid.Select(1, list.Range{From: 1, To: 2})
	p.follow()
	if p.paged.page != 0 {
		t.Errorf("page %d is shown of the next template", p.paged.page+1)
	}
}

// within is what containers hold, themselves left out.
func within(o fyne.CanvasObject) []fyne.CanvasObject {
	c, ok := o.(*fyne.Container)
	if !ok {
		return []fyne.CanvasObject{o}
	}
	var out []fyne.CanvasObject
	for _, k := range c.Objects {
		out = append(out, within(k)...)
	}
	return out
}

// offered keeps a proposal of as many lines.
func offered(t *testing.T, s *store.Session, lines int) {
	t.Helper()
	c := &client.Client{Name: "Довге", Form: client.Legal}
	if err := s.Save(t.Context(), "client", c); err != nil {
		t.Fatal(err)
	}
	v := proposal.Variant{}
	for range lines {
		v.Lines = append(v.Lines, proposal.Line{Text: "Насос", Unit: "шт", Quantity: 1000, Price: 10_000})
	}
	if err := s.Save(t.Context(), "proposal", &proposal.Proposal{Client: c.Ref(), Date: s.Today(), Currency: "UAH", VATMode: proposal.VATIncluded, Variants: []proposal.Variant{v}}); err != nil {
		t.Fatal(err)
	}
}
