package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// The files that lie beside are those that this program writes now.
func TestUpToDate(t *testing.T) {
	files, err := templates()
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != 8 {
		t.Fatalf("%d templates", len(files))
	}
	for name, want := range files {
		got, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not what this program writes: run go generate in the folder assets", name)
		}
	}
}
