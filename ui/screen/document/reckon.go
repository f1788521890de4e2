package document

import (
	"context"
	"errors"

	"ugoda/model"
	"ugoda/model/proposal"
	"ugoda/ui/screen"
)

// putReckoning shows what was taken back: the VAT mode, the currency and its rate.
func (p *Desk) putReckoning() {
	p.Set("vat_mode", p.doc.VATMode)
	p.Set("currency", p.doc.Currency)
	p.Set("rate", p.doc.Rate)
	p.showRate()
}

// Set shows a value in a field without taking it for typed.
func (p *Desk) Set(name string, v any) {
	if e := p.form.Editor(name); e != nil {
		e.Set(v)
	}
}

// showRate shows the rate only where the document is in a foreign currency.
func (p *Desk) showRate() {
	if p.rate == nil {
		return
	}
	foreign := p.doc.Currency != p.host.Session().BaseCurrency()
	if foreign == p.rate.Visible() {
		return
	}
	if foreign {
		p.rate.Show()
	} else {
		p.rate.Hide()
	}
	p.body.content.Refresh()
}

// Reckon follows a field by which the document is reckoned.
func (p *Desk) Reckon(field string) {
	switch field {
	case "vat_mode":
		if mode, _ := p.form.Get("vat_mode").(string); mode != p.doc.VATMode {
			p.Noted()
			p.doc.VATMode = mode
			p.grid.Reload()
			p.Refresh()
		}
	case "currency":
		p.turnCurrency()
	case "rate":
		p.takeRate()
	case "date":
		if p.doc.Currency != p.host.Session().BaseCurrency() {
			p.askRate(p.doc.Currency, func(r model.Rate) {
				p.doc.Rate = r
				p.Set("rate", r)
			})
		}
	case "organization":
		p.followFirm()
	}
	p.prices.read()
}

// askRate asks the rate of a currency on the day of the document.
func (p *Desk) askRate(currency string, then func(model.Rate)) {
	asked := p.like()
	asked.Currency, asked.Rate = currency, 0
	session := p.host.Session()
	screen.Read(p.form.Context(), p.host, func(ctx context.Context) (model.Rate, error) {
		err := session.Prepare(ctx, "proposal", asked)
		var none model.Problems
		if errors.As(err, &none) { // no rate: a person types it
			return 0, nil
		}
		return asked.Rate, err
	}, then)
}

// turnCurrency turns all prices into another currency.
func (p *Desk) turnCurrency() {
	to, _ := p.form.Get("currency").(string)
	if to == "" || to == p.doc.Currency {
		return
	}
	p.askRate(to, func(r model.Rate) {
		if now, _ := p.form.Get("currency").(string); now != to {
			return
		}
		if r == 0 {
			p.Set("currency", p.doc.Currency)
			p.askForRate(to)
			return
		}
		p.convert(to, r)
	})
}

func (p *Desk) convert(currency string, r model.Rate) {
	p.Noted()
	was := p.doc.Currency
	if err := p.doc.InCurrency(currency, r); err != nil {
		p.host.Fail(err)
		return
	}
	p.Set("rate", r)
	p.showRate()
	p.Refresh()
	p.host.Say(p.words.T("proposal.converted", "from", was, "to", currency, "rate", r))
}

// askForRate asks the rate of a currency that has none on this day: it is kept
// among the rates, and the prices are turned then.
func (p *Desk) askForRate(currency string) {
	session := p.host.Session()
	if !session.MayWrite("rate") {
		p.form.Editor("currency").Widget().SetProblem(p.words.T("proposal.rate_unknown", "currency", currency))
		return
	}
	date, _ := p.form.Get("date").(model.Day)
	screen.Read(p.form.Context(), p.host, func(ctx context.Context) (int64, error) {
		return session.Find(ctx, "currency", currency)
	}, func(id int64) {
		p.host.Say(p.words.T("proposal.rate_unknown", "currency", currency))
		fill := map[string]any{"currency": model.Ref{ID: id, Code: currency, Name: currency}, "on": date}
		p.host.Edit("rate", 0, fill, func(model.Ref) {
			p.form.Set("currency", currency)
			p.turnCurrency()
		})
	})
}

// takeRate takes the rate that was typed.
func (p *Desk) takeRate() {
	if r, _ := p.form.Get("rate").(model.Rate); r > 0 {
		p.Noted()
		p.doc.Rate = r
	}
}

// followFirm reckons VAT as the chosen firm of ours does.
func (p *Desk) followFirm() {
	asked := p.like()
	if asked.Organization.IsZero() {
		return
	}
	asked.VATMode = ""
	session := p.host.Session()
	screen.Read(p.form.Context(), p.host, func(ctx context.Context) (string, error) {
		err := session.Prepare(ctx, "proposal", asked)
		var refused model.Problems
		if errors.As(err, &refused) {
			err = nil
		}
		return asked.VATMode, err
	}, func(mode string) {
		if mode != "" && (mode == proposal.VATNone) != (p.doc.VATMode == proposal.VATNone) {
			p.form.Set("vat_mode", mode)
			p.Reckon("vat_mode")
		}
	})
}

// Language is the one that the document is in.
func (p *Desk) Language() string {
	if lang, _ := p.form.Get("language").(string); lang != "" {
		return lang
	}
	return p.doc.Language
}
