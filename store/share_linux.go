package store

import (
	"errors"
	"io/fs"
	"syscall"
)

// Types of file systems that live on another machine, as statfs(2) numbers
// them. FUSE is among them only for sshfs and the like, which cannot be told
// from a local one, so it is let through.
var networkFileSystems = map[uint32]bool{
	0x6969:     true, // NFS
	0x517b:     true, // SMB
	0xff534d42: true, // CIFS
	0xfe534d42: true, // SMB2
	0x564c:     true, // NCP
	0x5346414f: true, // AFS
	0x73757245: true, // Coda
	0x00c36400: true, // Ceph
	0x01021997: true, // 9P
}

// onNetworkShare reports whether a folder lies on another machine.
func onNetworkShare(dir string) (bool, error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return false, nil // opening the file says so better
		}
		return false, err
	}
	return networkFileSystems[uint32(s.Type)], nil
}
