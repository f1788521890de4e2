package layout

import (
	"bytes"
	"fmt"
	"image"
	_ "image/gif" // formats of pictures that documents hold
	_ "image/jpeg"
	"image/png"
	"path"
	"strings"

	_ "golang.org/x/image/bmp"
	_ "golang.org/x/image/tiff"
	_ "golang.org/x/image/webp"
)

// picture is a picture of the document, in a form that PDF takes.
type picture struct {
	name string // of its part
	kind string // "jpg" or "png"
	data []byte
}

const maxPixels = 60_000_000

// picture reads a picture by its link; nil when it cannot be shown, which is
// noted.
func (d *document) picture(p *part, id string) *picture {
	r, ok := p.rels[id]
	if !ok {
		d.unsupported("picture_missing")
		return nil
	}
	if r.external {
		d.unsupported("picture_external")
		return nil
	}
	if pic, ok := d.pictures[r.target]; ok {
		if pic == nil {
			d.unsupported("picture", "format", formatName(r.target))
		}
		return pic
	}
	pic, err := d.readPicture(r.target)
	if err != nil {
		d.unsupported("picture", "format", formatName(r.target))
	}
	d.pictures[r.target] = pic
	return pic
}

func formatName(name string) string {
	return strings.ToUpper(strings.TrimPrefix(path.Ext(name), "."))
}

func (d *document) readPicture(name string) (*picture, error) {
	data, err := d.archive.bytes(name)
	if err != nil {
		return nil, err
	}
	cfg, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("picture %s: %w", name, err)
	}
	if cfg.Width <= 0 || cfg.Height <= 0 || cfg.Width > maxPixels/cfg.Height {
		return nil, &TooLarge{What: name}
	}
	pic := &picture{name: name, kind: "png", data: data}
	switch {
	case format == "jpeg":
		pic.kind = "jpg"
		return pic, nil
	case format == "png" && plainPNG(data):
		return pic, nil
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("picture %s: %w", name, err)
	}
	var b bytes.Buffer
	enc := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := enc.Encode(&b, eightBits(img)); err != nil {
		return nil, fmt.Errorf("picture %s: %w", name, err)
	}
	pic.data = b.Bytes()
	return pic, nil
}

// plainPNG reports that a PNG is of the simple kind that goes into PDF as it
// is: no more than eight bits a channel, not interlaced.
func plainPNG(data []byte) bool {
	return len(data) > 33 && data[24] <= 8 && data[28] == 0
}

// eightBits makes pictures of sixteen bits a channel into ones of eight.
func eightBits(img image.Image) image.Image {
	switch img.(type) {
	case *image.RGBA64, *image.NRGBA64, *image.Gray16:
		b := img.Bounds()
		out := image.NewNRGBA(b)
		for y := b.Min.Y; y < b.Max.Y; y++ {
			for x := b.Min.X; x < b.Max.X; x++ {
				out.Set(x, y, img.At(x, y))
			}
		}
		return out
	}
	return img
}
