package font

import (
	"encoding/binary"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"codeberg.org/go-pdf/fpdf"
)

// Limits of what is looked through.
const (
	maxFiles = 20_000
	maxFile  = 32 << 20
)

// library is what the folders hold. Folders are looked through once: who
// installs a font starts the program anew, as with any other program.
type library struct {
	once  sync.Once
	files map[string]string // by the name of the file, lower case, without an extension

	mu    sync.Mutex
	faces map[string]*Face // by path; nil: of no use
}

var libraries sync.Map // of the folders' names joined: *library

// suffixes are what the files of a family's faces are called after its name.
var suffixes = map[[2]bool][]string{
	{false, false}: {"-regular", "", "regular"},
	{true, false}:  {"-bold", "bd", "b", " bold"},
	{false, true}:  {"-italic", "i", " italic", "-oblique"},
	{true, true}:   {"-bolditalic", "bi", "z", " bold italic", "-boldoblique"},
}

// familyFiles are families whose files are not called after them.
var familyFiles = map[string]string{"times new roman": "times", "courier new": "cour", "trebuchet ms": "trebuc", "segoe ui": "segoeui", "georgia": "georgia"}

// alike are families whose letters are as wide as those of another, so that
// they stand in for it without moving a word.
var alike = map[string][]string{
	"arial":            {"liberation sans", "arimo"},
	"helvetica":        {"arial", "liberation sans", "arimo"},
	"liberation sans":  {"arial", "arimo"},
	"times new roman":  {"liberation serif", "tinos"},
	"times":            {"times new roman", "liberation serif", "tinos"},
	"liberation serif": {"times new roman", "tinos"},
	"courier new":      {"liberation mono", "cousine"},
	"liberation mono":  {"courier new", "cousine"},
	"calibri":          {"carlito"},
	"carlito":          {"calibri"},
	"cambria":          {"caladea"},
}

// Find gives a face of a family from the TrueType files of folders, or of one
// whose letters are as wide; nil when there is none that may stand in a PDF.
// The Noto Sans that the program carries is not looked for elsewhere.
func Find(folders []string, family string, bold, italic bool) *Face {
	if len(folders) == 0 {
		return nil
	}
	family = strings.ToLower(family)
	if family == "noto sans" {
		return Embedded(bold, italic)
	}
	found, _ := libraries.LoadOrStore(strings.Join(folders, "\x00"), &library{})
	l := found.(*library)
	l.once.Do(func() { l.look(folders) })
	for _, name := range append([]string{family}, alike[family]...) {
		if f := l.find(name, bold, italic); f != nil {
			return f
		}
	}
	return nil
}

// look notes the files of the folders.
func (l *library) look(folders []string) {
	l.files, l.faces = map[string]string{}, map[string]*Face{}
	for _, dir := range folders {
		// What cannot be read has no fonts for us.
		_ = filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
			if err == nil && !e.IsDir() && strings.EqualFold(filepath.Ext(path), ".ttf") && len(l.files) < maxFiles {
				base := strings.ToLower(strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)))
				if _, twice := l.files[base]; !twice {
					l.files[base] = path
				}
			}
			return nil
		})
	}
}

func (l *library) find(family string, bold, italic bool) *Face {
	for _, stem := range []string{strings.ReplaceAll(family, " ", ""), family, familyFiles[family]} {
		if stem == "" {
			continue
		}
		for _, suffix := range suffixes[[2]bool{bold, italic}] {
			path := l.files[stem+suffix]
			if path == "" {
				continue
			}
			if f := l.face(path, "file-"+stem+suffix); f != nil {
				return f
			}
		}
	}
	return nil
}

// face reads a file, once.
func (l *library) face(path, name string) *Face {
	l.mu.Lock()
	defer l.mu.Unlock()
	if f, ok := l.faces[path]; ok {
		return f
	}
	f := read(path, name)
	l.faces[path] = f
	return f
}

func read(path, name string) *Face {
	info, err := os.Stat(path)
	if err != nil || info.Size() > maxFile {
		return nil
	}
	data, err := os.ReadFile(path)
	if err != nil || !mayEmbed(data) {
		return nil
	}
	f, err := Parse(name, data)
	if err != nil || !writable(f) {
		return nil
	}
	return f
}

// mayEmbed reads whether the font's licence lets it stand in a document: the
// lowest four bits of fsType in its OS/2 table are not 2 (restricted licence
// embedding). A font without the table may.
func mayEmbed(data []byte) bool {
	if len(data) < 12 {
		return false
	}
	for i := range int(binary.BigEndian.Uint16(data[4:])) {
		at := 12 + 16*i
		if at+16 > len(data) {
			return false
		}
		if string(data[at:at+4]) != "OS/2" {
			continue
		}
		offset := int(binary.BigEndian.Uint32(data[at+8:]))
		if offset+10 > len(data) {
			return false
		}
		return binary.BigEndian.Uint16(data[offset+8:])&0xf != 2
	}
	return true
}

// writable tries whether the writer of PDF takes the font: it knows fewer
// forms of tables than there are, and a font that it refuses would spoil the
// whole document.
func writable(f *Face) (ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	pdf := fpdf.New("P", "pt", "A4", "")
	pdf.AddPage()
	pdf.AddUTF8FontFromBytes(f.Name, "", f.Data)
	pdf.SetFont(f.Name, "", 10)
	pdf.Text(10, 10, "Aa1Єї")
	var b strings.Builder
	return pdf.Output(&b) == nil && !pdf.Err()
}
