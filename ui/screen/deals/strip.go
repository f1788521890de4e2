package deals

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"ugoda/locale"
	"ugoda/model/deal"
	"ugoda/reports"
	"ugoda/ui/theme"
)

// strip shows the stages of a deal with the days in each; a click, or Enter,
// moves the deal to a stage.
type strip struct {
	widget.BaseWidget
	words   *locale.Printer
	stays   []reports.StageStay
	chosen  func(reports.StageStay)
	focus   int // stage with the keyboard
	focused bool
	hover   int
}

var (
	_ fyne.Tappable      = (*strip)(nil)
	_ fyne.Focusable     = (*strip)(nil)
	_ desktop.Hoverable  = (*strip)(nil)
	_ desktop.Cursorable = (*strip)(nil)
)

func newStrip(words *locale.Printer, chosen func(reports.StageStay)) *strip {
	s := &strip{words: words, chosen: chosen, hover: -1}
	s.ExtendBaseWidget(s)
	return s
}

// show takes the stages: those in work, and the one that the deal ended in.
func (s *strip) show(stays []reports.StageStay) {
	s.stays = nil
	for _, x := range stays {
		if x.Kind == deal.Open || x.Now {
			s.stays = append(s.stays, x)
			if x.Now {
				s.focus = len(s.stays) - 1
			}
		}
	}
	s.Refresh()
}

func (s *strip) at(x float32) int {
	if len(s.stays) == 0 || s.Size().Width <= 0 {
		return -1
	}
	return min(max(int(x/(s.Size().Width/float32(len(s.stays)))), 0), len(s.stays)-1)
}

// Tapped moves the deal to the stage.
func (s *strip) Tapped(e *fyne.PointEvent) { s.choose(s.at(e.Position.X)) }

func (s *strip) choose(i int) {
	if i >= 0 && i < len(s.stays) && !s.stays[i].Now {
		s.chosen(s.stays[i])
	}
}

// FocusGained is for Fyne.
func (s *strip) FocusGained() { s.focused = true; s.Refresh() }

// FocusLost is for Fyne.
func (s *strip) FocusLost() { s.focused = false; s.Refresh() }

// TypedRune is for Fyne.
func (s *strip) TypedRune(rune) {}

// TypedKey walks the stages with the arrows and moves the deal with Enter.
func (s *strip) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft:
		s.focus = max(s.focus-1, 0)
	case fyne.KeyRight:
		s.focus = min(s.focus+1, len(s.stays)-1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		s.choose(s.focus)
	}
	s.Refresh()
}

// MouseIn is for Fyne.
func (s *strip) MouseIn(e *desktop.MouseEvent) { s.MouseMoved(e) }

// MouseMoved is for Fyne.
func (s *strip) MouseMoved(e *desktop.MouseEvent) {
	if i := s.at(e.Position.X); i != s.hover {
		s.hover = i
		s.Refresh()
	}
}

// MouseOut is for Fyne.
func (s *strip) MouseOut() { s.hover = -1; s.Refresh() }

// Cursor is for Fyne.
func (s *strip) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer is for Fyne.
func (s *strip) CreateRenderer() fyne.WidgetRenderer {
	r := &stripRenderer{s: s}
	r.Refresh()
	return r
}

type stripRenderer struct {
	s       *strip
	objects []fyne.CanvasObject
}

func (r *stripRenderer) Destroy()                     {}
func (r *stripRenderer) MinSize() fyne.Size           { return fyne.NewSize(theme.Scaled(200), theme.Scaled(40)) }
func (r *stripRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *stripRenderer) Layout(fyne.Size)             { r.Refresh() }

// tones of a stage: its background and its text.
func (s *strip) tones(x reports.StageStay) (back, text fyne.ThemeColorName) {
	switch {
	case x.Now && x.Kind == deal.Won:
		return theme.PillFill(theme.Green), theme.Green
	case x.Now && x.Kind == deal.Lost:
		return theme.PillFill(theme.Red), theme.Red
	case x.Now && x.Kind == deal.Hold:
		return theme.PillFill(theme.Violet), theme.Violet
	case x.Now && stayTone(x) != "":
		return theme.PillFill(stayTone(x)), stayTone(x)
	case x.Now:
		return theme.PillFill(theme.Blue), theme.Blue
	case x.Been:
		return theme.Header, theme.Foreground
	}
	return theme.Background, theme.Muted
}

// stayTone is the colour of a stay that is too long, by the rule of deals; empty:
// it is not.
func stayTone(x reports.StageStay) fyne.ThemeColorName {
	switch x.Attention {
	case deal.AttentionStuck:
		return theme.Red
	case deal.AttentionLate:
		return theme.Amber
	}
	return ""
}

// Refresh draws the stages.
func (r *stripRenderer) Refresh() {
	s := r.s
	r.objects = r.objects[:0]
	if len(s.stays) == 0 {
		canvas.Refresh(s)
		return
	}
	w, h := s.Size().Width/float32(len(s.stays)), s.Size().Height
	for i, x := range s.stays {
		back, tone := s.tones(x)
		if i == s.hover && !x.Now {
			back = theme.Hover
		}
		box := canvas.NewRectangle(theme.Color(back))
		box.CornerRadius = 3
		box.StrokeColor, box.StrokeWidth = theme.Color(theme.Line), 1
		if s.focused && i == s.focus {
			box.StrokeColor, box.StrokeWidth = theme.Color(theme.Ring), 2
		}
		box.Move(fyne.NewPos(float32(i)*w+1, 1))
		box.Resize(fyne.NewSize(w-2, h-2))
		r.objects = append(r.objects, box)
		put := func(text string, y, size float32, tone fyne.ThemeColorName, bold bool) {
			style := fyne.TextStyle{Bold: bold}
			fit, _ := theme.Fit(text, w-12, size, style)
			o := canvas.NewText(fit, theme.Color(tone))
			o.TextSize, o.TextStyle = size, style
			o.Move(fyne.NewPos(float32(i)*w+7, y))
			r.objects = append(r.objects, o)
		}
		put(x.Stage.Name, theme.Scaled(3), theme.Text(), tone, x.Now)
		if x.Been && (x.Kind == deal.Open || x.Kind == deal.Hold) {
			days := s.words.Days(x.Days)
			daysTone := theme.Muted
			if !x.Now && x.Attention != "" {
				daysTone = theme.Amber // it stood there too long
			} else if stayTone(x) != "" {
				daysTone = stayTone(x)
			}
			put(days, theme.Scaled(20), theme.Caption(), daysTone, false)
		}
	}
	canvas.Refresh(s)
}
