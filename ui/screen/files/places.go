package files

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"ugoda/model/text"
)

// item is a file or a folder of the folder in front.
type item struct {
	name    string
	folder  bool
	size    int64 // bytes
	changed time.Time
}

// read lists a folder: folders first, then the files that are asked for, both
// by name. What begins with a dot stays out.
func read(dir string, a Ask) ([]item, error) {
	found, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("read the folder %s: %w", dir, err)
	}
	var out []item
	for _, f := range found {
		info, err := os.Stat(filepath.Join(dir, f.Name())) // what a link points to
		if err != nil || strings.HasPrefix(f.Name(), ".") {
			continue
		}
		x := item{name: f.Name(), folder: info.IsDir(), size: info.Size(), changed: info.ModTime()}
		if !x.folder && (a.Purpose == Folder || len(a.Extensions) > 0 && !slices.Contains(a.Extensions, strings.ToLower(filepath.Ext(x.name)))) {
			continue
		}
		out = append(out, x)
	}
	slices.SortStableFunc(out, func(a, b item) int {
		if a.folder != b.folder {
			if a.folder {
				return -1
			}
			return 1
		}
		return strings.Compare(text.Fold(a.name), text.Fold(b.name))
	})
	return out, nil
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func home() string {
	if dir, err := os.UserHomeDir(); err == nil {
		return dir
	}
	return string(filepath.Separator)
}

// spot is a place where people keep files; its name is a part of a key.
type spot struct {
	name string
	path string
	icon fyne.Resource
}

// placesOf are the places of this computer that exist.
func placesOf() []spot {
	own := ownFolders()
	all := []spot{
		{"home", home(), fynetheme.HomeIcon()},
		{"desktop", own["DESKTOP"], fynetheme.DesktopIcon()},
		{"documents", own["DOCUMENTS"], fynetheme.DocumentIcon()},
		{"downloads", own["DOWNLOAD"], fynetheme.DownloadIcon()},
		{"computer", filepath.VolumeName(home()) + string(filepath.Separator), fynetheme.ComputerIcon()},
	}
	seen := map[string]bool{}
	return slices.DeleteFunc(all, func(p spot) bool {
		gone := p.path == "" || seen[p.path] || !isFolder(p.path)
		seen[p.path] = true
		return gone
	})
}

// ownFolders are the folders of a person: where the desktop says that they are
// (https://www.freedesktop.org/wiki/Software/xdg-user-dirs), or else where they
// usually are.
func ownFolders() map[string]string {
	out := map[string]string{
		"DESKTOP": filepath.Join(home(), "Desktop"), "DOCUMENTS": filepath.Join(home(), "Documents"), "DOWNLOAD": filepath.Join(home(), "Downloads"),
	}
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		return out
	}
	config, err := os.UserConfigDir()
	if err != nil {
		return out
	}
	f, err := os.Open(filepath.Join(config, "user-dirs.dirs"))
	if err != nil {
		return out
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		key, value, ok := strings.Cut(strings.TrimSpace(lines.Text()), "=")
		name, ours := strings.CutPrefix(key, "XDG_")
		if name, folder := strings.CutSuffix(name, "_DIR"); ok && ours && folder {
			out[name] = strings.Replace(strings.Trim(value, `"`), "$HOME", home(), 1)
		}
	}
	return out
}
