package sheet

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"ugoda/model/table"
	"ugoda/printing/font"
)

// Measures of the printed table, in points.
const (
	pageShort, pageLong = 595.28, 841.89 // A4
	pageMargin          = 36.0
	footHeight          = 18.0
	cellPadX, cellPadY  = 4.0, 2.5
	maxFont, minFont    = 9.0, 6.0
	lineFactor          = 1.3
	sampleRows          = 300
	maxRowLines         = 40
)

// PDF prints the table on A4, on its side where it is wide: the heading row is
// repeated on every page, cells wrap, pages are numbered "1 / 3", and the
// totals row is never alone on a page.
func PDF(ctx context.Context, w io.Writer, t *table.Table, o Options) (err error) {
	defer func() { // the library panics where it finds a font or a text odd
		if r := recover(); r != nil {
			err = fmt.Errorf("draw a table: %v", r)
		}
	}()
	if o.Draw != nil {
		t = withoutDetail(t)
	}
	p := pdfTable{t: t, o: &o, regular: font.Embedded(false, false), bold: font.Embedded(true, false)}
	// The first rows decide the widths of columns; the rest streams.
	err = walk(ctx, t, &o, func(r table.Row) error {
		line := p.texts(r)
		if p.doc == nil {
			p.sample = append(p.sample, line)
			if len(p.sample) == sampleRows {
				p.start()
			}
			return nil
		}
		return p.print(line)
	})
	if err != nil {
		return err
	}
	if p.doc == nil {
		p.start()
	}
	p.finish()
	if err := p.doc.Output(w); err != nil {
		return fmt.Errorf("write PDF: %w", err)
	}
	return nil
}

// pdfLine is a row with its cells said for people.
type pdfLine struct {
	cells  []string
	level  int
	strong bool
	total  bool
}

type pdfTable struct {
	t             *table.Table
	o             *Options
	doc           *fpdf.Fpdf
	regular, bold *font.Face
	sample        []pdfLine
	pending       *pdfLine // printed together with the totals row, should it be the last
	cut           []bool   // columns whose words are wider than a column asks for
	widths        []float64
	size          float64
	padY          float64
	y, bottom     float64
	width         float64
}

func (p *pdfTable) texts(r table.Row) pdfLine {
	line := pdfLine{cells: make([]string, len(r.Cells)), level: r.Level, strong: r.Strong}
	for i, v := range r.Cells {
		line.cells[i] = p.face(r.Strong).Clean(p.t.Columns[i].Text(v, p.o.Formatter), nil)
	}
	return line
}

func (p *pdfTable) face(bold bool) *font.Face {
	if bold {
		return p.bold
	}
	return p.regular
}

// start decides the paper and the widths of columns from the sample, and
// prints it.
func (p *pdfTable) start() {
	natural, least := p.measure()
	sum := 0.0
	for _, w := range natural {
		sum += w + 2*cellPadX + 1
	}
	landscape := sum*8/maxFont > pageShort-2*pageMargin && !p.o.Upright
	orientation, width, height := "P", pageShort, pageLong
	if landscape {
		orientation, width, height = "L", pageLong, pageShort
	}
	p.width = width - 2*pageMargin
	p.bottom = height - pageMargin - footHeight
	size := max(minFont, min(maxFont, maxFont*p.width/max(sum, 1)))
	if landscape && sum > p.width {
		size = max(minFont, min(8, maxFont*p.width/sum*1.25))
	}
	p.padY = cellPadY
	p.columns(natural, least, size)
	d := fpdf.New(orientation, "pt", "A4", "")
	p.doc = d
	d.SetCreationDate(time.Unix(0, 0).UTC())
	d.SetModificationDate(time.Unix(0, 0).UTC())
	d.SetCatalogSort(true)
	d.SetTitle(p.t.Title, true)
	d.SetCreator("Ugoda", true)
	d.SetAutoPageBreak(false, 0)
	d.SetMargins(pageMargin, pageMargin, pageMargin)
	d.AddUTF8FontFromBytes("noto", "", p.regular.Data)
	d.AddUTF8FontFromBytes("noto", "B", p.bold.Data)
	d.AliasNbPages("{nb}")
	p.page()
	p.title()
	if p.o.Draw != nil {
		p.picture()
	}
	p.heading()
	for _, line := range p.sample {
		p.put(line)
	}
	p.sample = nil
}

// widest is what a column of words asks for at most, at the largest size.
const widest = 260

// measure gives the width that each column would like, and the least that it
// can do with, at the largest size.
func (p *pdfTable) measure() (natural, least []float64) {
	n := len(p.t.Columns)
	natural, least, p.cut = make([]float64, n), make([]float64, n), make([]bool, n)
	look := func(line pdfLine, bold, head bool) {
		for i, s := range line.cells {
			face := p.face(bold)
			wide, word, in := min(face.Width(s, maxFont), widest), 0.0, 0.0
			number := table.Number(p.t.Columns[i].Type)
			if number && !head {
				word = face.Width(s, maxFont)
			} else {
				for w := range strings.FieldsSeq(s) {
					word = max(word, min(face.Width(w, maxFont), 90))
				}
			}
			if wide == widest && !number {
				p.cut[i] = true
			}
			if number && head { // a head breaks before the words beside it do
				wide = max(word, wide/3)
			}
			if i == 0 {
				in = float64(line.level) * maxFont
			}
			natural[i], least[i] = max(natural[i], wide+in), max(least[i], word+in)
		}
	}
	head := pdfLine{cells: make([]string, n)}
	for i, c := range p.t.Columns {
		head.cells[i] = p.bold.Clean(c.Label, nil)
	}
	look(head, true, true)
	for _, line := range p.sample {
		look(line, line.strong, false)
	}
	if cells := total(p.t, p.o.Formatter); cells != nil {
		look(p.texts(table.Row{Cells: cells, Strong: true}), false, false)
	}
	for i := range natural {
		least[i] = min(least[i], natural[i])
	}
	return natural, least
}

// columns gives each column its width in letters of a size; what was measured
// is of the largest.
func (p *pdfTable) columns(natural, least []float64, size float64) {
	n, l := make([]float64, len(natural)), make([]float64, len(least))
	for i := range natural {
		n[i], l[i] = natural[i]*size/maxFont+2*cellPadX+1, least[i]*size/maxFont+2*cellPadX+1
	}
	p.size, p.widths = size, fit(n, l, p.width)
	room, share := p.width, 0.0
	for i, w := range p.widths {
		if room -= w; p.cut[i] {
			share++
		}
	}
	for i := range p.widths { // words that find no room take what the page has left
		if p.cut[i] && room > 0 {
			p.widths[i] += room / share
		}
	}
}

// fit shares the width of the page: each column gets its least, then the rest
// goes where it is wanted.
func fit(natural, least []float64, width float64) []float64 {
	out := make([]float64, len(natural))
	var wanted, floor float64
	for i := range natural {
		floor += least[i]
		wanted += natural[i] - least[i]
	}
	for i := range natural {
		switch {
		case floor >= width:
			out[i] = least[i] * width / floor
		case wanted > width-floor:
			out[i] = least[i] + (natural[i]-least[i])*(width-floor)/wanted
		default:
			out[i] = natural[i]
		}
	}
	return out
}

func (p *pdfTable) page() {
	p.doc.AddPage()
	p.y = pageMargin
	p.doc.SetFont("noto", "", 7.5)
	p.doc.SetTextColor(0x7b, 0x87, 0x94)
	_, height := p.doc.GetPageSize()
	y := height - pageMargin
	if p.t.Title != "" {
		p.doc.Text(pageMargin, y, p.regular.Clean(p.t.Title, nil))
	}
	// The alias is as wide as the number that will replace it, or nearly so.
	number := fmt.Sprintf("%d / {nb}", p.doc.PageNo())
	p.doc.Text(pageMargin+p.width-p.regular.Width(fmt.Sprintf("%d / 000", p.doc.PageNo()), 7.5), y, number)
	p.doc.SetTextColor(0x1f, 0x29, 0x33)
	if len(p.t.Held) > 0 {
		p.draft()
	}
}

// draft writes across the page, pale, that it is one.
func (p *pdfTable) draft() {
	const size, angle = 110, 35
	text := p.bold.Clean(p.o.Formatter.Text("paper.draft", nil), nil)
	width, height := p.doc.GetPageSize()
	p.doc.SetFont("noto", "B", size)
	p.doc.SetTextColor(150, 150, 150)
	p.doc.SetAlpha(0.28, "Normal")
	p.doc.TransformBegin()
	p.doc.TransformRotate(angle, width/2, height/2)
	p.doc.Text((width-p.bold.Width(text, size))/2, height/2+size*0.36, text)
	p.doc.TransformEnd()
	p.doc.SetAlpha(1, "Normal")
	p.doc.SetFont("noto", "", 7.5)
	p.doc.SetTextColor(0x1f, 0x29, 0x33)
}

func (p *pdfTable) title() {
	if p.t.Title != "" {
		p.doc.SetFont("noto", "B", 14)
		for _, line := range wrap(p.bold, 14, p.bold.Clean(p.t.Title, nil), p.width) {
			p.doc.Text(pageMargin, p.y+14, line)
			p.y += 19
		}
	}
	p.doc.SetFont("noto", "", 8.5)
	lines := make([]string, len(p.t.Parameters))
	for i, par := range p.t.Parameters {
		lines[i] = par.Label + ": " + par.Say(p.o.Formatter)
	}
	if p.o.Draw != nil && len(lines) > 0 { // a page with a picture has no room to spare
		lines = []string{strings.Join(lines, "  ·  ")}
	}
	for _, text := range lines {
		text = p.regular.Clean(text, nil)
		for _, line := range wrap(p.regular, 8.5, text, p.width) {
			p.doc.Text(pageMargin, p.y+9, line)
			if p.y += 12; p.y > p.bottom-100 {
				p.page()
				p.doc.SetFont("noto", "", 8.5)
			}
		}
	}
	if p.y > pageMargin {
		p.y += 6
	}
}

func (p *pdfTable) heading() {
	head := pdfLine{strong: true, cells: make([]string, len(p.t.Columns))}
	for i, c := range p.t.Columns {
		head.cells[i] = p.bold.Clean(c.Label, nil)
	}
	lines, h := p.lay(head)
	p.doc.SetFillColor(0xee, 0xf2, 0xf6)
	p.doc.Rect(pageMargin, p.y, p.sum(), h, "F")
	p.draw(head, lines, h)
	p.rule(1, 0x7b, 0x87, 0x94)
}

func (p *pdfTable) sum() float64 {
	s := 0.0
	for _, w := range p.widths {
		s += w
	}
	return s
}

// rule draws a line under what was printed last.
func (p *pdfTable) rule(width float64, r, g, b int) {
	p.doc.SetLineWidth(width)
	p.doc.SetDrawColor(r, g, b)
	p.doc.Line(pageMargin, p.y, pageMargin+p.sum(), p.y)
}

func (p *pdfTable) print(line pdfLine) error {
	p.put(line)
	return p.doc.Error()
}

// put prints the row that was waiting, and lets this one wait.
func (p *pdfTable) put(line pdfLine) {
	if p.pending != nil {
		p.emit(*p.pending, 0)
	}
	p.pending = &line
}

func (p *pdfTable) finish() {
	cells := total(p.t, p.o.Formatter)
	if cells == nil {
		if p.pending != nil {
			p.emit(*p.pending, 0)
		}
		return
	}
	sum := p.texts(table.Row{Cells: cells, Strong: true})
	sum.total = true
	_, h := p.lay(sum)
	if p.pending != nil {
		p.emit(*p.pending, h)
	}
	p.emit(sum, 0)
}

// emit prints a row, on a new page when it and what must stay with it do not
// fit here.
func (p *pdfTable) emit(line pdfLine, with float64) {
	lines, h := p.lay(line)
	if p.y+h+with > p.bottom {
		p.page()
		p.heading()
	}
	if line.strong && !line.total {
		p.doc.SetFillColor(0xf7, 0xf9, 0xfb)
		p.doc.Rect(pageMargin, p.y, p.sum(), h, "F")
	}
	if line.total {
		p.rule(1, 0x7b, 0x87, 0x94)
	}
	p.draw(line, lines, h)
	if !line.total {
		p.rule(0.4, 0xdd, 0xe3, 0xea)
	}
}

// lay wraps the cells of a row and says how high it is.
func (p *pdfTable) lay(line pdfLine) (lines [][]string, h float64) {
	lines = make([][]string, len(line.cells))
	most := 1
	for i, s := range line.cells {
		w := p.widths[i] - 2*cellPadX
		if i == 0 {
			w -= p.indent(line)
		}
		lines[i] = wrap(p.face(line.strong), p.size, s, w)
		if len(lines[i]) > maxRowLines {
			lines[i] = append(lines[i][:maxRowLines-1], "…")
		}
		most = max(most, len(lines[i]))
	}
	return lines, float64(most)*p.size*lineFactor + 2*p.padY
}

func (p *pdfTable) indent(line pdfLine) float64 {
	return min(float64(line.level)*p.size, p.widths[0]/2)
}

func (p *pdfTable) draw(line pdfLine, lines [][]string, h float64) {
	style := ""
	if line.strong {
		style = "B"
	}
	p.doc.SetFont("noto", style, p.size)
	face := p.face(line.strong)
	x := pageMargin
	for i, cell := range lines {
		for k, s := range cell {
			at := x + cellPadX
			switch {
			case table.Number(p.t.Columns[i].Type):
				at = x + p.widths[i] - cellPadX - face.Width(s, p.size)
			case i == 0:
				at += p.indent(line)
			}
			if s != "" {
				p.doc.Text(at, p.y+p.padY+(float64(k)+0.85)*p.size*lineFactor-p.size*0.05, s)
			}
		}
		x += p.widths[i]
	}
	p.y += h
}

// wrap breaks a text into lines of a width, between words, and inside a word
// that is wider than a line.
func wrap(face *font.Face, size float64, s string, width float64) []string {
	if face.Width(s, size) <= width {
		return []string{s}
	}
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(s) {
		if line != "" && face.Width(line+" "+word, size) <= width {
			line += " " + word
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for face.Width(word, size) > width {
			cut, w := 0, 0.0
			for i, r := range word {
				rw := face.Width(string(r), size)
				if i > 0 && w+rw > width {
					break
				}
				w += rw
				cut = i + len(string(r))
			}
			if cut >= len(word) {
				break
			}
			lines = append(lines, word[:cut])
			word = word[cut:]
		}
		line = word
	}
	return append(lines, line)
}
