package screen

import (
	"encoding/json"
	"fmt"
	"strings"

	"ugoda/model"
)

// Names of the screens that every base has; others are named where they are added.
const (
	List = "list" // the list of a kind: Kind, and Args as ListArgs names them
	Card = "card" // one record of a kind: Kind and ID, 0 for a new one
)

// Keys of Address.Args.
const (
	ArgWhere = "where" // List: the text form of a filter
	ArgBin   = "bin"   // List: what lies in the bin
	ArgView  = "view"  // List: the id of a saved view
	ArgTitle = "title" // what the tab says instead of the screen's own title
	ArgTrail = "trail" // "Funnel › Negotiation": where a preview came from
	ArgFrom  = "from"  // Card: key of the list whose neighbours Ctrl+PgUp and PgDn walk
	ArgCopy  = "copy"  // Card: id of the record that a new one is a copy of
	ArgPaste = "paste" // Card: begin with what stands on the clipboard
	ArgDraft = "draft" // Card: key of the draft that it restores
	ArgLook  = "look"  // List: "calendar" shows it as one
	ArgBatch = "batch" // List: the id of a batch whose records it shows
	ArgFile  = "file"  // an import: the path of the file
)

// Address says what a tab holds, so that it can be opened again.
type Address struct {
	Screen string            `json:"screen"`
	Kind   string            `json:"kind,omitempty"`
	ID     int64             `json:"id,omitempty"`
	Args   map[string]string `json:"args,omitempty"`
	// Fill gives values to a new record, by the names of fields. It does not
	// survive a restart; the draft of the record does.
	Fill map[string]any `json:"-"`
}

// ToList is the address of a list of a kind, filtered by the text form of a
// filter when where is not empty.
func ToList(kind, where string) Address {
	a := Address{Screen: List, Kind: kind}
	if where != "" {
		a.Args = map[string]string{ArgWhere: where}
	}
	return a
}

// ToCard is the address of a record.
func ToCard(kind string, id int64) Address { return Address{Screen: Card, Kind: kind, ID: id} }

// ToNew is the address of a new record with some fields filled.
func ToNew(kind string, fill map[string]any) Address {
	return Address{Screen: Card, Kind: kind, Fill: fill}
}

// With is the same address with one more argument.
func (a Address) With(key, value string) Address {
	args := map[string]string{key: value}
	for k, v := range a.Args {
		if k != key {
			args[k] = v
		}
	}
	a.Args = args
	return a
}

// Arg is an argument, or nothing.
func (a Address) Arg(key string) string { return a.Args[key] }

// Same reports whether two addresses would hold the same thing, so that the
// second goes to the tab of the first. New records are never the same.
func (a Address) Same(b Address) bool {
	if a.Screen != b.Screen || a.Kind != b.Kind || a.ID != b.ID {
		return false
	}
	if a.Screen == Card {
		return a.ID != 0
	}
	for _, arg := range []string{ArgWhere, ArgView, ArgBin, ArgBatch, ArgFile} {
		if a.Arg(arg) != b.Arg(arg) {
			return false
		}
	}
	return true
}

// String is the address in the form that ParseAddress reads.
func (a Address) String() string {
	b, err := json.Marshal(a)
	if err != nil { // strings and numbers always marshal
		panic(err)
	}
	return string(b)
}

// ParseAddress reads what String wrote.
func ParseAddress(s string) (Address, error) {
	var a Address
	if err := json.Unmarshal([]byte(s), &a); err != nil {
		return Address{}, fmt.Errorf("read the address of a tab: %w", err)
	}
	if a.Screen == "" {
		return Address{}, fmt.Errorf("read the address of a tab: no screen in %q", s)
	}
	return a, nil
}

// RefText is a reference as people read it: its name, or its number.
func RefText(r model.Ref) string {
	switch {
	case r.Name == "":
		return r.Code
	case r.Code == "" || strings.HasPrefix(r.Name, r.Code): // the number is not said twice
		return r.Name
	}
	return r.Code + " " + r.Name
}
