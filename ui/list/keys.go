package list

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// FocusGained is for Fyne.
func (g *Grid) FocusGained() {
	g.focused = true
	if g.focus < 0 && g.Len() > 0 {
		g.focus = 0
		g.anchor = 0
	}
	g.repaint()
	if g.OnFocus != nil {
		g.OnFocus(true)
	}
}

// FocusLost is for Fyne.
func (g *Grid) FocusLost() {
	g.focused, g.shift = false, false
	g.hideTip()
	g.repaint()
	if g.OnFocus != nil {
		g.OnFocus(false)
	}
}

// TypedRune is for Fyne.
func (g *Grid) TypedRune(r rune) {
	if r != ' ' && g.OnRune != nil {
		g.OnRune(r)
	}
}

// KeyDown is for Fyne.
func (g *Grid) KeyDown(k *fyne.KeyEvent) {
	if k.Name == desktop.KeyShiftLeft || k.Name == desktop.KeyShiftRight {
		g.shift = true
	}
}

// KeyUp is for Fyne.
func (g *Grid) KeyUp(k *fyne.KeyEvent) {
	if k.Name == desktop.KeyShiftLeft || k.Name == desktop.KeyShiftRight {
		g.shift = false
	}
}

func (g *Grid) modifiers() fyne.KeyModifier {
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		return d.CurrentKeyModifiers()
	}
	if g.shift {
		return fyne.KeyModifierShift
	}
	return 0
}

// TypedKey is for Fyne: a key without Ctrl, Alt or Cmd.
func (g *Grid) TypedKey(k *fyne.KeyEvent) {
	g.hideTip()
	mod := g.modifiers()
	shift := mod&fyne.KeyModifierShift != 0
	switch k.Name {
	case fyne.KeyUp:
		g.step(-1, shift)
	case fyne.KeyDown:
		g.step(1, shift)
	case fyne.KeyPageUp:
		g.step(-g.page(), shift)
	case fyne.KeyPageDown:
		g.step(g.page(), shift)
	case fyne.KeyHome:
		g.goTo(0, shift)
	case fyne.KeyEnd:
		g.goTo(g.Len()-1, shift)
	case fyne.KeyLeft, fyne.KeyRight:
		g.sideways(k.Name == fyne.KeyRight)
	case fyne.KeyReturn, fyne.KeyEnter:
		g.open(g.focus)
	case fyne.KeySpace:
		if g.OnPreview != nil && g.focus >= 0 {
			g.OnPreview(g.focus)
		}
	case desktop.KeyMenu:
		g.keyMenu()
	case fyne.KeyF10:
		if shift {
			g.keyMenu()
			return
		}
		g.pass(k, mod)
	default:
		g.pass(k, mod)
	}
}

func (g *Grid) pass(k *fyne.KeyEvent, mod fyne.KeyModifier) {
	if g.OnKey != nil && g.OnKey(k, mod) || k.Name != fyne.KeyF1 {
		return
	}
	// Help is the window's, whatever has the keyboard.
	if c := canvasOf(g); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(k)
	}
}

// TypedShortcut is for Fyne: a key with Ctrl, Alt or Cmd that no menu took.
func (g *Grid) TypedShortcut(s fyne.Shortcut) {
	if g.OnShortcut != nil && g.OnShortcut(s) {
		return
	}
	switch s := s.(type) {
	case *fyne.ShortcutSelectAll:
		g.SelectAll()
	case *desktop.CustomShortcut:
		if s.Modifier&^fyne.KeyModifierShift != fyne.KeyModifierShortcutDefault {
			return
		}
		shift := s.Modifier&fyne.KeyModifierShift != 0
		switch s.KeyName {
		case fyne.KeyHome:
			g.goTo(0, shift)
		case fyne.KeyEnd:
			g.goTo(g.Len()-1, shift)
		case fyne.KeyUp:
			g.moveFocus(-1)
		case fyne.KeyDown:
			g.moveFocus(1)
		case fyne.KeySpace:
			if g.focus >= 0 {
				g.pick(g.focus, false, true)
			}
		}
	}
}

// page is how many rows PgDn moves: a screen less one.
func (g *Grid) page() int { return max(int(g.dims.body.Height/g.dims.row)-1, 1) }

func (g *Grid) step(by int, extend bool) {
	if g.focus < 0 {
		by = 0
	}
	g.goTo(g.focus+by, extend)
}

func (g *Grid) goTo(row int, extend bool) {
	n := g.Len()
	if n == 0 {
		return
	}
	row = min(max(row, 0), n-1)
	g.measure()
	g.scrollTo(row)
	g.pick(row, extend, false)
}

// moveFocus leaves the selection as it is: Ctrl with an arrow.
func (g *Grid) moveFocus(by int) {
	if n := g.Len(); n > 0 {
		g.focus = min(max(g.focus+by, 0), n-1)
		g.scrollTo(g.focus)
		g.repaint()
	}
}

// sideways opens and closes a group, or scrolls.
func (g *Grid) sideways(right bool) {
	if r := g.rows.At(g.focus); r != nil && r.Group != nil {
		if r.Group.Closed == right && g.OnGroup != nil {
			g.OnGroup(g.focus)
		}
		return
	}
	by := 40 * g.dims.scale
	if !right {
		by = -by
	}
	g.left += by
	g.clampScroll()
	g.repaint()
}

func (g *Grid) open(row int) {
	if row < 0 || row >= g.Len() {
		return
	}
	if r := g.rows.At(row); r != nil && r.Group != nil {
		if g.OnGroup != nil {
			g.OnGroup(row)
		}
		return
	}
	if g.OnOpen != nil {
		g.OnOpen(row)
	}
}

// keyMenu opens the menu below the row with the focus.
func (g *Grid) keyMenu() {
	if g.OnMenu == nil {
		return
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(g)
	if g.focus < 0 {
		g.OnMenu(-1, "", at.AddXY(0, g.dims.head))
		return
	}
	g.scrollTo(g.focus)
	g.repaint()
	if !g.selected.Contains(g.focus) {
		g.pick(g.focus, false, false)
	}
	column := ""
	if len(g.shown) > 0 {
		column = g.shown[0].Key
	}
	g.OnMenu(g.focus, column, at.AddXY(g.dims.inner*3, g.rowY(g.focus)+g.dims.row))
}
