package document

import (
	"ugoda/model"
	"ugoda/model/proposal"
)

// history keeps what the document was before each change, so that changes are
// taken back while they are not saved.
type history struct {
	past, future []state
	group        int // changes that belong together are one step
	noted        bool
}

// steps is how many changes are kept.
const steps = 200

// state is the document as it was.
type state struct {
	variants []proposal.Variant
	at       int
	row, col int
	mode     string
	currency string
	rate     model.Rate
}

func (p *Desk) state() state {
	return state{proposal.CopyVariants(p.doc.Variants), p.at, p.grid.Row(), p.grid.Col(), p.doc.VATMode, p.doc.Currency, p.doc.Rate}
}

// before notes the document before it changes.
func (h *history) before(p *Desk) {
	if h.group > 0 && h.noted {
		return
	}
	h.noted = h.group > 0
	h.past = append(h.past, p.state())
	if len(h.past) > steps {
		h.past = h.past[1:]
	}
	h.future = nil
}

// together makes one step of what changes meanwhile.
func (h *history) together(do func()) {
	if h.group++; h.group == 1 {
		h.noted = false
	}
	defer func() { h.group-- }()
	do()
}

// undo takes the last change back; redo does it again.
func (p *Desk) undo() { p.travel(&p.history.past, &p.history.future) }
func (p *Desk) redo() { p.travel(&p.history.future, &p.history.past) }

func (p *Desk) travel(from, to *[]state) {
	n := len(*from)
	if n == 0 || p.Locked() {
		return
	}
	s := (*from)[n-1]
	*from = (*from)[:n-1]
	*to = append(*to, p.state())
	p.doc.Variants, p.at = proposal.CopyVariants(s.variants), s.at
	p.changes++
	p.doc.VATMode, p.doc.Currency, p.doc.Rate = s.mode, s.currency, s.rate
	p.putReckoning()
	p.grid.Reload()
	p.grid.GoTo(s.row, s.col)
	p.owner.Turned()
	p.fills.ask()
	p.Refresh()
	p.form.Edited()
}
