// Package layout lays a DOCX out as PDF without an office suite: sections,
// paragraphs with their styles, lists, tables, pictures, headers, footers,
// footnotes, simple text boxes. The order of work: parts are read into trees
// (xml, archive), properties are resolved (styles, numbering), paragraphs
// become atoms and lines (inline, line), tables become rows (table), all of it
// flows down pages (page), and pages of drawing operations are painted (paint).
//
// Lengths are points, the origin is the upper left corner.
package layout

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"
)

// Options say how a document is laid out. The zero value is good.
type Options struct {
	// Watermark is written across every page, pale and large: "DRAFT".
	Watermark string
	// FontDirs are folders in which TrueType fonts that the document asks for are
	// looked up. Without them only the embedded font is used, so that the same
	// document gives the same bytes on every computer.
	FontDirs []string
	// Title of the PDF; empty: the document's own.
	Title string
	// Created stands in the PDF as its date; zero: a fixed one.
	Created time.Time
}

// Result is a laid out document.
type Result struct {
	PDF   []byte
	Pages int
	// Unsupported names what the document has and the PDF lacks, or shows
	// otherwise than Word would.
	Unsupported []Unsupported
	// Substituted are the fonts that the document asks for and that were replaced.
	Substituted []string
}

// Unsupported is one thing that could not be laid out faithfully.
type Unsupported struct {
	Key   string         // of a message, under "layout.unsupported."
	Args  map[string]any // of the message
	Count int            // how many times it was met
}

// NotDOCX is the error of a file that is not a Word document, or is broken.
type NotDOCX struct{ Err error }

func (e *NotDOCX) Error() string { return "not a DOCX document: " + e.Err.Error() }

func (e *NotDOCX) Unwrap() error { return e.Err }

// Message says the error for people.
func (e *NotDOCX) Message() (string, map[string]any) {
	return "layout.not_docx", nil
}

// TooLarge is the error of a document beyond the limits that protect the
// program.
type TooLarge struct{ What string }

func (e *TooLarge) Error() string { return "document is too large: " + e.What }

// Message says the error for people.
func (e *TooLarge) Message() (string, map[string]any) {
	return "layout.too_large", nil
}

// Limits of the result.
const (
	maxPages  = 5000
	maxBlocks = 1_000_000
)

// PDF lays a document out and writes it. Errors: *NotDOCX, *TooLarge, or the
// context's.
func PDF(ctx context.Context, docx []byte, o Options) (*Result, error) {
	l, err := Lay(ctx, docx, o)
	if err != nil {
		return nil, err
	}
	return l.PDF(ctx)
}

// Laid is a document that was laid out: its pages are written as PDF or drawn
// into pictures. It is safe for concurrent use.
type Laid struct {
	d        *document
	mu       sync.Mutex // of PDF, which notes what it cannot show
	pictures sync.Map   // decoded, by the name of their part
}

// Lay lays a document out. Errors: *NotDOCX, *TooLarge, or the context's.
func Lay(ctx context.Context, docx []byte, o Options) (l *Laid, err error) {
	defer stopped(&err)
	d, err := open(docx, o)
	if err != nil {
		return nil, fmt.Errorf("lay out a document: %w", err)
	}
	d.ctx = ctx
	// A number of pages inside the text is known only after the first round.
	for round := 0; round < 3; round++ {
		d.begin()
		d.flow()
		if !d.usesTotal || d.total == len(d.pages) {
			break
		}
		d.total = len(d.pages)
	}
	d.total = len(d.pages)
	d.dress()
	return &Laid{d: d}, nil
}

// stopped turns a panic of the layout into its error.
func stopped(err *error) {
	r := recover()
	if r == nil {
		return
	}
	if s, ok := r.(stop); ok {
		*err = s.err
		return
	}
	*err = fmt.Errorf("lay out a document: %v", r)
}

// PDF writes the pages.
func (l *Laid) PDF(ctx context.Context) (res *Result, err error) {
	defer stopped(&err)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.d.ctx = ctx
	data, err := l.d.paint(l.d.opts)
	if err != nil {
		return nil, fmt.Errorf("write PDF: %w", err)
	}
	return &Result{PDF: data, Pages: len(l.d.pages), Unsupported: l.d.missing.list(), Substituted: l.d.substituted()}, nil
}

// Pages lists the sizes of the pages, in points.
func (l *Laid) Pages() []Size {
	out := make([]Size, len(l.d.pages))
	for i, p := range l.d.pages {
		out[i] = Size{p.section.w, p.section.h}
	}
	return out
}

// Size is the width and height of a page, in points.
type Size struct{ W, H float64 }

// stop is the panic that ends a layout from the depth of recursion.
type stop struct{ err error }

// check ends the layout when it was cancelled or grew beyond its limits.
func (d *document) check() {
	if d.work++; d.work%64 == 0 && d.ctx.Err() != nil {
		panic(stop{context.Cause(d.ctx)})
	}
	if d.work > maxBlocks*4 {
		panic(stop{&TooLarge{What: "blocks"}})
	}
}

// missing collects what could not be laid out.
type missing struct {
	order []string
	found map[string]*Unsupported
}

func (m *missing) add(key string, args map[string]any) {
	id := key
	for _, k := range slices.Sorted(func(yield func(string) bool) {
		for k := range args {
			if !yield(k) {
				return
			}
		}
	}) {
		id += "\x00" + fmt.Sprint(args[k])
	}
	if u := m.found[id]; u != nil {
		u.Count++
		return
	}
	if len(m.order) >= 200 {
		return
	}
	if m.found == nil {
		m.found = map[string]*Unsupported{}
	}
	m.found[id] = &Unsupported{Key: "layout.unsupported." + key, Args: args, Count: 1}
	m.order = append(m.order, id)
}

func (m *missing) list() []Unsupported {
	out := make([]Unsupported, 0, len(m.order))
	for _, id := range m.order {
		out = append(out, *m.found[id])
	}
	return out
}

func (d *document) unsupported(key string, args ...any) {
	var m map[string]any
	for i := 0; i+1 < len(args); i += 2 {
		if m == nil {
			m = map[string]any{}
		}
		m[args[i].(string)] = args[i+1]
	}
	d.missing.add(key, m)
}

func (d *document) substituted() []string {
	out := make([]string, 0, len(d.replaced))
	for name := range d.replaced {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}
