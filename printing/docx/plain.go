package docx

import (
	"strings"
)

// FillText fills the tags of a plain text, such as that of a letter, by the
// rules of templates: fields, sections, filters. A line that holds only tags
// of sections disappears. Pictures and raw markup have no place in it. The
// error is Problems, all at once; their paragraph is the tag's line.
func FillText(text string, data Scope, o Options) (string, error) {
	p := &plainText{
		text:   lineEnds.Replace(text),
		filler: &filler{options: o, filters: filtersOf(o.Filters), told: map[string]bool{}},
	}
	p.spans = scan(p.text)
	p.check()
	if len(p.problems) > 0 {
		return "", p.problems
	}
	p.swallowLines()
	p.pair()
	if len(p.problems) == 0 {
		p.write(0, len(p.spans), 0, len(p.text), &frame{item: data, scope: data})
	}
	if p.tooLarge {
		return "", fileProblem("template_result_too_large", "part", "")
	}
	if len(p.problems) > 0 {
		return "", p.problems
	}
	return p.out.String(), nil
}

// Bounds of a filled text: its bytes, and the steps that fill it.
const (
	maxText  = 1 << 20
	maxSteps = 1_000_000
)

// plainText is a text being filled.
type plainText struct {
	*filler
	text  string
	spans []span
	ends  map[int]int // by the span of a section: the span that closes it
	steps int
	out   strings.Builder
}

// line is the line around a place, as a problem tells it.
func (p *plainText) line(at int) string {
	from := strings.LastIndexByte(p.text[:at], '\n') + 1
	to := strings.IndexByte(p.text[at:], '\n')
	if to < 0 {
		return shortened(p.text[from:])
	}
	return shortened(p.text[from : at+to])
}

// check tells tags that are malformed, or have no place in a text.
func (p *plainText) check() {
	for _, s := range p.spans {
		switch {
		case s.key != "":
			p.problem(s.key, &Tag{Text: p.text[s.from:s.to], Paragraph: p.line(s.from)}, nil)
		case s.tag != nil:
			s.tag.Paragraph = p.line(s.from)
			if s.tag.Kind == Picture || s.tag.Kind == Raw {
				p.problem("template_not_text", s.tag, nil)
			}
		}
	}
}

// structural reports that a span only says what repeats.
func (s *span) structural() bool {
	return s.tag != nil && (s.tag.Kind == Section || s.tag.Kind == Inverted || s.tag.Kind == End)
}

// swallowLines gives lines of nothing but sections to their tags.
func (p *plainText) swallowLines() {
	for i := 0; i < len(p.spans); {
		from := strings.LastIndexByte(p.text[:p.spans[i].from], '\n') + 1
		to := len(p.text)
		if n := strings.IndexByte(p.text[p.spans[i].from:], '\n'); n >= 0 {
			to = p.spans[i].from + n + 1
		}
		last, alone, at := i, true, from
		for j := i; j < len(p.spans) && p.spans[j].from < to; j++ {
			alone = alone && p.spans[j].structural() && strings.TrimSpace(p.text[at:p.spans[j].from]) == ""
			last, at = j, min(p.spans[j].to, to)
		}
		if alone && strings.TrimSpace(p.text[at:to]) == "" {
			p.spans[i].from = from
			for j := i; j < last; j++ {
				p.spans[j].to = p.spans[j+1].from
			}
			p.spans[last].to = max(p.spans[last].to, to)
		}
		i = last + 1
	}
}

// pair finds the end of each section.
func (p *plainText) pair() {
	p.ends = map[int]int{}
	var open []int
	for i, s := range p.spans {
		if s.tag == nil {
			continue
		}
		switch s.tag.Kind {
		case Section, Inverted:
			open = append(open, i)
		case End:
			if len(open) == 0 {
				p.problem("template_section_unopened", s.tag, nil)
				continue
			}
			last := open[len(open)-1]
			if len(s.tag.Path) > 0 && !sameName(s.tag.Name(), p.spans[last].tag.Name()) {
				p.problem("template_section_unopened", s.tag, nil)
			}
			p.ends[last] = i
			open = open[:len(open)-1]
		}
	}
	for _, i := range open {
		p.problem("template_section_unclosed", p.spans[i].tag, nil)
	}
}

// write writes the spans from i to j, and the text between from and to.
func (p *plainText) write(i, j, from, to int, at *frame) {
	if p.steps++; p.steps > maxSteps {
		p.tooLarge = true
		return
	}
	for ; i < j; i++ {
		s := &p.spans[i]
		p.put(p.text[from:s.from])
		from = s.to
		switch {
		case s.tag == nil:
			p.put(s.literal)
		case s.tag.Kind == Field:
			p.put(p.filler.text(s.tag, p.value(s.tag, at)))
		case s.tag.Kind == Section || s.tag.Kind == Inverted:
			end := p.ends[i]
			p.section(i, end, at)
			i, from = end, p.spans[end].to
		}
		if p.tooLarge || len(p.problems) > 100 {
			return
		}
	}
	p.put(p.text[from:to])
}

func (p *plainText) put(s string) {
	if p.out.Len()+len(s) > maxText {
		p.tooLarge = true
		return
	}
	p.out.WriteString(s)
}

func (p *plainText) section(i, end int, at *frame) {
	t := p.spans[i].tag
	inner := func(f *frame) { p.write(i+1, end, p.spans[i].to, p.spans[end].from, f) }
	v := p.value(t, at)
	if t.Kind == Inverted {
		if !Truth(v) {
			inner(at)
		}
		return
	}
	if items, ok := listOf(v); ok {
		for n, item := range items {
			f := &frame{item: item, loop: true, index: n, count: len(items), up: at}
			f.scope, _ = scopeOf(item)
			inner(f)
			if p.tooLarge {
				return
			}
		}
		return
	}
	if Truth(v) {
		f := &frame{item: v, up: at}
		f.scope, _ = scopeOf(v)
		inner(f)
	}
}
