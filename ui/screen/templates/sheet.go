package templates

import (
	"context"
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ugoda/service/paper"
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

// page is the first page of a document.
type page struct {
	picture image.Image
	pages   int
}

// drawSheet shows the first page of the document through a template, as it
// would print.
func (s *Screen) drawSheet(name string) {
	words, chosen := s.h.Words(), s.document.Value().ID
	s.drawn.Go(s.ctx, func(ctx context.Context) func() {
		p, err := firstPage(ctx, s, name, chosen)
		return func() {
			s.sheet.RemoveAll()
			switch {
			case err != nil:
				s.sheet.Add(said(words.Error(err), widget.DangerImportance))
			case p == nil:
				s.sheet.Add(quiet(words.T("templates.nothing_to_show")))
			default:
				img := canvas.NewImageFromImage(p.picture)
				img.FillMode = canvas.ImageFillContain
				b := p.picture.Bounds()
				s.sheet.Add(container.NewVBox(quiet(words.T("print.page", "page", 1, "pages", p.pages)), container.New(&asWide{ratio: float32(b.Dy()) / float32(b.Dx()), again: s.body.Refresh}, img)))
			}
			s.body.Refresh()
		}
	})
}

// firstPage lays the document out; nil when there is no document.
func firstPage(ctx context.Context, s *Screen, name string, chosen int64) (*page, error) {
	session := s.h.Session()
	id, err := shownWith(ctx, session, chosen)
	if err != nil || id == 0 {
		return nil, err
	}
	printed, err := paper.DOCX(ctx, session, paper.Job{Kind: kind, ID: id, Template: name, Draft: true})
	if err != nil {
		return nil, err
	}
	laid, err := paper.Lay(ctx, printed)
	if err != nil {
		return nil, err
	}
	picture, err := laid.Draw(ctx, 0, sheetScale)
	if err != nil {
		return nil, err
	}
	return &page{picture, len(laid.Pages())}, nil
}
