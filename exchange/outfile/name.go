package outfile

import (
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

// longest is how many bytes a name may have: ext4 and APFS hold 255, NTFS as
// many UTF-16 units, and a program that saves it may add some of its own.
const longest = 230

// devices are names that Windows keeps for itself, whatever follows the point
// (https://learn.microsoft.com/windows/win32/fileio/naming-a-file).
var devices = []string{"con", "prn", "aux", "nul", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9"}

// Name makes a name that any system can save: no paths, no control characters,
// none of the characters and names that Windows forbids, not too long, and
// never empty. The letters stay as they are.
func Name(name string) string {
	name = strings.Map(func(r rune) rune {
		switch {
		case r < ' ', r == 0x7f, r >= 0x80 && r < 0xa0, r == utf8.RuneError, strings.ContainsRune(`/\:*?"<>|`, r),
			r >= '\u2028' && r <= '\u202e', r >= '\u2066' && r <= '\u2069': // line ends and marks that turn writing round, "fdp.exe"
			return '_'
		}
		return r
	}, name)
	name = trimmed(name)
	if len(name) > longest { // the extension stays
		ext := path.Ext(name)
		if len(ext) > 10 {
			ext = ""
		}
		cut := longest - len(ext)
		for !utf8.RuneStart(name[cut]) {
			cut--
		}
		name = trimmed(name[:cut]) + ext
	}
	if stem, _, _ := strings.Cut(name, "."); name == "" || slices.Contains(devices, strings.ToLower(strings.TrimSpace(stem))) {
		return "_" + name
	}
	return name
}

// trimmed takes off what Windows drops from an end.
func trimmed(name string) string { return strings.TrimRight(strings.TrimSpace(name), ". ") }
