package lines

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// FocusGained is for Fyne.
func (g *Grid) FocusGained() {
	g.focused = true
	g.Refresh()
}

// FocusLost is for Fyne.
func (g *Grid) FocusLost() {
	g.focused, g.shift = false, false
	g.Refresh()
}

// AcceptsTab is for Fyne.
func (g *Grid) AcceptsTab() bool { return true }

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

// TypedRune is for Fyne: typing in a cell replaces what stands there.
func (g *Grid) TypedRune(r rune) {
	if r == ' ' { // comes as a key, too
		return
	}
	g.begin(string(r))
}

// TypedKey is for Fyne.
func (g *Grid) TypedKey(k *fyne.KeyEvent) {
	mod := g.modifiers()
	extend := mod&fyne.KeyModifierShift != 0
	page := max(int((g.dims.size.Height-g.dims.head)/g.dims.row)-1, 1)
	switch k.Name {
	case fyne.KeyUp:
		g.moveTo(g.row-1, g.col, extend)
	case fyne.KeyDown:
		g.moveTo(g.row+1, g.col, extend)
	case fyne.KeyLeft:
		g.moveTo(g.row, g.col-1, extend)
	case fyne.KeyRight:
		g.moveTo(g.row, g.col+1, extend)
	case fyne.KeyPageUp:
		g.moveTo(g.row-page, g.col, extend)
	case fyne.KeyPageDown:
		g.moveTo(g.row+page, g.col, extend)
	case fyne.KeyHome:
		g.moveTo(g.row, 0, extend)
	case fyne.KeyEnd:
		g.moveTo(g.row, len(g.lines.Columns())-1, extend)
	case fyne.KeyTab:
		g.tab(extend)
	case fyne.KeyReturn, fyne.KeyEnter:
		if mod&^fyne.KeyModifierShift != 0 {
			g.pass(k.Name, mod)
		} else if !extend && g.row == g.lines.Len() && g.isReference(g.col) {
			g.choose() // the empty line: what can be added
		} else {
			g.entered(extend)
		}
	case fyne.KeyF2:
		g.begin("")
	case fyne.KeySpace:
		g.begin("")
	case fyne.KeyDelete, fyne.KeyBackspace:
		g.clearCells()
	case fyne.KeyInsert:
		g.insertLine()
	case fyne.KeyF4:
		g.choose()
	case desktop.KeyMenu:
		g.keyMenu()
	case fyne.KeyF10:
		if extend {
			g.keyMenu()
		} else {
			g.pass(k.Name, mod)
		}
	default:
		g.pass(k.Name, mod)
	}
}

func (g *Grid) pass(key fyne.KeyName, mod fyne.KeyModifier) bool {
	return g.keys != nil && g.keys(key, mod)
}

func (g *Grid) isReference(col int) bool {
	columns := g.lines.Columns()
	return col < len(columns) && columns[col].Editor == Reference && g.editable(g.row, col)
}

// choose drops the list of a reference, or asks for its picker.
func (g *Grid) choose() {
	g.begin("")
	if e := g.edit; e != nil && e.ref != nil && g.lines.Columns()[e.col].Editor == Reference {
		e.ref.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF4})
	}
}

// keyInCell takes the keys that the editor of a cell has no use for.
func (g *Grid) keyInCell(key fyne.KeyName, mod fyne.KeyModifier) bool {
	shift := mod&fyne.KeyModifierShift != 0
	switch key {
	case fyne.KeyReturn, fyne.KeyEnter:
		if mod&^fyne.KeyModifierShift != 0 {
			g.refocus()
			g.commit()
			return g.pass(key, mod)
		}
		g.entered(shift)
	case fyne.KeyEscape:
		g.refocus()
		if e := g.edit; e != nil {
			delete(g.rejected, e.place)
		}
		g.cancelEdit()
	case fyne.KeyUp, fyne.KeyDown:
		if mod != 0 {
			return g.shortcut(key, mod)
		}
		g.refocus()
		g.commit()
		if key == fyne.KeyUp {
			g.moveTo(g.row-1, g.col, false)
		} else {
			g.moveTo(g.row+1, g.col, false)
		}
	case fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyInsert, desktop.KeyMenu:
		if mod != 0 {
			return g.pass(key, mod)
		}
	default:
		if mod&^fyne.KeyModifierShift != 0 && g.shortcut(key, mod) {
			return true
		}
		return g.pass(key, mod)
	}
	return true
}

// TypedShortcut is for Fyne.
func (g *Grid) TypedShortcut(s fyne.Shortcut) {
	switch s := s.(type) {
	case *fyne.ShortcutCopy:
		if s.Clipboard != nil {
			s.Clipboard.SetContent(g.copyText())
		}
	case *fyne.ShortcutCut:
		if s.Clipboard != nil && !s.Secondary { // Shift+Del is no cut here
			s.Clipboard.SetContent(g.copyText())
			g.clearCells()
		}
	case *fyne.ShortcutPaste:
		if s.Clipboard != nil {
			g.paste(s.Clipboard.Content())
		}
	case *fyne.ShortcutSelectAll:
		g.row, g.col = max(g.lines.Len()-1, 0), len(g.lines.Columns())-1
		g.anchorRow, g.anchorCol = 0, 0
		g.Refresh()
	case *desktop.CustomShortcut:
		if !g.shortcut(s.KeyName, s.Modifier) {
			g.pass(s.KeyName, s.Modifier)
		}
	}
}

func (g *Grid) shortcut(key fyne.KeyName, mod fyne.KeyModifier) bool {
	ctrl, shift := fyne.KeyModifierShortcutDefault, fyne.KeyModifierShift
	switch {
	case key == fyne.KeyD && mod == ctrl:
		g.refocus()
		g.fillDown()
	case key == fyne.KeyUp && mod == ctrl|shift:
		g.refocus()
		g.moveLines(-1)
	case key == fyne.KeyDown && mod == ctrl|shift:
		g.refocus()
		g.moveLines(1)
	case key == fyne.KeyLeft && mod == ctrl|shift && g.edit == nil:
		return g.fold(g.row, true)
	case key == fyne.KeyRight && mod == ctrl|shift && g.edit == nil:
		return g.fold(g.row, false)
	case key == fyne.KeyDelete && mod == ctrl:
		g.deleteLines()
	case key == fyne.KeyHome && mod == ctrl:
		g.moveTo(0, 0, false)
	case key == fyne.KeyEnd && mod == ctrl:
		g.moveTo(g.rows()-1, g.col, false)
	case key == fyne.KeyDown && mod == fyne.KeyModifierAlt && g.edit == nil:
		g.begin("")
		if e := g.edit; e != nil && e.ref != nil && g.lines.Columns()[e.col].Editor == Reference {
			e.ref.TypedShortcut(dropDown)
		}
	default:
		return false
	}
	return true
}

var dropDown = &desktop.CustomShortcut{KeyName: fyne.KeyDown, Modifier: fyne.KeyModifierAlt}

func (g *Grid) keyMenu() {
	if g.OnMenu == nil || g.col >= len(g.columns) {
		return
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(g)
	g.OnMenu(g.row, g.col, at.AddXY(g.columns[g.col].x, g.rowY(g.row)+g.dims.row))
}
