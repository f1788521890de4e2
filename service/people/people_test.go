package people

import (
	"errors"
	"testing"

	"ugoda/model"
	"ugoda/model/records"
	"ugoda/service/found"
	"ugoda/store"
	"ugoda/store/storetest"
)

// A colleague is added in one go, comes in with his password, changes roles and
// leaves; a base keeps an administrator.
func TestColleague(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		ctx := t.Context()
		b, err := found.Base(ctx, address, found.Firm{Name: "ТОВ «Мрія»", Person: "Олена Коваль"}, store.Options{Registry: records.New()})
		if err != nil {
			t.Fatal(err)
		}
		defer b.Close()
		s, err := b.Session(ctx, "", "")
		if err != nil {
			t.Fatal(err)
		}
		list := func() map[string]Person {
			t.Helper()
			all, err := List(ctx, s)
			if err != nil {
				t.Fatal(err)
			}
			out := map[string]Person{}
			for _, p := range all {
				out[p.Name] = p
			}
			return out
		}
		word := "слово"
		p := &Person{Name: "Іван Франко", Post: "менеджер", Email: "ivan@mriia.example", Works: true, Enters: true, Login: "ivan", Role: model.RoleManager}
		if err := Save(ctx, s, p, &word); err != nil {
			t.Fatal(err)
		}
		got := list()["Іван Франко"]
		if got.Login != "ivan" || got.Role != model.RoleManager || !got.Asked || !got.Enters || got.Employee.ID == 0 || got.User.ID == 0 || got.Post != "менеджер" {
			t.Errorf("added as %+v", got)
		}
		if _, err := b.Session(ctx, "ivan", "не те"); !errors.As(err, new(*store.BadLogin)) {
			t.Errorf("a wrong password: %v", err)
		}
		in, err := b.Session(ctx, "ivan", word)
		if err != nil || in.Employee.Name != "Іван Франко" {
			t.Fatalf("came in as %+v, %v", in, err)
		}
		// The same login is refused beside its field, and nothing of it stays.
		twice := &Person{Name: "Іван Інший", Works: true, Enters: true, Login: "ivan", Role: model.RoleManager}
		var problems model.Problems
		if err := Save(ctx, s, twice, nil); !errors.As(err, &problems) || problems[0].Field != "login" {
			t.Errorf("the same login: %v", err)
		}
		if _, stays := list()["Іван Інший"]; stays {
			t.Error("half of a person was saved")
		}
		// Without a login he is an employee only.
		if err := Save(ctx, s, &Person{Name: "Комірник", Works: true}, nil); err != nil {
			t.Fatal(err)
		}
		if got := list()["Комірник"]; got.User.ID != 0 || !got.Works {
			t.Errorf("an employee without access: %+v", got)
		}
		// Head now, without a password, and then not at all.
		got.Role = model.RoleHead
		none := ""
		if err := Save(ctx, s, &got, &none); err != nil {
			t.Fatal(err)
		}
		if in, err := b.Session(ctx, "ivan", ""); err != nil || in.Role != model.RoleHead {
			t.Errorf("as a head: %+v, %v", in, err)
		}
		got.Enters = false
		if err := Save(ctx, s, &got, nil); err != nil {
			t.Fatal(err)
		}
		if _, err := b.Session(ctx, "ivan", ""); err == nil {
			t.Error("who left comes in")
		}
		// The last administrator stays one.
		boss := list()["Олена Коваль"]
		boss.Role = model.RoleManager
		if err := Save(ctx, s, &boss, nil); !errors.As(err, &problems) || problems[0].Key != "last_admin" {
			t.Errorf("the last administrator gives up: %v", err)
		}
		// Only an administrator lets people in.
		head := *s
		head.Role = model.RoleHead
		if err := Save(ctx, &head, &Person{Name: "Ще один", Works: true, Enters: true, Role: model.RoleAdmin}, nil); !errors.As(err, new(*store.Forbidden)) {
			t.Errorf("a head lets somebody in: %v", err)
		}
	})
}
