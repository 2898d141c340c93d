/*
 * A preview 1 command without libc that does what its first argument says, and a CGI program where it is run as one.
 *
 *   exit CODE       ends with the code              env              prints its variables
 *   cat             standard input to output        args             prints its arguments
 *   write PATH TEXT creates or replaces a file      append PATH TEXT appends to one
 *   read PATH       prints a file                   list PATH        prints the names in a folder
 *   mkdir, rmdir, unlink, stat PATH; link, symlink, rename FROM TO; readlink PATH
 *   open PATH       opens it until that fails       sleep NANOS      waits for a clock
 *   wait            waits for input or 10 s         loop             never ends
 *   flood           writes for ever                 trap             traps
 *
 * A failed call prints "errno N" and ends with code 1. Paths are relative to the first folder, descriptor 3.
 */
typedef unsigned char u8;
typedef unsigned int u32;
typedef unsigned long long u64;

#define WASI(name) __attribute__((import_module("wasi_snapshot_preview1"), import_name(#name)))

typedef struct { const void *at; u32 length; } buffer;

WASI(args_sizes_get) int args_sizes_get(u32 *count, u32 *bytes);
WASI(args_get) int args_get(char **arguments, char *bytes);
WASI(environ_sizes_get) int environ_sizes_get(u32 *count, u32 *bytes);
WASI(environ_get) int environ_get(char **variables, char *bytes);
WASI(fd_read) int fd_read(int fd, const buffer *to, u32 count, u32 *done);
WASI(fd_write) int fd_write(int fd, const buffer *from, u32 count, u32 *done);
WASI(fd_close) int fd_close(int fd);
WASI(fd_readdir) int fd_readdir(int fd, void *to, u32 size, u64 cookie, u32 *done);
WASI(path_open) int path_open(int fd, int lookup, const char *path, u32 length, int how, u64 rights, u64 inheriting,
    int flags, int *opened);
WASI(path_create_directory) int path_create_directory(int fd, const char *path, u32 length);
WASI(path_remove_directory) int path_remove_directory(int fd, const char *path, u32 length);
WASI(path_unlink_file) int path_unlink_file(int fd, const char *path, u32 length);
WASI(path_filestat_get) int path_filestat_get(int fd, int lookup, const char *path, u32 length, void *to);
WASI(path_link) int path_link(int fd, int lookup, const char *path, u32 length, int to, const char *name, u32 size);
WASI(path_symlink) int path_symlink(const char *content, u32 size, int fd, const char *path, u32 length);
WASI(path_readlink) int path_readlink(int fd, const char *path, u32 length, void *to, u32 size, u32 *done);
WASI(path_rename) int path_rename(int fd, const char *path, u32 length, int to, const char *name, u32 size);
WASI(poll_oneoff) int poll_oneoff(const void *wanted, void *events, u32 count, u32 *done);
WASI(proc_exit) _Noreturn void proc_exit(int code);

#define ROOT 3
#define FOLLOW 1
#define READ (1ull << 1 | 1ull << 2 | 1ull << 5 | 1ull << 14 | 1ull << 21)
#define WRITE (1ull << 6)

static char text[1 << 14];
static char *arguments[32];
static char *variables[256];
static u8 data[1 << 14];

static u32 length(const char *s) { u32 n = 0; while (s[n]) n++; return n; }
static int same(const char *a, const char *b) { while (*a && *a == *b) a++, b++; return *a == *b; }

static void put(const void *at, u32 size) {
    while (size > 0) {
        buffer from = {at, size};
        u32 done = 0;
        if (fd_write(1, &from, 1, &done) != 0) proc_exit(70);
        at = (const u8 *)at + done;
        size -= done;
    }
}
static void say(const char *s) { put(s, length(s)); }
static void number(u64 value) {
    char digits[20];
    int at = 20;
    do digits[--at] = '0' + value % 10; while (value /= 10);
    put(digits + at, 20 - at);
}
static u64 parsed(const char *s) { u64 value = 0; for (; *s >= '0' && *s <= '9'; s++) value = 10 * value + (*s - '0'); return value; }

static void require(int errno) {
    if (errno != 0) {
        say("errno ");
        number(errno);
        say("\n");
        proc_exit(1);
    }
}

static void copy(int fd) {
    for (;;) {
        buffer to = {data, sizeof data};
        u32 done = 0;
        require(fd_read(fd, &to, 1, &done));
        if (done == 0) return;
        put(data, done);
    }
}

static int opened(const char *path, int how, u64 rights, int flags) {
    int fd = -1;
    require(path_open(ROOT, FOLLOW, path, length(path), how, rights, 0, flags, &fd));
    return fd;
}

static void write_text(const char *path, const char *content, int how, int flags) {
    int fd = opened(path, how, WRITE, flags);
    buffer from = {content, length(content)};
    u32 done = 0;
    require(fd_write(fd, &from, 1, &done));
    require(fd_close(fd));
}

static void list(const char *path) {
    int fd = opened(path, 2, READ, 0);
    u64 cookie = 0;
    for (;;) {
        u32 done = 0;
        require(fd_readdir(fd, data, 256, cookie, &done));
        u32 at = 0;
        while (at + 24 <= done) {
            u32 size = *(u32 *)(data + at + 16);
            if (at + 24 + size > done) break;
            cookie = *(u64 *)(data + at);
            put(data + at + 24, size);
            say("\n");
            at += 24 + size;
        }
        if (done < 256) return;
    }
}

static void count_open(const char *path) {
    for (u64 count = 0;; count++) {
        int fd = -1;
        int errno = path_open(ROOT, FOLLOW, path, length(path), 0, READ, 0, 0, &fd);
        if (errno != 0) {
            number(count);
            say(" open, errno ");
            number(errno);
            say("\n");
            return;
        }
    }
}

/* Subscriptions have 48 bytes and events 32; the type of the first is at 8, of the second at 10. */
static void wait_for(u64 nanos, int input) {
    static u64 wanted[12];
    static u64 events[8];
    wanted[0] = 7;
    wanted[2] = 1;
    wanted[3] = nanos;
    wanted[6] = 8;
    wanted[7] = 1;
    u32 done = 0;
    require(poll_oneoff(wanted, events, input ? 2 : 1, &done));
    for (u32 each = 0; each < done; each++) say(((u8 *)events)[32 * each + 10] == 0 ? "time\n" : "input\n");
}

static const char *variable(const char *name) {
    u32 size = length(name);
    for (char **each = variables; *each; each++) {
        u32 at = 0;
        while (at < size && (*each)[at] == name[at]) at++;
        if (at == size && (*each)[size] == '=') return *each + size + 1;
    }
    return 0;
}

static int cgi(void) {
    const char *path = variable("PATH_INFO");
    if (same(path, "/bare")) return 3;
    if (same(path, "/trap")) __builtin_trap();
    if (same(path, "/loop")) for (;;) { volatile int x = 0; (void)x; }
    if (same(path, "/crooked")) { say("no field at all\n\nbody"); return 0; }
    if (same(path, "/moved")) { say("Location: /there\n\n"); return 0; }
    if (same(path, "/missing")) { say("Status: 404 Not Found\r\nContent-Type: text/plain\r\n\r\nnothing here\n"); return 0; }
    if (same(path, "/short")) { say("Content-Length: 10\n\nfour"); return 0; }
    if (same(path, "/fails")) { say("Content-Type: text/plain\n\nhalf"); return 9; }
    say("Content-Type: text/plain\nX-Guest: command\n\n");
    if (same(path, "/echo")) { copy(0); return 0; }
    if (same(path, "/flood")) for (;;) put(data, sizeof data);
    for (char **each = variables; *each; each++) { say(*each); say("\n"); }
    return 0;
}

static int run(u32 count) {
    const char *verb = count > 1 ? arguments[1] : "";
    const char *one = count > 2 ? arguments[2] : "";
    const char *two = count > 3 ? arguments[3] : "";
    if (same(verb, "exit")) return parsed(one);
    if (same(verb, "cat")) copy(0);
    else if (same(verb, "env")) for (char **each = variables; *each; each++) { say(*each); say("\n"); }
    else if (same(verb, "args")) for (u32 each = 0; each < count; each++) { say(arguments[each]); say("\n"); }
    else if (same(verb, "write")) write_text(one, two, 1 | 8, 0);
    else if (same(verb, "append")) write_text(one, two, 1, 1);
    else if (same(verb, "read")) copy(opened(one, 0, READ, 0));
    else if (same(verb, "list")) list(one);
    else if (same(verb, "mkdir")) require(path_create_directory(ROOT, one, length(one)));
    else if (same(verb, "rmdir")) require(path_remove_directory(ROOT, one, length(one)));
    else if (same(verb, "unlink")) require(path_unlink_file(ROOT, one, length(one)));
    else if (same(verb, "link")) require(path_link(ROOT, 0, one, length(one), ROOT, two, length(two)));
    else if (same(verb, "symlink")) require(path_symlink(one, length(one), ROOT, two, length(two)));
    else if (same(verb, "rename")) require(path_rename(ROOT, one, length(one), ROOT, two, length(two)));
    else if (same(verb, "readlink")) {
        u32 done = 0;
        require(path_readlink(ROOT, one, length(one), data, sizeof data, &done));
        put(data, done);
    } else if (same(verb, "stat")) {
        require(path_filestat_get(ROOT, FOLLOW, one, length(one), data));
        say("type ");
        number(data[16]);
        say(" size ");
        number(*(u64 *)(data + 32));
        say("\n");
    } else if (same(verb, "open")) count_open(one);
    else if (same(verb, "sleep")) wait_for(parsed(one), 0);
    else if (same(verb, "wait")) wait_for(10000000000ull, 1);
    else if (same(verb, "loop")) for (;;) { volatile int x = 0; (void)x; }
    else if (same(verb, "flood")) for (;;) put(data, sizeof data);
    else if (same(verb, "trap")) __builtin_trap();
    else return 64;
    return 0;
}

__attribute__((export_name("_start"))) void start(void) {
    u32 count = 0;
    u32 bytes = 0;
    u32 known = 0;
    require(environ_sizes_get(&known, &bytes));
    if (known > 255 || bytes > sizeof text / 2) proc_exit(65);
    require(environ_get(variables, text));
    char *rest = text + bytes;
    require(args_sizes_get(&count, &bytes));
    if (count > 31 || bytes > sizeof text / 2) proc_exit(66);
    require(args_get(arguments, rest));
    int code = variable("GATEWAY_INTERFACE") ? cgi() : run(count);
    if (code != 0) proc_exit(code);
}
