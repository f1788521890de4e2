package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"ugoda/model"
)

// ReportSettings are settings of a report kept under a name.
type ReportSettings struct {
	ID       int64
	Report   string // its name: "funnel"
	Name     string
	Settings map[string]string
	Shared   bool
	Owner    model.Ref
}

// ReportSettings lists the settings of a report that the user has: his own and
// the shared, in the order in which they were saved.
func (s *Session) ReportSettings(ctx context.Context, report string) ([]ReportSettings, error) {
	var out []ReportSettings
	const query = `SELECT r.id, r.report, r.name, r.settings, r.shared, r.owner_id, u.name FROM report_settings r LEFT JOIN "user" u ON u.id = r.owner_id
		WHERE r.report = ? AND (r.shared = TRUE OR r.owner_id = ?) ORDER BY r.id`
	err := each(ctx, pool{s.base}, query, []any{report, s.User.ID}, func(raw []any) error {
		text := func(i int) string { t, _ := raw[i].(string); return t }
		x := ReportSettings{Report: text(1), Name: text(2), Settings: map[string]string{}}
		x.ID, _ = raw[0].(int64)
		x.Shared = decode(model.Bool, raw[4]).(bool)
		x.Owner.ID, _ = raw[5].(int64)
		x.Owner.Name = text(6)
		if err := json.Unmarshal([]byte(text(3)), &x.Settings); err != nil {
			return fmt.Errorf("settings %d: %w", x.ID, err)
		}
		out = append(out, x)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list settings of %s: %w", report, s.base.explain(err))
	}
	return out, nil
}

// ReportSettingsNamed finds settings by their name, in any case; one's own go
// before the shared.
func (s *Session) ReportSettingsNamed(ctx context.Context, report, name string) (ReportSettings, error) {
	list, err := s.ReportSettings(ctx, report)
	if err != nil {
		return ReportSettings{}, err
	}
	var found *ReportSettings
	for i := range list {
		if strings.EqualFold(list[i].Name, name) && (found == nil || list[i].Owner.ID == s.User.ID && found.Owner.ID != s.User.ID) {
			found = &list[i]
		}
	}
	if found == nil {
		return ReportSettings{}, model.Refused("settings", "no_such_settings", "name", name)
	}
	return *found, nil
}

// SaveReportSettings keeps settings; new ones get their id. Only their owner,
// or an administrator or head for shared ones, may change them.
func (s *Session) SaveReportSettings(ctx context.Context, x *ReportSettings) error {
	if x.Name = strings.TrimSpace(x.Name); x.Name == "" {
		return model.Refused("name", "required")
	}
	text, err := json.Marshal(x.Settings)
	if err != nil {
		return fmt.Errorf("keep settings %s: %w", x.Name, err)
	}
	return s.write(ctx, func(w *work) error {
		if x.ID == 0 {
			id, err := w.newID("report_settings")
			if err != nil {
				return err
			}
			x.ID, x.Owner = id, s.User
			return w.insert("report_settings", "id, report, name, settings, shared, owner_id", id, x.Report, x.Name, string(text), x.Shared, s.User.ID)
		}
		if err := w.ownReportSettings(x.ID); err != nil {
			return err
		}
		_, err := w.exec(`UPDATE report_settings SET name = ?, settings = ?, shared = ? WHERE id = ?`, x.Name, string(text), x.Shared, x.ID)
		return err
	})
}

// ownReportSettings refuses to change settings of somebody else.
func (w *work) ownReportSettings(id int64) error {
	var owner int64
	var shared bool
	found, err := w.one(`SELECT owner_id, shared FROM report_settings WHERE id = ?`, []any{id}, &owner, &shared)
	if err != nil {
		return err
	}
	if !found {
		return model.Refused("settings", "no_such_settings", "name", "#"+strconv.FormatInt(id, 10))
	}
	chief := w.s.Role == model.RoleAdmin || w.s.Role == model.RoleHead
	if !w.s.system && owner != w.s.User.ID && !(shared && chief) {
		return model.Refused("settings", "settings_of_others")
	}
	return nil
}

// DeleteReportSettings removes settings.
func (s *Session) DeleteReportSettings(ctx context.Context, id int64) error {
	return s.write(ctx, func(w *work) error {
		if err := w.ownReportSettings(id); err != nil {
			return err
		}
		_, err := w.exec(`DELETE FROM report_settings WHERE id = ?`, id)
		return err
	})
}
