package paper

import (
	"bytes"
	"context"
	"io/fs"
	"strings"
	"sync"

	"ugoda/assets"
	"ugoda/locale"
	"ugoda/model/firm"
	"ugoda/printing/docx"
	"ugoda/store"
)

// earlier are the digests of files that the program shipped while bases did
// not remember where their templates came from.
var earlier = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	list, err := fs.ReadFile(assets.Templates, "templates/earlier.txt")
	if err != nil {
		return out
	}
	for _, line := range strings.Split(string(list), "\n") {
		digest, _, _ := strings.Cut(strings.TrimSpace(line), " ")
		out[digest] = digest != ""
	}
	return out
})

// shippedFor is what the program ships now for a template.
func shippedFor(t *firm.Template) ([]byte, error) {
	return Sample(orElse(t.Form, firm.FormProposal), locale.Language(t.Language))
}

// recall notes where a template came from that was made before bases
// remembered it: its file, or the first that it had, was once shipped.
func recall(ctx context.Context, s *store.Session, t *firm.Template) error {
	if t.Shipped != "" || len(t.File) == 0 {
		return nil
	}
	if d := firm.Digest(t.File); earlier()[d] {
		t.Shipped, t.Made = d, d
		return nil
	}
	all, err := Versions(ctx, s, t.ID)
	if err != nil {
		return err
	}
	for i, v := range all {
		if v.Reason == firm.VersionReplaced { // another document altogether came then
			return nil
		}
		if i < len(all)-1 {
			continue
		}
		file, err := VersionFile(ctx, s, t.ID, v.No)
		if err != nil {
			return err
		}
		if d := firm.Digest(file); earlier()[d] {
			t.Shipped, t.Made = d, d
		}
	}
	return nil
}

// RenewalOf tells whether the program ships something newer than what a
// template was made of.
func RenewalOf(ctx context.Context, s *store.Session, id int64) (firm.Renewal, error) {
	t, err := templateOf(ctx, s, id)
	if err != nil {
		return firm.RenewalNone, err
	}
	return Renewal(ctx, s, t)
}

// Renewal is RenewalOf for a template that was read.
func Renewal(ctx context.Context, s *store.Session, t *firm.Template) (firm.Renewal, error) {
	shipped, err := shippedFor(t)
	if err != nil { // a form that the program ships nothing for
		return firm.RenewalNone, nil //nolint:nilerr // nothing is newer then
	}
	known := *t
	if err := recall(ctx, s, &known); err != nil {
		return firm.RenewalNone, err
	}
	return known.Renewal(firm.Digest(shipped)), nil
}

// Renew gives a template the text that the program ships now, as a version
// that can be taken back. What is the user's around the text stays: headers,
// footers, a letterhead, margins, fonts; what he changed in the text does not.
// before is the number of the version to take back for that.
func Renew(ctx context.Context, s *store.Session, id int64) (before int64, err error) {
	t, err := templateOf(ctx, s, id)
	if err != nil {
		return 0, err
	}
	if len(t.File) == 0 { // it stands for the shipped one
		return 0, nil
	}
	file, err := renewed(ctx, s, t)
	if err != nil {
		return 0, err
	}
	shipped, err := shippedFor(t)
	if err != nil {
		return 0, err
	}
	t.File, t.Why = file, firm.VersionRenewed
	t.CameFrom(shipped)
	if err := s.Save(ctx, "template", t); err != nil {
		return 0, err
	}
	all, err := Versions(ctx, s, id)
	if err != nil || len(all) < 2 {
		return 0, err
	}
	return all[1].No, nil
}

// renewed is the file of a template with the text that is shipped now.
func renewed(ctx context.Context, s *store.Session, t *firm.Template) ([]byte, error) {
	shipped, err := shippedFor(t)
	if err != nil {
		return nil, err
	}
	known := *t
	if err := recall(ctx, s, &known); err != nil {
		return nil, err
	}
	if d := firm.Digest(t.File); known.Shipped == d || bytes.Equal(shipped, t.File) { // the very file that was shipped
		return shipped, nil
	}
	return docx.Renew(shipped, t.File)
}

// KeepOwn leaves a template as it is: it is not offered to be renewed until
// the program ships another.
func KeepOwn(ctx context.Context, s *store.Session, id int64) error {
	t, err := templateOf(ctx, s, id)
	if err != nil {
		return err
	}
	shipped, err := shippedFor(t)
	if err != nil {
		return err
	}
	if err := recall(ctx, s, t); err != nil {
		return err
	}
	t.Shipped = firm.Digest(shipped)
	return s.Save(ctx, "template", t)
}

// WhatIsNew lists the paragraphs that renewing a template would take out and
// put in.
func WhatIsNew(ctx context.Context, s *store.Session, id int64) ([]docx.Change, error) {
	t, err := templateOf(ctx, s, id)
	if err != nil {
		return nil, err
	}
	if len(t.File) == 0 {
		return nil, nil
	}
	file, err := renewed(ctx, s, t)
	if err != nil {
		return nil, err
	}
	return Difference(t.File, file)
}
