package board

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// FocusGained is for Fyne.
func (b *Board) FocusGained() {
	b.focused = true
	if b.focus.row < 0 {
		for _, c := range b.source.Columns() {
			if c.Len > 0 {
				b.setFocus(place{c.Key, 0})
				break
			}
		}
	}
	b.Refresh()
}

// FocusLost is for Fyne.
func (b *Board) FocusLost() {
	b.focused, b.shift = false, false
	b.Refresh()
}

// TypedRune is for Fyne.
func (b *Board) TypedRune(r rune) {
	if r != ' ' && b.OnRune != nil {
		b.OnRune(r)
	}
}

// KeyDown is for Fyne.
func (b *Board) KeyDown(k *fyne.KeyEvent) {
	if k.Name == desktop.KeyShiftLeft || k.Name == desktop.KeyShiftRight {
		b.shift = true
	}
}

// KeyUp is for Fyne.
func (b *Board) KeyUp(k *fyne.KeyEvent) {
	if k.Name == desktop.KeyShiftLeft || k.Name == desktop.KeyShiftRight {
		b.shift = false
	}
}

func (b *Board) modifiers() fyne.KeyModifier {
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		return d.CurrentKeyModifiers()
	}
	if b.shift {
		return fyne.KeyModifierShift
	}
	return 0
}

// TypedKey is for Fyne.
func (b *Board) TypedKey(k *fyne.KeyEvent) {
	mod := b.modifiers()
	page := max(int(b.bodyHeight()/(b.dims.card+b.dims.gap))-1, 1)
	switch k.Name {
	case fyne.KeyUp:
		b.step(-1)
	case fyne.KeyDown:
		b.step(1)
	case fyne.KeyPageUp:
		b.step(-page)
	case fyne.KeyPageDown:
		b.step(page)
	case fyne.KeyHome:
		b.step(-1 << 30)
	case fyne.KeyEnd:
		b.step(1 << 30)
	case fyne.KeyLeft:
		b.sideways(-1)
	case fyne.KeyRight:
		b.sideways(1)
	case fyne.KeyReturn, fyne.KeyEnter:
		if id := b.Focus(); id != 0 && b.OnOpen != nil {
			b.OnOpen(id)
		}
	case fyne.KeySpace:
		if id := b.Focus(); id != 0 && b.OnPreview != nil {
			b.OnPreview(id)
		}
	case fyne.KeyEscape:
		if b.drag.carries {
			b.drag = drag{}
			b.Refresh()
			return
		}
		b.pass(k, mod)
	case desktop.KeyMenu:
		b.keyMenu()
	case fyne.KeyF10:
		if mod&fyne.KeyModifierShift != 0 {
			b.keyMenu()
			return
		}
		b.pass(k, mod)
	default:
		b.pass(k, mod)
	}
}

func (b *Board) pass(k *fyne.KeyEvent, mod fyne.KeyModifier) {
	if b.OnKey != nil {
		b.OnKey(k, mod)
	}
}

// TypedShortcut is for Fyne.
func (b *Board) TypedShortcut(s fyne.Shortcut) {
	if b.OnShortcut != nil && b.OnShortcut(s) {
		return
	}
	c, ok := s.(*desktop.CustomShortcut)
	if !ok || c.Modifier != fyne.KeyModifierShortcutDefault {
		return
	}
	switch c.KeyName {
	case fyne.KeyLeft:
		b.carry(-1)
	case fyne.KeyRight:
		b.carry(1)
	}
}

// carry moves the card with the focus to the next column that takes it.
func (b *Board) carry(by int) {
	id, at := b.Focus(), b.index(b.focus.column)
	if id == 0 {
		return
	}
	for i := at + by; i >= 0 && i < len(b.columns); i += by {
		if b.may(id, b.focus.column, b.columns[i].Key) {
			b.move(id, b.focus.column, b.columns[i].Key)
			return
		}
	}
}

func (b *Board) step(by int) {
	i := b.index(b.focus.column)
	if i < 0 {
		b.FocusGained()
		return
	}
	b.setFocus(place{b.focus.column, min(max(b.focus.row+by, 0), b.columns[i].Len-1)})
}

// sideways goes to the card at the same height in the next column that has any.
func (b *Board) sideways(by int) {
	at := b.index(b.focus.column)
	if at < 0 {
		b.FocusGained()
		return
	}
	y := b.cardY(b.of(b.focus.column), b.focus.row)
	for i := at + by; i >= 0 && i < len(b.columns); i += by {
		col := b.columns[i]
		if col.Len == 0 {
			continue
		}
		c := b.of(col.Key)
		row := int((y-b.cardY(c, 0))/(b.dims.card+b.dims.gap) + 0.5)
		b.setFocus(place{col.Key, min(max(row, 0), col.Len-1)})
		return
	}
}

func (b *Board) keyMenu() {
	id := b.Focus()
	i := b.index(b.focus.column)
	if b.OnMenu == nil || id == 0 || i < 0 {
		return
	}
	b.reveal()
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(b)
	b.OnMenu(id, b.focus.column, at.AddXY(b.columnX(i)+b.dims.pad*3, b.cardY(b.of(b.focus.column), b.focus.row)+b.dims.card/2))
}
