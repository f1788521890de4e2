package layout

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"math"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"ugoda/printing/font"
)

// painter turns operations into PDF.
type painter struct {
	d      *document
	pdf    *fpdf.Fpdf
	face   *font.Face
	size   float64
	ink    rgb
	tc, tz float64
	faces  map[string]bool
	images map[string]bool // registered; false: refused
	widths map[float64]int
	clips  int
	turns  int
}

// paint writes the pages.
func (d *document) paint(o Options) ([]byte, error) {
	first := d.pages[0].section
	pdf := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: fpdf.SizeType{Wd: first.w, Ht: first.h}})
	created := o.Created
	if created.IsZero() {
		created = time.Unix(0, 0).UTC()
	}
	pdf.SetCreationDate(created)
	pdf.SetModificationDate(created)
	pdf.SetCatalogSort(true)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetMargins(0, 0, 0)
	pdf.SetLineCapStyle("square") // lines of frames and tables meet in their corners
	title := o.Title
	if title == "" {
		title = d.title
	}
	pdf.SetTitle(title, true)
	pdf.SetCreator("Ugoda", true)
	p := &painter{d: d, pdf: pdf, faces: map[string]bool{}, images: map[string]bool{}, widths: map[float64]int{}}
	for _, pg := range d.pages {
		d.check()
		p.page(pg, o)
		if pdf.Err() {
			return nil, pdf.Error()
		}
	}
	var b bytes.Buffer
	if err := pdf.Output(&b); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func (p *painter) page(pg *page, o Options) {
	p.pdf.AddPageFormat("P", fpdf.SizeType{Wd: pg.section.w, Ht: pg.section.h})
	p.face, p.ink, p.tc, p.tz, p.clips = nil, rgb{}, 0, 1, 0
	p.pdf.SetTextColor(0, 0, 0)
	if c := p.d.background(); c != nil {
		p.fillColor(*c)
		p.pdf.Rect(0, 0, pg.section.w, pg.section.h, "F")
	}
	for _, ops := range [][]op{pg.under, pg.text, pg.over} {
		for i := range ops {
			p.op(&ops[i])
		}
		for p.clips > 0 {
			p.clips--
			p.pdf.ClipEnd()
		}
	}
	if o.Watermark != "" {
		p.watermark(o.Watermark, pg.section.w, pg.section.h)
	}
}

// background is the colour of the paper.
func (d *document) background() *rgb {
	if n := d.main.root.child("w:background"); n != nil {
		return d.color(n, "w:color", "w:themeColor")
	}
	return nil
}

func (p *painter) fillColor(c rgb) { p.pdf.SetFillColor(int(c.r), int(c.g), int(c.b)) }

func (p *painter) op(o *op) {
	switch o.kind {
	case opText:
		p.text(o)
	case opRect:
		p.fillColor(o.color)
		p.pdf.Rect(o.x, o.y, o.w, o.h, "F")
	case opLine:
		p.line(o)
	case opFrame:
		p.frame(o)
	case opPicture:
		p.drawPicture(o)
	case opLink:
		p.pdf.LinkString(o.x, o.y, o.w, o.h, o.text)
	case opClip:
		p.clips++
		p.pdf.ClipRect(o.x, o.y, o.w, o.h, false)
	case opUnclip:
		if p.clips > 0 {
			p.clips--
			p.pdf.ClipEnd()
			p.face = nil // the graphics state came back
		}
	case opTurn:
		p.turns++
		p.pdf.TransformBegin()
		p.pdf.TransformRotate(-o.angle, o.x, o.y)
		p.face, p.tc, p.tz = nil, -1, -1
	case opTurnBack:
		if p.turns > 0 {
			p.turns--
			p.pdf.TransformEnd()
			p.face, p.tc, p.tz = nil, -1, -1
		}
	}
}

func (p *painter) setFace(f *font.Face, size float64) {
	if p.face == f && p.size == size {
		return
	}
	if !p.faces[f.Name] {
		p.faces[f.Name] = true
		p.pdf.AddUTF8FontFromBytes(f.Name, "", f.Data)
	}
	p.pdf.SetFont(f.Name, "", size)
	p.face, p.size = f, size
}

func (p *painter) text(o *op) {
	p.setFace(o.face, math.Round(o.size*100)/100)
	if p.ink != o.color {
		p.pdf.SetTextColor(int(o.color.r), int(o.color.g), int(o.color.b))
		p.ink = o.color
	}
	if o.spacing != p.tc {
		p.pdf.RawWriteStr(fmt.Sprintf("%.3f Tc\n", o.spacing))
		p.tc = o.spacing
	}
	stretch := o.stretch
	if stretch == 0 {
		stretch = 1
	}
	if stretch != p.tz {
		p.pdf.RawWriteStr(fmt.Sprintf("%.2f Tz\n", stretch*100))
		p.tz = stretch
	}
	p.pdf.Text(o.x, o.y, o.text)
}

func (p *painter) line(o *op) {
	p.pdf.SetDrawColor(int(o.color.r), int(o.color.g), int(o.color.b))
	p.pdf.SetLineWidth(o.width)
	switch o.style {
	case "dashed":
		p.pdf.SetDashPattern([]float64{o.width * 4, o.width * 2}, 0)
	case "dotted":
		p.pdf.SetDashPattern([]float64{max(o.width, 0.5), max(o.width, 0.5) * 1.5}, 0)
	case "double":
		dx, dy := 0.0, o.width
		if o.w == 0 {
			dx, dy = o.width, 0
		}
		p.pdf.Line(o.x-dx, o.y-dy, o.x+o.w-dx, o.y+o.h-dy)
		p.pdf.Line(o.x+dx, o.y+dy, o.x+o.w+dx, o.y+o.h+dy)
		return
	}
	p.pdf.Line(o.x, o.y, o.x+o.w, o.y+o.h)
	if o.style != "single" {
		p.pdf.SetDashPattern([]float64{}, 0)
	}
}

// frame draws a shape: its filling and its line.
func (p *painter) frame(o *op) {
	if s, ok := strings.CutPrefix(o.text, "text:"); ok {
		c := rgb{192, 192, 192}
		if o.fill != nil {
			c = *o.fill
		}
		p.banner(s, o.x+o.w/2, o.y+o.h/2, o.w, o.h, -o.angle, c, 0.5)
		return
	}
	how := ""
	if o.fill != nil {
		p.fillColor(*o.fill)
		how = "F"
	}
	if o.style != "" {
		p.pdf.SetDrawColor(int(o.color.r), int(o.color.g), int(o.color.b))
		p.pdf.SetLineWidth(o.width)
		if o.style == "dashed" {
			p.pdf.SetDashPattern([]float64{o.width * 4, o.width * 2}, 0)
		}
		how += "D"
	}
	if o.angle != 0 {
		p.pdf.TransformBegin()
		p.pdf.TransformRotate(-o.angle, o.x+o.w/2, o.y+o.h/2)
	}
	switch o.text {
	case "ellipse":
		p.pdf.Ellipse(o.x+o.w/2, o.y+o.h/2, o.w/2, o.h/2, 0, how)
	case "round":
		p.pdf.RoundedRect(o.x, o.y, o.w, o.h, min(o.w, o.h)/6, "1234", how)
	case "line":
		if o.stretch < 0 {
			p.pdf.Line(o.x, o.y+o.h, o.x+o.w, o.y)
		} else {
			p.pdf.Line(o.x, o.y, o.x+o.w, o.y+o.h)
		}
	default:
		p.pdf.Rect(o.x, o.y, o.w, o.h, how)
	}
	if o.angle != 0 {
		p.pdf.TransformEnd()
		p.face = nil
	}
	if o.style == "dashed" {
		p.pdf.SetDashPattern([]float64{}, 0)
	}
}

func (p *painter) drawPicture(o *op) {
	if !p.register(o.picture) || o.w <= 0 || o.h <= 0 {
		return
	}
	// A crop shows a part: the whole is drawn larger behind a window.
	sx, sy := 1-o.crop[0]-o.crop[2], 1-o.crop[1]-o.crop[3]
	x, y, w, h := o.x, o.y, o.w, o.h
	cropped := sx > 0 && sy > 0 && (o.crop != [4]float64{})
	if cropped {
		w, h = o.w/sx, o.h/sy
		x, y = o.x-o.crop[0]*w, o.y-o.crop[1]*h
	}
	if o.angle != 0 {
		p.pdf.TransformBegin()
		p.pdf.TransformRotate(-o.angle, o.x+o.w/2, o.y+o.h/2)
	}
	if cropped {
		p.pdf.ClipRect(o.x, o.y, o.w, o.h, false)
	}
	p.pdf.ImageOptions(o.picture.name, x, y, w, h, false, fpdf.ImageOptions{ImageType: o.picture.kind, AllowNegativePosition: true}, 0, "")
	if cropped {
		p.pdf.ClipEnd()
	}
	if o.angle != 0 {
		p.pdf.TransformEnd()
	}
	if cropped || o.angle != 0 {
		p.face = nil
	}
}

// register gives a picture to the writer, once. The writer may refuse it, or
// panic over a broken one.
func (p *painter) register(pic *picture) (ok bool) {
	if ok, known := p.images[pic.name]; known {
		return ok
	}
	defer func() {
		if r := recover(); r != nil {
			ok = false
		}
		if p.pdf.Err() {
			p.pdf.ClearError()
			ok = false
		}
		if !ok {
			p.d.unsupported("picture", "format", formatName(pic.name))
		}
		p.images[pic.name] = ok
	}()
	info := p.pdf.RegisterImageOptionsReader(pic.name, fpdf.ImageOptions{ImageType: pic.kind}, bytes.NewReader(pic.data))
	if info == nil || p.pdf.Err() {
		return false
	}
	w := info.Width()
	p.widths[w]++
	if n := p.widths[w]; n > 1 {
		return tellApart(info, n)
	}
	return true
}

// tellApart makes the width of a picture differ by less than a pixel from that
// of others: the writer orders pictures by width, and those of equal width at
// random, so that two PDF of one document would differ.
func tellApart(info *fpdf.ImageInfoType, n int) bool {
	buf, err := info.GobEncode()
	if err != nil {
		return false
	}
	var (
		data, smask, pal []byte
		number, bpc      int
		w, h, scale, dpi float64
		cs, f, dp        string
		trns             []int
	)
	fields := []any{&data, &smask, &number, &w, &h, &cs, &pal, &bpc, &f, &dp, &trns, &scale, &dpi}
	dec := gob.NewDecoder(bytes.NewReader(buf))
	for _, v := range fields {
		if err := dec.Decode(v); err != nil {
			return false
		}
	}
	w += float64(n) / 4096
	var out bytes.Buffer
	enc := gob.NewEncoder(&out)
	for _, v := range []any{data, smask, number, w, h, cs, pal, bpc, f, dp, trns, scale, dpi} {
		if err := enc.Encode(v); err != nil {
			return false
		}
	}
	return info.GobDecode(out.Bytes()) == nil
}

// watermark writes a word across the page.
func (p *painter) watermark(s string, w, h float64) {
	angle := math.Atan2(h, w) * 180 / math.Pi
	p.banner(s, w/2, h/2, math.Hypot(w, h)*0.7, h*0.22, angle, rgb{150, 150, 150}, 0.28)
}

// banner writes words as large as a box allows, turned counter-clockwise about
// its middle.
func (p *painter) banner(s string, cx, cy, w, h, angle float64, c rgb, alpha float64) {
	f := font.Embedded(true, false)
	s = f.Clean(s, nil)
	unit := f.Width(s, 1)
	if unit <= 0 || w <= 0 || h <= 0 {
		return
	}
	size := min(w/unit, h/0.8, 400)
	p.pdf.SetAlpha(alpha, "Normal")
	p.pdf.TransformBegin()
	p.pdf.TransformRotate(angle, cx, cy)
	p.face, p.tc, p.tz = nil, -1, -1
	p.text(&op{x: cx - unit*size/2, y: cy + size*0.36, text: s, face: f, size: size, color: c, stretch: 1})
	p.pdf.TransformEnd()
	p.pdf.SetAlpha(1, "Normal")
	p.face, p.tc, p.tz = nil, -1, -1
}
