package store

import "context"

type progressKey struct{}

// WithProgress lets long work under the context tell how far it is: how many
// records of how many are done. The function is called where the work runs.
func WithProgress(ctx context.Context, report func(done, total int64)) context.Context {
	return context.WithValue(ctx, progressKey{}, report)
}

// progress tells whoever asked how far the work is.
func progress(ctx context.Context, done, total int) {
	if report, ok := ctx.Value(progressKey{}).(func(done, total int64)); ok {
		report(int64(done), int64(total))
	}
}
