package model

// Ref points to another record. ID is what is stored; Code and Name are what
// a person sees, read along with it. The zero value points nowhere.
type Ref struct {
	ID   int64
	Code string // its number or code, where it has one
	Name string
}

// IsZero reports that the reference points nowhere.
func (r Ref) IsZero() bool { return r.ID == 0 }
