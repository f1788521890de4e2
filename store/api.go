package store

import (
	"context"
	"errors"
	"time"

	"github.com/jmoiron/sqlx"

	"ugoda/model"
	"ugoda/model/filter"
)

var errLater = errors.New("store: not there yet")

// Engine is what keeps a base.
type Engine string

// The engines.
const (
	SQLite     Engine = "sqlite"
	PostgreSQL Engine = "postgresql"
)

// Options are what a base is opened with.
type Options struct {
	Registry *model.Registry
	Now      func() time.Time // UTC clock; nil: the system's
	Today    func() model.Day // day of business; nil: the system's local day
	ReadOnly bool             // an old copy being looked at
}

// Base is an open base. It is safe for concurrent use.
type Base struct {
	engine   Engine
	registry *model.Registry
}

// Open opens a base: the path of a SQLite file, or postgres://….
func Open(ctx context.Context, url string, o Options) (*Base, error) { return nil, errLater }

// Create makes a new, empty base.
func Create(ctx context.Context, url string, o Options) (*Base, error) { return nil, errLater }

// Migrate brings an older base up to the program.
func Migrate(ctx context.Context, url string, o Options) error { return errLater }

// Close closes the base.
func (b *Base) Close() error { return nil }

// Engine is what keeps the base.
func (b *Base) Engine() Engine { return b.engine }

// Setting reads a setting of the base; empty when it was never set.
func (b *Base) Setting(ctx context.Context, key string) (string, error) { return "", errLater }

// SetSetting keeps a setting of the base.
func (b *Base) SetSetting(ctx context.Context, key, value string) error { return errLater }

// Session opens a session of a user.
func (b *Base) Session(ctx context.Context, user, password string) (*Session, error) {
	return nil, errLater
}

// System is a session of the program itself.
func (b *Base) System() *Session { return nil }

// Session is somebody working with the base.
type Session struct {
	User       model.Ref
	Employee   model.Ref
	Department model.Ref
	Role       model.Role
}

func (s *Session) Base() *Base                                              { return nil }
func (s *Session) Registry() *model.Registry                                { return nil }
func (s *Session) Today() model.Day                                         { return 0 }
func (s *Session) WithToday(d model.Day) *Session                           { return nil }
func (s *Session) As(ctx context.Context, user model.Ref) (*Session, error) { return nil, errLater }
func (s *Session) BaseCurrency() string                                     { return "" }

// Order is one key of a sort.
type Order struct {
	Path string
	Desc bool
}

// Query asks for records of a kind.
type Query struct {
	Kind    string
	Where   filter.Node // nil: all
	Search  string      // quick search
	Columns []string    // paths
	Sort    []Order     // nil: the kind's default; id is always the last key
	Limit   int         // 0: none
	Bin     bool        // only marked records; otherwise only unmarked
}

// Row is one record of a list.
type Row struct {
	ID    int64
	Cells []any
}

// Totals are what a list comes to.
type Totals struct {
	Count int64
	Sums  map[string]any // model.Money in the base currency, model.Qty or int64, by path
}

// Group is a part of a list with the same value of a field.
type Group struct {
	Value any
	Count int64
	Sums  map[string]any
}

func (s *Session) Page(ctx context.Context, q Query) ([]Row, error)  { return nil, errLater }
func (s *Session) IDs(ctx context.Context, q Query) ([]int64, error) { return nil, errLater }
func (s *Session) Rows(ctx context.Context, q Query, ids []int64) ([]Row, error) {
	return nil, errLater
}
func (s *Session) Each(ctx context.Context, q Query, f func(Row) error) error { return errLater }
func (s *Session) Totals(ctx context.Context, q Query) (Totals, error)        { return Totals{}, errLater }
func (s *Session) Groups(ctx context.Context, q Query, by string) ([]Group, error) {
	return nil, errLater
}

// ActionState says whether an action may run now.
type ActionState struct {
	Action   *model.Action
	Problems []model.Problem // why not; none: it may
}

// Batch is what was done together and is undone together.
type Batch struct {
	ID      int64
	Label   string
	Records int // how many records it touched
}

// Failure is a record that a bulk change left alone, and why.
type Failure struct {
	ID  int64
	Ref model.Ref
	Err error
}

// UndoResult tells what Undo did.
type UndoResult struct {
	Undone int
	Kept   []Kept // edited since the batch
}

// Kept is a record that Undo left alone because it was edited since.
type Kept struct {
	Kind string
	Ref  model.Ref
}

// Change is one save in the history of a record.
type Change struct {
	At     time.Time
	User   model.Ref
	Action string // "create", "change", "mark", "unmark", "undo", or the name of an action
	Fields []FieldChange
}

// FieldChange is one field of a change; rows of parts are named "lines.0.price".
type FieldChange struct {
	Name     string
	Old, New any // as Field.Value gives them, nil when empty
}

// Changed is one save of anybody.
type Changed struct {
	Seq  int64
	Kind string
	ID   int64
}

// Hit is something found by Search.
type Hit struct {
	Kind string
	Ref  model.Ref
	Why  string // the field that matched
}

func (s *Session) New(ctx context.Context, kind string) (model.Keeper, error) { return nil, errLater }
func (s *Session) Get(ctx context.Context, kind string, id int64) (model.Keeper, error) {
	return nil, errLater
}
func (s *Session) Find(ctx context.Context, kind, name string) (int64, error) { return 0, errLater }
func (s *Session) Save(ctx context.Context, kind string, rec model.Keeper) error {
	return errLater
}
func (s *Session) Do(ctx context.Context, kind string, id int64, action string, a model.Answers) (model.Effects, error) {
	return model.Effects{}, errLater
}
func (s *Session) May(ctx context.Context, kind string, rec model.Keeper) ([]ActionState, error) {
	return nil, errLater
}
func (s *Session) Mark(ctx context.Context, kind string, ids []int64, marked bool) (Batch, error) {
	return Batch{}, errLater
}
func (s *Session) SetField(ctx context.Context, kind string, ids []int64, field string, value any) (Batch, []Failure, error) {
	return Batch{}, nil, errLater
}
func (s *Session) DoAll(ctx context.Context, kind string, ids []int64, action string, a model.Answers) (Batch, []Failure, error) {
	return Batch{}, nil, errLater
}
func (s *Session) Undo(ctx context.Context, batch int64, force bool) (UndoResult, error) {
	return UndoResult{}, errLater
}
func (s *Session) History(ctx context.Context, kind string, id int64) ([]Change, error) {
	return nil, errLater
}
func (s *Session) Complete(ctx context.Context, kind, text string, limit int, where filter.Node) ([]model.Ref, error) {
	return nil, errLater
}
func (s *Session) Search(ctx context.Context, text string, limit int) ([]Hit, error) {
	return nil, errLater
}
func (s *Session) Changes(ctx context.Context, since int64) ([]Changed, int64, error) {
	return nil, 0, errLater
}
func (s *Session) InBatch(ctx context.Context, label string, f func(ctx context.Context, b *Batcher) error) (Batch, error) {
	return Batch{}, errLater
}

// Batcher works inside the one transaction of a batch.
type Batcher struct{}

func (b *Batcher) Session() *Session                     { return nil }
func (b *Batcher) New(kind string) (model.Keeper, error) { return nil, errLater }
func (b *Batcher) Get(ctx context.Context, kind string, id int64) (model.Keeper, error) {
	return nil, errLater
}
func (b *Batcher) Find(ctx context.Context, kind, name string) (int64, error)    { return 0, errLater }
func (b *Batcher) Save(ctx context.Context, kind string, rec model.Keeper) error { return errLater }
func (b *Batcher) Mark(ctx context.Context, kind string, id int64, marked bool) error {
	return errLater
}
func (b *Batcher) Do(ctx context.Context, kind string, id int64, action string, a model.Answers) (model.Effects, error) {
	return model.Effects{}, errLater
}
func (b *Batcher) Page(ctx context.Context, q Query) ([]Row, error) { return nil, errLater }

// View is a saved filter with its columns, sort and grouping.
type View struct {
	ID      int64
	Kind    string
	Name    string
	Where   string   // text form of the filter
	Columns []string // paths
	Widths  map[string]float32
	Sort    []Order
	GroupBy string
	Shared  bool
	Default bool // of its owner
	Owner   model.Ref
	Layout  string // "table", "board"
	Order   int64  // place among the tabs
}

func (s *Session) Views(ctx context.Context, kind string) ([]View, error)     { return nil, errLater }
func (s *Session) SaveView(ctx context.Context, v *View) error                { return errLater }
func (s *Session) DeleteView(ctx context.Context, id int64) error             { return errLater }
func (s *Session) Preference(ctx context.Context, key string) (string, error) { return "", errLater }
func (s *Session) SetPreference(ctx context.Context, key, value string) error { return errLater }
func (s *Session) SetPassword(ctx context.Context, user int64, password string) error {
	return errLater
}

// Tx is the transaction that Write gives: statements with ? on both engines.
type Tx struct{ tx *sqlx.Tx }

func (t *Tx) Query(ctx context.Context, query string, args ...any) (*sqlx.Rows, error) {
	return nil, errLater
}
func (t *Tx) Exec(ctx context.Context, query string, args ...any) (int64, error) { return 0, errLater }

func (b *Base) Read(ctx context.Context, query string, args ...any) (*sqlx.Rows, error) {
	return nil, errLater
}
func (b *Base) Write(ctx context.Context, f func(tx *Tx) error) error { return errLater }
