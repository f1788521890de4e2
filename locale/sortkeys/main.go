// Command sortkeys rewrites the language files sorted, one key on a line, and
// repairs what a merge left behind. Run it from the top of the repository:
//
//	go run ./locale/sortkeys
package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"

	"ugoda/locale/keyfile"
)

func main() {
	files, err := filepath.Glob("assets/locale/*.json")
	if err == nil && len(files) == 0 {
		err = fmt.Errorf("no assets/locale/*.json here: run it from the top of the repository")
	}
	for _, f := range files {
		if err == nil {
			err = rewrite(f)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "sortkeys:", err)
		os.Exit(1)
	}
}

func rewrite(file string) error {
	old, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	entries, err := keyfile.Parse(old)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if sorted := keyfile.Format(entries); !bytes.Equal(sorted, old) {
		fmt.Println("sorted", file)
		return os.WriteFile(file, sorted, 0o644)
	}
	return nil
}
