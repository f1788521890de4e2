package theme

import "math"

// Noto Sans has no arrows, triangles, checks or stars. Fyne would borrow them
// from a font without a space, and draw "�" wherever a space follows. So the
// window's faces get the few that its texts use, drawn here as outlines of
// straight lines, in thousandths of the size; clockwise is filled, the other
// way round is a hole.

type point struct{ x, y float64 }

type symbol struct {
	width    int
	contours [][]point
}

var symbols = map[rune]symbol{
	'→': {980, [][]point{rightArrow}},
	'←': {980, [][]point{mirrored(rightArrow, 980)}},
	'↑': {720, [][]point{turned(rightArrow, func(p point) point { return point{720 - p.y, p.x - 110} })}},
	'↓': {720, [][]point{turned(rightArrow, func(p point) point { return point{p.y, 850 - p.x} })}},
	'↔': {980, [][]point{rightArrow, mirrored(rightArrow, 980)}},
	'▲': {760, [][]point{{{60, 80}, {380, 640}, {700, 80}}}},
	'▼': {760, [][]point{{{60, 640}, {700, 640}, {380, 80}}}},
	'▶': {760, [][]point{{{100, 60}, {100, 660}, {660, 360}}}},
	'◀': {760, [][]point{mirrored([]point{{100, 60}, {100, 660}, {660, 360}}, 760)}},
	'▸': {520, [][]point{{{100, 130}, {100, 590}, {440, 360}}}},
	'◂': {520, [][]point{mirrored([]point{{100, 130}, {100, 590}, {440, 360}}, 520)}},
	'▾': {600, [][]point{{{70, 480}, {530, 480}, {300, 180}}}},
	'▴': {600, [][]point{{{70, 180}, {300, 480}, {530, 180}}}},
	'✓': {780, [][]point{{{60, 330}, {120, 390}, {290, 220}, {660, 640}, {720, 585}, {292, 95}}}},
	'✕': {700, [][]point{cross}},
	'★': {900, [][]point{star(420)}},
	'☆': {900, [][]point{star(420), reversed(star(270))}},
	'●': {700, [][]point{disc(270)}},
	'○': {700, [][]point{disc(270), reversed(disc(205))}},
	'■': {760, [][]point{box(100, 60, 660, 620)}},
	'□': {760, [][]point{box(100, 60, 660, 620), reversed(box(165, 125, 595, 555))}},
	'⚠': {900, [][]point{
		{{50, 20}, {450, 740}, {850, 20}},
		{{165, 85}, {735, 85}, {450, 600}},
		box(415, 255, 485, 460), box(415, 140, 485, 205),
	}},
	'☰': {800, [][]point{box(100, 520, 700, 600), box(100, 320, 700, 400), box(100, 120, 700, 200)}},
}

var rightArrow = []point{{80, 322}, {80, 398}, {752, 398}, {575, 575}, {630, 630}, {900, 360}, {630, 90}, {575, 145}, {752, 322}}

var cross = []point{
	{110, 160},
	{300, 350},
	{110, 540},
	{160, 590},
	{350, 400},
	{540, 590},
	{590, 540},
	{400, 350},
	{590, 160},
	{540, 110},
	{350, 300},
	{160, 110},
}

func box(x1, y1, x2, y2 float64) []point { return []point{{x1, y1}, {x1, y2}, {x2, y2}, {x2, y1}} }

func star(r float64) []point {
	var list []point
	for i := range 10 {
		d := r
		if i%2 == 1 {
			d = r * 0.4
		}
		a := float64(i) * math.Pi / 5
		list = append(list, point{450 + d*math.Sin(a), 330 + d*math.Cos(a)})
	}
	return list
}

func disc(r float64) []point {
	var list []point
	for i := range 24 {
		a := float64(i) * math.Pi / 12
		list = append(list, point{350 + r*math.Sin(a), 345 + r*math.Cos(a)})
	}
	return list
}

func turned(list []point, f func(point) point) []point {
	out := make([]point, len(list))
	for i, p := range list {
		out[i] = f(p)
	}
	return out
}

func reversed(list []point) []point {
	out := make([]point, len(list))
	for i, p := range list {
		out[len(list)-1-i] = p
	}
	return out
}

func mirrored(list []point, width float64) []point {
	return reversed(turned(list, func(p point) point { return point{width - p.x, p.y} }))
}
