package proposals

import (
	"context"
	"slices"
	"strconv"

	"ugoda/model/proposal"
	beside "ugoda/service/versions"
	"ugoda/ui/screen"
	"ugoda/ui/screen/form"
	"ugoda/ui/screen/versions"
)

var _ form.Opener = (*page)(nil)

// Opens implements form.Opener: a revision is opened beside the one before it,
// the first beside what came after.
func (p *page) Opens(kind string) func(id int64) {
	if kind != "revision" {
		return nil
	}
	return func(id int64) {
		session, of := p.host.Session(), p.rec().ID
		screen.Read(p.form.Context(), p.host, func(ctx context.Context) (screen.Address, error) {
			kept, err := session.Revisions(ctx, of)
			at := max(slices.IndexFunc(kept, func(r *proposal.Revision) bool { return r.ID == id }), 1)
			old, now := beside.Now, beside.Now
			if at-1 < len(kept) {
				old = strconv.FormatInt(kept[at-1].No, 10)
			}
			if at < len(kept) {
				now = strconv.FormatInt(kept[at].No, 10)
			}
			return screen.Address{Screen: versions.Screen, Kind: "proposal", ID: of}.With(versions.ArgOld, old).With(versions.ArgNew, now), err
		}, p.host.Open)
	}
}
