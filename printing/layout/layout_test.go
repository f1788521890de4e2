package layout_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"ugoda/assets"
	"ugoda/locale"
	"ugoda/printing/layout"
	"ugoda/scripts/needs"
)

func lay(t testing.TB, docx []byte, o layout.Options) *layout.Result {
	t.Helper()
	r, err := layout.PDF(context.Background(), docx, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// word is a word on a page, with its box in points.
type word struct {
	page                   int
	xMin, yMin, xMax, yMax float64
	text                   string
}

var (
	boxLine  = regexp.MustCompile(`<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*)</word>`)
	entities = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&apos;", "'", "&amp;", "&")
)

// read gives the words of a PDF as another program sees them.
func read(t testing.TB, pdf []byte) []word {
	t.Helper()
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		needs.Missing(t, "pdftotext is not installed: the text of the PDF is not checked")
	}
	cmd := exec.Command(tool, "-bbox", "-", "-")
	cmd.Stdin = bytes.NewReader(pdf)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	var words []word
	page := 0
	for line := range strings.Lines(string(out)) {
		if strings.Contains(line, "<page ") {
			page++
		}
		m := boxLine.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		w := word{page: page, text: entities.Replace(m[5])}
		for i, p := range []*float64{&w.xMin, &w.yMin, &w.xMax, &w.yMax} {
			if *p, err = strconv.ParseFloat(m[i+1], 64); err != nil {
				t.Fatal(err)
			}
		}
		words = append(words, w)
	}
	return words
}

// find gives the n-th word of a text, from 0.
func find(t testing.TB, words []word, text string, n int) word {
	t.Helper()
	for _, w := range words {
		if w.text == text {
			if n == 0 {
				return w
			}
			n--
		}
	}
	t.Fatalf("no word %q", text)
	return word{}
}

func near(t testing.TB, what string, got, want, within float64) {
	t.Helper()
	if got < want-within || got > want+within {
		t.Errorf("%s: %.2f, want %.2f", what, got, want)
	}
}

func TestProposal(t *testing.T) {
	r := lay(t, proposal(t, 40), layout.Options{})
	if r.Pages != 3 || len(r.Unsupported) != 0 || len(r.Substituted) != 0 {
		t.Errorf("%d pages, %v, %v", r.Pages, r.Unsupported, r.Substituted)
	}
	words := read(t, r.PDF)
	for page := 1; page <= 3; page++ {
		var text []string
		for _, w := range words {
			if w.page == page {
				text = append(text, w.text)
			}
		}
		all := strings.Join(text, " ")
		for _, want := range []string{"ТОВ «Подільський млин»", fmt.Sprintf("Сторінка %d з 3", page), "Найменування"} {
			if !strings.Contains(all, want) {
				t.Errorf("page %d lacks %q", page, want)
			}
		}
	}
	// A right tab ends at the margin; numbers of a column end under each other.
	near(t, "end of the letterhead", find(t, words, "млин»", 0).xMax, 85.05+9355.0/20, 0.7)
	near(t, "sums under each other", find(t, words, "900,00", 0).xMax, find(t, words, "900,00", 7).xMax, 0.1)
	near(t, "left margin", find(t, words, "Комерційна", 0).xMin, 85.05, 1)
	if a, b := find(t, words, "Умови", 0), find(t, words, "Оплата:", 0); a.page != b.page {
		t.Error("a heading stands apart from what it heads")
	}
	for i, w := range []string{"1.", "2.", "3."} {
		near(t, "number "+w, find(t, words[slices.Index(words, find(t, words, "Умови", 0)):], w, 0).xMin, 85.05+18, 1+float64(i)*0)
	}
}

func TestDeterministic(t *testing.T) {
	doc := everything(t)
	first := lay(t, doc, layout.Options{Watermark: "ЧЕРНЕТКА"})
	for range 5 {
		if !bytes.Equal(first.PDF, lay(t, doc, layout.Options{Watermark: "ЧЕРНЕТКА"}).PDF) {
			t.Fatal("two PDF of one document differ")
		}
	}
}

func TestEverything(t *testing.T) {
	r := lay(t, everything(t), layout.Options{})
	if r.Pages != 3 || len(r.Unsupported) != 0 {
		t.Errorf("%d pages, %v", r.Pages, r.Unsupported)
	}
	words := read(t, r.PDF)
	for _, w := range words {
		if w.text == "невидимий" {
			t.Error("hidden text is shown")
		}
	}
	if find(t, words, "ВЕЛИКІ", 0).page != 1 {
		t.Error("capitals")
	}
	centre := find(t, words, "центр", 0)
	near(t, "centred tab", (centre.xMin+centre.xMax)/2, 85.05+250, 0.7)
	near(t, "second level", find(t, words, "2.1.", 0).xMin, 85.05+45, 0.7)
	again := find(t, words, "Знову", 0)
	if n := words[slices.Index(words, again)-1]; n.text != "1." {
		t.Errorf("a list that begins anew is numbered %s", n.text)
	}
	box := find(t, words, "Текстове", 0)
	if beside := find(t, words, "Дякуємо", 0); box.yMin > beside.yMin+10 || box.xMin < 380 {
		t.Errorf("the box stands at %v, %v", box.xMin, box.yMin)
	}
	for _, w := range words {
		if w.page == 1 && w.yMin > box.yMin-6 && w.yMax < box.yMin+45 && w.xMax > box.xMin-8 && w.xMin < box.xMin-8 {
			t.Errorf("%q runs under the box", w.text)
		}
	}
	note := find(t, words, "виноски", 0)
	if note.page != 1 || note.yMax < 740 || note.yMax > 790 {
		t.Errorf("the footnote stands on page %d at %v", note.page, note.yMax)
	}
	if find(t, words, "Після", 0).page != 2 {
		t.Error("a page break does not break")
	}
	merged, beside := find(t, words, "вниз", 0), find(t, words, "вкладена", 0)
	if merged.yMin > beside.yMin || merged.xMax > beside.xMin {
		t.Error("cells stand in each other's place")
	}
	if !bytes.Contains(r.PDF, []byte("https://ugoda.example/")) {
		t.Error("the link leads nowhere")
	}
}

func TestWatermark(t *testing.T) {
	r := lay(t, proposal(t, 40), layout.Options{Watermark: "DRAFT"})
	if n := bytes.Count(r.PDF, []byte("/ca 0.280")); n == 0 {
		t.Error("no pale ink in the PDF")
	}
	if plain := lay(t, proposal(t, 40), layout.Options{}); bytes.Contains(plain.PDF, []byte("/ca ")) {
		t.Error("a mark on a document that asked for none")
	}
}

// TestKeeping pulls what belongs together over to the next page.
func TestKeeping(t *testing.T) {
	filler := func(n int) string {
		return strings.Repeat(para(`<w:spacing w:after="0" w:line="240" w:lineRule="exact"/>`, "рядок"), n)
	}
	// 60 exact lines of 12 pt fit between the margins; the sixtieth is left.
	for name, c := range map[string]struct {
		body string
		word string
		page int
	}{
		"heading with its text": {filler(58) + para(`<w:keepNext/><w:spacing w:after="0" w:line="240" w:lineRule="exact"/>`, "Заголовок") + para("", lorem), "Заголовок", 2},
		"no line left alone":    {filler(59) + para("", lorem), "Дякуємо", 2},
		"kept lines":            {filler(57) + para(`<w:keepLines/>`, lorem+lorem), "Дякуємо", 2},
		"page break before":     {filler(2) + para(`<w:pageBreakBefore/>`, "Новий"), "Новий", 2},
		"plain text stays":      {filler(30) + para("", "Лишається"), "Лишається", 1},
	} {
		words := read(t, lay(t, parts{body: c.body}.build(t), layout.Options{}).PDF)
		if w := find(t, words, c.word, 0); w.page != c.page {
			t.Errorf("%s: on page %d", name, w.page)
		}
	}
}

func TestRowsOverPages(t *testing.T) {
	long := strings.Repeat(para("", lorem), 40)
	row := func(pr, content string) string {
		return `<w:tr><w:trPr>` + pr + `</w:trPr>` + cellOf(9000, "", content) + `</w:tr>`
	}
	table := func(rows string) string {
		return `<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/></w:tblPr><w:tblGrid><w:gridCol w:w="9000"/></w:tblGrid>` + rows + `</w:tbl>` + para("", "Кінець")
	}
	for name, pr := range map[string]string{"splits": "", "cannot split, but must": `<w:cantSplit/>`} {
		r := lay(t, parts{body: table(row(`<w:tblHeader/>`, para("", "Шапка")) + row(pr, long))}.build(t), layout.Options{})
		words := read(t, r.PDF)
		heads, ends := 0, 0
		for _, w := range words {
			if w.text == "Шапка" {
				heads++
			}
			if w.text == "років." {
				ends++
			}
			if w.yMax > 842-50 {
				t.Fatalf("%s: %q below the margin at %v", name, w.text, w.yMax)
			}
		}
		if r.Pages < 3 || heads != r.Pages || ends != 40 {
			t.Errorf("%s: %d pages, %d headings, %d paragraphs", name, r.Pages, heads, ends)
		}
	}
	r := lay(t, parts{body: para("", strings.Repeat(lorem, 22)) + table(row(`<w:cantSplit/>`, strings.Repeat(para("", lorem), 4)))}.build(t), layout.Options{})
	words := read(t, r.PDF)
	pages := map[int]bool{}
	for _, w := range words[len(words)-60:] {
		pages[w.page] = true
	}
	if len(pages) != 1 || r.Pages != 2 {
		t.Errorf("a row that must not split stands on pages %v", pages)
	}
}

func TestUnsupportedIsNamed(t *testing.T) {
	body := `<w:p>` + inlinePicture("rIdE", 100000, 100000) + inlinePicture("rIdE", 100000, 100000) + inlinePicture("rIdB", 100000, 100000) + `<w:r><w:t>` + "\U0001F600" + `</w:t></w:r></w:p>`
	r := lay(t, parts{body: body, links: imageRel("rIdE", "media/a.emf") + imageRel("rIdB", "media/b.png"), files: map[string][]byte{"word/media/a.emf": []byte("\x01\x00\x00\x00EMF"), "word/media/b.png": append(pngOf(t, logo(3, 3, false))[:40], 1, 2, 3)}}.build(t), layout.Options{})
	got := map[string]int{}
	uk := locale.New(locale.Ukrainian)
	for _, u := range r.Unsupported {
		got[fmt.Sprint(u.Key, u.Args)] = u.Count
		if text := uk.Text(u.Key, u.Args); text == u.Key {
			t.Errorf("%s has no text", u.Key)
		}
	}
	if got["layout.unsupported.picturemap[format:EMF]"] != 2 || got["layout.unsupported.charactermap[code:U+1F600]"] != 1 || got["layout.unsupported.picturemap[format:PNG]"] == 0 {
		t.Errorf("%v", got)
	}
}

func TestErrors(t *testing.T) {
	var not *layout.NotDOCX
	for _, data := range [][]byte{nil, []byte("PK\x03\x04"), []byte("text"), parts{body: "<w:p>"}.build(t)} {
		if _, err := layout.PDF(context.Background(), data, layout.Options{}); !errors.As(err, &not) {
			t.Errorf("%v", err)
		}
	}
	stop := errors.New("enough")
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(stop)
	if _, err := layout.PDF(ctx, proposal(t, 100), layout.Options{}); !errors.Is(err, stop) {
		t.Errorf("%v", err)
	}
}

// TestShippedTemplates lays out the templates of the program as they are.
func TestShippedTemplates(t *testing.T) {
	files, err := fs.Glob(assets.Templates, "templates/*.docx")
	if err != nil || len(files) == 0 {
		t.Fatalf("no templates: %v", err)
	}
	for _, name := range files {
		doc, err := assets.Templates.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		r := lay(t, doc, layout.Options{})
		if len(r.Unsupported) != 0 || len(r.Substituted) != 0 || r.Pages < 1 || r.Pages > 3 {
			t.Errorf("%s: %d pages, %v, %v", name, r.Pages, r.Unsupported, r.Substituted)
		}
		words := read(t, r.PDF)
		for _, w := range words {
			if w.xMax > 595-25 || w.yMax > 842-20 || w.xMin < 25 || w.yMin < 20 {
				t.Errorf("%s: %q runs off page %d: %v", name, w.text, w.page, w)
			}
		}
	}
}

func TestFonts(t *testing.T) {
	body := `<w:p><w:r><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri"/></w:rPr><w:t>Слово</w:t></w:r></w:p>` +
		`<w:p><w:r><w:rPr><w:rFonts w:ascii="NotoSans" w:hAnsi="NotoSans"/></w:rPr><w:t>Слово</w:t></w:r></w:p>`
	doc := parts{body: body}.build(t)
	embedded := lay(t, doc, layout.Options{})
	if !slices.Equal(embedded.Substituted, []string{"Calibri", "NotoSans"}) {
		t.Errorf("%v", embedded.Substituted)
	}
	found := lay(t, doc, layout.Options{FontDirs: []string{"../../assets/fonts", "no/such/folder"}})
	if !slices.Equal(found.Substituted, []string{"Calibri"}) {
		t.Errorf("%v", found.Substituted)
	}
	words := read(t, embedded.PDF)
	if a, b := words[0], words[1]; a.xMax-a.xMin > (b.xMax-b.xMin)*0.95 {
		t.Errorf("Calibri is narrower: %v, %v", a, b)
	}
}

// TestHostile gives documents that would take forever, or all memory.
func TestHostile(t *testing.T) {
	deep := strings.Repeat(`<w:tbl><w:tr><w:tc>`, 120) + strings.Repeat(`</w:tc></w:tr></w:tbl>`, 120)
	for name, p := range map[string]parts{
		"deep":        {body: deep},
		"no widths":   {body: `<w:tbl><w:tblGrid>` + strings.Repeat(`<w:gridCol w:w="0"/>`, 400) + `</w:tblGrid><w:tr><w:tc>` + para("", lorem) + `</w:tc></w:tr></w:tbl>`},
		"huge indent": {body: para(`<w:ind w:left="999999999" w:right="999999999" w:hanging="-99999"/>`, lorem)},
		"tiny page":   {body: para("", lorem), sect: `<w:pgSz w:w="1" w:h="1"/><w:pgMar w:top="99999" w:bottom="99999" w:left="99999" w:right="99999"/>`},
		"loop":        {body: styled("A", lorem), styles: `<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/></w:style><w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style>`},
		"one word":    {body: para("", strings.Repeat("довжелезнеслово", 2000))},
		"tall header": {body: para("", lorem), header: strings.Repeat(para("", "висить"), 300)},
		"big letters": {body: `<w:p><w:r><w:rPr><w:sz w:val="99999"/></w:rPr><w:t>Ой, ой</w:t></w:r></w:p>`},
		"tabs":        {body: `<w:p><w:r>` + strings.Repeat(`<w:tab/>`, 5000) + `</w:r></w:p>`},
		"huge number": {body: para(`<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>`, "x"), numbering: `<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="2000000000"/><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%1%9"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`},
	} {
		begun := time.Now()
		r, err := layout.PDF(context.Background(), p.build(t), layout.Options{})
		var large *layout.TooLarge
		if err != nil && !errors.As(err, &large) {
			t.Errorf("%s: %v", name, err)
		}
		if r != nil && r.Pages == 0 || time.Since(begun) > 20*time.Second {
			t.Errorf("%s: %v after %v", name, r.Pages, time.Since(begun))
		}
	}
}

func FuzzBody(f *testing.F) {
	f.Add(para("", lorem))
	f.Add(`<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:tabs><w:tab w:val="right" w:pos="1"/></w:tabs></w:pPr><w:r><w:tab/><w:t>x</w:t><w:br w:type="page"/></w:r></w:p>`)
	f.Add(`<w:tbl><w:tblGrid><w:gridCol w:w="5"/></w:tblGrid><w:tr><w:tc><w:tcPr><w:gridSpan w:val="9"/><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>`)
	f.Add(`<w:p>` + anchored(textBox(10, 10, para("", "x")), `wrapSquare`, rightOfColumn, atParagraph, 10, 10, 1) + `</w:p>`)
	f.Add(`<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>NUMPAGES</w:instrText><w:fldChar w:fldCharType="end"/></w:r><w:r><w:pict><v:shape style="width:9pt;height:1in;position:absolute"><v:textpath string="D"/></v:shape></w:pict></w:r></w:p>`)
	f.Fuzz(func(t *testing.T, body string) {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		r, err := layout.PDF(ctx, parts{body: body, numbering: plainNumbering}.build(t), layout.Options{})
		var (
			not   *layout.NotDOCX
			large *layout.TooLarge
		)
		if err != nil && !errors.As(err, &not) && !errors.As(err, &large) {
			t.Fatal(err)
		}
		if err == nil && (r.Pages == 0 || !bytes.HasPrefix(r.PDF, []byte("%PDF-"))) {
			t.Fatalf("%d pages", r.Pages)
		}
	})
}

func BenchmarkProposal(b *testing.B) {
	doc := proposal(b, 40)
	for b.Loop() {
		lay(b, doc, layout.Options{})
	}
}

// BenchmarkProposal60 is the promise: three pages, 60 lines, two pictures.
func BenchmarkProposal60(b *testing.B) {
	p := proposalParts(b, 60)
	p.body = strings.Replace(p.body, ", робоче колесо з нержавіючої сталі", "", 40) + `<w:p>` + inlinePicture("rIdPhoto", 1270000, 847000) + `</w:p>`
	p.links += imageRel("rIdPhoto", "media/photo.jpeg")
	p.files["word/media/photo.jpeg"] = jpegOf(b, logo(800, 533, false))
	doc := p.build(b)
	for b.Loop() {
		if r := lay(b, doc, layout.Options{}); r.Pages != 3 {
			b.Fatalf("%d pages", r.Pages)
		}
	}
}

func BenchmarkLetter(b *testing.B) {
	doc := proposal(b, 5)
	for b.Loop() {
		lay(b, doc, layout.Options{})
	}
}
