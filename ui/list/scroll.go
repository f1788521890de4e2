package list

import (
	"fyne.io/fyne/v2"
)

// A notch of a wheel comes as 25 (Fyne's scroll speed outside macOS) and moves
// by three rows; a touchpad moves in proportion.
const notch = 25

// Scrolled is for Fyne: the wheel; with Shift it goes sideways.
func (g *Grid) Scrolled(e *fyne.ScrollEvent) {
	g.hideTip()
	dx, dy := e.Scrolled.DX, e.Scrolled.DY
	if dx == 0 && g.modifiers()&fyne.KeyModifierShift != 0 {
		dx, dy = dy, 0
	}
	top, left := g.top, g.left
	g.top -= float64(dy) / notch * 3 * float64(g.dims.row)
	g.left -= dx / notch * 3 * g.dims.row
	g.clampScroll()
	if g.top != top || g.left != left {
		g.hoverAfterScroll(e.Position)
		g.repaint()
	}
}

func (g *Grid) hoverAfterScroll(p fyne.Position) {
	if part, row, _ := g.hit(p); part == inBody {
		g.hover = row
	} else {
		g.hover = -1
	}
}

// thumb is where the vertical thumb stands and how long it is, within the
// track.
func (g *Grid) thumb() (y, length float32) {
	track := g.dims.body.Height
	length = float32(float64(track) * float64(track) / max(g.dims.contentH, 1))
	length = min(max(length, 24*g.dims.scale), track)
	if m := g.maxTop(); m > 0 {
		y = float32(g.top / m * float64(track-length))
	}
	return y, length
}

func (g *Grid) flatThumb() (x, length float32) {
	track := g.dims.body.Width
	length = min(max(track*track/max(g.total, 1), 24*g.dims.scale), track)
	if m := g.total - track; m > 0 {
		x = g.left / m * (track - length)
	}
	return x, length
}

// pressBar takes the thumb, or brings it under the pointer.
func (g *Grid) pressBar(p fyne.Position) {
	y, length := g.thumb()
	at := p.Y - g.dims.head
	if at >= y && at < y+length {
		g.drag.grab = at - y
	} else {
		g.drag.grab = length / 2
		g.dragBar(p)
	}
	g.repaint()
}

func (g *Grid) dragBar(p fyne.Position) {
	_, length := g.thumb()
	if room := g.dims.body.Height - length; room > 0 {
		g.top = float64(p.Y-g.dims.head-g.drag.grab) / float64(room) * g.maxTop()
	}
	g.clampScroll()
	g.repaint()
}

func (g *Grid) pressFlatBar(p fyne.Position) {
	x, length := g.flatThumb()
	if p.X >= x && p.X < x+length {
		g.drag.grab = p.X - x
	} else {
		g.drag.grab = length / 2
		g.dragFlatBar(p)
	}
	g.repaint()
}

func (g *Grid) dragFlatBar(p fyne.Position) {
	_, length := g.flatThumb()
	if room := g.dims.body.Width - length; room > 0 {
		g.left = (p.X - g.drag.grab) / room * (g.total - g.dims.body.Width)
	}
	g.clampScroll()
	g.repaint()
}
