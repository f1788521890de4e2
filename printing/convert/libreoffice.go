package convert

import (
	"bytes"
	"context"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"
)

// LibreOffice converts by LibreOffice without its window, with settings of its
// own, so that an open LibreOffice of the user is not disturbed.
type LibreOffice struct {
	// Path is the program.
	Path string
	// Profile is the folder of its settings; empty: one in the user's cache.
	Profile string
}

// places are where LibreOffice stands when it is not on the path.
func places() []string {
	switch runtime.GOOS {
	case "windows":
		var out []string
		for _, v := range []string{"ProgramFiles", "ProgramFiles(x86)"} {
			if dir := os.Getenv(v); dir != "" {
				out = append(out, filepath.Join(dir, "LibreOffice", "program", "soffice.com"))
			}
		}
		return out
	case "darwin":
		return []string{"/Applications/LibreOffice.app/Contents/MacOS/soffice"}
	}
	return []string{"/usr/lib/libreoffice/program/soffice", "/opt/libreoffice/program/soffice", "/snap/bin/libreoffice"}
}

func findLibreOffice() Converter {
	for _, name := range []string{"soffice", "libreoffice"} {
		if p, err := exec.LookPath(name); err == nil {
			return &LibreOffice{Path: p}
		}
	}
	for _, p := range places() {
		if info, err := os.Stat(p); err == nil && !info.IsDir() {
			return &LibreOffice{Path: p}
		}
	}
	return nil
}

// Name is "LibreOffice".
func (l *LibreOffice) Name() string { return "LibreOffice" }

// PDF converts a document; the context's end kills the program with whatever
// it started.
func (l *LibreOffice) PDF(ctx context.Context, docx []byte) ([]byte, error) {
	return run(ctx, l.Name(), docx, func(ctx context.Context, dir string) ([]byte, error) {
		settings, leave := l.profile(dir)
		defer leave()
		// Three slashes on every system: /C:/… on Windows.
		slashed := filepath.ToSlash(settings)
		if slashed[0] != '/' {
			slashed = "/" + slashed
		}
		env := url.URL{Scheme: "file", Path: slashed}
		cmd := exec.CommandContext(ctx, l.Path, "-env:UserInstallation="+env.String(), "--headless", "--norestore", "--nolockcheck", "--nodefault",
			"--convert-to", "pdf", "--outdir", dir, filepath.Join(dir, "document.docx"))
		var out bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &out
		cmd.Dir = dir
		cmd.WaitDelay = 3 * time.Second
		apart(cmd)
		err := cmd.Run()
		return out.Bytes(), err
	})
}
