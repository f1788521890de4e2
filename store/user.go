package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/alexedwards/argon2id"

	"ugoda/model"
	"ugoda/model/text"
)

// account is a user as signing in needs him.
type account struct {
	user, employee, department model.Ref
	role                       model.Role
	password                   string
}

func (a *account) session(b *Base) *Session {
	return &Session{User: a.user, Employee: a.employee, Department: a.department, Role: a.role, base: b}
}

// users reads active users by a condition on user u and employee e.
func (b *Base) users(ctx context.Context, condition string, args ...any) ([]account, error) {
	query := `SELECT u.id, u.name, u.role, u.password, e.id, e.name, d.id, d.name
		FROM "user" u LEFT JOIN employee e ON e.id = u.employee_id LEFT JOIN department d ON d.id = e.department_id
		WHERE u.marked = FALSE AND u.active = TRUE AND ` + condition + ` ORDER BY u.id`
	var out []account
	err := each(ctx, pool{b}, query, args, func(raw []any) error {
		ref := func(at int) (r model.Ref) {
			r.ID, _ = raw[at].(int64)
			r.Name, _ = raw[at+1].(string)
			return r
		}
		a := account{user: ref(0), employee: ref(4), department: ref(6)}
		role, _ := raw[2].(string)
		a.role = model.Role(role)
		a.password, _ = raw[3].(string)
		out = append(out, a)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read users: %w", b.explain(err))
	}
	return out, nil
}

// Login is somebody who may come in.
type Login struct {
	Name  string // as he types himself
	Asked bool   // for a password
}

// Logins lists who may come in, by name. In a base without users the program
// itself works, and the list is empty.
func (b *Base) Logins(ctx context.Context) ([]Login, error) {
	all, err := b.users(ctx, "TRUE")
	if err != nil {
		return nil, err
	}
	out := make([]Login, len(all))
	for i, a := range all {
		out[i] = Login{a.user.Name, a.password != ""}
	}
	slices.SortFunc(out, func(a, c Login) int { return bytes.Compare(text.SortKey(a.Name), text.SortKey(c.Name)) })
	return out, nil
}

// nobody is the hash of no password: a wrong name takes as long as a wrong
// password.
const nobody = "$argon2id$v=19$m=65536,t=1,p=2$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

// Session opens a session of a user, who is named as he types himself, in any
// case. An empty name means the sole user, or else the first administrator
// without a password. A sole user without a password is never asked. In a base
// without users the program itself works. A wrong name or password gives
// *BadLogin.
func (b *Base) Session(ctx context.Context, user, password string) (*Session, error) {
	all, err := b.users(ctx, "TRUE")
	if err != nil {
		return nil, err
	}
	if len(all) == 0 && user == "" {
		return b.System(), nil
	}
	var found *account
	for i := range all {
		a := &all[i]
		if user == "" {
			if len(all) == 1 || (a.role == model.RoleAdmin && a.password == "") {
				found = a
				break
			}
		} else if text.Fold(a.user.Name) == text.Fold(user) {
			found = a
			break
		}
	}
	hash := nobody
	if found != nil {
		if found.password == "" {
			return found.session(b), nil
		}
		hash = found.password
	}
	ok, err := argon2id.ComparePasswordAndHash(password, hash)
	if err != nil {
		return nil, fmt.Errorf("check the password: %w", err)
	}
	if !ok || found == nil {
		return nil, &BadLogin{}
	}
	return found.session(b), nil
}

// NeedsPassword reports whether signing in as the user ("" as in Session)
// needs a password.
func (b *Base) NeedsPassword(ctx context.Context, user string) (bool, error) {
	_, err := b.Session(ctx, user, "")
	if bad := (*BadLogin)(nil); errors.As(err, &bad) {
		return true, nil
	}
	return false, err
}

// passwordWork is what hashing a password costs: 64 MB, as OWASP's list of
// parameters allows with one pass.
var passwordWork = &argon2id.Params{Memory: 64 * 1024, Iterations: 2, Parallelism: 2, SaltLength: 16, KeyLength: 32}

// SetPassword gives a user a password; an empty one means that none is asked.
// A user may set his own, an administrator anybody's.
func (s *Session) SetPassword(ctx context.Context, user int64, password string) error {
	if !s.system && s.Role != model.RoleAdmin && s.User.ID != user {
		return &Forbidden{Kind: "user", Role: s.Role}
	}
	hash := ""
	if password != "" {
		var err error
		if hash, err = argon2id.CreateHash(password, passwordWork); err != nil {
			return fmt.Errorf("hash the password: %w", err)
		}
	}
	return s.base.Write(ctx, func(tx *Tx) error {
		n, err := tx.Exec(ctx, `UPDATE "user" SET password = ? WHERE id = ?`, hash, user)
		if err == nil && n == 0 {
			err = &NotFound{Kind: "user", Name: "#" + strconv.FormatInt(user, 10)}
		}
		return err
	})
}
