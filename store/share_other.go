//go:build !linux && !windows && !darwin

package store

// onNetworkShare cannot tell on this system.
func onNetworkShare(string) (bool, error) { return false, nil }
