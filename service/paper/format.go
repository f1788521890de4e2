package paper

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"ugoda/mail/message"
	"ugoda/model"
	"ugoda/printing/document"
	"ugoda/store"
)

// Formats lists the formats of a document as files, by their extensions.
var Formats = []string{"pdf", "docx", "xlsx", "html"}

// File is a document in one format.
type File struct {
	Name  string // with its extension
	Data  []byte
	Notes []Note
}

// Body is a document as a piece of HTML for the body of a letter, with the
// pictures that it shows. One that may not leave yet is refused.
func Body(ctx context.Context, s *store.Session, j Job) (html string, inline []message.Inline, err error) {
	held, err := s.Leaves(ctx, j.Kind, j.ID)
	if err != nil {
		return "", nil, err
	}
	if len(held) > 0 {
		return "", nil, model.Problems(held)
	}
	l, err := gather(ctx, s, j)
	if err != nil {
		return "", nil, err
	}
	d := l.form()
	var b strings.Builder
	if err := document.Fragment(&b, d, logoID); err != nil {
		return "", nil, fmt.Errorf("write the document into a letter: %w", err)
	}
	if kind := http.DetectContentType(d.Logo); strings.Contains(b.String(), "cid:"+logoID) {
		inline = append(inline, message.Inline{ID: logoID, Name: "logo." + strings.TrimPrefix(kind, "image/"), Data: d.Logo})
	}
	return b.String(), inline, nil
}

// logoID names the logo in a letter.
const logoID = "logo.ugoda"

// Make makes files of one document in several formats, in their order. The
// template is filled once. A document that may not leave yet is refused with
// model.Problems; as a draft it is only had as a PDF, whose pages are marked.
func Make(ctx context.Context, s *store.Session, j Job, formats ...string) ([]File, error) {
	for _, f := range formats {
		if !slices.Contains(Formats, f) {
			return nil, model.Refused("as", "not_one_of", "value", f, "values", Formats)
		}
	}
	if err := j.made(); err != nil {
		return nil, err
	}
	if i := slices.IndexFunc(formats, func(f string) bool { return f == "xlsx" || f == "html" }); i >= 0 && j.form() != prints[j.Kind] {
		return nil, model.Refused("as", "form_not_in_format", "format", strings.ToUpper(formats[i]))
	}
	held, err := s.Leaves(ctx, j.Kind, j.ID)
	if err != nil {
		return nil, err
	}
	if len(held) > 0 && (!j.Draft || slices.ContainsFunc(formats, func(f string) bool { return f != "pdf" })) {
		return nil, model.Problems(held)
	}
	var printed *Printed
	switch {
	case slices.Contains(formats, "pdf"):
		printed, err = PDF(ctx, s, j)
	case slices.Contains(formats, "docx"):
		printed, err = DOCX(ctx, s, j)
	}
	if err != nil {
		return nil, err
	}
	var out []File
	for _, f := range formats {
		switch f {
		case "pdf":
			out = append(out, File{printed.Name + ".pdf", printed.PDF, printed.Notes})
		case "docx":
			out = append(out, File{Name: printed.Name + ".docx", Data: printed.DOCX})
		default:
			l, err := gather(ctx, s, j)
			if err != nil {
				return nil, err
			}
			var b bytes.Buffer
			if err := document.Write(&b, f, l.form()); err != nil {
				return nil, err
			}
			out = append(out, File{Name: l.fileName() + "." + f, Data: b.Bytes()})
		}
	}
	return out, nil
}
