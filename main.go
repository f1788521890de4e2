// Command ugoda opens the window, or runs one command.
package main

import (
	"context"
	"os"
	"os/signal"

	"ugoda/cli"
)

// version is set when a release is built.
var version = "0.1.0"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := cli.Run(ctx, cli.Env{
		Args: os.Args[1:], Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
		Terminal: terminal(os.Stderr), Version: version,
		Password: func(string, string) string { return os.Getenv("UGODA_PASSWORD") },
		Window:   openWindow,
		Tour:     drawTour,
		Show:     showInWindow,
	})
	stop()
	os.Exit(code)
}

// terminal reports whether a person looks at a file as it is written.
func terminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
