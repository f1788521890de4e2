package imports

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	fynetheme "fyne.io/fyne/v2/theme"

	"ugoda/service/imports"
	"ugoda/ui/input"
	"ugoda/ui/list"
	"ugoda/ui/screen"
	"ugoda/ui/theme"
)

// journalLength is how many imports the journal shows.
const journalLength = 500

func idText(id int64) string { return strconv.FormatInt(id, 10) }

// Journal is the list of imports that were done.
type Journal struct {
	screen.Base
	grid    *list.Grid
	source  *rows
	entries []imports.Entry
	open    *input.Button
	back    *input.Button
}

// NewJournal makes the screen.
func NewJournal(h screen.Host, _ screen.Address) (screen.Screen, error) {
	t := h.Words().T
	j := &Journal{Base: screen.Begin(h, screen.Address{Screen: JournalName}), source: &rows{}}
	j.grid = list.NewGrid([]list.Column{
		{Key: "at", Title: t("import.journal.at"), Width: 126, NoSort: true},
		{Key: "kind", Title: t("import.journal.kind"), Width: 110, NoSort: true},
		{Key: "file", Title: t("import.file"), Width: 160, NoSort: true, Grow: true},
		{Key: "user", Title: t("import.journal.user"), Width: 130, NoSort: true},
		{Key: "created", Title: t("import.created"), Width: 78, Align: list.Right, NoSort: true},
		{Key: "updated", Title: t("import.updated"), Width: 72, Align: list.Right, NoSort: true},
		{Key: "left", Title: t("import.journal.left"), Width: 90, Align: list.Right, NoSort: true},
		{Key: "state", Title: t("import.journal.state"), Width: 180, NoSort: true},
	}, j.source)
	j.source.grid = j.grid
	j.grid.SetEmpty(&list.Empty{Title: t("import.journal.empty"), Hint: t("import.journal.empty.hint")})
	j.grid.OnOpen = func(int) { j.openRecords() }
	j.grid.OnSelect = j.buttons
	j.grid.OnMenu = func(row int, _ string, at fyne.Position) {
		if row >= 0 {
			h.Menu(fyne.NewMenu("", fyne.NewMenuItem(t("import.journal.open"), j.openRecords), fyne.NewMenuItem(t("button.undo"), j.undo)), at)
		}
	}
	j.open = input.NewButton(t("import.journal.open"), j.openRecords).Framed()
	j.back = input.NewIconButton(fynetheme.ContentUndoIcon(), t("button.undo"), j.undo).Framed()
	bar := container.New(layout.NewCustomPaddedLayout(3, 3, 6, 6), input.NewToolbar(heading(t("import.journal")), j.open, j.back))
	j.Body, j.First = container.NewBorder(bar, nil, nil, nil, j.grid), j.grid
	j.read()
	return j, nil
}

// Title implements screen.Screen.
func (j *Journal) Title() string { return j.Host.Words().T("import.journal") }

// Changed implements screen.Refresher.
func (j *Journal) Changed(map[string][]int64) { j.read() }

func (j *Journal) read() {
	session := j.Host.Session()
	screen.Read(j.Ctx, j.Host, func(ctx context.Context) ([]imports.Entry, error) {
		return imports.Journal(ctx, session, journalLength)
	}, j.show)
}

func (j *Journal) show(entries []imports.Entry) {
	words := j.Host.Words()
	at := j.grid.FocusRow()
	j.entries = entries
	j.source.list = nil
	number := func(n int) list.Cell {
		if n == 0 {
			return list.Cell{}
		}
		return list.Cell{Text: words.Int(int64(n))}
	}
	for _, e := range entries {
		state := list.Cell{}
		if e.Undone {
			state = list.Cell{Text: words.T("import.journal.undone"), Tone: theme.Muted}
			if e.Kept > 0 {
				state = list.Cell{Text: words.N("import.journal.kept", int64(e.Kept)), Tone: theme.Amber}
			}
		}
		user := e.User.Name
		if user == "" {
			user = words.T("import.journal.nobody")
		}
		j.source.list = append(j.source.list, list.Row{
			ID: e.ID, Muted: e.Undone && e.Kept == 0,
			Cells: []list.Cell{{Text: words.Moment(e.At)}, {Text: words.Kinds(e.Kind)}, {Text: e.Label}, {Text: user}, number(e.Created), number(e.Updated), number(e.LeftOut + e.Skipped), state},
		})
	}
	j.grid.Reset()
	if n := len(entries); n > 0 {
		at = min(max(at, 0), n-1)
		j.grid.Select(at, list.Range{From: at, To: at + 1})
	}
	j.buttons()
}

func (j *Journal) entry() *imports.Entry {
	if row := j.grid.FocusRow(); row >= 0 && row < len(j.entries) {
		return &j.entries[row]
	}
	return nil
}

func (j *Journal) buttons() {
	e := j.entry()
	able := func(b *input.Button, yes bool) {
		if yes {
			b.Enable()
		} else {
			b.Disable()
		}
	}
	able(j.open, e != nil)
	able(j.back, e != nil && (!e.Undone || e.Kept > 0))
}

func (j *Journal) openRecords() {
	if e := j.entry(); e != nil {
		j.Host.Open(ToImported(e.Kind, e.ID))
	}
}

func (j *Journal) undo() {
	if e := j.entry(); e != nil && (!e.Undone || e.Kept > 0) {
		undo(j.Ctx, j.Host, e.Batch, j.read)
	}
}
