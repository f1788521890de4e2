package screen

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"ugoda/ui/input"
	"ugoda/ui/theme"
)

// Dialog is a box over the window: a title, a content and buttons. Escape
// closes it; Ctrl+Enter, and Enter where the focused field lets it through,
// does what its Primary button does.
type Dialog struct {
	Title   string
	Content fyne.CanvasObject
	Size    fyne.Size // the least; zero: as the content wants
	Buttons []Button  // from left to right; a button that closes stands first
	Focus   fyne.Focusable
	Closed  func()
	// Key gets keys that no widget took, before the dialog itself.
	Key func(e *fyne.KeyEvent) bool
	// OwnKeys leaves the keys of the fields in Content alone; otherwise the dialog
	// takes those that a field has no use for.
	OwnKeys bool
	// Command gets the commands of menus and keys while the dialog is open.
	Command func(c Command) bool

	popup *widget.PopUp
	mine  []*input.Button
}

// Button is a button of a dialog.
type Button struct {
	Label   string
	Primary bool
	Danger  bool
	Do      func() // nil: closes
	Stays   bool   // the dialog stays open after Do; Do closes it when it is done
}

// Show puts the dialog over a canvas.
func (d *Dialog) Show(c fyne.Canvas) {
	var row []input.Piece
	d.mine = nil
	for _, b := range d.Buttons {
		w := input.NewButton(b.Label, func() { d.Press(b) }).Framed()
		switch {
		case b.Danger:
			w.Danger()
		case b.Primary:
			w.Primary()
		}
		w.SetKeys(func(k fyne.KeyName, mod fyne.KeyModifier) bool { return mod == 0 && d.Typed(&fyne.KeyEvent{Name: k}) })
		d.mine = append(d.mine, w)
		row = append(row, input.Piece{Object: w, Wants: w.MinSize().Width/theme.Scaled(1) + 16, Least: 60})
	}
	if !d.OwnKeys {
		Catch(d.Content, d.Typed)
	}
	title := widget.NewLabelWithStyle(d.Title, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	title.Truncation = fyne.TextTruncateEllipsis
	buttons := container.New(layout.NewCustomPaddedLayout(0, 2, 0, 0), input.NewApart(layout.NewSpacer(), input.NewLine(row...)))
	content := container.New(&roomy{canvas: c, content: d.Content}, input.NewScroll(container.New(layout.NewCustomPaddedLayout(2, 8, 4, 4), d.Content)))
	box := container.NewBorder(title, buttons, nil, nil, content)
	d.popup = widget.NewModalPopUp(container.New(layout.NewCustomPaddedLayout(4, 6, 8, 8), box), c)
	if !d.Size.IsZero() {
		limit := c.Size().SubtractWidthHeight(24, 24)
		d.popup.Resize(fyne.NewSize(theme.Scaled(d.Size.Width), theme.Scaled(d.Size.Height)).Min(limit))
	}
	d.popup.Show()
	if d.Focus != nil {
		c.Focus(d.Focus)
	}
}

// roomy gives a dialog the height that its content wants, up to that of the
// window: what finds no room is scrolled.
type roomy struct {
	canvas  fyne.Canvas
	content fyne.CanvasObject
}

// around is the height of a dialog around its content at zoom 100: its title,
// its buttons and its edges.
const around = 100

// MinSize is for Fyne.
func (r *roomy) MinSize(o []fyne.CanvasObject) fyne.Size {
	size := r.content.MinSize().AddWidthHeight(8, 10)
	return fyne.NewSize(size.Width, max(o[0].MinSize().Height, min(size.Height, r.canvas.Size().Height-theme.Scaled(around))))
}

// Layout is for Fyne.
func (r *roomy) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(size)
	o[0].Move(fyne.Position{})
}

// Catch lets the fields within an object pass on the keys that they have no use
// for.
func Catch(o fyne.CanvasObject, typed func(e *fyne.KeyEvent) bool) {
	switch o := o.(type) {
	case *fyne.Container:
		for _, x := range o.Objects {
			Catch(x, typed)
		}
	case *container.Scroll:
		Catch(o.Content, typed)
	case *container.Split:
		Catch(o.Leading, typed)
		Catch(o.Trailing, typed)
	case *input.Labelled:
		Catch(o.Object(), typed)
	case interface{ SetKeys(input.Keys) }:
		o.SetKeys(func(k fyne.KeyName, mod fyne.KeyModifier) bool {
			return mod == 0 && typed(&fyne.KeyEvent{Name: k})
		})
	}
}

// Press does what one of the buttons does.
func (d *Dialog) Press(b Button) {
	if b.Do == nil {
		d.Close()
		return
	}
	if !b.Stays {
		d.Close()
	}
	b.Do()
}

// Close takes the dialog away.
func (d *Dialog) Close() {
	if d.popup == nil {
		return
	}
	d.popup.Hide()
	d.popup = nil
	if d.Closed != nil {
		d.Closed()
	}
}

// Open reports whether the dialog is on the screen.
func (d *Dialog) Open() bool { return d.popup != nil }

// Enable makes a button of the dialog usable or not, by its place.
func (d *Dialog) Enable(button int, usable bool) {
	if button >= len(d.mine) {
		return
	}
	if usable {
		d.mine[button].Enable()
		return
	}
	d.mine[button].Disable()
}

// Enter does what the primary button does.
func (d *Dialog) Enter() {
	for i, b := range d.Buttons {
		if b.Primary && (i >= len(d.mine) || !d.mine[i].Disabled()) {
			d.Press(b)
			return
		}
	}
}

// Typed handles a key that no widget took; it reports whether it did.
func (d *Dialog) Typed(e *fyne.KeyEvent) bool {
	if d.Key != nil && d.Key(e) {
		return true
	}
	switch e.Name {
	case fyne.KeyEscape:
		d.Close()
	case fyne.KeyReturn, fyne.KeyEnter:
		d.Enter()
	default:
		return false
	}
	return true
}
