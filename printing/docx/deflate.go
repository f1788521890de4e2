package docx

import (
	"archive/zip"
	"compress/flate"
	"io"
	"path"
	"strings"
	"sync"
)

// deflateLevel packs fast: a filled document is mostly repeated markup, which
// the fast levels pack nearly as well as the slow ones, in a third of the time.
const deflateLevel = 3

// deflaters are kept between parts: each holds half a megabyte of tables.
var deflaters sync.Pool

// deflater gives its writer back when its part is closed.
type deflater struct{ *flate.Writer }

func (d deflater) Close() error {
	err := d.Writer.Close()
	deflaters.Put(d.Writer)
	return err
}

func registerDeflate(w *zip.Writer) {
	w.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) {
		if f, ok := deflaters.Get().(*flate.Writer); ok {
			f.Reset(out)
			return deflater{f}, nil
		}
		f, err := flate.NewWriter(out, deflateLevel)
		return deflater{f}, err
	})
}

// methodOf stores what is packed already.
func methodOf(name string) uint16 {
	switch strings.ToLower(path.Ext(name)) {
	case ".png", ".jpeg", ".jpg", ".gif":
		return zip.Store
	}
	return zip.Deflate
}
