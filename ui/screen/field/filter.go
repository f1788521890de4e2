package field

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"ugoda/model/filter"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/run"
	"ugoda/ui/screen"
)

// filterFormat begins the format of a field that holds a condition; the kind of
// record that it is about follows.
const filterFormat = "filter:"

// condition edits a condition on records of a kind: as text, or by rows (F4).
// Below it stands what it means, in words, and how many records meet it today.
func (e *Editor) condition(h screen.Host, kind string) {
	w := input.NewMulti(2)
	e.text(w)
	t, reg := h.Words(), h.Session().Registry()
	means := widget.NewLabel("")
	means.Wrapping, means.Importance = fyne.TextWrapWord, widget.LowImportance
	latest := run.NewLatest(Runner{h})
	tell := func() {
		n, err := filter.Parse(reg, kind, w.Text)
		switch {
		case err != nil:
			latest.Go(context.Background(), func(context.Context) func() { return func() {} }) // what is counted yet is of another
			means.SetText(t.Error(err))
			return
		case n == nil:
			latest.Go(context.Background(), func(context.Context) func() { return func() {} })
			means.SetText(t.T("filter.none"))
			return
		}
		Tally(h, latest, kind, n, t.Condition(reg, kind, n, nil), means.SetText)
	}
	build := func() {
		n, err := filter.Parse(reg, kind, w.Text)
		if err != nil { // it is begun anew, or mended as text
			n = nil
		}
		h.Condition(kind, n, func(n filter.Node) {
			text := ""
			if n != nil {
				text = filter.Text(n)
			}
			w.SetText(text)
			h.Canvas().Focus(w)
		})
	}
	edited := w.OnChanged
	w.OnChanged = func(text string) {
		edited(text)
		tell()
	}
	put := e.put
	e.put = func(v any) {
		s, _ := v.(string)
		put(s)
		tell()
	}
	e.own = func(k *fyne.KeyEvent) bool {
		if k.Name != fyne.KeyF4 || w.Disabled() {
			return false
		}
		build()
		return true
	}
	button := input.NewButton(t.T("filter.build")+"…", build).Framed()
	e.enable = func(usable bool) {
		able(w)(usable)
		able(button)(usable)
	}
	tell()
	e.Object = container.New(layout.NewCustomPaddedVBoxLayout(2), w, means, input.NewLine(input.Giving(button)))
}

// Tally shows a condition in words, and behind them how many records of a kind
// meet it today, as soon as they are counted.
func Tally(h screen.Host, latest *run.Latest, kind string, n filter.Node, words string, show func(text string)) {
	show(words)
	t, session := h.Words(), h.Session()
	latest.Go(context.Background(), func(ctx context.Context) func() {
		count, err := session.Count(ctx, store.Query{Kind: kind, Where: n})
		return func() {
			if err == nil {
				show(words + " · " + t.N("filter.meets", count))
			}
		}
	})
}

// conditionOn is the kind of record that a field holds a condition on; empty: it
// holds none.
func conditionOn(format string) string {
	kind, ok := strings.CutPrefix(format, filterFormat)
	if !ok {
		return ""
	}
	return kind
}
