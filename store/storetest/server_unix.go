//go:build unix

package storetest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// places are the folders where systems put PostgreSQL's server programs, which
// are often not on the PATH. Globs.
var places = []string{
	"/usr/lib/postgresql/*/bin",         // Debian, Ubuntu
	"/usr/pgsql-*/bin",                  // Fedora with PostgreSQL's own packages
	"/usr/bin",                          // Fedora, Arch
	"/usr/lib/postgresql/bin",           // openSUSE
	"/opt/homebrew/opt/postgresql*/bin", // Homebrew on Apple silicon
	"/usr/local/opt/postgresql*/bin",    // Homebrew on Intel
	"/home/linuxbrew/.linuxbrew/opt/postgresql*/bin",
	"/Applications/Postgres.app/Contents/Versions/*/bin",
}

// programs finds the folder with initdb and postgres: what PATH leads to, or
// the newest version in the usual places. Empty when there is none.
func programs() string {
	if path, err := exec.LookPath("initdb"); err == nil {
		if real, err := filepath.EvalSymlinks(path); err == nil && isFile(filepath.Join(filepath.Dir(real), "postgres")) {
			return filepath.Dir(real)
		}
	}
	var found []string
	for _, place := range places {
		folders, err := filepath.Glob(place)
		if err != nil {
			continue
		}
		for _, folder := range folders {
			if isFile(filepath.Join(folder, "initdb")) && isFile(filepath.Join(folder, "postgres")) {
				found = append(found, folder)
			}
		}
	}
	if len(found) == 0 {
		return ""
	}
	return slices.MaxFunc(found, func(a, b string) int { return version(a) - version(b) })
}

// version reads the major version out of a folder's name; 0 when it has none.
func version(folder string) int {
	for _, part := range strings.FieldsFunc(folder, func(r rune) bool { return r < '0' || r > '9' }) {
		if n, err := strconv.Atoi(part); err == nil {
			return n
		}
	}
	return 0
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// launch starts a server of its own on a free loopback port, without fsync and
// with everything it writes in one temporary folder. It ends when this process
// does, however that happens.
func launch() *server {
	bin := programs()
	if bin == "" {
		return &server{missing: "initdb and postgres were not found; `make needs-test` installs them, or name a server in " + ServerVariable}
	}
	who, err := owner()
	if err != nil {
		return &server{err: err}
	}
	dir, err := folder(who)
	if err != nil {
		return &server{err: err}
	}
	s := &server{}
	if s.err = s.prepare(bin, dir, who); s.err != nil {
		os.RemoveAll(dir)
	}
	return s
}

// owner says as whom the server runs: PostgreSQL refuses to run as root, so
// for root it is the user postgres, or nobody.
func owner() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
		gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
		if err := errors.Join(err1, err2); err != nil {
			return nil, fmt.Errorf("read the ids of user %s: %w", name, err)
		}
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
	}
	return nil, errors.New("PostgreSQL does not run as root, and there is neither a user postgres nor nobody")
}

// folder makes the server's folder, where its user can reach it.
func folder(who *syscall.Credential) (string, error) {
	parent := os.TempDir()
	if who != nil && !open(parent) {
		parent = "/tmp"
	}
	dir, err := os.MkdirTemp(parent, "ugoda-postgresql-")
	if err != nil {
		return "", fmt.Errorf("make the server's folder: %w", err)
	}
	if who != nil {
		if err := os.Chown(dir, int(who.Uid), int(who.Gid)); err != nil {
			return "", fmt.Errorf("give the server its folder: %w", err)
		}
	}
	return dir, nil
}

// open reports whether any user may pass through the folder and those above.
func open(dir string) bool {
	for {
		info, err := os.Stat(dir)
		if err != nil || info.Mode().Perm()&0o001 == 0 {
			return false
		}
		up := filepath.Dir(dir)
		if up == dir {
			return true
		}
		dir = up
	}
}

func (s *server) prepare(bin, dir string, who *syscall.Credential) error {
	secret := randomText()
	key := filepath.Join(dir, "key")
	if err := os.WriteFile(key, []byte(secret+"\n"), 0o600); err != nil {
		return fmt.Errorf("write the server's password: %w", err)
	}
	if who != nil {
		if err := os.Chown(key, int(who.Uid), int(who.Gid)); err != nil {
			return fmt.Errorf("give the server its password: %w", err)
		}
	}
	data := filepath.Join(dir, "data")
	arguments := []string{
		"--pgdata", data, "--username", "postgres", "--pwfile", key, "--auth", "password",
		"--encoding", "UTF8", "--locale", "C", "--no-sync", "--no-instructions",
	}
	// What is a letter is said as on any server that is in use, where the system
	// can say it; before version 15, or built without ICU, it sorts otherwise.
	letters, collated := []string{"--lc-ctype", "C.UTF-8"}, []string{"--locale-provider", "icu", "--icu-locale", "uk"}
	var out []byte
	var err error
	for _, more := range [][]string{slices.Concat(letters, collated), letters, collated, nil} {
		out, err = as(who, filepath.Join(bin, "initdb"), slices.Concat(arguments, more)...).CombinedOutput()
		if err == nil {
			break
		}
		os.RemoveAll(data)
	}
	if err != nil {
		return fmt.Errorf("initdb: %w: %s", err, tail(out))
	}
	// A port found free may be taken by another process a moment later.
	for range 5 {
		if err = s.serve(bin, dir, secret, who); err == nil {
			return nil
		}
	}
	return err
}

// serve runs the server and waits until it answers.
func (s *server) serve(bin, dir, secret string, who *syscall.Credential) error {
	port, err := freePort()
	if err != nil {
		return err
	}
	record := filepath.Join(dir, "log")
	log, err := os.Create(record)
	if err != nil {
		return fmt.Errorf("make the server's log: %w", err)
	}
	defer log.Close()
	run := as(
		who, filepath.Join(bin, "postgres"), "-D", filepath.Join(dir, "data"), "-p", strconv.Itoa(port),
		"-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
		"-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off",
		"-c", "max_connections=200", "-c", "shared_buffers=64MB", "-c", "TimeZone=Europe/Kyiv",
	)
	run.Stdout, run.Stderr = log, log
	if err := run.Start(); err != nil {
		return fmt.Errorf("start the server: %w", err)
	}
	ended := make(chan error, 1)
	go func() { ended <- run.Wait() }()
	if err := watch(run.Process.Pid, dir, who); err != nil {
		run.Process.Signal(syscall.SIGQUIT)
		return err
	}
	s.address = &url.URL{
		Scheme: "postgres", User: url.UserPassword("postgres", secret),
		Host: net.JoinHostPort("127.0.0.1", strconv.Itoa(port)), Path: "/postgres", RawQuery: "sslmode=disable",
	}
	answers := make(chan error, 1)
	go func() { answers <- s.connect(30 * time.Second) }()
	select {
	case err = <-answers:
	case err = <-ended:
		err = errors.Join(errors.New("the server ended at once"), err)
	}
	if err != nil {
		text, _ := os.ReadFile(record)
		return fmt.Errorf("%w: %s", err, tail(text))
	}
	return nil
}

// held keeps the watchers' pipes from being collected, and so closed.
var held []io.Closer

// watch leaves a shell behind that waits for the end of a pipe whose other end
// only this process holds. When this process ends, by its own will, by a panic
// or by a signal, the shell stops the server and removes its folder.
func watch(pid int, dir string, who *syscall.Credential) error {
	const script = `cat >/dev/null
kill -QUIT "$1" 2>/dev/null
n=0
while kill -0 "$1" 2>/dev/null && [ $n -lt 100 ]; do sleep 0.05; n=$((n + 1)); done
rm -rf "$2"`
	shell := as(who, "/bin/sh", "-c", script, "sh", strconv.Itoa(pid), dir)
	pipe, err := shell.StdinPipe()
	if err != nil {
		return fmt.Errorf("make the watcher's pipe: %w", err)
	}
	held = append(held, pipe)
	if err := shell.Start(); err != nil {
		return fmt.Errorf("start the server's watcher: %w", err)
	}
	return nil
}

// as prepares a program to run as the server's user, apart from the signals
// that a terminal sends to the tests.
func as(who *syscall.Credential, program string, arguments ...string) *exec.Cmd {
	run := exec.Command(program, arguments...)
	run.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Credential: who}
	run.Dir = "/"
	run.Env = append(os.Environ(), "LC_ALL=C", "TZ=UTC")
	return run
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, fmt.Errorf("find a free port: %w", err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

// tail is the end of what a program said.
func tail(text []byte) string {
	text = bytes.TrimSpace(text)
	if len(text) > 1200 {
		text = text[len(text)-1200:]
	}
	return string(text)
}
