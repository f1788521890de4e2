package templates

import (
	"context"
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ugoda/printing/layout"
	"ugoda/service/paper"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/screen/field"
	"ugoda/ui/theme"
)

// chooseDocument is the field of the document that templates are shown with.
func (s *Screen) chooseDocument() *input.Reference {
	t, session := s.h.Words(), s.h.Session()
	const most = 12
	r := input.NewReference(input.ProviderFunc(func(ctx context.Context, text string) ([]input.Item, error) {
		found, err := session.Complete(ctx, kind, text, most, nil)
		if err != nil {
			return nil, err
		}
		items := make([]input.Item, len(found))
		for i, x := range found {
			items[i] = input.Item{ID: x.ID, Text: x.Code + " " + x.Name}
		}
		return items, nil
	}), field.Runner{Host: s.h}, input.ReferenceWords{
		ShowAll:  t.T("ui.field.show_all"),
		NotFound: func(text string) string { return t.T("ui.field.not_found", "kind", t.Kind(kind), "name", text) },
		Failed:   t.Error,
	})
	r.SetPlaceHolder(t.T("templates.latest"))
	r.OnChange = s.redraw
	return r
}

// sheetScale is how many pixels of the picture stand for a point of paper.
const sheetScale = 1.6

// asWide gives a picture the width that there is, up to that of a page on the
// screen, and the height that belongs to it: it must not press the list beside
// it together.
type asWide struct {
	ratio float32
	width float32 // when it was laid out last
	again func()  // lays out anew what holds it
}

const (
	widestSheet    = 430 // at zoom 100
	narrowestSheet = 200
)

// MinSize implements fyne.Layout.
func (l *asWide) MinSize([]fyne.CanvasObject) fyne.Size {
	w := l.width
	if w == 0 {
		w = theme.Scaled(narrowestSheet)
	}
	return fyne.NewSize(theme.Scaled(narrowestSheet), w*l.ratio)
}

// Layout implements fyne.Layout. The height follows from the width, which is
// known only now: who holds it asks once more.
func (l *asWide) Layout(o []fyne.CanvasObject, size fyne.Size) {
	w := min(size.Width, theme.Scaled(widestSheet))
	o[0].Resize(fyne.NewSize(w, w*l.ratio))
	o[0].Move(fyne.NewPos((size.Width-w)/2, 0))
	if w != l.width {
		l.width = w
		fyne.Do(l.again)
	}
}

// paged is the document as it prints through the template in front.
type paged struct {
	laid *layout.Laid // nil: there is no document
	page int          // that is shown, from 0
	of   int64        // the template
}

// drawSheet shows the document through a template, as it would print: one that
// was changed at the page that was looked at, where the document is as long.
func (s *Screen) drawSheet(name string) {
	chosen, page := s.document.Value().ID, s.paged.page
	s.paged.laid = nil
	s.drawn.Go(s.ctx, func(ctx context.Context) func() {
		laid, err := layThrough(ctx, s.h.Session(), name, chosen)
		return s.drawPage(ctx, laid, page, err)
	})
}

// turn shows another page of the document.
func (s *Screen) turn(by int) {
	laid, page := s.paged.laid, s.paged.page+by
	if !s.canTurn(by) {
		return
	}
	s.paged.page = page // the next press goes on from there
	s.drawn.Go(s.ctx, func(ctx context.Context) func() { return s.drawPage(ctx, laid, page, nil) })
}

func (s *Screen) canTurn(by int) bool {
	page := s.paged.page + by
	return s.paged.laid != nil && page >= 0 && page < len(s.paged.laid.Pages())
}

// drawPage draws a page of the document and gives what shows it.
func (s *Screen) drawPage(ctx context.Context, laid *layout.Laid, page int, err error) func() {
	var picture image.Image
	pages := 0
	if err == nil && laid != nil {
		pages = len(laid.Pages())
		page = max(min(page, pages-1), 0)
		picture, err = laid.Draw(ctx, page, sheetScale)
	}
	return func() {
		words := s.h.Words()
		s.sheet.RemoveAll()
		switch {
		case err != nil:
			s.sheet.Add(said(words.Error(err), widget.DangerImportance))
		case picture == nil:
			s.sheet.Add(quiet(words.T("templates.nothing_to_show")))
		default:
			s.paged.laid, s.paged.page = laid, page
			img := canvas.NewImageFromImage(picture)
			img.FillMode = canvas.ImageFillContain
			b := picture.Bounds()
			s.sheet.Add(container.NewVBox(s.pager(pages), container.New(&asWide{ratio: float32(b.Dy()) / float32(b.Dx()), again: s.body.Refresh}, img)))
		}
		s.body.Refresh()
	}
}

// pager is the number of the page with the ways to its neighbours.
func (s *Screen) pager(pages int) fyne.CanvasObject {
	number := quiet(s.h.Words().T("print.page", "page", s.paged.page+1, "pages", pages))
	if pages < 2 {
		return number
	}
	number.Wrapping = fyne.TextWrapOff
	before := input.NewIconButton(fynetheme.NavigateBackIcon(), "", func() { s.turn(-1) }).Framed()
	next := input.NewIconButton(fynetheme.NavigateNextIcon(), "", func() { s.turn(1) }).Framed()
	for b, by := range map[*input.Button]int{before: -1, next: 1} {
		if !s.canTurn(by) {
			b.Disable()
		}
	}
	return container.NewHBox(before, container.NewCenter(number), next)
}

// layThrough lays the document out; nil when there is none.
func layThrough(ctx context.Context, session *store.Session, name string, chosen int64) (*layout.Laid, error) {
	id, err := shownWith(ctx, session, chosen)
	if err != nil || id == 0 {
		return nil, err
	}
	printed, err := paper.DOCX(ctx, session, paper.Job{Kind: kind, ID: id, Template: name, Draft: true})
	if err != nil {
		return nil, err
	}
	return paper.Lay(ctx, printed)
}
