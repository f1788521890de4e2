package templates

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"ugoda/locale"
	"ugoda/model/firm"
	"ugoda/service/paper"
	"ugoda/ui/screen"
	"ugoda/ui/screen/files"
)

// choose asks for a document that is to be a template, or the letterhead of
// some.
func (s *Screen) choose() { s.askFile(func(path string) { s.Dropped([]string{path}) }) }

func (s *Screen) askFile(then func(path string)) {
	files.Choose(s.h, files.Ask{Extensions: []string{".docx", ".dotx", ".docm", ".dotm"}}, then)
}

// Dropped takes documents that were dropped on the window or chosen: one
// without tags is a letterhead.
func (s *Screen) Dropped(paths []string) {
	var plain []string
	screen.Read(s.ctx, s.h, func(context.Context) ([]string, error) {
		var tagged []string
		for _, path := range paths {
			data, err := paper.ReadTemplate(path)
			if err != nil {
				return nil, err
			}
			if has, err := paper.HasTags(data); err != nil {
				return nil, err
			} else if !has {
				plain = append(plain, path)
				continue
			}
			tagged = append(tagged, path)
		}
		return tagged, nil
	}, func(tagged []string) {
		if len(tagged) > 0 {
			s.add(tagged)
		}
		for _, path := range plain {
			s.letterhead(path)
		}
	})
}

// add keeps documents as templates; the last one comes to the front, with what
// is wrong with it.
func (s *Screen) add(paths []string) {
	session, language := s.h.Session(), s.h.Words().Language()
	var ids []int64
	s.h.Job(s.h.Words().T("templates.adding"), func(ctx context.Context, _ func(done, total int64)) error {
		for _, path := range paths {
			data, err := paper.ReadTemplate(path)
			if err != nil {
				return err
			}
			name := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
			id, err := paper.AddTemplate(ctx, session, kind, firm.FormProposal, name, data, language)
			if err != nil {
				return err
			}
			ids = append(ids, id)
		}
		return nil
	}, func(err error) {
		s.h.Fail(err)
		s.added(ids)
	})
}

func (s *Screen) added(ids []int64) {
	if len(ids) == 0 {
		return
	}
	s.want = ids[len(ids)-1]
	s.h.Saved("template", ids...)
	s.reload()
}

// samples are the templates that the program ships with, to begin from.
func (s *Screen) samples() []*fyne.MenuItem {
	t := s.h.Words()
	var items []*fyne.MenuItem
	for i, lang := range locale.Languages {
		if i > 0 {
			items = append(items, fyne.NewMenuItemSeparator())
		}
		for _, form := range firm.Forms {
			items = append(items, fyne.NewMenuItem(t.Choice("template", "form", form)+", "+locale.New(lang).T("language"), func() { s.takeSample(form, lang) }))
		}
	}
	return items
}

func (s *Screen) takeSample(form string, lang locale.Language) {
	session := s.h.Session()
	var id int64
	s.h.Background(s.ctx, func(ctx context.Context) error {
		file, err := paper.Sample(form, lang)
		if err != nil {
			return err
		}
		id, err = paper.AddTemplate(ctx, session, kind, form, locale.New(lang).Choice("template", "form", form), file, lang)
		return err
	}, func(err error) {
		if err != nil {
			s.h.Fail(err)
			return
		}
		s.added([]int64{id})
	})
}
