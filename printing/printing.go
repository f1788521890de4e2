// Package printing turns documents and tables into files and paper. Its
// packages: docx fills templates, layout lays a filled template out as PDF,
// convert asks an installed office suite to do so, sheet writes tables, font
// measures text, spool talks to printers.
package printing
