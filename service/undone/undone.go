// Package undone says what a step of a proposal left undone, why, and where that
// is mended: the deal that could not follow it, the letter about its approval
// that could not be written.
package undone

import (
	"cmp"
	"context"
	"strings"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/service/post"
	"ugoda/store"
)

// Ways by which something is mended.
const (
	OpenRecord = "open" // the record Kind, ID lacks something
	MoveDeal   = "move" // nothing is in the way any more: the deal ID goes to Stage
	SetUpMail  = "mail" // the user's own account of mail
)

// Thing is something that was left undone.
type Thing struct {
	Text  string // for people
	Way   string // empty: nothing that the user can do
	Kind  string
	ID    int64
	Stage model.Ref
	Why   model.Problems // what the record lacks
}

// Of lists what a proposal left undone. Without an office nothing is said of
// letters.
func Of(ctx context.Context, s *store.Session, o *post.Office, p *locale.Printer, id int64) ([]Thing, error) {
	var out []Thing
	b, err := s.Behind(ctx, id)
	if err != nil {
		return nil, err
	}
	if b != nil {
		out = append(out, behind(b, p, "undone.deal", "undone.deal_may", "deal", b.Deal.Code))
	}
	if o == nil {
		return out, nil
	}
	letters, err := o.Untold(ctx, s, id)
	if err != nil {
		return nil, err
	}
	for _, u := range letters {
		whom := u.Whom.Name
		if u.Whom.ID == 0 {
			whom = p.Role(model.Role(u.Role))
		}
		x := Thing{Text: p.T("undone."+u.Why, "whom", whom, "who", cmp.Or(u.By.Name, s.User.Name))}
		switch {
		case u.Why == post.NoAddress && u.Whom.ID != 0 && s.MayWrite("employee"):
			x.Way, x.Kind, x.ID = OpenRecord, "employee", u.Whom.ID
		case u.Why == post.NoAccount && u.By.ID == s.Employee.ID:
			x.Way = SetUpMail
		}
		out = append(out, x)
	}
	return out, nil
}

// OfDeal is what is told on a deal itself that has not followed a proposal of
// it; nil when it has followed them all.
func OfDeal(ctx context.Context, s *store.Session, p *locale.Printer, id int64) (*Thing, error) {
	b, err := s.BehindOf(ctx, id)
	if b == nil || err != nil {
		return nil, err
	}
	x := behind(b, p, "undone.this_deal", "undone.this_deal_may", "proposal", b.Proposal.Code)
	return &x, nil
}

// behind says in the words of key, or of free when nothing is in the way now,
// that a deal stayed behind.
func behind(b *store.Behind, p *locale.Printer, key, free string, about ...any) Thing {
	x := Thing{Way: MoveDeal, Kind: "deal", ID: b.Deal.ID, Stage: b.Stage, Why: b.Why}
	about = append(about, "stage", b.Stage.Name)
	if len(b.Why) == 0 {
		x.Text = p.T(free, about...)
		return x
	}
	x.Way = OpenRecord
	x.Text = p.T(key, append(about, "why", strings.ReplaceAll(p.Error(model.Problems(b.Why)), "\n", " "))...)
	return x
}
