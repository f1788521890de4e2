package sheet

import (
	"context"
	"fmt"
	"strings"

	"codeberg.org/go-pdf/fpdf"
	"github.com/xuri/excelize/v2"

	"ugoda/model/table"
	"ugoda/printing/font"
	"ugoda/reports/chart"
)

// Drawer draws the picture of a table in a format and a size in pixels; scale
// is pixels for one unit of its layout.
type Drawer func(format chart.Format, w, h int, scale float64) (*chart.Picture, error)

// Measures of a picture on paper, in points.
const (
	pictureFine  = 4    // pixels in a point: what is drawn is rounded to them
	pictureUnit  = 0.75 // points for one unit of layout
	pictureLeast = 150.0
	pictureShare = 0.5 // of its width, at most
	pictureGap   = 10.0
)

// withoutDetail is the table without the columns that a page with a picture
// leaves out.
func withoutDetail(t *table.Table) *table.Table {
	var kept []int
	out := *t
	out.Columns = nil
	for i, c := range t.Columns {
		if !c.Detail {
			kept = append(kept, i)
			out.Columns = append(out.Columns, c)
		}
	}
	pick := func(cells []any) []any {
		some := make([]any, 0, len(kept))
		for _, i := range kept {
			if i < len(cells) {
				some = append(some, cells[i])
			}
		}
		return some
	}
	out.Rows = func(ctx context.Context, yield func(table.Row) error) error {
		return t.Rows(ctx, func(r table.Row) error {
			r.Cells = pick(r.Cells)
			return yield(r)
		})
	}
	if t.Total != nil {
		out.Total = pick(t.Total)
	}
	return &out
}

// place decides how high the picture is, so that it and the table stand on one
// page, if need be with less air and in smaller letters; a long table goes on
// over more pages. A table beside whose last column there is room fills it.
func (p *pdfTable) place() (height float64) {
	least := max(pictureLeast, p.o.Least)
	room := func() float64 { return p.bottom - p.y - pictureGap - p.tableHeight() }
	natural, narrowest := p.measure()
	for _, step := range []struct{ size, pad float64 }{{p.size, cellPadY}, {8, 2}, {7.5, 1.5}, {7, 1}, {6.5, 1}, {minFont, 0.8}} {
		if room() >= least {
			break
		}
		p.padY = step.pad
		p.columns(natural, narrowest, min(p.size, step.size))
	}
	if rest := p.width - p.sum(); rest > 0 && len(p.widths) > 0 {
		for i := range p.widths {
			p.widths[i] += rest / float64(len(p.widths))
		}
	}
	if h := room(); h >= least {
		return min(h, max(p.width*pictureShare, least))
	}
	return min(max(p.width*0.35, least), (p.bottom-p.y)*0.6)
}

// tableHeight is how high the rows known so far are, with heading and totals.
func (p *pdfTable) tableHeight() float64 {
	head := pdfLine{strong: true, cells: make([]string, len(p.t.Columns))}
	for i, c := range p.t.Columns {
		head.cells[i] = p.bold.Clean(c.Label, nil)
	}
	_, h := p.lay(head)
	for _, line := range p.sample {
		_, row := p.lay(line)
		h += row
	}
	if cells := total(p.t, p.o.Formatter); cells != nil {
		_, row := p.lay(p.texts(table.Row{Cells: cells, Strong: true}))
		h += row
	}
	return h + 2
}

// picture draws the picture above the table, in lines and letters.
func (p *pdfTable) picture() {
	height := p.place()
	pic, err := p.o.Draw(chart.Strokes, int(p.width*pictureFine), int(height*pictureFine), pictureFine*pictureUnit)
	if err != nil {
		p.doc.SetError(err)
		return
	}
	faces := map[bool]*font.Face{false: p.regular, true: p.bold}
	for _, s := range pic.Strokes {
		stroke(p.doc, faces, s, pageMargin, p.y)
	}
	p.doc.SetTextColor(0x1f, 0x29, 0x33)
	p.y += height + pictureGap
}

// stroke draws one piece of a picture whose corner stands at x, y.
func stroke(d *fpdf.Fpdf, faces map[bool]*font.Face, s chart.Stroke, x, y float64) {
	at := func(i int) (float64, float64) {
		return x + s.Points[i][0]/pictureFine, y + s.Points[i][1]/pictureFine
	}
	r, g, b := int(s.Colour[0]), int(s.Colour[1]), int(s.Colour[2])
	switch {
	case s.Text != "":
		style := ""
		if s.Bold {
			style = "B"
		}
		d.SetFont("noto", style, s.Size/pictureFine)
		d.SetTextColor(r, g, b)
		tx, ty := at(0)
		d.Text(tx, ty, faces[s.Bold].Clean(s.Text, nil))
	case s.Fill:
		d.SetFillColor(r, g, b)
		points := make([]fpdf.PointType, len(s.Points))
		for i := range s.Points {
			points[i].X, points[i].Y = at(i)
		}
		d.Polygon(points, "F")
	default:
		d.SetDrawColor(r, g, b)
		d.SetLineWidth(max(s.Width/pictureFine, 0.3))
		for i := 1; i < len(s.Points); i++ {
			x1, y1 := at(i - 1)
			x2, y2 := at(i)
			d.Line(x1, y1, x2, y2)
		}
	}
}

// Size of the picture in a web page and in a workbook, in pixels.
const pictureWidth, pictureHeight = 1000, 520

// svg writes the picture into a page.
func (h *htmlWriter) svg(draw Drawer) error {
	pic, err := draw(chart.SVG, pictureWidth, pictureHeight, 1)
	if err != nil {
		return err
	}
	text := string(pic.Data)
	if i := strings.Index(text, "<svg"); i >= 0 {
		text = text[i:]
	}
	h.put(`<div style="max-width:1000px;margin:0 0 14px;font-family:'Noto Sans','Segoe UI',Arial,sans-serif">`, text, "</div>\n")
	return nil
}

// addPicture puts the picture on a sheet of its own.
func addPicture(book *excelize.File, o *Options) error {
	name := sheetName(o.Formatter.Text("sheet.picture", nil))
	if _, err := book.NewSheet(name); err != nil {
		return fmt.Errorf("add a sheet: %w", err)
	}
	pic, err := o.Draw(chart.PNG, 2*pictureWidth, 2*pictureHeight, 2)
	if err != nil {
		return err
	}
	err = book.AddPictureFromBytes(name, "A1", &excelize.Picture{Extension: ".png", File: pic.Data, Format: &excelize.GraphicOptions{ScaleX: 0.5, ScaleY: 0.5}})
	if err != nil {
		return fmt.Errorf("add the picture: %w", err)
	}
	return nil
}
