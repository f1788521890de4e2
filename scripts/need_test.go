//go:build unix

// Package scripts tests the shell scripts beside it and the rules of the house
// that no compiler holds.
package scripts

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// system is one operating system as scripts/need meets it: how its package
// manager is called, and what each package of it brings. A name is a command,
// lib:NAME something that pkg-config knows, and file:PATH a file.
type system struct {
	name, kernel, manager string
	fresh                 string // a file that shows that the manager knows its packages
	brings                map[string]string
	call                  string // how they are installed
}

var systems = []system{
	{
		name: "debian", kernel: "Linux", manager: "apt-get",
		fresh: "/var/lib/apt/lists/deb.debian.org_debian_dists_bookworm_main_binary-amd64_Packages.lz4",
		brings: map[string]string{
			"gcc": "cc gcc", "libc6-dev": "", "pkg-config": "pkg-config", "libgl-dev": "lib:gl", "libegl-dev": "lib:egl",
			"libx11-dev": "lib:x11", "libxcursor-dev": "lib:xcursor", "libxrandr-dev": "lib:xrandr",
			"libxinerama-dev": "lib:xinerama", "libxi-dev": "lib:xi", "libxxf86vm-dev": "lib:xxf86vm",
			"libwayland-dev": "lib:wayland-client", "libxkbcommon-dev": "lib:xkbcommon",
			"postgresql":    "file:/usr/lib/postgresql/15/bin/initdb",
			"poppler-utils": "pdftotext", "libreoffice-writer-nogui": "soffice", "libreoffice-calc-nogui": "",
			"fonts-liberation":        "file:/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
			"fonts-dejavu-extra":      "file:/usr/share/fonts/truetype/dejavu/DejaVuSerif-Italic.ttf",
			"fonts-crosextra-carlito": "file:/usr/share/fonts/truetype/crosextra/Carlito-Regular.ttf",
			"xvfb":                    "Xvfb", "openbox": "openbox", "xdotool": "xdotool", "imagemagick": "import", "x11-xkb-utils": "setxkbmap",
			"libgl1-mesa-dri":      "file:/usr/lib/x86_64-linux-gnu/dri/swrast_dri.so",
			"gcc-mingw-w64-x86-64": "x86_64-w64-mingw32-gcc", "dpkg": "dpkg-deb", "xz-utils": "xz",
		},
		call: "env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends ",
	},
	{
		name: "fedora", kernel: "Linux", manager: "dnf",
		brings: map[string]string{
			"gcc": "cc gcc", "pkgconf-pkg-config": "pkg-config", "mesa-libGL-devel": "lib:gl", "mesa-libEGL-devel": "lib:egl",
			"libX11-devel": "lib:x11", "libXcursor-devel": "lib:xcursor", "libXrandr-devel": "lib:xrandr",
			"libXinerama-devel": "lib:xinerama", "libXi-devel": "lib:xi", "libXxf86vm-devel": "lib:xxf86vm",
			"wayland-devel": "lib:wayland-client", "libxkbcommon-devel": "lib:xkbcommon",
			"postgresql-server": "file:/usr/bin/initdb", "postgresql-contrib": "",
			"poppler-utils": "pdftotext", "libreoffice-writer": "soffice", "libreoffice-calc": "",
			"liberation-sans-fonts": "file:/usr/share/fonts/liberation-sans/LiberationSans-Regular.ttf", "liberation-serif-fonts": "", "liberation-mono-fonts": "",
			"dejavu-sans-fonts": "", "dejavu-serif-fonts": "file:/usr/share/fonts/dejavu-serif-fonts/DejaVuSerif-Italic.ttf",
			"google-carlito-fonts": "file:/usr/share/fonts/google-carlito-fonts/Carlito-Regular.ttf",
			"xorg-x11-server-Xvfb": "Xvfb", "openbox": "openbox", "xdotool": "xdotool", "ImageMagick": "import", "setxkbmap": "setxkbmap",
			"mesa-dri-drivers": "file:/usr/lib64/dri/swrast_dri.so",
			"mingw64-gcc":      "x86_64-w64-mingw32-gcc", "dpkg": "dpkg-deb", "xz": "xz",
		},
		call: "dnf install -y --setopt=install_weak_deps=False ",
	},
	{
		name: "arch", kernel: "Linux", manager: "pacman",
		fresh: "/var/lib/pacman/sync/core.db",
		brings: map[string]string{
			"gcc": "cc gcc", "pkgconf": "pkg-config", "libglvnd": "lib:gl lib:egl",
			"libx11": "lib:x11", "libxcursor": "lib:xcursor", "libxrandr": "lib:xrandr",
			"libxinerama": "lib:xinerama", "libxi": "lib:xi", "libxxf86vm": "lib:xxf86vm",
			"wayland": "lib:wayland-client", "libxkbcommon": "lib:xkbcommon",
			"postgresql": "file:/usr/bin/initdb", "poppler": "pdftotext", "libreoffice-still": "soffice",
			"ttf-liberation": "file:/usr/share/fonts/liberation/LiberationSans-Regular.ttf", "ttf-dejavu": "file:/usr/share/fonts/TTF/DejaVuSerif-Italic.ttf", "ttf-carlito": "file:/usr/share/fonts/TTF/Carlito-Regular.ttf",
			"xorg-server-xvfb": "Xvfb", "openbox": "openbox", "xdotool": "xdotool", "imagemagick": "import", "xorg-setxkbmap": "setxkbmap",
			"mesa":          "file:/usr/lib/dri/swrast_dri.so",
			"mingw-w64-gcc": "x86_64-w64-mingw32-gcc", "dpkg": "dpkg-deb", "xz": "xz",
		},
		call: "pacman -S --needed --noconfirm ",
	},
	{
		name: "macos", kernel: "Darwin", manager: "brew",
		brings: map[string]string{
			"postgresql@17": "file:/opt/homebrew/opt/postgresql@17/bin/initdb",
			"poppler":       "pdftotext", "mingw-w64": "x86_64-w64-mingw32-gcc", "dpkg": "dpkg-deb", "xz": "xz",
		},
		call: "brew install ",
	},
}

// machine is an empty machine: a PATH of its own with stand-ins, and a root.
type machine struct {
	t         *testing.T
	bin, root string
}

// tools are the ordinary commands that every system has.
var tools = []string{"sh", "sed", "dirname", "env", "cat", "mkdir", "touch", "ln", "printf", "rm"}

func newMachine(t *testing.T, s system, asRoot bool) *machine {
	t.Helper()
	m := &machine{t: t, bin: t.TempDir(), root: t.TempDir()}
	for _, tool := range tools {
		path, err := exec.LookPath(tool)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(path, filepath.Join(m.bin, tool)); err != nil {
			t.Fatal(err)
		}
	}
	m.command("uname", `echo `+s.kernel)
	m.command("go", `case "$1" in version) echo go version go1.26.8 linux/amd64;; esac`)
	id := "1000"
	if asRoot {
		id = "0"
	}
	m.command("id", `echo `+id)
	m.command("sudo", `printf '%s\n' "sudo $*" >>"$NEED_ROOT/calls"; exec env SUDO=1 "$@"`)
	if s.kernel == "Darwin" {
		m.command("xcode-select", `echo /Library/Developer/CommandLineTools`)
	}
	m.command(s.manager, `printf '%s\n' "${0##*/} $*" >>"$NEED_ROOT/calls"
case "$*" in *update*) mkdir -p "$NEED_ROOT/var/lib/apt/lists"; touch "$NEED_ROOT/var/lib/apt/lists/x_Packages"; exit 0;; esac
bring() {
	for thing in "$@"; do
		case $thing in
		lib:*) mkdir -p "$NEED_ROOT/pc"; touch "$NEED_ROOT/pc/${thing#lib:}" ;;
		file:*) path=$NEED_ROOT${thing#file:}; mkdir -p "${path%/*}"; touch "$path" ;;
		pkg-config) printf '#!/bin/sh\n[ -e "$NEED_ROOT/pc/$2" ]\n' >"$BIN/pkg-config"; chmod +x "$BIN/pkg-config" ;;
		*) ln -sf "$BIN/id" "$BIN/$thing" ;;
		esac
	done
}
for package in "$@"; do case $package in
`+brings(s)+`
*=*|-*|install) ;;
*) echo "no package $package" >&2; exit 100 ;;
esac; done`)
	if path, err := exec.LookPath("chmod"); err == nil {
		os.Symlink(path, filepath.Join(m.bin, "chmod"))
	}
	return m
}

// brings writes the branches of a shell case: package) bring things ;;
func brings(s system) string {
	var b strings.Builder
	for name, things := range s.brings {
		b.WriteString(name + ") bring " + things + " ;;\n")
	}
	return b.String()
}

func (m *machine) command(name, script string) {
	m.t.Helper()
	if err := os.WriteFile(filepath.Join(m.bin, name), []byte("#!/bin/sh\n"+script+"\n"), 0o755); err != nil {
		m.t.Fatal(err)
	}
}

func (m *machine) put(path string) {
	m.t.Helper()
	path = filepath.Join(m.root, path)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		m.t.Fatal(err)
	}
	if err := os.WriteFile(path, nil, 0o644); err != nil {
		m.t.Fatal(err)
	}
}

// need runs the script on this machine.
func (m *machine) need(arguments ...string) (said string, code int) {
	m.t.Helper()
	run := exec.Command("/bin/sh", append([]string{"need"}, arguments...)...)
	run.Env = []string{"PATH=" + m.bin, "BIN=" + m.bin, "NEED_ROOT=" + m.root}
	var out bytes.Buffer
	run.Stdout, run.Stderr = &out, &out
	err := run.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		m.t.Fatal(err)
	}
	return out.String(), run.ProcessState.ExitCode()
}

func (m *machine) calls() []string {
	text, err := os.ReadFile(filepath.Join(m.root, "calls"))
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		m.t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(text)), "\n")
}

// TestNeedInstallsAllOnceOnEachSystem runs need on an empty machine of each
// kind: it names every package with its reason, installs all in one call, and
// has nothing to say the second time.
func TestNeedInstallsAllOnceOnEachSystem(t *testing.T) {
	for _, s := range systems {
		t.Run(s.name, func(t *testing.T) {
			m := newMachine(t, s, true)
			if s.fresh != "" {
				m.put(s.fresh)
			}
			said, code := m.need("build", "test", "package")
			if code != 0 {
				t.Fatalf("exit %d:\n%s", code, said)
			}
			calls := m.calls()
			if len(calls) != 1 {
				t.Fatalf("%d calls of the package manager, not one: %q", len(calls), calls)
			}
			prefix := strings.TrimPrefix(s.call, "env DEBIAN_FRONTEND=noninteractive ")
			if !strings.HasPrefix(calls[0], prefix) {
				t.Errorf("call %q does not begin with %q", calls[0], prefix)
			}
			asked := strings.Fields(strings.TrimPrefix(calls[0], prefix))
			slices.Sort(asked)
			var all []string
			for name := range s.brings {
				all = append(all, name)
				if !strings.Contains(said, name) {
					t.Errorf("%s is installed without a word", name)
				}
			}
			slices.Sort(all)
			if !slices.Equal(asked, all) {
				t.Errorf("asked for %q\nwant      %q", asked, all)
			}
			if !strings.Contains(said, s.call) {
				t.Errorf("the command is not shown:\n%s", said)
			}
			if said, code := m.need("build", "test", "package"); code != 0 || said != "" {
				t.Errorf("the second run is not silent: exit %d\n%s", code, said)
			}
			if again := m.calls(); len(again) != 1 {
				t.Errorf("the second run installs again: %q", again)
			}
		})
	}
}

// TestNeedAsksForRootOnlyWhereNeeded: sudo on Linux for who is not root, never
// for root, never for brew.
func TestNeedAsksForRootOnlyWhereNeeded(t *testing.T) {
	for _, s := range systems {
		for _, asRoot := range []bool{true, false} {
			m := newMachine(t, s, asRoot)
			if s.fresh != "" {
				m.put(s.fresh)
			}
			if said, code := m.need("test"); code != 0 {
				t.Fatalf("%s: exit %d:\n%s", s.name, code, said)
			}
			sudo := slices.ContainsFunc(m.calls(), func(call string) bool { return strings.HasPrefix(call, "sudo ") })
			if want := !asRoot && s.manager != "brew"; sudo != want {
				t.Errorf("%s, root %v: sudo %v", s.name, asRoot, sudo)
			}
		}
	}
}

func TestNeedRefreshesListsOnlyWhenTheyAreMissing(t *testing.T) {
	debian := newMachine(t, systems[0], true)
	if said, code := debian.need("build"); code != 0 {
		t.Fatalf("exit %d:\n%s", code, said)
	}
	if calls := debian.calls(); len(calls) != 2 || calls[0] != "apt-get update -q" {
		t.Errorf("without lists apt-get is called so: %q", calls)
	}
	arch := newMachine(t, systems[2], true)
	if said, code := arch.need("build"); code != 0 {
		t.Fatalf("exit %d:\n%s", code, said)
	}
	if calls := arch.calls(); len(calls) != 1 || !strings.HasPrefix(calls[0], "pacman -Sy --needed") {
		t.Errorf("without lists pacman is called so: %q", calls)
	}
}

func TestNeedInstallsOnlyWhatIsMissing(t *testing.T) {
	m := newMachine(t, systems[0], true)
	m.put(systems[0].fresh)
	if said, code := m.need("build"); code != 0 {
		t.Fatalf("exit %d:\n%s", code, said)
	}
	m.command("pdftotext", "exit 0")
	m.put("/usr/lib/postgresql/17/bin/initdb")
	if said, code := m.need("build", "test"); code != 0 {
		t.Fatalf("exit %d:\n%s", code, said)
	}
	last := m.calls()[1]
	for _, present := range []string{"poppler-utils", "postgresql", "libgl-dev", "gcc"} {
		if slices.Contains(strings.Fields(last), present) {
			t.Errorf("%s is there and asked for again: %s", present, last)
		}
	}
	if !strings.Contains(last, "xvfb") {
		t.Errorf("xvfb is missing and not asked for: %s", last)
	}
}

func TestNeedOnlySays(t *testing.T) {
	m := newMachine(t, systems[0], true)
	said, code := m.need("-n", "build")
	if code != 1 || !strings.Contains(said, "OpenGL") || !strings.Contains(said, "libgl-dev") {
		t.Errorf("exit %d:\n%s", code, said)
	}
	if calls := m.calls(); calls != nil {
		t.Errorf("-n installs: %q", calls)
	}
}

// TestNeedSaysWhatItCannotDo: no manager, no root, a failing manager, an old
// Go, no compiler of Apple's. Each is said in words, with what to do.
func TestNeedSaysWhatItCannotDo(t *testing.T) {
	debian, macos := systems[0], systems[3]
	cases := []struct {
		name   string
		system system
		spoil  func(m *machine)
		want   string
	}{
		{"no manager", debian, func(m *machine) { os.Remove(filepath.Join(m.bin, "apt-get")) }, "by hand"},
		{"no sudo", debian, func(m *machine) { os.Remove(filepath.Join(m.bin, "sudo")) }, "Run as root: "},
		{"manager fails", debian, func(m *machine) { m.command("apt-get", "exit 100") }, "apt-get could not install"},
		{"manager lies", debian, func(m *machine) { m.command("apt-get", "exit 0") }, "still not found"},
		{"no go", debian, func(m *machine) { os.Remove(filepath.Join(m.bin, "go")) }, "https://go.dev/dl/"},
		{"old go", debian, func(m *machine) { m.command("go", "echo go version go1.19.8 linux/amd64") }, "this is 1.19"},
		{"pinned go", debian, func(m *machine) {
			m.command("go", `case "$1" in version) echo go version go1.24.1 linux/amd64;; env) echo local;; esac`)
		}, "this is 1.24"},
		{"no Homebrew", macos, func(m *machine) { os.Remove(filepath.Join(m.bin, "brew")) }, "https://brew.sh"},
		{"no compiler", macos, func(m *machine) { m.command("xcode-select", "exit 2") }, "xcode-select --install"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			m := newMachine(t, c.system, false)
			c.spoil(m)
			said, code := m.need("build", "test")
			if code != 1 || !strings.Contains(said, c.want) {
				t.Errorf("exit %d, without %q:\n%s", code, c.want, said)
			}
		})
	}
}
