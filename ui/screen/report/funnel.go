package report

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"

	"ugoda/reports"
	"ugoda/reports/chart"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/screen"
)

// NewFunnel makes the screen of the sales funnel.
func NewFunnel(h screen.Host, a screen.Address) (screen.Screen, error) {
	return newView(h, a, FunnelScreen, askFunnel, func(v *view) []fyne.CanvasObject {
		t := h.Words().T
		today := h.Session().Today()
		modes := []input.Option{}
		for _, m := range []reports.Mode{reports.Now, reports.Flow, reports.Cohort} {
			modes = append(modes, input.Option{Key: string(m), Text: t("report.funnel.mode." + string(m))})
		}
		mode := v.args[argMode]
		if mode == "" {
			mode = string(reports.Now)
		}
		controls := []fyne.CanvasObject{v.choiceControl(argMode, mode, modes, 150)}
		if mode == string(reports.Now) {
			controls = append(controls, v.dayControl(argAsOf, today))
		} else {
			controls = append(controls, label(h, "report.from"), v.dayControl(argFrom, today-364), label(h, "report.to"), v.dayControl(argTo, today))
		}
		controls = append(controls, v.choiceControl(argProcess, "", []input.Option{{Key: "", Text: t("report.funnel.all")}}, 170), v.whereControl("deal"))
		v.readProcesses()
		return controls
	})
}

// readProcesses fills the choice of processes.
func (v *view) readProcesses() {
	s := v.h.Session()
	screen.Read(v.ctx, v.h, func(ctx context.Context) ([]store.Row, error) {
		return s.Page(ctx, store.Query{Kind: "process", Columns: []string{"name"}, Sort: []store.Order{{Path: "id"}}})
	}, func(rows []store.Row) {
		options := []input.Option{{Key: "", Text: v.h.Words().T("report.funnel.all")}}
		for _, r := range rows {
			name, _ := r.Cells[0].(string)
			options = append(options, input.Option{Key: strconv.FormatInt(r.ID, 10), Text: name})
		}
		v.process.SetOptions(options)
		v.process.Set(v.args[argProcess])
	})
}

func askFunnel(ctx context.Context, s *store.Session, h screen.Host, args map[string]string) (*answer, error) {
	set := reports.FunnelSettings{Mode: reports.Mode(args[argMode]), AsOf: day(args, argAsOf), From: day(args, argFrom), To: day(args, argTo)}
	var err error
	if set.Where, err = where(s, "deal", args); err != nil {
		return nil, err
	}
	if id, err := strconv.ParseInt(args[argProcess], 10, 64); err == nil && id > 0 {
		set.Processes = []int64{id}
	}
	f, err := reports.NewFunnel(ctx, s, set)
	if err != nil {
		return nil, err
	}
	p := h.Words()
	return &answer{
		table: f.Table(p),
		draw: func(w, ht int, scale float64, c chart.Palette) (*chart.Picture, error) {
			return chart.Funnel(f, p, chart.PNG, w, ht, scale, c)
		},
		deals: func(ctx context.Context, row int, column string) ([]int64, string, error) {
			part := reports.All
			switch column {
			case "late":
				part = reports.Late
			case "lost":
				part = reports.Lost
			}
			ids, err := f.Deals(ctx, s, part, row)
			return ids, f.Rows[row].Name, err
		},
	}, nil
}
