package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"ugoda/cli"
	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/client"
	"ugoda/model/records"
	"ugoda/service/demo"
	"ugoda/service/expiry"
	"ugoda/service/found"
	"ugoda/service/logbook"
	"ugoda/service/post"
	"ugoda/service/running"
	"ugoda/store"
	"ugoda/ui"
	"ugoda/ui/screen"
	"ugoda/ui/screen/billing"
	"ugoda/ui/screen/compose"
	"ugoda/ui/screen/imports"
	"ugoda/ui/screen/proposals"
)

// deps puts together what the window needs.
func deps(s cli.Start) ui.Deps {
	d := ui.Deps{
		Registry: records.New(), Base: s.Base, User: s.User, Password: os.Getenv("UGODA_PASSWORD"), Version: version,
		Language: s.Language, Services: services(s.Today != 0),
		Another: func(address string) error {
			_, err := startWindow(cli.Start{Base: address, Another: true})
			return err
		},
	}
	if s.Today != 0 {
		d.Today = func() model.Day { return s.Today }
	}
	return d
}

// openWindow shows the window until it is closed. On a base that a window
// shows already that one comes to the front.
func openWindow(ctx context.Context, s cli.Start) (err error) {
	if err := displayMissing(); err != nil {
		return err
	}
	if dir, err := running.Dir(); err == nil && s.Base != "" && !s.Another {
		var none *running.NoWindow
		if err := running.Put(ctx, dir, s.Base, running.Ask{}); !errors.As(err, &none) {
			return err
		}
	}
	if err := quietDesktop(); err != nil {
		return err
	}
	d := deps(s)
	book, err := keepLog()
	if err != nil {
		return err
	}
	d.Log = func() string { return book.Tail(linesOfLog) }
	defer func() {
		if thrown := recover(); thrown != nil {
			err = withoutWindow(thrown)
		}
		slog.Info("ended")
		err = errors.Join(err, book.Close())
	}()
	resting, stop := context.WithCancel(ctx)
	defer stop()
	go rest(resting)
	slog.Info("started", "version", version, "system", runtime.GOOS+"/"+runtime.GOARCH)
	ui.Run(d)
	return nil
}

// linesOfLog is how much of the log goes along with a question.
const linesOfLog = 60

// keepLog sends what the program and its libraries have to say into the log.
func keepLog() (*logbook.Book, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		dir = os.TempDir()
	}
	book, err := logbook.Open(filepath.Join(dir, "ugoda", "log"))
	if err != nil {
		return nil, err
	}
	slog.SetDefault(slog.New(book.Handler()))
	return book, nil
}

// services are the use cases behind the window; on another day than today nothing
// ends by its date.
func services(anotherDay bool) screen.Services {
	mail := &offices{}
	return screen.Services{
		Bill:   billing.Open,
		Accept: proposals.Accept,
		CreateBase: func(ctx context.Context, url string, f screen.NewBase) error {
			lang, _ := locale.ParseLanguage(f.Language)
			b, err := found.Base(ctx, url, found.Firm{Name: f.Name, Code: f.Code, Tax: f.Tax, Person: f.Person, Language: lang}, store.Options{Registry: records.New()})
			if err != nil {
				return err
			}
			return b.Close()
		},
		CreateDemo: createDemo,
		Duplicates: duplicates,
		Mail:       func(h screen.Host, kind string, ids []int64) { compose.Open(h, kind, ids) },
		Import:     imports.Open,
		Beside: func(ctx context.Context, s *store.Session) {
			var beside sync.WaitGroup
			if !anotherDay {
				beside.Go(func() { expiry.Watch(ctx, s.Base()) })
			}
			defer beside.Wait()
			o, err := mail.of(ctx, s)
			if err != nil {
				slog.Error("open the outbox", "error", err)
				return
			}
			beside.Go(func() { o.KeepTelling(ctx, s) })
			o.Worker(s.User.ID).Run(ctx)
		},
		Outbox: func(ctx context.Context, s *store.Session) (waiting, failed int64, err error) {
			o, err := mail.of(ctx, s)
			if err != nil {
				return 0, 0, err
			}
			return o.Counts(ctx, s.User.ID)
		},
		Office: mail.of,
	}
}

// offices keeps the mail of the base that is open: tokens and keys that it
// derived serve the next letter, too.
type offices struct {
	mu     sync.Mutex
	base   *store.Base
	office *post.Office
}

func (o *offices) of(ctx context.Context, s *store.Session) (*post.Office, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.base == s.Base() {
		return o.office, nil
	}
	office, err := post.OpenFor(ctx, s.Base(), nil)
	if err != nil {
		return nil, err
	}
	o.base, o.office = s.Base(), office
	return office, nil
}

// demoSeed makes every demo base of the window the same.
const demoSeed = 1

// createDemo makes the demo base in the user's own folder, unless there is one
// of today.
func createDemo(ctx context.Context, lang locale.Language, report func(done, total int64)) (string, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		dir = os.TempDir()
	}
	size, _ := demo.SizeOf("m")
	return demo.Fresh(ctx, filepath.Join(dir, "ugoda"), size, demoSeed, lang, store.Options{Registry: records.New()}, func(done, all int) { report(int64(done), int64(all)) })
}

// duplicates finds clients that one being typed may repeat.
func duplicates(ctx context.Context, s *store.Session, _ string, rec model.Keeper) ([]screen.Duplicate, error) {
	c, ok := rec.(*client.Client)
	if !ok {
		return nil, nil
	}
	found, err := s.Duplicates(ctx, c)
	var out []screen.Duplicate
	for _, d := range found {
		out = append(out, screen.Duplicate{Ref: d.Ref, Why: d.Why})
	}
	return out, err
}
