// Package preview shows a document as it will print: its pages, what cannot
// be shown, and the ways out of here: printer, file, letter.
package preview

import (
	"context"
	"errors"
	"fmt"
	"image"
	"math"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/model/firm"
	"ugoda/model/proposal"
	"ugoda/printing/layout"
	"ugoda/service/paper"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/blanks"
	"ugoda/ui/screen/renewal"
	"ugoda/ui/theme"
)

// Name is the screen's name in addresses.
const Name = "print"

// argTemplate is the name of the template in an address; empty: the document's
// own.
const argTemplate = "template"

// To is the address of the preview of a document.
func To(kind string, id int64) screen.Address {
	return screen.Address{Screen: Name, Kind: kind, ID: id}
}

// Through is the address of the preview of a document through a template.
func Through(kind string, id int64, template string) screen.Address {
	return To(kind, id).With(argTemplate, template)
}

// argVersion is the number of a version of that template in an address; argForm
// what the document is made into; argVariant the only variant that is shown.
const (
	argVersion = "version"
	argForm    = "form"
	argVariant = "variant"
)

// ThroughVersion is the address of the preview of a document through a template
// as it was.
func ThroughVersion(kind string, id int64, template string, no int64) screen.Address {
	return Through(kind, id, template).With(argVersion, strconv.FormatInt(no, 10))
}

// Screen is the preview of one document.
type Screen struct {
	screen.Base
	stop     context.CancelFunc // of the reading under way
	shown    *shown
	title    string
	template *input.Choice
	variant  *input.Choice // all, or one of several
	variants *fyne.Container
	why      *widget.Label // why it is that template
	sheets   *sheets
	notes    *widget.Label
	mark     *widget.Icon
	every    *input.Button // opens the list of all notes
	banner   *fyne.Container
	offers   *fyne.Container // of what may be done about the template, and about what is blank
	page     *widget.Label
	zoom     *input.Button
	holder   *fyne.Container // the pages, or why there are none
	front    bool            // the tab is in front
}

// shown is the document that is in sight.
type shown struct {
	printed  *paper.Printed
	laid     *layout.Laid
	own      []byte // our own PDF
	notes    []paper.Note
	engine   paper.Engine
	suite    string // that makes the PDF; empty: our own layout
	number   string
	forms    []form
	variants []string // of a document that has several
	newer    renewal.Offer
	blanks   []paper.Blank // of a form other than the proposal, which asks before it gets here
	failed   error         // why there is nothing to see
}

// form is a template that the document may be printed through, or one that the
// program ships with: of a form that the base has no template of.
type form struct{ name, form string }

// forms lists the templates by what they make of the document.
func forms(templates []paper.Template) []form {
	var out []form
	for _, f := range firm.Forms {
		some := false
		for _, t := range templates {
			if t.Form == f {
				some = true
				out = append(out, form{t.Name, f})
			}
		}
		if !some && f != firm.FormProposal {
			out = append(out, form{"", f})
		}
	}
	return out
}

// shippedForm marks a form among the names of templates: no file is called so.
const shippedForm = "/"

// through takes another template, or a form of the program's own.
func (s *Screen) through(value string) {
	template, form := value, ""
	if f, shipped := strings.CutPrefix(value, shippedForm); shipped {
		template, form = "", f
	}
	s.At = s.At.With(argTemplate, template).With(argForm, form).With(argVersion, "")
	s.Host.Retitle(s)
	s.read()
}

// New opens the preview of the document that the address names.
func New(h screen.Host, a screen.Address) (screen.Screen, error) {
	if k := h.Session().Registry().Kind(a.Kind); k == nil || len(k.Prints) == 0 || a.ID == 0 {
		return nil, fmt.Errorf("preview: nothing to print of %q", a.Kind)
	}
	s := &Screen{Base: screen.Begin(h, a)}
	s.build()
	s.read()
	return s, nil
}

func (s *Screen) build() {
	t := s.Host.Words().T
	s.sheets = newSheets()
	s.sheets.background = s.Host.Background
	s.sheets.onPage = func(int) { s.showPage() }
	s.sheets.onZoom = s.showZoom
	s.sheets.onKey = func(k *fyne.KeyEvent) bool { return s.Key(k) }
	s.sheets.draw = func(ctx context.Context, page int, scale float64) (image.Image, error) {
		x := s.shown
		if x == nil || x.laid == nil {
			return nil, errors.New("nothing to draw")
		}
		return x.laid.Draw(ctx, page, scale)
	}
	s.template = input.NewChoice(nil)
	s.template.OnChange = func() { s.through(s.template.Value()) }
	s.variant = input.NewChoice(nil)
	s.variant.OnChange = func() {
		s.At = s.At.With(argVariant, s.variant.Value())
		s.Host.Retitle(s)
		s.read()
	}
	s.why = widget.NewLabel("")
	s.why.Importance = widget.LowImportance
	s.why.Truncation = fyne.TextTruncateEllipsis
	s.template.SetKeys(func(k fyne.KeyName, mod fyne.KeyModifier) bool {
		return mod == 0 && k == fyne.KeyEscape && s.Key(&fyne.KeyEvent{Name: k})
	})
	s.page = widget.NewLabel("")
	s.zoom = input.NewMenuButton("", s.zooms)
	s.notes = widget.NewLabel("")
	s.notes.Truncation = fyne.TextTruncateEllipsis
	s.mark = widget.NewIcon(fynetheme.InfoIcon())
	s.every = input.NewButton(t("print.notes.all"), s.showNotes).Framed()
	s.banner = container.NewBorder(nil, nil, container.New(&fixed{24}, s.mark), s.every, s.notes)
	s.banner.Hide()
	s.offers = container.NewVBox()
	s.variants = container.New(&fixed{130}, s.variant)
	s.variants.Hide()
	print := input.NewIconButton(fynetheme.DocumentPrintIcon(), t("button.print"), s.print).Primary()
	open := input.NewMenuButton(t("button.open"), func() []*fyne.MenuItem { return s.formats(s.open) }).Framed()
	save := input.NewMenuButton(t("print.save_as"), func() []*fyne.MenuItem { return s.formats(s.save) }).Framed()
	bar := []fyne.CanvasObject{print, save, open}
	if s.Host.Services().Mail != nil {
		bar = append(bar, input.NewIconButton(fynetheme.MailSendIcon(), t("button.send"), s.mail).Framed())
	}
	bar = append(bar, container.NewCenter(widget.NewLabel(t("print.template"))), container.New(&fixed{210}, s.template), s.variants, nil,
		container.NewCenter(s.page),
		input.NewIconButton(fynetheme.ZoomOutIcon(), "", func() { s.sheets.zoomTo(s.sheets.zoom / zoomStep) }),
		s.zoom,
		input.NewIconButton(fynetheme.ZoomInIcon(), "", func() { s.sheets.zoomTo(s.sheets.zoom * zoomStep) }),
	)
	head := container.NewVBox(container.NewPadded(input.NewToolbar(bar...)), s.why, s.offers, s.banner)
	s.holder = container.NewStack(widget.NewLabel(t("word.loading")))
	s.Body = container.NewBorder(head, nil, nil, nil, s.holder)
}

// fixed gives what it holds one width, at zoom 100, and the height of a row.
type fixed struct{ width float32 }

// MinSize is the size.
func (f *fixed) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(theme.Scaled(f.width), theme.Row())
}

// Layout fills the place.
func (f *fixed) Layout(o []fyne.CanvasObject, size fyne.Size) {
	for _, x := range o {
		x.Resize(size)
		x.Move(fyne.Position{})
	}
}

// Title implements screen.Screen.
func (s *Screen) Title() string {
	t := s.Host.Words()
	if s.title != "" {
		return t.T("print.title", "what", s.title)
	}
	return t.T("print.title", "what", t.Kind(s.At.Kind))
}

// Close implements screen.Screen.
func (s *Screen) Close() {
	s.Base.Close()
	s.sheets.close()
}

// Shown gives the keyboard to the pages.
func (s *Screen) Shown() {
	s.front = true
	if s.Host.Window() != nil && s.shown != nil && s.shown.failed == nil {
		s.Host.Canvas().Focus(s.sheets)
	}
}

// Hidden implements screen.Lifecycle.
func (s *Screen) Hidden() { s.front = false }

// Changed reads anew when something that stands in the print was saved.
func (s *Screen) Changed(kinds map[string][]int64) {
	if len(kinds) == 0 {
		s.read()
		return
	}
	for _, id := range kinds[s.At.Kind] {
		if id == s.At.ID {
			s.read()
			return
		}
	}
	for _, k := range []string{"template", "organization", "client", "contact", "employee", "approval-rule", "approval"} {
		if kinds[k] != nil {
			s.read()
			return
		}
	}
}

// read fills the template and lays the document out, in the background.
func (s *Screen) read() {
	if s.stop != nil {
		s.stop()
	}
	ctx, stop := context.WithCancel(s.Ctx)
	s.stop = stop
	session, job := s.Host.Session(), s.job()
	h := s.Host
	screen.Read(ctx, s.Host, func(ctx context.Context) (*shown, error) {
		x, err := prepare(ctx, session, job)
		if err != nil || x.printed == nil {
			return x, err
		}
		if x.newer, err = renewal.Of(ctx, h, x.printed.Through.ID, x.printed.Through.Name); err != nil {
			return nil, err
		}
		if x.printed.Through.Form != firm.FormProposal {
			x.blanks, err = paper.Blanks(ctx, session, job)
			x.blanks = blanks.Mine(session, x.blanks)
		}
		return x, err
	}, s.show)
}

// prepare makes everything that the screen shows. What is wrong with the
// template is shown in its place.
func prepare(ctx context.Context, s *store.Session, j paper.Job) (*shown, error) {
	x := &shown{}
	rec, err := s.Get(ctx, j.Kind, j.ID)
	if err != nil {
		return nil, err
	}
	x.number = rec.Base().Number
	templates, err := paper.Templates(ctx, s, j.Kind)
	if err != nil {
		return nil, err
	}
	x.forms = forms(templates)
	if p, ok := rec.(*proposal.Proposal); ok && len(p.Variants) > 1 {
		for _, v := range p.Variants {
			x.variants = append(x.variants, v.Name)
		}
	}
	if x.engine, err = paper.ChosenEngine(ctx, s); err != nil {
		return nil, err
	}
	x.suite = paper.Suite(x.engine)
	j.Draft = true
	if x.printed, err = paper.DOCX(ctx, s, j); err == nil {
		if len(x.printed.Held) > 0 {
			x.suite, x.engine = "", paper.Own
		}
		if x.laid, err = paper.Lay(ctx, x.printed); err == nil {
			var r *layout.Result
			if r, err = x.laid.PDF(ctx); err == nil {
				x.own, x.notes = r.PDF, paper.Limits(r)
			}
		}
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	x.failed = err
	return x, nil
}

func (s *Screen) show(x *shown) {
	s.shown = x
	s.title = x.number
	if x.printed != nil {
		s.title = x.printed.Name
	}
	s.Host.Retitle(s)
	t := s.Host.Words()
	options := []input.Option{{Key: "", Text: t.T("print.template.own")}}
	for _, f := range x.forms {
		if f.name == "" {
			options = append(options, input.Option{Key: shippedForm + f.form, Text: t.Choice("template", "form", f.form)})
			continue
		}
		options = append(options, input.Option{Key: f.name, Text: f.name})
	}
	s.template.SetOptions(options)
	if f := s.At.Arg(argForm); f != "" {
		s.template.Set(shippedForm + f)
	} else {
		s.template.Set(s.At.Arg(argTemplate))
	}
	s.showVariants(x.variants)
	s.showWhy()
	s.showOffers()
	if x.failed != nil {
		s.holder.Objects = []fyne.CanvasObject{s.failure(x.failed)}
		s.holder.Refresh()
		s.banner.Hide()
		s.page.SetText("")
		return
	}
	if len(s.holder.Objects) == 0 || s.holder.Objects[0] != s.pages() {
		s.holder.Objects = []fyne.CanvasObject{s.pages()}
		s.holder.Refresh()
	}
	s.sheets.set(x.laid.Pages())
	s.showPage()
	s.showBanner()
	if s.front && s.Host.Canvas().Overlays().Top() == nil && s.Host.Canvas().Focused() != fyne.Focusable(s.template) {
		s.Shown()
	}
}

// showVariants offers the variants of a document that has several.
func (s *Screen) showVariants(names []string) {
	if len(names) == 0 {
		s.variants.Hide()
		return
	}
	options := []input.Option{{Key: "", Text: s.Host.Words().T("print.variants.all")}}
	for i, name := range names {
		options = append(options, input.Option{Key: strconv.Itoa(i + 1), Text: name})
	}
	s.variant.SetOptions(options)
	s.variant.Set(s.At.Arg(argVariant))
	s.variants.Show()
}

// pages are the sheets with their bars.
func (s *Screen) pages() fyne.CanvasObject {
	if s.sheets.whole == nil {
		s.sheets.whole = s.sheets.content()
	}
	return s.sheets.whole
}

// failure says why there is nothing to see, and leads to the template.
func (s *Screen) failure(err error) fyne.CanvasObject {
	t := s.Host.Words()
	head := widget.NewLabelWithStyle(t.T("print.failed"), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	text := widget.NewLabel(t.Error(err))
	text.Wrapping = fyne.TextWrapWord
	text.Selectable = true
	box := container.NewVBox(head, text)
	if s.Host.Session().Registry().Kind("template") != nil {
		box.Add(container.NewHBox(input.NewButton(t.T("print.to_templates"), func() { s.Host.Open(screen.ToList("template", "")) }).Framed()))
	}
	return container.NewPadded(container.NewVScroll(box))
}

func (s *Screen) showPage() {
	n := len(s.sheets.sizes)
	s.page.SetText(s.Host.Words().T("print.page", "page", s.sheets.page+1, "pages", n))
}

func (s *Screen) showZoom() {
	s.zoom.SetText(s.Host.Words().Percent(model.Percent(math.Round(s.sheets.zoom*100) * 100)))
}

// zooms are the usual sizes.
func (s *Screen) zooms() []*fyne.MenuItem {
	t := s.Host.Words()
	items := []*fyne.MenuItem{
		fyne.NewMenuItem(t.T("print.zoom.width"), func() { s.sheets.setFit(fitWidth) }),
		fyne.NewMenuItem(t.T("print.zoom.page"), func() { s.sheets.setFit(fitPage) }),
		fyne.NewMenuItemSeparator(),
	}
	for _, z := range []float64{0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4} {
		items = append(items, fyne.NewMenuItem(t.Percent(model.Percent(z*10_000)), func() { s.sheets.zoomTo(z) }))
	}
	return items
}

// Can implements screen.Commander.
func (s *Screen) Can(c screen.Command) bool {
	ready := s.shown != nil && s.shown.failed == nil
	switch c {
	case screen.Refresh, screen.Open:
		return true
	case screen.Print, screen.Save, screen.Previous, screen.Next:
		return ready
	case screen.Mail:
		return ready && s.Host.Services().Mail != nil
	}
	return false
}

// Do implements screen.Commander.
func (s *Screen) Do(c screen.Command) {
	switch c {
	case screen.Refresh:
		s.read()
	case screen.Open:
		s.Host.Open(screen.ToCard(s.At.Kind, s.At.ID))
	case screen.Print:
		s.print()
	case screen.Save:
		s.save("pdf")
	case screen.Mail:
		s.mail()
	case screen.Previous:
		s.sheets.goPage(s.sheets.page - 1)
	case screen.Next:
		s.sheets.goPage(s.sheets.page + 1)
	}
}

// Key implements screen.Keyed.
func (s *Screen) Key(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyEscape:
		s.Host.Leave(s)
	case fyne.KeyF5:
		s.read()
	default:
		return false
	}
	return true
}
