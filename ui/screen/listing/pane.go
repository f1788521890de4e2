package listing

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/ui/run"
	"ugoda/ui/screen"
)

// pane shows the card of the row with the keyboard at the right, without
// opening it.
type pane struct {
	s      *Screen
	shown  bool
	id     int64
	body   *fyne.Container
	scroll *container.Scroll
	latest *run.Latest
}

func newPane(s *Screen) *pane {
	p := &pane{s: s, body: container.NewVBox(), latest: run.NewLatest(hostRunner{s.host})}
	p.scroll = container.NewVScroll(p.body)
	return p
}

// paneShare is how much of the width the grid keeps.
const paneShare = 0.68

// togglePane shows or hides the card at the right.
func (s *Screen) togglePane() {
	s.pane.shown = !s.pane.shown
	s.placePane()
	s.keepState()
	s.pane.follow()
}

func (s *Screen) placePane() {
	if !s.pane.shown {
		s.split.Objects = []fyne.CanvasObject{s.body()}
		s.split.Refresh()
		return
	}
	h := container.NewHSplit(s.body(), s.pane.scroll)
	h.Offset = paneShare
	s.split.Objects = []fyne.CanvasObject{h}
	s.split.Refresh()
}

// follow shows the row that has the keyboard now.
func (p *pane) follow() {
	if id := p.s.current(); p.shown && id != 0 && id != p.id {
		p.id = id
		p.refresh()
	}
}

// refresh reads the card anew.
func (p *pane) refresh() {
	if !p.shown || p.id == 0 {
		return
	}
	s, id := p.s, p.id
	session := s.host.Session()
	p.latest.Go(s.ctx, func(ctx context.Context) func() {
		rec, err := session.Get(ctx, s.kind.Name, id)
		return func() {
			if err != nil {
				s.host.Fail(err)
				return
			}
			p.show(rec)
		}
	})
}

func (p *pane) show(rec model.Keeper) {
	s := p.s
	p.body.RemoveAll()
	title := widget.NewLabelWithStyle(s.kind.TitleOf(rec), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	title.Wrapping = fyne.TextWrapWord
	open := widget.NewButton(s.words.T("button.open"), func() { s.host.Open(screen.ToCard(s.kind.Name, rec.Base().ID)) })
	p.body.Add(title)
	p.body.Add(container.NewHBox(open))
	form := container.New(layout.NewFormLayout())
	role := s.host.Session().Role
	for _, f := range s.kind.Fields {
		if f.Hidden || f.Computed || f.Type == model.Bytes || !f.SeenBy(role) {
			continue
		}
		text := s.source.painter.text(column{path: f.Name, owner: s.kind.Name, field: f}, f.Value(rec))
		if text == "" {
			continue
		}
		label := widget.NewLabel(s.words.Field(s.kind.Name, f.Name))
		label.Importance = widget.LowImportance
		value := widget.NewLabel(text)
		value.Wrapping = fyne.TextWrapWord
		form.Add(label)
		form.Add(value)
	}
	p.body.Add(form)
	p.body.Refresh()
}
