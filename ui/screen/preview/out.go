package preview

import (
	"context"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ugoda/exchange/outfile"
	"ugoda/model"
	"ugoda/printing/spool"
	"ugoda/service/paper"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/files"
)

// formats offers the formats of the document as files.
func (s *Screen) formats(do func(format string)) []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, f := range paper.Formats {
		items = append(items, fyne.NewMenuItem(s.Host.Words().T("print.format."+f), func() { do(f) }))
	}
	return items
}

// job is what to print, as it is chosen here.
func (s *Screen) job() paper.Job {
	no, _ := strconv.ParseInt(s.At.Arg(argVersion), 10, 64) // nothing: as it is now
	variant, _ := strconv.Atoi(s.At.Arg(argVariant))
	return paper.Job{Kind: s.At.Kind, ID: s.At.ID, Template: s.At.Arg(argTemplate), Form: s.At.Arg(argForm), Version: no, Variant: variant, Draft: true}
}

// make makes a file in the background, with its progress in the status bar,
// and hands it over.
func (s *Screen) make(format string, then func(f paper.File)) {
	session, job, shown := s.Host.Session(), s.job(), s.shown
	var made paper.File
	s.Host.Job(s.Host.Words().T("print.making", "format", strings.ToUpper(format)), func(ctx context.Context, _ func(done, total int64)) error {
		// What is in sight is what goes out: it is not filled a second time.
		if shown != nil && shown.failed == nil && (len(shown.printed.Held) == 0 || format == "pdf") {
			if err := shown.leaves(ctx, session, job); err != nil {
				return err
			}
			switch format {
			case "docx":
				made = paper.File{Name: shown.printed.Name + ".docx", Data: shown.printed.DOCX}
				return nil
			case "pdf":
				printed, err := shown.pdf(ctx)
				if err == nil {
					made = paper.File{Name: printed.Name + ".pdf", Data: printed.PDF, Notes: printed.Notes}
				}
				return err
			}
		}
		files, err := paper.Make(ctx, session, job, format)
		if err == nil {
			made = files[0]
		}
		return err
	}, func(err error) {
		if err != nil {
			s.Host.Fail(err)
			return
		}
		then(made)
	})
}

// leaves refuses what is in sight when the document may not leave any more,
// though it could when it was drawn.
func (x *shown) leaves(ctx context.Context, s *store.Session, j paper.Job) error {
	if len(x.printed.Held) > 0 { // its pages are marked
		return nil
	}
	held, err := s.Leaves(ctx, j.Kind, j.ID)
	if err == nil && len(held) > 0 {
		err = model.Problems(held)
	}
	return err
}

// pdf makes the PDF by the user's engine; our own is there already.
func (x *shown) pdf(ctx context.Context) (*paper.Printed, error) {
	p := *x.printed
	if x.suite == "" {
		p.PDF, p.Notes = x.own, x.notes
		return &p, nil
	}
	return &p, paper.MakePDF(ctx, &p, x.engine)
}

// open opens the document in the program that the system has for it.
func (s *Screen) open(format string) {
	s.make(format, func(f paper.File) {
		path, err := OpenFile(f.Name, f.Data)
		if err != nil && path != "" {
			s.Host.Say(s.Host.Words().T("print.saved", "path", path))
			return
		}
		s.Host.Fail(err)
	})
}

// OpenFile lays a file into a folder of its own and opens it in the program
// that the system has for it. The path is told when that program is missing.
func OpenFile(name string, data []byte) (path string, err error) {
	dir, err := os.MkdirTemp("", "ugoda-")
	if err != nil {
		return "", err
	}
	path = filepath.Join(dir, name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		return "", errors.Join(err, os.RemoveAll(dir))
	}
	return path, OpenPath(path)
}

// OpenPath opens a file or a folder in the program that the system has for it.
func OpenPath(path string) error {
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // C:/… on Windows
	}
	return fyne.CurrentApp().OpenURL(&url.URL{Scheme: "file", Path: slashed})
}

// save asks where to, and writes the file there.
func (s *Screen) save(format string) {
	s.make(format, func(f paper.File) { SaveFile(s.Host, f.Name, f.Data) })
}

// folderSetting keeps the folder that files were saved into last.
const folderSetting = "print.folder"

// SaveFile asks where to save a file, beginning where the last one went.
func SaveFile(h screen.Host, name string, data []byte) {
	session, t := h.Session(), h.Words().T
	screen.Read(context.Background(), h, func(ctx context.Context) (string, error) {
		return session.Preference(ctx, folderSetting)
	}, func(folder string) {
		files.Choose(h, files.Ask{Purpose: files.Save, Name: name, Dir: folder}, func(path string) {
			h.Background(context.Background(), func(ctx context.Context) error {
				if err := outfile.Write(path, data); err != nil {
					return err
				}
				return session.SetPreference(ctx, folderSetting, filepath.Dir(path))
			}, func(err error) {
				if err != nil {
					h.Fail(err)
					return
				}
				h.Say(t("print.saved", "path", path))
			})
		})
	})
}

// mail opens the letter with what is in sight: the template, the form and the
// variant that were chosen here.
func (s *Screen) mail() {
	a := s.At
	if a.Arg(argTemplate)+a.Arg(argForm)+a.Arg(argVariant) == "" {
		s.Host.Services().Mail(s.Host, a.Kind, []int64{a.ID})
		return
	}
	to := screen.Address{Screen: letterScreen, Kind: a.Kind, ID: a.ID}
	for _, arg := range []string{argTemplate, argForm, argVariant} {
		to = to.With(arg, a.Arg(arg))
	}
	s.Host.Open(to)
}

// letterScreen is the screen that writes letters; it imports this one.
const letterScreen = "compose"

// printerSetting keeps the printer that was chosen last.
const printerSetting = "print.printer"

// found is what this computer prints on.
type found struct {
	printers []spool.Printer
	chosen   string
	err      error
}

// print asks for the printer and hands the document over.
func (s *Screen) print() {
	if !s.Can(screen.Print) {
		return
	}
	session := s.Host.Session()
	screen.Read(s.Ctx, s.Host, func(ctx context.Context) (found, error) {
		var f found
		var err error
		if f.chosen, err = session.Preference(ctx, printerSetting); err != nil {
			return f, err
		}
		f.printers, f.err = spool.System().Printers(ctx)
		return f, nil
	}, s.choosePrinter)
}

func (s *Screen) choosePrinter(f found) {
	t := s.Host.Words()
	if f.err == nil && len(f.printers) == 0 {
		f.err = &spool.NoPrinter{}
	}
	if f.err != nil {
		l := widget.NewLabel(t.Error(f.err))
		l.Wrapping = fyne.TextWrapWord
		s.Host.Dialog(&screen.Dialog{
			Title: t.T("print.no_printer"), Content: l, Size: fyne.NewSize(480, 0),
			Buttons: []screen.Button{{Label: t.T("button.close")}, {Label: t.T("print.format.open_pdf"), Primary: true, Do: func() { s.open("pdf") }}},
		})
		return
	}
	var options []input.Option
	for _, p := range f.printers {
		text := p.Name
		switch {
		case !p.Ready:
			text += " — " + t.T("print.printer.stopped")
		case p.Default:
			text += " — " + t.T("print.printer.default")
		}
		options = append(options, input.Option{Key: p.Name, Text: text})
	}
	printer := input.NewChoice(options)
	printer.Set(f.printers[0].Name)
	for _, p := range f.printers {
		if p.Name == f.chosen {
			printer.Set(f.chosen)
		}
	}
	copies := input.NewEntry()
	copies.SetText("1")
	const labels = 110
	box := container.NewVBox(input.NewLabelled(t.T("print.printer"), printer, false, labels), input.NewLabelled(t.T("print.copies"), copies, false, labels))
	if s.shown.suite != "" {
		box.Add(widget.NewLabel(t.T("print.by", "suite", s.shown.suite)))
	}
	d := &screen.Dialog{Title: t.T("print.dialog", "what", s.title), Content: box, Size: fyne.NewSize(520, 0), Focus: printer}
	d.Buttons = []screen.Button{{Label: t.T("button.cancel")}, {Label: t.T("print.now"), Primary: true, Stays: true, Do: func() {
		n, err := strconv.Atoi(strings.TrimSpace(copies.Text))
		if err != nil || n < 1 || n > maxCopies {
			copies.SetProblem(t.Problem(model.Wrong("copies", "print_copies", "most", maxCopies)))
			return
		}
		name := printer.Value()
		d.Close()
		s.send(name, n)
	}}}
	s.Host.Dialog(d)
}

// maxCopies guards against a slip of the finger.
const maxCopies = 99

// send makes the PDF and hands it to the printer.
func (s *Screen) send(printer string, copies int) {
	shown, session, job, t := s.shown, s.Host.Session(), s.job(), s.Host.Words()
	var notes []paper.Note
	s.Host.Job(t.T("print.sending", "printer", printer), func(ctx context.Context, _ func(done, total int64)) error {
		if err := shown.leaves(ctx, session, job); err != nil {
			return err
		}
		p, err := shown.pdf(ctx)
		if err != nil {
			return err
		}
		notes = p.Notes
		if err := spool.System().Print(ctx, p.PDF, spool.Job{Printer: printer, Title: p.Name, Copies: copies}); err != nil {
			return err
		}
		return session.SetPreference(ctx, printerSetting, printer)
	}, func(err error) {
		if err != nil {
			s.Host.Fail(err)
			return
		}
		text := t.T("print.sent", "printer", printer)
		if shown.suite != "" && len(notes) > 0 { // the suite failed, and our own layout printed
			text += " · " + notes[0].Say(t)
		}
		s.Host.Say(text)
	})
}
