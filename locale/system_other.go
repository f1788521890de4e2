//go:build !windows

package locale

var ownRefusals []refusal
