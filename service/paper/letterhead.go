package paper

import (
	"context"

	"ugoda/locale"
	"ugoda/model/firm"
	"ugoda/printing/docx"
	"ugoda/store"
)

// OnLetterhead puts the shipped template of a form onto a letterhead: its
// headers, footers, page size, margins and fonts.
func OnLetterhead(form string, lang locale.Language, letterhead []byte) ([]byte, error) {
	sample, err := Sample(form, lang)
	if err != nil {
		return nil, err
	}
	return docx.Letterhead(sample, letterhead)
}

// UseLetterhead makes templates of the given forms and languages on a
// letterhead and keeps them in the base; as the default ones, if that is
// wished. They are named after the form and the letterhead. All are made
// before the first is kept.
func UseLetterhead(ctx context.Context, s *store.Session, kind, name string, letterhead []byte, forms []string, languages []locale.Language, standard bool) ([]int64, error) {
	type made struct {
		form, name string
		lang       locale.Language
		file       []byte
	}
	var all []made
	for _, lang := range languages {
		for _, form := range forms {
			file, err := OnLetterhead(form, lang, letterhead)
			if err != nil {
				return nil, err
			}
			all = append(all, made{form, locale.New(lang).Choice("template", "form", form) + " — " + name, lang, file})
		}
	}
	var ids []int64
	for _, m := range all {
		t := &firm.Template{Name: m.name, For: kind, Form: m.form, Language: string(m.lang), File: m.file, Order: 1}
		sample, err := Sample(m.form, m.lang)
		if err != nil {
			return ids, err
		}
		t.CameFrom(sample)
		id, err := addTemplate(ctx, s, t)
		if err != nil {
			return ids, err
		}
		ids = append(ids, id)
		if standard {
			if err := MakeDefault(ctx, s, id); err != nil {
				return ids, err
			}
		}
	}
	return ids, nil
}

// HasTags tells whether a document asks for anything: one without tags is a
// letterhead rather than a template.
func HasTags(file []byte) (bool, error) {
	t, err := docx.Open(file)
	if err != nil {
		return false, err
	}
	return len(t.Tags()) > 0 || len(t.Problems()) > 0, nil
}
