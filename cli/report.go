package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"ugoda/mail"
	"ugoda/mail/message"
	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/span"
	"ugoda/printing/sheet"
	"ugoda/reports"
	"ugoda/reports/chart"
	"ugoda/service/post"
	"ugoda/store"
)

// Size of a chart as PNG or SVG, in pixels.
const chartWidth, chartHeight = 1200, 700

// reportNames is what the command answers to.
var reportNames = strings.Join(reports.Names(), "|")

// reporting is what a report is asked with: the words of the command line by
// the names of settings, and what is not a setting.
type reporting struct {
	said   map[string]*string
	rows   []string
	named  string
	save   string
	shared bool
	mail   string
}

func (a *app) report() *cobra.Command {
	var o output
	r := reporting{said: map[string]*string{}}
	c := &cobra.Command{Use: "report " + reportNames, Short: a.p.T("cli.report"), Args: words(1, 1), RunE: func(c *cobra.Command, args []string) error {
		if !slices.Contains(reports.Names(), args[0]) {
			return usageError{fmt.Errorf("report %s", reportNames)}
		}
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
	for _, x := range []struct{ flag, setting, usage string }{
		{"from", reports.SetFrom, a.p.T("report.from")},
		{"to", reports.SetTo, a.p.T("report.to")},
		{"period", reports.SetPeriod, periods()},
		{"as-of", reports.SetAsOf, a.p.T("report.as_of")},
		{"by", reports.SetBy, strings.Join(dimensions(), "|")},
		{"where", reports.SetWhere, a.p.T("cli.flag.where")},
		{"compare", reports.SetCompare, span.Previous + "|" + span.LastYear + "|FROM..TO"},
		{"mode", reports.SetMode, "now|flow|cohort"},
		{"process", reports.SetProcess, a.p.T("report.by.process")},
	} {
		r.said[x.setting] = f.String(x.flag, "", x.usage)
	}
	f.StringArrayVar(&r.rows, "row", nil, a.p.T("cli.flag.row"))
	f.StringVar(&r.named, "settings", "", a.p.T("cli.flag.settings"))
	f.StringVar(&r.save, "save", "", a.p.T("cli.flag.save_settings"))
	f.BoolVar(&r.shared, "shared", false, a.p.T("cli.flag.shared"))
	f.StringVar(&r.mail, "mail", "", a.p.T("cli.flag.mail_report"))
	o.flags(c, a, "table|csv|json|xlsx|html|pdf|png|svg")
	return c
}

// periods lists the presets of a period.
func periods() string {
	var out []string
	for _, p := range span.Presets() {
		out = append(out, strings.ReplaceAll(span.Key(p), " ", "-"))
	}
	return strings.Join(out, "|")
}

// dimensions lists what any report is grouped by.
func dimensions() []string {
	out := reports.Dimensions()
	for _, more := range [][]string{reports.LossDimensions(), reports.InquiryDimensions(), reports.ProposalDimensions()} {
		for _, d := range more {
			if !slices.Contains(out, d) {
				out = append(out, d)
			}
		}
	}
	return out
}

// settings puts together what was saved under a name and what was said.
func (a *app) settings(ctx context.Context, s *store.Session, name string, r *reporting) (reports.Settings, error) {
	set := reports.Settings{}
	if r.named != "" {
		kept, err := s.ReportSettingsNamed(ctx, name, r.named)
		if err != nil {
			return nil, err
		}
		set = reports.Of(kept.Settings)
	}
	for key, said := range r.said {
		if *said != "" {
			set[key] = *said
		}
	}
	if *r.said[reports.SetFrom] != "" || *r.said[reports.SetTo] != "" {
		if *r.said[reports.SetPeriod] == "" { // days that were said go before a period that was kept
			delete(set, reports.SetPeriod)
		}
	}
	if set[reports.SetMode] == "" && name == reports.FunnelReport && (set[reports.SetFrom] != "" || set[reports.SetTo] != "" || set[reports.SetPeriod] != "") {
		set[reports.SetMode] = string(reports.Flow)
	}
	for _, key := range []string{reports.SetFrom, reports.SetTo, reports.SetAsOf} {
		if _, err := day("--"+strings.ReplaceAll(key, "_", "-"), set[key]); err != nil {
			return nil, err
		}
	}
	if with := *r.said[reports.SetCompare]; with != "" && with != span.Previous && with != span.LastYear {
		if _, err := span.Parse(with); err != nil {
			return nil, usageError{fmt.Errorf("--compare %s|%s|FROM..TO: %s", span.Previous, span.LastYear, with)}
		}
	}
	if *r.said[reports.SetProcess] != "" {
		var ids []string
		for _, p := range split(*r.said[reports.SetProcess]) {
			id, err := s.Find(ctx, "process", p)
			if err != nil {
				return nil, err
			}
			ids = append(ids, strconv.FormatInt(id, 10))
		}
		set[reports.SetProcess] = strings.Join(ids, ",")
	}
	if len(r.rows) > 0 {
		var rows []reports.FunnelRowSettings
		for _, text := range r.rows {
			row, err := a.commonRow(ctx, s, text)
			if err != nil {
				return nil, err
			}
			rows = append(rows, row)
		}
		set[reports.SetRows] = reports.RowsText(rows)
	}
	return set, nil
}

// commonRow reads NAME=STAGE,PROCESS/STAGE,…: a stage without a process is all
// stages of that name.
func (a *app) commonRow(ctx context.Context, s *store.Session, text string) (reports.FunnelRowSettings, error) {
	name, list, ok := strings.Cut(text, "=")
	row := reports.FunnelRowSettings{Name: strings.TrimSpace(name)}
	if !ok || row.Name == "" {
		return row, usageError{fmt.Errorf("--row NAME=STAGE,PROCESS/STAGE: %s", text)}
	}
	for _, part := range split(list) {
		process, stage, within := strings.Cut(part, "/")
		where := filter.And{filter.Cond{Path: "name", Op: filter.Eq, Values: []filter.Value{filter.String(strings.TrimSpace(stage))}}}
		if within {
			where = append(where, filter.Cond{Path: "process", Op: filter.Eq, Values: []filter.Value{filter.String(strings.TrimSpace(process))}})
		} else {
			where[0] = filter.Cond{Path: "name", Op: filter.Eq, Values: []filter.Value{filter.String(strings.TrimSpace(part))}}
		}
		ids, err := s.IDs(ctx, store.Query{Kind: "stage", Where: where})
		if err != nil {
			return row, err
		}
		if len(ids) == 0 {
			return row, &store.NotFound{Kind: "stage", Name: part}
		}
		row.Stages = append(row.Stages, ids...)
	}
	return row, nil
}

func (a *app) reportTo(ctx context.Context, s *store.Session, name string, r *reporting, o *output) error {
	set, err := a.settings(ctx, s, name, r)
	if err != nil {
		return err
	}
	answer, err := reports.Ask(ctx, s, name, set)
	if err != nil {
		return err
	}
	if r.save != "" {
		if err := a.keepSettings(ctx, s, name, r, set); err != nil {
			return err
		}
	}
	if r.mail != "" {
		return a.mailReport(ctx, s, answer, r.mail, o)
	}
	switch o.format {
	case "png", "svg":
		picture, err := chart.Draw(answer, a.p, chart.Format(o.format), chartWidth, chartHeight, 1, chart.Light)
		if err != nil {
			return err
		}
		return o.write(a.Stdout, func(w io.Writer) error {
			_, err := w.Write(picture.Data)
			return err
		})
	}
	return a.drawn(ctx, o, answer.Table(a.p), a.drawer(answer))
}

// drawer draws the picture of a report.
func (a *app) drawer(answer reports.Report) sheet.Drawer {
	return func(format chart.Format, w, h int, scale float64) (*chart.Picture, error) {
		return chart.Draw(answer, a.p, format, w, h, scale, chart.Light)
	}
}

// mailReport sends a report: as PDF, unless another format was asked.
func (a *app) mailReport(ctx context.Context, s *store.Session, answer reports.Report, to string, o *output) error {
	list, err := mail.ParseList(to)
	if err != nil {
		return err
	}
	format := o.format
	if format == "table" {
		format = "pdf"
	}
	t := answer.Table(a.p)
	var b bytes.Buffer
	if format == "png" || format == "svg" {
		picture, err := chart.Draw(answer, a.p, chart.Format(format), chartWidth, chartHeight, 1, chart.Light)
		if err != nil {
			return err
		}
		b.Write(picture.Data)
	} else if err := sheet.Write(ctx, &b, format, t, sheet.Options{Formatter: a.p, Draw: a.drawer(answer)}); err != nil {
		return err
	}
	office, err := a.office(ctx, s)
	if err != nil {
		return err
	}
	title := t.Title + " " + a.p.Day(s.Today())
	l, err := office.PutNote(ctx, s, post.Note{To: list, Subject: title, Files: []message.Attachment{{Name: title + "." + format, Data: b.Bytes()}}})
	if err != nil {
		return err
	}
	if l, err = office.Worker(s.User.ID).Send(ctx, l.ID); err != nil {
		return err
	}
	fmt.Fprintln(a.Stdout, a.p.T("cli.mail.put", "id", l.ID, "to", l.To, "state", a.p.Choice("letter", "state", l.State)))
	return nil
}

// keepSettings saves the settings under a name; one's own of that name are
// changed.
func (a *app) keepSettings(ctx context.Context, s *store.Session, name string, r *reporting, set reports.Settings) error {
	kept := store.ReportSettings{Report: name, Name: r.save, Settings: set, Shared: r.shared}
	list, err := s.ReportSettings(ctx, name)
	if err != nil {
		return err
	}
	for _, x := range list {
		if x.Owner.ID == s.User.ID && strings.EqualFold(x.Name, r.save) {
			kept.ID = x.ID
		}
	}
	return s.SaveReportSettings(ctx, &kept)
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
