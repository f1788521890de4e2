package input

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Check is yes or no: Space changes it.
type Check struct {
	widget.Check
	troubled
	held
}

var (
	_ Field             = (*Check)(nil)
	_ desktop.Keyable   = (*Check)(nil)
	_ fyne.Shortcutable = (*Check)(nil)
)

// NewCheck makes a check with its text; changed is called when a person
// changes it.
func NewCheck(text string, changed func(yes bool)) *Check {
	c := &Check{}
	c.Text, c.OnChanged = text, changed
	c.ExtendBaseWidget(c)
	return c
}

// Set shows yes or no, without telling the change.
func (c *Check) Set(yes bool) {
	tell := c.OnChanged
	c.OnChanged = nil
	c.SetChecked(yes)
	c.OnChanged = tell
}

// Value is yes or no.
func (c *Check) Value() bool { return c.Checked }

// SetProblem implements Field.
func (c *Check) SetProblem(text string) { c.set(text) }

// FocusGained is for Fyne.
func (c *Check) FocusGained() {
	came(c)
	c.Check.FocusGained()
}

// KeyDown is for Fyne.
func (c *Check) KeyDown(k *fyne.KeyEvent) { c.down(k, true) }

// KeyUp is for Fyne.
func (c *Check) KeyUp(k *fyne.KeyEvent) { c.down(k, false) }

// TypedKey is for Fyne.
func (c *Check) TypedKey(k *fyne.KeyEvent) {
	if k.Name != fyne.KeySpace {
		c.pass(k.Name, c.modifiers())
	}
}

// TypedShortcut is for Fyne.
func (c *Check) TypedShortcut(s fyne.Shortcut) { c.shortcut(s) }
