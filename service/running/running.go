// Package running lets one program ask another that is already running with a
// window: to come to the front, or to show a record. Both belong to the same
// user of the same computer.
//
// A window listens on a socket in a folder of the user's configuration that
// nobody else may enter, and leaves a note there that says where and with
// which token it may be asked. Where such a socket cannot be had it listens on
// the loopback address. What is asked is a few short words; the window looks
// them up and does nothing else with them.
package running

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"

	"ugoda/model"
)

// Limits of a conversation.
const (
	maxAsk    = 4 << 10 // bytes of a question and of an answer
	maxWord   = 200     // letters of a word in it
	patience  = 10 * time.Second
	reachable = 2 * time.Second // to connect to a window on the same computer
	atOnce    = 4               // questions at the same time
)

// Ask is what a window is asked. An empty Kind asks it to come to the front.
type Ask struct {
	Kind string `json:"kind,omitempty"` // of a record, or "phone"
	Name string `json:"name,omitempty"` // number or name of the record, or digits
}

// Phone is the Kind that asks who has a phone.
const Phone = "phone"

func (a Ask) sane() bool {
	return len([]rune(a.Kind)) <= maxWord && len([]rune(a.Name)) <= maxWord && !strings.ContainsFunc(a.Kind+a.Name, func(r rune) bool { return r < ' ' })
}

// NoWindow says that no window runs on the base that was meant.
type NoWindow struct{ Base string }

func (e *NoWindow) Error() string { return "no window runs on " + e.Base }

// Message says it to a person.
func (e *NoWindow) Message() (string, map[string]any) { return "no_window", nil }

// Refusal is what a window said instead of doing what it was asked.
type Refusal struct {
	Key  string         `json:"key"`
	Args map[string]any `json:"args,omitempty"`
}

func (e *Refusal) Error() string { return "the window refused: " + e.Key }

// Message says it to a person.
func (e *Refusal) Message() (string, map[string]any) { return e.Key, e.Args }

// Dir is the folder where the windows of this user leave their notes.
func Dir() (string, error) {
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", fmt.Errorf("find the folder of running windows: %w", err)
	}
	return filepath.Join(dir, "ugoda", "running"), nil
}

// note is what a window leaves behind for those who look for it.
type note struct {
	Network string `json:"network"`
	Address string `json:"address"`
	Token   string `json:"token"`
	Base    string `json:"base"` // as Same compares it; empty: the opening window
}

type question struct {
	Token string `json:"token"`
	Ask
}

type answer struct {
	Done bool     `json:"done"`
	Why  *Refusal `json:"why,omitempty"`
}

// Window is this program's window as others can reach it.
type Window struct {
	note   note
	path   string // of the note
	handle func(Ask) error
	listen net.Listener
	places chan struct{}
	group  sync.WaitGroup

	mu sync.Mutex
}

// Listen begins to listen for this program. Handle is called for every
// question, on a goroutine of its own; an error with a Message is told to who
// asked.
func Listen(dir string, handle func(Ask) error) (*Window, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of running windows: %w", err)
	}
	if err := os.Chmod(dir, 0o700); err != nil {
		return nil, fmt.Errorf("close the folder of running windows: %w", err)
	}
	var token [32]byte
	_, _ = rand.Read(token[:])
	name := filepath.Join(dir, strconv.Itoa(os.Getpid())+"-"+base64.RawURLEncoding.EncodeToString(token[:6]))
	w := &Window{handle: handle, path: name + ".json", places: make(chan struct{}, atOnce)}
	w.note.Token = base64.RawURLEncoding.EncodeToString(token[:])
	var c net.ListenConfig
	l, err := c.Listen(context.Background(), "unix", name+".sock")
	if err != nil { // the path is too long, or the system has no such sockets
		if l, err = c.Listen(context.Background(), "tcp", "127.0.0.1:0"); err != nil {
			return nil, fmt.Errorf("listen for other programs: %w", err)
		}
	}
	w.listen = l
	w.note.Network, w.note.Address = l.Addr().Network(), l.Addr().String()
	if err := w.leave(); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	w.group.Go(w.serve)
	return w, nil
}

// leave writes the note anew.
func (w *Window) leave() error {
	data, err := json.Marshal(w.note)
	if err == nil {
		unfinished := w.path + ".new"
		if err = os.WriteFile(unfinished, data, 0o600); err == nil {
			err = os.Rename(unfinished, w.path)
		}
	}
	if err != nil {
		return fmt.Errorf("say where the window can be asked: %w", err)
	}
	return nil
}

// SetBase says which base the window shows now; empty: the opening window.
func (w *Window) SetBase(address string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.note.Base = identity(address)
	return w.leave()
}

// Close ends listening and takes the note away.
func (w *Window) Close() error {
	w.mu.Lock()
	err := os.Remove(w.path)
	w.mu.Unlock()
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	err = errors.Join(err, w.listen.Close())
	w.group.Wait()
	return err
}

func (w *Window) serve() {
	for {
		c, err := w.listen.Accept()
		if err != nil {
			return // closed
		}
		select {
		case w.places <- struct{}{}:
			w.group.Go(func() {
				w.talk(c)
				<-w.places
			})
		default:
			c.Close()
		}
	}
}

func (w *Window) talk(c net.Conn) {
	defer c.Close()
	if err := c.SetDeadline(time.Now().Add(patience)); err != nil {
		return
	}
	var q question
	if err := receive(c, &q); err != nil || subtle.ConstantTimeCompare([]byte(q.Token), []byte(w.note.Token)) != 1 || !q.sane() {
		return // a stranger is told nothing
	}
	a := answer{Done: true}
	if err := w.handle(q.Ask); err != nil {
		a = answer{Why: refusal(err)}
	}
	_ = send(c, a) // who asked may have gone
}

// refusal says an error to another program, whose user speaks a language of
// his own.
func refusal(err error) *Refusal {
	var said interface {
		Message() (string, map[string]any)
	}
	var problems model.Problems
	key, args := "window_failed", map[string]any(nil)
	switch {
	case errors.As(err, &problems) && len(problems) > 0:
		key, args = problems[0].Key, problems[0].Args
	case errors.As(err, &said):
		key, args = said.Message()
	}
	r := &Refusal{Key: key, Args: map[string]any{}}
	for k, v := range args {
		r.Args[k] = fmt.Sprint(v)
	}
	return r
}

func send(w io.Writer, v any) error {
	data, err := json.Marshal(v)
	if err == nil {
		_, err = w.Write(append(data, '\n'))
	}
	return err
}

// receive reads one line of limited length.
func receive(r io.Reader, v any) error {
	line, err := bufio.NewReader(io.LimitReader(r, maxAsk)).ReadBytes('\n')
	if err != nil {
		return err
	}
	return json.Unmarshal(bytes.TrimSpace(line), v)
}

// Put asks the window that shows a base; with an empty base, the one that
// came to its base last. *NoWindow, *Refusal.
func Put(ctx context.Context, dir, base string, a Ask) error {
	if !a.sane() {
		return &Refusal{Key: "window_failed"}
	}
	for _, n := range notes(dir) {
		if n.Base == "" || base != "" && n.Base != identity(base) {
			continue
		}
		reached, err := n.ask(ctx, a)
		if reached {
			return err
		}
		n.forget()
	}
	return &NoWindow{Base: base}
}

// found is a note with where it lies.
type found struct {
	note
	path string
}

// notes lists the windows, the one that changed its note last first.
func notes(dir string) []found {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	var all []found
	when := map[string]time.Time{}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !strings.HasSuffix(e.Name(), ".json") || !info.Mode().IsRegular() || info.Size() > maxAsk {
			continue
		}
		f := found{path: filepath.Join(dir, e.Name())}
		data, err := os.ReadFile(f.path)
		if err != nil || json.Unmarshal(data, &f.note) != nil || !f.local() {
			continue
		}
		when[f.path] = info.ModTime()
		all = append(all, f)
	}
	sort.Slice(all, func(i, j int) bool { return when[all[i].path].After(when[all[j].path]) })
	return all
}

// local reports whether a note names a place on this computer: nothing else is
// ever spoken to.
func (n *found) local() bool {
	switch n.Network {
	case "unix":
		return filepath.Dir(n.Address) == filepath.Dir(n.path)
	case "tcp":
		host, _, err := net.SplitHostPort(n.Address)
		return err == nil && host == "127.0.0.1"
	}
	return false
}

// ask speaks to a window; reached is false when there is none any more.
func (n *found) ask(ctx context.Context, a Ask) (reached bool, err error) {
	d := net.Dialer{Timeout: reachable}
	c, err := d.DialContext(ctx, n.Network, n.Address)
	if err != nil {
		return false, err
	}
	defer c.Close()
	if err := c.SetDeadline(time.Now().Add(patience)); err != nil {
		return false, err
	}
	if err := send(c, question{n.Token, a}); err != nil {
		return false, err
	}
	var got answer
	if err := receive(c, &got); err != nil {
		var slow net.Error
		if errors.As(err, &slow) && slow.Timeout() {
			return true, &Refusal{Key: "window_silent"}
		}
		return false, err
	}
	if got.Why != nil {
		return true, got.Why
	}
	return true, nil
}

// forget clears away what a program left that is no more.
func (n *found) forget() {
	for _, path := range []string{n.path, strings.TrimSuffix(n.path, ".json") + ".sock"} {
		_ = os.Remove(path) // the next one tries again
	}
}
