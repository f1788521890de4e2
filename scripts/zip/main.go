// Command zip packs a folder into a .zip whose bytes depend on the files
// alone: sorted, each with the time of SOURCE_DATE_EPOCH.
package main

import (
	"archive/zip"
	"fmt"
	"io"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 3 {
		log.Fatal("usage: zip FILE.zip FOLDER")
	}
	if err := pack(os.Args[1], os.Args[2]); err != nil {
		log.Fatalf("zip: %v", err)
	}
}

// pack writes the folder, under its own name, into the file.
func pack(file, folder string) (err error) {
	seconds, err := strconv.ParseInt(os.Getenv("SOURCE_DATE_EPOCH"), 10, 64)
	if err != nil {
		return fmt.Errorf("read SOURCE_DATE_EPOCH: %w", err)
	}
	moment := time.Unix(seconds, 0).UTC()
	out, err := os.Create(file)
	if err != nil {
		return err
	}
	defer func() {
		if e := out.Close(); err == nil {
			err = e
		}
	}()
	archive := zip.NewWriter(out)
	parent := filepath.Dir(filepath.Clean(folder))
	err = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(parent, path)
		if err != nil {
			return err
		}
		head := &zip.FileHeader{Name: filepath.ToSlash(name), Method: zip.Deflate, Modified: moment}
		to, err := archive.CreateHeader(head)
		if err != nil {
			return err
		}
		from, err := os.Open(path)
		if err != nil {
			return err
		}
		defer from.Close()
		_, err = io.Copy(to, from)
		return err
	})
	if err != nil {
		return fmt.Errorf("pack %s: %w", folder, err)
	}
	return archive.Close()
}
