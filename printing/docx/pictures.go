package docx

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"image"
	_ "image/gif"  // sizes of pictures
	_ "image/jpeg" //
	_ "image/png"  //
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/beevik/etree"
)

// Image is a picture for a {%tag}: PNG, JPEG or GIF. Sizes are EMU (36,000 in
// a millimetre). Without a width and height it has 96 points to the inch;
// with one of them the other follows. It is made smaller, never larger, to
// fit MaxWidth, MaxHeight, and the cell or page it stands in.
type Image struct {
	Data                []byte
	Width, Height       int64
	MaxWidth, MaxHeight int64
	Alt                 string // alternative text
}

const (
	emuPerPixel = 9525 // 914,400 in an inch, 96 pixels
	emuPerTwip  = 635  // 1,440 twips in an inch
	maxPicture  = 32 << 20
	maxSide     = 30_000 // pixels
)

func emu(mm float64) int64 { return int64(mm * 36_000) }

// imageOf gives the picture in a value; nil for none. A text may be a data URI,
// as JSON has it: data:image/png;base64,…
func imageOf(v any) (*Image, bool) {
	switch v := v.(type) {
	case nil:
		return nil, true
	case Image:
		if len(v.Data) == 0 {
			return nil, true
		}
		return &v, true
	case *Image:
		if v == nil || len(v.Data) == 0 {
			return nil, true
		}
		return v, true
	case []byte:
		if len(v) == 0 {
			return nil, true
		}
		return &Image{Data: v}, true
	case string:
		if v == "" {
			return nil, true
		}
		head, body, ok := strings.Cut(v, ",")
		if !ok || !strings.HasPrefix(head, "data:image/") || !strings.HasSuffix(head, ";base64") {
			return nil, false
		}
		data, err := base64.StdEncoding.DecodeString(body)
		return &Image{Data: data}, err == nil
	}
	return nil, false
}

// load works out the picture of a tag, its part, and its size in EMU.
func (b *builder) load(t *Tag, at *frame) (img *Image, id string, w, h int64) {
	img, ok := imageOf(b.value(t, at))
	if !ok {
		b.problem("template_not_picture", t, nil)
		return nil, "", 0, 0
	}
	if img == nil {
		return nil, "", 0, 0
	}
	cfg, format, err := image.DecodeConfig(bytes.NewReader(img.Data))
	if err != nil || cfg.Width < 1 || cfg.Height < 1 || cfg.Width > maxSide || cfg.Height > maxSide || len(img.Data) > maxPicture {
		b.problem("template_bad_picture", t, nil)
		return nil, "", 0, 0
	}
	sum := sha256.Sum256(img.Data)
	part, ok := b.media[sum]
	if !ok {
		for n := len(b.mediaNames) + 1; ; n++ {
			part = path.Join(path.Dir(b.t.main), "media", "filled"+strconv.Itoa(n)+"."+format)
			if b.t.archive.data[part] == nil && !slices.Contains(b.mediaNames, part) {
				break
			}
		}
		b.media[sum] = part
		b.mediaNames = append(b.mediaNames, part)
		b.mediaData = append(b.mediaData, img.Data)
	}
	w, h = img.Width, img.Height
	pw, ph := int64(cfg.Width), int64(cfg.Height)
	switch {
	case w <= 0 && h <= 0:
		w, h = pw*emuPerPixel, ph*emuPerPixel
	case w <= 0:
		w = h * pw / ph
	case h <= 0:
		h = w * ph / pw
	}
	w, h = fit(w, h, img.MaxWidth, img.MaxHeight)
	return img, b.rels.add("image", part), w, h
}

// fit makes a box smaller until it fits; 0 is no limit.
func fit(w, h, maxW, maxH int64) (int64, int64) {
	if maxW > 0 && w > maxW {
		w, h = maxW, max(1, h*maxW/w)
	}
	if maxH > 0 && h > maxH {
		w, h = max(1, w*maxH/h), maxH
	}
	return max(w, 1), max(h, 1)
}

// Name spaces of a drawing; it declares them itself, whatever the part does.
const (
	spaceWP  = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
	spaceA   = "http://schemas.openxmlformats.org/drawingml/2006/main"
	spacePic = "http://schemas.openxmlformats.org/drawingml/2006/picture"
	spaceR   = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
)

// picture makes the inline drawing of a {%tag}; nil when there is no picture
// (ECMA-376 part 1, §20.4.2.8).
func (b *builder) picture(t *Tag, at *frame) *etree.Element {
	img, id, w, h := b.load(t, at)
	if img == nil {
		return nil
	}
	w, h = fit(w, h, t.maxWidth, t.maxHeight)
	b.lastID++
	n := strconv.Itoa(b.lastID)
	cx, cy := fmt.Sprint(w), fmt.Sprint(h)
	d := b.el("drawing")
	inline := put(d, "wp:inline", "xmlns:wp", spaceWP, "distT", "0", "distB", "0", "distL", "0", "distR", "0")
	put(inline, "wp:extent", "cx", cx, "cy", cy)
	put(inline, "wp:docPr", "id", n, "name", "Picture "+n, "descr", printable(img.Alt))
	locks := put(inline, "wp:cNvGraphicFramePr")
	put(locks, "a:graphicFrameLocks", "xmlns:a", spaceA, "noChangeAspect", "1")
	data := put(put(inline, "a:graphic", "xmlns:a", spaceA), "a:graphicData", "uri", spacePic)
	pic := put(data, "pic:pic", "xmlns:pic", spacePic)
	nv := put(pic, "pic:nvPicPr")
	put(nv, "pic:cNvPr", "id", n, "name", "Picture "+n)
	put(nv, "pic:cNvPicPr")
	fill := put(pic, "pic:blipFill")
	put(fill, "a:blip", "xmlns:r", spaceR, "r:embed", id)
	put(put(fill, "a:stretch"), "a:fillRect")
	shape := put(pic, "pic:spPr")
	frame := put(shape, "a:xfrm")
	put(frame, "a:off", "x", "0", "y", "0")
	put(frame, "a:ext", "cx", cx, "cy", cy)
	put(put(shape, "a:prstGeom", "prst", "rect"), "a:avLst")
	return d
}

// put adds a child with attributes.
func put(parent *etree.Element, tag string, attrs ...string) *etree.Element {
	e := parent.CreateElement(tag)
	for i := 0; i+1 < len(attrs); i += 2 {
		e.CreateAttr(attrs[i], attrs[i+1])
	}
	return e
}

// markPicture remembers a picture whose alternative text is a {%tag}.
func (c *compiler) markPicture(e *etree.Element) {
	var texts []string
	switch e.Tag {
	case "inline", "anchor":
		for _, k := range e.ChildElements() {
			if k.Tag == "docPr" {
				texts = append(texts, attr(k, "descr"), attr(k, "title"))
			}
		}
	case "shape":
		texts = append(texts, attr(e, "alt"))
	default:
		return
	}
	if find(e, "blip") == nil && find(e, "imagedata") == nil {
		return
	}
	for _, s := range texts {
		s = strings.TrimSpace(s)
		if spans := scan(s); len(spans) == 1 && spans[0].tag != nil && spans[0].from == 0 && spans[0].to == len(s) && spans[0].tag.Kind == Picture {
			m := c.mark(spans[0].tag, s)
			e.Attr = append(e.Attr, etreeAttr("picture", strconv.Itoa(markNumber(m))))
			return
		}
	}
}

// find gives the first element of that local name below e.
func find(e *etree.Element, tag string) *etree.Element {
	for _, t := range e.Child {
		if k, ok := t.(*etree.Element); ok {
			if k.Tag == tag {
				return k
			}
			if f := find(k, tag); f != nil {
				return f
			}
		}
	}
	return nil
}

// replacedPicture gives a drawing of the template with another picture in it,
// as large as fits the old one's frame; nil when there is no picture.
func (b *builder) replacedPicture(e *etree.Element, t *Tag, at *frame, copied bool) *etree.Element {
	img, id, w, h := b.load(t, at)
	if img == nil {
		return nil
	}
	out := e.Copy()
	out.Attr = b.shell(e, false).Attr
	var change func(e *etree.Element)
	scaled := func(x *etree.Element) {
		ow, err1 := strconv.ParseInt(attr(x, "cx"), 10, 64)
		oh, err2 := strconv.ParseInt(attr(x, "cy"), 10, 64)
		if err1 == nil && err2 == nil && ow > 0 && oh > 0 && ow < 1<<40 && oh < 1<<40 {
			// As large as the frame, in the picture's own proportions.
			nw, nh := fit(ow, max(1, ow*h/w), ow, oh)
			x.CreateAttr("cx", strconv.FormatInt(nw, 10))
			x.CreateAttr("cy", strconv.FormatInt(nh, 10))
		}
	}
	change = func(e *etree.Element) {
		switch e.Tag {
		case "blip":
			e.Attr = slices.DeleteFunc(e.Attr, func(a etree.Attr) bool { return a.Key == "link" || a.Key == "embed" })
			e.CreateAttr("xmlns:r", spaceR)
			e.CreateAttr("r:embed", id)
			for _, k := range e.ChildElements() {
				if k.Tag == "extLst" { // the same picture once more, as SVG
					e.RemoveChild(k)
				}
			}
		case "imagedata":
			e.Attr = slices.DeleteFunc(e.Attr, func(a etree.Attr) bool { return a.Space == "r" || a.Key == "href" })
			e.CreateAttr("xmlns:r", spaceR)
			e.CreateAttr("r:id", id)
		case "extent":
			scaled(e)
		case "ext":
			if e.Parent() != nil && e.Parent().Tag == "xfrm" {
				scaled(e)
			}
		case "docPr":
			e.CreateAttr("descr", printable(img.Alt))
			e.RemoveAttr("title")
			if copied {
				b.lastID++
				e.CreateAttr("id", strconv.Itoa(b.lastID))
			}
		case "blipFill":
			for _, k := range e.ChildElements() {
				if k.Tag == "srcRect" {
					e.RemoveChild(k)
				}
			}
		}
		for _, k := range e.ChildElements() {
			change(k)
		}
	}
	change(out)
	if out.SelectAttr("alt") != nil {
		out.CreateAttr("alt", printable(img.Alt))
	}
	return out
}
