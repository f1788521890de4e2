package screentest

import (
	"fmt"
	"image/color"
	"math"
	"regexp"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

// Fault is one thing that is wrong with how a screen is laid out.
type Fault struct {
	What string // what is wrong, such as "cut at the side"
	Text string // of the text that suffers from it
	Path string // the objects that hold it, from the inside outwards
	At   fyne.Position
}

func (f Fault) String() string {
	return fmt.Sprintf("%s at %.0f,%.0f: %q in %s", f.What, f.At.X, f.At.Y, f.Text, f.Path)
}

// slack is how far, in pixels, things may touch: letters have room at their
// sides, and sizes are rounded.
const slack = 1.5

// leastContrast is what a text must differ from its ground by at least, muted
// ones and those of what cannot be used now included.
const leastContrast = 2.5

// box is a place on the screen.
type box struct{ x1, y1, x2, y2 float32 }

func boxOf(at fyne.Position, size fyne.Size) box {
	return box{at.X, at.Y, at.X + size.Width, at.Y + size.Height}
}

func (b box) within(c box) box {
	return box{max(b.x1, c.x1), max(b.y1, c.y1), min(b.x2, c.x2), min(b.y2, c.y2)}
}

func (b box) width() float32  { return b.x2 - b.x1 }
func (b box) height() float32 { return b.y2 - b.y1 }
func (b box) none() bool      { return b.x1 >= b.x2 || b.y1 >= b.y2 }

// ink is a text as it is drawn.
type ink struct {
	text   string
	place  box // where its letters go
	seen   box // what of it is in sight
	ground color.Color
	color  color.Color
	holder fyne.CanvasObject // the widget that drew it
	path   string
	wrong  []string
}

// looking walks over what is laid out in the order in which it is painted.
type looking struct {
	inks   []*ink
	fills  []fill // opaque areas, in the order of painting
	faults []Fault
}

type fill struct {
	place box
	color color.Color
}

// rawKey is a text that was not found.
var rawKey = regexp.MustCompile(`^[a-z]+(\.[a-z_0-9]+)+$`)

// Faults looks for what is wrong with the layout of what a canvas shows, of the
// topmost thing when a dialog or a menu lies over it: texts that have less room
// than they need, that are cut at the edge of what holds them, lie over one
// another or cannot be told from their ground; parts that leave the window;
// keys of texts.
func Faults(c fyne.Canvas) []Fault {
	root := c.Content()
	if top := c.Overlays().Top(); top != nil {
		root = top
	}
	l := &looking{}
	whole := boxOf(fyne.Position{}, c.Size())
	l.visit(root, fyne.Position{}, state{clip: whole, room: whole})
	for i, a := range l.inks {
		for _, b := range l.inks[i+1:] {
			if x := a.seen.within(b.seen); x.width() > slack && x.height() > 2*slack {
				a.wrong = append(a.wrong, fmt.Sprintf("lies under %q", b.text))
			}
		}
		if a.ground != nil && !translucent(a.color) {
			if r := contrast(a.color, a.ground); r < leastContrast {
				a.wrong = append(a.wrong, fmt.Sprintf("has a contrast of %.1f", r))
			}
		}
		if rawKey.MatchString(a.text) {
			a.wrong = append(a.wrong, "is a key")
		}
		for _, w := range a.wrong {
			l.faults = append(l.faults, Fault{What: w, Text: a.text, Path: a.path, At: fyne.NewPos(a.place.x1, a.place.y1)})
		}
	}
	return l.faults
}

// state is what a part inherits from what holds it.
type state struct {
	clip    box // nothing is drawn beyond
	room    box // what the parents give; as clip, but without the sides to which it scrolls
	path    []string
	holder  fyne.CanvasObject
	typed   bool // inside of an entry, where a text scrolls while it is typed
	parent  box
	guarded bool // parent is the place of a widget
}

func (l *looking) visit(o fyne.CanvasObject, offset fyne.Position, s state) {
	if o == nil || !o.Visible() {
		return
	}
	at := offset.Add(o.Position())
	place := boxOf(at, o.Size())
	switch x := o.(type) {
	case *canvas.Text:
		l.write(x, place, s)
		return
	case *canvas.Rectangle:
		l.cover(x, place, s)
		return
	}
	var children []fyne.CanvasObject
	switch x := o.(type) {
	case *fyne.Container:
		children = x.Objects
	case fyne.Widget:
		children = test.WidgetRenderer(x).Objects()
		s.path = append(s.path[:len(s.path):len(s.path)], nameOf(o))
		s.holder = o
		if _, own := o.(*widget.RichText); !own {
			s.parent, s.guarded = place, true
		}
		switch x := x.(type) {
		case *widget.Entry:
			s.typed = true
		case *container.Scroll:
			l.scrolls(x, place, s)
		}
	default:
		return
	}
	if scroll, ok := o.(fyne.Scrollable); ok {
		s.clip = s.clip.within(place)
		s.room = place.within(s.room)
		s.guarded = false
		if x, ok := scroll.(*container.Scroll); ok {
			if x.Direction != container.ScrollVerticalOnly {
				s.room.x1, s.room.x2 = -math.MaxFloat32, math.MaxFloat32
			}
			if x.Direction != container.ScrollHorizontalOnly {
				s.room.y1, s.room.y2 = -math.MaxFloat32, math.MaxFloat32
			}
		} else {
			s.room = box{-math.MaxFloat32, -math.MaxFloat32, math.MaxFloat32, math.MaxFloat32}
		}
	}
	for _, child := range children {
		l.visit(child, at, s)
	}
}

// scrolls complains when a whole page needs scrolling sideways.
func (l *looking) scrolls(x *container.Scroll, place box, s state) {
	if s.typed || x.Content == nil || x.Direction == container.ScrollHorizontalOnly {
		return
	}
	need := x.Content.MinSize()
	if need.Width > place.width()+slack {
		l.faults = append(l.faults, Fault{What: fmt.Sprintf("a page is %.0f wide in a room of %.0f", need.Width, place.width()), Text: widest(x.Content, place.width()), Path: pathOf(s.path), At: fyne.NewPos(place.x1, place.y1)})
	}
}

// widest names the innermost part that wants more room than there is.
func widest(o fyne.CanvasObject, room float32) string {
	found := nameOf(o)
	var children []fyne.CanvasObject
	switch x := o.(type) {
	case *fyne.Container:
		children = x.Objects
	case *container.Scroll:
		children = []fyne.CanvasObject{x.Content}
	case *widget.Label:
		return found + " " + x.Text
	case fyne.Widget:
		children = test.WidgetRenderer(x).Objects()
	}
	var most fyne.CanvasObject
	for _, child := range children {
		if child.Visible() && (most == nil || child.MinSize().Width > most.MinSize().Width) {
			most = child
		}
	}
	if most == nil {
		return found
	}
	if most.MinSize().Width <= room*0.4 {
		return fmt.Sprintf("%s of %d", found, len(children))
	}
	return fmt.Sprintf("%s %.0f > %s", found, o.MinSize().Width, widest(most, room))
}

// write notes a text and what is wrong with its place.
func (l *looking) write(x *canvas.Text, place box, s state) {
	if strings.TrimSpace(x.Text) == "" {
		return
	}
	need := fyne.MeasureText(x.Text, x.TextSize, x.TextStyle)
	drawn := place
	if room := place.width(); need.Width > room || x.Alignment == fyne.TextAlignLeading {
		drawn.x2 = drawn.x1 + need.Width
	}
	switch x.Alignment {
	case fyne.TextAlignCenter:
		drawn.x1 = place.x1 + (place.width()-need.Width)/2
		drawn.x2 = drawn.x1 + need.Width
	case fyne.TextAlignTrailing:
		drawn.x2 = place.x2
		drawn.x1 = drawn.x2 - need.Width
	}
	drawn.y1 = place.y1 + max(0, (place.height()-need.Height)/2)
	drawn.y2 = drawn.y1 + need.Height
	i := &ink{text: x.Text, place: drawn, seen: drawn.within(s.clip), color: x.Color, holder: s.holder, path: pathOf(s.path)}
	if i.seen.none() {
		return
	}
	if !s.typed {
		if place.width() > 0 && need.Width > place.width()+slack { // one of no size has the room of its widget
			i.wrong = append(i.wrong, fmt.Sprintf("is %.0f wide in a room of %.0f", need.Width, place.width()))
		}
		if place.height() > 0 && need.Height > place.height()+3*slack {
			i.wrong = append(i.wrong, fmt.Sprintf("is %.0f high in a room of %.0f", need.Height, place.height()))
		}
	}
	if drawn.x1 < s.room.x1-slack || drawn.x2 > s.room.x2+slack {
		i.wrong = append(i.wrong, "is cut at the side")
	}
	if drawn.y1 < s.room.y1-2*slack || drawn.y2 > s.room.y2+2*slack {
		i.wrong = append(i.wrong, "is cut above or below")
	}
	if s.guarded && (drawn.x1 < s.parent.x1-slack || drawn.x2 > s.parent.x2+slack || drawn.y1 < s.parent.y1-2*slack || drawn.y2 > s.parent.y2+2*slack) {
		i.wrong = append(i.wrong, fmt.Sprintf("leaves its widget (%.0f,%.0f-%.0f,%.0f in %.0f,%.0f-%.0f,%.0f)", drawn.x1, drawn.y1, drawn.x2, drawn.y2, s.parent.x1, s.parent.y1, s.parent.x2, s.parent.y2))
	}
	for n := len(l.fills) - 1; n >= 0; n-- {
		f := l.fills[n]
		if x := i.seen.within(f.place); !x.none() && x.width() > i.seen.width()*0.9 && x.height() > i.seen.height()*0.8 {
			i.ground = f.color
			break
		}
	}
	l.inks = append(l.inks, i)
}

// cover paints an area over what is there.
func (l *looking) cover(x *canvas.Rectangle, place box, s state) {
	if !opaque(x.FillColor) {
		return
	}
	place = place.within(s.clip)
	if place.none() {
		return
	}
	kept := l.inks[:0]
	for _, i := range l.inks {
		over := i.seen.within(place)
		if over.none() {
			kept = append(kept, i)
			continue
		}
		switch {
		case over.width() >= i.seen.width()-slack && over.height() >= i.seen.height()-2*slack: // gone
		case over.width() >= i.seen.width()-slack && over.y1 <= i.seen.y1: // the upper part of it
			i.seen.y1 = over.y2
			kept = append(kept, i)
		case over.width() >= i.seen.width()-slack && over.y2 >= i.seen.y2:
			i.seen.y2 = over.y1
			kept = append(kept, i)
		case i.holder == s.holder: // as a list covers what it scrolled aside
			kept = append(kept, i)
		case over.width() > slack && over.height() > 2*slack:
			i.wrong = append(i.wrong, "is covered in part by an area")
			kept = append(kept, i)
		default:
			kept = append(kept, i)
		}
	}
	l.inks = kept
	l.fills = append(l.fills, fill{place, x.FillColor})
}

func opaque(c color.Color) bool {
	if c == nil {
		return false
	}
	_, _, _, a := c.RGBA()
	return a == 0xffff
}

func nameOf(o fyne.CanvasObject) string { return strings.TrimPrefix(fmt.Sprintf("%T", o), "*") }

// pathOf names the innermost few of the objects.
func pathOf(path []string) string {
	var out []string
	for i := len(path) - 1; i >= 0 && len(out) < 6; i-- {
		out = append(out, path[i])
	}
	return strings.Join(out, " < ")
}

// contrast is that of WCAG 2: from 1 to 21.
// translucent reports a color that lets its ground through: the toolkit draws
// so the keys in its menus, and no theme can make them stronger.
func translucent(c color.Color) bool {
	_, _, _, a := c.RGBA()
	return a < 0xffff
}

func contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	if x < y {
		x, y = y, x
	}
	return (x + 0.05) / (y + 0.05)
}

func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	part := func(v uint32) float64 {
		x := float64(v) / 0xffff
		if x <= 0.03928 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*part(r) + 0.7152*part(g) + 0.0722*part(b)
}
