package imports

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ugoda/exchange/outfile"
	"ugoda/exchange/spreadsheet"
	"ugoda/service/imports"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/files"
	uitheme "ugoda/ui/theme"
)

// readFile reads a file that is no larger than a table may be.
func readFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil, &spreadsheet.Unreadable{Name: filepath.Base(path), Why: "file_missing", Err: err}
	case err != nil:
		return nil, &spreadsheet.Unreadable{Name: filepath.Base(path), Why: "file_unreadable", Err: err}
	case info.IsDir():
		return nil, &spreadsheet.Unreadable{Name: filepath.Base(path), Why: "file_unknown"}
	case info.Size() > spreadsheet.MaxBytes:
		return nil, &spreadsheet.Unreadable{Name: filepath.Base(path), Why: "table_too_large"}
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, &spreadsheet.Unreadable{Name: filepath.Base(path), Why: "file_unreadable", Err: err}
	}
	return data, nil
}

// source is which file it is, and how it is read.
type source struct {
	s         *Screen
	choose    *input.Button
	note      *widget.Label
	sheet     *input.Choice
	header    *input.Choice
	encoding  *input.Choice
	separator *input.Choice
	kept      *input.Choice // profiles
	profiles  []string
	profile   string
	last      bool
	line      *fyne.Container
}

func newSource(s *Screen) *source {
	t := s.words.T
	x := &source{s: s, note: widget.NewLabel("")}
	x.note.Truncation = fyne.TextTruncateEllipsis
	x.choose = input.NewIconButton(theme.FolderOpenIcon(), t("import.choose"), x.ask).Framed()
	x.sheet, x.header, x.encoding, x.separator, x.kept = input.NewChoice(nil), input.NewChoice(nil), input.NewChoice(nil), input.NewChoice(nil), input.NewChoice(nil)
	x.sheet.OnChange = func() {
		if n, err := strconv.Atoi(x.sheet.Value()); err == nil {
			s.relook(n, nil)
		}
	}
	x.header.OnChange = func() {
		if n, err := strconv.Atoi(x.header.Value()); err == nil {
			s.relook(s.plan.Sheet, &n)
		}
	}
	again := func() {
		how := spreadsheet.Options{Encoding: x.encoding.Value()}
		if r := []rune(x.separator.Value()); len(r) == 1 {
			how.Separator = r[0]
		}
		s.look(s.path, s.data, s.file, how)
	}
	x.encoding.OnChange, x.separator.OnChange = again, again
	x.kept.OnChange = func() { s.useProfile(x.kept.Value()) }
	x.line = input.NewToolbar()
	return x
}

// relook takes another sheet or row of headings; without one it is looked for.
func (s *Screen) relook(sheet int, header *int) {
	plan, book, session, kind := s.plan.Clone(), s.book, s.session, s.kind
	screen.Read(s.ctx, s.host, func(context.Context) (*imports.Plan, error) {
		row := 0
		if header != nil {
			row = *header
		} else {
			one := *book
			one.Sheets = book.Sheets[sheet : sheet+1]
			row = imports.Suggest(session, kind, &one).Header
		}
		plan.LookAt(session, kind, book, sheet, row)
		return plan, nil
	}, func(p *imports.Plan) {
		s.plan = p
		s.fill()
	})
}

// ask lets a person choose the file.
func (x *source) ask() {
	s := x.s
	session := s.session
	screen.Read(s.ctx, s.host, func(ctx context.Context) (string, error) { return session.Preference(ctx, folderPreference) }, func(folder string) {
		files.Choose(s.host, files.Ask{Dir: folder, Extensions: []string{".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".txt", ".tsv", ".html", ".htm", ".xml"}}, func(path string) {
			s.host.Background(s.ctx, func(ctx context.Context) error {
				return session.SetPreference(ctx, folderPreference, filepath.Dir(path))
			}, s.host.Fail)
			s.open(path)
		})
	})
}

// folderPreference keeps the folder that files were taken from last.
const folderPreference = "import.folder"

// sample saves an example of a file that comes in.
func (s *Screen) sample() {
	name := s.words.T("import.sample.file", "kind", s.words.Kinds(s.kind.Name)) + ".xlsx"
	session, words, kind := s.session, s.words, s.kind.Name
	saveAs(s.host, name, []string{"xlsx"}, func(ctx context.Context, path string) error {
		return outfile.Create(path, func(f io.Writer) error { return imports.Sample(ctx, session, words, kind, f) })
	})
}

// saveAs asks for the name of a file and writes it in the background.
func saveAs(h screen.Host, name string, formats []string, write func(ctx context.Context, path string) error) {
	t := h.Words().T
	folder, err := os.UserHomeDir()
	if err != nil {
		folder = "."
	}
	entry := input.NewEntry()
	entry.SetText(filepath.Join(folder, outfile.Name(name)))
	choose := input.NewButton("…", func() {
		files.Choose(h, files.Ask{Purpose: files.Save, Name: entry.Text}, entry.SetText)
	}).Framed()
	content := container.New(layout.NewCustomPaddedVBoxLayout(4), container.NewBorder(nil, nil, nil, choose, entry))
	if len(formats) > 1 {
		format := widget.NewRadioGroup(upper(formats), func(f string) {
			entry.SetText(strings.TrimSuffix(entry.Text, filepath.Ext(entry.Text)) + "." + strings.ToLower(f))
		})
		format.Horizontal = true
		format.SetSelected(strings.ToUpper(formats[0]))
		content.Add(format)
	}
	h.Dialog(&screen.Dialog{
		Title: t("import.save_file"), Size: fyne.NewSize(560, 0), Content: content, Focus: entry,
		Buttons: []screen.Button{{Label: t("button.cancel")}, {Label: t("button.save"), Primary: true, Do: func() {
			path := entry.Text
			h.Background(context.Background(), func(ctx context.Context) error { return write(ctx, path) }, func(err error) {
				if err != nil {
					h.Fail(err)
					return
				}
				h.Say(t("list.exported", "path", path))
			})
		}}},
	})
}

func upper(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = strings.ToUpper(s)
	}
	return out
}

// reading says that the file is being read.
func (x *source) reading(name string) {
	x.note.Importance = widget.MediumImportance
	x.note.SetText(x.s.words.T("import.reading", "file", name))
}

// failed says why a file cannot be read, in its place.
func (x *source) failed(err error) {
	x.note.Importance = widget.DangerImportance
	x.note.SetText(x.s.words.Error(err))
}

// fill shows how the file is read, and how else it could be.
func (x *source) fill() {
	s, t := x.s, x.s.words.T
	rows := len(s.sheet().Rows) - s.plan.Header - 1
	x.note.Importance = widget.MediumImportance
	format := strings.ToUpper(s.book.Format)
	x.note.SetText(s.file + "  ·  " + format + "  ·  " + s.words.N("import.rows_of_file", int64(max(rows, 0))))
	objects := []fyne.CanvasObject{}
	add := func(label string, c *input.Choice, options []input.Option, value string) {
		c.SetOptions(options)
		c.Set(value)
		objects = append(objects, caption(label), c)
	}
	if len(s.book.Sheets) > 1 {
		var sheets []input.Option
		for i := range s.book.Sheets {
			sheets = append(sheets, input.Option{Key: strconv.Itoa(i), Text: s.book.Sheets[i].Name})
		}
		add(t("import.sheet"), x.sheet, sheets, strconv.Itoa(s.plan.Sheet))
	}
	heads := []input.Option{{Key: "-1", Text: t("import.no_header")}}
	for i := range min(len(s.sheet().Rows), 40) {
		heads = append(heads, input.Option{Key: strconv.Itoa(i), Text: strconv.Itoa(i + 1)})
	}
	add(t("import.header"), x.header, heads, strconv.Itoa(s.plan.Header))
	if s.book.Format == "csv" {
		var encodings []input.Option
		for _, e := range spreadsheet.Encodings {
			name := strings.ToUpper(e)
			if strings.HasPrefix(e, "windows") || strings.HasPrefix(e, "mac") {
				name = strings.ToUpper(e[:1]) + e[1:]
			}
			encodings = append(encodings, input.Option{Key: e, Text: name})
		}
		add(t("import.encoding"), x.encoding, encodings, s.book.Encoding)
		add(t("import.separator"), x.separator, []input.Option{
			{Key: ";", Text: ";"}, {Key: ",", Text: ","}, {Key: "\t", Text: t("import.tab")}, {Key: "|", Text: "|"},
		}, string(s.book.Separator))
	}
	names := []input.Option{{Text: "—"}}
	for _, p := range x.profiles {
		names = append(names, input.Option{Key: p, Text: p})
	}
	objects = append(objects, nil)
	if len(x.profiles) > 0 {
		add(t("import.profile"), x.kept, names, x.profile)
	}
	objects = append(objects, input.NewButton(t("import.profile.save"), s.saveProfile))
	input.SetToolbar(x.line, objects...)
	x.line.Refresh()
}

// useProfile lays a kept plan over the file.
func (s *Screen) useProfile(name string) {
	if name == "" {
		return
	}
	session, kind := s.session, s.kind
	screen.Read(s.ctx, s.host, func(ctx context.Context) (*imports.Plan, error) {
		p, err := imports.Profile(ctx, session, kind.Name, name)
		if err != nil {
			return nil, err
		}
		return p, imports.Remembered(ctx, session, p)
	}, func(p *imports.Plan) {
		p.Fit(s.plan)
		s.plan = p
		s.source.profile = name
		s.fill()
	})
}

// saveProfile keeps the plan under a name.
func (s *Screen) saveProfile() {
	t := s.words.T
	if s.plan == nil || !s.rules.commit() {
		return
	}
	entry := input.NewEntry()
	entry.SetText(s.source.profile)
	if entry.Text == "" {
		entry.SetText(strings.TrimSuffix(s.file, filepath.Ext(s.file)))
	}
	buttons := []screen.Button{{Label: t("button.cancel")}}
	if s.source.profile != "" {
		name := s.source.profile
		buttons = append(buttons, screen.Button{Label: t("button.delete"), Do: func() {
			s.host.Background(s.ctx, func(ctx context.Context) error { return imports.DeleteProfile(ctx, s.session, s.kind.Name, name) }, func(err error) {
				s.host.Fail(err)
				s.readProfiles("")
			})
		}})
	}
	buttons = append(buttons, screen.Button{Label: t("button.save"), Primary: true, Do: func() {
		name := strings.TrimSpace(entry.Text)
		if name == "" {
			return
		}
		plan := s.plan.Clone()
		s.host.Background(s.ctx, func(ctx context.Context) error { return imports.SaveProfile(ctx, s.session, name, plan) }, func(err error) {
			if err != nil {
				s.host.Fail(err)
				return
			}
			s.host.Say(t("import.profile.saved", "name", name))
			s.readProfiles(name)
		})
	}})
	s.host.Dialog(&screen.Dialog{Title: t("import.profile.save"), Content: input.NewLabelled(t("import.profile.name"), entry, true, 0), Size: fyne.NewSize(420, 0), Focus: entry, Buttons: buttons})
}

func (s *Screen) readProfiles(now string) {
	session, kind := s.session, s.kind.Name
	screen.Read(s.ctx, s.host, func(ctx context.Context) ([]string, error) { return imports.Profiles(ctx, session, kind) }, func(names []string) {
		s.source.profiles, s.source.profile = names, now
		s.source.fill()
	})
}

// empty is what stands there before there is a file.
func (x *source) empty() fyne.CanvasObject {
	s, t := x.s, x.s.words.T
	title := heading(t("import.empty.title"))
	title.Alignment = fyne.TextAlignCenter
	hint := caption(t("import.empty.hint"))
	hint.Alignment, hint.Wrapping = fyne.TextAlignCenter, fyne.TextWrapWord
	x.note.Alignment = fyne.TextAlignCenter
	x.choose.Primary()
	buttons := container.NewHBox(layout.NewSpacer(), x.choose,
		input.NewIconButton(theme.ContentPasteIcon(), t("import.paste"), s.paste).Framed(),
		input.NewIconButton(theme.DocumentSaveIcon(), t("import.sample"), s.sample).Framed(), layout.NewSpacer())
	box := container.New(layout.NewCustomPaddedVBoxLayout(8), title, hint, buttons, x.note)
	return container.NewCenter(container.New(&fixed{width: uitheme.Scaled(620)}, box))
}

// fixed gives its content one width.
type fixed struct{ width float32 }

// MinSize is the width, and what the content needs there.
func (l *fixed) MinSize(o []fyne.CanvasObject) fyne.Size {
	for _, x := range o {
		x.Resize(fyne.NewSize(l.width, x.MinSize().Height))
	}
	return fyne.NewSize(l.width, o[0].MinSize().Height)
}

// Layout gives the content all there is.
func (l *fixed) Layout(o []fyne.CanvasObject, size fyne.Size) {
	for _, x := range o {
		x.Resize(size)
	}
}
