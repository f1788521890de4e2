// Command draw draws the program's icon: a sales funnel whose last stage is a
// signed tick. It writes ugoda.svg, ugoda.png (512), the sizes that desktops
// ask for, ugoda.ico for Windows and ugoda.icns for macOS into the folder
// named by its argument.
package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"log"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/image/vector"
)

// canvas is the side of the square that the shapes are given in.
const canvas = 512

// shape is a closed path in SVG's words (M, L, C, Z with absolute
// coordinates) filled with one colour, or with a gradient from top to bottom.
type shape struct {
	path        string
	top, bottom color.NRGBA
}

var (
	night  = color.NRGBA{0x0b, 0x24, 0x5e, 0xff}
	deep   = color.NRGBA{0x1d, 0x4f, 0xb8, 0xff}
	white  = color.NRGBA{0xff, 0xff, 0xff, 0xff}
	pale   = color.NRGBA{0x9c, 0xc1, 0xf7, 0xff}
	yellow = color.NRGBA{0xff, 0xd1, 0x2e, 0xff}
	amber  = color.NRGBA{0xff, 0xb9, 0x0a, 0xff}
)

var shapes = []shape{
	{ // the ground: a square with generous corners
		"M 140 20 L 372 20 C 446 20 492 66 492 140 L 492 372 C 492 446 446 492 372 492 L 140 492 C 66 492 20 446 20 372 L 20 140 C 20 66 66 20 140 20 Z",
		deep, night,
	},
	{ // the first stage
		"M 102 96 L 410 96 C 425 96 433 112 424 124 L 397 161 C 392 168 386 171 378 171 L 134 171 C 126 171 120 168 115 161 L 88 124 C 79 112 87 96 102 96 Z",
		white, white,
	},
	{ // the second stage
		"M 166 194 L 346 194 C 361 194 369 210 360 222 L 333 259 C 328 266 322 269 314 269 L 198 269 C 190 269 184 266 179 259 L 152 222 C 143 210 151 194 166 194 Z",
		pale, pale,
	},
	{ // the deal: a tick in one stroke of a pen
		"M 187 319 C 200 306 222 308 232 322 C 241 335 249 349 256 363 C 302 302 360 252 436 213 C 448 207 458 221 449 231 C 380 293 328 354 287 425 C 277 442 253 443 243 426 C 226 397 208 371 188 347 C 180 338 179 327 187 319 Z",
		yellow, amber,
	},
}

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: draw FOLDER")
	}
	if err := write(os.Args[1]); err != nil {
		log.Fatalf("draw: %v", err)
	}
}

func write(dir string) error {
	files := map[string][]byte{"ugoda.svg": svg()}
	pictures := map[int]image.Image{}
	for _, size := range []int{16, 24, 32, 48, 64, 128, 256, 512} {
		picture, err := render(size)
		if err != nil {
			return err
		}
		pictures[size] = picture
		files[fmt.Sprintf("ugoda-%d.png", size)] = encode(picture)
	}
	files["ugoda.png"] = files["ugoda-512.png"]
	delete(files, "ugoda-512.png")
	files["ugoda.ico"] = ico(pictures)
	files["ugoda.icns"] = icns(pictures)
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			return fmt.Errorf("write the icon: %w", err)
		}
	}
	return nil
}

// render draws the shapes at a size in pixels.
func render(size int) (*image.NRGBA, error) {
	out := image.NewNRGBA(image.Rect(0, 0, size, size))
	for _, s := range shapes {
		raster := vector.NewRasterizer(size, size)
		if err := trace(s.path, float32(size)/canvas, raster); err != nil {
			return nil, err
		}
		ink := image.NewNRGBA(out.Bounds())
		for y := range size {
			c := blend(s.top, s.bottom, float64(y)/float64(size-1))
			draw.Draw(ink, image.Rect(0, y, size, y+1), image.NewUniform(c), image.Point{}, draw.Src)
		}
		raster.Draw(out, out.Bounds(), ink, image.Point{})
	}
	return out, nil
}

// trace walks a path into the rasterizer.
func trace(path string, scale float32, r *vector.Rasterizer) error {
	words := strings.Fields(path)
	take := func(n int) ([]float32, error) {
		if len(words) < n {
			return nil, errors.New("a path ends too soon")
		}
		numbers := make([]float32, n)
		for i := range numbers {
			v, err := strconv.ParseFloat(words[i], 32)
			if err != nil {
				return nil, fmt.Errorf("read a path: %w", err)
			}
			numbers[i] = float32(v) * scale
		}
		words = words[n:]
		return numbers, nil
	}
	for len(words) > 0 {
		verb := words[0]
		words = words[1:]
		count := map[string]int{"M": 2, "L": 2, "C": 6, "Z": 0}
		n, known := count[verb]
		if !known {
			return fmt.Errorf("a path says %q", verb)
		}
		p, err := take(n)
		if err != nil {
			return err
		}
		switch verb {
		case "M":
			r.MoveTo(p[0], p[1])
		case "L":
			r.LineTo(p[0], p[1])
		case "C":
			r.CubeTo(p[0], p[1], p[2], p[3], p[4], p[5])
		case "Z":
			r.ClosePath()
		}
	}
	return nil
}

func blend(a, b color.NRGBA, at float64) color.NRGBA {
	mix := func(x, y uint8) uint8 { return uint8(float64(x) + (float64(y)-float64(x))*at + 0.5) }
	return color.NRGBA{mix(a.R, b.R), mix(a.G, b.G), mix(a.B, b.B), 0xff}
}

func svg() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d">`+"\n", canvas, canvas, canvas, canvas)
	for i, s := range shapes {
		fill := hex(s.top)
		if s.top != s.bottom {
			fmt.Fprintf(&b, `<linearGradient id="g%d" gradientUnits="userSpaceOnUse" x1="0" y1="0" x2="0" y2="%d"><stop stop-color="%s"/><stop offset="1" stop-color="%s"/></linearGradient>`+"\n",
				i, canvas, hex(s.top), hex(s.bottom))
			fill = fmt.Sprintf("url(#g%d)", i)
		}
		fmt.Fprintf(&b, `<path fill="%s" d="%s"/>`+"\n", fill, s.path)
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}

func hex(c color.NRGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

func encode(picture image.Image) []byte {
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&b, picture); err != nil {
		panic(err) // a picture of our own into memory
	}
	return b.Bytes()
}

// put writes numbers of fixed sizes.
func put(to *bytes.Buffer, order binary.ByteOrder, numbers ...any) {
	for _, n := range numbers {
		if err := binary.Write(to, order, n); err != nil {
			panic(err) // not a number, a mistake in this file
		}
	}
}

// ico packs pictures for Windows: the format of the ICONDIR structure, with
// 32-bit bitmaps up to 64 pixels, which every reader knows, and PNG above.
func ico(pictures map[int]image.Image) []byte {
	sizes := []int{16, 24, 32, 48, 64, 128, 256}
	var head, body bytes.Buffer
	put(&head, binary.LittleEndian, uint16(0), uint16(1), uint16(len(sizes)))
	offset := 6 + 16*len(sizes)
	for _, size := range sizes {
		data := encode(pictures[size])
		if size <= 64 {
			data = bitmap(pictures[size])
		}
		put(&head, binary.LittleEndian, uint8(size), uint8(size), uint8(0), uint8(0), uint16(1), uint16(32), uint32(len(data)), uint32(offset+body.Len()))
		body.Write(data)
	}
	return append(head.Bytes(), body.Bytes()...)
}

// bitmap is a picture as an icon holds it: a BITMAPINFOHEADER of double
// height, rows from the bottom in BGRA, and an empty mask.
func bitmap(picture image.Image) []byte {
	size := picture.Bounds().Dx()
	mask := (size + 31) / 32 * 4 * size
	var b bytes.Buffer
	put(
		&b, binary.LittleEndian, uint32(40), int32(size), int32(size*2), uint16(1), uint16(32), uint32(0),
		uint32(size*size*4+mask), int32(0), int32(0), uint32(0), uint32(0),
	)
	for y := size - 1; y >= 0; y-- {
		for x := range size {
			c := color.NRGBAModel.Convert(picture.At(x, y)).(color.NRGBA)
			b.Write([]byte{c.B, c.G, c.R, c.A})
		}
	}
	b.Write(make([]byte, mask))
	return b.Bytes()
}

// icns packs pictures for macOS: PNG under the types that Apple gives to 128,
// 256 and 512 pixels.
func icns(pictures map[int]image.Image) []byte {
	var body bytes.Buffer
	for _, one := range []struct {
		kind string
		size int
	}{{"ic07", 128}, {"ic08", 256}, {"ic09", 512}} {
		data := encode(pictures[one.size])
		body.WriteString(one.kind)
		put(&body, binary.BigEndian, uint32(len(data)+8))
		body.Write(data)
	}
	var b bytes.Buffer
	b.WriteString("icns")
	put(&b, binary.BigEndian, uint32(body.Len()+8))
	b.Write(body.Bytes())
	return b.Bytes()
}
