package imports

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/theme"
)

// steps shows where the work stands, and goes back.
func (s *Screen) steps() fyne.CanvasObject {
	t := s.words.T
	row := []fyne.CanvasObject{heading(t("import.title", "kind", s.words.Kinds(s.kind.Name)))}
	for i, name := range []string{"import.step.file", "import.step.check", "import.step.done"} {
		at := step(i)
		b := input.NewButton(s.words.Int(int64(i+1))+"  "+t(name), func() {
			if at < s.step && s.step != finished && !s.busy {
				s.show(at)
			}
		})
		b.SetChosen(at == s.step)
		if at > s.step || s.step == finished && at != finished {
			b.Disable()
		}
		row = append(row, b)
	}
	row = append(row, nil,
		input.NewIconButton(fynetheme.DocumentSaveIcon(), t("import.sample"), s.sample),
		input.NewIconButton(fynetheme.HistoryIcon(), t("import.journal"), func() { s.host.Open(screen.Address{Screen: JournalName}) }))
	line := canvas.NewRectangle(theme.Color(theme.Line))
	line.SetMinSize(fyne.NewSize(1, 1))
	return container.New(layout.NewCustomPaddedVBoxLayout(0), container.New(layout.NewCustomPaddedLayout(3, 3, 8, 8), input.NewToolbar(row...)), line)
}

// ToImported is the address of the list of what an import made and changed.
func ToImported(kind string, batch int64) screen.Address {
	return screen.ToList(kind, "").With(screen.ArgBatch, idText(batch))
}

// finish is the last step: what came of it, and where it can be looked at or
// taken back.
func (s *Screen) finish() fyne.CanvasObject {
	t, r := s.words.T, s.result
	title := heading(s.words.N("import.done", int64(r.Created+r.Updated)))
	box := container.New(layout.NewCustomPaddedVBoxLayout(6), title)
	facts := container.New(layout.NewFormLayout())
	put := func(key string, n int) {
		if n > 0 {
			facts.Add(caption(t(key)))
			facts.Add(widget.NewLabel(s.words.Int(int64(n))))
		}
	}
	put("import.rows", r.Rows)
	put("import.created", r.Created)
	put("import.updated", r.Updated)
	put("import.same", r.Same)
	put("import.left_out", r.LeftOut)
	put("import.skipped", r.Skipped)
	put("import.repeated", r.Repeated)
	put("import.totals", r.Totals)
	put("import.groups", r.Groups)
	box.Add(facts)
	if remarks := s.remarks(r); len(remarks) > 0 {
		l := caption(strings.Join(remarks, "\n"))
		l.Wrapping = fyne.TextWrapWord
		box.Add(l)
	}
	s.toRecords = input.NewButton(t("import.open_records", "kind", s.words.Kinds(s.kind.Name)), func() { s.host.Open(ToImported(s.kind.Name, r.Batch.ID)) }).Primary()
	buttons := []fyne.CanvasObject{
		s.toRecords,
		input.NewIconButton(fynetheme.ContentUndoIcon(), t("button.undo"), func() {
			undo(s.ctx, s.host, r.Batch, func() { s.host.Close(s) })
		}).Framed(),
		input.NewIconButton(fynetheme.FileIcon(), t("import.another"), s.another).Framed(),
	}
	if len(r.Bad) > 0 {
		buttons = append(buttons, input.NewIconButton(fynetheme.DocumentSaveIcon(), t("import.export.rows"), s.check.exportRows).Framed())
	}
	box.Add(input.NewToolbar(buttons...))
	return container.NewVScroll(container.New(layout.NewCustomPaddedLayout(12, 12, 16, 16), box))
}

// another begins anew with another file.
func (s *Screen) another() {
	s.book, s.plan, s.result, s.tried, s.data = nil, nil, nil, nil, nil
	s.file, s.path = "", ""
	s.source.note.SetText("")
	s.show(mapping)
}

// undo takes an import back, after telling which of its records were edited
// since: those stay as they are unless a person says otherwise.
func undo(ctx context.Context, h screen.Host, batch store.Batch, then func()) {
	t, session := h.Words(), h.Session()
	screen.Read(ctx, h, func(ctx context.Context) (store.UndoResult, error) { return session.UndoPreview(ctx, batch.ID) }, func(p store.UndoResult) {
		text := widget.NewLabel(t.N("import.undo.text", int64(p.Undone)))
		text.Wrapping = fyne.TextWrapWord
		box := container.New(layout.NewCustomPaddedVBoxLayout(4), text)
		force := input.NewCheck(t.N("import.undo.force", int64(len(p.Kept))), nil)
		force.Set(p.Undone == 0)
		if len(p.Kept) > 0 {
			kept := widget.NewLabel(t.N("import.undo.kept", int64(len(p.Kept))))
			kept.Wrapping = fyne.TextWrapWord
			names := container.New(layout.NewCustomPaddedVBoxLayout(0))
			for i, k := range p.Kept {
				if i == 200 {
					names.Add(caption("…"))
					break
				}
				names.Add(caption(t.Kind(k.Kind) + "  " + screen.RefText(k.Ref)))
			}
			scroll := container.NewVScroll(names)
			scroll.SetMinSize(fyne.NewSize(0, theme.Scaled(min(160, 24*float32(len(p.Kept))))))
			box.Add(kept)
			box.Add(scroll)
			box.Add(force)
		}
		h.Dialog(&screen.Dialog{
			Title: t.T("import.undo.title", "file", batch.Label), Content: box, Size: fyne.NewSize(480, 0),
			Buttons: []screen.Button{{Label: t.T("button.cancel")}, {Label: t.T("button.undo"), Primary: true, Do: func() {
				takeBack(h, batch, force.Checked, then)
			}}},
		})
	})
}

func takeBack(h screen.Host, batch store.Batch, force bool, then func()) {
	t, session := h.Words(), h.Session()
	var r store.UndoResult
	h.Job(t.T("import.undo.running", "file", batch.Label), func(ctx context.Context, report func(done, total int64)) (err error) {
		r, err = session.Undo(store.WithProgress(ctx, report), batch.ID, force)
		return err
	}, func(err error) {
		if err != nil {
			h.Fail(err)
			return
		}
		said := t.N("ui.undone", int64(r.Undone))
		if len(r.Kept) > 0 {
			said += " · " + t.N("import.undo.left", int64(len(r.Kept)))
		}
		h.Say(said)
		h.Saved("batch")
		if then != nil {
			then()
		}
	})
}
