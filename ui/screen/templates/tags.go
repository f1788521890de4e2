package templates

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ugoda/locale"
	"ugoda/printing/docx"
	"ugoda/service/paper"
	"ugoda/ui/input"
	"ugoda/ui/list"
	"ugoda/ui/screen"
)

// tagRow is a tag that a template may have, with what it prints.
type tagRow struct{ tag, about string }

// tagRows lists the tags of a kind of document in a language.
func tagRows(v docx.Vocabulary, lang locale.Language) []tagRow {
	var out []tagRow
	var walk func(list []docx.Entry, prefix string, inside bool)
	walk = func(list []docx.Entry, prefix string, inside bool) {
		for _, e := range list {
			name := e.Name
			if lang == locale.Ukrainian && len(e.Aliases) > 0 {
				name = e.Aliases[0]
			}
			about := e.About[string(lang)]
			switch e.Kind {
			case docx.ListEntry:
				out = append(out, tagRow{"{#" + prefix + name + "} … {/" + prefix + name + "}", about})
				if !inside { // what a list of a list holds is the same again
					walk(e.Fields, "", true)
				}
			case docx.RecordEntry:
				walk(e.Fields, prefix+name+".", inside)
			case docx.PictureEntry:
				out = append(out, tagRow{"{%" + prefix + name + "}", about})
			case docx.FlagEntry:
				out = append(out, tagRow{"{#" + prefix + name + "} … {/}", about})
			default:
				out = append(out, tagRow{"{" + prefix + name + "}", about})
			}
		}
	}
	walk(v.Fields, "", false)
	for _, f := range v.Filters {
		name := f.Name
		if lang == locale.Ukrainian && len(f.Aliases) > 0 {
			name = f.Aliases[0]
		}
		out = append(out, tagRow{"| " + name, f.About[string(lang)]})
	}
	return out
}

// tagList is the list of tags; typing narrows it, Enter copies.
type tagList struct {
	grid  *list.Grid
	all   []tagRow
	shown []tagRow
}

// Len implements list.Source.
func (l *tagList) Len() int { return len(l.shown) }

// Window implements list.Source.
func (l *tagList) Window(from, to int) {
	var rows []list.Row
	for i := from; i < min(to, len(l.shown)); i++ {
		rows = append(rows, list.Row{ID: int64(i + 1), Cells: []list.Cell{{Text: l.shown[i].tag, Bold: true}, {Text: l.shown[i].about}}})
	}
	l.grid.SetRows(from, rows)
}

func (l *tagList) narrow(text string) {
	text = strings.ToLower(strings.TrimSpace(text))
	l.shown = nil
	for _, r := range l.all {
		if strings.Contains(strings.ToLower(r.tag), text) || strings.Contains(strings.ToLower(r.about), text) {
			l.shown = append(l.shown, r)
		}
	}
	l.grid.Reset()
	l.grid.Refresh()
}

// showTags lists the tags; one is copied for Word by a double click or Enter.
func (s *Screen) showTags() {
	t := s.h.Words()
	v, err := paper.Vocabulary(kind)
	if err != nil {
		s.h.Fail(err)
		return
	}
	l := &tagList{all: tagRows(v, t.Language())}
	l.shown = l.all
	l.grid = list.NewGrid([]list.Column{
		{Key: "tag", Title: t.T("templates.tag"), Width: 270, NoSort: true},
		{Key: "about", Title: t.T("templates.tag_about"), Width: 330, Grow: true, NoSort: true},
	}, l)
	l.grid.OnOpen = func(row int) {
		if row >= 0 && row < len(l.shown) {
			fyne.CurrentApp().Clipboard().SetContent(strings.TrimPrefix(l.shown[row].tag, "| "))
			s.h.Say(t.T("ui.copied") + ": " + l.shown[row].tag)
		}
	}
	find := input.NewEntry()
	find.SetPlaceHolder(t.T("templates.find_tag"))
	find.OnChanged = l.narrow
	hint := widget.NewLabel(t.T("templates.tags_hint"))
	hint.Importance = widget.LowImportance
	hint.Wrapping = fyne.TextWrapWord
	s.h.Dialog(&screen.Dialog{
		Title: t.T("templates.tags"), Content: container.NewBorder(find, hint, nil, nil, l.grid), Size: fyne.NewSize(760, 520), Focus: find,
		Buttons: []screen.Button{{Label: t.T("button.close")}},
	})
}
