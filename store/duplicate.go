package store

import (
	"context"
	"fmt"
	"strings"

	"ugoda/model"
	"ugoda/model/client"
	"ugoda/model/requisite"
)

// Duplicate is a client that a new one is likely to be.
type Duplicate struct {
	Ref model.Ref
	Why string // "code", "phone", "email", "iban" or "name"
}

// duplicateQueries find clients by a key; each takes one argument. The last
// counts least.
var duplicateQueries = []struct{ why, sql string }{
	{"code", `SELECT c.id FROM client c WHERE c.code = ? AND c.marked = FALSE`},
	{"phone", `SELECT c.id FROM client c WHERE c.phone_e164 = ? AND c.marked = FALSE`},
	{"phone", `SELECT p.owner_id FROM client_phones p WHERE p.e164 = ?`},
	{"phone", `SELECT k.client_id FROM contact k WHERE k.phone_e164 = ? AND k.marked = FALSE AND k.client_id IS NOT NULL`},
	{"email", `SELECT c.id FROM client c WHERE c.email_search = ? AND c.marked = FALSE`},
	{"email", `SELECT e.owner_id FROM client_emails e WHERE e.email_search = ?`},
	{"iban", `SELECT a.owner_id FROM client_accounts a WHERE a.iban = ?`},
	{"name", `SELECT c.id FROM client c WHERE c.name_key = ? AND c.marked = FALSE`},
}

// maxDuplicates is how many likely duplicates are offered.
const maxDuplicates = 10

// Duplicates finds unmarked clients that a client, saved or not, is likely to
// repeat: by EDRPOU, digits of a phone, e-mail, IBAN, and the name without its
// legal form.
func (s *Session) Duplicates(ctx context.Context, c *client.Client) ([]Duplicate, error) {
	keys := map[string][]string{"code": {c.Code}, "phone": {requisite.E164(c.Phone)}, "email": {fold(c.Email)}, "name": {requisite.FirmKey(c.Name)}}
	for _, p := range c.Phones {
		keys["phone"] = append(keys["phone"], requisite.E164(p.Phone))
	}
	for _, e := range c.Emails {
		keys["email"] = append(keys["email"], fold(e.Email))
	}
	for _, a := range c.Accounts {
		keys["iban"] = append(keys["iban"], strings.ToUpper(strings.Join(strings.Fields(a.IBAN), "")))
	}
	w := s.newWork(ctx, nil)
	seen := map[int64]bool{c.ID: true, 0: true}
	var out []Duplicate
	for _, q := range duplicateQueries {
		for _, key := range keys[q.why] {
			if key == "" {
				continue
			}
			ids, err := w.idsOf(q.sql+" LIMIT 20", key)
			if err != nil {
				return nil, fmt.Errorf("look for duplicates: %w", s.base.explain(err))
			}
			for _, id := range ids {
				if seen[id] || len(out) == maxDuplicates {
					continue
				}
				seen[id] = true
				rec, err := w.get("client", id)
				if err != nil {
					return nil, err
				}
				if rec != nil && !rec.Base().Marked {
					out = append(out, Duplicate{rec.(*client.Client).Ref(), q.why})
				}
			}
		}
	}
	return out, nil
}

// ByPhone finds the clients and contacts that have a phone, as typed in any
// form: who is calling.
func (s *Session) ByPhone(ctx context.Context, phone string) ([]Hit, error) {
	e164 := requisite.E164(phone)
	if e164 == "" {
		return nil, nil
	}
	w := s.newWork(ctx, nil)
	seen := map[seenRecord]bool{}
	var out []Hit
	for _, q := range []struct{ kind, sql string }{
		{"contact", `SELECT k.id FROM contact k WHERE k.phone_e164 = ? AND k.marked = FALSE`},
		{"contact", `SELECT p.owner_id FROM contact_phones p JOIN contact k ON k.id = p.owner_id WHERE p.e164 = ? AND k.marked = FALSE`},
		{"client", `SELECT c.id FROM client c WHERE c.phone_e164 = ? AND c.marked = FALSE`},
		{"client", `SELECT p.owner_id FROM client_phones p JOIN client c ON c.id = p.owner_id WHERE p.e164 = ? AND c.marked = FALSE`},
	} {
		ids, err := w.idsOf(q.sql+" LIMIT 20", e164)
		if err != nil {
			return nil, fmt.Errorf("look for a phone: %w", s.base.explain(err))
		}
		for _, id := range ids {
			if seen[seenRecord{q.kind, id}] {
				continue
			}
			seen[seenRecord{q.kind, id}] = true
			ref, _, err := w.name(q.kind, id)
			if err != nil {
				return nil, err
			}
			out = append(out, Hit{q.kind, ref, "phone"})
		}
	}
	return out, nil
}
