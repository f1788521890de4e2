package store

import (
	"fmt"

	"ugoda/model"
)

// A Message is an error that a person will read: a key under "problem." in the
// language files, and the arguments of its text.
type Message interface {
	error
	Message() (key string, args map[string]any)
}

// NotFound says that there is no such record.
type NotFound struct {
	Kind string
	Name string // number, code, name or #id that was asked for
}

func (e *NotFound) Error() string { return fmt.Sprintf("no %s %q", e.Kind, e.Name) }

// Message says it to a person.
func (e *NotFound) Message() (string, map[string]any) {
	return "not_found", map[string]any{"kind": e.Kind, "name": e.Name}
}

// Ambiguous says that several records answer to a name.
type Ambiguous struct {
	Kind, Name string
	Found      []model.Ref // a few of them
}

func (e *Ambiguous) Error() string { return fmt.Sprintf("several %s are called %q", e.Kind, e.Name) }

// Message says it to a person.
func (e *Ambiguous) Message() (string, map[string]any) {
	return "ambiguous", map[string]any{"kind": e.Kind, "name": e.Name, "count": len(e.Found)}
}

// Conflict refuses a save: somebody saved the record since it was read.
type Conflict struct {
	Kind         string
	Mine, Theirs model.Keeper
	Fields       []string // where the two differ, in the order of the description; rows of parts as "lines"
}

func (e *Conflict) Error() string {
	return fmt.Sprintf("%s %d was changed by somebody else: %v", e.Kind, e.Mine.Base().ID, e.Fields)
}

// Message says it to a person.
func (e *Conflict) Message() (string, map[string]any) {
	return "conflict", map[string]any{"kind": e.Kind, "number": e.Mine.Base().Number}
}

// Forbidden says that the user's role may not do this.
type Forbidden struct {
	Kind  string
	Field string // a field that the role may not see; empty: the kind itself
	Role  model.Role
}

func (e *Forbidden) Error() string {
	return fmt.Sprintf("role %s has no right to %s %s", e.Role, e.Kind, e.Field)
}

// Message says it to a person.
func (e *Forbidden) Message() (string, map[string]any) {
	key := "forbidden"
	if e.Field != "" {
		key = "forbidden_field"
	}
	return key, map[string]any{"kind": e.Kind, "field": e.Field, "role": string(e.Role)}
}

// BadLogin says that the user's name or password is wrong; not which.
type BadLogin struct{}

func (e *BadLogin) Error() string { return "wrong name or password" }

// Message says it to a person.
func (e *BadLogin) Message() (string, map[string]any) { return "bad_login", nil }

// NeedsMigration says that the base was made by an older program.
type NeedsMigration struct {
	Have, Want int64 // numbers of migrations
}

func (e *NeedsMigration) Error() string {
	return fmt.Sprintf("the base is at migration %d, the program at %d: migrate it", e.Have, e.Want)
}

// Message says it to a person.
func (e *NeedsMigration) Message() (string, map[string]any) {
	return "base_needs_migration", map[string]any{"have": e.Have, "want": e.Want}
}

// TooNew says that the base was made by a newer program.
type TooNew struct{ Have, Want int64 }

func (e *TooNew) Error() string {
	return fmt.Sprintf("the base is at migration %d, newer than the program at %d", e.Have, e.Want)
}

// Message says it to a person.
func (e *TooNew) Message() (string, map[string]any) {
	return "base_too_new", map[string]any{"have": e.Have, "want": e.Want}
}

// NetworkShare refuses a SQLite file on a network drive, where locks fail and
// bases break; an office uses PostgreSQL.
type NetworkShare struct{ Path string }

func (e *NetworkShare) Error() string { return "a file base may not lie on a network share: " + e.Path }

// Message says it to a person.
func (e *NetworkShare) Message() (string, map[string]any) {
	return "base_network_share", map[string]any{"path": e.Path}
}

// NotABase says that there is no base of this program at the address.
type NotABase struct{ Address string }

func (e *NotABase) Error() string { return "there is no base at " + e.Address }

// Message says it to a person.
func (e *NotABase) Message() (string, map[string]any) {
	return "not_a_base", map[string]any{"address": e.Address}
}

// BaseExists refuses to create a base where there is something already.
type BaseExists struct{ Address string }

func (e *BaseExists) Error() string { return "there is something already at " + e.Address }

// Message says it to a person.
func (e *BaseExists) Message() (string, map[string]any) {
	return "base_exists", map[string]any{"address": e.Address}
}

// ReadOnly says that the base was opened for reading, or may not be written.
type ReadOnly struct{ Err error }

func (e *ReadOnly) Error() string { return "the base can only be read" }

// Unwrap gives the engine's error, if it was the engine that refused.
func (e *ReadOnly) Unwrap() error { return e.Err }

// Message says it to a person.
func (e *ReadOnly) Message() (string, map[string]any) { return "base_read_only", nil }

// DiskFull says that there is no room for what was being written, which was
// left undone as a whole.
type DiskFull struct {
	Host string // the server whose disk it is; empty: this computer's
	Err  error
}

func (e *DiskFull) Error() string { return "no room on the disk: " + e.Err.Error() }

// Unwrap gives the engine's error.
func (e *DiskFull) Unwrap() error { return e.Err }

// Message says it to a person.
func (e *DiskFull) Message() (string, map[string]any) {
	if e.Host != "" {
		return "disk_full_server", map[string]any{"host": e.Host}
	}
	return "disk_full", nil
}

// Busy says that somebody else has held the base for too long.
type Busy struct{ Err error }

func (e *Busy) Error() string { return "the base is busy: " + e.Err.Error() }

// Unwrap gives the engine's error.
func (e *Busy) Unwrap() error { return e.Err }

// Message says it to a person.
func (e *Busy) Message() (string, map[string]any) { return "base_busy", nil }

// Damaged says that the file of a base cannot be read any more.
type Damaged struct{ Err error }

func (e *Damaged) Error() string { return "the file of the base is damaged: " + e.Err.Error() }

// Unwrap gives the engine's error.
func (e *Damaged) Unwrap() error { return e.Err }

// Message says it to a person.
func (e *Damaged) Message() (string, map[string]any) { return "base_damaged", nil }
