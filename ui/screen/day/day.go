// Package day is My day: activities overdue, due today and soon, each done
// with one key.
package day

import (
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/field"
	"ugoda/ui/screen/listing"
)

// Screen is My day as a tab; a head looks at the day of a manager too.
type Screen struct {
	screen.Base
	panel *Panel
}

// New makes My day.
func New(h screen.Host, a screen.Address) (screen.Screen, error) {
	k := h.Session().Registry().Kind("activity")
	if k == nil {
		return nil, fmt.Errorf("day: there are no activities")
	}
	s := &Screen{Base: screen.Begin(h, a)}
	t := h.Words()
	s.panel = NewPanel(h, h.Session().Employee)
	title := widget.NewLabelWithStyle(t.DayInWeek(h.Session().Today()), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	calls := input.NewCheck(t.T("day.calls_only"), func(yes bool) { s.panel.OnlyCalls(yes) })
	add := input.NewButton("+ "+t.Kind("activity"), s.panel.Plan).Framed()
	days := input.NewButton(t.T("list.as_calendar"), func() {
		where := "assignee = me"
		if who := s.panel.who; who.ID != 0 && who.ID != h.Session().Employee.ID {
			where = "assignee = #" + strconv.FormatInt(who.ID, 10)
		}
		h.Open(screen.ToList("activity", where).With(screen.ArgLook, listing.LookCalendar))
	}).Framed()
	right := container.NewHBox(calls, days, add)
	if h.Session().Role != model.RoleManager {
		who := field.New(h, "activity", k.Field("assignee"))
		who.Set(h.Session().Employee)
		who.OnChange = func() {
			if r, ok := who.Value().(model.Ref); ok {
				s.panel.Of(r)
			}
		}
		right = container.NewHBox(calls, container.NewGridWrap(fyne.NewSize(240, who.Object.MinSize().Height), who.Object), days, add)
	}
	bar := container.New(layout.NewCustomPaddedLayout(4, 4, 8, 8), container.NewBorder(nil, nil, title, right))
	keys := widget.NewLabel(t.T("day.keys"))
	keys.Importance, keys.Truncation = widget.LowImportance, fyne.TextTruncateEllipsis
	s.Body, s.First = container.NewBorder(container.NewVBox(bar, widget.NewSeparator()), keys, nil, nil, s.panel.Content), s.panel.grid
	return s, nil
}

// Title implements screen.Screen.
func (s *Screen) Title() string { return s.Host.Words().T("section.my_day") }

// Close implements screen.Screen.
func (s *Screen) Close() {
	s.panel.Close()
	s.Base.Close()
}

// Changed implements screen.Refresher.
func (s *Screen) Changed(kinds map[string][]int64) {
	if len(kinds) == 0 || kinds["activity"] != nil {
		s.panel.Read()
	}
}

// Can implements screen.Commander.
func (s *Screen) Can(c screen.Command) bool {
	switch c {
	case screen.New, screen.Refresh:
		return true
	case screen.MainAction, screen.Open:
		return s.panel.current() != nil
	}
	return false
}

// Do implements screen.Commander.
func (s *Screen) Do(c screen.Command) {
	switch c {
	case screen.New:
		s.panel.Plan()
	case screen.Refresh:
		s.panel.Read()
	case screen.MainAction:
		s.panel.finish()
	case screen.Open:
		s.panel.open(s.panel.grid.FocusRow())
	}
}
