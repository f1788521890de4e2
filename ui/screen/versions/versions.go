// Package versions is the screen that lays two revisions or variants of a
// proposal side by side.
package versions

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/table"
	"ugoda/service/versions"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/handout"
	"ugoda/ui/theme"
)

// Screen is the name of the screen; its address has the kind and the id of the
// proposal.
const Screen = "versions"

// Keys of its address: the two sides, as versions.Side names them.
const (
	ArgOld = "old"
	ArgNew = "new"
)

type view struct {
	host    screen.Host
	words   *locale.Printer
	address screen.Address
	ctx     context.Context
	cancel  context.CancelFunc

	revisions, variants []versions.Side
	old, now            *input.Choice
	all                 *input.Check
	pair                []fyne.CanvasObject // what only two sides have a use for
	lines               *Lines
	note                *widget.Label
	content             fyne.CanvasObject

	found  *versions.Comparison
	beside *table.Table // all variants side by side, in the place of found
}

// New opens a comparison.
func New(h screen.Host, a screen.Address) (screen.Screen, error) {
	v := &view{host: h, words: h.Words(), address: a, note: widget.NewLabel("")}
	v.ctx, v.cancel = context.WithCancel(context.Background())
	t := v.words.T
	v.old, v.now = input.NewChoice(nil), input.NewChoice(nil)
	v.old.OnChange = func() { v.follow(v.old, v.now) }
	v.now.OnChange = func() { v.follow(v.now, v.old) }
	v.all = input.NewCheck(t("versions.all"), func(bool) { v.show() })
	v.lines = NewLines(v.words)
	v.note.Truncation, v.note.Importance = fyne.TextTruncateEllipsis, widget.LowImportance
	out := handout.Handout{Host: h, Title: v.Title, Plain: true, Ask: v.sheet}
	wide := func(o fyne.CanvasObject) fyne.CanvasObject {
		return container.New(layout.NewGridWrapLayout(fyne.NewSize(theme.Scaled(250), o.MinSize().Height)), o)
	}
	v.pair = []fyne.CanvasObject{widget.NewLabel("→"), wide(v.now), v.all}
	bar := container.NewHBox(append([]fyne.CanvasObject{wide(v.old)}, v.pair...)...)
	top := container.NewVBox(container.NewBorder(nil, nil, bar, container.NewHBox(out.Buttons()...)), v.note)
	v.content = container.NewBorder(container.New(layout.NewCustomPaddedLayout(4, 2, 4, 4), top), nil, nil, nil, v.lines.Grid)
	v.read()
	return v, nil
}

// read finds what can be compared.
func (v *view) read() {
	s, id, words := v.host.Session(), v.address.ID, v.words
	type sides struct{ revisions, variants []versions.Side }
	v.lines.Grid.SetBusy(true)
	screen.Read(v.ctx, v.host, func(ctx context.Context) (x sides, err error) {
		x.revisions, x.variants, err = versions.Sides(ctx, s, words, id)
		return x, err
	}, func(x sides) {
		v.revisions, v.variants = x.revisions, x.variants
		old, now := v.address.Arg(ArgOld), v.address.Arg(ArgNew)
		if old == "" || now == "" {
			old, now = versions.Usual(x.revisions, x.variants)
		}
		var options []input.Option
		for _, side := range append(append([]versions.Side{}, x.revisions...), x.variants...) {
			options = append(options, input.Option{Key: side.Name, Text: side.Label})
		}
		v.now.SetOptions(options)
		if len(x.variants) > 1 {
			options = append(options, input.Option{Key: versions.AllVariants, Text: v.words.T("versions.beside")})
		}
		v.old.SetOptions(options)
		v.old.Set(old)
		v.now.Set(now)
		if old == "" {
			v.lines.Grid.SetBusy(false)
			v.note.SetText(v.words.T("versions.one"))
			return
		}
		v.compare()
	})
}

// follow compares after one side was chosen. A revision does not compare with a
// variant: the other side becomes one of the same sort.
func (v *view) follow(chosen, other *input.Choice) {
	if v.old.Value() == versions.AllVariants {
		v.compare()
		return
	}
	among := func(sides []versions.Side, name string) bool {
		return slices.ContainsFunc(sides, func(s versions.Side) bool { return s.Name == name })
	}
	sides := v.revisions
	if among(v.variants, chosen.Value()) {
		sides = v.variants
	}
	if !among(sides, other.Value()) {
		for _, s := range sides {
			if s.Name != chosen.Value() {
				other.Set(s.Name)
				break
			}
		}
	}
	v.compare()
}

// compare asks for the comparison of the sides chosen.
func (v *view) compare() {
	old, now := v.old.Value(), v.now.Value()
	for _, o := range v.pair {
		if old == versions.AllVariants {
			o.Hide()
		} else {
			o.Show()
		}
	}
	if old == versions.AllVariants {
		v.layBeside()
		return
	}
	if old == "" || now == "" {
		return
	}
	s, id, words := v.host.Session(), v.address.ID, v.words
	v.lines.Grid.SetBusy(true)
	screen.Read(v.ctx, v.host, func(ctx context.Context) (*versions.Comparison, error) {
		return versions.Compare(ctx, s, words, id, old, now)
	}, func(c *versions.Comparison) {
		v.found, v.beside = c, nil
		v.address = v.address.With(ArgOld, old).With(ArgNew, now)
		v.show()
		v.host.Retitle(v)
	})
}

// layBeside asks for all variants side by side.
func (v *view) layBeside() {
	s, id, words := v.host.Session(), v.address.ID, v.words
	v.lines.Grid.SetBusy(true)
	screen.Read(v.ctx, v.host, func(ctx context.Context) (*table.Table, error) {
		return versions.Beside(ctx, s, words, id)
	}, func(t *table.Table) {
		v.beside, v.found = t, nil
		v.address = v.address.With(ArgOld, versions.AllVariants).With(ArgNew, versions.AllVariants)
		v.note.SetText("")
		if err := v.lines.ShowBeside(v.ctx, t); err != nil {
			v.host.Fail(err)
		}
		v.host.Retitle(v)
	})
}

// show lays out what was found.
func (v *view) show() {
	if v.found == nil {
		return
	}
	v.note.SetText(Counts(v.words, &v.found.Comparison))
	if err := v.lines.Show(v.ctx, v.found.Table(v.words, v.host.Session().Registry().Kind("proposal"), v.all.Value())); err != nil {
		v.host.Fail(err)
	}
}

// sheet is the comparison as it is printed and saved.
func (v *view) sheet() handout.Asker {
	found, beside, all := v.found, v.beside, v.all.Value()
	session, id := v.host.Session(), v.address.ID
	kind, words := session.Registry().Kind("proposal"), v.words
	return func(ctx context.Context) (x handout.Sheet, err error) {
		sides := []string{versions.AllVariants}
		switch {
		case beside != nil:
			t := *beside
			x.Table = &t
		case found != nil:
			x.Table, sides = found.Table(words, kind, all), []string{found.Old.Name, found.New.Name}
		default:
			return x, model.Refused("", "nothing_to_compare")
		}
		x.Table.Held, err = versions.Held(ctx, session, id, sides...)
		return x, err
	}
}

// Title says what the tab holds.
func (v *view) Title() string {
	if v.beside != nil {
		return v.beside.Title
	}
	if v.found == nil {
		return v.words.T("versions.compare")
	}
	return v.words.T("versions.title", "number", v.found.Proposal.Number, "old", v.found.Old.Label, "new", v.found.New.Label)
}

// Content is the comparison.
func (v *view) Content() fyne.CanvasObject { return v.content }

// Address is how the same comparison is opened again.
func (v *view) Address() screen.Address { return v.address }

var _ screen.Goer = (*view)(nil)

// Goes implements screen.Goer: other sides asked for are compared here.
func (v *view) Goes(a screen.Address) {
	if a.Arg(ArgOld) == "" || a.Arg(ArgNew) == "" {
		return
	}
	v.address = a
	v.read()
}

// Unsaved is never.
func (v *view) Unsaved() bool { return false }

// Close drops what is being read.
func (v *view) Close() { v.cancel() }

// Changed reads again when a proposal or its revisions were saved.
func (v *view) Changed(kinds map[string][]int64) {
	if len(kinds) == 0 || kinds["proposal"] != nil || kinds["revision"] != nil {
		v.read()
	}
}
