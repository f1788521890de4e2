package layout_test

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"ugoda/printing/layout"
	"ugoda/scripts/needs"
)

// laid lays a document out.
func laid(t testing.TB, docx []byte, o layout.Options) *layout.Laid {
	t.Helper()
	l, err := layout.Lay(context.Background(), docx, o)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func drawn(t testing.TB, l *layout.Laid, page int, scale float64) *image.RGBA {
	t.Helper()
	img, err := l.Draw(context.Background(), page, scale)
	if err != nil {
		t.Fatal(err)
	}
	if dir := os.Getenv("UGODA_DRAWN"); dir != "" {
		f, err := os.Create(filepath.Join(dir, t.Name()+"-"+strconv.Itoa(page)+".png"))
		if err != nil {
			t.Fatal(err)
		}
		if err := png.Encode(f, img); err != nil {
			t.Fatal(err)
		}
		f.Close()
	}
	return img
}

// seen are the pages of a PDF as another program draws them.
func seen(t testing.TB, pdf []byte, dpi int) []image.Image {
	t.Helper()
	tool, err := exec.LookPath("pdftoppm")
	if err != nil {
		needs.Missing(t, "pdftoppm is not installed: drawn pages are not compared")
	}
	dir := t.TempDir()
	cmd := exec.Command(tool, "-r", strconv.Itoa(dpi), "-png", "-", filepath.Join(dir, "p"))
	cmd.Stdin = bytes.NewReader(pdf)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("pdftoppm: %v %s", err, out)
	}
	files, err := filepath.Glob(filepath.Join(dir, "p*.png"))
	if err != nil {
		t.Fatal(err)
	}
	var out []image.Image
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, img)
	}
	return out
}

// blocks are the means of squares of so many pixels: what is compared when two
// programs smooth letters in their own ways.
func blocks(img image.Image, side int) [][3]float64 {
	b := img.Bounds()
	var out [][3]float64
	for y := b.Min.Y; y+side <= b.Max.Y; y += side {
		for x := b.Min.X; x+side <= b.Max.X; x += side {
			var sum [3]float64
			for dy := range side {
				for dx := range side {
					c := color.NRGBAModel.Convert(img.At(x+dx, y+dy)).(color.NRGBA)
					sum[0] += float64(c.R)
					sum[1] += float64(c.G)
					sum[2] += float64(c.B)
				}
			}
			for i := range sum {
				sum[i] /= float64(side * side)
			}
			out = append(out, sum)
		}
	}
	return out
}

// A page drawn is the page of the PDF: every square of four millimetres has
// the colour that poppler gives it, nearly.
func TestDrawnAsPrinted(t *testing.T) {
	for _, c := range []struct {
		name string
		docx []byte
		mark string
	}{
		{"proposal", proposal(t, 40), ""},
		{"everything", everything(t), ""},
		{"watermark", proposal(t, 3), "ЧЕРНЕТКА"},
		{"shapes", shapes(t), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := laid(t, c.docx, layout.Options{Watermark: c.mark})
			r, err := l.PDF(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			const dpi = 108
			other := seen(t, r.PDF, dpi)
			if len(other) != len(l.Pages()) || r.Pages != len(other) {
				t.Fatalf("%d pages drawn, %d in the PDF", len(l.Pages()), len(other))
			}
			for page := range other {
				mine := drawn(t, l, page, dpi/72.0)
				a, b := mine.Bounds().Size(), other[page].Bounds().Size()
				if a.X < b.X-1 || a.X > b.X+1 || a.Y < b.Y-1 || a.Y > b.Y+1 {
					t.Fatalf("page %d is %v drawn and %v in the PDF", page+1, a, b)
				}
				const side = 16
				left, right := blocks(mine.SubImage(image.Rect(0, 0, min(a.X, b.X), min(a.Y, b.Y))), side), blocks(cut(other[page], min(a.X, b.X), min(a.Y, b.Y)), side)
				worst, sum := 0.0, 0.0
				for i := range left {
					for k := range 3 {
						d := left[i][k] - right[i][k]
						if d < 0 {
							d = -d
						}
						worst, sum = max(worst, d), sum+d
					}
				}
				if mean := sum / float64(3*len(left)); mean > 1 || worst > 32 {
					t.Errorf("page %d: squares differ by %.2f on average, by %.1f at worst", page+1, mean, worst)
				}
			}
		})
	}
}

// cut gives the upper left corner of a picture.
func cut(img image.Image, w, h int) image.Image {
	type part interface {
		SubImage(r image.Rectangle) image.Image
	}
	return img.(part).SubImage(image.Rect(0, 0, w, h))
}

// shapes is a document of lines and figures.
func shapes(t testing.TB) []byte {
	shape := func(kind, rotation string, w, h int, fill string) string {
		return `<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr/><wps:spPr><a:xfrm` + rotation + `><a:off x="0" y="0"/><a:ext cx="` + strconv.Itoa(w*12700) + `" cy="` + strconv.Itoa(h*12700) + `"/></a:xfrm><a:prstGeom prst="` + kind + `"><a:avLst/></a:prstGeom>` + fill + `<a:ln w="38100"><a:solidFill><a:srgbClr val="203864"/></a:solidFill></a:ln></wps:spPr><wps:bodyPr/></wps:wsp></a:graphicData>`
	}
	at := func(x, y int) (string, string) {
		return `<wp:positionH relativeFrom="page"><wp:posOffset>` + strconv.Itoa(x*12700) + `</wp:posOffset></wp:positionH>`, `<wp:positionV relativeFrom="page"><wp:posOffset>` + strconv.Itoa(y*12700) + `</wp:posOffset></wp:positionV>`
	}
	body := ""
	for i, s := range []struct {
		kind, rotation, fill string
	}{
		{"ellipse", "", `<a:solidFill><a:srgbClr val="FFD966"/></a:solidFill>`},
		{"roundRect", "", `<a:solidFill><a:srgbClr val="C6E0B4"/></a:solidFill>`},
		{"rect", ` rot="1800000"`, `<a:solidFill><a:srgbClr val="F4B083"/></a:solidFill>`},
		{"line", "", ""},
		{"ellipse", ` rot="2700000"`, ""},
	} {
		h, v := at(60+i%3*160, 120+i/3*160)
		body += `<w:p>` + anchored(shape(s.kind, s.rotation, 130, 70, s.fill), "wrapNone", h, v, 130, 70, 0) + `</w:p>`
	}
	p := parts{
		links: imageRel("rIdP", "media/p.png"),
		files: map[string][]byte{"word/media/p.png": pngOf(t, logo(220, 120, true))},
	}
	p.body = body + `<w:p><w:pPr><w:spacing w:before="5000"/></w:pPr>` + inlinePicture("rIdP", 3048000, 1524000) + `</w:p>` +
		para(`<w:pBdr><w:top w:val="dashed" w:sz="12" w:space="4" w:color="C00000"/><w:bottom w:val="dotted" w:sz="18" w:space="4" w:color="00A000"/><w:left w:val="double" w:sz="8" w:space="4" w:color="0000C0"/></w:pBdr>`, lorem)
	return p.build(t)
}

// Clips nest, and what they cut off is not seen.
func TestDrawnTextBoxIsCut(t *testing.T) {
	p := parts{body: `<w:p>` + anchored(textBox(120, 30, strings8(para(`<w:spacing w:after="0"/>`, "МММММММММ"))), "wrapNone", `<wp:positionH relativeFrom="page"><wp:posOffset>1270000</wp:posOffset></wp:positionH>`, `<wp:positionV relativeFrom="page"><wp:posOffset>1270000</wp:posOffset></wp:positionV>`, 120, 30, 0) + `</w:p>`}
	img := drawn(t, laid(t, p.build(t), layout.Options{}), 0, 2)
	dark := func(r image.Rectangle) int {
		n := 0
		for y := r.Min.Y; y < r.Max.Y; y++ {
			for x := r.Min.X; x < r.Max.X; x++ {
				if img.RGBAAt(x, y).G < 100 {
					n++
				}
			}
		}
		return n
	}
	if dark(image.Rect(200, 200, 440, 260)) == 0 {
		t.Error("the box is empty")
	}
	if n := dark(image.Rect(200, 264, 440, 600)); n != 0 {
		t.Errorf("%d dark pixels below the box", n)
	}
}

func strings8(s string) string { return s + s + s + s + s + s + s + s }

func TestDrawErrors(t *testing.T) {
	l := laid(t, proposal(t, 1), layout.Options{})
	for _, c := range []struct {
		page  int
		scale float64
	}{{-1, 1}, {99, 1}, {0, 0}, {0, -2}} {
		if _, err := l.Draw(context.Background(), c.page, c.scale); err == nil {
			t.Errorf("page %d at %v was drawn", c.page, c.scale)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := l.Draw(ctx, 0, 1); err == nil {
		t.Error("drawn though nobody wants it any more")
	}
	img := drawn(t, l, 0, 1e9)
	if s := img.Bounds().Size(); max(s.X, s.Y) > 12_000 {
		t.Errorf("a page of %v pixels", s)
	}
}

// Several windows draw one document at once.
func TestDrawTogether(t *testing.T) {
	l := laid(t, everything(t), layout.Options{})
	want := drawn(t, l, 0, 1)
	done := make(chan []byte)
	for range 4 {
		go func() {
			img, err := l.Draw(context.Background(), 0, 1)
			if err != nil {
				done <- nil
				return
			}
			done <- img.Pix
		}()
	}
	for range 4 {
		if got := <-done; !bytes.Equal(got, want.Pix) {
			t.Error("the same page drawn at once differs")
		}
	}
}

func BenchmarkDraw(b *testing.B) {
	l := laid(b, proposal(b, 40), layout.Options{})
	for b.Loop() {
		if _, err := l.Draw(context.Background(), 0, 96/72.0); err != nil {
			b.Fatal(err)
		}
	}
}
