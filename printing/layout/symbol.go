package layout

import "strings"

// symbolFonts are fonts whose characters are pictures: what they show, in
// Unicode. Word keeps such characters in the private area from U+F000.
var symbolFonts = map[string]map[byte]string{
	"symbol": {
		0xb7: "•", 0xa7: "•", 0xb0: "°", 0xb1: "±", 0xb3: "≥", 0xa3: "≤", 0xb4: "×", 0xb8: "÷", 0xb9: "≠", 0xae: "→", 0xac: "←",
		0x2d: "−", 0xd7: "·", 0xa5: "∞", 0x61: "α", 0x62: "β", 0x67: "γ", 0x64: "δ", 0x6d: "μ", 0x70: "π", 0x53: "Σ", 0x44: "Δ", 0x57: "Ω", 0xe2: "®", 0xd3: "©", 0xd4: "™", 0xd6: "√",
	},
	"wingdings": {
		0xa7: "▪", 0x6c: "●", 0x6e: "■", 0x6f: "□", 0x71: "❑", 0x75: "◆", 0x76: "❖", 0xd8: "➢", 0xe0: "→", 0xdf: "←", 0xe8: "➔", 0xf0: "⇨",
		0xfc: "✓", 0xfb: "✗", 0xfd: "☒", 0xfe: "☑", 0xa8: "□", 0x9f: "•", 0x9e: "·", 0x2a: "✉", 0x28: "☎", 0x29: "✆", 0x46: "☞", 0xab: "★", 0x77: "◆", 0x73: "◆", 0xa4: "○", 0xa1: "○",
	},
	"wingdings 2": {0x50: "✓", 0x52: "☑", 0x51: "☒", 0xa3: "□", 0x97: "•", 0x98: "•"},
	"webdings":    {0x61: "✓", 0x72: "✗", 0x3c: "■", 0x67: "■"},
}

// symbols turns the text of a symbol font into Unicode.
func symbols(name, text string) string {
	table := symbolFonts[strings.ToLower(name)]
	if table == nil && !strings.ContainsFunc(text, func(r rune) bool { return r >= 0xf000 && r <= 0xf0ff }) {
		return text
	}
	if table == nil { // a bullet of an unknown font of pictures
		table = symbolFonts["wingdings"]
	}
	var b strings.Builder
	for _, r := range text {
		if s := table[byte(r)]; s != "" && (r >= 0xf000 && r <= 0xf0ff || r < 0x100) {
			b.WriteString(s)
		} else if r >= 0xf000 && r <= 0xf0ff {
			b.WriteString("•")
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}
