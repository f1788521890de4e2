package store

import (
	"path/filepath"
	"strings"

	"golang.org/x/sys/windows"
)

// onNetworkShare reports whether a folder lies on another machine: a UNC path,
// or a letter that a share is mapped to.
func onNetworkShare(dir string) (bool, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return false, err
	}
	volume := filepath.VolumeName(abs)
	if strings.HasPrefix(volume, `\\?\UNC\`) {
		return true, nil
	}
	if strings.HasPrefix(volume, `\\`) && !strings.HasPrefix(volume, `\\?\`) && !strings.HasPrefix(volume, `\\.\`) {
		return true, nil
	}
	root, err := windows.UTF16PtrFromString(volume + `\`)
	if err != nil {
		return false, err
	}
	return windows.GetDriveType(root) == windows.DRIVE_REMOTE, nil
}
