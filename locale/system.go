package locale

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// refusal is a reason for which the operating system refuses a file.
type refusal struct {
	key    string // of the message: "problem." and the key
	errors []error
}

// refusals are the reasons that a person can do something about, the narrow
// ones first: some numbers of errors stand for several of them.
var refusals = append(ownRefusals,
	refusal{"file_disk_full", []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG}},
	refusal{"file_read_only", []error{syscall.EROFS}},
	refusal{"file_is_folder", []error{syscall.EISDIR}},
	refusal{"file_in_use", []error{syscall.EBUSY, syscall.ETXTBSY}},
	refusal{"file_name_wrong", []error{syscall.ENAMETOOLONG, syscall.EILSEQ, syscall.EINVAL}},
	refusal{"file_away", []error{syscall.ESTALE, syscall.EHOSTDOWN, syscall.ENOTCONN, syscall.ETIMEDOUT, syscall.ENODEV, syscall.ENXIO}},
	refusal{"file_disk_faulty", []error{syscall.EIO}},
	refusal{"file_absent", []error{fs.ErrNotExist, syscall.ENOTDIR}},
	refusal{"file_exists", []error{fs.ErrExist, syscall.ENOTEMPTY}},
	refusal{"file_forbidden", []error{fs.ErrPermission}},
)

// system says why the operating system refused a file; false: err is not of
// that sort.
func (p *Printer) system(err error) (string, bool) {
	var path string
	var file *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &file):
		path, err = file.Path, file.Err
	case errors.As(err, &link):
		path, err = link.New, link.Err
	default:
		return "", false
	}
	for _, r := range refusals {
		for _, is := range r.errors {
			if errors.Is(err, is) {
				return p.T("problem."+r.key, "path", path), true
			}
		}
	}
	return "", false
}
