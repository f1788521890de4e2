package frame

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Running is a long work as the status bar shows it.
type Running struct {
	Label string
	Part  float64 // 0 to 1; below 0 while the amount of work is not known
	Stop  func()
}

// Status is the bar at the bottom: the base, a message with what can be done
// about it, and work that runs.
type Status struct {
	Content fyne.CanvasObject

	stop    string
	base    *widget.Label
	note    *note // such as when the base was copied last
	message *widget.Label
	action  *widget.Button
	work    *fyne.Container
}

// NewStatus makes the bar; stop is the word on the button that stops work.
func NewStatus(stop string) *Status {
	s := &Status{stop: stop, base: widget.NewLabel(""), message: widget.NewLabel(""), work: container.NewHBox()}
	s.message.Truncation = fyne.TextTruncateEllipsis
	s.base.Importance = widget.LowImportance
	s.note = newNote()
	s.action = widget.NewButton("", nil)
	s.action.Importance = widget.LowImportance
	s.action.Hide()
	line := canvas.NewRectangle(theme.Color(theme.ColorNameSeparator))
	line.SetMinSize(fyne.NewSize(1, 1))
	row := container.NewBorder(nil, nil, container.NewHBox(s.base, s.note), container.NewHBox(s.action, s.work), s.message)
	s.Content = container.New(layout.NewCustomPaddedVBoxLayout(0), line, row)
	return s
}

// SetBase says which base is open.
func (s *Status) SetBase(text string) { s.base.SetText(text) }

// SetNote shows a note beside the base that opens something; alarm says that it
// is about something wrong. An empty one hides it.
func (s *Status) SetNote(text string, alarm bool, open func()) {
	s.note.set(text, alarm, open)
}

// Note is the note shown now.
func (s *Status) Note() string {
	if !s.note.Visible() {
		return ""
	}
	return s.note.text
}

// Say shows a message, and a button beside it when label is not empty.
func (s *Status) Say(text, label string, do func()) {
	s.message.SetText(text)
	if label == "" {
		s.action.Hide()
		return
	}
	s.action.SetText(label)
	s.action.OnTapped = do
	s.action.Show()
}

// Withdraw takes a message away that is still shown; one that came after it
// stays.
func (s *Status) Withdraw(text string) {
	if s.message.Text == text {
		s.Say("", "", nil)
	}
}

// Message is the message shown now.
func (s *Status) Message() string { return s.message.Text }

// SetWork shows the work that runs.
func (s *Status) SetWork(work []Running) {
	s.work.RemoveAll()
	for _, r := range work {
		var bar fyne.CanvasObject
		if r.Part < 0 {
			bar = NewGauge(0)
		} else {
			bar = NewGauge(r.Part)
		}
		stop := widget.NewButton(s.stop, r.Stop)
		stop.Importance = widget.LowImportance
		s.work.Add(widget.NewLabel(r.Label))
		s.work.Add(container.NewCenter(bar))
		s.work.Add(stop)
	}
	s.work.Refresh()
}

// NewGauge draws how much is done: a thin bar 90 wide.
func NewGauge(part float64) fyne.CanvasObject {
	back := canvas.NewRectangle(theme.Color(theme.ColorNameInputBackground))
	back.StrokeColor, back.StrokeWidth = theme.Color(theme.ColorNameSeparator), 1
	front := canvas.NewRectangle(theme.Color(theme.ColorNamePrimary))
	return container.New(gauge(min(max(part, 0), 1)), back, front)
}

type gauge float64

func (gauge) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(90, 8) }

func (g gauge) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(size)
	o[1].Resize(fyne.NewSize(size.Width*float32(g), size.Height))
}
