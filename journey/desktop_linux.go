package journey

import (
	"bufio"
	"bytes"
	"fmt"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"ugoda/scripts/needs"
)

// Desktop is a virtual display with a window manager on it.
type Desktop struct {
	t           testing.TB
	environment []string
	size        image.Point
	pictures    string // where the pictures go
	taken       int
}

// Start starts a desktop of a size in pixels that ends with the test. Its
// programs get a home of their own, no session bus, OpenGL in software, and
// the language (a locale's name such as uk_UA.UTF-8).
func Start(t testing.TB, width, height int, language string) *Desktop {
	t.Helper()
	xvfb, openbox := needs.Program(t, "Xvfb"), needs.Program(t, "openbox")
	needs.Program(t, "xdotool")
	needs.Program(t, "import")
	needs.Program(t, "setxkbmap")
	home := t.TempDir()
	d := &Desktop{t: t, size: image.Pt(width, height), pictures: filepath.Join(top(t), "build", "journey", folder(t.Name()))}
	if err := os.RemoveAll(d.pictures); err != nil { // those of an earlier run
		t.Fatal(err)
	}
	if err := os.MkdirAll(d.pictures, 0o755); err != nil {
		t.Fatal(err)
	}
	d.environment = slices.DeleteFunc(os.Environ(), func(pair string) bool {
		name, _, _ := strings.Cut(pair, "=")
		return strings.HasPrefix(name, "XDG_") || strings.HasPrefix(name, "LC_") ||
			slices.Contains([]string{"HOME", "LANG", "LANGUAGE", "DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "FYNE_SCALE"}, name)
	})
	d.environment = append(
		d.environment, "HOME="+home, "XDG_CONFIG_HOME="+filepath.Join(home, "config"), "XDG_RUNTIME_DIR="+home,
		"LANG="+language, "LC_CTYPE=C.UTF-8", "LIBGL_ALWAYS_SOFTWARE=1", "DBUS_SESSION_BUS_ADDRESS=disabled:", "FYNE_SCALE=1",
	)

	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	d.program(filepath.Join(home, "xvfb.log"), []*os.File{write}, xvfb,
		"-displayfd", "3", "-screen", "0", fmt.Sprintf("%dx%dx24", width, height), "-nolisten", "tcp", "-noreset")
	write.Close()
	if err := read.SetReadDeadline(time.Now().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	number, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		t.Fatalf("Xvfb does not say on which display it is: %v\n%s", err, contents(filepath.Join(home, "xvfb.log")))
	}
	d.environment = append(d.environment, "DISPLAY=:"+strings.TrimSpace(number))
	d.do("setxkbmap", "-layout", "us,ua") // both alphabets have keys, as on a person's keyboard
	d.program(filepath.Join(home, "openbox.log"), nil, openbox, "--config-file", d.frameless(home))
	return d
}

// folder names the folder of a test's pictures: TestJourney/sqlite is
// journey-sqlite.
func folder(test string) string {
	return strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(test, "Test"), "/", "-"))
}

// frameless writes the window manager's settings: the program's window fills
// the desktop without a frame, so that points stay where they are; Alt+F4 asks
// it to close.
func (d *Desktop) frameless(dir string) string {
	d.t.Helper()
	const settings = `<?xml version="1.0" encoding="UTF-8"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <keyboard><keybind key="A-F4"><action name="Close"/></keybind></keyboard>
  <applications>
    <application type="normal"><decor>no</decor><maximized>yes</maximized></application>
  </applications>
</openbox_config>
`
	path := filepath.Join(dir, "openbox.xml")
	if err := os.WriteFile(path, []byte(settings), 0o600); err != nil {
		d.t.Fatal(err)
	}
	return path
}

// top is the project's top folder.
func top(t testing.TB) string {
	t.Helper()
	dir, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func contents(file string) string {
	text, err := os.ReadFile(file)
	if err != nil {
		return err.Error()
	}
	return string(bytes.TrimSpace(text))
}

// program starts something on the desktop that ends with the test.
func (d *Desktop) program(log string, extra []*os.File, path string, arguments ...string) *process {
	d.t.Helper()
	file, err := os.Create(log)
	if err != nil {
		d.t.Fatal(err)
	}
	defer file.Close()
	p, err := launch(d.environment, file, extra, path, arguments...)
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(p.stop)
	return p
}

// Window is a program with a window on the desktop.
type Window struct {
	d       *Desktop
	process *process
	log     string
	id      string
}

// Open starts a program and waits until its window shows. The window fills
// the desktop.
func (d *Desktop) Open(path string, arguments ...string) *Window {
	d.t.Helper()
	w := &Window{d: d, log: filepath.Join(d.t.TempDir(), "program.log")}
	w.process = d.program(w.log, nil, path, arguments...)
	d.Until("the window shows", 60*time.Second, func() bool {
		if w.process.over() {
			d.t.Fatalf("the program ended before its window showed: %v\n%s", w.process.err, contents(w.log))
		}
		// openbox has no windows of its own that a person sees
		out, err := d.tool("xdotool", "search", "--onlyvisible", "--maxdepth", "3", "--name", ".")
		if err != nil {
			return false
		}
		ids := strings.Fields(out)
		if len(ids) == 0 {
			return false
		}
		w.id = ids[len(ids)-1]
		return true
	})
	d.do("xdotool", "windowactivate", "--sync", w.id)
	return w
}

// Log is what the program printed so far.
func (w *Window) Log() string { return contents(w.log) }

// Kill ends the program at once, as a loss of power would.
func (w *Window) Kill() {
	out, err := exec.Command("pgrep", "-g", strconv.Itoa(w.process.run.Process.Pid)).Output()
	if err != nil {
		w.d.t.Fatalf("find the program to kill: %v", err)
	}
	for _, pid := range strings.Fields(string(out)) {
		if n, err := strconv.Atoi(pid); err == nil {
			syscall.Kill(n, syscall.SIGKILL)
		}
	}
	<-w.process.ended
}

// Close asks the window to close and waits until the program has ended.
func (w *Window) Close() {
	w.d.t.Helper()
	w.d.Key("alt+F4")
	select {
	case <-w.process.ended:
	case <-time.After(20 * time.Second):
		w.d.t.Errorf("the program goes on after its window was closed:\n%s", w.Log())
	}
}

// tool runs a command on the desktop and returns what it says.
func (d *Desktop) tool(name string, arguments ...string) (string, error) {
	run := exec.Command(name, arguments...)
	run.Env = append(slices.Clone(d.environment), "LC_ALL=C.UTF-8") // xdotool reads its words in the locale
	var out, errs bytes.Buffer
	run.Stdout, run.Stderr = &out, &errs
	if err := run.Run(); err != nil {
		return "", fmt.Errorf("%s %s: %w: %s", name, strings.Join(arguments, " "), err, errs.String())
	}
	return out.String(), nil
}

func (d *Desktop) do(name string, arguments ...string) {
	d.t.Helper()
	if _, err := d.tool(name, arguments...); err != nil {
		d.t.Fatal(err)
	}
}

// pause lets the program take an input in before the next one comes.
const pause = 60 * time.Millisecond

// Key presses keys one after another, by xdotool's names: ctrl+s, Return,
// Tab, F5, shift+Down.
func (d *Desktop) Key(keys ...string) {
	d.t.Helper()
	for _, key := range keys {
		d.do("xdotool", "key", "--clearmodifiers", key)
		time.Sleep(pause)
	}
}

// Type types text into what has the focus, in any alphabet.
func (d *Desktop) Type(text string) {
	d.t.Helper()
	d.do("xdotool", "type", "--delay", "20", "--", text)
	time.Sleep(pause)
}

// Move moves the pointer.
func (d *Desktop) Move(x, y int) {
	d.t.Helper()
	d.do("xdotool", "mousemove", strconv.Itoa(x), strconv.Itoa(y))
	time.Sleep(pause)
}

// Click clicks at a point, with the keys held (ctrl, shift) if any.
func (d *Desktop) Click(x, y int, held ...string) { d.click(x, y, 1, 1, held) }

// DoubleClick clicks twice.
func (d *Desktop) DoubleClick(x, y int) { d.click(x, y, 1, 2, nil) }

// RightClick clicks with the other button.
func (d *Desktop) RightClick(x, y int) { d.click(x, y, 3, 1, nil) }

func (d *Desktop) click(x, y, button, times int, held []string) {
	d.t.Helper()
	d.Move(x, y)
	for _, key := range held {
		d.do("xdotool", "keydown", key)
	}
	d.do("xdotool", "click", "--repeat", strconv.Itoa(times), "--delay", "80", strconv.Itoa(button))
	for _, key := range held {
		d.do("xdotool", "keyup", key)
	}
	time.Sleep(pause)
}

// Drag presses at one point, moves in steps, and lets go at another.
func (d *Desktop) Drag(x1, y1, x2, y2 int) {
	d.t.Helper()
	d.Move(x1, y1)
	d.do("xdotool", "mousedown", "1")
	const steps = 12
	for i := 1; i <= steps; i++ {
		d.Move(x1+(x2-x1)*i/steps, y1+(y2-y1)*i/steps)
	}
	d.do("xdotool", "mouseup", "1")
	time.Sleep(pause)
}

// Look is a picture of the desktop as it is now.
func (d *Desktop) Look() image.Image {
	d.t.Helper()
	out, err := d.tool("import", "-window", "root", "-depth", "8", "rgba:-") // a PNG would take the machine's time from the program
	if err != nil {
		d.t.Fatal(err)
	}
	picture := image.NewNRGBA(image.Rectangle{Max: d.size})
	if len(out) != len(picture.Pix) {
		d.t.Fatalf("a picture of the desktop has %d bytes, %d are expected", len(out), len(picture.Pix))
	}
	copy(picture.Pix, out)
	return picture
}

// Settle waits until the picture stops changing, and returns it.
func (d *Desktop) Settle() image.Image {
	d.t.Helper()
	last := d.Look()
	for range 50 {
		time.Sleep(150 * time.Millisecond)
		now := d.Look()
		if Changed(last, now) == 0 {
			return now
		}
		last = now
	}
	return last // a caret that blinks never settles
}

// Picture waits until the desktop settles and keeps its picture under a name.
func (d *Desktop) Picture(name string) image.Image {
	d.t.Helper()
	picture := d.Settle()
	d.taken++
	file, err := os.Create(filepath.Join(d.pictures, fmt.Sprintf("%02d-%s.png", d.taken, name)))
	if err != nil {
		d.t.Fatal(err)
	}
	defer file.Close()
	if err := png.Encode(file, picture); err != nil {
		d.t.Fatalf("keep the picture %s: %v", name, err)
	}
	return picture
}

// Until waits for something to come true, and fails the test when it does not
// in time.
func (d *Desktop) Until(what string, patience time.Duration, f func() bool) {
	d.t.Helper()
	until := time.Now().Add(patience)
	for !f() {
		if time.Now().After(until) {
			if d.taken > 0 {
				d.Picture("failed")
			}
			d.t.Fatalf("%s: not within %s", what, patience)
		}
		time.Sleep(100 * time.Millisecond)
	}
}
