package chart

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/png"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"ugoda/reports/chart"
	"ugoda/ui/screen/screentest"
)

// bars are three places under each other, the second with two parts, as a
// funnel has them.
func bars(asked *[]image.Point) Drawer {
	return func(w, h int, _ float64, _ chart.Palette) (*chart.Picture, error) {
		*asked = append(*asked, image.Pt(w, h))
		var b bytes.Buffer
		if err := png.Encode(&b, image.NewNRGBA(image.Rect(0, 0, w, h))); err != nil {
			return nil, err
		}
		return &chart.Picture{Data: b.Bytes(), Regions: []chart.Region{
			{Row: 2, X: 0, Y: 200, W: 300, H: 90, Tip: []string{"Договір"}}, // out of order: the picture draws as it likes
			{Row: 0, X: 0, Y: 0, W: 300, H: 90, Tip: []string{"Запит"}},
			{Row: 1, X: 0, Y: 100, W: 300, H: 90, Tip: []string{"Потреба", "12 угод"}},
			{Row: 1, Part: "late", X: 0, Y: 110, W: 60, H: 70, Within: true, Tip: []string{"Пізно"}},
			{Row: 1, Part: "stuck", X: 60, Y: 110, W: 60, H: 70, Within: true, Tip: []string{"Зависли"}},
		}}, nil
	}
}

func shown(t *testing.T) (v *View, asked *[]image.Point, opened *[]string) {
	t.Helper()
	h := screentest.New(t, nil)
	v = NewView(context.Background(), h)
	asked, opened = &[]image.Point{}, &[]string{}
	v.OnOpen = func(r chart.Region) {
		*opened = append(*opened, []string{"запит", "потреба", "договір"}[r.Row]+r.Part)
	}
	w := h.Window()
	w.SetPadded(false)
	w.SetContent(v)
	w.Resize(fyne.NewSize(400, 300))
	v.Draw(bars(asked))
	return v, asked, opened
}

func press(v *View, keys ...fyne.KeyName) {
	for _, k := range keys {
		v.TypedKey(&fyne.KeyEvent{Name: k})
	}
}

// The picture is drawn for the size that it has, once for each size.
func TestDrawnForItsSize(t *testing.T) {
	v, asked, _ := shown(t)
	if len(*asked) != 1 || (*asked)[0] != image.Pt(400, 300) {
		t.Fatalf("drawn for %v", *asked)
	}
	v.Refresh()
	v.Resize(fyne.NewSize(400, 300))
	if len(*asked) != 1 {
		t.Errorf("drawn again without need: %v", *asked)
	}
	v.Resize(fyne.NewSize(500, 350))
	v.Resize(fyne.NewSize(30, 20)) // too little for a picture
	if len(*asked) != 2 || (*asked)[1] != image.Pt(500, 350) {
		t.Errorf("drawn for %v", *asked)
	}
}

// Keys go through the places from the top, and through the parts of one.
func TestKeysGoThroughThePlaces(t *testing.T) {
	v, _, opened := shown(t)
	v.FocusGained()
	press(v, fyne.KeyReturn, fyne.KeyUp, fyne.KeyReturn) // nothing above the first
	press(v, fyne.KeyDown, fyne.KeyRight, fyne.KeyReturn, fyne.KeyRight, fyne.KeyReturn, fyne.KeyLeft, fyne.KeyLeft, fyne.KeyReturn)
	press(v, fyne.KeyRight, fyne.KeyDown, fyne.KeyReturn, fyne.KeyDown, fyne.KeyReturn) // from a part on
	press(v, fyne.KeyHome, fyne.KeyReturn, fyne.KeyEnd, fyne.KeySpace)
	want := []string{"запит", "запит", "потребаlate", "потребаstuck", "потреба", "договір", "договір", "запит", "договір"}
	if !slices.Equal(*opened, want) {
		t.Errorf("opened %v, wanted %v", *opened, want)
	}
	passed := ""
	v.OnKey = func(k *fyne.KeyEvent) { passed = string(k.Name) }
	press(v, fyne.KeyF5)
	if passed != "F5" {
		t.Errorf("F5 was not passed on: %q", passed)
	}
}

// A click opens a part before the place that it lies in, and nothing beside.
func TestClicksOpen(t *testing.T) {
	v, _, opened := shown(t)
	for _, p := range []fyne.Position{{X: 70, Y: 150}, {X: 200, Y: 150}, {X: 350, Y: 150}, {X: 10, Y: 250}} {
		v.Tapped(&fyne.PointEvent{Position: p})
	}
	if want := []string{"потребаstuck", "потреба", "договір"}; !slices.Equal(*opened, want) {
		t.Errorf("opened %v, wanted %v", *opened, want)
	}
}

// The tip of the place under the pointer is written within the view.
func TestTipStaysWithin(t *testing.T) {
	v, _, _ := shown(t)
	for _, p := range []fyne.Position{{X: 299, Y: 180}, {X: 5, Y: 105}, {X: 299, Y: 288}} {
		e := &desktop.MouseEvent{}
		e.Position = p
		v.MouseMoved(e)
		if v.Cursor() != desktop.PointerCursor {
			t.Errorf("at %v it does not look as if it opened", p)
		}
		said := 0
		for _, o := range test.WidgetRenderer(v).Objects() {
			x, ok := o.(*canvas.Text)
			if !ok {
				continue
			}
			said++
			if x.Position().X < 0 || x.Position().X+x.MinSize().Width > 400 || x.Position().Y < 0 || x.Position().Y+x.MinSize().Height > 301 {
				t.Errorf("at %v %q stands at %v", p, x.Text, x.Position())
			}
		}
		if said == 0 {
			t.Errorf("at %v nothing is said", p)
		}
	}
	v.MouseOut()
	if v.Cursor() != desktop.DefaultCursor {
		t.Error("the pointer has left, the hand stays")
	}
}

// A picture that is drawn after the next one was asked for is dropped, and so
// is one that comes when its screen is closed.
func TestLateAnswersAreDropped(t *testing.T) {
	v, asked, _ := shown(t)
	draw := bars(asked)
	v.Draw(func(w, h int, scale float64, p chart.Palette) (*chart.Picture, error) {
		v.asked++ // meanwhile another is asked for
		got, err := draw(w, h, scale, p)
		got.Regions = got.Regions[:1]
		return got, err
	})
	if n := len(v.Regions()); n != 5 {
		t.Errorf("the late picture with %d places was shown", n)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	v.ctx = ctx
	v.Draw(func(int, int, float64, chart.Palette) (*chart.Picture, error) { return nil, errors.New("never shown") })
	if len(v.Regions()) != 5 {
		t.Error("an answer after the end was shown")
	}
}
