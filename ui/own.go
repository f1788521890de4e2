package ui

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ugoda/model"
	"ugoda/model/firm"
	"ugoda/model/requisite"
	"ugoda/service/doors"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/files"
	"ugoda/ui/theme"
)

// ownForm asks what a base of one's own needs: the firm, its code, its taxes,
// who works, and where the file goes.
type ownForm struct {
	o                         *opening
	name, code, person, where *input.Entry
	tax                       *input.Choice
	server                    string // address of an empty database instead of a file
	keep                      bool   // its password is remembered
	dialog                    *screen.Dialog
}

// own asks for a base of one's own.
func (o *opening) own() {
	if !o.working {
		o.askOwn("", false)
	}
}

func (o *opening) askOwn(server string, keep bool) {
	t := o.p.words.T
	f := &ownForm{o: o, name: input.NewEntry(), code: input.NewEntry(), person: input.NewEntry(), where: input.NewEntry(), server: server, keep: keep}
	f.name.SetPlaceHolder(t("ui.own.name_example"))
	f.code.SetPlaceHolder(t("ui.own.optional"))
	f.person.SetPlaceHolder(t("ui.own.person_example"))
	f.tax = input.NewChoice([]input.Option{
		{Key: firm.TaxVAT, Text: t("opening.vat_payer")}, {Key: firm.TaxSingle, Text: t("ui.own.single_tax")}, {Key: firm.TaxNone, Text: t("ui.own.no_tax")},
	})
	f.tax.Set(firm.TaxVAT)
	f.code.OnLeave = func() { f.code.SetProblem(f.wrongCode()) }
	row := func(key string, field input.Field, required bool) *input.Labelled {
		return input.NewLabelled(t(key), field, required, ownLabels)
	}
	var place fyne.CanvasObject = row("opening.where", f.where, false)
	if server != "" {
		f.where.SetText(doors.Name(server))
		f.where.Disable()
	} else {
		f.where.SetText(suggestedFile(t("ui.own.file")))
		place = container.NewBorder(nil, nil, nil, input.NewButton("…", f.choose).Framed(), place)
	}
	f.dialog = &screen.Dialog{Title: t("ui.own.title"), Size: fyne.NewSize(600, 0), Focus: f.name}
	f.dialog.Content = container.NewVBox(
		wrapped(t("ui.own.explained")),
		row("opening.firm_name", f.name, true),
		row("opening.firm_code", f.code, false),
		row("ui.own.taxes", f.tax, false),
		row("ui.own.person", f.person, false),
		place,
	)
	f.dialog.Buttons = []screen.Button{{Label: t("button.cancel")}, {Label: t("ui.own.create"), Primary: true, Stays: true, Do: f.create}}
	o.show(f.dialog)
}

// wrongCode says what is wrong with the code; an empty one is allowed.
func (f *ownForm) wrongCode() string {
	code := strings.TrimSpace(f.code.Text)
	if code == "" || requisite.ValidEDRPOU(code) || requisite.ValidRNOKPP(code) {
		return ""
	}
	return f.o.p.words.Problem(model.Wrong("code", "code_digits", "code", code))
}

// choose picks the file in the desktop's way.
func (f *ownForm) choose() {
	files.Choose(f.o, files.Ask{Purpose: files.Save, Name: f.where.Text}, func(path string) { f.where.SetText(withExtension(path)) })
}

// create makes the base and enters it.
func (f *ownForm) create() {
	o, t := f.o, f.o.p.words
	if o.working {
		return
	}
	n := screen.NewBase{Name: strings.TrimSpace(f.name.Text), Code: strings.TrimSpace(f.code.Text), Tax: f.tax.Value(), Person: strings.TrimSpace(f.person.Text), Language: string(t.Language())}
	f.name.SetProblem("")
	if n.Name == "" {
		f.name.SetProblem(t.T("problem.required"))
	}
	f.code.SetProblem(f.wrongCode())
	address := f.server
	if address == "" {
		f.where.SetProblem("")
		if strings.TrimSpace(f.where.Text) == "" {
			f.where.SetProblem(t.T("problem.required"))
		}
		address = absolute(withExtension(strings.TrimSpace(f.where.Text)))
	}
	for _, x := range []*input.Entry{f.name, f.code, f.where} {
		if x.Problem() != "" {
			o.p.win.Canvas().Focus(x)
			return
		}
	}
	o.working = true
	o.say(t.T("ui.opening.making_own"), 0)
	f.dialog.Enable(1, false)
	o.p.runner.Go(context.Background(), func(ctx context.Context) func() {
		if keys := o.p.keys(); keys != nil && f.server != "" {
			if full, err := keys.Complete(ctx, address); err == nil {
				address = full
			}
		}
		err := f.ready(address)
		if err == nil {
			err = o.make(ctx, address, n)
		}
		return func() {
			o.working = false
			o.say("", -1)
			f.dialog.Enable(1, true)
			if err != nil {
				f.explain(err)
				return
			}
			f.dialog.Close()
			o.open(door{address: address, keepServer: f.keep})
		}
	})
}

// ready refuses a place where no file can be made. The folder is made when it
// is only one that is missing.
func (f *ownForm) ready(address string) error {
	if f.server != "" {
		return nil
	}
	dir := filepath.Dir(address)
	if err := os.Mkdir(dir, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return model.Refused("where", "folder_missing", "folder", dir)
	}
	trial, err := os.CreateTemp(dir, ".ugoda-*")
	if err != nil {
		return model.Refused("where", "folder_closed", "folder", dir)
	}
	return errors.Join(trial.Close(), os.Remove(trial.Name()))
}

// explain puts what is wrong beside its field.
func (f *ownForm) explain(err error) {
	t := f.o.p.words
	fields := map[string]*input.Entry{"name": f.name, "code": f.code, "where": f.where}
	var problems model.Problems
	if errors.As(err, &problems) {
		shown := false
		for _, p := range problems {
			if e := fields[p.Field]; e != nil {
				e.SetProblem(t.Problem(p))
				f.o.p.win.Canvas().Focus(e)
				shown = true
			}
		}
		if shown {
			return
		}
	}
	if errors.As(err, new(*store.BaseExists)) || errors.As(err, new(*store.NetworkShare)) || errors.As(err, new(*store.DiskFull)) {
		f.where.SetProblem(t.Error(err))
		f.o.p.win.Canvas().Focus(f.where)
		return
	}
	f.dialog.Close()
	f.o.fail(err, door{address: f.where.Text})
}

func (o *opening) make(ctx context.Context, address string, n screen.NewBase) error {
	if f := o.p.deps.Services.CreateBase; f != nil {
		return f(ctx, address, n)
	}
	b, err := store.Create(ctx, address, o.p.deps.options())
	if err != nil {
		return err
	}
	return b.Close()
}

// extension of the files of bases.
const extension = ".ugoda"

func withExtension(path string) string {
	if path == "" || strings.EqualFold(filepath.Ext(path), extension) {
		return path
	}
	return path + extension
}

// suggestedFile is a name for a new base in the documents of the user that is not taken.
func suggestedFile(name string) string {
	home, err := os.UserHomeDir()
	if err != nil {
		home = "."
	}
	dir := home
	for _, documents := range []string{"Documents", "Документи"} {
		if d := filepath.Join(home, documents); isFolder(d) {
			dir = d
			break
		}
	}
	for i := 1; ; i++ {
		path := filepath.Join(dir, name+extension)
		if i > 1 {
			path = filepath.Join(dir, name+"-"+strconv.Itoa(i)+extension)
		}
		if _, err := os.Stat(path); err != nil {
			return path
		}
	}
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// indent leaves room at the left, as wide as the labels of a form.
type indent struct{ labels float32 }

// MinSize is the content's and the room.
func (i *indent) MinSize(o []fyne.CanvasObject) fyne.Size {
	return o[0].MinSize().AddWidthHeight(theme.Scaled(i.labels)+theme.Scaled(8), 0)
}

// Layout puts the content beside the room.
func (i *indent) Layout(o []fyne.CanvasObject, size fyne.Size) {
	left := theme.Scaled(i.labels) + theme.Scaled(8)
	o[0].Move(fyne.NewPos(left, 0))
	o[0].Resize(fyne.NewSize(size.Width-left, size.Height))
}
