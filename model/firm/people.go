package firm

import "ugoda/model"

// Department is a part of the firm; departments form a tree.
type Department struct {
	model.Record
	Name   string
	Parent model.Ref
	Head   model.Ref
}

// Employee is a person who works for us.
type Employee struct {
	model.Record
	Name       string
	Post       string
	Department model.Ref
	Phone      string
	Email      string
	Active     bool
}

// User is somebody who may open the base.
type User struct {
	model.Record
	Name     string // what he types to come in
	Employee model.Ref
	Role     string
	Password string // argon2id hash; empty: none is asked
	Active   bool
}

func describePeople(r *model.Registry) {
	admin := []model.Role{model.RoleAdmin, model.RoleHead}

	d := model.Describe[Department](r, "department")
	d.Catalogue, d.Title, d.Sort, d.Writers = true, []string{"name"}, "name", admin
	d.Text("name", func(d *Department) *string { return &d.Name }, model.Required, model.Shown, model.Named)
	d.Ref("parent", func(d *Department) *model.Ref { return &d.Parent }, model.To("department"), model.Shown)
	d.Ref("head", func(d *Department) *model.Ref { return &d.Head }, model.To("employee"), model.Shown)
	d.Checks(func(d, _ *Department, f model.Facts) []model.Problem {
		return model.CheckTree(f, "department", d.ID, d.Parent, func(rec any) model.Ref { return rec.(*Department).Parent })
	})

	e := model.Describe[Employee](r, "employee")
	e.Catalogue, e.Title, e.Sort, e.Writers = true, []string{"name"}, "name", admin
	e.Text("name", func(e *Employee) *string { return &e.Name }, model.Required, model.Shown, model.Named)
	e.Text("post", func(e *Employee) *string { return &e.Post }, model.Shown)
	e.Ref("department", func(e *Employee) *model.Ref { return &e.Department }, model.To("department"), model.Shown)
	e.Text("phone", func(e *Employee) *string { return &e.Phone }, model.Shown, model.Format("phone"))
	e.Text("email", func(e *Employee) *string { return &e.Email }, model.Shown, model.Format("email"))
	e.Bool("active", func(e *Employee) *bool { return &e.Active }, model.Shown)
	e.Defaults(func(e *Employee, _ model.Facts) { e.Active = true })

	u := model.Describe[User](r, "user")
	u.Catalogue, u.Title, u.Sort, u.Writers = true, []string{"name"}, "name", []model.Role{model.RoleAdmin}
	u.Text("name", func(u *User) *string { return &u.Name }, model.Required, model.Shown, model.Named, model.Unique)
	u.Ref("employee", func(u *User) *model.Ref { return &u.Employee }, model.To("employee"), model.Shown)
	u.Choice("role", func(u *User) *string { return &u.Role }, model.OneOf(model.Roles...), model.Required, model.Shown)
	u.Text("password", func(u *User) *string { return &u.Password }, model.Hidden, model.Unaudited, model.Secret("nobody"))
	u.Bool("active", func(u *User) *bool { return &u.Active }, model.Shown)
	u.Defaults(func(u *User, _ model.Facts) { u.Active, u.Role = true, string(model.RoleManager) })
}
