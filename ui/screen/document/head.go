package document

import (
	"cmp"
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/model/client"
	"ugoda/model/filter"
	"ugoda/model/proposal"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/theme"
)

// HeadLine is the first line of a document: its number, what state it is in, and
// what it is about.
func HeadLine(number string, pills []fyne.CanvasObject, subject fyne.CanvasObject) fyne.CanvasObject {
	l := widget.NewLabelWithStyle(number, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	l.SizeName = fynetheme.SizeNameSubHeadingText
	l.Truncation = fyne.TextTruncateEllipsis
	line := []input.Piece{{Object: l, Least: 160}}
	for _, x := range pills {
		line = append(line, input.Whole(x))
	}
	return container.NewBorder(nil, nil, input.NewLine(line...), nil, container.New(&middle{}, subject))
}

// Subject is the field of what the document is about, which says so itself.
func (p *Desk) Subject() fyne.CanvasObject {
	p.form.Place("subject", 1)
	e := p.form.Editor("subject")
	if w, ok := e.Widget().(*input.Entry); ok {
		w.SetPlaceHolder(p.words.Field(p.kind, "subject"))
	}
	return e.Object
}

// Labelled is a field with its name before it, as wide as that is.
func (p *Desk) Labelled(name string) fyne.CanvasObject {
	return p.form.Place(name, p.labelWidth(name))
}

// labelWidth is the room at zoom 100 that the widest name of some fields wants.
func (p *Desk) labelWidth(names ...string) float32 {
	widest := float32(0)
	for _, name := range names {
		widest = max(widest, theme.Width(p.words.Field(p.kind, name), theme.Text(), fyne.TextStyle{})/theme.Scaled(1))
	}
	return widest + 2
}

// First implements form.Page: who it is for, or else its lines.
func (p *Desk) First() fyne.Focusable {
	if e := p.form.Editor("client"); e != nil && p.id() == 0 && p.client().IsZero() {
		return e.Focus
	}
	return p.grid
}

// TabOf is what the tab of a document says: its number and who it is for, or what
// it is about.
func (p *Desk) TabOf(key string, r *model.Record, client model.Ref, subject string) string {
	if r.ID == 0 {
		return p.words.T("ui.form.new", "kind", p.words.Kind(p.kind))
	}
	return p.words.T(key, "number", r.Number, "who", cmp.Or(client.Name, subject))
}

// FollowClient forgets the contact of another client, and speaks the language
// of this one; turned comes when that is another.
func (p *Desk) FollowClient(turned func()) {
	ref, _ := p.form.Get("client").(model.Ref)
	contact, _ := p.form.Get("contact").(model.Ref)
	if ref.IsZero() {
		return
	}
	session := p.host.Session()
	type about struct {
		language string
		strange  bool      // the contact is of another client
		only     model.Ref // the one contact that the client has
	}
	screen.Read(p.form.Context(), p.host, func(ctx context.Context) (about, error) {
		var a about
		rec, err := session.Get(ctx, "client", ref.ID)
		if err != nil {
			return a, err
		}
		if c, ok := rec.(*client.Client); ok {
			a.language = c.Language
		}
		if contact.IsZero() {
			of := filter.Cond{Path: "client", Op: filter.Eq, Values: []filter.Value{filter.ID(ref.ID)}}
			all, err := session.Complete(ctx, "contact", "", 2, of)
			if len(all) == 1 {
				a.only = all[0]
			}
			return a, err
		}
		rec, err = session.Get(ctx, "contact", contact.ID)
		if c, ok := rec.(*client.Contact); ok {
			a.strange = !c.Client.IsZero() && c.Client.ID != ref.ID
		}
		return a, err
	}, func(a about) {
		if a.strange || !a.only.IsZero() {
			p.Set("contact", a.only)
		}
		if now, _ := p.form.Get("language").(string); a.language != "" && a.language != now && p.id() == 0 {
			p.Set("language", a.language)
			turned()
		}
	})
}

// FollowDeal fills a new document from the deal that was chosen, by the rules of
// saving: asked is a copy of its record, and take puts the lines of it in place.
func (p *Desk) FollowDeal(asked model.Keeper, take func()) {
	ref, _ := p.form.Get("deal").(model.Ref)
	if ref.IsZero() || p.id() != 0 {
		return
	}
	session, kind := p.host.Session(), p.host.Session().Registry().Kind(p.kind)
	screen.Read(p.form.Context(), p.host, func(ctx context.Context) (model.Keeper, error) {
		return asked, session.Prepare(ctx, p.kind, asked)
	}, func(filled model.Keeper) {
		if now, _ := p.form.Get("deal").(model.Ref); now.ID != ref.ID {
			return
		}
		for _, name := range []string{"client", "contact", "manager", "organization", "subject"} {
			v := kind.Field(name).Value(filled)
			if who, ok := v.(model.Ref); !ok || name != "manager" || !who.IsZero() {
				p.Set(name, v)
			}
		}
		take()
	})
}

// Filled are the lines into which something was entered.
func Filled(all []proposal.Line) []proposal.Line {
	return slices.DeleteFunc(slices.Clone(all), func(l proposal.Line) bool { return l.Empty() })
}
