package spreadsheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"path"
	"strings"
	"unicode/utf16"
)

// archive is a file that is a ZIP of XML parts.
type archive struct {
	z    *zip.Reader
	left int64 // bytes that may still be unpacked
}

func readZip(data []byte) (*Book, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	a := &archive{z: z, left: 2 * maxPart}
	switch {
	case a.find("content.xml") != nil:
		if kind, err := a.part("mimetype"); err == nil && !bytes.Contains(kind, []byte("spreadsheet")) {
			return nil, unreadable("file_unknown")
		}
		if manifest, err := a.part("META-INF/manifest.xml"); err == nil && bytes.Contains(manifest, []byte("encryption-data")) {
			return nil, unreadable("file_protected")
		}
		return readODS(a)
	case a.find("xl/workbook.xml") != nil, a.find("_rels/.rels") != nil:
		return readXLSX(a)
	}
	return nil, unreadable("file_unknown")
}

// find finds a part by its name, in any case: not all writers keep it.
func (a *archive) find(name string) *zip.File {
	name = strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/")
	for _, f := range a.z.File {
		if strings.EqualFold(strings.ReplaceAll(f.Name, `\`, "/"), name) {
			return f
		}
	}
	return nil
}

var errNoPart = errors.New("a part is missing")

// part unpacks a part, as UTF-8.
func (a *archive) part(name string) ([]byte, error) {
	f := a.find(name)
	if f == nil {
		return nil, errNoPart
	}
	if f.UncompressedSize64 > uint64(min(a.left, maxPart)) {
		return nil, unreadable("table_too_large")
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	limit := min(a.left, maxPart)
	// The size that the archive tells is not trusted with memory.
	buf := bytes.NewBuffer(make([]byte, 0, min(int64(f.UncompressedSize64), 64<<20)))
	n, err := io.Copy(buf, io.LimitReader(r, limit+1))
	if err != nil {
		return nil, err
	}
	if n > limit {
		return nil, unreadable("table_too_large")
	}
	a.left -= n
	return utf8Markup(buf.Bytes()), nil
}

// utf8Markup gives XML in UTF-8, whatever its byte order mark says.
func utf8Markup(b []byte) []byte {
	switch {
	case bytes.HasPrefix(b, []byte("\xef\xbb\xbf")):
		return b[3:]
	case bytes.HasPrefix(b, []byte("\xff\xfe")):
		return []byte(string(utf16.Decode(units(b[2:], false))))
	case bytes.HasPrefix(b, []byte("\xfe\xff")):
		return []byte(string(utf16.Decode(units(b[2:], true))))
	}
	return b
}

// units are the 16-bit units of a text.
func units(b []byte, bigEndian bool) []uint16 {
	out := make([]uint16, len(b)/2)
	for i := range out {
		lo, hi := b[2*i], b[2*i+1]
		if bigEndian {
			lo, hi = hi, lo
		}
		out[i] = uint16(lo) | uint16(hi)<<8
	}
	return out
}

// relations reads which part a relation means: by its id, and by the end of
// its type.
func (a *archive) relations(of string) (byID, byType map[string]string) {
	byID, byType = map[string]string{}, map[string]string{}
	folder, file := path.Split(of)
	b, err := a.part(folder + "_rels/" + file + ".rels")
	if err != nil {
		return byID, byType
	}
	m := &markup{b: b}
	for {
		t, err := m.next()
		if err != nil || t == endOfFile {
			return byID, byType
		}
		if t != opening || !m.is("Relationship") {
			continue
		}
		target := m.attr("Target")
		if !strings.HasPrefix(target, "/") {
			target = path.Join(folder, target)
		}
		target = strings.TrimPrefix(target, "/")
		byID[m.attr("Id")] = target
		kind := m.attr("Type")
		kind = kind[strings.LastIndexByte(kind, '/')+1:]
		if byType[kind] == "" {
			byType[kind] = target
		}
	}
}
