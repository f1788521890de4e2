package templates

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ugoda/service/paper"
	"ugoda/ui/input"
	"ugoda/ui/list"
	"ugoda/ui/screen"
)

// tagList is the list of tags; typing narrows it, Enter copies.
type tagList struct {
	grid  *list.Grid
	all   []paper.Tag
	shown []paper.Tag
}

// Len implements list.Source.
func (l *tagList) Len() int { return len(l.shown) }

// Window implements list.Source.
func (l *tagList) Window(from, to int) {
	var rows []list.Row
	for i := from; i < min(to, len(l.shown)); i++ {
		rows = append(rows, list.Row{ID: int64(i + 1), Cells: []list.Cell{{Text: l.shown[i].Text, Bold: true}, {Text: l.shown[i].About}, {Text: l.shown[i].Value}}})
	}
	l.grid.SetRows(from, rows)
}

// narrow leaves the tags whose name, meaning or value has the text.
func (l *tagList) narrow(text string) {
	text = strings.ToLower(strings.TrimSpace(text))
	l.shown = nil
	for _, r := range l.all {
		if strings.Contains(strings.ToLower(r.Text+"\n"+r.About+"\n"+r.Value), text) {
			l.shown = append(l.shown, r)
		}
	}
	l.grid.Reset()
	l.grid.Refresh()
}

// showTags lists the tags with what they print for the chosen document; one is
// copied for Word by a double click or Enter.
func (s *Screen) showTags() {
	session, lang, chosen := s.h.Session(), s.h.Words().Language(), s.document.Value().ID
	screen.Read(s.ctx, s.h, func(ctx context.Context) ([]paper.Tag, error) {
		id, err := shownWith(ctx, session, chosen)
		if err != nil {
			return nil, err
		}
		return paper.Tags(ctx, session, paper.Job{Kind: kind, ID: id}, lang)
	}, s.listTags)
}

func (s *Screen) listTags(all []paper.Tag) {
	t := s.h.Words()
	l := &tagList{all: all, shown: all}
	l.grid = list.NewGrid([]list.Column{
		{Key: "tag", Title: t.T("templates.tag"), Width: 250, Least: 120, NoSort: true},
		{Key: "about", Title: t.T("templates.tag_about"), Width: 270, Least: 120, Grow: true, NoSort: true},
		{Key: "value", Title: t.T("templates.tag_value"), Width: 230, Least: 100, NoSort: true},
	}, l)
	l.grid.OnOpen = func(row int) {
		if row >= 0 && row < len(l.shown) {
			fyne.CurrentApp().Clipboard().SetContent(strings.TrimPrefix(l.shown[row].Text, "| "))
			s.h.Say(t.T("ui.copied") + ": " + l.shown[row].Text)
		}
	}
	find := input.NewEntry()
	find.SetPlaceHolder(t.T("templates.find_tag"))
	find.OnChanged = l.narrow
	hint := widget.NewLabel(t.T("templates.tags_hint"))
	hint.Importance = widget.LowImportance
	hint.Wrapping = fyne.TextWrapWord
	d := &screen.Dialog{
		Title: t.T("templates.tags"), Content: container.NewBorder(find, hint, nil, nil, l.grid), Size: fyne.NewSize(860, 540), Focus: find,
		Buttons: []screen.Button{{Label: t.T("button.close")}},
	}
	l.grid.OnKey = closes(d.Close)
	s.h.Dialog(d)
}
