/* Loaded before the C library (LD_PRELOAD): records what a program writes to the files under RIG_FOLDER, as a disk would see it,
   and, told so by the board (RIG_BOARD, shared memory), plays a full disk or another time. Format of a record: recording.py. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define FDS 65536
struct board { _Atomic int64_t writes_left; _Atomic int64_t only_growth; _Atomic int64_t seconds_off; _Atomic int64_t refused; };
struct head { uint32_t kind; uint32_t size; uint64_t file; int64_t at; };

static struct board idle = {-1, 0, 0, 0}, *board = &idle;
static char folder[PATH_MAX];
static size_t folder_length;
static int trace = -1;
static _Atomic char watched[FDS];

#define REAL(name) static __typeof__(name) *real; if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

__attribute__((constructor)) static void begin(void) {
    const char *where = getenv("RIG_FOLDER"), *into = getenv("RIG_TRACE"), *shared = getenv("RIG_BOARD");
    if (where && realpath(where, folder)) folder_length = strlen(folder);
    if (into) trace = open(into, O_WRONLY | O_APPEND | O_CLOEXEC | O_CREAT, 0600);
    int fd = shared ? open(shared, O_RDWR | O_CLOEXEC) : -1;
    if (fd >= 0) {
        void *seen = mmap(NULL, sizeof(struct board), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        if (seen != MAP_FAILED) board = seen;
        close(fd);
    }
}

static int is_watched(int fd) { return fd >= 0 && fd < FDS && watched[fd]; }

static uint64_t identity(int fd) { struct stat s; return fstat(fd, &s) ? 0 : s.st_ino; }

/* one writev on an appending file: records of several processes do not mix */
static void record(char kind, uint64_t file, int64_t at, const void *data, size_t size) {
    if (trace < 0) return;
    int kept = errno;
    struct head h = {kind, size, file, at};
    struct iovec parts[2] = {{&h, sizeof h}, {(void *)data, size}};
    if (writev(trace, parts, 2) != (ssize_t)(sizeof h + size)) abort();
    errno = kept;
}

static int inside(int base, const char *path, char *whole) {
    if (!folder_length || !path) return 0;
    if (path[0] == '/') { if (strlen(path) >= PATH_MAX) return 0; strcpy(whole, path); }
    else {
        char link[64]; snprintf(link, sizeof link, base == AT_FDCWD ? "/proc/self/cwd" : "/proc/self/fd/%d", base);
        ssize_t n = readlink(link, whole, PATH_MAX - 1);
        if (n < 0 || n + 1 + strlen(path) >= PATH_MAX) return 0;
        whole[n] = '/'; strcpy(whole + n + 1, path);
    }
    if (strncmp(whole, folder, folder_length) || (whole[folder_length] != '/' && whole[folder_length])) return 0;
    size_t n = strlen(whole);  /* the shared index of the log of writes is memory: SQLite makes it anew */
    return !(n > 4 && !strcmp(whole + n - 4, "-shm"));
}

static int opened(int fd, int base, const char *path, int flags) {
    char whole[PATH_MAX];
    if (fd < 0 || fd >= FDS) return fd;
    watched[fd] = inside(base, path, whole);
    struct stat s;
    if (watched[fd] && !fstat(fd, &s))
        record('O', s.st_ino, S_ISDIR(s.st_mode) ? 2 : flags & O_TRUNC ? 1 : 0, whole + folder_length, strlen(whole + folder_length));
    return fd;
}

#define MODE int mode = 0; if (flags & (O_CREAT | O_TMPFILE)) { va_list more; va_start(more, flags); mode = va_arg(more, int); va_end(more); }
int open(const char *path, int flags, ...) { MODE REAL(open); return opened(real(path, flags, mode), AT_FDCWD, path, flags); }
int open64(const char *path, int flags, ...) { MODE REAL(open64); return opened(real(path, flags, mode), AT_FDCWD, path, flags); }
int openat(int base, const char *path, int flags, ...) { MODE REAL(openat); return opened(real(base, path, flags, mode), base, path, flags); }
int openat64(int base, const char *path, int flags, ...) { MODE REAL(openat64); return opened(real(base, path, flags, mode), base, path, flags); }
int close(int fd) { REAL(close); if (fd >= 0 && fd < FDS) watched[fd] = 0; return real(fd); }

/* whether the disk is full for this write */
static int is_full(int fd, int64_t at, size_t size) {
    if (atomic_load(&board->writes_left) < 0) return 0;
    struct stat s;
    if (atomic_load(&board->only_growth) && !fstat(fd, &s) && at + (int64_t)size <= s.st_size) return 0;
    int64_t left = atomic_load(&board->writes_left);
    while (left > 0) if (atomic_compare_exchange_weak(&board->writes_left, &left, left - 1)) return 0;
    if (left < 0) return 0;
    atomic_fetch_add(&board->refused, 1);
    errno = ENOSPC;
    return 1;
}

#define PWRITE(name, offset) ssize_t name(int fd, const void *data, size_t size, offset at) { \
    REAL(name); if (!is_watched(fd)) return real(fd, data, size, at); \
    if (is_full(fd, at, size)) return -1; \
    ssize_t done = real(fd, data, size, at); if (done > 0) record('W', identity(fd), at, data, done); return done; }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

ssize_t write(int fd, const void *data, size_t size) {
    REAL(write);
    if (!is_watched(fd)) return real(fd, data, size);
    struct stat s;
    int64_t at = (fcntl(fd, F_GETFL) & O_APPEND) && !fstat(fd, &s) ? s.st_size : lseek(fd, 0, SEEK_CUR);
    if (is_full(fd, at, size)) return -1;
    ssize_t done = real(fd, data, size);
    if (done > 0) record('W', identity(fd), at, data, done);
    return done;
}

#define TRUNCATE(name, offset) int name(int fd, offset size) { \
    REAL(name); int done = real(fd, size); if (!done && is_watched(fd)) record('T', identity(fd), size, NULL, 0); return done; }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)
#define SYNC(name) int name(int fd) { REAL(name); int done = real(fd); if (!done && is_watched(fd)) record('S', identity(fd), 0, NULL, 0); return done; }
SYNC(fsync)
SYNC(fdatasync)

static int renamed(int done, int base, const char *from, int to_base, const char *to) {
    char a[PATH_MAX], b[PATH_MAX], both[2 * PATH_MAX + 1];
    if (done || !inside(base, from, a) || !inside(to_base, to, b)) return done;
    int n = snprintf(both, sizeof both, "%s\n%s", a + folder_length, b + folder_length);
    record('R', 0, 0, both, n);
    return done;
}
static int removed(int done, int base, const char *path) {
    char whole[PATH_MAX];
    if (!done && inside(base, path, whole)) record('U', 0, 0, whole + folder_length, strlen(whole + folder_length));
    return done;
}
int rename(const char *from, const char *to) { REAL(rename); return renamed(real(from, to), AT_FDCWD, from, AT_FDCWD, to); }
int renameat(int a, const char *from, int b, const char *to) { REAL(renameat); return renamed(real(a, from, b, to), a, from, b, to); }
int unlink(const char *path) { REAL(unlink); return removed(real(path), AT_FDCWD, path); }
int unlinkat(int base, const char *path, int flags) { REAL(unlinkat); return removed(real(base, path, flags), base, path); }

int clock_gettime(clockid_t which, struct timespec *now) {
    REAL(clock_gettime);
    int done = real(which, now);
    if (!done && (which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE)) now->tv_sec += atomic_load(&board->seconds_off);
    return done;
}
int gettimeofday(struct timeval *now, void *zone) {
    REAL(gettimeofday);
    int done = real(now, zone);
    if (!done) now->tv_sec += atomic_load(&board->seconds_off);
    return done;
}
time_t time(time_t *kept) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (kept) *kept = now.tv_sec;
    return now.tv_sec;
}
