package convert_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"ugoda/printing/convert"
)

// stand writes a program that stands in for soffice; dir is the value that
// follows --outdir.
func stand(t *testing.T, script string) *convert.LibreOffice {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the stand-in is a shell script")
	}
	p := filepath.Join(t.TempDir(), "soffice")
	head := "#!/bin/sh\nout=\nwhile [ $# -gt 0 ]; do [ \"$1\" = --outdir ] && out=$2; shift; done\n"
	if err := os.WriteFile(p, []byte(head+script+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	return &convert.LibreOffice{Path: p, Profile: t.TempDir()}
}

func TestConverts(t *testing.T) {
	l := stand(t, `cp "$out/document.docx" "$out/document.pdf"`)
	got, err := l.PDF(context.Background(), []byte("the document"))
	if err != nil || string(got) != "the document" {
		t.Fatalf("%q, %v", got, err)
	}
}

func TestFails(t *testing.T) {
	for _, script := range []string{"echo no licence; exit 3", "echo no licence; exit 0"} {
		_, err := stand(t, script).PDF(context.Background(), nil)
		var f *convert.Failed
		if !errors.As(err, &f) || f.Suite != "LibreOffice" || !strings.Contains(f.Output, "no licence") {
			t.Errorf("%s: %v", script, err)
		}
	}
	if _, err := (&convert.LibreOffice{Path: filepath.Join(t.TempDir(), "absent")}).PDF(context.Background(), nil); err == nil {
		t.Error("a program that is not there converted")
	}
}

func TestCancelKillsTheGroup(t *testing.T) {
	mark := filepath.Join(t.TempDir(), "alive")
	l := stand(t, `(sleep 2; touch "`+mark+`") & wait`)
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	begun := time.Now()
	_, err := l.PDF(ctx, nil)
	if !errors.Is(err, context.DeadlineExceeded) || time.Since(begun) > 1800*time.Millisecond {
		t.Errorf("%v after %v", err, time.Since(begun))
	}
	time.Sleep(2200 * time.Millisecond)
	if _, err := os.Stat(mark); err == nil {
		t.Error("what the program started outlived it")
	}
}

func TestOneAtATime(t *testing.T) {
	lock := filepath.Join(t.TempDir(), "lock")
	l := stand(t, `mkdir "`+lock+`" || exit 9; sleep 0.05; rmdir "`+lock+`"; touch "$out/document.pdf"`)
	done := make(chan error)
	for range 5 {
		go func() { _, err := l.PDF(context.Background(), nil); done <- err }()
	}
	for range 5 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

// Settings that another program uses right now are left alone; those that a
// crash left marked are taken again.
func TestSettingsServeOneProgram(t *testing.T) {
	l := stand(t, `touch "$out/document.pdf"`)
	said := filepath.Join(t.TempDir(), "said")
	script, err := os.ReadFile(l.Path)
	if err != nil {
		t.Fatal(err)
	}
	told := strings.Replace(string(script), "out=\n", "out=\necho \"$1\" >"+said+"\n", 1)
	if err := os.WriteFile(l.Path, []byte(told), 0o755); err != nil {
		t.Fatal(err)
	}
	mark := filepath.Join(l.Profile, "occupied")
	used := func() string {
		if _, err := l.PDF(context.Background(), nil); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(said)
		if err != nil {
			t.Fatal(err)
		}
		return strings.TrimSpace(string(b))
	}
	own := "-env:UserInstallation=file://" + l.Profile
	if got := used(); got != own {
		t.Errorf("free settings: %s", got)
	}
	if _, err := os.Stat(mark); err == nil {
		t.Error("the mark stays behind")
	}
	if _, err := os.Stat(filepath.Join(l.Profile, "user", "fonts", "NotoSans-Bold.ttf")); err != nil {
		t.Errorf("no fonts were lent: %v", err)
	}
	if err := os.WriteFile(mark, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := used(); got == own {
		t.Error("settings that another program uses were used")
	}
	old := time.Now().Add(-time.Hour)
	if err := os.Chtimes(mark, old, old); err != nil {
		t.Fatal(err)
	}
	if got := used(); got != own {
		t.Errorf("a mark that a crash left was obeyed: %s", got)
	}
}

func TestRealSuite(t *testing.T) {
	found := convert.Find()
	if len(found) == 0 {
		t.Skip("no office suite is installed: real conversion is not checked")
	}
	for _, c := range found {
		pdf, err := c.PDF(context.Background(), small(t))
		if err != nil || !bytes.HasPrefix(pdf, []byte("%PDF-")) {
			t.Errorf("%s: %d bytes, %v", c.Name(), len(pdf), err)
		}
	}
}

func small(t *testing.T) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/document.xml", `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>Пропозиція</w:t></w:r></w:p></w:body></w:document>`},
	} {
		w, err := z.Create(f[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(f[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
