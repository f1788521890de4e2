package document

import (
	"context"

	"ugoda/service/paper"
	"ugoda/ui/screen"
	"ugoda/ui/screen/blanks"
)

// Printing implements form.Page: what a print would leave blank is asked in
// place, and kept where it belongs.
func (p *Desk) Printing(then func()) {
	session, job := p.host.Session(), paper.Job{Kind: p.kind, ID: p.id()}
	screen.Read(p.form.Context(), p.host, func(ctx context.Context) ([]paper.Blank, error) {
		return paper.Blanks(ctx, session, job)
	}, func(list []paper.Blank) {
		mine := blanks.Mine(session, list)
		if len(mine) == 0 { // nothing, or for somebody else to fill in
			then()
			return
		}
		blanks.Ask(p.form.Context(), p.host, mine, then)
	})
}
