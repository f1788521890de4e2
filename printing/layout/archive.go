package layout

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"path"
	"strings"
)

// Limits against files made to harm.
const (
	maxArchive  = 128 << 20
	maxEntries  = 10_000
	maxPart     = 96 << 20
	maxUnpacked = 384 << 20
)

// archive is the opened DOCX: its parts, read when they are asked for.
type archive struct {
	files    map[string]*zip.File
	unpacked int64
	trees    map[string]*node
}

func openArchive(data []byte) (*archive, error) {
	if len(data) > maxArchive {
		return nil, &TooLarge{What: "archive"}
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, &NotDOCX{Err: err}
	}
	if len(z.File) > maxEntries {
		return nil, &TooLarge{What: "entries"}
	}
	a := &archive{files: make(map[string]*zip.File, len(z.File)), trees: map[string]*node{}}
	for _, f := range z.File {
		a.files[strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/")] = f
	}
	return a, nil
}

// bytes reads a part; there may be none.
func (a *archive) bytes(name string) ([]byte, error) {
	f := a.files[name]
	if f == nil {
		return nil, fmt.Errorf("part %s is missing", name)
	}
	if f.UncompressedSize64 > maxPart {
		return nil, &TooLarge{What: name}
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("open part %s: %w", name, err)
	}
	defer r.Close()
	var b bytes.Buffer
	b.Grow(int(f.UncompressedSize64) + 512)
	if _, err = b.ReadFrom(io.LimitReader(r, maxPart+1)); err != nil {
		return nil, fmt.Errorf("read part %s: %w", name, err)
	}
	a.unpacked += int64(b.Len())
	if b.Len() > maxPart || a.unpacked > maxUnpacked {
		return nil, &TooLarge{What: name}
	}
	return b.Bytes(), nil
}

// tree parses a part, once; nil when the document has none.
func (a *archive) tree(name string) (*node, error) {
	if n, ok := a.trees[name]; ok || a.files[name] == nil {
		return n, nil
	}
	data, err := a.bytes(name)
	if err != nil {
		return nil, err
	}
	n, err := parseXML(data)
	if err != nil {
		return nil, &NotDOCX{Err: fmt.Errorf("part %s: %w", name, err)}
	}
	a.trees[name] = n
	return n, nil
}

// relation is one link from a part to another part or to an address.
type relation struct {
	kind, target string
	external     bool
}

// relations reads the links of a part. Targets inside the archive are given by
// their names in it.
func (a *archive) relations(part string) (map[string]relation, error) {
	dir, base := path.Split(part)
	root, err := a.tree(dir + "_rels/" + base + ".rels")
	if err != nil {
		return nil, err
	}
	out := map[string]relation{}
	if root == nil {
		return out, nil
	}
	for _, k := range root.kids {
		r := relation{kind: path.Base(k.attr("Type")), target: k.attr("Target"), external: k.attr("TargetMode") == "External"}
		if !r.external {
			if strings.HasPrefix(r.target, "/") {
				r.target = strings.TrimPrefix(path.Clean(r.target), "/")
			} else {
				r.target = strings.TrimPrefix(path.Join("/", dir, r.target), "/")
			}
		}
		out[k.attr("Id")] = r
	}
	return out, nil
}

// related is the target of the first link of a kind.
func related(rels map[string]relation, kind string) string {
	best := ""
	for _, r := range rels {
		if r.kind == kind && !r.external && (best == "" || r.target < best) {
			best = r.target
		}
	}
	return best
}
