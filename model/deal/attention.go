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

// Overstays says how long a stay in a stage is against its expected days:
// AttentionLate beyond them, AttentionStuck beyond one and a half times as many,
// else nothing. 0 expected days are never too long.
func Overstays(days, expected int64) string {
	switch {
	case expected <= 0 || days <= expected:
		return AttentionNone
	case 2*days > 3*expected:
		return AttentionStuck
	}
	return AttentionLate
}

// Attention says what stands out in an open deal: being too long in its
// stage, unless a future activity is planned, then an overdue next step, then
// none at all. next is the day of its earliest open activity, 0 for none.
func Attention(state string, since, next, today model.Day, expectedDays int64) string {
	if state != Open || next >= today {
		return AttentionNone
	}
	if long := Overstays(int64(today-since), expectedDays); long != AttentionNone {
		return long
	}
	if next == 0 {
		return AttentionNoStep
	}
	return AttentionOverdueStep
}

// Missing lists the fields that an open deal still lacks for its forecast to
// mean anything: whose it is, how much, until when.
func Missing(d *Deal) []string {
	if d.State != Open {
		return nil
	}
	var out []string
	if d.Client.IsZero() {
		out = append(out, "client")
	} else if d.Contact.IsZero() {
		out = append(out, "contact")
	}
	if d.Amount.Minor == 0 {
		out = append(out, "amount")
	}
	if d.Closes == 0 {
		out = append(out, "closes")
	}
	if d.Manager.IsZero() {
		out = append(out, "manager")
	}
	return out
}
