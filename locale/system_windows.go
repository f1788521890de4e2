package locale

import "syscall"

// ownRefusals are numbers of Windows' own
// (https://learn.microsoft.com/windows/win32/debug/system-error-codes).
var ownRefusals = []refusal{
	{"file_disk_full", []error{syscall.Errno(39), syscall.Errno(112)}},                                                    // handle disk full, disk full
	{"file_read_only", []error{syscall.Errno(19)}},                                                                        // write protect
	{"file_in_use", []error{syscall.Errno(32), syscall.Errno(33)}},                                                        // sharing violation, lock violation
	{"file_name_wrong", []error{syscall.Errno(123), syscall.Errno(206)}},                                                  // invalid name, name too long
	{"file_away", []error{syscall.Errno(21), syscall.Errno(53), syscall.Errno(59), syscall.Errno(64), syscall.Errno(67)}}, // not ready, bad network path, network error, deleted, bad network name
	{"file_disk_faulty", []error{syscall.Errno(23), syscall.Errno(1117)}},                                                 // CRC, I/O device
}
