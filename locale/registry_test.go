package locale

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/records"
)

// wanted collects the keys that the descriptions of records ask for: for each,
// the keys of which one must exist.
func wanted() (out [][]string) {
	want := func(keys ...string) { out = append(out, keys) }
	choices := func(kind, field string, values []string) {
		for _, v := range values {
			if v != "" {
				want("enum."+kind+"."+field+"."+v, "enum."+field+"."+v)
			}
		}
	}
	var walk func(k *model.Kind)
	walk = func(k *model.Kind) {
		want("kind." + k.Name + ".one")
		want("kind." + k.Name + ".many")
		for _, f := range k.Fields {
			want("field."+k.Name+"."+f.Name, "field."+f.Name)
			if f.Group != "" {
				want("group."+k.Name+"."+f.Group, "group."+f.Group)
			}
			choices(k.Name, f.Name, f.Values)
		}
		for _, a := range k.Actions {
			want("action."+k.Name+"."+a.Name, "action."+a.Name)
			for _, q := range a.Asks {
				want("field."+k.Name+"."+a.Name+"."+q.Name, "field."+k.Name+"."+q.Name, "field."+q.Name)
				choices(k.Name, q.Name, q.Values)
			}
		}
		for _, p := range k.Parts {
			walk(p.Kind)
		}
	}
	for _, k := range records.New().Kinds() {
		walk(k)
	}
	return out
}

// TestRegistry finds kinds, fields, actions and choices without a label, and
// labels of what is no longer described.
func TestRegistry(t *testing.T) {
	en, used := read(t, English), map[string]bool{}
	for _, keys := range wanted() {
		for _, k := range keys { // a shorter word for the head of its column
			if rest, ok := strings.CutPrefix(k, "field."); ok {
				used["column."+rest] = true
			}
		}
		found := false
		for _, k := range keys {
			if _, ok := en[k]; ok {
				found = true
			}
			used[k] = true
		}
		if !found {
			t.Errorf("no text for %s", strings.Join(keys, " or "))
		}
	}
	said := sources(t)
	for _, key := range slices.Sorted(maps.Keys(en)) {
		described := slices.ContainsFunc(fromRegistry, func(f string) bool { return strings.HasPrefix(key, f) })
		if described && !used[key] && !said.all[key] {
			t.Errorf("%q labels nothing", key)
		}
	}
}

func TestRoles(t *testing.T) {
	for _, r := range model.Roles {
		if !uk.Has("role." + string(r)) {
			t.Errorf("no text for role %s", r)
		}
	}
}

func TestDescribe(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{uk.Kind("deal"), "Угода"},
		{en.Kinds("deal"), "Deals"},
		{uk.Field("client", "name"), "Клієнт"},
		{uk.Field("employee", "phone"), "Телефон"},
		{uk.Action("deal", "lose"), "Втрачена"},
		{en.Ask("deal", "lose", "reason"), "Reason"},
		{uk.Choice("deal", "state", "open"), "В роботі"},
		{uk.Choice("deal", "attention", ""), ""},
		{uk.Choice("stage", "kind", "won"), "Виграна"},
		{uk.Role(model.RoleHead), "Керівник відділу"},
		{uk.FieldPath("proposal", "variants.0.lines.2.price"), "Варіанти 1: Позиції 3: Ціна"},
		{uk.FieldPath("proposal", "variants"), "Варіанти"},
		{uk.FieldPath("client", "name"), "Клієнт"},
		{en.ProblemOf("client", model.Wrong("accounts.1.iban", "negative")), "Bank accounts 2: IBAN: It cannot be below zero"},
		{uk.Problem(model.Wrong("", "number_decimals", "n", 2)), "Не більше 2 знаків після коми"},
		{uk.Problem(model.Wrong("", "not_found", "kind", "deal", "name", "У-1")), "Не знайдено: Угода «У-1»"},
		{uk.Problem(model.Wrong("", "no_rate", "currency", "EUR", "on", model.Date(2026, 11, 3))), "Немає курсу EUR на 03.11.2026: додайте його до курсів валют"},
		{uk.Operator(filter.Gt, model.Amount), "більше"},
		{uk.Operator(filter.Gt, model.Days), "після"},
		{en.Operator(filter.NotIn, model.Link), "is none of"},
		{uk.Period(filter.Period{Name: filter.PeriodThisWeek}), "цей тиждень"},
		{uk.Period(filter.Period{Name: filter.PeriodNextDays, N: 7}), "наступні 7 днів"},
	} {
		same(t, c.got, c.want)
	}
	for _, p := range filter.Periods {
		if said := uk.Period(filter.Period{Name: p, N: 3}); strings.Contains(said, "period.") {
			t.Errorf("no text for period %q", p)
		}
	}
	for _, op := range []filter.Op{filter.Eq, filter.Ne, filter.Gt, filter.Ge, filter.Lt, filter.Le, filter.Contains, filter.NotContains, filter.Starts, filter.In, filter.NotIn, filter.Between, filter.Within, filter.Under, filter.Empty, filter.NotEmpty} {
		for _, typ := range []model.Type{model.Days, model.Text} {
			if said := uk.Operator(op, typ); strings.HasPrefix(said, "op.") {
				t.Errorf("no text for operator %q", op)
			}
		}
	}
}
