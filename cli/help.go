package cli

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"ugoda/locale"
)

// spoken is the language that --lang names, wherever it stands among the
// words: the texts of help are made before the words are read.
func spoken(args []string) locale.Language {
	for i, arg := range args {
		name, value, joined := strings.Cut(arg, "=")
		if name != "--lang" {
			continue
		}
		if !joined && i+1 < len(args) {
			value = args[i+1]
		}
		if l, ok := locale.ParseLanguage(value); ok {
			return l
		}
	}
	return locale.FromEnvironment()
}

// speak makes a command and those below it explain themselves in the language
// of the run, and gives them a help command that does too.
func (a *app) speak(root *cobra.Command) {
	root.PersistentFlags().BoolP("help", "h", false, a.p.T("cli.flag.help"))
	root.Flags().BoolP("version", "v", false, a.p.T("cli.flag.version"))
	root.SetHelpFunc(func(c *cobra.Command, _ []string) { fmt.Fprint(a.Stdout, a.help(c)) })
	root.SetHelpCommand(&cobra.Command{Use: "help [COMMAND]", Short: a.p.T("cli.help"), RunE: func(c *cobra.Command, args []string) error {
		found, rest, err := root.Find(args)
		if err != nil || found == nil || len(rest) > 0 {
			return usageError{errors.New(a.p.T("cli.no_command", "command", strings.Join(args, " ")))}
		}
		fmt.Fprint(a.Stdout, a.help(found))
		return nil
	}})
}

// examples are commands as they are typed. UGODA_BASE names the base.
var examples = map[string][]string{
	"ugoda":                     {"ugoda sales.ugoda", "ugoda --base sales.ugoda list deal --where 'state = \"open\" and manager = me'"},
	"ugoda base create":         {`ugoda --base sales.ugoda base create --firm "ТОВ «Карпати-Буд»" --tax vat --person "Олена Коваль"`},
	"ugoda base copy":           {"ugoda base copy sales.ugoda postgres://ugoda@server/sales"},
	"ugoda base backup":         {"ugoda --base sales.ugoda base backup /srv/copies"},
	"ugoda demo":                {"ugoda --base example.ugoda demo --size m"},
	"ugoda delete":              {"ugoda delete deal 00214 00215"},
	"ugoda do":                  {`ugoda do deal 00214 move stage=Переговори`, `ugoda do deal 00214 lose reason=Інше words="Сад знесли"`},
	"ugoda export":              {"ugoda export client -o clients.xlsx", `ugoda export deal --where 'closes in this month' -o deals.csv`},
	"ugoda fields":              {"ugoda fields deal"},
	"ugoda history":             {"ugoda history deal 00214 --format json"},
	"ugoda import":              {"ugoda import client clients.xlsx --dry-run", `ugoda import client clients.xlsx --map "name=Назва,phone=Телефон" --create region`, "ugoda import undo 12"},
	"ugoda list":                {`ugoda list deal --where 'state = "open" and amount > 10000' --columns number,client,amount --sort -amount`, `ugoda list client --view "Львів" --format json`},
	"ugoda mail":                {"ugoda mail proposal 00094 --to buyer@client.example --as pdf,docx"},
	"ugoda mail account":        {`UGODA_MAIL_PASSWORD=… ugoda mail account "Олена Коваль <olena@ukr.net>"`},
	"ugoda new":                 {`ugoda new client name="ТОВ «Альфа»" phone="(010) 000-00-01"`, "ugoda new proposal --json offer.json"},
	"ugoda open":                {"ugoda open deal 00214", "ugoda open phone 0501234567"},
	"ugoda outbox retry":        {"ugoda outbox retry 31"},
	"ugoda password":            {`ugoda --user "Олена Коваль" password`, `ugoda --user Адміністратор password "Олена Коваль" < password.txt`},
	"ugoda print":               {"ugoda print proposal 00094 --to pdf -o offer.pdf", "ugoda print proposal 00094 --form contract --to docx -o contract.docx", "ugoda print proposal 00094 --to paper"},
	"ugoda report":              {"ugoda report funnel --as-of 2026-10-31", "ugoda report losses --by manager --from 2026-01-01 -o losses.pdf", "ugoda report proposals --by manager,status --period this-quarter"},
	"ugoda set":                 {`ugoda set client 00017 phone="(010) 000-00-02"`, "ugoda set deal 00214 --json -"},
	"ugoda show":                {"ugoda show proposal 00094"},
	"ugoda template check":      {"ugoda template check offer.docx --for proposal"},
	"ugoda template fill":       {"ugoda template fill offer.docx data.json -o filled.docx"},
	"ugoda template fields":     {"ugoda template fields proposal"},
	"ugoda tour":                {"ugoda --base sales.ugoda --lang en tour pictures"},
	"ugoda template letterhead": {"ugoda template letterhead letterhead.docx --default", "ugoda template letterhead letterhead.docx --form contract --language uk -o contract.docx"},
	"ugoda template list":       {"ugoda template list --proposal 00094"},
	"ugoda template versions":   {`ugoda template versions "Комерційна пропозиція" --from 1`},
	"ugoda template back":       {`ugoda template back "Комерційна пропозиція" --template-version 1`},
}

// help tells what a command does and takes.
func (a *app) help(c *cobra.Command) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n%s\n", sentence(c.Short), a.p.T("cli.help.usage"))
	if _, only := c.Annotations[holds]; !only {
		line := useLine(c)
		if c.LocalNonPersistentFlags().HasAvailableFlags() {
			line += " " + a.p.T("cli.help.options")
		}
		fmt.Fprintf(&b, "  %s\n", line)
	}
	if c.HasAvailableSubCommands() {
		fmt.Fprintf(&b, "  %s %s\n\n%s\n", c.CommandPath(), a.p.T("cli.help.command"), a.p.T("cli.help.commands"))
		var rows [][2]string
		for _, sub := range c.Commands() {
			if sub.IsAvailableCommand() || sub.Name() == "help" {
				rows = append(rows, [2]string{sub.Name(), sub.Short})
			}
		}
		aligned(&b, rows)
	}
	if lines := examples[c.CommandPath()]; len(lines) > 0 {
		fmt.Fprintf(&b, "\n%s\n", a.p.T("cli.help.examples"))
		for _, line := range lines {
			fmt.Fprintf(&b, "  %s\n", line)
		}
	}
	for _, part := range []struct {
		key   string
		flags *pflag.FlagSet
	}{{"cli.help.flags", c.LocalFlags()}, {"cli.help.common", c.InheritedFlags()}} {
		if part.flags.HasAvailableFlags() {
			fmt.Fprintf(&b, "\n%s\n", a.p.T(part.key))
			aligned(&b, flagRows(part.flags))
		}
	}
	if c.HasAvailableSubCommands() {
		fmt.Fprintf(&b, "\n%s\n", a.p.T("cli.help.more", "command", c.Root().Name()+" help"+strings.TrimPrefix(c.CommandPath(), c.Root().Name())+" "+a.p.T("cli.help.command")))
	}
	return b.String()
}

// useLine is a command with the words that it takes.
func useLine(c *cobra.Command) string {
	if !c.HasParent() {
		return c.Use
	}
	return c.Parent().CommandPath() + " " + c.Use
}

// flagRows lists flags as they are typed, and what each means.
func flagRows(flags *pflag.FlagSet) [][2]string {
	var rows [][2]string
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		name := "    --" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", --" + f.Name
		}
		switch f.Value.Type() {
		case "bool":
		case "int", "uint64":
			name += " N"
		default:
			name += " …"
		}
		rows = append(rows, [2]string{name, f.Usage})
	})
	return rows
}

// aligned writes pairs in two columns.
func aligned(b *strings.Builder, rows [][2]string) {
	width := 0
	for _, r := range rows {
		width = max(width, utf8.RuneCountInString(r[0]))
	}
	for _, r := range rows {
		fmt.Fprintf(b, "  %s%s  %s\n", r[0], strings.Repeat(" ", width-utf8.RuneCountInString(r[0])), r[1])
	}
}

// sentence begins a text with a capital and ends it with a full stop.
func sentence(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return strings.ToUpper(string(r)) + s[n:] + "."
}

// offFlag says in the user's language what is wrong with a flag.
func (a *app) offFlag(_ *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var bare *pflag.ValueRequiredError
	var wrong *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		name := "--" + unknown.GetSpecifiedName()
		if short := unknown.GetSpecifiedShortnames(); short != "" {
			name = "-" + short
		}
		return usageError{errors.New(a.p.T("cli.no_flag", "flag", name))}
	case errors.As(err, &bare):
		return usageError{errors.New(a.p.T("cli.bare_flag", "flag", "--"+bare.GetFlag().Name))}
	case errors.As(err, &wrong):
		return usageError{errors.New(a.p.T("cli.wrong_flag", "flag", "--"+wrong.GetFlag().Name, "value", wrong.GetValue()))}
	}
	return usageError{err}
}

// only is for a command that others stand below: it takes no words itself.
func (a *app) only(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	message := a.p.T("cli.no_command", "command", args[0])
	if close := c.SuggestionsFor(args[0]); len(close) > 0 {
		message += " " + a.p.T("cli.meant", "command", strings.Join(close, ", "))
	}
	return usageError{errors.New(message)}
}

// holds marks a command that only holds others.
const holds = "holds"

// group makes a command that only holds others: without one of them its words
// are off.
func (a *app) group(name, about string) *cobra.Command {
	return &cobra.Command{Use: name, Short: about, Annotations: map[string]string{holds: ""}, SuggestionsMinimumDistance: 2, Args: a.only, RunE: func(c *cobra.Command, _ []string) error {
		var names []string
		for _, sub := range c.Commands() {
			names = append(names, sub.Name())
		}
		return usageError{fmt.Errorf("%s %s", c.CommandPath(), strings.Join(names, "|"))}
	}}
}
