package docx

import (
	"archive/zip"
	"compress/flate"
	"io"
	"path"
	"strings"
)

// registerDeflate packs fast: a filled document is mostly repeated markup,
// which the fast levels pack nearly as well as the slow ones, in a third of
// the time.
func registerDeflate(w *zip.Writer) {
	w.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) { return flate.NewWriter(out, 3) })
}

// methodOf stores what is packed already.
func methodOf(name string) uint16 {
	switch strings.ToLower(path.Ext(name)) {
	case ".png", ".jpeg", ".jpg", ".gif":
		return zip.Store
	}
	return zip.Deflate
}
