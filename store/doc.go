// Package store keeps the base: a SQLite file, or a PostgreSQL database that an
// office shares. It reads and saves what the kinds of package model describe,
// turns filters into SQL, keeps history, versions, numbers and users, writes
// the funnel journal, and undoes whole batches. The same statements run on
// both engines; rules of business are not here but in model.
//
// Moments are kept as microseconds since 1970-01-01 UTC, days as days since
// then, money as minor units beside its currency, quantities in thousandths.
// What is empty (no day, no reference, no amount) is NULL, but an empty text
// is ”.
package store
