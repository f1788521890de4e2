package report

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"ugoda/model"
	"ugoda/reports"
	"ugoda/reports/chart"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/screen"
)

// NewLosses makes the screen of the reasons of losses.
func NewLosses(h screen.Host, a screen.Address) (screen.Screen, error) {
	return newView(h, a, LossesScreen, askLosses, func(v *view) []fyne.CanvasObject {
		today := h.Session().Today()
		var by []input.Option
		for _, d := range reports.LossDimensions() {
			by = append(by, input.Option{Key: d, Text: h.Words().T("report.by." + d)})
		}
		for _, d := range []string{"stage", "manager", "product"} {
			by = append(by, input.Option{Key: "reason," + d, Text: h.Words().T("report.by.reason") + " · " + h.Words().T("report.by."+d)})
		}
		return []fyne.CanvasObject{
			label(h, "report.from"), v.dayControl(argFrom, today-364), label(h, "report.to"), v.dayControl(argTo, today),
			v.choiceControl(argBy, "reason", by, 190), v.whereControl("deal"),
		}
	})
}

func askLosses(ctx context.Context, s *store.Session, h screen.Host, args map[string]string) (*answer, error) {
	n, err := where(s, "deal", args)
	if err != nil {
		return nil, err
	}
	var by []string
	if args[argBy] != "" {
		by = strings.Split(args[argBy], ",")
	}
	l, err := reports.NewLosses(ctx, s, day(args, argFrom), day(args, argTo), by, n)
	if err != nil {
		return nil, err
	}
	p := h.Words()
	return &answer{
		table: l.Table(p),
		draw: func(w, ht int, scale float64, c chart.Palette) (*chart.Picture, error) {
			return chart.Losses(l, p, chart.PNG, w, ht, scale, c)
		},
		deals: func(ctx context.Context, row int, _ string) ([]int64, string, error) {
			ids, err := l.Deals(ctx, s, row)
			var names []string
			for _, k := range l.Rows[row].Keys {
				if k.ID == 0 {
					k.Name = p.T("report.none")
				}
				names = append(names, k.Name)
			}
			return ids, strings.Join(names, " · "), err
		},
	}, nil
}

// NewInquiries makes the screen of inquiries by week.
func NewInquiries(h screen.Host, a screen.Address) (screen.Screen, error) {
	return newView(h, a, InquiriesScreen, askInquiries, func(v *view) []fyne.CanvasObject {
		today := h.Session().Today()
		return []fyne.CanvasObject{
			label(h, "report.from"), v.dayControl(argFrom, today.Monday()-model.Day(7*11)), label(h, "report.to"), v.dayControl(argTo, today), v.whereControl("inquiry"),
		}
	})
}

func askInquiries(ctx context.Context, s *store.Session, h screen.Host, args map[string]string) (*answer, error) {
	n, err := where(s, "inquiry", args)
	if err != nil {
		return nil, err
	}
	q, err := reports.NewInquiries(ctx, s, day(args, argFrom), day(args, argTo), n)
	if err != nil {
		return nil, err
	}
	p := h.Words()
	return &answer{table: q.Table(p), draw: func(w, ht int, scale float64, c chart.Palette) (*chart.Picture, error) {
		return chart.Inquiries(q, p, chart.PNG, w, ht, scale, c)
	}}, nil
}
