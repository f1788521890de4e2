package screen

import (
	"context"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/service/post"
	"ugoda/store"
)

// Services are the use cases that a screen may call. One that is nil is not
// there, and what needs it is not shown. All are called off the UI goroutine.
type Services struct {
	// Duplicates finds records that may be the same as one being typed.
	Duplicates func(ctx context.Context, s *store.Session, kind string, rec model.Keeper) ([]Duplicate, error)
	// Import opens the import of a file into a kind; path may be empty, or
	// Clipboard. It is called on the UI goroutine.
	Import func(h Host, kind, path string)
	// Mail opens a letter with records attached. It is called on the UI goroutine.
	Mail func(h Host, kind string, ids []int64)
	// Bill asks how much of a proposal is billed and makes the invoice; done comes
	// when it is made. It is called on the UI goroutine.
	Bill func(ctx context.Context, h Host, proposal int64, done func())
	// Accept asks what the client takes of a proposal and records it, then offers
	// what comes next; done comes whenever something was saved. It is called on the
	// UI goroutine.
	Accept func(ctx context.Context, h Host, proposal int64, done func())
	// CreateBase makes a base of one's own that comes ready to work.
	CreateBase func(ctx context.Context, url string, f NewBase) error
	// CreateDemo makes the demo base, unless there is one of today, and gives its
	// address.
	CreateDemo func(ctx context.Context, language locale.Language, report func(done, total int64)) (url string, err error)
	// Beside runs beside an open base until ctx ends, such as what sends letters
	// that wait. It returns when nothing of it is under way any more.
	Beside func(ctx context.Context, s *store.Session)
	// Office is the mail of the base, the same one as long as it is open.
	Office func(ctx context.Context, s *store.Session) (*post.Office, error)
	// Outbox counts letters that wait and letters that failed.
	Outbox func(ctx context.Context, s *store.Session) (waiting, failed int64, err error)
}

// Clipboard stands for the path of a file: what comes in are the rows that the
// clipboard holds.
const Clipboard = "clipboard:"

// Duplicate is a record that may be the same as one being typed.
type Duplicate struct {
	Ref model.Ref
	Why string // the field that agrees: "code", "phone", "email", "iban", "name"
}

// NewBase is what a new base of one's own is asked.
type NewBase struct {
	Name     string // of the firm
	Code     string // EDRPOU or RNOKPP
	Tax      string // firm.TaxVAT, TaxSingle or TaxNone
	Person   string // who works; empty: named after the role
	Language string // of the catalogues that it comes with: "uk", "en"
}
