package ui

import (
	"encoding/json"
	"log/slog"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"ugoda/locale"
)

// fyneWords are Fyne's own few words that the window may show, with the keys
// of ours that take their place.
var fyneWords = map[string]string{
	"OK": "button.ok", "Cancel": "button.cancel", "Open": "button.open", "Save": "button.save",
	"Close": "button.close", "Copy": "command.copy", "Cut": "command.cut", "Paste": "command.paste",
	"Select all": "command.select_all", "Undo": "command.undo", "Redo": "command.redo", "Quit": "command.quit",
	"Confirm": "button.yes", "Error": "word.error", "Yes": "word.yes", "No": "word.no",
}

// overrideFyne gives Fyne's own words in the language of the user. Fyne's
// translations follow the system's language only, so they are overridden for
// that very language.
func overrideFyne(words *locale.Printer) {
	texts := map[string]string{}
	for theirs, ours := range fyneWords {
		texts[theirs] = words.T(ours)
	}
	data, err := json.Marshal(texts)
	if err == nil {
		err = lang.AddTranslations(fyne.NewStaticResource(lang.SystemLocale().LanguageString()+".json", data))
	}
	if err != nil {
		slog.Warn("give Fyne its words", "error", err)
	}
}
