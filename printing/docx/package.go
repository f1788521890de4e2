package docx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"time"

	"github.com/beevik/etree"
	"golang.org/x/text/encoding/unicode"
)

// Limits on a file from outside. A Word document of 500 pages with pictures
// stays far below each of them.
const (
	maxFile    = 64 << 20  // bytes of the file
	maxParts   = 4096      // parts of the package
	maxPart    = 64 << 20  // bytes of one part, unpacked
	maxTotal   = 256 << 20 // bytes of all parts, unpacked
	maxXML     = 24 << 20  // bytes of one part that is read as XML
	maxTags    = 1_500_000 // angle brackets in it: elements cost far more memory than their text
	maxNesting = 256       // depth of its elements
)

// moment is the time of every part of a written package: the earliest that a
// zip can tell, so that equal input gives equal bytes.
var moment = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// archive is an Office Open XML package (ECMA-376 part 2): named parts, in the
// order of the zip they came in.
type archive struct {
	files []*zip.File
	data  map[string][]byte // unpacked parts by name, without a leading slash
}

func openArchive(data []byte) (*archive, error) {
	if len(data) > maxFile {
		return nil, fileProblem("template_too_large", "size", len(data)>>20, "limit", maxFile>>20)
	}
	if key := foreign(data); key != "" {
		return nil, fileProblem(key)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fileProblem("template_cut_short")
	}
	if len(z.File) > maxParts {
		return nil, fileProblem("template_too_many_parts", "limit", maxParts)
	}
	if key := otherOffice(z); key != "" {
		return nil, fileProblem(key)
	}
	a := &archive{data: make(map[string][]byte, len(z.File))}
	var total int64
	for _, f := range z.File {
		name := f.Name
		if strings.HasSuffix(name, "/") {
			continue
		}
		if _, twice := a.data[name]; twice || name != path.Clean(name) || path.IsAbs(name) || strings.HasPrefix(name, "..") {
			return nil, fileProblem("template_damaged", "part", name, "error", "name of a part")
		}
		content, err := unpack(f)
		if err != nil {
			return nil, err
		}
		if total += int64(len(content)); total > maxTotal {
			return nil, fileProblem("template_too_large", "size", total>>20, "limit", maxTotal>>20)
		}
		a.files = append(a.files, f)
		a.data[name] = content
	}
	return a, nil
}

// unpack reads a part, not trusting the size that the zip tells.
func unpack(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, fileProblem("template_damaged", "part", f.Name, "error", err.Error())
	}
	defer r.Close()
	var b bytes.Buffer
	n, err := io.Copy(&b, io.LimitReader(r, maxPart+1))
	if err != nil {
		return nil, fileProblem("template_damaged", "part", f.Name, "error", err.Error())
	}
	if n > maxPart {
		return nil, fileProblem("template_too_large", "part", f.Name, "size", n>>20, "limit", maxPart>>20)
	}
	return b.Bytes(), nil
}

var (
	readSettings  = etree.ReadSettings{MaxDepth: maxNesting, PreserveDuplicateAttrs: true}
	writeSettings = etree.WriteSettings{CanonicalText: true, CanonicalAttrVal: true}
)

// xml reads a part as XML.
func (a *archive) xml(name string) (*etree.Document, error) {
	data, err := utf8Of(a.data[name])
	if err != nil {
		return nil, fileProblem("template_damaged", "part", name, "error", err.Error())
	}
	return parseXML(name, data)
}

func parseXML(name string, data []byte) (*etree.Document, error) {
	if len(data) > maxXML || bytes.Count(data, []byte{'<'}) > maxTags {
		return nil, fileProblem("template_too_large", "part", name, "size", len(data)>>20, "limit", maxXML>>20)
	}
	doc := etree.NewDocument()
	doc.ReadSettings = readSettings
	doc.WriteSettings = writeSettings
	err := doc.ReadFromBytes(data)
	if err == nil {
		err = oneRoot(doc)
	}
	if err != nil {
		return nil, fileProblem("template_damaged", "part", name, "error", err.Error())
	}
	return doc, nil
}

// oneRoot refuses what the XML reader lets pass: several roots, text beside
// the root, and document type declarations, which no Office file has.
func oneRoot(doc *etree.Document) error {
	roots := 0
	for _, t := range doc.Child {
		switch t := t.(type) {
		case *etree.Element:
			roots++
		case *etree.Directive:
			return errors.New("XML with a document type declaration")
		case *etree.CharData:
			if strings.TrimLeft(t.Data, " \t\r\n\uFEFF") != "" {
				return errors.New("XML with text outside of its root")
			}
		}
	}
	if roots != 1 {
		return fmt.Errorf("XML with %d roots", roots)
	}
	return nil
}

// utf8Of gives XML in UTF-8: Office allows UTF-16 too, known by its first bytes.
func utf8Of(data []byte) ([]byte, error) {
	if !bytes.HasPrefix(data, []byte{0xFF, 0xFE}) && !bytes.HasPrefix(data, []byte{0xFE, 0xFF}) {
		return bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF")), nil
	}
	out, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(data)
	if err != nil {
		return nil, fmt.Errorf("read UTF-16: %w", err)
	}
	if end := bytes.Index(out, []byte("?>")); end > 0 && bytes.HasPrefix(out, []byte("<?xml")) {
		out = out[end+2:]
	}
	return append([]byte(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`), out...), nil
}

// pack writes the package: the content types first, as some readers want it,
// then the parts in their old order, then new ones. Parts that were not
// changed keep their very bytes.
func (a *archive) pack(changed map[string][]byte, added []string) ([]byte, error) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	registerDeflate(w)
	write := func(name string, f *zip.File) error {
		if data, ok := changed[name]; ok {
			p, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: methodOf(name), Modified: moment})
			if err == nil {
				_, err = p.Write(data)
			}
			return err
		}
		raw, err := f.OpenRaw()
		if err != nil {
			return err
		}
		h := zip.FileHeader{
			Name: name, Method: f.Method, Modified: moment, CRC32: f.CRC32, Flags: f.Flags & 0x800,
			CompressedSize64: f.CompressedSize64, UncompressedSize64: uint64(len(a.data[name])),
		}
		p, err := w.CreateRaw(&h)
		if err == nil {
			_, err = io.Copy(p, raw)
		}
		return err
	}
	for _, first := range []bool{true, false} {
		for _, f := range a.files {
			if (f.Name == contentTypesPart) != first {
				continue
			}
			if err := write(f.Name, f); err != nil {
				return nil, fmt.Errorf("write part %s: %w", f.Name, err)
			}
		}
	}
	for _, name := range added {
		if err := write(name, nil); err != nil {
			return nil, fmt.Errorf("write part %s: %w", name, err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("write document: %w", err)
	}
	return b.Bytes(), nil
}
