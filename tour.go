package main

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"

	"ugoda/cli"
	"ugoda/exchange/outfile"
	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/records"
	"ugoda/service/demo"
	"ugoda/service/paper"
	"ugoda/store"
	"ugoda/ui"
	"ugoda/ui/screen"
	"ugoda/ui/screen/preview"
	"ugoda/ui/theme"
)

// Size of the pictures of the tour, in pixels.
const tourWidth, tourHeight = 1440, 860

// tourSize is the demo base that a tour without a base is drawn of.
const tourSize = "m"

// scene is one picture of the tour: the last of its tabs is in front.
type scene struct {
	name string
	user string // who works; empty: as the tour was started
	tabs []screen.Address
}

// looked is told of each screen of the tour as it is drawn; for tests.
var looked func(l locale.Language, name string, content fyne.CanvasObject)

// drawTour draws the main screens of a base and one printed proposal into a
// folder. Without a language it draws both, each in a folder of its own;
// without a base it makes an example in the language drawn.
func drawTour(ctx context.Context, s cli.Start, dir string) error {
	languages := []locale.Language{s.Language}
	if s.Language == "" {
		languages = []locale.Language{locale.Ukrainian, locale.English}
	}
	studio := ui.NewStudio(deps(s))
	for _, l := range languages {
		into := dir
		if len(languages) > 1 {
			into = filepath.Join(dir, string(l))
		}
		if err := drawIn(ctx, studio, s, l, into); err != nil {
			return err
		}
	}
	return nil
}

// drawIn draws the tour in one language.
func drawIn(ctx context.Context, studio *ui.Studio, s cli.Start, l locale.Language, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("make %s: %w", dir, err)
	}
	if s.Base == "" {
		tmp, err := os.MkdirTemp("", "ugoda-tour-")
		if err != nil {
			return fmt.Errorf("make a demo base: %w", err)
		}
		defer os.RemoveAll(tmp)
		s.Base = filepath.Join(tmp, "demo.ugoda")
		size, _ := demo.SizeOf(tourSize)
		b, err := demo.Make(ctx, s.Base, size, demoSeed, l, store.Options{Registry: records.New(), Today: deps(s).Today}, nil)
		if err != nil {
			return err
		}
		if err := b.Close(); err != nil {
			return err
		}
	}
	b, err := studio.Open(ctx, s.Base)
	if err != nil {
		return err
	}
	defer studio.Close() // before its folder goes
	session, err := b.Session(ctx, s.User, os.Getenv("UGODA_PASSWORD"))
	if err != nil {
		return fmt.Errorf("open a session for the tour: %w", err)
	}
	offer, scenes, err := tourScenes(ctx, session)
	if err != nil {
		return err
	}
	for _, look := range []struct {
		suffix string
		mode   theme.Mode
	}{{"", theme.Light}, {"-dark", theme.Dark}} {
		picture := ui.Picture{Width: tourWidth, Height: tourHeight, Language: l, Look: look.mode}
		if err := keep(filepath.Join(dir, "opening"+look.suffix+".png"), studio.DrawOpening(picture)); err != nil {
			return err
		}
		for _, x := range scenes {
			picture.Tabs, picture.User, picture.See = x.tabs, x.user, nil
			if looked != nil {
				picture.See = func(content fyne.CanvasObject) { looked(l, x.name, content) }
			}
			img, err := studio.Draw(ctx, picture)
			if err != nil {
				return fmt.Errorf("draw %s: %w", x.name, err)
			}
			if err := keep(filepath.Join(dir, x.name+look.suffix+".png"), img); err != nil {
				return err
			}
		}
	}
	if offer == 0 {
		return nil
	}
	return printOffer(ctx, session, offer, filepath.Join(dir, "offer"))
}

// tourScenes are the pictures of a base, of records that it has, and the
// proposal that is printed; 0 when there is none.
func tourScenes(ctx context.Context, s *store.Session) (int64, []scene, error) {
	scenes := []scene{
		{name: "start", tabs: []screen.Address{{Screen: "start"}}},
		{name: "inquiries", tabs: []screen.Address{screen.ToList("inquiry", "")}},
		{name: "deals", tabs: []screen.Address{screen.ToList("deal", `state = "open"`)}},
		{name: "board", tabs: []screen.Address{{Screen: "board"}}},
		{name: "proposals", tabs: []screen.Address{screen.ToList("proposal", "")}},
		{name: "invoices", tabs: []screen.Address{screen.ToList("invoice", "")}},
		{name: "clients", tabs: []screen.Address{screen.ToList("client", "")}},
		{name: "products", tabs: []screen.Address{screen.ToList("product", "")}},
		{name: "funnel", tabs: []screen.Address{{Screen: "funnel"}}},
		{name: "proposal_analysis", tabs: []screen.Address{{Screen: "proposals", Args: map[string]string{"by": "manager,status"}}}},
		{name: "losses", tabs: []screen.Address{{Screen: "losses"}}},
		{name: "settings", tabs: []screen.Address{{Screen: "settings"}}},
	}
	part, err := first(ctx, s, "proposal", `left_to_bill > 0 and billed > 0`, "-amount_base")
	if err != nil {
		return 0, scenes, err
	}
	if part != nil {
		scenes = append(scenes, scene{name: "billed", tabs: []screen.Address{screen.ToCard("proposal", part.ID)}})
		bill, err := first(ctx, s, "invoice", fmt.Sprintf("proposal = #%d", part.ID), "-id")
		if err != nil || bill == nil {
			return 0, scenes, err
		}
		scenes = append(scenes, scene{name: "invoice", tabs: []screen.Address{screen.ToCard("invoice", bill.ID)}})
	}
	row, err := first(ctx, s, "proposal", `status = "sent" and deal.state = "open"`, "-amount_base", "deal", "client")
	if err != nil || row == nil {
		return 0, scenes, err
	}
	for i, kind := range []string{"deal", "client"} {
		if ref, ok := row.Cells[i].(model.Ref); ok && !ref.IsZero() {
			scenes = append(scenes, scene{name: kind, tabs: []screen.Address{screen.ToCard(kind, ref.ID)}})
		}
	}
	scenes = append(scenes,
		scene{name: "proposal", tabs: []screen.Address{screen.ToCard("proposal", row.ID)}},
		scene{name: "print", tabs: []screen.Address{preview.To("proposal", row.ID)}})
	seller, err := first(ctx, s, "user", `role = "manager" and active = true`, "name", "name")
	if err != nil || seller == nil {
		return row.ID, scenes, err
	}
	name, _ := seller.Cells[0].(string)
	return row.ID, append(scenes,
		scene{name: "start-of-a-salesperson", user: name, tabs: []screen.Address{{Screen: "start"}}},
		scene{name: "day", user: name, tabs: []screen.Address{{Screen: "day"}}}), nil
}

// first is the first row of a list, or nothing.
func first(ctx context.Context, s *store.Session, kind, where, sort string, columns ...string) (*store.Row, error) {
	n, err := filter.Parse(s.Registry(), kind, where)
	if err != nil {
		return nil, err
	}
	order := store.Order{Path: sort}
	if sort[0] == '-' {
		order = store.Order{Path: sort[1:], Desc: true}
	}
	rows, err := s.Page(ctx, store.Query{Kind: kind, Columns: columns, Where: n, Sort: []store.Order{order}, Limit: 1})
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return &rows[0], nil
}

// pageScale is how large the pages of the printed proposal are drawn: pixels
// in a point.
const pageScale = 1.5

// printOffer prints a proposal as a PDF, and draws its pages as they print.
func printOffer(ctx context.Context, s *store.Session, id int64, path string) error {
	p, err := paper.DOCX(ctx, s, paper.Job{Kind: "proposal", ID: id})
	if err != nil {
		return err
	}
	laid, err := paper.Lay(ctx, p)
	if err != nil {
		return err
	}
	made, err := laid.PDF(ctx)
	if err != nil {
		return err
	}
	if err := outfile.Write(path+".pdf", made.PDF); err != nil {
		return err
	}
	for page := range laid.Pages() {
		img, err := laid.Draw(ctx, page, pageScale)
		if err != nil {
			return err
		}
		if err := keep(fmt.Sprintf("%s-%d.png", path, page+1), img); err != nil {
			return err
		}
	}
	return nil
}

// keep writes a picture as a PNG file.
func keep(path string, img image.Image) error {
	f, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("keep a picture: %w", err)
	}
	if err := errors.Join(png.Encode(f, img), f.Close()); err != nil {
		return fmt.Errorf("keep a picture: %w", err)
	}
	return nil
}
