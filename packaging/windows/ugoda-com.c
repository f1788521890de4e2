/*
 * ugoda.com: the command line on Windows. ugoda.exe is a program of windows,
 * so a console neither waits for it nor learns its exit code. Typed without an
 * ending, "ugoda" finds this file first: it starts the ugoda.exe beside it with
 * the same words and the same input and output, waits, and ends as it did.
 */
#include <stdio.h>
#include <wchar.h>
#include <windows.h>

/* after_program returns the command line behind the program's own name. */
static const wchar_t *after_program(const wchar_t *line) {
	int quoted = 0;
	for (; *line && (quoted || (*line != L' ' && *line != L'\t')); line++)
		if (*line == L'"') quoted = !quoted;
	return line;
}

int wmain(void) {
	static wchar_t path[32768], line[65536];
	DWORD length = GetModuleFileNameW(NULL, path, 32768);
	if (length < 4 || length >= 32768) {
		fputs("ugoda: where this program lies cannot be found out\n", stderr);
		return 1;
	}
	wcscpy(path + length - 4, L".exe");
	if (swprintf(line, 65536, L"\"%ls\"%ls", path, after_program(GetCommandLineW())) < 0) {
		fputs("ugoda: the command is too long\n", stderr);
		return 2;
	}
	STARTUPINFOW start = {.cb = sizeof start, .dwFlags = STARTF_USESTDHANDLES};
	start.hStdInput = GetStdHandle(STD_INPUT_HANDLE);
	start.hStdOutput = GetStdHandle(STD_OUTPUT_HANDLE);
	start.hStdError = GetStdHandle(STD_ERROR_HANDLE);
	UINT page = GetConsoleOutputCP();
	SetConsoleOutputCP(CP_UTF8);
	PROCESS_INFORMATION child;
	if (!CreateProcessW(path, line, NULL, NULL, TRUE, 0, NULL, NULL, &start, &child)) {
		fprintf(stderr, "ugoda: ugoda.exe beside this program cannot be started (error %lu)\n", GetLastError());
		return 1;
	}
	WaitForSingleObject(child.hProcess, INFINITE);
	DWORD code = 1;
	GetExitCodeProcess(child.hProcess, &code);
	if (page) SetConsoleOutputCP(page);
	return (int)code;
}
