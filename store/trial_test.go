package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"ugoda/model/client"
	"ugoda/store"
	"ugoda/store/storetest"
)

// While something is tried for long, others save at once; the trial sees all
// that was there, comes to its end, and leaves nothing.
func TestTrialLetsOthersSave(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		f := newFirm(t, dsn)
		first := f.client("ТОВ «Перше»")
		const wanted = 7
		runs, found := 0, 0
		var saved atomic.Int64
		ended := make(chan error, 1)
		go func() {
			ended <- f.s.Trial(f.ctx, func(ctx context.Context, b *store.Batcher) error {
				runs++
				c := &client.Client{Name: "ТОВ «На пробу»", Form: client.Legal, Language: "uk"}
				if err := b.Save(ctx, "client", c); err != nil {
					return err
				}
				rec, err := b.Get(ctx, "client", first.ID) // which others change, too
				if err != nil {
					return err
				}
				rec.(*client.Client).Note = "на пробу"
				if err := b.Save(ctx, "client", rec); err != nil {
					return err
				}
				for at := time.Now(); saved.Load() < wanted; { // goes on until others have saved
					if time.Since(at) > 30*time.Second {
						return errors.New("nobody can save")
					}
					select {
					case <-ctx.Done():
						return ctx.Err()
					case <-time.After(10 * time.Millisecond):
					}
				}
				rows, err := b.Page(ctx, store.Query{Kind: "client", Columns: []string{"name"}})
				found = len(rows)
				return err
			})
		}()
		for range wanted {
			time.Sleep(50 * time.Millisecond)
			f.client("ТОВ «Збережене»")
			rec := f.get("client", first.ID).(*client.Client)
			rec.Phone = fmt.Sprintf("+38067000000%d", saved.Load())
			f.save("client", rec)
			saved.Add(1)
		}
		if err := <-ended; err != nil {
			t.Fatal(err)
		}
		if runs < 2 {
			t.Error("the trial did not give way")
		}
		if found < 2 || found > 2+wanted {
			t.Errorf("the trial saw %d clients", found)
		}
		if n, err := f.s.Count(f.ctx, store.Query{Kind: "client"}); err != nil || n != 1+wanted {
			t.Errorf("%d clients after %d saves, %v", n, wanted, err)
		}
	})
}

// A trial that nobody disturbs runs once, and its error comes out.
func TestTrialAlone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		f := newFirm(t, dsn)
		runs := 0
		err := f.s.Trial(f.ctx, func(ctx context.Context, b *store.Batcher) error {
			runs++
			return b.Save(ctx, "client", &client.Client{Name: "ТОВ «На пробу»", Form: client.Legal, Language: "uk"})
		})
		if err != nil || runs != 1 {
			t.Errorf("%d runs, %v", runs, err)
		}
		err = f.s.Trial(f.ctx, func(ctx context.Context, b *store.Batcher) error {
			return b.Save(ctx, "client", &client.Client{})
		})
		if err == nil {
			t.Error("a client without a name is tried without an error")
		}
		stopped, stop := context.WithCancel(f.ctx)
		err = f.s.Trial(stopped, func(ctx context.Context, _ *store.Batcher) error {
			stop()
			<-ctx.Done()
			return ctx.Err()
		})
		if err == nil {
			t.Error("a trial that was stopped ends well")
		}
		if n, err := f.s.Count(f.ctx, store.Query{Kind: "client"}); err != nil || n != 0 {
			t.Errorf("%d clients, %v", n, err)
		}
	})
}
