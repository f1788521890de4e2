package templates

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"

	"ugoda/exchange/outfile"
	"ugoda/model/filter"
	"ugoda/service/paper"
	"ugoda/store"
	"ugoda/ui/screen"
	"ugoda/ui/screen/preview"
	"ugoda/ui/screen/where"
)

// watchEvery is how often a file that was given out is looked at.
const watchEvery = time.Second

// edit gives the template out to Word, LibreOffice or whatever the system has
// for it, and watches it from then on.
func (s *Screen) edit() {
	x := s.current()
	if x == nil {
		return
	}
	session, id, name, file := s.h.Session(), x.ID, x.Name, x.File
	var c paper.WorkingCopy
	s.h.Background(s.ctx, func(context.Context) (err error) {
		if c, err = paper.CopyOf(session, id, name); err != nil {
			return err
		}
		return c.Give(file)
	}, func(err error) {
		if err != nil {
			s.h.Fail(err)
			return
		}
		s.watched[id] = true
		if err := preview.OpenPath(c.Path); err != nil {
			s.h.Say(s.h.Words().T("templates.open_yourself", "path", c.Path))
		}
		s.redraw()
	})
}

// redraw shows the template in front anew.
func (s *Screen) redraw() {
	s.shown = 0
	s.follow()
}

// watch looks at what was given out, again and again, until the screen closes.
func (s *Screen) watch() {
	s.ticker = time.NewTicker(watchEvery)
	go func() {
		for {
			select {
			case <-s.ctx.Done():
				return
			case <-s.ticker.C:
				fyne.Do(s.look)
			}
		}
	}()
}

// look takes back what was edited and saved in the other program.
func (s *Screen) look() {
	for i := range s.items {
		if x := &s.items[i]; s.watched[x.ID] {
			s.take(x.ID, x.Name, false)
		}
	}
}

// patience is how many looks in a row find the same unreadable file before it
// is told: until then another program may be writing it.
const patience = 4

// take puts what was edited in the place of the template's file, and checks it.
// What a colleague changed meanwhile is written over only if the user insists.
func (s *Screen) take(id int64, name string, insist bool) {
	session := s.h.Session()
	var taken bool
	s.h.Background(s.ctx, func(ctx context.Context) error {
		c, err := paper.CopyOf(session, id, name)
		if err != nil {
			return err
		}
		taken, err = c.Take(ctx, session, id, insist)
		return err
	}, func(err error) {
		var half *paper.Unreadable
		if errors.As(err, &half) && !insist {
			if h := s.halves[id]; h.sum == half.Sum {
				s.halves[id] = halfFile{h.sum, h.looks + 1}
			} else {
				s.halves[id] = halfFile{half.Sum, 1}
			}
			if s.halves[id].looks != patience {
				return
			}
			s.h.Say(s.h.Words().T("templates.copy_unreadable", "name", name))
			s.shown = 0
			s.reload()
			return
		}
		if err != nil {
			s.watched[id] = false                                        // told once, not every second
			if c := (*paper.ChangedMeanwhile)(nil); errors.As(err, &c) { // the card asks what to do
				s.h.Say(s.h.Words().Error(err))
			} else {
				s.h.Fail(err)
			}
			s.shown = 0
			s.reload()
			return
		}
		delete(s.halves, id)
		if !taken {
			return
		}
		s.watched[id], s.taken[id] = true, s.now()
		s.shown = 0
		s.want = id
		s.h.Saved("template", id)
		s.reload()
		s.h.Say(s.h.Words().T("templates.taken_back", "name", name))
	})
}

// now is the moment shown beside what was taken back.
func (s *Screen) now() time.Time { return time.Now() }

// drop forgets what was edited outside.
func (s *Screen) drop(id int64, name string) {
	session := s.h.Session()
	s.h.Background(s.ctx, func(context.Context) error {
		c, err := paper.CopyOf(session, id, name)
		if err != nil {
			return err
		}
		return c.Drop()
	}, func(err error) {
		s.watched[id] = false
		s.h.Fail(err)
		s.shown = 0
		s.reload()
	})
}

// preview shows the chosen document, else the latest, through the template.
func (s *Screen) preview() {
	x := s.current()
	if x == nil {
		return
	}
	session, name, chosen := s.h.Session(), x.Name, s.document.Value().ID
	screen.Read(s.ctx, s.h, func(ctx context.Context) (int64, error) { return shownWith(ctx, session, chosen) }, func(id int64) {
		if id == 0 {
			s.h.Say(s.h.Words().T("templates.nothing_to_show"))
			return
		}
		s.h.Open(preview.Through(kind, id, name))
	})
}

// shownWith is the document that templates are shown with: the chosen one,
// else the latest; 0: there is none.
func shownWith(ctx context.Context, session *store.Session, chosen int64) (int64, error) {
	if chosen != 0 {
		return chosen, nil
	}
	rows, err := session.Page(ctx, store.Query{Kind: kind, Columns: []string{"number"}, Sort: []store.Order{{Path: "id", Desc: true}}, Limit: 1})
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	return rows[0].ID, nil
}

// rename opens the form of the template.
func (s *Screen) rename() {
	if x := s.current(); x != nil {
		s.h.Edit("template", x.ID, nil, nil)
	}
}

// chooseWhen asks which documents the template is chosen for, in the form of a
// list's filter; none: any.
func (s *Screen) chooseWhen() {
	x := s.current()
	if x == nil {
		return
	}
	session, id := s.h.Session(), x.ID
	k := session.Registry().Kind(kind)
	n, err := filter.Parse(session.Registry(), kind, x.When)
	if err != nil { // it was refused when it was saved: only a field that is gone comes here
		n = nil
	}
	where.Build(s.h, k, n, func(n filter.Node) {
		when := ""
		if n != nil {
			when = filter.Text(n)
		}
		s.h.Background(s.ctx, func(ctx context.Context) error { return paper.ChooseWhen(ctx, session, id, when) }, func(err error) { s.stored(id, err) })
	})
}

// stored shows a template as it was saved, or why it was not.
func (s *Screen) stored(id int64, err error) {
	if err != nil {
		s.h.Fail(err)
		return
	}
	s.shown = 0
	s.h.Saved("template", id)
	s.reload()
}

func (s *Screen) makeDefault() {
	x := s.current()
	if x == nil {
		return
	}
	session, id := s.h.Session(), x.ID
	s.h.Background(s.ctx, func(ctx context.Context) error { return paper.MakeDefault(ctx, session, id) }, func(err error) { s.stored(id, err) })
}

// save writes the template into a file.
func (s *Screen) save() {
	if x := s.current(); x != nil {
		preview.SaveFile(s.h, outfile.Name(x.Name)+".docx", x.File)
	}
}

// replace takes another file in the place of the template's.
func (s *Screen) replace() {
	x := s.current()
	if x == nil {
		return
	}
	session, id := s.h.Session(), x.ID
	s.askFile(func(path string) {
		s.h.Background(s.ctx, func(ctx context.Context) error {
			data, err := paper.ReadTemplate(path)
			if err != nil {
				return err
			}
			return paper.ReplaceTemplate(ctx, session, id, data)
		}, func(err error) { s.stored(id, err) })
	})
}

// remove moves the template to the bin; it can be undone.
func (s *Screen) remove() {
	x := s.current()
	if x == nil {
		return
	}
	session, id, name := s.h.Session(), x.ID, x.Name
	screen.Read(s.ctx, s.h, func(ctx context.Context) (store.Batch, error) {
		return session.Mark(ctx, "template", id, true)
	}, func(b store.Batch) {
		s.h.Saved("template", id)
		s.h.Done(s.h.Words().N("list.to_bin", 1)+": "+name, b)
		s.reload()
	})
}
