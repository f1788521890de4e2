package assets

import _ "embed"

// The four faces of Noto Sans (SIL Open Font License 1.1), whole, as TrueType
// files: for the window's theme, charts and PDF alike. Callers must not change
// the bytes.
var (
	//go:embed fonts/NotoSans-Regular.ttf
	NotoSans []byte
	//go:embed fonts/NotoSans-Bold.ttf
	NotoSansBold []byte
	//go:embed fonts/NotoSans-Italic.ttf
	NotoSansItalic []byte
	//go:embed fonts/NotoSans-BoldItalic.ttf
	NotoSansBoldItalic []byte
)
