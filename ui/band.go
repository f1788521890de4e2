package ui

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/service/guide"
	"ugoda/store"
	"ugoda/ui/frame"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/preview"
	"ugoda/ui/screen/report"
	"ugoda/ui/screen/settings"
	"ugoda/ui/theme"
)

// band is what stands above the screens of a base that somebody is new to: the
// example tells what it is and what to try, a base of one's own what it lacks.
type band struct {
	w       *Window
	owner   *store.Session // whose guide it is: who came in, whoever's eyes are lent
	guide   guide.Guide
	read    bool
	part    guide.Part
	holder  *fyne.Container
	shown   string                           // what the holder shows now
	lend    func(as model.Ref, p guide.Part) // shows the example with another's eyes
	ownBase func()                           // begins a base of one's own
}

// guideKinds are the kinds whose change may tick a step of a base of one's own.
var guideKinds = []string{"organization", "client", "product", "template", "user", "employee"}

func newBand(w *Window, owner *store.Session) *band {
	return &band{w: w, owner: owner, part: guide.Head, holder: container.New(layout.NewCustomPaddedVBoxLayout(0))}
}

// look reads the guide again and shows it.
func (b *band) look() {
	screen.Read(b.w.ctx, b.w, func(ctx context.Context) (guide.Guide, error) { return guide.Read(ctx, b.owner) }, func(g guide.Guide) {
		b.guide, b.read = g, true
		b.show()
	})
}

// onStart reports whether Start is in front.
func (b *band) onStart() bool {
	s := b.w.current()
	return s != nil && s.Address().Screen == homeScreen
}

// show builds the band for the screen in front: whole above Start, its steps
// alone above the screens that they lead to.
func (b *band) show() {
	if !b.read || b.guide.Hidden || !b.guide.Demo && !b.onStart() {
		b.set("", nil)
		return
	}
	var key strings.Builder
	key.WriteString(string(b.w.words.Language()) + string(b.part))
	for _, s := range b.guide.Steps {
		key.WriteString(s.Name)
		if s.Done {
			key.WriteString("+")
		}
	}
	switch {
	case !b.guide.Demo:
		b.set("own"+key.String(), b.own)
	case b.onStart():
		b.set("demo"+key.String(), b.demo)
	default:
		b.set("steps"+key.String(), b.demoSteps)
	}
}

// set puts the band in place, unless it stands there already.
func (b *band) set(key string, build func() fyne.CanvasObject) {
	if b.shown == key && (key == "") == (len(b.holder.Objects) == 0) {
		return
	}
	b.shown = key
	b.holder.RemoveAll()
	if build != nil {
		b.holder.Add(b.dressed(build()))
	}
	b.holder.Refresh()
	b.w.relayout()
}

// dressed gives the band its ground and the line at its left.
func (b *band) dressed(o fyne.CanvasObject) fyne.CanvasObject {
	back := canvas.NewRectangle(theme.Color(theme.Header))
	mark := canvas.NewRectangle(theme.Color(theme.Fill(theme.Blue)))
	mark.SetMinSize(fyne.NewSize(theme.Scaled(4), 1))
	inside := container.New(layout.NewCustomPaddedLayout(theme.Scaled(4), theme.Scaled(4), theme.Scaled(8), theme.Scaled(8)), o)
	return container.NewStack(back, container.NewBorder(nil, nil, mark, nil, inside))
}

func (b *band) demo() fyne.CanvasObject {
	t := b.w.words
	text := t.T("guide.demo.title", "day", b.owner.Today())
	if b.guide.Complete() {
		text = t.T("guide.demo.done")
	}
	title := widget.NewLabelWithStyle(text, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	title.Truncation = fyne.TextTruncateEllipsis
	right := container.NewHBox(widget.NewLabel(t.T("guide.show_as")))
	for _, p := range []guide.Part{guide.Head, guide.Salesperson, guide.Office} {
		button := input.NewButton(t.T("guide.part."+string(p)), func() { b.playAs(p) })
		if p == b.part {
			button.Chosen()
		}
		right.Add(button)
	}
	right.Add(b.startOwn())
	right.Add(b.hideAll())
	return container.New(layout.NewCustomPaddedVBoxLayout(0), container.NewBorder(nil, nil, nil, right, title), b.steps())
}

func (b *band) demoSteps() fyne.CanvasObject {
	return container.NewBorder(nil, nil, nil, b.hideAll(), b.steps())
}

func (b *band) startOwn() fyne.CanvasObject {
	button := input.NewButton(b.w.words.T("opening.own"), func() {
		if b.ownBase != nil {
			b.w.leave(b.ownBase)
		}
	})
	if b.guide.Complete() {
		button.Primary()
	} else {
		button.Framed()
	}
	return button
}

func (b *band) hideAll() fyne.CanvasObject {
	return input.NewIconButton(fynetheme.CancelIcon(), "", func() { b.hide("") })
}

// steps are the steps of the example or of a base of one's own.
func (b *band) steps() fyne.CanvasObject {
	t := b.w.words
	row := container.New(&frame.Flow{Gap: theme.Scaled(6)})
	for i, s := range b.guide.Steps {
		text := t.T("guide.step." + s.Name)
		if s.Name == guide.Stage && !b.guide.RedStage.IsZero() {
			text = t.T("guide.step.named_stage", "stage", b.guide.RedStage.Name)
		}
		var hide func()
		if !b.guide.Demo {
			hide = func() { b.hide(s.Name) }
		}
		row.Add(frame.NewStep(i+1, text, s.Done, func() { b.lead(s.Name) }, hide))
	}
	return row
}

func (b *band) own() fyne.CanvasObject {
	t := b.w.words
	text := t.T("guide.own.title")
	if b.guide.Complete() {
		text = t.T("guide.own.done")
	}
	title := widget.NewLabelWithStyle(text, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	return container.NewBorder(nil, nil, container.NewVBox(title), container.NewVBox(b.hideAll()), b.steps())
}

// hide hides a step, or all, for good.
func (b *band) hide(name string) {
	b.keep(func(ctx context.Context) error { return guide.Hide(ctx, b.owner, name) })
}

func (b *band) keep(do func(ctx context.Context) error) {
	b.w.Background(b.w.ctx, do, func(err error) {
		if err != nil {
			b.w.Fail(err)
			return
		}
		b.look()
	})
}

// tick marks a step of the example as done.
func (b *band) tick(name string) {
	if !b.read || !b.guide.Demo || b.guide.Hidden || slices.Contains(b.guide.Steps, guide.Step{Name: name, Done: true}) {
		return
	}
	b.keep(func(ctx context.Context) error { return guide.Tick(ctx, b.owner, name) })
}

// lead opens the screen where a step is done.
func (b *band) lead(name string) {
	w := b.w
	switch name {
	case guide.Stage, guide.Figure:
		w.Open(w.home())
	case guide.Stuck, guide.Print:
		w.Preview(screen.ToList("deal", b.guide.Red).With(screen.ArgTitle, w.words.T("start.tile.stuck")))
	case guide.Firm:
		screen.Read(w.ctx, w, func(ctx context.Context) (int64, error) { return guide.MainFirm(ctx, b.owner) }, func(id int64) {
			w.Open(screen.ToCard("organization", id))
		})
	case guide.Clients:
		w.Open(screen.ToList("client", ""))
	case guide.Products:
		w.Open(screen.ToList("product", ""))
	case guide.Letterhead:
		w.Open(screen.ToList("template", ""))
	default:
		w.Open(settings.To(name))
	}
}

// playAs shows the example with the eyes of another.
func (b *band) playAs(p guide.Part) {
	if p == b.part || b.lend == nil {
		return
	}
	if p == guide.Head {
		b.w.leave(func() { b.lend(b.owner.User, p) })
		return
	}
	owner := b.owner
	screen.Read(b.w.ctx, b.w, func(ctx context.Context) (map[guide.Part]model.Ref, error) { return guide.Cast(ctx, owner) }, func(cast map[guide.Part]model.Ref) {
		if who := cast[p]; !who.IsZero() {
			b.w.leave(func() { b.lend(who, p) })
		}
	})
}

// opened notices what was opened, for the steps that are done by opening.
func (b *band) opened(a screen.Address, drilled bool) {
	if !b.read || !b.guide.Demo || b.guide.Hidden {
		return
	}
	trail := a.Arg(screen.ArgTrail)
	switch {
	case a.Screen == preview.Name && a.Kind == "proposal":
		b.tick(guide.Print)
	case drilled && report.OfStage(a):
		b.tick(guide.Stage)
	case (a.Screen == screen.List || a.Screen == report.BehindScreen) && drilled && trail != "":
		b.tick(guide.Figure)
	case a.Screen == screen.Card && a.Kind == "deal" && a.ID != 0:
		g, owner, id := b.guide, b.owner, a.ID
		screen.Read(b.w.ctx, b.w, func(ctx context.Context) (bool, error) { return g.IsRed(ctx, owner, id) }, func(yes bool) {
			if yes {
				b.tick(guide.Stuck)
			}
		})
	}
}

// changed reads the guide of a base of one's own again when what it asks about
// was saved.
func (b *band) changed(kinds map[string][]int64) {
	if !b.read || b.guide.Demo || b.guide.Hidden {
		return
	}
	for _, k := range guideKinds {
		if kinds[k] != nil {
			b.look()
			return
		}
	}
}
