package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"ugoda/model"
	"ugoda/model/filter"
)

// View is a saved filter with its columns, sort and grouping.
type View struct {
	ID      int64
	Kind    string
	Name    string
	Where   string             // text form of the filter
	Columns []string           // paths
	Widths  map[string]float32 // by path, where the user chose them
	Sort    []Order
	GroupBy string
	Shared  bool
	Default bool // of the user who asks
	Owner   model.Ref
	Layout  string // "table" or "board"
	Place   int64  // among the tabs
}

// defaultView is the name of the preference that keeps a user's default view,
// and of the setting that keeps that of those who chose none.
func defaultView(kind string) string { return "view.default." + kind }

// noView is the preference of a user who wants none though the base has one.
const noView = "none"

// preferredView is the id of the view that the list of a kind opens with for
// the user, as text; empty or noView: none.
func (s *Session) preferredView(ctx context.Context, kind string) (string, error) {
	id, err := s.Preference(ctx, defaultView(kind))
	if err != nil || id != "" {
		return id, err
	}
	return s.base.Setting(ctx, defaultView(kind))
}

// SetUsualView makes a shared view the one that the list of its kind opens with
// for everybody who chose no other.
func (b *Base) SetUsualView(ctx context.Context, v *View) error {
	return b.SetSetting(ctx, defaultView(v.Kind), strconv.FormatInt(v.ID, 10))
}

// Views lists the views of a kind that the user has: his own and the shared.
func (s *Session) Views(ctx context.Context, kind string) ([]View, error) {
	preferred, err := s.preferredView(ctx, kind)
	if err != nil {
		return nil, err
	}
	var out []View
	const query = `SELECT v.id, v.kind, v.name, v.condition, v.columns, v.widths, v.sort, v.group_by, v.layout, v.shared, v.owner_id, u.name, v.place
		FROM saved_view v LEFT JOIN "user" u ON u.id = v.owner_id
		WHERE v.kind = ? AND (v.shared = TRUE OR v.owner_id = ?) ORDER BY v.place, v.id`
	err = each(ctx, pool{s.base}, query, []any{kind, s.User.ID}, func(raw []any) error {
		text := func(i int) string { t, _ := raw[i].(string); return t }
		v := View{Kind: text(1), Name: text(2), Where: text(3), GroupBy: text(7), Layout: text(8)}
		v.ID, _ = raw[0].(int64)
		v.Shared = decode(model.Bool, raw[9]).(bool)
		v.Owner.ID, _ = raw[10].(int64)
		v.Owner.Name = text(11)
		v.Place, _ = raw[12].(int64)
		v.Default = preferred == strconv.FormatInt(v.ID, 10)
		for i, into := range map[int]any{4: &v.Columns, 5: &v.Widths, 6: &v.Sort} {
			if err := json.Unmarshal([]byte(text(i)), into); err != nil {
				return fmt.Errorf("view %d: %w", v.ID, err)
			}
		}
		out = append(out, v)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list views of %s: %w", kind, s.base.explain(err))
	}
	return out, nil
}

// SaveView keeps a view; a new one gets its id. Only its owner, or an
// administrator or head for a shared one, may change it.
func (s *Session) SaveView(ctx context.Context, v *View) error {
	p, err := s.plan(v.Kind)
	if err != nil {
		return err
	}
	if v.Name == "" {
		return model.Refused("name", "required")
	}
	where, err := filter.Parse(s.base.registry, v.Kind, v.Where)
	if err != nil {
		return err
	}
	v.Where = filter.Text(where) // in one form, so that a changed one is told
	for _, c := range v.Columns {
		if _, err := s.base.registry.Path(p.kind, c); err != nil {
			return err
		}
	}
	var packed [3]string
	for i, x := range []any{v.Columns, v.Widths, v.Sort} {
		text, err := json.Marshal(x)
		if err != nil {
			return fmt.Errorf("keep view %s: %w", v.Name, err)
		}
		packed[i] = string(text)
	}
	if v.Layout == "" {
		v.Layout = "table"
	}
	err = s.write(ctx, func(w *work) error {
		if v.ID == 0 {
			id, err := w.newID("saved_view")
			if err != nil {
				return err
			}
			v.ID, v.Owner = id, s.User
			if v.Place == 0 {
				v.Place = id
			}
			return w.insert("saved_view", "id, kind, name, condition, columns, widths, sort, group_by, layout, shared, owner_id, place",
				id, v.Kind, v.Name, v.Where, packed[0], packed[1], packed[2], v.GroupBy, v.Layout, v.Shared, s.User.ID, v.Place)
		}
		if err := w.ownView(v.ID); err != nil {
			return err
		}
		_, err := w.exec(`UPDATE saved_view SET name = ?, condition = ?, columns = ?, widths = ?, sort = ?, group_by = ?, layout = ?, shared = ?, place = ? WHERE id = ?`,
			v.Name, v.Where, packed[0], packed[1], packed[2], v.GroupBy, v.Layout, v.Shared, v.Place, v.ID)
		return err
	})
	if err != nil {
		return err
	}
	return s.keepDefault(ctx, v)
}

// SetDefaultView makes a view the one that the list of its kind opens with for
// the user, or not; it may be somebody else's.
func (s *Session) SetDefaultView(ctx context.Context, v *View, on bool) error {
	v.Default = on
	return s.keepDefault(ctx, v)
}

func (s *Session) keepDefault(ctx context.Context, v *View) error {
	preferred, err := s.preferredView(ctx, v.Kind)
	if err != nil {
		return err
	}
	id := strconv.FormatInt(v.ID, 10)
	if v.Default && preferred != id {
		return s.SetPreference(ctx, defaultView(v.Kind), id)
	}
	if !v.Default && preferred == id {
		return s.SetPreference(ctx, defaultView(v.Kind), noView)
	}
	return nil
}

// ownView refuses to change a view of somebody else.
func (w *work) ownView(id int64) error {
	var owner int64
	var shared bool
	found, err := w.one(`SELECT owner_id, shared FROM saved_view WHERE id = ?`, []any{id}, &owner, &shared)
	if err != nil {
		return err
	}
	if !found {
		return &NotFound{Kind: "view", Name: "#" + strconv.FormatInt(id, 10)}
	}
	chief := w.s.Role == model.RoleAdmin || w.s.Role == model.RoleHead
	if !w.s.system && owner != w.s.User.ID && !(shared && chief) {
		return &Forbidden{Kind: "view", Role: w.s.Role}
	}
	return nil
}

// DeleteView removes a view.
func (s *Session) DeleteView(ctx context.Context, id int64) error {
	return s.write(ctx, func(w *work) error {
		if err := w.ownView(id); err != nil {
			return err
		}
		_, err := w.exec(`DELETE FROM saved_view WHERE id = ?`, id)
		return err
	})
}

// Preference reads a setting of the user; it is empty when it was never set.
func (s *Session) Preference(ctx context.Context, key string) (string, error) {
	value := ""
	err := each(ctx, pool{s.base}, `SELECT value FROM preference WHERE user_id = ? AND name = ?`, []any{s.User.ID, key}, func(raw []any) error {
		value, _ = raw[0].(string)
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("read preference %s: %w", key, s.base.explain(err))
	}
	return value, nil
}

// Preferences reads the settings of the user whose names begin with a prefix.
func (s *Session) Preferences(ctx context.Context, prefix string) (map[string]string, error) {
	out := map[string]string{}
	err := each(ctx, pool{s.base}, `SELECT name, value FROM preference WHERE user_id = ? AND name >= ? AND name < ?`,
		[]any{s.User.ID, prefix, prefix + "\U0010ffff"}, func(raw []any) error {
			name, _ := raw[0].(string)
			out[name], _ = raw[1].(string)
			return nil
		})
	if err != nil {
		return nil, fmt.Errorf("read preferences %s: %w", prefix, s.base.explain(err))
	}
	return out, nil
}

// SetPreference keeps a setting of the user; an empty value removes it.
func (s *Session) SetPreference(ctx context.Context, key, value string) error {
	return s.base.Write(ctx, func(tx *Tx) error {
		if value == "" {
			_, err := tx.Exec(ctx, `DELETE FROM preference WHERE user_id = ? AND name = ?`, s.User.ID, key)
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO preference (user_id, name, value) VALUES (?, ?, ?)
			ON CONFLICT (user_id, name) DO UPDATE SET value = excluded.value`, s.User.ID, key, value)
		return err
	})
}
