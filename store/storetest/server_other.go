//go:build !unix

package storetest

// launch starts no server here: ServerVariable names one.
func launch() *server {
	return &server{missing: "on this system name a server in " + ServerVariable}
}
