package firm

// UseSnippets gives the texts of a document that nobody wrote, by their usage,
// the default snippets of its language: those that are empty, or a snippet of
// another language.
func UseSnippets(texts map[string]*string, language string, all []*Snippet) {
	for usage, text := range texts {
		written := *text != ""
		var fresh string
		for _, s := range all {
			if s.Usage != usage {
				continue
			}
			if s.Language != language && s.Text == *text {
				written = false
			}
			if s.Language == language && s.Default && fresh == "" {
				fresh = s.Text
			}
		}
		if !written && fresh != "" {
			*text = fresh
		}
	}
}
