// Package cli does from a terminal what the window does: the same functions,
// for scheduled jobs, scripts and other programs. Names and formats are a
// promise to users.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/records"
	"ugoda/service/expiry"
	"ugoda/store"
)

// Exit codes.
const (
	Done    = 0 // what was asked is done
	Refused = 1 // a rule or the data refused it; nothing changed
	Usage   = 2 // the words of the command are off
)

// Start is what the window and the tour are started with.
type Start struct {
	Base     string // address; empty: the opening window
	User     string
	Language locale.Language // empty: as the user chose
	Today    model.Day       // 0: the real one
	Another  bool            // one more window, even where one shows the base already
}

// Env is the world of one run.
type Env struct {
	Args     []string // without the program's name
	Stdin    io.Reader
	Stdout   io.Writer
	Stderr   io.Writer
	Terminal bool // progress may be shown on Stderr
	Version  string
	Password func(base, user string) string                              // UGODA_PASSWORD or the keyring
	Keep     func(base, user, password string) error                     // puts a password into the keyring
	Address  func(base string) string                                    // the address of a base with its remembered password; nil: as it is
	Window   func(ctx context.Context, s Start) error                    // opens the window
	Tour     func(ctx context.Context, s Start, dir string) error        // draws the main screens, of no language in both
	Show     func(ctx context.Context, s Start, kind, name string) error // shows a record, or who has a phone, in the running window
}

// usageError says that the words of a command are off.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

// app is one run of the program.
type app struct {
	Env
	base   string
	user   string
	lang   string
	today  string
	other  bool
	writes bool // the command changes the base
	p      *locale.Printer
	opts   store.Options
	db     *store.Base
}

func newApp(env Env) *app { return &app{Env: env, p: locale.New(spoken(env.Args))} }

// Run runs one command and gives its exit code.
func Run(ctx context.Context, env Env) int {
	a := newApp(env)
	defer a.close()
	root := a.root()
	root.SetArgs(opened(env.Args))
	root.SetIn(env.Stdin)
	root.SetOut(env.Stdout)
	root.SetErr(env.Stderr)
	c, err := root.ExecuteContextC(ctx)
	if err == nil {
		return Done
	}
	var u usageError
	if errors.As(err, &u) {
		fmt.Fprintln(env.Stderr, u.Error())
		fmt.Fprintln(env.Stderr, a.p.T("cli.help.more", "command", strings.Replace(c.CommandPath(), root.Name(), root.Name()+" help", 1)))
		return Usage
	}
	fmt.Fprintln(env.Stderr, a.say(err))
	return Refused
}

func (a *app) close() {
	if a.db != nil {
		a.db.Close()
	}
}

// opened reads a lone base file as --base: desktops open a file so.
func opened(args []string) []string {
	if len(args) == 1 && !strings.HasPrefix(args[0], "-") && strings.EqualFold(filepath.Ext(args[0]), ".ugoda") {
		return []string{"--base", args[0]}
	}
	return args
}

// say tells an error in the user's language; problems name their fields.
func (a *app) say(err error) string {
	var p model.Problems
	if errors.As(err, &p) {
		out := ""
		for i, x := range p {
			if i > 0 {
				out += "\n"
			}
			if x.Field != "" {
				out += x.Field + ": "
			}
			out += a.p.Problem(x)
		}
		return out
	}
	text := a.p.Error(err)
	var old *store.NeedsMigration
	if errors.As(err, &old) {
		text += ". " + a.p.T("cli.migrate")
	}
	return text
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use: "ugoda", SilenceErrors: true, SilenceUsage: true, Version: a.Version,
		Short: a.p.T("cli.short"),
		Args:  a.only, SuggestionsMinimumDistance: 2,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
		PersistentPreRunE: func(*cobra.Command, []string) error { return a.prepare() },
		RunE: func(c *cobra.Command, _ []string) error {
			return a.Window(c.Context(), a.start())
		},
	}
	f := root.PersistentFlags()
	f.StringVar(&a.base, "base", os.Getenv("UGODA_BASE"), a.p.T("cli.flag.base"))
	f.StringVar(&a.user, "user", "", a.p.T("cli.flag.user"))
	f.StringVar(&a.lang, "lang", "", a.p.T("cli.flag.lang"))
	f.StringVar(&a.today, "today", "", a.p.T("cli.flag.today"))
	root.Flags().BoolVar(&a.other, "new-window", false, a.p.T("cli.flag.new_window"))
	a.speak(root)
	root.SetFlagErrorFunc(a.offFlag)
	root.AddCommand(a.demo(), a.mail(), a.outbox(), a.print(), a.template(), a.report(), a.imports(), a.kinds(), a.fields(), a.list(), a.show(), a.changing(a.newRecord()), a.changing(a.set()), a.changing(a.do()), a.changing(a.remove()), a.history(), a.compare(), a.export(), a.baseCommands(), a.password(), a.tour(), a.open())
	return root
}

// changing marks a command that changes the base.
func (a *app) changing(c *cobra.Command) *cobra.Command {
	run := c.RunE
	c.RunE = func(c *cobra.Command, args []string) error {
		a.writes = true
		return run(c, args)
	}
	return c
}

// prepare reads the flags that all commands share.
func (a *app) prepare() error {
	if a.lang != "" {
		l, ok := locale.ParseLanguage(a.lang)
		if !ok {
			return usageError{fmt.Errorf("--lang: %q", a.lang)}
		}
		a.p = locale.New(l)
	}
	if a.Address != nil && a.base != "" {
		a.base = a.Address(a.base)
	}
	a.opts = store.Options{Registry: records.New(), Now: func() time.Time { return time.Now().UTC() }}
	if a.today != "" {
		d, err := model.ParseDay(a.today)
		if err != nil {
			return usageError{fmt.Errorf("--today: %w", err)}
		}
		a.opts.Today = func() model.Day { return d }
	}
	return nil
}

func (a *app) start() Start {
	s := Start{Base: a.base, User: a.user, Another: a.other}
	if a.lang != "" {
		s.Language = a.p.Language()
	}
	if a.opts.Today != nil {
		s.Today = a.opts.Today()
	}
	return s
}

// open opens the base for the user that was named.
func (a *app) session(ctx context.Context) (*store.Session, error) {
	if a.base == "" {
		return nil, usageError{errors.New(a.p.T("cli.no_base"))}
	}
	if a.db == nil {
		db, err := store.Open(ctx, a.base, a.opts)
		if err != nil {
			return nil, err
		}
		a.db = db
		if a.writes && a.today == "" { // who reads changes nothing, nor does another day than today
			if _, err := expiry.Run(ctx, db); err != nil {
				return nil, err
			}
		}
	}
	password := ""
	if a.Password != nil {
		password = a.Password(a.base, a.user)
	}
	return a.db.Session(ctx, a.user, password)
}

// words limits how many words follow a command, as a fault of usage.
func words(from, to int) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) < from || (to >= 0 && len(args) > to) {
			return usageError{errors.New(useLine(c))}
		}
		return nil
	}
}

// kind finds a kind by the word on the command line.
func (a *app) kind(name string) (*model.Kind, error) {
	if k := a.opts.Registry.Kind(name); k != nil {
		return k, nil
	}
	return nil, usageError{errors.New(a.p.T("cli.no_kind", "kind", name))}
}
