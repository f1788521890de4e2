package ui

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/service/doors"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/theme"
)

// recentBases are the bases that were open lately, the last one first. Files
// that are not there any more are marked, and can be taken off the list.
type recentBases struct {
	o       *opening
	content *fyne.Container
	rows    []*recentRow
}

func newRecentBases(o *opening) *recentBases {
	r := &recentBases{o: o, content: container.New(layout.NewCustomPaddedVBoxLayout(0))}
	r.list()
	r.look()
	return r
}

func (r *recentBases) list() {
	r.content.RemoveAll()
	r.rows = nil
	if len(r.o.p.chosen.recent) == 0 {
		return
	}
	t := r.o.p.words
	head := widget.NewLabelWithStyle(t.T("opening.recent"), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	r.content.Add(head)
	for _, b := range r.o.p.chosen.recent {
		row := &recentRow{o: r.o, base: b, title: b.Firm, place: doors.Name(b.Address)}
		if row.title == "" {
			row.title = row.place
		}
		if store.EngineOf(b.Address) == store.SQLite {
			row.icon = fynetheme.FileIcon()
			row.place = shortPath(b.Address)
		} else {
			row.icon = fynetheme.ComputerIcon()
		}
		if b.Last != 0 {
			row.when = t.Day(b.Last)
		}
		row.open = func() { r.o.open(door{address: b.Address, user: b.User}) }
		row.ExtendBaseWidget(row)
		forget := input.NewIconButton(fynetheme.CancelIcon(), "", func() { r.forget(b.Address) })
		r.rows = append(r.rows, row)
		r.content.Add(container.NewBorder(nil, nil, nil, forget, row))
	}
	r.content.Refresh()
}

func (r *recentBases) forget(address string) {
	r.o.p.chosen.forget(address)
	r.o.p.chosen.save(r.o.p.app)
	r.list()
	r.look()
}

// look finds the files that are gone, off the UI goroutine: one on a drive that
// does not answer may take its time.
func (r *recentBases) look() {
	rows, words := r.rows, r.o.p.words
	r.o.p.runner.Go(context.Background(), func(context.Context) func() {
		missing := make([]bool, len(rows))
		for i, row := range rows {
			if store.EngineOf(row.base.Address) == store.SQLite {
				_, err := os.Stat(row.base.Address)
				missing[i] = err != nil
			}
		}
		return func() {
			for i, row := range rows {
				if missing[i] {
					row.missing = words.T("ui.opening.missing")
					row.Refresh()
				}
			}
		}
	})
}

// recentRow is one of the recent bases: what it is called, where it lies, when
// it was open last.
type recentRow struct {
	widget.BaseWidget
	o                  *opening
	base               recentBase
	icon               fyne.Resource
	title, place, when string
	missing            string // says that the file is gone
	open               func()
	hover, held        bool
}

var (
	_ fyne.Focusable     = (*recentRow)(nil)
	_ fyne.Tappable      = (*recentRow)(nil)
	_ desktop.Hoverable  = (*recentRow)(nil)
	_ desktop.Cursorable = (*recentRow)(nil)
)

// Tapped opens the base.
func (r *recentRow) Tapped(*fyne.PointEvent) { r.open() }

// Cursor is a hand.
func (r *recentRow) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MouseIn is for Fyne.
func (r *recentRow) MouseIn(*desktop.MouseEvent) { r.hover = true; r.Refresh() }

// MouseMoved is for Fyne.
func (r *recentRow) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for Fyne.
func (r *recentRow) MouseOut() { r.hover = false; r.Refresh() }

// FocusGained is for Fyne.
func (r *recentRow) FocusGained() { r.held = true; r.Refresh() }

// FocusLost is for Fyne.
func (r *recentRow) FocusLost() { r.held = false; r.Refresh() }

// TypedRune is for Fyne.
func (r *recentRow) TypedRune(rune) {}

// TypedKey opens the base by Enter or Space.
func (r *recentRow) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter || k.Name == fyne.KeySpace {
		r.open()
		return
	}
	r.o.typedKey(k)
}

// CreateRenderer draws the row.
func (r *recentRow) CreateRenderer() fyne.WidgetRenderer {
	x := &recentRenderer{r: r, back: canvas.NewRectangle(nil), icon: widget.NewIcon(r.icon), title: canvas.NewText("", nil), place: canvas.NewText("", nil), when: canvas.NewText("", nil)}
	x.dress()
	return x
}

type recentRenderer struct {
	r                  *recentRow
	back               *canvas.Rectangle
	icon               *widget.Icon
	title, place, when *canvas.Text
}

func (x *recentRenderer) Destroy() {}

func (x *recentRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{x.back, x.icon, x.title, x.place, x.when}
}

func (x *recentRenderer) MinSize() fyne.Size {
	return fyne.NewSize(theme.Scaled(300), theme.Row()*1.1)
}

func (x *recentRenderer) Layout(fyne.Size) { x.dress() }

func (x *recentRenderer) Refresh() {
	x.dress()
	canvas.Refresh(x.r)
}

func (x *recentRenderer) dress() {
	size := x.r.Size()
	x.back.FillColor, x.back.StrokeWidth = nil, 0
	if x.r.hover {
		x.back.FillColor = fynetheme.Color(theme.Hover)
	}
	if x.r.held {
		x.back.StrokeColor, x.back.StrokeWidth = fynetheme.Color(theme.Ring), 2
	}
	x.back.CornerRadius = theme.Scaled(4)
	x.back.Resize(size)
	edge := theme.Scaled(8)
	icon := theme.Text() * 1.25
	x.icon.Resize(fyne.NewSize(icon, icon))
	x.icon.Move(fyne.NewPos(edge, (size.Height-icon)/2))
	at := func(t *canvas.Text, text string, px float32, tone fyne.ThemeColorName, from, room float32, right bool) float32 {
		t.Text, _ = theme.Fit(text, room, px, t.TextStyle)
		t.TextSize, t.Color = px, theme.Color(tone)
		m := t.MinSize()
		if right {
			from -= m.Width
		}
		t.Move(fyne.NewPos(from, (size.Height-m.Height)/2))
		t.Resize(m)
		return m.Width
	}
	tone, when, place := theme.Foreground, x.r.when, x.r.place
	if x.r.missing != "" {
		tone, when = theme.Muted, x.r.missing
	}
	right := at(x.when, when, theme.Caption(), toneOfWhen(x.r.missing), size.Width-edge, theme.Scaled(200), true)
	left := edge + icon + edge
	room := size.Width - left - right - edge*2
	used := at(x.title, x.r.title, theme.Text(), tone, left, room*0.6, false)
	if place == x.r.title {
		place = ""
	}
	at(x.place, place, theme.Caption(), theme.Muted, left+used+edge, max(0, room-used-edge), false)
}

func toneOfWhen(missing string) fyne.ThemeColorName {
	if missing != "" {
		return theme.Amber
	}
	return theme.Muted
}

// remembered is what the list of recent bases says about a base that was opened.
func remembered(address, user, firm string, day model.Day) recentBase {
	return recentBase{Address: doors.WithoutPassword(absolute(address)), User: user, Firm: firm, Last: day}
}

// absolute is the whole path of a file base.
func absolute(address string) string {
	if store.EngineOf(address) == store.PostgreSQL || strings.TrimSpace(address) == "" {
		return address
	}
	if whole, err := filepath.Abs(address); err == nil {
		return whole
	}
	return address
}
