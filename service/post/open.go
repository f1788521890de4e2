package post

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"ugoda/mail/secret"
	"ugoda/service/demo"
	"ugoda/store"
)

// OpenFor opens the mail of a base for the user of this computer. Of a demo
// base letters go to a folder beside it, and never outside.
func OpenFor(ctx context.Context, b *store.Base, now func() time.Time) (*Office, error) {
	dir, err := os.UserConfigDir()
	if err != nil {
		dir = os.TempDir()
	}
	dir = filepath.Join(dir, "ugoda")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make a folder for secrets: %w", err)
	}
	o := Options{Secrets: secret.Open(dir), Now: now}
	isDemo, err := b.Setting(ctx, demo.Setting)
	if err != nil {
		return nil, err
	}
	if isDemo != "" {
		o.Folder = b.Address() + ".mail"
		if b.Engine() != store.SQLite {
			o.Folder = filepath.Join(dir, "demo.mail")
		}
	}
	return Open(b, o), nil
}
