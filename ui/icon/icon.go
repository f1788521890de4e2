// Package icon draws the program's own small pictures, those that Fyne's theme
// does not bring. They are single filled paths on a grid of 24 by 24 and take
// the colour of the theme's foreground.
package icon

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// The icons.
var (
	Day      = path("day", "M4 4h3V2h2v2h6V2h2v2h3v17H4zM6 9v10h12V9zM8 14l1.400-1.400 1.800 1.800 3.600-3.600 1.400 1.400-5 5z")
	Phone    = path("phone", "M6 3h4l1.500 5-2.500 2a12 12 0 0 0 5 5l2-2.500 5 1.500v4c0 1.100-.9 2-2 2C10.700 20 4 13.300 4 5c0-1.100.9-2 2-2z")
	Deal     = path("deal", "M9 4h6v3h6v5H3V7h6zM11 6v1h2V6zM3 13h7v2h4v-2h7v7H3z")
	Proposal = path("proposal", "M5 2h10l4 4v16H5zM8 9v1.800h8V9zM8 13v1.800h8V13zM8 17v1.800h5V17z")
	People   = path("people", "M9 5a3.500 3.500 0 1 1 0 7a3.500 3.500 0 1 1 0-7zM2 19c0-3.500 3.500-5.500 7-5.500s7 2 7 5.500zM16 6a3 3 0 1 1 0 6c-.6 0-1-.1-1.400-.3a5 5 0 0 0 0-5.400c.4-.2.8-.3 1.400-.3zM17 13.200c2.800.5 5 2.300 5 5.800h-4c0-2.500-1-4.400-2.600-5.700z")
	Firm     = path("firm", "M4 3h10v6h6v12H4zM6.500 6v2H9V6zM6.500 10v2H9v-2zM6.500 14v2H9v-2zM11 6v2h1.500V6zM11 10v2h1.500v-2zM15 12v2h2v-2zM15 16v2h2v-2z")
	Product  = path("product", "M12 2l9 4.200v11.600L12 22l-9-4.200V6.200zM12 4.200L6.800 6.600 12 9l5.200-2.400zM5 8.400v8.100l6 2.800v-8.100z")
	Funnel   = path("funnel", "M2 4h20l-8 9v6l-4 2.500V13z")
	Bars     = path("bars", "M4 12h4v8H4zM10 4h4v16h-4zM16 8h4v12h-4z")
	Bell     = path("bell", "M12 2.500a1.500 1.500 0 0 1 1.500 1.500v.5A6 6 0 0 1 18 10.500V16l2 2v1H4v-1l2-2v-5.500A6 6 0 0 1 10.500 4.500V4A1.500 1.500 0 0 1 12 2.500zM10 20h4a2 2 0 0 1-4 0z")
	Board    = path("board", "M3 4h5v16H3zM9.500 4h5v11h-5zM16 4h5v7h-5z")
	Process  = path("process", "M3 5h7v5H3zM14 5h7v5h-7zM14 15h7v5h-7zM10 6.800h4v1.500h-4zM16.800 10h1.500v5h-1.500z")
	Money    = path("money", "M2 6h20v12H2zM12 8.500a3.500 3.500 0 1 0 0 7a3.500 3.500 0 1 0 0-7zM4 8v2a2 2 0 0 0 2-2zM18 8a2 2 0 0 0 2 2V8z")
	Tick     = path("tick", "M4.500 12l2-2 3.500 3.500L17.500 6l2 2L10 17.500z")
)

func path(name, d string) fyne.Resource {
	svg := `<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24"><path d="` + d + `"/></svg>`
	return theme.NewThemedResource(fyne.NewStaticResource("ugoda-"+name+".svg", []byte(svg)))
}
