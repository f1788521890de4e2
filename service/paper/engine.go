package paper

import (
	"context"
	"fmt"
	"strings"

	"ugoda/locale"
	"ugoda/printing/convert"
	"ugoda/printing/docx"
	"ugoda/printing/font"
	"ugoda/printing/layout"
	"ugoda/store"
)

// Engine says who makes a PDF out of a filled template.
type Engine string

// The engines. The values are kept in preferences and given on the command line.
const (
	Auto        Engine = "auto"        // Word or LibreOffice where one is installed, else our own
	Own         Engine = "own"         // our own layout
	LibreOffice Engine = "libreoffice" // falls back to our own, in words
	Word        Engine = "word"        // likewise
)

// Engines lists them in the order in which they are offered.
var Engines = []Engine{Auto, Own, LibreOffice, Word}

// EngineSetting keeps the choice of an engine in a user's preferences.
const EngineSetting = "print.engine"

// ChosenEngine is the engine that a user prefers.
func ChosenEngine(ctx context.Context, s *store.Session) (Engine, error) {
	kept, err := s.Preference(ctx, EngineSetting)
	if err != nil {
		return Auto, err
	}
	for _, e := range Engines {
		if kept == string(e) {
			return e, nil
		}
	}
	return Auto, nil
}

// suiteNames are what converters call themselves.
var suiteNames = map[Engine]string{LibreOffice: "LibreOffice", Word: "Word"}

// Installed reports which engines this computer has: our own, and the suites
// that were found. Auto is what Auto comes to here.
func Installed() map[Engine]bool {
	out := map[Engine]bool{Auto: true, Own: true}
	for _, c := range convert.Find() {
		for e, name := range suiteNames {
			if c.Name() == name {
				out[e] = true
			}
		}
	}
	return out
}

// Note is something that a person should know about a print before it leaves.
type Note struct {
	Key  string // of a message
	Args map[string]any
}

// Say is the note in words.
func (n Note) Say(p *locale.Printer) string { return p.Text(n.Key, n.Args) }

// Fonts are where fonts of documents are looked up: the folders of this computer.
func Fonts() []string { return font.Folders() }

// Lay lays a filled document out by our own code, ready to be drawn and to be
// written as PDF.
func Lay(ctx context.Context, p *Printed) (*layout.Laid, error) {
	o := layout.Options{Title: p.Name, FontDirs: Fonts()}
	if len(p.Held) > 0 {
		o.Watermark = locale.New(p.Language).T("paper.draft")
	}
	l, err := layout.Lay(ctx, p.DOCX, o)
	if err != nil {
		return nil, fmt.Errorf("lay the document out: %w", err)
	}
	return l, nil
}

// Limits are what our own layout could not show, and the fonts it replaced.
func Limits(r *layout.Result) []Note {
	var out []Note
	for _, u := range r.Unsupported {
		out = append(out, Note{u.Key, u.Args})
	}
	if len(r.Substituted) > 0 {
		out = append(out, Note{"paper.note.fonts", map[string]any{"fonts": strings.Join(r.Substituted, ", ")}})
	}
	return out
}

// PDF fills the template of a document and makes a PDF of it by the engine of
// the job, or the user's. A suite that is not there or fails is replaced by our
// own layout, and Notes say so.
func PDF(ctx context.Context, s *store.Session, j Job) (*Printed, error) {
	printed, err := DOCX(ctx, s, j)
	if err != nil {
		return nil, err
	}
	if j.Engine == "" {
		if j.Engine, err = ChosenEngine(ctx, s); err != nil {
			return nil, err
		}
	}
	return printed, MakePDF(ctx, printed, j.Engine)
}

// MakePDF makes a PDF of a filled document; see PDF. A draft is laid out by our
// own code, which marks its pages.
func MakePDF(ctx context.Context, printed *Printed, e Engine) error {
	printed.PDF, printed.Notes = nil, nil
	if e != Own && len(printed.Held) == 0 {
		tried := false
		for _, c := range convert.Find() {
			if e != Auto && suiteNames[e] != c.Name() {
				continue
			}
			tried = true
			document, err := docx.Offline(printed.DOCX)
			if err != nil {
				return err
			}
			data, err := c.PDF(ctx, document)
			if err == nil {
				printed.PDF, printed.By = data, c.Name()
				return nil
			}
			if ctx.Err() != nil {
				return ctx.Err()
			}
			printed.Notes = append(printed.Notes, Note{"paper.note.suite_failed", map[string]any{"suite": c.Name()}})
		}
		if !tried && e != Auto {
			printed.Notes = append(printed.Notes, Note{"paper.note.suite_missing", map[string]any{"suite": suiteNames[e]}})
		}
	}
	l, err := Lay(ctx, printed)
	if err != nil {
		return err
	}
	r, err := l.PDF(ctx)
	if err != nil {
		return fmt.Errorf("lay the document out: %w", err)
	}
	printed.PDF, printed.By = r.PDF, ""
	printed.Notes = append(printed.Notes, Limits(r)...)
	return nil
}

// Suite is the office suite that an engine comes to on this computer; empty
// when our own layout makes the PDF.
func Suite(e Engine) string {
	if e == Own {
		return ""
	}
	for _, c := range convert.Find() {
		if e == Auto || suiteNames[e] == c.Name() {
			return c.Name()
		}
	}
	return ""
}

// Missing names the suite that was chosen and is not on this computer.
func Missing(e Engine) (suite string, missing bool) {
	name, named := suiteNames[e]
	return name, named && Suite(e) == ""
}
