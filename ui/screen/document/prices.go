package document

import (
	"context"
	"maps"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/model/proposal"
	"ugoda/model/trade"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/list"
	"ugoda/ui/run"
	"ugoda/ui/screen"
	"ugoda/ui/screen/field"
	"ugoda/ui/screen/form"
	"ugoda/ui/theme"
)

// prices knows what the products of the lines were offered for before, and what
// the catalogue says of them.
type prices struct {
	p       *Desk
	listed  map[int64]trade.Listed
	hint    *widget.Label // the last prices of the product with the cursor
	last    map[asked]lastPrices
	images  map[int64]fyne.Resource // pictures of products
	listing *run.Latest
	lasts   *run.Latest
}

// asked is a product with the client for whom its last prices are asked.
type asked struct{ product, client int64 }

type lastPrices struct{ his, others *store.Offered }

func newPrices(p *Desk) *prices {
	k := &prices{p: p, listed: map[int64]trade.Listed{}, last: map[asked]lastPrices{}, images: map[int64]fyne.Resource{}, hint: widget.NewLabel("")}
	k.hint.Truncation, k.hint.Importance, k.hint.SizeName = fyne.TextTruncateEllipsis, widget.LowImportance, theme.SizeNameCaption
	runner := field.Runner{Host: p.host}
	k.listing, k.lasts = run.NewLatest(runner), run.NewLatest(runner)
	return k
}

// picture is that of a product, nil when it has none.
func (k *prices) picture(product int64) fyne.Resource {
	image, known := k.images[product]
	if x, listed := k.listed[product]; !known && listed {
		if len(x.Picture) > 0 {
			image = fyne.NewStaticResource("product-"+strconv.FormatInt(product, 10), x.Picture)
		}
		k.images[product] = image
	}
	return image
}

// client is whom the proposal is for.
func (p *Desk) client() model.Ref {
	ref, _ := p.form.Get("client").(model.Ref)
	return ref
}

// read asks the catalogue about the products of the lines.
func (k *prices) read() {
	k.listed = map[int64]trade.Listed{}
	k.more()
}

// more asks about those of which nothing is known yet.
func (k *prices) more() {
	p := k.p
	like, session := p.like(), p.host.Session()
	var unknown proposal.Variant
	for _, v := range p.doc.Variants {
		for _, l := range v.Lines {
			products := []model.Ref{l.Product}
			for _, c := range l.Parts {
				products = append(products, c.Product)
			}
			for _, x := range products {
				if _, known := k.listed[x.ID]; !known && !x.IsZero() {
					unknown.Lines = append(unknown.Lines, proposal.Line{Product: x})
				}
			}
		}
	}
	if len(unknown.Lines) == 0 {
		k.follow()
		return
	}
	like.Variants = []proposal.Variant{unknown}
	k.listing.Go(p.form.Context(), func(ctx context.Context) func() {
		listed, err := session.Listing(ctx, like)
		return func() {
			if err != nil {
				p.host.Fail(err)
				return
			}
			maps.Copy(k.listed, listed)
			p.changes++
			p.grid.Refresh()
			k.follow()
		}
	})
}

// follow tells the last prices of the product in the line with the cursor.
func (k *prices) follow() {
	p := k.p
	a := asked{p.sheet.productAt(p.grid.Row()).ID, p.client().ID}
	if a.product == 0 {
		k.lasts.Cancel()
		k.hint.SetText("")
		return
	}
	if known, ok := k.last[a]; ok {
		k.say(a, known)
		return
	}
	session, id := p.host.Session(), p.offerID()
	k.lasts.Go(p.form.Context(), func(ctx context.Context) func() {
		his, others, err := session.LastPrices(ctx, a.product, a.client, id)
		return func() {
			if err != nil {
				p.host.Fail(err)
				return
			}
			k.last[a] = lastPrices{his, others}
			k.say(a, k.last[a])
		}
	})
}

func (k *prices) say(a asked, x lastPrices) {
	w := k.p.words
	var parts []string
	told := func(key string, o *store.Offered) {
		if o == nil {
			return
		}
		price := w.Money(o.Price)
		if o.Discount != 0 {
			price += " −" + w.Percent(o.Discount)
		}
		parts = append(parts, w.T(key, "price", price, "day", w.DayShort(o.On), "number", o.Document.Code))
	}
	told("proposal.last.his", x.his)
	told("proposal.last.others", x.others)
	if listed, ok := k.listed[a.product]; ok {
		parts = append(parts, w.T("proposal.last.listed", "price", w.Amount(listed.Price)))
		if listed.Floor != 0 {
			parts = append(parts, w.T("proposal.last.floor", "price", w.Amount(listed.Floor)))
		}
	}
	text := strings.Join(parts, "  ·  ")
	if x.his != nil || x.others != nil {
		text = w.T("proposal.last", "prices", text)
	}
	k.hint.SetText(text)
}

// pricesBox is the box with all prices at which a product was offered.
type pricesBox struct {
	p       *Desk
	product model.Ref
	line    int // that would take a price; -1: none
	dialog  *screen.Dialog
	whose   *input.Choice
	grid    *list.Grid
	said    *widget.Label
	shown   []store.Offered
	all     []store.Offered
}

// Whose prices are shown.
const (
	ofClient = "client"
	ofAll    = "all"
)

// askPrices shows the history of the prices of the product with the cursor.
func (p *Desk) askPrices() {
	row := p.grid.Row()
	product := p.sheet.productAt(row)
	if product.IsZero() || !p.grid.Commit() {
		return
	}
	b := &pricesBox{p: p, product: product, line: -1, said: widget.NewLabel("")}
	if r := p.sheet.rows()[row]; r.part < 0 && !p.Locked() && p.variant().Lines[r.line].Of == 0 {
		b.line = r.line
	}
	session, id := p.host.Session(), p.offerID()
	screen.Read(p.form.Context(), p.host, func(ctx context.Context) ([]store.Offered, error) {
		return session.Prices(ctx, product.ID, 0, id)
	}, func(all []store.Offered) {
		b.all = all
		b.open()
	})
}

func (b *pricesBox) open() {
	p, t := b.p, b.p.words.T
	var options []input.Option
	whose := ofAll
	if c := p.client(); !c.IsZero() {
		options = append(options, input.Option{Key: ofClient, Text: t("proposal.prices.client", "name", c.Name)})
		if len(b.of(ofClient)) > 0 {
			whose = ofClient
		}
	}
	b.whose = input.NewChoice(append(options, input.Option{Key: ofAll, Text: t("proposal.prices.all")}))
	b.whose.Set(whose)
	b.whose.OnChange = b.show
	b.grid = list.NewGrid([]list.Column{
		{Key: "on", Title: p.words.Field("proposal", "date"), Width: 84, NoSort: true},
		{Key: "number", Title: p.words.Field("proposal", "number"), Width: 110, NoSort: true},
		{Key: "client", Title: p.words.Field("proposal", "client"), Width: 180, Grow: true, NoSort: true},
		{Key: "status", Title: p.words.Field("proposal", "status"), Width: 168, NoSort: true},
		{Key: "quantity", Title: t("proposal.col.quantity"), Width: 76, Align: list.Right, NoSort: true},
		{Key: "price", Title: t("proposal.col.price"), Width: 116, Align: list.Right, NoSort: true},
		{Key: "discount", Title: t("proposal.col.discount"), Width: 72, Align: list.Right, NoSort: true},
		{Key: "net", Title: t("proposal.prices.net"), Width: 116, Align: list.Right, NoSort: true},
	}, b)
	b.grid.SetEmpty(&list.Empty{Title: t("proposal.prices.none")})
	b.grid.OnOpen = b.drill
	b.grid.OnKey = func(e *fyne.KeyEvent, mod fyne.KeyModifier) bool { return mod == 0 && b.dialog.Typed(e) }
	b.grid.OnSelect = b.follow
	b.said.Wrapping = fyne.TextWrapWord
	top := container.NewBorder(nil, nil, container.NewGridWrap(fyne.NewSize(theme.Scaled(320), theme.Row()), b.whose), nil, b.said)
	var picture fyne.CanvasObject
	if x := p.prices.listed[b.product.ID]; len(x.Picture) > 0 {
		image := canvas.NewImageFromResource(p.prices.picture(b.product.ID))
		image.FillMode = canvas.ImageFillContain
		image.SetMinSize(fyne.NewSize(theme.Scaled(180), theme.Scaled(180)))
		picture = image
	}
	b.dialog = &screen.Dialog{
		Title: t("proposal.prices.title", "product", b.product.Name), Size: fyne.NewSize(1000, 480), Focus: b.grid, OwnKeys: true,
		Content: container.NewBorder(top, nil, nil, picture, b.grid),
		Buttons: []screen.Button{
			{Label: t("button.close")},
			{Label: t("proposal.prices.open"), Stays: true, Do: func() { b.drill(b.grid.FocusRow()) }},
			{Label: t("proposal.prices.take"), Primary: true, Stays: true, Do: b.take},
		},
		Closed: func() { p.host.Canvas().Focus(p.grid) },
	}
	p.host.Dialog(b.dialog)
	b.show()
}

// of are the prices of the client of the proposal, or of all.
func (b *pricesBox) of(whose string) []store.Offered {
	if whose != ofClient {
		return b.all
	}
	var out []store.Offered
	for _, o := range b.all {
		if o.Client.ID == b.p.client().ID {
			out = append(out, o)
		}
	}
	return out
}

func (b *pricesBox) show() {
	p, w := b.p, b.p.words
	b.shown = b.of(b.whose.Value())
	b.grid.Reset()
	if len(b.shown) > 0 {
		b.grid.Select(0, list.Range{From: 0, To: 1})
	}
	var said []string
	if x, ok := p.prices.listed[b.product.ID]; ok {
		said = append(said, w.T("proposal.last.listed", "price", w.Amount(x.Price)))
		if x.Floor != 0 {
			said = append(said, w.T("proposal.last.floor", "price", w.Amount(x.Floor)))
		}
	}
	b.said.SetText(strings.Join(said, "  ·  "))
	b.follow()
}

// follow lets the buttons do what they can with the row that is chosen.
func (b *pricesBox) follow() {
	if b.dialog == nil {
		return
	}
	row := b.grid.FocusRow()
	some := row >= 0 && row < len(b.shown)
	b.dialog.Enable(1, some)
	b.dialog.Enable(2, some && b.line >= 0 && b.shown[row].Price.Currency == b.p.doc.Currency)
}

// Len implements list.Source.
func (b *pricesBox) Len() int { return len(b.shown) }

// Window implements list.Source: all rows are in memory.
func (b *pricesBox) Window(from, to int) {
	w := b.p.words
	var out []list.Row
	for i := from; i < min(to, len(b.shown)); i++ {
		o := b.shown[i]
		number := o.Document.Code
		if o.Variant != "" {
			number += " · " + o.Variant
		}
		off := ""
		if o.Discount != 0 {
			off = w.Percent(o.Discount)
		}
		out = append(out, list.Row{ID: int64(i + 1), Cells: []list.Cell{
			{Text: w.Day(o.On)},
			{Text: number},
			{Text: o.Client.Name},
			{Text: w.Choice("proposal", "status", o.Status), Pill: true, Tone: form.Tone(o.Status)},
			{Text: w.Qty(o.Quantity) + " " + o.Unit},
			{Text: w.Money(o.Price)},
			{Text: off},
			{Text: w.Money(o.Net()), Bold: true},
		}})
	}
	b.grid.SetRows(from, out)
}

// drill opens the document that a price stands in.
func (b *pricesBox) drill(row int) {
	if row < 0 || row >= len(b.shown) {
		return
	}
	b.dialog.Close()
	b.p.host.Open(screen.ToCard(b.shown[row].Kind, b.shown[row].Document.ID))
}

// take gives the line the price and the discount of a row.
func (b *pricesBox) take() {
	row := b.grid.FocusRow()
	if b.line < 0 || row < 0 || row >= len(b.shown) {
		return
	}
	o := b.shown[row]
	b.p.Edit(func() {
		l := &b.p.variant().Lines[b.line]
		l.Price, l.Discount, l.DiscountSum, l.DiscountFixed = o.Price.Minor, o.Discount, 0, false
	})
	b.dialog.Close()
}
