package locale

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"regexp"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
	"golang.org/x/text/language"

	"ugoda/assets"
)

// catalogue holds the texts of one language.
type catalogue struct {
	plain    map[string]string // texts without arguments and plural forms
	messages map[string]*i18n.Message
	speaker  *i18n.Localizer
	missing  sync.Map // keys that were asked for in vain, each logged once
}

var catalogues = map[Language]func() *catalogue{
	Ukrainian: sync.OnceValue(func() *catalogue { return load(Ukrainian) }),
	English:   sync.OnceValue(func() *catalogue { return load(English) }),
}

// strict reports an argument that a text has and the call has not.
var strict = &template.TextParser{Option: "missingkey=error"}

var argument = regexp.MustCompile(`\{\{\.(\w+)\}\}`)

// load reads a language file. It is embedded and tested, so a fault in it is
// a fault of the build.
func load(l Language) *catalogue {
	name := "locale/" + string(l) + ".json"
	data, err := assets.Locale.ReadFile(name)
	if err != nil {
		panic(fmt.Sprintf("locale: %v", err))
	}
	tag := language.Make(string(l))
	bundle := i18n.NewBundle(tag)
	bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	file, err := bundle.ParseMessageFileBytes(data, name)
	if err != nil {
		panic(fmt.Sprintf("locale: %s: %v", name, err))
	}
	c := &catalogue{
		plain:    map[string]string{},
		messages: make(map[string]*i18n.Message, len(file.Messages)),
		speaker:  i18n.NewLocalizer(bundle, string(l)),
	}
	for _, m := range file.Messages {
		c.messages[m.ID] = m
		if m.One == "" && !strings.Contains(m.Other, "{{") {
			c.plain[m.ID] = m.Other
		}
	}
	return c
}

func (c *catalogue) has(key string) bool { return c.messages[key] != nil }

// say gives the text of a key. A key that is missing is the answer itself.
func (c *catalogue) say(key string, args map[string]any, count any) string {
	if count == nil {
		if text, ok := c.plain[key]; ok {
			return text
		}
	}
	if !c.has(key) {
		c.fault(key, "text is missing", nil)
		return key
	}
	config := &i18n.LocalizeConfig{MessageID: key, TemplateData: args, PluralCount: count, TemplateParser: strict}
	text, err := c.speaker.Localize(config)
	if err != nil {
		c.fault(key, "text cannot be said", err)
		config.TemplateData = c.completed(key, args)
		if text, err = c.speaker.Localize(config); err != nil {
			return key
		}
	}
	return text
}

// completed is args with an empty text for every argument that they lack.
func (c *catalogue) completed(key string, args map[string]any) map[string]any {
	out := map[string]any{}
	m := c.messages[key]
	for _, text := range []string{m.One, m.Few, m.Many, m.Other} {
		for _, found := range argument.FindAllStringSubmatch(text, -1) {
			out[found[1]] = ""
		}
	}
	maps.Copy(out, args)
	return out
}

// fault logs what is wrong with a key, once.
func (c *catalogue) fault(key, what string, err error) {
	if _, again := c.missing.LoadOrStore(key, true); !again {
		slog.Warn("locale: "+what, "key", key, "error", err)
	}
}
