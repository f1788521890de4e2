// Package journey drives the built program as a person does: in a real window
// on a virtual display, by keys and clicks, with a picture of each step kept in
// build/journey. It needs Xvfb, openbox, xdotool and ImageMagick's import.
package journey
