package list

import (
	"time"

	"fyne.io/fyne/v2"

	"ugoda/ui/theme"
)

const tipDelay = 500 * time.Millisecond

// tip says the whole of a text that was cut. It is drawn by the grid itself: an
// overlay would take the pointer and the keyboard.
type tip struct {
	text     string
	part     region
	row, col int
	at       fyne.Position
	lines    []string // what is shown; nil: nothing yet
	timer    *time.Timer
}

// hoverTip starts the wait for the tip of what lies under the pointer.
func (g *Grid) hoverTip(p region, row, col int, at fyne.Position) {
	if g.tip.text != "" && g.tip.part == p && g.tip.row == row && g.tip.col == col {
		return
	}
	g.hideTip()
	text := g.tipText(p, row, col)
	if text == "" || g.drag.part != nowhere {
		return
	}
	g.tip = tip{text: text, part: p, row: row, col: col, at: at}
	g.tip.timer = time.AfterFunc(tipDelay, func() {
		fyne.Do(func() {
			if g.tip.text == text && g.tip.row == row && g.tip.col == col {
				g.showTip()
			}
		})
	})
}

// tipText is what a tip there would say; nothing when all can be read.
func (g *Grid) tipText(p region, row, col int) string {
	if col < 0 || col >= len(g.shown) {
		return ""
	}
	c := g.shown[col]
	switch p {
	case inHead:
		if c.Tip != "" {
			return c.Tip
		}
		if _, cut := theme.Fit(c.Title, g.headRoom(col), g.dims.text, fyne.TextStyle{Bold: true}); cut {
			return c.Title
		}
	case inBody:
		cell := g.cell(row, col)
		if cell == nil {
			return ""
		}
		if cell.Tip != "" {
			return cell.Tip
		}
		if _, cut := theme.Fit(cell.Text, g.textRoom(c.w, cell), g.dims.text, cell.style()); cut {
			return cell.Text
		}
	}
	return ""
}

func (g *Grid) showTip() {
	width := min(g.dims.size.Width-24, 420*g.dims.scale)
	g.tip.lines = theme.Wrap(g.tip.text, width, g.dims.text, fyne.TextStyle{})
	if len(g.tip.lines) > 12 {
		g.tip.lines = append(g.tip.lines[:11], "…")
	}
	g.repaint()
}

func (g *Grid) hideTip() {
	if g.tip.timer != nil {
		g.tip.timer.Stop()
	}
	had := g.tip.lines != nil
	g.tip = tip{}
	if had {
		g.repaint()
	}
}
