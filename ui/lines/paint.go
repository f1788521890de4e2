package lines

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"

	"ugoda/ui/paint"
	"ugoda/ui/theme"
)

func scale() float32 { return theme.Scaled(1) }

// CreateRenderer is for Fyne.
func (g *Grid) CreateRenderer() fyne.WidgetRenderer {
	g.ExtendBaseWidget(g)
	r := &renderer{g: g}
	r.Of(g, r.draw)
	return r
}

type renderer struct {
	paint.Renderer
	g               *Grid
	body, head, tip paint.Layer
	pictures        []*canvas.Image
	shown           int // of them
}

func (r *renderer) draw() {
	g := r.g
	g.measure()
	d := &g.dims
	r.shown = 0
	r.body.Begin()
	r.head.Begin()
	r.tip.Begin()
	r.body.Rect(0, 0, d.size.Width, d.size.Height, theme.Surface)
	for row := d.first; row < d.last; row++ {
		r.drawRow(row)
	}
	r.drawCursor()
	r.drawHead()
	r.drawBar()
	r.drawCarried()
	r.Drawn = r.body.Objects(r.Drawn[:0])
	for _, o := range r.pictures[:r.shown] {
		r.Drawn = append(r.Drawn, o)
	}
	if e := g.edit; e != nil {
		r.placeEditor(e)
	}
	r.Drawn = r.head.Objects(r.Drawn)
	r.drawProblem()
	r.Drawn = r.tip.Objects(r.Drawn)
}

func (r *renderer) placeEditor(e *edit) {
	g := r.g
	if e.col >= len(g.columns) {
		return
	}
	c := g.columns[e.col]
	o := e.object()
	o.Move(fyne.NewPos(c.x-1, g.rowY(e.row)-1))
	o.Resize(fyne.NewSize(max(c.w+2, 60*scale()), g.dims.row+2))
	r.Drawn = append(r.Drawn, o)
}

func (r *renderer) drawRow(row int) {
	g, d := r.g, &r.g.dims
	y := g.rowY(row)
	s := g.Selected()
	many := s.FromRow != s.ToRow || s.FromCol != s.ToCol
	fresh := row >= g.lines.Len()
	shaded := g.shaded(row)
	if shaded {
		r.body.Rect(0, y, d.size.Width, d.row, theme.Header)
	}
	if !fresh {
		r.body.Text(g.number(row), 0, y, d.number-d.pad, d.row, fyne.TextAlignTrailing, theme.Muted, fyne.TextStyle{})
	} else {
		r.body.Text("+", 0, y, d.number-d.pad, d.row, fyne.TextAlignTrailing, theme.Muted, fyne.TextStyle{})
	}
	for i := range g.columns {
		c := &g.columns[i]
		selected := many && row >= s.FromRow && row <= s.ToRow && i >= s.FromCol && i <= s.ToCol
		switch {
		case selected && (g.focused || g.edit != nil):
			r.body.Rect(c.x, y, c.w, d.row, theme.Selected)
		case selected:
			r.body.Rect(c.x, y, c.w, d.row, theme.SelectedIdle)
		case !g.editable(row, i) && !g.readOnly && !shaded:
			r.body.Rect(c.x, y, c.w, d.row, theme.Stripe)
		}
		if !fresh {
			r.drawCell(row, i, y)
		}
	}
	if fresh && g.lines.Len() == row && g.words.NewLine != "" {
		r.drawInvitation(y)
	}
	r.body.Rect(0, y+d.row-1, d.size.Width, 1, theme.Line)
	for i := range g.columns {
		if !shaded || i == 0 {
			r.body.Rect(g.columns[i].x-1, y, 1, d.row, theme.Line)
		}
	}
}

// drawInvitation writes what the empty line is for into its first cell that can
// be typed.
func (r *renderer) drawInvitation(y float32) {
	g, d := r.g, &r.g.dims
	for i := range g.columns {
		if c := &g.columns[i]; g.editable(g.lines.Len(), i) {
			text, _ := theme.Fit(g.words.NewLine, c.w-2*d.pad, d.text, fyne.TextStyle{})
			r.body.Text(text, c.x+d.pad, y, c.w-2*d.pad, d.row, fyne.TextAlignLeading, fynetheme.ColorNamePlaceHolder, fyne.TextStyle{})
			return
		}
	}
}

func (r *renderer) drawCell(row, col int, y float32) {
	g, d, c := r.g, &r.g.dims, &r.g.columns[col]
	cell := g.lines.Cell(row, col)
	refused, wrong := g.rejected[place{row, col}]
	if wrong {
		cell.Text = refused.text
		cell.Problem = refused.problem
	}
	if cell.Problem != "" {
		r.body.Rect(c.x, y, c.w-1, d.row-1, theme.Caution)
		r.body.Frame(c.x, y, c.w-1, d.row-1, 1, theme.Fill(theme.Red))
	}
	if c.Editor == Check {
		r.drawCheck(cell.Yes, c.x+c.w/2, y)
		return
	}
	align := fyne.TextAlignLeading
	if c.Right || c.Editor == Number {
		align = fyne.TextAlignTrailing
	}
	style := fyne.TextStyle{Bold: cell.Bold, Italic: cell.Italic}
	x, width := c.x+d.pad, c.w-2*d.pad
	if cell.Picture != nil {
		r.picture(cell.Picture, c.x+1, y+1, c.w-3, d.row-3)
		return
	}
	if cell.Wide {
		width += r.emptyAfter(row, col)
	}
	in := float32(cell.Level) * foldWidth * scale()
	switch cell.Fold {
	case Open:
		r.body.Text("▾", x, y, foldWidth*scale(), d.row, fyne.TextAlignLeading, theme.Muted, fyne.TextStyle{})
		in = foldWidth * scale()
	case Shut:
		r.body.Text("▸", x, y, foldWidth*scale(), d.row, fyne.TextAlignLeading, theme.Muted, fyne.TextStyle{})
		in = foldWidth * scale()
	}
	if cell.Tag != "" {
		in += r.tag(&cell, x+in, y)
	}
	text, _ := theme.Fit(cell.Text, width-in, d.text, style)
	r.body.Text(text, x+in, y, width-in, d.row, align, tone(cell.Tone), style)
}

// foldWidth is how much room the mark that folds a row takes, at zoom 100.
const foldWidth = 15

// tag writes a word in a frame and tells how much room that took.
func (r *renderer) tag(cell *Cell, x, y float32) float32 {
	d := &r.g.dims
	size := d.text * 0.85
	w := theme.Width(cell.Tag, size, fyne.TextStyle{}) + d.pad*1.4
	high := d.row - 8*scale()
	r.body.Frame(x, y+(d.row-high)/2, w, high, 1, tone(cell.TagTone)).CornerRadius = 3
	r.body.Text(cell.Tag, x, y, w, d.row, fyne.TextAlignCenter, tone(cell.TagTone), fyne.TextStyle{}).TextSize = size
	return w + d.pad
}

// picture draws a picture in a cell, as large as fits.
func (r *renderer) picture(of fyne.Resource, x, y, w, h float32) {
	if r.shown == len(r.pictures) {
		r.pictures = append(r.pictures, &canvas.Image{FillMode: canvas.ImageFillContain})
	}
	o := r.pictures[r.shown]
	r.shown++
	if o.Resource != of {
		o.Resource = of
		o.Refresh()
	}
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

// emptyAfter is how wide the empty cells at the right of a cell are.
func (r *renderer) emptyAfter(row, col int) float32 {
	g := r.g
	var w float32
	for i := col + 1; i < len(g.columns) && g.lines.Cell(row, i).Text == ""; i++ {
		w += g.columns[i].w
	}
	return w
}

// shaded reports whether a row stands on the ground of headings.
func (g *Grid) shaded(row int) bool {
	return row < g.lines.Len() && len(g.columns) > 0 && g.lines.Cell(row, 0).Shade
}

func tone(name fyne.ThemeColorName) fyne.ThemeColorName {
	if name == "" {
		return theme.Foreground
	}
	return name
}

func (r *renderer) drawCheck(yes bool, middle, y float32) {
	d := &r.g.dims
	side := 14 * scale()
	top := y + (d.row-side)/2
	if yes {
		r.body.Rect(middle-side/2, top, side, side, fynetheme.ColorNamePrimary).CornerRadius = 2
		r.body.Text("✓", middle-side/2, top, side, side, fyne.TextAlignCenter, fynetheme.ColorNameForegroundOnPrimary, fyne.TextStyle{}).TextSize = d.text * 0.8
		return
	}
	r.body.Frame(middle-side/2, top, side, side, 1, theme.Border).CornerRadius = 2
}

func (r *renderer) drawCursor() {
	g, d := r.g, &r.g.dims
	if g.edit != nil || g.row < d.first || g.row >= d.last || g.col >= len(g.columns) {
		return
	}
	c := &g.columns[g.col]
	if g.focused {
		r.body.Frame(c.x-1, g.rowY(g.row)-1, c.w+1, d.row+1, 2, theme.Ring)
	} else {
		r.body.Frame(c.x-1, g.rowY(g.row)-1, c.w+1, d.row+1, 1, theme.Border)
	}
}

// drawCarried shows where the lines that are dragged would go.
func (r *renderer) drawCarried() {
	g, d := r.g, &r.g.dims
	if g.drag.part == carrying && g.drag.before >= 0 {
		r.body.Rect(0, g.rowY(g.drag.before)-1, d.size.Width, 2, fynetheme.ColorNamePrimary)
	}
}

func (r *renderer) drawHead() {
	g, d := r.g, &r.g.dims
	r.head.Rect(0, 0, d.size.Width, d.head, theme.Header)
	bold := fyne.TextStyle{Bold: true}
	r.head.Text("№", 0, 0, d.number-d.pad, d.head, fyne.TextAlignTrailing, theme.Muted, bold)
	for i := range g.columns {
		c := &g.columns[i]
		align := fyne.TextAlignLeading
		switch {
		case c.Right || c.Editor == Number:
			align = fyne.TextAlignTrailing
		case c.Editor == Check:
			align = fyne.TextAlignCenter
		}
		title, _ := theme.Fit(c.Title, c.w-2*d.pad, d.text, bold)
		r.head.Text(title, c.x+d.pad, 0, c.w-2*d.pad, d.head, align, theme.Muted, bold)
		r.head.Rect(c.x-1, 4, 1, d.head-8, theme.Border)
	}
	r.head.Rect(0, d.head-1, d.size.Width, 1, theme.Border)
	r.head.Frame(0, 0, d.size.Width, d.size.Height, 1, theme.Border)
}

func (r *renderer) drawBar() {
	g, d := r.g, &r.g.dims
	if !d.vertical {
		return
	}
	x := d.size.Width - d.bar
	r.head.Rect(x, d.head, d.bar, d.size.Height-d.head, theme.Surface)
	y, length := g.thumb()
	r.head.Rect(x+2, d.head+y+1, d.bar-4, length-2, fynetheme.ColorNameScrollBar).CornerRadius = d.bar/2 - 2
}

// drawProblem says what is wrong with the cell that has the cursor, below it.
func (r *renderer) drawProblem() {
	g, d := r.g, &r.g.dims
	if !g.focused || g.edit != nil || g.col >= len(g.columns) || g.row < d.first || g.row >= d.last {
		return
	}
	problem := g.problem(g.row, g.col)
	if problem == "" {
		return
	}
	lines := theme.Wrap(problem, min(360*scale(), d.size.Width-4*d.pad), d.text, fyne.TextStyle{})
	var wide float32
	for _, s := range lines {
		wide = max(wide, theme.Width(s, d.text, fyne.TextStyle{}))
	}
	line := d.row * 0.75
	w, h := wide+2*d.pad, line*float32(len(lines))+d.pad
	x := min(g.columns[g.col].x, d.size.Width-w-2)
	y := g.rowY(g.row) + d.row + 2
	if y+h > d.size.Height {
		y = max(g.rowY(g.row)-h-2, d.head)
	}
	r.tip.Rect(x, y, w, h, theme.Caution).CornerRadius = 3
	r.tip.Frame(x, y, w, h, 1, theme.Fill(theme.Red)).CornerRadius = 3
	for i, s := range lines {
		r.tip.Text(s, x+d.pad, y+d.pad/2+float32(i)*line, wide+2, line, fyne.TextAlignLeading, theme.Red, fyne.TextStyle{})
	}
}
