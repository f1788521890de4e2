package firm

import (
	"bytes"
	"time"

	"ugoda/model"
	"ugoda/model/filter"
)

// Forms of a document: what its template makes of it.
const (
	FormProposal = "proposal" // the offer itself
	FormContract = "contract"
	FormInvoice  = "invoice" // what the client pays by
	FormLetter   = "letter"  // that goes with the offer
)

// Forms lists them in the order in which they are offered.
var Forms = []string{FormProposal, FormLetter, FormContract, FormInvoice}

// Template is a Word document of the user's that documents are printed through.
type Template struct {
	model.Record
	Name     string
	For      string // kind of record that it prints
	Form     string // what it makes of it
	Language string
	File     []byte
	Default  bool
	When     string // a condition on records of that kind: it is chosen for those; empty: for any
	Order    int64  // of two that may be chosen, the lower comes first
	Shipped  string // Digest of the file of the program's that it was made of; empty: the user's own
	Made     string // Digest of its file as it was made then
	Why      string // what the next version that is kept was made for; not stored
}

// Why a version of a template was kept.
const (
	VersionFirst    = "first"    // the template was made
	VersionEdited   = "edited"   // it was edited in another program
	VersionReplaced = "replaced" // another file took its place
	VersionReturned = "returned" // an earlier version was taken up again
	VersionRenewed  = "renewed"  // the program's newer text was taken
)

// VersionReasons lists why a version may have been kept.
var VersionReasons = []string{VersionFirst, VersionEdited, VersionReplaced, VersionReturned, VersionRenewed}

// TemplateVersion is a template's file as it was from a moment on. It never
// changes.
type TemplateVersion struct {
	model.Record
	Template model.Ref
	No       int64 // from 1
	At       time.Time
	Author   model.Ref // an employee
	Reason   string
	Size     int64 // of the file, bytes
	File     []byte
}

// LastVersionQuery asks for the last *TemplateVersion of a template; nil: none.
const LastVersionQuery = "last version of a template"

// Ref points to the template.
func (t *Template) Ref() model.Ref { return model.Ref{ID: t.ID, Code: t.Number, Name: t.Name} }

func describeTemplate(r *model.Registry) {
	settings := []model.Role{model.RoleAdmin, model.RoleHead}
	t := model.Describe[Template](r, "template")
	t.Catalogue, t.Title, t.Sort, t.Writers = true, []string{"name"}, "name", settings
	t.Text("name", func(t *Template) *string { return &t.Name }, model.Required, model.Shown, model.Named)
	t.Choice("for", func(t *Template) *string { return &t.For }, model.OneOf("proposal"), model.Required, model.Shown)
	t.Choice("form", func(t *Template) *string { return &t.Form }, model.OneOf(Forms...), model.Required, model.Shown)
	t.Choice("language", func(t *Template) *string { return &t.Language }, model.OneOf("uk", "en"), model.Shown)
	t.Bool("default", func(t *Template) *bool { return &t.Default }, model.Shown)
	t.LongText("when", func(t *Template) *string { return &t.When }, model.Shown, model.Format("filter:proposal"))
	t.Int("order", func(t *Template) *int64 { return &t.Order }, model.Shown)
	t.Text("shipped", func(t *Template) *string { return &t.Shipped }, model.ReadOnly, model.Hidden, model.Unaudited)
	t.Text("made", func(t *Template) *string { return &t.Made }, model.ReadOnly, model.Hidden, model.Unaudited)
	t.Bytes("file", func(t *Template) *[]byte { return &t.File }, model.Format("docx"))
	t.Defaults(func(t *Template, _ model.Facts) {
		t.For, t.Form, t.Language, t.Order = "proposal", FormProposal, "uk", 1
	})
	t.Derives(func(t, _ *Template, _ model.Facts) error {
		if t.Form == "" { // written before there were any but proposals
			t.Form = FormProposal
		}
		return nil
	})
	t.Checks(func(t, _ *Template, _ model.Facts) []model.Problem {
		n, err := filter.Parse(r, t.For, t.When)
		if err == nil && n != nil {
			err = filter.Validate(r, t.For, n)
		}
		if err == nil {
			return nil
		}
		p := model.Wrong("when", "condition_wrong")
		if s, ok := err.(interface {
			Message() (string, map[string]any)
		}); ok {
			p.Key, p.Args = s.Message()
		}
		return []model.Problem{p}
	})
	t.Follows(keepVersion)

	v := model.Describe[TemplateVersion](r, "template-version")
	v.Title, v.Sort, v.Writers = []string{"number"}, "-id", settings
	v.Field("number").Hidden = true
	v.Ref("template", func(v *TemplateVersion) *model.Ref { return &v.Template }, model.To("template"), model.Required, model.ReadOnly, model.Shown)
	v.Int("no", func(v *TemplateVersion) *int64 { return &v.No }, model.ReadOnly, model.Shown)
	v.Moment("at", func(v *TemplateVersion) *time.Time { return &v.At }, model.ReadOnly, model.Shown)
	v.Ref("author", func(v *TemplateVersion) *model.Ref { return &v.Author }, model.To("employee"), model.ReadOnly, model.Shown)
	v.Choice("reason", func(v *TemplateVersion) *string { return &v.Reason }, model.OneOf(VersionReasons...), model.ReadOnly, model.Shown)
	v.Int("size", func(v *TemplateVersion) *int64 { return &v.Size }, model.ReadOnly, model.Shown)
	v.Bytes("file", func(v *TemplateVersion) *[]byte { return &v.File }, model.Format("docx"), model.ReadOnly)
	v.Checks(func(v, old *TemplateVersion, _ model.Facts) []model.Problem {
		if len(v.File) == 0 || old != nil && (!bytes.Equal(old.File, v.File) || old.No != v.No || old.Template.ID != v.Template.ID) {
			return []model.Problem{model.Wrong("", "version_is_kept")}
		}
		return nil
	})
}

// keepVersion keeps each file that a template ever had: the one that it had
// before versions were kept, too.
func keepVersion(t, old *Template, f model.Facts) (model.Effects, error) {
	var e model.Effects
	if len(t.File) == 0 || old != nil && bytes.Equal(old.File, t.File) {
		return e, nil
	}
	no := int64(0)
	keep := func(file []byte, at time.Time, author model.Ref, reason string) {
		no++
		e.Create = append(e.Create, model.Created{Kind: "template-version", Record: &TemplateVersion{
			Template: t.Ref(), No: no, At: at, Author: author, Reason: reason, Size: int64(len(file)), File: file,
		}})
	}
	last, _ := f.Query(LastVersionQuery, t.ID).(*TemplateVersion)
	switch {
	case last != nil:
		no = last.No
	case old != nil && len(old.File) > 0:
		keep(old.File, old.Base().Changed, model.Ref{}, VersionFirst)
	}
	reason := t.Why
	switch {
	case old == nil:
		reason = VersionFirst
	case reason == "":
		reason = VersionReplaced
	}
	keep(t.File, f.Now(), f.Employee(), reason)
	return e, nil
}
