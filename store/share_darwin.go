package store

import (
	"errors"
	"io/fs"
	"syscall"
)

// onNetworkShare reports whether a folder lies on another machine.
func onNetworkShare(dir string) (bool, error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return false, nil
		}
		return false, err
	}
	return s.Flags&syscall.MNT_LOCAL == 0, nil
}
