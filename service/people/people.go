// Package people keeps who works here and who may come in: an employee with
// his role, his name at the door and his password, in one form.
package people

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/firm"
	"ugoda/store"
)

// Person is an employee with what lets him in. Either half may be missing: an
// employee who does not use the program, a user who is nobody in the firm.
type Person struct {
	Employee, User model.Ref // ID 0: there is none yet
	Name           string
	Post           string
	Department     model.Ref
	Phone, Email   string
	Works          bool // still, as an employee
	Enters         bool // may come in
	Login          string
	Role           model.Role
	Asked          bool // for a password
}

// List lists everybody, by name; those who left come last.
func List(ctx context.Context, s *store.Session) ([]Person, error) {
	var out []Person
	by := map[int64]int{}
	employees, err := s.Page(ctx, store.Query{Kind: "employee", Columns: []string{"name", "post", "department", "phone", "email", "active"}, Sort: []store.Order{{Path: "name"}}})
	if err != nil {
		return nil, err
	}
	for _, r := range employees {
		p := Person{Employee: model.Ref{ID: r.ID}}
		p.Name, _ = r.Cells[0].(string)
		p.Post, _ = r.Cells[1].(string)
		p.Department, _ = r.Cells[2].(model.Ref)
		p.Phone, _ = r.Cells[3].(string)
		p.Email, _ = r.Cells[4].(string)
		p.Works, _ = r.Cells[5].(bool)
		by[r.ID] = len(out)
		out = append(out, p)
	}
	logins, err := s.Base().Logins(ctx)
	if err != nil {
		return nil, err
	}
	users, err := s.Page(ctx, store.Query{Kind: "user", Columns: []string{"name", "employee", "role", "active"}, Sort: []store.Order{{Path: "name"}}})
	if err != nil {
		return nil, err
	}
	for _, r := range users {
		name, _ := r.Cells[0].(string)
		employee, _ := r.Cells[1].(model.Ref)
		role, _ := r.Cells[2].(string)
		active, _ := r.Cells[3].(bool)
		i, known := by[employee.ID]
		if !known || out[i].User.ID != 0 {
			i = len(out)
			out = append(out, Person{Name: name, Works: true})
			if known {
				out[i] = out[by[employee.ID]]
			}
		}
		p := &out[i]
		p.User, p.Login, p.Role, p.Enters = model.Ref{ID: r.ID}, name, model.Role(role), active
		p.Asked = slices.ContainsFunc(logins, func(l store.Login) bool { return l.Name == name && l.Asked })
	}
	slices.SortStableFunc(out, func(a, b Person) int {
		switch {
		case a.here() == b.here():
			return 0
		case a.here():
			return -1
		}
		return 1
	})
	return out, nil
}

func (p Person) here() bool { return p.Works && (p.User.ID == 0 || p.Enters) }

// Save saves both halves of a person together. A nil password leaves it as it
// is, an empty one means that none is asked. Problems name the fields of a
// Person: "name", "post", "department", "phone", "email", "login", "role".
func Save(ctx context.Context, s *store.Session, p *Person, password *string) error {
	p.Name, p.Login = strings.TrimSpace(p.Name), strings.TrimSpace(p.Login)
	if p.Login == "" {
		p.Login = p.Name
	}
	// Whoever gets a password comes in with it only: until it is kept he does not.
	locked := password != nil && *password != "" && p.Enters && p.User.ID == 0
	err := s.Together(ctx, func(ctx context.Context, b *store.Batcher) error {
		if p.Employee.ID != 0 || p.Name != "" && p.User.ID == 0 {
			if err := p.saveEmployee(ctx, b); err != nil {
				return err
			}
		}
		if p.User.ID == 0 && !p.Enters {
			return nil
		}
		return p.saveUser(ctx, b, locked)
	})
	if err != nil || password == nil || p.User.ID == 0 {
		return err
	}
	if err := s.SetPassword(ctx, p.User.ID, *password); err != nil {
		return err
	}
	if !locked {
		return nil
	}
	return s.Together(ctx, func(ctx context.Context, b *store.Batcher) error { return p.saveUser(ctx, b, false) })
}

func (p *Person) saveEmployee(ctx context.Context, b *store.Batcher) error {
	rec, err := load(ctx, b, "employee", p.Employee.ID)
	if err != nil {
		return err
	}
	e := rec.(*firm.Employee)
	was := *e
	e.Name, e.Post, e.Department, e.Phone, e.Email, e.Active = p.Name, p.Post, p.Department, p.Phone, p.Email, p.Works
	if e.ID != 0 && was.Name == e.Name && was.Post == e.Post && was.Department.ID == e.Department.ID && was.Phone == e.Phone && was.Email == e.Email && was.Active == e.Active {
		return nil
	}
	if err := b.Save(ctx, "employee", e); err != nil {
		return fmt.Errorf("save an employee: %w", err)
	}
	p.Employee = model.Ref{ID: e.ID, Name: e.Name}
	return nil
}

func (p *Person) saveUser(ctx context.Context, b *store.Batcher, locked bool) error {
	rec, err := load(ctx, b, "user", p.User.ID)
	if err != nil {
		return err
	}
	u := rec.(*firm.User)
	was := *u
	u.Name, u.Role, u.Employee, u.Active = p.Login, string(p.Role), p.Employee, p.Enters && !locked
	if was.ID != 0 && was.Role == string(model.RoleAdmin) && was.Active && (u.Role != was.Role || !u.Active && !locked) {
		if err := othersAdminister(ctx, b, u.ID); err != nil {
			return err
		}
	}
	if was.ID != 0 && was.Name == u.Name && was.Role == u.Role && was.Employee.ID == u.Employee.ID && was.Active == u.Active {
		return nil
	}
	if err := b.Save(ctx, "user", u); err != nil {
		return fmt.Errorf("save a user: %w", ofUser(err))
	}
	p.User = model.Ref{ID: u.ID, Name: u.Name}
	return nil
}

func load(ctx context.Context, b *store.Batcher, kind string, id int64) (model.Keeper, error) {
	if id == 0 {
		return b.New(kind)
	}
	return b.Get(ctx, kind, id)
}

// othersAdminister refuses to leave a base without an administrator.
func othersAdminister(ctx context.Context, b *store.Batcher, but int64) error {
	rows, err := b.Page(ctx, store.Query{Kind: "user", Columns: []string{"active"}, Where: filter.Cond{Path: "role", Op: filter.Eq, Values: []filter.Value{filter.String(model.RoleAdmin)}}})
	if err != nil {
		return err
	}
	for _, r := range rows {
		if active, _ := r.Cells[0].(bool); active && r.ID != but {
			return nil
		}
	}
	return model.Refused("role", "last_admin")
}

// ofUser names the fields of a user as a Person does.
func ofUser(err error) error {
	var problems model.Problems
	if !errors.As(err, &problems) {
		return err
	}
	out := slices.Clone(problems)
	for i := range out {
		if out[i].Field == "name" {
			out[i].Field = "login"
		}
	}
	return out
}
