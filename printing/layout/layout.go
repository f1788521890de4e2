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
	"strings"
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

// PDF lays a document out. Errors: *NotDOCX, *TooLarge, or the context's.
func PDF(ctx context.Context, docx []byte, o Options) (res *Result, err error) {
	defer func() {
		if r := recover(); r != nil {
			if s, ok := r.(stop); ok {
				res, err = nil, s.err
				return
			}
			res, err = nil, fmt.Errorf("lay out a document: %v", r)
		}
	}()
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
	data, err := d.paint(o)
	if err != nil {
		return nil, fmt.Errorf("write PDF: %w", err)
	}
	res = &Result{PDF: data, Pages: len(d.pages), Unsupported: d.missing.list(), Substituted: d.substituted()}
	return res, nil
}

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
		if !strings.EqualFold(name, "Noto Sans") {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}
