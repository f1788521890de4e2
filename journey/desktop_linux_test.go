package journey

import (
	"image"
	"os"
	"testing"
)

func TestMain(m *testing.M) {
	code := m.Run()
	removeProgram()
	os.Exit(code)
}

// TestDesktop looks at the desktop itself: pictures of the size asked for, a
// pointer that moves where it is sent.
func TestDesktop(t *testing.T) {
	d := Start(t, 640, 400, "uk_UA.UTF-8")
	if size := d.Look().Bounds().Size(); size != image.Pt(640, 400) {
		t.Fatalf("the desktop is %v", size)
	}
	d.Move(123, 45)
	if where, err := d.tool("xdotool", "getmouselocation"); err != nil || where[:11] != "x:123 y:45 " {
		t.Errorf("the pointer is at %q: %v", where, err)
	}
}
