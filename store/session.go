package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"ugoda/model"
)

// Session is somebody working with the base; what his role may not see or
// change is refused here, whatever the path. It is safe for concurrent use.
type Session struct {
	User       model.Ref // nobody: the program itself
	Employee   model.Ref // who the user is in the firm, if anybody
	Department model.Ref // of the employee
	Role       model.Role

	base   *Base
	system bool
	today  model.Day // set by WithToday; 0: ask the clock
}

// System is a session of the program itself, which may do everything.
func (b *Base) System() *Session { return &Session{Role: model.RoleAdmin, base: b, system: true} }

// Base is the base that the session works with.
func (s *Session) Base() *Base { return s.base }

// Registry describes the kinds of records.
func (s *Session) Registry() *model.Registry { return s.base.registry }

// Today is the day of business.
func (s *Session) Today() model.Day {
	if s.today != 0 {
		return s.today
	}
	return s.base.today()
}

// WithToday is the same session on another day.
func (s *Session) WithToday(d model.Day) *Session {
	t := *s
	t.today = d
	return &t
}

// As is a session of another user, whose password is not asked: the switch of
// a demo base. Only the program itself and an administrator may.
func (s *Session) As(ctx context.Context, user model.Ref) (*Session, error) {
	if !s.system && s.Role != model.RoleAdmin {
		return nil, &Forbidden{Kind: "user", Role: s.Role}
	}
	found, err := s.base.users(ctx, "u.id = ?", user.ID)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, &NotFound{Kind: "user", Name: user.Name}
	}
	t := found[0].session(s.base)
	t.today = s.today
	return t, nil
}

// BaseCurrency is the currency in which sums are compared.
func (s *Session) BaseCurrency() string { return s.base.BaseCurrency() }

// Sees reports whether the session's role may see a field.
func (s *Session) Sees(f *model.Field) bool { return s.system || f.SeenBy(s.Role) }

// MayWrite reports whether the session's role may change records of a kind.
func (s *Session) MayWrite(kind string) bool {
	p := s.base.plans[kind]
	return p != nil && s.mayWrite(p.kind) == nil
}

// mayWrite refuses to change a kind that the role may not change.
func (s *Session) mayWrite(k *model.Kind) error {
	if s.base.readOnly {
		return &ReadOnly{}
	}
	if s.system || len(k.Writers) == 0 || slices.Contains(k.Writers, s.Role) {
		return nil
	}
	return &Forbidden{Kind: k.Name, Role: s.Role}
}

func (s *Session) plan(kind string) (*plan, error) {
	if p := s.base.plans[kind]; p != nil {
		return p, nil
	}
	return nil, &UnknownKind{kind}
}

// UnknownKind says that there is no kind of that name.
type UnknownKind struct{ Kind string }

func (e *UnknownKind) Error() string { return fmt.Sprintf("no kind %q", e.Kind) }

// Message says it to a person.
func (e *UnknownKind) Message() (string, map[string]any) {
	return "unknown_kind", map[string]any{"kind": e.Kind}
}

// hide empties the fields that the session may not see.
func (s *Session) hide(k *model.Kind, rec any) {
	if s.system {
		return
	}
	for _, f := range k.Fields {
		if !f.Computed && !s.Sees(f) {
			copyValue(f.Ptr(rec), zeroOf(f))
		}
	}
	for _, p := range k.Parts {
		for i := range p.Len(rec) {
			s.hide(p.Kind, p.At(rec, i))
		}
	}
}

// restore gives hidden fields their stored values before a save: who does not
// see a field cannot change it.
func (s *Session) restore(k *model.Kind, rec, old any) {
	if s.system || old == nil {
		return
	}
	for _, f := range k.Fields {
		if !f.Computed && !s.Sees(f) {
			copyValue(f.Ptr(rec), f.Ptr(old))
		}
	}
	for _, p := range k.Parts {
		stored := map[int64]any{}
		for i := range p.Len(old) {
			row := p.At(old, i)
			stored[*rowID(row)] = row
		}
		for i := range p.Len(rec) {
			row := p.At(rec, i)
			if was := stored[*rowID(row)]; was != nil {
				s.restore(p.Kind, row, was)
			}
		}
	}
}

// zeroOf is a pointer to the empty value of a field's type.
func zeroOf(f *model.Field) any {
	switch f.Type {
	case model.Text, model.LongText, model.Choice:
		return new(string)
	case model.Bool:
		return new(bool)
	case model.Amount:
		return new(model.Money)
	case model.Quantity:
		return new(model.Qty)
	case model.Percents:
		return new(model.Percent)
	case model.Rates:
		return new(model.Rate)
	case model.Days:
		return new(model.Day)
	case model.Moment:
		return new(time.Time)
	case model.Link:
		return new(model.Ref)
	case model.Bytes:
		return new([]byte)
	}
	return new(int64)
}
