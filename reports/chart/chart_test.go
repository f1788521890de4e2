package chart_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/reports"
	"ugoda/reports/chart"
)

// funnelOf is a funnel of rows with so many deals each, a few of them late.
func funnelOf(mode reports.Mode, counts ...int64) *reports.Funnel {
	f := &reports.Funnel{Settings: reports.FunnelSettings{Mode: mode}, Currency: "UAH", Cycle: -1}
	for i, n := range counts {
		r := reports.FunnelRow{Name: fmt.Sprintf("Етап <%d> & «далі»", i), Kind: "open", Count: n, Amount: n * 100_000_00, Weighted: n * 50_000_00, Late: n / 3, Stuck: n / 5, Days: 4, Age: 9, ToNext: 6_000, FromTop: 5_000, Expected: 3}
		f.Rows = append(f.Rows, r)
		f.Open.Count += n
		f.Open.Amount += r.Amount
	}
	for _, k := range []string{"hold", "won", "lost"} {
		f.Rows = append(f.Rows, reports.FunnelRow{Name: k, Kind: k, Count: 5_000, Amount: 900_000_00, Days: -1, Age: -1, ToNext: -1, FromTop: -1})
	}
	f.All = f.Open.Count + 15_000
	return f
}

// Every picture is drawn in every format and size: an image that can be read,
// SVG that is well formed with names escaped, strokes within the paper; its
// places lie in it, and those of parts within others.
func TestPictures(t *testing.T) {
	words := locale.New(locale.Ukrainian)
	compared := funnelOf(reports.Flow, 500, 20, 90)
	compared.Was = funnelOf(reports.Flow, 300, 900, 1)
	offers := &reports.Proposals{Settings: reports.ProposalSettings{By: []string{"status"}, Compare: "previous"}}
	for i := range 8 {
		offers.Rows = append(offers.Rows, reports.ProposalRow{Keys: []model.Ref{{ID: int64(i + 1)}}, Now: reports.ProposalFigures{Count: 1 + int64(i), Amount: int64(i) << 50}, Then: reports.ProposalFigures{Amount: 7 << 50}})
	}
	losses := &reports.Losses{Settings: reports.LossSettings{By: []string{"reason"}}, Total: reports.LossRow{Count: 60}}
	for i := range int64(30) {
		losses.Rows = append(losses.Rows, reports.LossRow{Keys: []model.Ref{{ID: i, Name: fmt.Sprint("Причина & ", i)}}, Count: 30 - i, Amount: i})
	}
	weeks := &reports.Inquiries{}
	for i := range model.Day(60) {
		weeks.Weeks = append(weeks.Weeks, reports.InquiryWeek{Monday: 20_000 + 7*i, Last: 20_006 + 7*i, Count: int64(i), Usual: 10, Percent: int64(i) * 1000, Was: -1})
	}
	for name, r := range map[string]reports.Report{
		"widening": funnelOf(reports.Now, 24, 41, 23), "empty": funnelOf(reports.Cohort), "noughts": funnelOf(reports.Now, 0, 0), "one": funnelOf(reports.Cohort, 1),
		"many": funnelOf(reports.Now, 9, 8, 7, 6, 5, 4, 3, 2, 1, 9, 8, 7), "compared": compared, "losses": losses, "no losses": &reports.Losses{}, "proposals": offers, "no proposals": &reports.Proposals{}, "inquiries": weeks, "no inquiries": &reports.Inquiries{},
		"start": &reports.Start{Tiles: []reports.Figure{{Name: "stuck", Count: 3, Amount: 5}}, Changes: []reports.Figure{{Name: "won"}}, Funnel: funnelOf(reports.Now, 3, 2), Week: &weeks.Weeks[9]},
	} {
		for _, size := range [][2]int{{1200, 700}, {330, 220}, {960, 240}, {90, 60}} {
			for _, format := range []chart.Format{chart.PNG, chart.SVG, chart.Strokes} {
				p, err := chart.Draw(r, words, format, size[0], size[1], 1, chart.Dark)
				if err != nil {
					t.Fatalf("%s %v %s: %v", name, size, format, err)
				}
				checkPicture(t, fmt.Sprint(name, size, format), p, format, size)
			}
		}
	}
}

func checkPicture(t *testing.T, what string, p *chart.Picture, format chart.Format, size [2]int) {
	t.Helper()
	switch format {
	case chart.PNG:
		img, err := p.Image()
		if err != nil || img.Bounds().Dx() != size[0] || img.Bounds().Dy() != size[1] {
			t.Errorf("%s: %v", what, err)
		}
	case chart.SVG:
		d := xml.NewDecoder(bytes.NewReader(p.Data))
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Errorf("%s: %v", what, err)
				break
			}
		}
	case chart.Strokes:
		if len(p.Strokes) == 0 || p.Data != nil {
			t.Errorf("%s: %d strokes", what, len(p.Strokes))
		}
		for _, s := range p.Strokes {
			if len(s.Points) == 0 || s.Colour[3] == 0 || s.Text == "" && len(s.Points) < 2 {
				t.Errorf("%s: %+v", what, s)
			}
		}
	}
	for i, r := range p.Regions {
		if r.W <= 0 && size[0] > 300 || r.X < -10 || r.X+r.W > size[0]+10 || len(r.Tip) == 0 {
			t.Errorf("%s: place %d is %+v", what, i, r)
		}
	}
}

// A bar is as wide as its deals are many, about one middle whatever stands
// above it; the late ones are a part of it. Nothing in it is wider than the
// bar, so a stage with more deals than the one above does not flare.
func TestBarsAreAsWideAsTheirDeals(t *testing.T) {
	f := funnelOf(reports.Now, 24, 41, 23)
	p, err := chart.Draw(f, locale.New(locale.English), chart.Strokes, 4000, 2000, 4, chart.Light)
	if err != nil {
		t.Fatal(err)
	}
	var wide []float64
	var middle []float64
	for _, s := range p.Strokes {
		if !s.Fill || len(s.Points) != 4 || s.Colour != [4]uint8{0x2a, 0x6f, 0xb0, 0xff} {
			continue
		}
		wide = append(wide, s.Points[1][0]-s.Points[0][0])
		middle = append(middle, (s.Points[1][0]+s.Points[0][0])/2)
		if s.Points[1][0] != s.Points[2][0] || s.Points[0][0] != s.Points[3][0] {
			t.Errorf("a bar is no rectangle: %v", s.Points)
		}
	}
	if len(wide) != 3 {
		t.Fatalf("%d bars", len(wide))
	}
	for i, n := range []float64{24, 41, 23} {
		if want := wide[1] * n / 41; wide[i] < want-3 || wide[i] > want+3 || middle[i] < middle[1]-3 || middle[i] > middle[1]+3 {
			t.Errorf("%v deals: %v wide about %v; want %v about %v", n, wide[i], middle[i], want, middle[1])
		}
	}
	var late int
	for _, r := range p.Regions {
		if r.Within && r.Part == string(reports.Late) {
			late++
			if share := float64(r.W) / wide[r.Row]; share > 0.45 {
				t.Errorf("late deals take %.2f of a bar", share)
			}
		}
	}
	if late != 3 {
		t.Errorf("%d bars show what is late", late)
	}
	text := ""
	for _, s := range p.Strokes {
		text += s.Text + "\n"
	}
	for _, want := range []string{"Amount", "Weighted", "88 of 15,088", "60%"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not said", want)
		}
	}
}
