package reports

import (
	"encoding/json"
	"strconv"
	"strings"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/span"
	"ugoda/store"
)

// Settings are what a report is asked with, as text by the names below: the
// address of a tab, what is saved under a name, and what the command line says
// all become the same question here.
type Settings map[string]string

// Names of settings.
const (
	SetMode    = "mode"
	SetAsOf    = "as_of"   // a day; empty: today
	SetPeriod  = "period"  // a preset of package span; it goes before from and to
	SetFrom    = "from"    // a day
	SetTo      = "to"      // a day
	SetProcess = "process" // ids with commas
	SetRows    = "rows"    // common rows as JSON
	SetWhere   = "where"   // text form of a filter
	SetBy      = "by"      // dimensions with commas
	SetCompare = "compare" // previous, last-year or FROM..TO
)

// SettingNames lists them.
func SettingNames() []string {
	return []string{SetMode, SetAsOf, SetPeriod, SetFrom, SetTo, SetProcess, SetRows, SetWhere, SetBy, SetCompare}
}

// Of keeps only settings, without empty ones.
func Of(values map[string]string) Settings {
	out := Settings{}
	for _, name := range SettingNames() {
		if v := values[name]; v != "" {
			out[name] = v
		}
	}
	return out
}

func (x Settings) day(name string) (model.Day, error) {
	if x[name] == "" {
		return 0, nil
	}
	d, err := model.ParseDay(x[name])
	if err != nil {
		return 0, model.Refused(name, "not_a_span", "value", x[name])
	}
	return d, nil
}

// days are the period, zero days where none is set.
func (x Settings) days(today model.Day) (span.Span, error) {
	if x[SetPeriod] != "" {
		return span.OfPreset(x[SetPeriod], today)
	}
	from, err := x.day(SetFrom)
	if err != nil {
		return span.Span{}, err
	}
	to, err := x.day(SetTo)
	return span.Span{From: from, To: to}, err
}

func (x Settings) where(s *store.Session, kind string) (filter.Node, error) {
	if strings.TrimSpace(x[SetWhere]) == "" {
		return nil, nil
	}
	return filter.Parse(s.Registry(), kind, x[SetWhere])
}

func (x Settings) by() []string {
	if x[SetBy] == "" {
		return nil
	}
	return strings.Split(x[SetBy], ",")
}

// Processes are the chosen processes; none: all.
func (x Settings) Processes() ([]int64, error) {
	var out []int64
	for part := range strings.SplitSeq(x[SetProcess], ",") {
		if part == "" {
			continue
		}
		id, err := strconv.ParseInt(part, 10, 64)
		if err != nil || id <= 0 {
			return nil, model.Refused(SetProcess, "not_a_choice", "value", part)
		}
		out = append(out, id)
	}
	return out, nil
}

// Rows are the common rows.
func (x Settings) Rows() ([]FunnelRowSettings, error) {
	if x[SetRows] == "" {
		return nil, nil
	}
	var out []FunnelRowSettings
	if err := json.Unmarshal([]byte(x[SetRows]), &out); err != nil {
		return nil, model.Refused(SetRows, "not_a_choice", "value", x[SetRows])
	}
	return out, nil
}

// RowsText is the text by which common rows are kept.
func RowsText(rows []FunnelRowSettings) string {
	if len(rows) == 0 {
		return ""
	}
	text, err := json.Marshal(rows)
	if err != nil { // names and numbers always marshal
		panic(err)
	}
	return string(text)
}

// Funnel are the settings of a funnel.
func (x Settings) Funnel(s *store.Session) (FunnelSettings, error) {
	set := FunnelSettings{Mode: Mode(x[SetMode]), Preset: x[SetPeriod], By: x[SetBy], Compare: x[SetCompare]}
	var err error
	if set.AsOf, err = x.day(SetAsOf); err != nil {
		return set, err
	}
	days, err := x.days(s.Today())
	if err != nil {
		return set, err
	}
	set.From, set.To = days.From, days.To
	if set.Processes, err = x.Processes(); err != nil {
		return set, err
	}
	if set.Rows, err = x.Rows(); err != nil {
		return set, err
	}
	set.Where, err = x.where(s, "deal")
	return set, err
}

// Losses are the settings of losses.
func (x Settings) Losses(s *store.Session) (LossSettings, error) {
	set := LossSettings{Preset: x[SetPeriod], By: x.by(), Compare: x[SetCompare]}
	days, err := x.days(s.Today())
	if err != nil {
		return set, err
	}
	set.From, set.To = days.From, days.To
	set.Where, err = x.where(s, "deal")
	return set, err
}

// Inquiries are the settings of inquiries.
func (x Settings) Inquiries(s *store.Session) (InquirySettings, error) {
	set := InquirySettings{Preset: x[SetPeriod], By: x[SetBy], Compare: x[SetCompare]}
	days, err := x.days(s.Today())
	if err != nil {
		return set, err
	}
	set.From, set.To = days.From, days.To
	set.Where, err = x.where(s, "inquiry")
	return set, err
}

// Proposals are the settings of proposals.
func (x Settings) Proposals(s *store.Session) (ProposalSettings, error) {
	set := ProposalSettings{Preset: x[SetPeriod], By: x.by(), Compare: x[SetCompare]}
	days, err := x.days(s.Today())
	if err != nil {
		return set, err
	}
	set.From, set.To = days.From, days.To
	set.Where, err = x.where(s, "proposal")
	return set, err
}
