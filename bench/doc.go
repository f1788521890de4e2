// Package bench measures what a person waits for, on a demo base of 50,000
// deals (BENCH_SIZE=xl: of 500,000) that is made once and kept in build/bench.
// Beside each figure stands the same work done by the bare engine where there
// is one: SQL, or the library below, written by hand for this one question.
// `make bench` prints the table.
package bench
