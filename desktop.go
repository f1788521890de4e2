package main

import (
	"fmt"
	"os"
	"runtime"
	"strings"
)

// noWindow says that no window can be shown on this machine.
type noWindow struct {
	key    string
	detail string
}

func (e *noWindow) Error() string { return "no window can be shown: " + e.detail }

// Message says it to a person.
func (e *noWindow) Message() (string, map[string]any) { return e.key, nil }

// displayMissing reports an X11 or Wayland session that is not there.
func displayMissing() error {
	if runtime.GOOS == "linux" && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return &noWindow{"no_display", "neither DISPLAY nor WAYLAND_DISPLAY is set"}
	}
	return nil
}

// quietDesktop keeps the libraries below the window from complaining about
// what a plain X11 session does not have: GLFW tries Wayland first unless the
// session says what it is.
func quietDesktop() error {
	if runtime.GOOS == "linux" && os.Getenv("DISPLAY") != "" && os.Getenv("WAYLAND_DISPLAY") == "" && os.Getenv("XDG_SESSION_TYPE") == "" {
		if err := os.Setenv("XDG_SESSION_TYPE", "x11"); err != nil {
			return fmt.Errorf("name the kind of the desktop: %w", err)
		}
	}
	return nil
}

// withoutWindow reads what the window library throws when it finds no display
// or no OpenGL; anything else is thrown on.
func withoutWindow(thrown any) error {
	text := fmt.Sprint(thrown)
	switch {
	case strings.HasPrefix(text, "NotInitialized"), strings.HasPrefix(text, "PlatformUnavailable"):
		return &noWindow{"no_display", text}
	case strings.HasPrefix(text, "APIUnavailable"), strings.HasPrefix(text, "VersionUnavailable"), strings.HasPrefix(text, "FormatUnavailable"):
		return &noWindow{"no_opengl", text}
	}
	panic(thrown)
}
