package timeline

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/reports"
	"ugoda/ui/screen"
	"ugoda/ui/theme"
)

// eventView draws one event: a line of when, what and who, the subject, which
// opens it, and its words.
type eventView struct {
	widget.BaseWidget
	when, title string
	words       string
	tone        fyne.ThemeColorName // of the first line
	dot         fyne.ThemeColorName
	open        func()
	hovered     bool
	width       float32
	// Of all events one takes the keyboard by Tab, the one that had it last; the
	// arrows go on from there.
	current func() bool
	step    func(from *eventView, by int)
	finish  func() // what Space does; nil: nothing
	focused bool
}

var (
	_ fyne.Tappable      = (*eventView)(nil)
	_ desktop.Hoverable  = (*eventView)(nil)
	_ desktop.Cursorable = (*eventView)(nil)
	_ fyne.Focusable     = (*eventView)(nil)
	_ fyne.Disableable   = (*eventView)(nil)
)

func newEventView(h screen.Host, e reports.Event, open func()) *eventView {
	t := h.Words()
	v := &eventView{open: open, tone: theme.Muted, width: theme.Scaled(Width) - theme.Scaled(30)}
	v.when, v.title, v.words = When(t, e, h.Session().Today()), e.Title, e.Words
	v.dot = dot(e)
	if e.Open {
		v.tone = DueTone(e.Due, h.Session().Today())
	}
	var line []string
	switch e.Kind {
	case "activity":
		line = append(line, v.when, t.Choice("activity", "type", e.Type))
		if e.Result != "" {
			v.words = strings.Trim(e.Result+". "+e.Words, ". ")
		}
		if v.title == "" {
			v.title, v.words = v.words, ""
		}
	case "move":
		line = append(line, v.when, t.Field("deal", "stage"))
		if e.From != "" {
			v.title = e.From + " › " + e.Title
		}
	case "proposal", "invoice":
		line = append(line, v.when, t.Kind(e.Kind), t.Choice(e.Kind, "status", e.State))
		if e.Amount.Currency != "" {
			v.words = t.Money(e.Amount)
		}
	case "letter":
		line = append(line, v.when, t.Kind("letter"), t.Choice("letter", "state", e.State))
	default:
		line = append(line, v.when, t.Kind(e.Kind), t.Choice(e.Kind, "outcome", e.State))
	}
	line = append(line, e.Who)
	v.when = ""
	for _, x := range line {
		if x != "" {
			if v.when != "" {
				v.when += " · "
			}
			v.when += x
		}
	}
	v.ExtendBaseWidget(v)
	return v
}

// When writes when an event was, or when it is due.
func When(t *locale.Printer, e reports.Event, today model.Day) string {
	switch {
	case e.Open && e.Hour != "":
		return t.Due(e.Due, today) + " " + e.Hour
	case e.Open:
		return t.Due(e.Due, today)
	case e.Day:
		return t.Day(model.DayOf(e.At))
	}
	return t.MomentShort(e.At, today)
}

// DueTone is the colour of a day on which something is due.
func DueTone(due, today model.Day) fyne.ThemeColorName {
	switch {
	case due == 0:
		return theme.Muted
	case due < today:
		return theme.Red
	case due == today:
		return theme.Amber
	}
	return theme.Green
}

func dot(e reports.Event) fyne.ThemeColorName {
	switch e.Kind {
	case "move":
		switch e.State {
		case "won":
			return theme.Green
		case "lost":
			return theme.Red
		case "hold":
			return theme.Violet
		}
		return theme.Blue
	case "proposal", "letter":
		return theme.Violet
	case "invoice":
		return theme.Green
	case "inquiry":
		return theme.Amber
	}
	return theme.Muted
}

// Tapped opens the event.
func (v *eventView) Tapped(*fyne.PointEvent) {
	if v.open != nil {
		v.open()
	}
}

// Disabled implements fyne.Disableable: Tab passes all events but one.
func (v *eventView) Disabled() bool { return v.current != nil && !v.current() }

// Enable implements fyne.Disableable.
func (v *eventView) Enable() {}

// Disable implements fyne.Disableable.
func (v *eventView) Disable() {}

// FocusGained is for Fyne.
func (v *eventView) FocusGained() { v.focused = true; v.Refresh() }

// FocusLost is for Fyne.
func (v *eventView) FocusLost() { v.focused = false; v.Refresh() }

// TypedRune is for Fyne.
func (v *eventView) TypedRune(rune) {}

// TypedKey goes through the events, opens one, and finishes what is planned.
func (v *eventView) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyUp:
		v.step(v, -1)
	case fyne.KeyDown:
		v.step(v, 1)
	case fyne.KeyHome:
		v.step(v, -1<<20)
	case fyne.KeyEnd:
		v.step(v, 1<<20)
	case fyne.KeyReturn, fyne.KeyEnter:
		v.Tapped(nil)
	case fyne.KeySpace:
		if v.finish != nil {
			v.finish()
		}
	}
}

// MouseIn is for Fyne.
func (v *eventView) MouseIn(*desktop.MouseEvent) { v.hovered = true; v.Refresh() }

// MouseMoved is for Fyne.
func (v *eventView) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for Fyne.
func (v *eventView) MouseOut() { v.hovered = false; v.Refresh() }

// Cursor is for Fyne.
func (v *eventView) Cursor() desktop.Cursor { return desktop.PointerCursor }

// Resize wraps the words anew.
func (v *eventView) Resize(s fyne.Size) {
	if s.Width != v.width && s.Width > 0 {
		v.width = s.Width
	}
	v.BaseWidget.Resize(s)
}

const (
	left     = 16
	maxLines = 6
)

func (v *eventView) lines() (title, words []string) {
	room := v.width - theme.Scaled(left) - 4
	title = theme.Wrap(v.title, room, theme.Text(), fyne.TextStyle{})
	if v.words != "" {
		words = theme.Wrap(v.words, room, theme.Caption(), fyne.TextStyle{})
	}
	return title[:min(len(title), 2)], words[:min(len(words), maxLines)]
}

func (v *eventView) height() float32 {
	title, words := v.lines()
	return theme.Caption()*1.35 + float32(len(title))*theme.Text()*1.4 + float32(len(words))*theme.Caption()*1.35 + theme.Scaled(8)
}

// CreateRenderer is for Fyne.
func (v *eventView) CreateRenderer() fyne.WidgetRenderer {
	r := &eventRenderer{v: v}
	r.Refresh()
	return r
}

type eventRenderer struct {
	v       *eventView
	objects []fyne.CanvasObject
}

func (r *eventRenderer) Destroy()                     {}
func (r *eventRenderer) MinSize() fyne.Size           { return fyne.NewSize(theme.Scaled(120), r.v.height()) }
func (r *eventRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *eventRenderer) Layout(fyne.Size)             { r.Refresh() }

// Refresh draws the event.
func (r *eventRenderer) Refresh() {
	v := r.v
	title, words := v.lines()
	r.objects = r.objects[:0]
	if v.hovered {
		back := canvas.NewRectangle(theme.Color(theme.Hover))
		back.CornerRadius = 3
		back.Resize(fyne.NewSize(v.Size().Width, v.Size().Height))
		r.objects = append(r.objects, back)
	}
	if v.focused {
		ring := canvas.NewRectangle(color.Transparent)
		ring.StrokeColor, ring.StrokeWidth, ring.CornerRadius = theme.Color(theme.Ring), 1.5, 3
		ring.Move(fyne.NewPos(1, 1))
		ring.Resize(v.Size().SubtractWidthHeight(2, 2))
		r.objects = append(r.objects, ring)
	}
	dot := canvas.NewCircle(theme.Color(v.dot))
	dot.Resize(fyne.NewSquareSize(theme.Scaled(7)))
	dot.Move(fyne.NewPos(3, theme.Scaled(6)))
	r.objects = append(r.objects, dot)
	y := theme.Scaled(2)
	put := func(text string, size float32, tone fyne.ThemeColorName) {
		fit, _ := theme.Fit(text, v.width-theme.Scaled(left)-2, size, fyne.TextStyle{})
		x := canvas.NewText(fit, theme.Color(tone))
		x.TextSize = size
		x.Move(fyne.NewPos(theme.Scaled(left), y))
		r.objects = append(r.objects, x)
		y += size * 1.37
	}
	put(v.when, theme.Caption(), v.tone)
	for _, l := range title {
		put(l, theme.Text(), theme.Foreground)
	}
	for _, l := range words {
		put(l, theme.Caption(), theme.Muted)
	}
	canvas.Refresh(v)
}
