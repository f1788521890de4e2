package cli

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/table"
	"ugoda/reports"
	"ugoda/reports/chart"
	"ugoda/store"
)

// Size of a chart as PNG or SVG, in pixels.
const chartWidth, chartHeight = 1200, 700

// reporting is what a report is asked with.
type reporting struct {
	from, to, asOf, by, where, mode, processes string
}

func (a *app) report() *cobra.Command {
	var o output
	var r reporting
	c := &cobra.Command{Use: "report funnel|losses|inquiries", Short: a.p.T("cli.report"), Args: words(1, 1), RunE: func(c *cobra.Command, args []string) error {
		if err := o.choose("table", "csv", "json", "xlsx", "html", "pdf", "png", "svg"); err != nil {
			return err
		}
		s, err := a.session(c.Context())
		if err != nil {
			return err
		}
		return a.reportTo(c.Context(), s, args[0], &r, &o)
	}}
	f := c.Flags()
	f.StringVar(&r.from, "from", "", a.p.T("report.from"))
	f.StringVar(&r.to, "to", "", a.p.T("report.to"))
	f.StringVar(&r.asOf, "as-of", "", a.p.T("report.as_of"))
	f.StringVar(&r.by, "by", "", strings.Join(reports.LossDimensions(), "|"))
	f.StringVar(&r.where, "where", "", a.p.T("cli.flag.where"))
	f.StringVar(&r.mode, "mode", "", "now|flow|cohort")
	f.StringVar(&r.processes, "process", "", a.p.T("report.by.process"))
	o.flags(c, a, "table|csv|json|xlsx|html|pdf|png|svg")
	return c
}

func (a *app) reportTo(ctx context.Context, s *store.Session, name string, r *reporting, o *output) error {
	from, err := day("--from", r.from)
	if err != nil {
		return err
	}
	to, err := day("--to", r.to)
	if err != nil {
		return err
	}
	asOf, err := day("--as-of", r.asOf)
	if err != nil {
		return err
	}
	kind := "deal"
	if name == "inquiries" {
		kind = "inquiry"
	}
	var where filter.Node
	if r.where != "" {
		if where, err = filter.Parse(s.Registry(), kind, r.where); err != nil {
			return err
		}
	}
	var t *table.Table
	var draw func(format chart.Format) (*chart.Picture, error)
	switch name {
	case "funnel":
		set := reports.FunnelSettings{Mode: reports.Mode(r.mode), AsOf: asOf, From: from, To: to, Where: where}
		if set.Mode == "" && (from != 0 || to != 0) {
			set.Mode = reports.Flow
		}
		for _, p := range split(r.processes) {
			id, err := s.Find(ctx, "process", p)
			if err != nil {
				return err
			}
			set.Processes = append(set.Processes, id)
		}
		f, err := reports.NewFunnel(ctx, s, set)
		if err != nil {
			return err
		}
		t = f.Table(a.p)
		draw = func(format chart.Format) (*chart.Picture, error) {
			return chart.Funnel(f, a.p, format, chartWidth, chartHeight, 1, chart.Light)
		}
	case "losses":
		l, err := reports.NewLosses(ctx, s, from, to, split(r.by), where)
		if err != nil {
			return err
		}
		t = l.Table(a.p)
		draw = func(format chart.Format) (*chart.Picture, error) {
			return chart.Losses(l, a.p, format, chartWidth, chartHeight, 1, chart.Light)
		}
	case "inquiries":
		q, err := reports.NewInquiries(ctx, s, from, to, where)
		if err != nil {
			return err
		}
		t = q.Table(a.p)
		draw = func(format chart.Format) (*chart.Picture, error) {
			return chart.Inquiries(q, a.p, format, chartWidth, chartHeight, 1, chart.Light)
		}
	default:
		return usageError{fmt.Errorf("report funnel|losses|inquiries")}
	}
	if o.format == "png" || o.format == "svg" {
		picture, err := draw(chart.Format(o.format))
		if err != nil {
			return err
		}
		return o.write(a.Stdout, func(w io.Writer) error {
			_, err := w.Write(picture.Data)
			return err
		})
	}
	return a.table(ctx, o, t)
}

func split(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ",")
}

func day(flag, s string) (model.Day, error) {
	if s == "" {
		return 0, nil
	}
	d, err := model.ParseDay(s)
	if err != nil {
		return 0, usageError{fmt.Errorf("%s: %w", flag, err)}
	}
	return d, nil
}
