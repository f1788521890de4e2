// Package docx fills Word templates. A template is a document that its user
// made in Word, with tags in docxtemplater's syntax in its text:
//
//	{client.name}               a value; names in any language, with dots
//	{total | words}             a value through filters, {date | format:"dd.MM.yyyy"} with arguments
//	{#lines}…{/lines}, {/}      a section: repeats for each item of a list, shows if a condition holds
//	{^discount}…{/discount}     shows if the value is empty
//	{.} {index} {№}             inside a section: the item itself, its number
//	{%logo} {%logo | width:40}  a picture; also as the alternative text of a picture in the document
//	{@note}                     WordprocessingML as it is
//	{-w:tr lines}…{/lines}      a section that says what it repeats: w:p, w:tr, w:tc, w:tbl
//	\{ \}                       braces that are text
//
// A section in cells of one row repeats the row, in several rows those rows,
// inside one paragraph the text between its tags, else whole paragraphs and
// tables. A paragraph or a row that holds only a tag disappears, and so does a
// paragraph of nothing but sections that print nothing. Inside a section the
// names around it stay in reach.
//
// A brace that no tag can follow ({ }, {"a":1}, {1}) is text. What begins like
// a tag and is none is a problem that names it and its paragraph.
//
// Word's mail merge fields are tags too: MERGEFIELD client.name, with its
// switches \@, \#, \*, \b and \f; TableStart:lines and TableEnd:lines begin and
// end a section.
//
// Tags are found however Word splits them over runs: in the body, headers,
// footers, footnotes, endnotes, tables, text boxes and content controls. What
// is not filled stays byte for byte; in a filled part everything but the tags
// stays: styles, numbering, fields, pictures.
//
// What those who made a template left to each other in it stays behind:
// comments, with who wrote them, go, and tracked changes are accepted. Template.Review
// tells that there were some.
//
// The format is Office Open XML: ECMA-376, parts 1 and 2.
package docx
