// Package form is the card of any kind of record, made from its description:
// groups of fields, parts, actions, related records, history. Small forms over
// the window are made of the same body.
package form

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/act"
	"ugoda/ui/screen/merge"
	"ugoda/ui/theme"
)

// Screen is the card of one record.
type Screen struct {
	host    screen.Host
	kind    *model.Kind
	address screen.Address
	ctx     context.Context
	cancel  context.CancelFunc

	content *fyne.Container
	head    *fyne.Container
	banner  *fyne.Container
	title   *widget.Label
	body    *body
	below   *below
	actions []store.ActionState
	stale   bool // somebody else saved it while it is being edited
	unsaved bool
	saving  bool
	timer   *time.Timer
	closed  bool

	makePage   func(s *Screen) Page
	page       Page         // lays the card out, nil for the form of any kind
	original   model.Keeper // the record as it was read, nil where that is not known
	edits      int          // counts changes, so that a save knows what came after it began
	makeBeside func(s *Screen) Beside
	beside     Beside
	besideNew  bool // it was made for a record that was not saved yet
	top, right *fyne.Container
}

// New opens a record, or begins a new one.
func New(h screen.Host, a screen.Address) (screen.Screen, error) { return open(h, a, nil) }

func open(h screen.Host, a screen.Address, page func(s *Screen) Page) (screen.Screen, error) {
	k := h.Session().Registry().Kind(a.Kind)
	if k == nil {
		return nil, fmt.Errorf("form: there is no kind %q", a.Kind)
	}
	s := &Screen{host: h, kind: k, address: a, makePage: page}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	s.head, s.banner = container.NewStack(), container.NewVBox()
	s.top, s.right = container.NewStack(), container.NewStack()
	s.content = container.NewStack(widget.NewLabel(h.Words().T("word.loading")))
	s.read(true)
	return s, nil
}

// loaded is what reading a record gives.
type loaded struct {
	rec     model.Keeper
	actions []store.ActionState
	draft   string
}

// read reads the record, and on the first time its draft.
func (s *Screen) read(first bool) {
	h, k, a := s.host, s.kind, s.address
	session := h.Session()
	copyOf, err := strconv.ParseInt(a.Arg(screen.ArgCopy), 10, 64)
	if err != nil {
		copyOf = 0
	}
	screen.Read(s.ctx, h, func(ctx context.Context) (loaded, error) {
		var l loaded
		var err error
		if l.rec, err = load(ctx, h, k, a.ID, a.Fill, copyOf, s.makePage != nil); err != nil {
			return l, err
		}
		if a.ID != 0 {
			if l.actions, err = session.May(ctx, k.Name, l.rec); err != nil {
				return l, err
			}
		}
		if first {
			l.draft, err = session.Preference(ctx, draftKey(k.Name, a.ID))
		}
		return l, err
	}, func(l loaded) {
		s.actions = l.actions
		s.remember(l.rec)
		if first {
			s.open(l)
			return
		}
		was := s.Title()
		s.body.show(l.rec)
		if s.Title() != was { // it is the neighbour, or called otherwise now
			s.host.Retitle(s)
		}
		s.setUnsaved(false)
		s.placeBeside()
		s.showHead()
		s.below.reload()
	})
}

// open builds the form around a record.
func (s *Screen) open(l loaded) {
	rec := l.rec
	var restored time.Time
	if l.draft != "" && s.address.Arg(screen.ArgDraft) != "" || l.draft != "" && rec.Base().ID != 0 || l.draft != "" && len(s.address.Fill) == 0 && s.address.Arg(screen.ArgCopy) == "" {
		if d, at, err := unpackDraft(s.kind, l.draft); err == nil && d.Base().ID == rec.Base().ID && d.Base().Version <= rec.Base().Version {
			if d.Base().Version < rec.Base().Version { // saving shows both versions
				s.original = nil
			}
			rec, restored = d, at
		}
	}
	if s.makePage != nil {
		s.openPage(rec)
	} else {
		s.openForm(rec)
	}
	s.placeBeside()
	s.showHead()
	if !restored.IsZero() {
		s.unsaved = true
		s.showRestored(restored)
	}
	s.host.Retitle(s)
	s.Shown()
}

// openPage lets the page lay the record out.
func (s *Screen) openPage(rec model.Keeper) {
	s.body = bareBody(s.host, s.kind, rec)
	s.body.keys = s.Key
	s.body.changed = s.changed
	s.below = newBelow(s)
	s.layPage(rec)
}

// openForm lays all fields out.
func (s *Screen) openForm(rec model.Keeper) {
	s.body = newBody(s.host, s.kind, rec, false)
	s.body.keys = s.Key
	dup := newDuplicates(s.host, s.kind, s.body)
	if dup != nil {
		dup.merge = func(other int64) {
			s.Saved(func() {
				merge.Ask(s.ctx, s.host, s.address.ID, other, func(kept int64, _ store.Batch) {
					if kept != s.address.ID {
						s.host.Open(screen.ToCard(s.kind.Name, kept))
						s.host.Close(s)
						return
					}
					s.read(false)
				})
			})
		}
	}
	s.body.changed = func(name string) {
		s.changed(name)
		if dup != nil && (rec.Base().ID == 0 || slices.Contains(telling, name)) {
			dup.look()
		}
	}
	s.below = newBelow(s)
	inner := container.NewVBox(s.banner, s.body.content)
	if dup != nil {
		inner.Add(dup.content)
	}
	inner.Add(s.below.content)
	line := widget.NewSeparator()
	padded := container.New(layout.NewCustomPaddedLayout(6, 8, 10, 10), inner)
	s.content.Objects = []fyne.CanvasObject{container.NewBorder(container.NewVBox(s.head, line, s.top), nil, nil, nil, container.New(aside{}, input.NewScroll(padded), s.right))}
	s.content.Refresh()
}

// changed notes that something was edited.
func (s *Screen) changed(name string) {
	s.edits++
	s.setUnsaved(true)
	if s.page != nil && name != "" {
		s.page.Edited(name)
	}
	if f, ok := s.beside.(Follower); ok && name != "" {
		f.Edited(name)
	}
}

// showRestored tells that a draft was taken, and offers to drop it.
func (s *Screen) showRestored(at time.Time) {
	t := s.host.Words()
	s.banner.RemoveAll()
	text := widget.NewLabel(t.T("form.draft_found", "when", at))
	text.Importance = widget.WarningImportance
	drop := input.NewButton(t.T("form.draft_discard"), func() {
		s.dropDraft()
		s.banner.RemoveAll()
		s.read(false)
	}).Framed()
	s.banner.Add(container.NewHBox(text, drop))
	s.banner.Refresh()
}

// Title implements screen.Screen.
func (s *Screen) Title() string {
	t := s.host.Words()
	name := t.Kind(s.kind.Name)
	if s.body == nil {
		return name
	}
	rec := s.body.rec
	if rec.Base().ID == 0 {
		return t.T("ui.form.new", "kind", name)
	}
	if s.page != nil {
		return s.page.Title()
	}
	title := s.kind.TitleOf(rec)
	if number := rec.Base().Number; number != "" && s.kind.Series != "" && !strings.HasPrefix(title, number) {
		title = number + " " + title
	}
	if title == "" {
		return name
	}
	return title
}

// Content implements screen.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Address implements screen.Screen.
func (s *Screen) Address() screen.Address { return s.address }

// Draft keeps what was typed, and tells how to bring it back.
func (s *Screen) Draft() screen.Address {
	s.keepDraft()
	return s.address.With(screen.ArgDraft, "1")
}

// Unsaved implements screen.Screen.
func (s *Screen) Unsaved() bool { return s.unsaved }

// Close implements screen.Screen.
func (s *Screen) Close() {
	s.closed = true
	if s.timer != nil {
		s.timer.Stop()
	}
	s.cancel()
	if s.below != nil {
		s.below.close()
	}
	if s.beside != nil {
		s.beside.Close()
	}
	if s.page != nil {
		s.page.Close()
	}
}

// Shown puts the keyboard into the first field: of a new record, the first that
// nothing has filled yet.
func (s *Screen) Shown() {
	if s.body == nil || s.host.Window() == nil {
		return
	}
	if s.page != nil {
		s.host.Canvas().Focus(s.page.First())
		return
	}
	if held, ok := s.host.Canvas().Focused().(fyne.CanvasObject); ok && s.body.holds(held) {
		return // where one was before the tab went behind
	}
	if f := s.body.first(s.body.rec.Base().ID == 0); f != nil {
		s.host.Canvas().Focus(f)
	}
}

// Hidden implements screen.Lifecycle.
func (s *Screen) Hidden() {}

// showHead draws the title, what the record is, and what can be done with it.
func (s *Screen) showHead() {
	t := s.host.Words()
	rec := s.body.rec
	s.title = widget.NewLabelWithStyle(s.Title(), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	s.title.SizeName = fynetheme.SizeNameSubHeadingText
	s.title.Truncation = fyne.TextTruncateEllipsis
	left := container.NewHBox()
	for _, name := range pills {
		if f := s.kind.Field(name); f != nil && f.Type == model.Choice && !f.Computed {
			if v, _ := f.Value(rec).(string); v != "" && rec.Base().ID != 0 {
				left.Add(input.NewPill(t.Choice(s.kind.Name, name, v), Tone(v)))
			}
		}
	}
	var buttons []fyne.CanvasObject
	var main fyne.CanvasObject
	var more, refused []*fyne.MenuItem
	named := s.buttons()
	if a := s.pageMain(); a != nil {
		main = input.NewButton(a.Label, a.Do).Primary()
	}
	for _, a := range inOrder(s.actions, named) {
		label := t.Action(s.kind.Name, a.Action.Name)
		allowed := len(a.Problems) == 0
		do := func() { s.act(a) }
		switch {
		case a.Action.Main && allowed && main == nil:
			main = input.NewButton(label, do).Primary()
		case allowed && (named == nil && len(buttons) < 2 || slices.Contains(named, a.Action.Name)):
			buttons = append(buttons, input.NewButton(label, do).Framed())
		default:
			i := fyne.NewMenuItem(label, do)
			if allowed {
				more = append(more, i)
				continue
			}
			i.Label = screen.Refused(label, t.Problem(a.Problems[0]))
			refused = append(refused, i)
		}
	}
	var row []input.Piece
	if mayWrite(s.host, s.kind) {
		save := input.NewButton(t.T("button.save"), func() { s.Save(nil) })
		if main == nil {
			save.Primary()
		} else {
			save.Framed()
		}
		row = append(row, input.Giving(save))
	}
	if main != nil {
		row = append(row, input.Giving(main))
	}
	for _, b := range buttons {
		row = append(row, input.Giving(b))
	}
	if act.CanPrint(s.host, s.kind.Name) && rec.Base().ID != 0 {
		row = append(row, input.Giving(input.NewIconButton(fynetheme.DocumentPrintIcon(), t.T("button.print"), s.print).Framed()))
	}
	if a := s.pageMain(); s.Can(screen.Mail) && (a == nil || a.Label != t.T("button.send")) {
		row = append(row, input.Whole(input.NewIconButton(fynetheme.MailSendIcon(), "", s.mail).Framed()))
	}
	if rec.Base().ID != 0 {
		row = append(row, input.Giving(input.NewMenuButton(t.T("button.more"), func() []*fyne.MenuItem { return s.moreItems(screen.WithRefused(more, refused, t.T("ui.menu.why_not"))) }).Framed()))
	}
	if s.hasNeighbours() {
		row = append(row, input.Whole(input.NewButton("‹", func() { s.neighbour(-1) })), input.Whole(input.NewButton("›", func() { s.neighbour(1) })))
	}
	title := fyne.CanvasObject(container.NewBorder(nil, nil, left, nil, s.title))
	if s.page != nil {
		title = s.page.Head()
	}
	s.head.Objects = []fyne.CanvasObject{container.New(layout.NewCustomPaddedLayout(3, 3, 6, 6), input.NewApart(title, input.NewLine(row...)))}
	s.head.Refresh()
}

// telling are the fields by which a record that was saved before may turn out
// to be another one's double.
var telling = []string{"name", "code", "phone", "email"}

// pills are the fields that stand as pills before the title.
var pills = []string{"state", "status", "outcome"}

// moreItems are the actions without a button, and what can be done with any record.
func (s *Screen) moreItems(actions []*fyne.MenuItem) []*fyne.MenuItem {
	t := s.host.Words().T
	out := slices.Clone(actions)
	if len(out) > 0 {
		out = append(out, fyne.NewMenuItemSeparator())
	}
	return append(out,
		fyne.NewMenuItem(t("ui.menu.copy_record"), func() { s.Do(screen.Copy) }),
		fyne.NewMenuItem(t("form.history"), func() { s.Do(screen.History) }),
		fyne.NewMenuItem(t("button.delete"), func() { s.Do(screen.Delete) }),
	)
}

// Tone is the colour of a state.
func Tone(state string) fyne.ThemeColorName {
	switch state {
	case "won", "accepted", "approved", "paid", "deal", "joined":
		return theme.Green
	case "lost", "declined", "cancelled", "not_ours":
		return theme.Red
	case "hold":
		return theme.Violet
	case "awaiting", "returned", "expired":
		return theme.Amber
	case "draft":
		return theme.Muted
	}
	return theme.Blue
}

func (s *Screen) setUnsaved(on bool) {
	if on {
		s.draftSoon()
	}
	if s.unsaved != on {
		s.unsaved = on
		s.host.Retitle(s)
	}
}

// Save implements screen.Saver.
func (s *Screen) Save(then func(saved bool)) {
	end := func(saved bool) {
		s.saving = false
		if then != nil {
			then(saved)
		}
	}
	if s.body == nil || s.saving {
		return
	}
	s.saving = true
	if !s.body.collect() {
		end(false)
		return
	}
	session, rec := s.host.Session(), s.body.rec
	fresh, edits := rec.Base().ID == 0, s.edits
	s.host.Background(s.ctx, func(ctx context.Context) error { return session.Save(ctx, s.kind.Name, rec) }, func(err error) {
		var problems model.Problems
		var conflict *store.Conflict
		switch {
		case errors.As(err, &problems):
			s.body.problems(problems)
			s.host.Say(s.host.Words().Error(problems))
			end(false)
			return
		case errors.As(err, &conflict):
			s.resolve(conflict)
			end(false)
			return
		case err != nil:
			s.host.Fail(err)
			end(false)
			return
		}
		s.dropDraftOf(fresh)
		s.address.ID, s.address.Fill = rec.Base().ID, nil
		delete(s.address.Args, screen.ArgCopy)
		delete(s.address.Args, screen.ArgDraft)
		s.banner.RemoveAll()
		s.stale = false
		s.remember(rec)
		s.setUnsaved(s.edits != edits) // somebody types fast: that stays, and is not saved yet
		s.host.Saved(s.kind.Name, rec.Base().ID)
		s.host.Say(s.host.Words().T("form.saved"))
		s.host.Retitle(s)
		if !s.unsaved {
			s.read(false)
		}
		end(true)
	})
}

// inOrder puts the named actions first, in the order of their names.
func inOrder(actions []store.ActionState, names []string) []store.ActionState {
	out := slices.Clone(actions)
	place := func(a store.ActionState) int {
		if i := slices.Index(names, a.Action.Name); i >= 0 {
			return i
		}
		return len(names)
	}
	slices.SortStableFunc(out, func(a, b store.ActionState) int { return place(a) - place(b) })
	return out
}
