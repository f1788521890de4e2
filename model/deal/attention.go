package deal

import "ugoda/model"

// What makes an open deal stand out, the gravest last.
const (
	AttentionNone        = ""
	AttentionNoStep      = "no_step"      // no open activity
	AttentionOverdueStep = "overdue_step" // its next activity is past
	AttentionLate        = "late"         // longer in its stage than expected (amber)
	AttentionStuck       = "stuck"        // longer than 1.5 times as expected (red)
)

// Attention says what stands out in an open deal: being too long in its
// stage, unless a future activity is planned, then an overdue next step, then
// none at all. next is the day of its earliest open activity, 0 for none.
func Attention(state string, since, next, today model.Day, expectedDays int64) string {
	if state != Open {
		return AttentionNone
	}
	days := int64(today - since)
	planned := next >= today
	if expectedDays > 0 && !planned {
		switch {
		case 2*days > 3*expectedDays:
			return AttentionStuck
		case days > expectedDays:
			return AttentionLate
		}
	}
	switch {
	case next == 0:
		return AttentionNoStep
	case next < today:
		return AttentionOverdueStep
	}
	return AttentionNone
}
