package ui

import (
	"context"
	"errors"
	"log/slog"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/store"
	"ugoda/ui/screen"
	"ugoda/ui/screen/form"
	"ugoda/ui/screen/listing"
	"ugoda/ui/screen/where"
)

var _ screen.Host = (*Window)(nil)

// Session implements screen.Host.
func (w *Window) Session() *store.Session { return w.session }

// Words implements screen.Host.
func (w *Window) Words() *locale.Printer { return w.words }

// Canvas implements screen.Host.
func (w *Window) Canvas() fyne.Canvas { return w.canvas }

// Window implements screen.Host.
func (w *Window) Window() fyne.Window { return w.win }

// Services implements screen.Host.
func (w *Window) Services() screen.Services { return w.deps.Services }

// Background implements screen.Host.
func (w *Window) Background(ctx context.Context, work func(ctx context.Context) error, show func(err error)) {
	w.runner.Go(ctx, func(ctx context.Context) func() {
		err := work(ctx)
		return func() {
			if !w.gone.Load() {
				show(err)
			}
		}
	})
}

// Say implements screen.Host.
func (w *Window) Say(text string) { w.status.Say(text, "", nil) }

// Done implements screen.Host.
func (w *Window) Done(text string, batch store.Batch) {
	if batch.ID == 0 {
		w.Say(text)
		return
	}
	w.status.Say(text, w.words.T("button.undo"), func() { w.undo(batch.ID, false) })
}

// Offer implements screen.Host.
func (w *Window) Offer(text, button string, do func()) { w.status.Say(text, button, do) }

// Remind implements screen.Host.
func (w *Window) Remind(text, button string, do func(), holds func(ctx context.Context) (bool, error)) {
	w.status.Say(text, button, do)
	w.reminded = &reminder{text, holds}
}

// reminder is a message that goes with its cause.
type reminder struct {
	text  string
	holds func(ctx context.Context) (bool, error)
}

// rethink takes a message away whose cause is gone.
func (w *Window) rethink() {
	r := w.reminded
	if r == nil {
		return
	}
	if w.status.Message() != r.text {
		w.reminded = nil // something was said since
		return
	}
	holds := true
	w.Background(w.ctx, func(ctx context.Context) (err error) {
		holds, err = r.holds(ctx)
		return err
	}, func(err error) {
		if err != nil {
			logQuietly("ask whether a message holds", err)
			return
		}
		if !holds && w.reminded == r {
			w.status.Withdraw(r.text)
			w.reminded = nil
		}
	})
}

// Undo implements screen.Host.
func (w *Window) Undo(batch store.Batch) { w.undo(batch.ID, false) }

// undo takes a batch back; what was edited since is named, and kept unless the
// person insists.
func (w *Window) undo(batch int64, force bool) {
	s := w.session
	var r store.UndoResult
	w.Job(w.words.T("command.undo"), func(ctx context.Context, report func(done, total int64)) (err error) {
		r, err = s.Undo(store.WithProgress(ctx, report), batch, force)
		return err
	}, func(err error) {
		if err != nil {
			w.Fail(err)
			return
		}
		t := w.words
		w.Say(t.N("ui.undone", int64(r.Undone)))
		w.poll()
		if len(r.Kept) == 0 {
			return
		}
		names := ""
		for i, k := range r.Kept {
			if i == 12 {
				names += "…"
				break
			}
			names += t.Kind(k.Kind) + " " + screen.RefText(k.Ref) + "\n"
		}
		w.Confirm(t.T("ui.undo.kept.title"), t.N("ui.undo.kept", int64(len(r.Kept)))+"\n\n"+names, t.T("ui.undo.anyway"), func() { w.undo(batch, true) })
	})
}

// Confirm implements screen.Host.
func (w *Window) Confirm(title, text, yes string, then func()) {
	w.Dialog(&screen.Dialog{
		Title: title, Content: wrapped(text), Size: fyne.NewSize(440, 0),
		Buttons: []screen.Button{{Label: w.words.T("button.cancel")}, {Label: yes, Primary: true, Do: then}},
	})
}

// Dialog implements screen.Host.
func (w *Window) Dialog(d *screen.Dialog) {
	closed := d.Closed
	d.Closed = func() {
		for i, x := range w.dialogs {
			if x == d {
				w.dialogs = append(w.dialogs[:i], w.dialogs[i+1:]...)
				break
			}
		}
		if closed != nil {
			closed()
		}
	}
	w.dialogs = append(w.dialogs, d)
	d.Show(w.canvas)
}

// dialog is the dialog on top, or nil.
func (w *Window) dialog() *screen.Dialog {
	if len(w.dialogs) == 0 {
		return nil
	}
	return w.dialogs[len(w.dialogs)-1]
}

// Menu implements screen.Host.
func (w *Window) Menu(m *fyne.Menu, at fyne.Position) {
	if len(m.Items) == 0 {
		return
	}
	widget.ShowPopUpMenuAtPosition(m, w.canvas, at)
}

// Neighbours implements screen.Host.
func (w *Window) Neighbours(key string, ids []int64) { w.neighbours[key] = ids }

// NeighboursOf implements screen.Host.
func (w *Window) NeighboursOf(key string) []int64 { return w.neighbours[key] }

// Edit implements screen.Host.
func (w *Window) Edit(kind string, id int64, fill map[string]any, then func(ref model.Ref)) {
	form.Edit(w, kind, id, fill, then)
}

// Choose implements screen.Host.
func (w *Window) Choose(kind string, of filter.Node, then func(ref model.Ref)) {
	if k := w.session.Registry().Kind(kind); k != nil {
		listing.Choose(w, k, of, then)
	}
}

// Condition implements screen.Host.
func (w *Window) Condition(kind string, n filter.Node, then func(n filter.Node)) {
	if k := w.session.Registry().Kind(kind); k != nil {
		where.Build(w, k, n, then)
	}
}

// Leave implements screen.Host.
func (w *Window) Leave(s screen.Screen) {
	if i := w.tabOf(s); i >= 0 {
		w.closeTab(i)
	}
}

// Fail implements screen.Host: the one place where errors become words.
func (w *Window) Fail(err error) {
	if err == nil || errors.Is(err, context.Canceled) || w.gone.Load() {
		return
	}
	t := w.words
	var said locale.Sayable
	var problems model.Problems
	known := errors.As(err, &said) || errors.As(err, &problems)
	if !known {
		slog.Error("unforeseen", "error", err)
	}
	d := &screen.Dialog{
		Title: t.T("ui.error.title"), Content: wrapped(t.Error(err)), Size: fyne.NewSize(460, 0),
		Buttons: []screen.Button{{Label: t.T("button.close"), Primary: true}},
	}
	if !known {
		d.Title = t.T("ui.error.unforeseen.title")
		d.Buttons = append([]screen.Button{{Label: t.T("ui.error.copy"), Stays: true, Do: func() {
			w.app.Clipboard().SetContent(w.diagnostics() + "\n\n" + err.Error())
			w.Say(t.T("ui.copied"))
		}}}, d.Buttons...)
	}
	w.Dialog(d)
}

func logQuietly(doing string, err error) {
	if !errors.Is(err, context.Canceled) {
		slog.Warn(doing, "error", err)
	}
}

// wrapped is text that breaks its lines at the width of a dialog.
func wrapped(text string) fyne.CanvasObject {
	l := widget.NewLabel(text)
	l.Wrapping = fyne.TextWrapWord
	return l
}

// menuLabel is a word of the drawn menu bar.
func menuLabel(text string) fyne.CanvasObject { return widget.NewLabel(text) }
