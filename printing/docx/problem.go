package docx

import (
	"fmt"
	"strings"

	"ugoda/model"
)

// Problem is something wrong with a template or with filling it: a message
// key under "problem.", the tag as it is written, and where it stands.
type Problem struct {
	Key       string         // message key under "problem."
	Tag       string         // as written: {#lines}; empty when it is about the file
	Paragraph string         // text of the paragraph that holds the tag
	Part      string         // part of the package: word/document.xml
	Args      map[string]any // further arguments of the message
}

// Message gives the key of the message and its arguments, the tag, paragraph
// and part among them.
func (p Problem) Message() (key string, args map[string]any) {
	args = map[string]any{"tag": p.Tag, "paragraph": p.Paragraph, "part": p.Part}
	for k, v := range p.Args {
		args[k] = v
	}
	return p.Key, args
}

func (p Problem) Error() string {
	var b strings.Builder
	b.WriteString(p.Key)
	if p.Tag != "" {
		b.WriteString(" " + p.Tag)
	}
	if p.Paragraph != "" {
		fmt.Fprintf(&b, " in %q", p.Paragraph)
	}
	if p.Part != "" {
		b.WriteString(" of " + p.Part)
	}
	return b.String()
}

// Problems is everything that is wrong at once. errors.As finds
// model.Problems in it, which is how people get to read it.
type Problems []Problem

func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, x := range p {
		lines[i] = x.Error()
	}
	return strings.Join(lines, "; ")
}

// As lets errors.As find the problems in the model's form.
func (p Problems) As(target any) bool {
	t, ok := target.(*model.Problems)
	if !ok {
		return false
	}
	*t = make(model.Problems, len(p))
	for i, x := range p {
		(*t)[i].Key, (*t)[i].Args = x.Message()
	}
	return true
}

// fileProblem is the error of a file that is no template at all.
func fileProblem(key string, args ...any) error {
	return Problems{aboutFile(key, args...)}
}

func aboutFile(key string, args ...any) Problem {
	w := model.Wrong("", key, args...)
	p := Problem{Key: key, Args: w.Args}
	if part, ok := w.Args["part"].(string); ok {
		p.Part = part
	}
	return p
}

// shortened keeps a paragraph's text readable in a message.
func shortened(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	const most = 120
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
