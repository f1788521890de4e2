package frame

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Top is the bar under the menu: create, find, what waits, who works.
type Top struct {
	Content fyne.CanvasObject

	bell *widget.Button
	mail *widget.Button
	user *widget.Button
	find fyne.CanvasObject
}

// FindTop is how far the box that finds stands from the upper edge of the window.
func (t *Top) FindTop() float32 {
	return max(0, fyne.CurrentApp().Driver().AbsolutePositionForObject(t.find).Y-6)
}

// TopOptions are the words and acts of the top bar. Functions that are given
// a place show their menu under the button.
type TopOptions struct {
	Create, Find, FindKeys string
	Fold                   func()
	OnCreate               func(at fyne.Position)
	OnFind                 func()
	OnBell                 func(at fyne.Position)
	OnMail                 func()
	OnUser                 func(at fyne.Position)
	FoldIcon, BellIcon     fyne.Resource
}

// NewTop makes the bar.
func NewTop(o TopOptions) *Top {
	t := &Top{}
	fold := widget.NewButtonWithIcon("", o.FoldIcon, o.Fold)
	fold.Importance = widget.LowImportance
	var create *widget.Button
	create = widget.NewButtonWithIcon(o.Create+" ▾", theme.ContentAddIcon(), func() { o.OnCreate(under(create)) })
	create.Importance = widget.HighImportance
	find := newFindBox(o.Find, o.FindKeys, o.OnFind)
	t.find = find
	t.bell = widget.NewButtonWithIcon("", o.BellIcon, func() { o.OnBell(under(t.bell)) })
	t.bell.Importance = widget.LowImportance
	t.bell.Hide()
	t.mail = widget.NewButtonWithIcon("", theme.MailSendIcon(), o.OnMail)
	t.mail.Importance = widget.LowImportance
	t.mail.Hide()
	t.user = widget.NewButton("", func() { o.OnUser(under(t.user)) })
	t.user.Importance = widget.LowImportance
	left := container.NewHBox(fold, create)
	right := container.NewHBox(t.bell, t.mail, t.user)
	t.Content = container.New(layout.NewCustomPaddedLayout(4, 4, 6, 6), container.NewBorder(nil, nil, left, right, find))
	return t
}

// SetBell shows how many things want attention; none hides the bell.
func (t *Top) SetBell(text string) { show(t.bell, text) }

// SetMail shows the state of the outbox in words; empty hides it. Alarm marks
// letters that failed.
func (t *Top) SetMail(text string, alarm bool) {
	t.mail.Importance = widget.LowImportance
	if alarm {
		t.mail.Importance = widget.WarningImportance
	}
	show(t.mail, text)
}

// SetUser shows who works.
func (t *Top) SetUser(initials string) { t.user.SetText(initials + " ▾") }

func show(b *widget.Button, text string) {
	b.SetText(text)
	if text == "" {
		b.Hide()
		return
	}
	b.Show()
}

// under is the place right below a widget.
func under(o fyne.CanvasObject) fyne.Position {
	p := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
	return p.AddXY(0, o.Size().Height)
}

// findBox looks like a field and opens the palette.
type findBox struct {
	widget.BaseWidget
	hint, keys string
	open       func()
}

func newFindBox(hint, keys string, open func()) *findBox {
	f := &findBox{hint: hint, keys: keys, open: open}
	f.ExtendBaseWidget(f)
	return f
}

func (f *findBox) Tapped(*fyne.PointEvent) { f.open() }

func (f *findBox) Cursor() desktop.Cursor { return desktop.TextCursor }

func (f *findBox) CreateRenderer() fyne.WidgetRenderer {
	back := canvas.NewRectangle(theme.Color(theme.ColorNameInputBackground))
	back.StrokeColor, back.StrokeWidth = theme.Color(theme.ColorNameInputBorder), 1
	back.CornerRadius = theme.Size(theme.SizeNameInputRadius)
	icon := widget.NewIcon(theme.SearchIcon())
	hint := widget.NewLabel(f.hint)
	hint.Importance = widget.LowImportance
	hint.Truncation = fyne.TextTruncateEllipsis
	keys := widget.NewLabel(f.keys)
	keys.Importance = widget.LowImportance
	body := container.NewBorder(nil, nil, container.New(layout.NewCustomPaddedLayout(0, 0, 6, 0), icon), keys, hint)
	return widget.NewSimpleRenderer(container.NewStack(back, body))
}
