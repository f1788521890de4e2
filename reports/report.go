package reports

import (
	"context"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/table"
	"ugoda/store"
)

// Report is an answered report: package chart draws it.
type Report interface {
	// Table is the report as a table.
	Table(p *locale.Printer) *table.Table
}

// Names of the reports that Ask knows.
const (
	FunnelReport    = "funnel"
	LossesReport    = "losses"
	InquiriesReport = "inquiries"
	ProposalsReport = "proposals"
	StartReport     = "start"
)

// Names lists the reports.
func Names() []string { return []string{FunnelReport, LossesReport, InquiriesReport, ProposalsReport} }

// SetScope is the setting of Start: whose work it shows, as Scope says.
const SetScope = "scope"

// Ask asks a report by its name. The funnel of a day tells the conversions of
// the year before.
func Ask(ctx context.Context, s *store.Session, name string, settings Settings) (Report, error) {
	switch name {
	case FunnelReport:
		set, err := settings.Funnel(s)
		if err != nil {
			return nil, err
		}
		set.Rates = true
		return NewFunnel(ctx, s, set)
	case LossesReport:
		set, err := settings.Losses(s)
		if err != nil {
			return nil, err
		}
		return NewLosses(ctx, s, set)
	case InquiriesReport:
		set, err := settings.Inquiries(s)
		if err != nil {
			return nil, err
		}
		return NewInquiries(ctx, s, set)
	case ProposalsReport:
		set, err := settings.Proposals(s)
		if err != nil {
			return nil, err
		}
		return NewProposals(ctx, s, set)
	}
	if name == StartReport {
		scope := Scope(settings[SetScope])
		if scope == "" {
			scope = ScopeFirm
		}
		return NewStart(ctx, s, scope, s.Today()-1)
	}
	return nil, model.Refused("report", "not_a_choice", "value", name)
}

// KindOf is the kind of records that the condition of a report is about.
func KindOf(name string) string {
	switch name {
	case InquiriesReport:
		return "inquiry"
	case ProposalsReport:
		return "proposal"
	}
	return "deal"
}
