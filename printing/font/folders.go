package font

import (
	"os"
	"path/filepath"
	"runtime"
)

// Folders are where this computer keeps its fonts.
func Folders() []string {
	home, _ := os.UserHomeDir() // without one there are only those of the system
	var out []string
	add := func(base string, more ...string) {
		if base != "" {
			out = append(out, filepath.Join(append([]string{base}, more...)...))
		}
	}
	switch runtime.GOOS {
	case "windows":
		add(os.Getenv("WINDIR"), "Fonts")
		add(os.Getenv("LOCALAPPDATA"), "Microsoft", "Windows", "Fonts")
	case "darwin":
		add(home, "Library", "Fonts")
		add("/Library/Fonts")
		add("/System/Library/Fonts/Supplemental")
	default:
		add(home, ".local", "share", "fonts")
		add(home, ".fonts")
		add("/usr/local/share/fonts")
		add("/usr/share/fonts")
	}
	return out
}
