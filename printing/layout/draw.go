package layout

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"math"
	"strings"

	"golang.org/x/image/draw"
	"golang.org/x/image/math/f64"
	"golang.org/x/image/vector"

	"ugoda/printing/font"
)

// maxSide is the longest side of a drawn page, in pixels.
const maxSide = 12_000

// Draw draws a page, from 0, at so many pixels a point: what the PDF shows of
// it. Errors: the context's, and that of a page that is not there.
func (l *Laid) Draw(ctx context.Context, page int, scale float64) (img *image.RGBA, err error) {
	defer stopped(&err)
	if page < 0 || page >= len(l.d.pages) {
		return nil, fmt.Errorf("draw page %d of %d", page+1, len(l.d.pages))
	}
	p := l.d.pages[page]
	scale = min(scale, maxSide/max(p.section.w, p.section.h))
	if scale <= 0 {
		return nil, fmt.Errorf("draw page %d at a scale of %v", page+1, scale)
	}
	img = image.NewRGBA(image.Rect(0, 0, pixels(p.section.w*scale), pixels(p.section.h*scale)))
	b := &brush{l: l, img: img, clip: img.Bounds(), m: f64.Aff3{scale, 0, 0, 0, scale, 0}, scale: scale}
	paper := color.RGBA{255, 255, 255, 255}
	if c := l.d.background(); c != nil {
		paper = opaque(*c)
	}
	draw.Draw(img, img.Bounds(), image.NewUniform(paper), image.Point{}, draw.Src)
	for _, ops := range [][]op{p.under, p.text, p.over} {
		for i := range ops {
			if i%256 == 0 && ctx.Err() != nil {
				return nil, context.Cause(ctx)
			}
			b.op(&ops[i])
		}
		b.clip, b.clips = img.Bounds(), nil
	}
	if w := l.d.opts.Watermark; w != "" {
		w0, h0 := p.section.w, p.section.h
		b.banner(w, w0/2, h0/2, math.Hypot(w0, h0)*0.7, h0*0.22, math.Atan2(h0, w0)*180/math.Pi, rgb{150, 150, 150}, 0.28)
	}
	return img, nil
}

func pixels(v float64) int { return max(int(math.Round(v)), 1) }

func opaque(c rgb) color.RGBA { return color.RGBA{c.r, c.g, c.b, 255} }

// brush draws operations into a picture.
type brush struct {
	l     *Laid
	img   *image.RGBA
	m     f64.Aff3 // from points to pixels
	scale float64
	clip  image.Rectangle
	clips []image.Rectangle // those around it
	turns []f64.Aff3        // what the matrix was before text was turned
	r     vector.Rasterizer
	path  []font.Step // reused
}

func (b *brush) op(o *op) {
	switch o.kind {
	case opText:
		b.text(o, 1)
	case opRect:
		b.box(o.x, o.y, o.w, o.h, o.color)
	case opLine:
		b.line(o)
	case opFrame:
		b.frame(o)
	case opPicture:
		b.picture(o)
	case opLink: // nothing to be seen
	case opTurn:
		b.turns = append(b.turns, b.m)
		b.m = times(b.m, turnAbout(o.angle, o.x, o.y))
	case opTurnBack:
		if n := len(b.turns); n > 0 {
			b.m, b.turns = b.turns[n-1], b.turns[:n-1]
		}
	case opClip:
		b.clips = append(b.clips, b.clip)
		x0, y0 := b.at(o.x, o.y)
		x1, y1 := b.at(o.x+o.w, o.y+o.h)
		b.clip = b.clip.Intersect(image.Rect(int(math.Floor(min(x0, x1))), int(math.Floor(min(y0, y1))), int(math.Ceil(max(x0, x1))), int(math.Ceil(max(y0, y1)))))
	case opUnclip:
		if n := len(b.clips); n > 0 {
			b.clip, b.clips = b.clips[n-1], b.clips[:n-1]
		}
	}
}

// at is where a point lies among the pixels.
func (b *brush) at(x, y float64) (float64, float64) {
	return b.m[0]*x + b.m[1]*y + b.m[2], b.m[3]*x + b.m[4]*y + b.m[5]
}

// turned draws with everything turned clockwise, in degrees, about a point.
func (b *brush) turned(angle, cx, cy float64, do func()) {
	if angle == 0 {
		do()
		return
	}
	keep := b.m
	b.m = times(keep, turnAbout(angle, cx, cy))
	do()
	b.m = keep
}

// turnAbout turns clockwise, in degrees, about a point.
func turnAbout(angle, cx, cy float64) f64.Aff3 {
	sin, cos := math.Sincos(angle * math.Pi / 180)
	return f64.Aff3{cos, -sin, cx - cos*cx + sin*cy, sin, cos, cy - sin*cx - cos*cy}
}

// times is first b, then a.
func times(a, b f64.Aff3) f64.Aff3 {
	return f64.Aff3{
		a[0]*b[0] + a[1]*b[3], a[0]*b[1] + a[1]*b[4], a[0]*b[2] + a[1]*b[5] + a[2],
		a[3]*b[0] + a[4]*b[3], a[3]*b[1] + a[4]*b[4], a[3]*b[2] + a[4]*b[5] + a[5],
	}
}

// upright reports that nothing is turned.
func (b *brush) upright() bool { return b.m[1] == 0 && b.m[3] == 0 }

// fill fills the path, whose points are in pixels, and empties it.
func (b *brush) fill(c rgb, alpha float64) {
	path := b.path
	b.path = b.path[:0]
	lo, hi := [2]float32{math.MaxFloat32, math.MaxFloat32}, [2]float32{-math.MaxFloat32, -math.MaxFloat32}
	for i := range path {
		for _, p := range path[i].P[:points(&path[i])] {
			lo[0], lo[1], hi[0], hi[1] = min(lo[0], p[0]), min(lo[1], p[1]), max(hi[0], p[0]), max(hi[1], p[1])
		}
	}
	if len(path) == 0 || lo[0] > maxSide || lo[1] > maxSide || hi[0] < 0 || hi[1] < 0 {
		return
	}
	box := image.Rect(int(max(lo[0], -1)), int(max(lo[1], -1)), int(min(hi[0], maxSide))+1, int(min(hi[1], maxSide))+1).Intersect(b.clip)
	if box.Empty() {
		return
	}
	b.r.Reset(box.Dx(), box.Dy())
	dx, dy := float32(box.Min.X), float32(box.Min.Y)
	for i := range path {
		s := &path[i]
		switch p := s.P; s.Kind {
		case font.Move:
			b.r.ClosePath()
			b.r.MoveTo(p[0][0]-dx, p[0][1]-dy)
		case font.Line:
			b.r.LineTo(p[0][0]-dx, p[0][1]-dy)
		case font.Quad:
			b.r.QuadTo(p[0][0]-dx, p[0][1]-dy, p[1][0]-dx, p[1][1]-dy)
		case font.Cube:
			b.r.CubeTo(p[0][0]-dx, p[0][1]-dy, p[1][0]-dx, p[1][1]-dy, p[2][0]-dx, p[2][1]-dy)
		}
	}
	b.r.ClosePath()
	ink := color.NRGBA{c.r, c.g, c.b, uint8(math.Round(alpha * 255))}
	b.r.Draw(b.img, box, image.NewUniform(ink), image.Point{})
}

func points(s *font.Step) int {
	switch s.Kind {
	case font.Quad:
		return 2
	case font.Cube:
		return 3
	}
	return 1
}

// step adds a step to the path, its points in points.
func (b *brush) step(kind font.Step, p ...[2]float64) {
	for i, q := range p {
		x, y := b.at(q[0], q[1])
		kind.P[i] = [2]float32{float32(x), float32(y)}
	}
	b.path = append(b.path, kind)
}

func (b *brush) moveTo(x, y float64) { b.step(font.Step{Kind: font.Move}, [2]float64{x, y}) }
func (b *brush) lineTo(x, y float64) { b.step(font.Step{Kind: font.Line}, [2]float64{x, y}) }
func (b *brush) cubeTo(p, q, r [2]float64) {
	b.step(font.Step{Kind: font.Cube}, p, q, r)
}

// text draws the letters of a line at once.
func (b *brush) text(o *op, alpha float64) {
	stretch := o.stretch
	if stretch == 0 {
		stretch = 1
	}
	size, x := math.Round(o.size*100)/100, o.x
	for _, r := range o.text {
		w, ok := o.face.Advance(r)
		if !ok {
			continue
		}
		for _, s := range o.face.Outline(r) {
			n := points(&s)
			for i := range n {
				px, py := b.at(x+float64(s.P[i][0])*size*stretch, o.y+float64(s.P[i][1])*size)
				s.P[i] = [2]float32{float32(px), float32(py)}
			}
			b.path = append(b.path, s)
		}
		x += (float64(w)*size/1000 + o.spacing) * stretch
	}
	b.fill(o.color, alpha)
}

// box fills a rectangle. Its edges lie between pixels, so that two that touch
// leave no seam and a thin one does not pale.
func (b *brush) box(x, y, w, h float64, c rgb) {
	if !b.upright() {
		b.moveTo(x, y)
		b.lineTo(x+w, y)
		b.lineTo(x+w, y+h)
		b.lineTo(x, y+h)
		b.fill(c, 1)
		return
	}
	x0, y0 := b.at(x, y)
	x1, y1 := b.at(x+w, y+h)
	r := image.Rect(int(math.Round(x0)), int(math.Round(y0)), int(math.Round(x1)), int(math.Round(y1)))
	if w > 0 && h > 0 {
		r.Max.X, r.Max.Y = max(r.Max.X, r.Min.X+1), max(r.Max.Y, r.Min.Y+1)
	}
	draw.Draw(b.img, r.Intersect(b.clip), image.NewUniform(opaque(c)), image.Point{}, draw.Src)
}

// line draws a line in its style. The ends stand out by half the width, as the
// square ends of the PDF do.
func (b *brush) line(o *op) {
	switch o.style {
	case "dashed":
		b.dashes(o, o.width*4, o.width*2)
	case "dotted":
		b.dashes(o, max(o.width, 0.5), max(o.width, 0.5)*1.5)
	case "double":
		dx, dy := 0.0, o.width
		if o.w == 0 {
			dx, dy = o.width, 0
		}
		b.stroke(o.x-dx, o.y-dy, o.x+o.w-dx, o.y+o.h-dy, o.width, o.color)
		b.stroke(o.x+dx, o.y+dy, o.x+o.w+dx, o.y+o.h+dy, o.width, o.color)
	default:
		b.stroke(o.x, o.y, o.x+o.w, o.y+o.h, o.width, o.color)
	}
}

// dashes draws pieces of a line with gaps between.
func (b *brush) dashes(o *op, on, off float64) {
	length := math.Hypot(o.w, o.h)
	if length == 0 || length/(on+off) > 20_000 {
		b.stroke(o.x, o.y, o.x+o.w, o.y+o.h, o.width, o.color)
		return
	}
	ux, uy := o.w/length, o.h/length
	for at := 0.0; at < length; at += on + off {
		// The square ends of a dash reach into the gaps.
		from, to := at+o.width/2, min(at+on, length)-o.width/2
		if to < from {
			from, to = (from+to)/2, (from+to)/2
		}
		b.stroke(o.x+ux*from, o.y+uy*from, o.x+ux*to, o.y+uy*to, o.width, o.color)
	}
}

// stroke draws a line with square ends. A thin upright or level one takes
// whole pixels, and at least one.
func (b *brush) stroke(x0, y0, x1, y1, width float64, c rgb) {
	half := width / 2
	if b.upright() && (x0 == x1 || y0 == y1) {
		ax, ay := b.at(min(x0, x1)-half, min(y0, y1)-half)
		bx, by := b.at(max(x0, x1)+half, max(y0, y1)+half)
		thick := max(1, int(math.Round(width*b.scale)))
		r := image.Rect(int(math.Round(ax)), int(math.Round(ay)), int(math.Round(bx)), int(math.Round(by)))
		if y0 == y1 {
			_, mid := b.at(x0, y0)
			r.Min.Y = int(math.Round(mid - float64(thick)/2))
			r.Max.Y = r.Min.Y + thick
		}
		if x0 == x1 {
			mid, _ := b.at(x0, y0)
			r.Min.X = int(math.Round(mid - float64(thick)/2))
			r.Max.X = r.Min.X + thick
		}
		draw.Draw(b.img, r.Intersect(b.clip), image.NewUniform(opaque(c)), image.Point{}, draw.Src)
		return
	}
	half = max(half, 0.5/b.scale)
	length := math.Hypot(x1-x0, y1-y0)
	ux, uy := 1.0, 0.0
	if length > 0 {
		ux, uy = (x1-x0)/length, (y1-y0)/length
	}
	ux, uy = ux*half, uy*half
	b.moveTo(x0-ux-uy, y0-uy+ux)
	b.lineTo(x1+ux-uy, y1+uy+ux)
	b.lineTo(x1+ux+uy, y1+uy-ux)
	b.lineTo(x0-ux+uy, y0-uy-ux)
	b.fill(c, 1)
}

// frame draws a shape: its filling and its line.
func (b *brush) frame(o *op) {
	if s, ok := strings.CutPrefix(o.text, "text:"); ok {
		c := rgb{192, 192, 192}
		if o.fill != nil {
			c = *o.fill
		}
		b.banner(s, o.x+o.w/2, o.y+o.h/2, o.w, o.h, -o.angle, c, 0.5)
		return
	}
	b.turned(o.angle, o.x+o.w/2, o.y+o.h/2, func() {
		if o.text == "line" {
			if o.style != "" {
				y0, y1 := o.y, o.y+o.h
				if o.stretch < 0 {
					y0, y1 = y1, y0
				}
				b.stroke(o.x, y0, o.x+o.w, y1, o.width, o.color)
			}
			return
		}
		if o.fill != nil {
			if o.text == "ellipse" || o.text == "round" {
				b.shape(o, 0)
				b.fill(*o.fill, 1)
			} else {
				b.box(o.x, o.y, o.w, o.h, *o.fill)
			}
		}
		if o.style != "" {
			b.edge(o)
		}
	})
}

// edge draws the line around a shape.
func (b *brush) edge(o *op) {
	if o.text == "ellipse" || o.text == "round" {
		half := max(o.width, 1/b.scale) / 2
		b.shape(o, half)
		outer := len(b.path)
		b.shape(o, -half)
		b.turnBack(outer)
		b.fill(o.color, 1)
		return
	}
	side := op{color: o.color, width: o.width, style: o.style}
	for _, s := range [4][4]float64{{o.x, o.y, o.w, 0}, {o.x + o.w, o.y, 0, o.h}, {o.x, o.y + o.h, o.w, 0}, {o.x, o.y, 0, o.h}} {
		side.x, side.y, side.w, side.h = s[0], s[1], s[2], s[3]
		b.line(&side)
	}
}

// shape adds an ellipse or a box with round corners, so much larger all round.
func (b *brush) shape(o *op, by float64) {
	x, y, w, h := o.x-by, o.y-by, o.w+2*by, o.h+2*by
	if w <= 0 || h <= 0 {
		return
	}
	rx, ry := w/2, h/2
	if o.text == "round" {
		rx = max(min(o.w, o.h)/6+by, 0)
		ry = rx
	}
	const k = 0.5522847498307936 // of the radius: a quarter of a circle as one curve
	x1, y1 := x+w, y+h
	b.moveTo(x+rx, y)
	b.lineTo(x1-rx, y)
	b.cubeTo([2]float64{x1 - rx + k*rx, y}, [2]float64{x1, y + ry - k*ry}, [2]float64{x1, y + ry})
	b.lineTo(x1, y1-ry)
	b.cubeTo([2]float64{x1, y1 - ry + k*ry}, [2]float64{x1 - rx + k*rx, y1}, [2]float64{x1 - rx, y1})
	b.lineTo(x+rx, y1)
	b.cubeTo([2]float64{x + rx - k*rx, y1}, [2]float64{x, y1 - ry + k*ry}, [2]float64{x, y1 - ry})
	b.lineTo(x, y+ry)
	b.cubeTo([2]float64{x, y + ry - k*ry}, [2]float64{x + rx - k*rx, y}, [2]float64{x + rx, y})
}

// turnBack runs through a closed part of the path the other way, from a step
// on: what it encloses is cut out of what is around it.
func (b *brush) turnBack(from int) {
	part := append([]font.Step(nil), b.path[from:]...)
	if len(part) == 0 {
		return
	}
	b.path = b.path[:from]
	end := func(s *font.Step) [2]float32 { return s.P[points(s)-1] }
	b.path = append(b.path, font.Step{Kind: font.Move, P: [3][2]float32{end(&part[len(part)-1])}})
	for i := len(part) - 1; i > 0; i-- {
		s, to := part[i], end(&part[i-1])
		switch s.Kind {
		case font.Cube:
			s.P = [3][2]float32{s.P[1], s.P[0], to}
		case font.Quad:
			s.P = [3][2]float32{s.P[0], to}
		default:
			s.P = [3][2]float32{to}
		}
		b.path = append(b.path, s)
	}
}

// picture draws a picture, or the part of it that a crop leaves.
func (b *brush) picture(o *op) {
	src := b.l.decoded(o.picture)
	if src == nil || o.w <= 0 || o.h <= 0 {
		return
	}
	from := src.Bounds()
	if sx, sy := 1-o.crop[0]-o.crop[2], 1-o.crop[1]-o.crop[3]; sx > 0 && sy > 0 {
		w, h := float64(from.Dx()), float64(from.Dy())
		r := image.Rect(int(math.Round(o.crop[0]*w)), int(math.Round(o.crop[1]*h)), int(math.Round((1-o.crop[2])*w)), int(math.Round((1-o.crop[3])*h)))
		from = r.Add(from.Min).Intersect(from)
	}
	if from.Empty() {
		return
	}
	dst := b.img.SubImage(b.clip).(*image.RGBA)
	b.turned(o.angle, o.x+o.w/2, o.y+o.h/2, func() {
		// From pixels of the picture to points, and on to pixels of the page.
		sx, sy := o.w/float64(from.Dx()), o.h/float64(from.Dy())
		place := f64.Aff3{sx, 0, o.x - sx*float64(from.Min.X), 0, sy, o.y - sy*float64(from.Min.Y)}
		draw.BiLinear.Transform(dst, times(b.m, place), src, from, draw.Over, nil)
	})
}

// decoded is a picture of the document as pixels; nil when it cannot be shown.
func (l *Laid) decoded(p *picture) image.Image {
	if img, ok := l.pictures.Load(p.name); ok {
		i, _ := img.(image.Image)
		return i
	}
	img, _, err := image.Decode(bytes.NewReader(p.data))
	if err != nil {
		l.pictures.Store(p.name, nil)
		return nil
	}
	l.pictures.Store(p.name, img)
	return img
}

// banner writes words as large as a box allows, turned counter-clockwise about
// its middle.
func (b *brush) banner(s string, cx, cy, w, h, angle float64, c rgb, alpha float64) {
	f := font.Embedded(true, false)
	s = f.Clean(s, nil)
	unit := f.Width(s, 1)
	if unit <= 0 || w <= 0 || h <= 0 {
		return
	}
	size := min(w/unit, h/0.8, 400)
	b.turned(-angle, cx, cy, func() {
		b.text(&op{x: cx - unit*size/2, y: cy + size*0.36, text: s, face: f, size: size, color: c}, alpha)
	})
}
