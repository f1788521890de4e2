package convert

import (
	"os"
	"path/filepath"

	"ugoda/assets"
)

// profile gives a folder for LibreOffice's settings, and what to call when it
// is no longer used. One is kept between conversions, since the first start in
// a new one takes a second longer; it serves one program at a time, for a
// second LibreOffice in it would hand its work to the first and come back with
// nothing. work is the folder of this conversion.
func (l *LibreOffice) profile(work string) (dir string, leave func()) {
	dir, leave = l.Profile, func() {}
	if dir == "" {
		base, err := os.UserCacheDir()
		if err != nil {
			base = os.TempDir()
		}
		dir = filepath.Join(base, "ugoda", "libreoffice")
	}
	own := filepath.Join(work, "profile")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		dir = own
	}
	if dir != own {
		var free bool
		if leave, free = occupy(filepath.Join(dir, "occupied"), filepath.Join(work, "document.docx")); !free {
			dir = own
		}
	}
	lendFonts(filepath.Join(dir, "user", "fonts"))
	return dir, leave
}

// occupy marks a folder as used by this program. A mark that was left behind
// by a crash is older than any conversion takes; how old is counted from a
// file that was just written.
func occupy(mark, fresh string) (leave func(), free bool) {
	for range 2 {
		f, err := os.OpenFile(mark, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err == nil {
			_ = f.Close()
			return func() { _ = os.Remove(mark) }, true
		}
		old, err := os.Stat(mark)
		if err != nil {
			continue
		}
		now, err := os.Stat(fresh)
		if err != nil || now.ModTime().Sub(old.ModTime()) < 2*limit {
			break
		}
		_ = os.Remove(mark)
	}
	return func() {}, false
}

// lendFonts lays the fonts of the shipped templates where LibreOffice looks
// for a user's own: without them it would set their text in others, wider or
// narrower. A font that cannot be laid there is missed, and nothing else.
func lendFonts(dir string) {
	if os.MkdirAll(dir, 0o700) != nil {
		return
	}
	for name, data := range map[string][]byte{
		"NotoSans-Regular.ttf": assets.NotoSans, "NotoSans-Bold.ttf": assets.NotoSansBold,
		"NotoSans-Italic.ttf": assets.NotoSansItalic, "NotoSans-BoldItalic.ttf": assets.NotoSansBoldItalic,
	} {
		path := filepath.Join(dir, name)
		if info, err := os.Stat(path); err == nil && info.Size() == int64(len(data)) {
			continue
		}
		_ = os.WriteFile(path, data, 0o600)
	}
}
