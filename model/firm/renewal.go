package firm

import (
	"crypto/sha256"
	"encoding/hex"
)

// Renewal tells what may be done about a newer file that the program ships for
// a template.
type Renewal string

// The renewals. The values are written by the command line.
const (
	RenewalNone    Renewal = ""        // nothing is newer, or the template is nobody's but the user's
	RenewalReady   Renewal = "ready"   // the template is as it was shipped: nothing of the user's is lost
	RenewalChanged Renewal = "changed" // the user changed it: he decides
)

// Digest names a file of a template by what it holds.
func Digest(file []byte) string {
	sum := sha256.Sum256(file)
	return hex.EncodeToString(sum[:])
}

// CameFrom notes the shipped file that the template's own was made of.
func (t *Template) CameFrom(shipped []byte) { t.Shipped, t.Made = Digest(shipped), Digest(t.File) }

// Renewal compares the template with the digest of the file that the program
// ships now for its form and language.
func (t *Template) Renewal(shipped string) Renewal {
	switch {
	case len(t.File) == 0 || t.Shipped == "" || t.Shipped == shipped:
		return RenewalNone
	case t.Made == Digest(t.File):
		return RenewalReady
	}
	return RenewalChanged
}
