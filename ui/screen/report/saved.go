package report

import (
	"context"
	"maps"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ugoda/reports"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/screen"
)

// current is the saved settings in use, nil when there are none.
func (v *view) current() *store.ReportSettings {
	for i := range v.kept {
		if v.kept[i].ID == v.using {
			return &v.kept[i]
		}
	}
	return nil
}

// altered reports that the settings in use have been changed since.
func (v *view) altered() bool {
	k := v.current()
	return k != nil && !maps.Equal(reports.Of(k.Settings), reports.Of(v.set))
}

// keptButton drops the saved settings and what can be done with them.
func (v *view) keptButton() fyne.CanvasObject {
	label := v.words.T("report.settings")
	if k := v.current(); k != nil {
		label = k.Name
		if v.altered() {
			label += " *"
		}
	}
	return input.NewMenuButton(label, v.keptMenu).Framed()
}

// showKept lays the bar out anew where the name of the settings changed.
func (v *view) showKept() {
	if v.current() != nil {
		v.showBar()
	}
}

func (v *view) keptMenu() []*fyne.MenuItem {
	t := v.words.T
	var items []*fyne.MenuItem
	none := fyne.NewMenuItem(t("report.settings_none"), func() { v.use(store.ReportSettings{}) })
	none.Checked = v.using == 0
	items = append(items, none)
	for _, k := range v.kept {
		label := k.Name
		if k.Shared {
			label += " · " + t("report.settings_shared")
		}
		item := fyne.NewMenuItem(label, func() { v.use(k) })
		item.Checked = k.ID == v.using
		items = append(items, item)
	}
	items = append(items, fyne.NewMenuItemSeparator())
	k := v.current()
	if k != nil {
		own := k.Owner.ID == v.host.Session().User.ID || k.Owner.ID == 0
		save := fyne.NewMenuItem(t("report.settings_save"), func() {
			changed := *k
			changed.Settings = reports.Of(v.set)
			v.save(changed)
		})
		save.Disabled = !v.altered()
		rename := fyne.NewMenuItem(t("report.settings_rename"), func() { v.askName(t("report.settings_rename"), *k) })
		remove := fyne.NewMenuItem(t("report.settings_delete"), func() { v.remove(*k) })
		rename.Disabled, remove.Disabled = !own, !own
		items = append(items, save, rename, remove)
	}
	return append(items, fyne.NewMenuItem(t("report.settings_save_as"), func() {
		v.askName(t("report.settings_save_as"), store.ReportSettings{Report: v.name, Settings: reports.Of(v.set)})
	}))
}

// use takes saved settings; none: those of a report that was never set.
func (v *view) use(k store.ReportSettings) {
	v.using, v.set = k.ID, reports.Of(k.Settings)
	v.own = v.set[reports.SetPeriod] == "" && (v.set[reports.SetFrom] != "" || v.set[reports.SetTo] != "")
	v.change(true)
}

// askName asks a name, and who sees the settings.
func (v *view) askName(title string, k store.ReportSettings) {
	t := v.words.T
	name := input.NewEntry()
	name.SetText(k.Name)
	name.SetPlaceHolder(t("report.settings_name"))
	shared := input.NewCheck(t("report.settings_for_all"), nil)
	shared.Set(k.Shared)
	d := &screen.Dialog{Title: title, Content: container.NewVBox(name, shared), Size: fyne.NewSize(420, 0), Focus: name}
	d.Buttons = []screen.Button{{Label: t("button.cancel")}, {Label: t("button.save"), Primary: true, Stays: true, Do: func() {
		if name.Text == "" {
			v.host.Canvas().Focus(name)
			return
		}
		d.Close()
		k.Name, k.Shared = name.Text, shared.Value()
		v.save(k)
	}}}
	v.host.Dialog(d)
}

func (v *view) save(k store.ReportSettings) {
	s, name := v.host.Session(), v.name
	screen.Read(v.ctx, v.host, func(ctx context.Context) ([]store.ReportSettings, error) {
		if err := s.SaveReportSettings(ctx, &k); err != nil {
			return nil, err
		}
		return s.ReportSettings(ctx, name)
	}, func(list []store.ReportSettings) {
		v.kept, v.using = list, k.ID
		v.change(true)
		v.host.Say(v.words.T("report.settings_saved", "name", k.Name))
	})
}

func (v *view) remove(k store.ReportSettings) {
	t := v.words.T
	v.host.Confirm(t("report.settings_delete"), k.Name, t("report.settings_delete"), func() {
		s, name := v.host.Session(), v.name
		screen.Read(v.ctx, v.host, func(ctx context.Context) ([]store.ReportSettings, error) {
			if err := s.DeleteReportSettings(ctx, k.ID); err != nil {
				return nil, err
			}
			return s.ReportSettings(ctx, name)
		}, func(list []store.ReportSettings) {
			v.kept, v.using = list, 0
			v.change(true)
		})
	})
}
