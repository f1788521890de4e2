// Command ugoda opens the window, or runs one command.
package main

import (
	"context"
	"os"
	"os/signal"

	"ugoda/cli"
	"ugoda/service/doors"
)

// version is set when a release is built.
var version = "0.1.0"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := cli.Run(ctx, cli.Env{
		Args: os.Args[1:], Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
		Terminal: terminal(os.Stderr), Version: version,
		Password: password,
		Address:  address,
		Keep:     keepPassword,
		Window:   openWindow,
		Tour:     drawTour,
		Show:     showInWindow,
	})
	stop()
	os.Exit(code)
}

// password is that of a user of a base: from the environment, or remembered by
// the window.
func password(base, user string) string {
	if p, ok := os.LookupEnv("UGODA_PASSWORD"); ok {
		return p
	}
	if user == "" {
		return ""
	}
	keys, err := doors.OpenKeys()
	if err != nil {
		return ""
	}
	p, err := keys.Login(context.Background(), base, user)
	if err != nil {
		return "" // the base says that one is needed
	}
	return p
}

// keepPassword puts a user's password into the keyring for later commands, or
// takes an empty one out.
func keepPassword(base, user, password string) error {
	keys, err := doors.OpenKeys()
	if err != nil {
		return err
	}
	return keys.KeepLogin(context.Background(), base, user, password)
}

// address is that of a base with the password of its server, where the window
// remembered one.
func address(base string) string {
	if s, ok := doors.ParseServer(base); !ok || s.Password != "" {
		return base
	}
	keys, err := doors.OpenKeys()
	if err != nil {
		return base
	}
	full, err := keys.Complete(context.Background(), base)
	if err != nil {
		return base // the server says that one is needed
	}
	return full
}

// terminal reports whether a person looks at a file as it is written.
func terminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
