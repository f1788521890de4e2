// Package modeltest answers rules from a map, so that they are tested without a base.
package modeltest

import (
	"time"

	"ugoda/model"
)

// Facts is a small world for rules.
type Facts struct {
	Records   map[string]map[int64]any // by kind and id
	Day       model.Day
	Moment    time.Time
	Who       model.Ref // user and employee alike
	As        model.Role
	Rates     map[string]model.Rate
	Questions map[string]any // answers by the name of the question
}

// Record gives a record by kind and id.
func (f *Facts) Record(kind string, id int64) any {
	if r, ok := f.Records[kind][id]; ok {
		return r
	}
	return nil
}

// Put adds a record under its id.
func (f *Facts) Put(kind string, rec model.Keeper) {
	if f.Records == nil {
		f.Records = map[string]map[int64]any{}
	}
	if f.Records[kind] == nil {
		f.Records[kind] = map[int64]any{}
	}
	f.Records[kind][rec.Base().ID] = rec
}

// Today is Day.
func (f *Facts) Today() model.Day { return f.Day }

// Now is Moment.
func (f *Facts) Now() time.Time { return f.Moment }

// User is Who.
func (f *Facts) User() model.Ref { return f.Who }

// Employee is Who.
func (f *Facts) Employee() model.Ref { return f.Who }

// Role is As.
func (f *Facts) Role() model.Role { return f.As }

// Rate looks into Rates; the hryvnia is the base.
func (f *Facts) Rate(currency string, _ model.Day) (model.Rate, bool) {
	if currency == f.BaseCurrency() {
		return model.RateOne, true
	}
	r, ok := f.Rates[currency]
	return r, ok
}

// BaseCurrency is UAH.
func (f *Facts) BaseCurrency() string { return "UAH" }

// Query looks into Questions.
func (f *Facts) Query(name string, _ int64) any { return f.Questions[name] }
