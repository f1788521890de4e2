package field_test

import (
	"testing"

	"ugoda/model"
	"ugoda/ui/screen/field"
	"ugoda/ui/screen/screentest"
)

// An hour is typed as one likes, and stands as a clock shows it once the
// keyboard leaves; what is no hour is said beside the field.
func TestHourIsReadAsTyped(t *testing.T) {
	h := screentest.New(t, nil)
	for typed, want := range map[string]string{"9": "09:00", "1030": "10:30", "14.05": "14:05", "14:30": "14:30", " 7:15 ": "07:15", "": ""} {
		e := field.New(h, "activity", &model.Field{Name: "hour", Type: model.Text, Format: "hour"})
		e.Set(typed)
		if !e.Commit() || e.Value() != want {
			t.Errorf("%q is %q", typed, e.Value())
		}
	}
	e := field.New(h, "activity", &model.Field{Name: "hour", Type: model.Text, Format: "hour"})
	e.Set("25")
	if e.Commit() || e.Problem() == "" || e.Value() != "25" {
		t.Errorf("25 is taken as %q, %q is said", e.Value(), e.Problem())
	}
}
