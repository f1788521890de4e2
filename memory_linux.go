package main

/*
#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>
static void give_back(void) { malloc_trim(0); }
#else
static void give_back(void) {}
#endif
*/
import "C"

// giveBack returns to the system what the C libraries, the base's engine among
// them, have freed and kept.
func giveBack() { C.give_back() }
