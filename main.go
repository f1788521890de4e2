// Command ugoda opens the window, or runs one command.
package main

func main() {}
