package letter

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Failure is what went wrong with a letter, an address or an account, in a
// form that both languages can say: a message key with arguments, and
// sometimes a second message that tells what to do about it. It is an error,
// and it is plain data, so that the outbox keeps it as JSON beside the letter.
type Failure struct {
	Key    string            `json:"key"`              // message key, complete: "mail.failure.host_not_found"
	Advice string            `json:"advice,omitempty"` // message key of what to do, takes the same arguments; empty: the message says it all
	Args   map[string]string `json:"args,omitempty"`   // arguments of both messages, as they are shown
	Cause  error             `json:"-"`                // for errors.Is and the log; nothing shown to a person comes from it
}

// Fail makes a failure with pairs of argument name and value.
func Fail(key string, args ...string) *Failure {
	f := &Failure{Key: key}
	for i := 0; i+1 < len(args); i += 2 {
		f.set(args[i], args[i+1])
	}
	return f
}

func (f *Failure) set(name, value string) {
	if f.Args == nil {
		f.Args = map[string]string{}
	}
	f.Args[name] = value
}

// With adds an argument to a copy of the failure.
func (f *Failure) With(name, value string) *Failure {
	c := *f
	c.Args = maps.Clone(f.Args)
	c.set(name, value)
	return &c
}

// Because returns a copy of the failure that wraps its cause.
func (f *Failure) Because(err error) *Failure {
	c := *f
	c.Cause = err
	return &c
}

// Advise returns a copy of the failure with the key of what to do about it.
func (f *Failure) Advise(key string) *Failure {
	c := *f
	c.Advice = key
	return &c
}

// Error is for logs and tests: the key, its arguments and the cause. A person
// is shown the message of the key.
func (f *Failure) Error() string {
	var b strings.Builder
	b.WriteString(f.Key)
	for _, name := range slices.Sorted(maps.Keys(f.Args)) {
		fmt.Fprintf(&b, " %s=%q", name, f.Args[name])
	}
	if f.Cause != nil {
		fmt.Fprintf(&b, ": %v", f.Cause)
	}
	return b.String()
}

// Unwrap returns the cause.
func (f *Failure) Unwrap() error { return f.Cause }

// Message returns the key and the arguments of what is shown to a person.
func (f *Failure) Message() (key string, args map[string]any) {
	args = make(map[string]any, len(f.Args))
	for name, value := range f.Args {
		args[name] = value
	}
	return f.Key, args
}

// FailureOf returns the failure in an error's chain, or one that only says
// that something unforeseen happened and wraps the error.
func FailureOf(err error) *Failure {
	if err == nil {
		return nil
	}
	if f, ok := errors.AsType[*Failure](err); ok {
		return f
	}
	return Fail("mail.failure.unforeseen", "what", err.Error()).Because(err)
}

// Kept is the failure as the base keeps it: JSON, empty for none.
func Kept(f *Failure) string {
	if f == nil {
		return ""
	}
	data, err := json.Marshal(f)
	if err != nil { // text cannot fail
		return ""
	}
	return string(data)
}

// Recall reads what Kept wrote; nil for none.
func Recall(kept string) *Failure {
	if kept == "" {
		return nil
	}
	var f Failure
	if err := json.Unmarshal([]byte(kept), &f); err != nil {
		return Fail("mail.failure.unforeseen", "what", err.Error()).Because(err)
	}
	return &f
}
