package form

import (
	"reflect"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/theme"
)

// differing names the fields and parts in which two versions differ.
func differing(k *model.Kind, a, b model.Keeper) []string {
	var out []string
	for _, f := range k.Fields {
		if !f.Computed && !f.Unaudited && !reflect.DeepEqual(f.Value(a), f.Value(b)) {
			out = append(out, f.Name)
		}
	}
	for _, p := range k.Parts {
		if !samePart(p, a, b) {
			out = append(out, p.Name)
		}
	}
	return out
}

func samePart(p *model.Part, a, b any) bool {
	if p.Len(a) != p.Len(b) {
		return false
	}
	for i := range p.Len(a) {
		for _, f := range p.Kind.Fields {
			if !f.Computed && !f.Unaudited && !reflect.DeepEqual(f.Value(p.At(a, i)), f.Value(p.At(b, i))) {
				return false
			}
		}
		for _, q := range p.Kind.Parts {
			if !samePart(q, p.At(a, i), p.At(b, i)) {
				return false
			}
		}
	}
	return true
}

// partInWords is what a part of a record holds.
func (s *Screen) partInWords(p *model.Part, rec model.Keeper) string {
	if s.page != nil {
		if text := s.page.Say(p.Name, rec); text != "" {
			return text
		}
	}
	return s.host.Words().N("list.rows", int64(p.Len(rec)))
}

// remember keeps the record as it is in the base: what a person changed since
// is told by it.
func (s *Screen) remember(rec model.Keeper) {
	s.original = nil
	text, err := packDraft(s.kind.Name, rec, time.Time{})
	if err != nil {
		return
	}
	if same, _, err := unpackDraft(s.kind, text); err == nil {
		s.original = same
	}
}

// touched reports whether a field or a part was changed here.
func (s *Screen) touched(name string, mine model.Keeper) bool {
	if s.original == nil {
		return true
	}
	if f := s.kind.Field(name); f != nil {
		return !reflect.DeepEqual(f.Value(s.original), f.Value(mine))
	}
	p := s.kind.Part(name)
	return p == nil || !samePart(p, s.original, mine)
}

// Whose value of a field is kept, and the width of the label before the two.
const (
	keep          = "mine"
	take          = "theirs"
	conflictLabel = 134
)

// resolve shows both versions, field by field, and takes what the person chose.
// Unless he says otherwise, that is his own where he changed it, and the other
// where only somebody else did. What rules fill follows from the rest.
func (s *Screen) resolve(c *store.Conflict) {
	t := s.host.Words()
	rows := container.New(layout.NewCustomPaddedVBoxLayout(theme.Scaled(6)))
	picks := make(map[string]*input.Pick, len(c.Fields))
	var first fyne.Focusable
	for _, name := range c.Fields {
		f := s.kind.Field(name)
		if f != nil && f.ReadOnly {
			continue
		}
		label, mine, theirs := "", "", ""
		if f != nil {
			label = t.Field(s.kind.Name, name)
			mine, theirs = said(s.host, s.kind.Name, f, f.Value(c.Mine)), said(s.host, s.kind.Name, f, f.Value(c.Theirs))
		} else if p := s.kind.Part(name); p != nil {
			label = t.Kinds(p.Kind.Name)
			mine, theirs = s.partInWords(p, c.Mine), s.partInWords(p, c.Theirs)
		}
		p := input.NewPick([]input.Option{
			{Key: keep, Text: t.T("form.conflict_mine") + ": " + mine},
			{Key: take, Text: t.T("form.conflict_theirs") + ": " + theirs},
		})
		if !s.touched(name, c.Mine) {
			p.Set(take)
		}
		if first == nil {
			first = p
		}
		picks[name] = p
		rows.Add(input.NewLabelled(label, p, false, conflictLabel))
	}
	text := widget.NewLabel(t.Error(c))
	text.Wrapping = fyne.TextWrapWord
	merge := func() {
		merged := c.Theirs
		for name, p := range picks {
			if p.Value() != keep {
				continue
			}
			if f := s.kind.Field(name); f != nil {
				if err := model.Assign(f.Ptr(merged), f.Value(c.Mine)); err != nil {
					s.host.Fail(err)
					return
				}
			} else if p := s.kind.Part(name); p != nil {
				p.Truncate(merged, 0)
				for i := range p.Len(c.Mine) {
					p.Add(merged)
					copyRow(p.Kind, p.At(merged, i), p.At(c.Mine, i))
				}
			}
		}
		s.banner.RemoveAll()
		s.stale = false
		s.body.show(merged)
		s.unsaved = true
		s.Save(nil)
	}
	s.host.Dialog(&screen.Dialog{
		Title: t.T("form.conflict_title"), Size: fyne.NewSize(640, 0), Focus: first,
		Content: container.NewVBox(text, rows),
		Buttons: []screen.Button{{Label: t.T("button.cancel")}, {Label: t.T("button.save"), Primary: true, Do: merge}},
	})
}
