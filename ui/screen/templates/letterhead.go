package templates

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ugoda/locale"
	"ugoda/model/firm"
	"ugoda/service/paper"
	"ugoda/ui/input"
	"ugoda/ui/screen"
)

// letterhead asks which documents are to be made on a letterhead, and makes
// their templates.
func (s *Screen) letterhead(path string) {
	t := s.h.Words()
	name := input.NewEntry()
	name.SetText(strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)))
	hint := widget.NewLabel(t.T("templates.letterhead.hint"))
	hint.Wrapping = fyne.TextWrapWord
	box := container.NewVBox(hint)
	forms := map[string]*input.Check{}
	for _, f := range firm.Forms {
		forms[f] = input.NewCheck(t.Choice("template", "form", f), nil)
		forms[f].Set(true)
		box.Add(forms[f])
	}
	box.Add(widget.NewSeparator())
	languages := map[locale.Language]*input.Check{}
	row := container.NewHBox()
	for _, l := range locale.Languages {
		languages[l] = input.NewCheck(locale.New(l).T("language"), nil)
		languages[l].Set(l == t.Language())
		row.Add(languages[l])
	}
	box.Add(row)
	standard := input.NewCheck(t.T("templates.letterhead.default"), nil)
	standard.Set(true)
	box.Add(standard)
	const labels = 150
	box.Add(input.NewLabelled(t.T("templates.letterhead.name"), name, false, labels))
	d := &screen.Dialog{Title: t.T("templates.letterhead"), Content: box, Size: fyne.NewSize(520, 0), Focus: name}
	d.Buttons = []screen.Button{{Label: t.T("button.cancel")}, {Label: t.T("templates.letterhead.make"), Primary: true, Stays: true, Do: func() {
		var chosen []string
		for _, f := range firm.Forms {
			if forms[f].Value() {
				chosen = append(chosen, f)
			}
		}
		var langs []locale.Language
		for _, l := range locale.Languages {
			if languages[l].Value() {
				langs = append(langs, l)
			}
		}
		if len(chosen) == 0 || len(langs) == 0 {
			s.h.Say(t.T("templates.letterhead.nothing"))
			return
		}
		d.Close()
		s.makeLetterhead(path, name.Text, chosen, langs, standard.Value())
	}}}
	s.h.Dialog(d)
}

func (s *Screen) makeLetterhead(path, name string, forms []string, langs []locale.Language, standard bool) {
	session := s.h.Session()
	var ids []int64
	s.h.Job(s.h.Words().T("templates.adding"), func(ctx context.Context, _ func(done, total int64)) error {
		data, err := paper.ReadTemplate(path)
		if err != nil {
			return err
		}
		ids, err = paper.UseLetterhead(ctx, session, kind, name, data, forms, langs, standard)
		return err
	}, func(err error) {
		s.h.Fail(err)
		if len(ids) > 0 {
			s.want = ids[0]
			s.h.Saved("template", ids...)
			s.reload()
		}
	})
}
