// The settings of the C library's allocator, which its module for Swift leaves out.
#include <malloc.h>

// What a process says that ends because it got no more memory. Swift traps and C++ aborts then,
// with a message that names the library's own source at best, and Swift has no code that is safe
// in a signal's handler.
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

enum { harness_memory_signals = 5 };

// Variables live in functions, since Swift's importer makes none of the others.
static inline unsigned long long *harness_memory_limit(void) {
    static unsigned long long limit;
    return &limit;
}

static inline struct sigaction *harness_memory_earlier(int place) {
    static struct sigaction actions[harness_memory_signals];
    return &actions[place];
}

static inline int harness_memory_signal(int place) {
    static const int numbers[harness_memory_signals] = {SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS};
    return numbers[place];
}

// Whether more than half of the address space is taken: one request can ask for the other half.
static inline int harness_memory_is_short(void) {
    char text[64];
    unsigned long long pages = 0;
    int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    ssize_t count = read(file, text, sizeof text);
    close(file);
    for (ssize_t at = 0; at < count && text[at] >= '0' && text[at] <= '9'; at++)
        pages = pages * 10 + (unsigned long long)(text[at] - '0');
    return pages * (unsigned long long)sysconf(_SC_PAGESIZE) > *harness_memory_limit() / 2;
}

static inline void harness_memory_handler(int number) {
    if (harness_memory_is_short()) {
        static const char message[] =
            "\nthe harness failed: it got no more memory within the address space that it may use "
            "(ulimit -v); allow it more, or give it less to judge at a time\n";
        ssize_t written = write(STDERR_FILENO, message, sizeof message - 1);
        (void)written;
        _exit(70);
    }
    // Any other fault happens again under the earlier handler, which tells of it.
    for (int place = 0; place < harness_memory_signals; place++)
        if (harness_memory_signal(place) == number)
            sigaction(number, harness_memory_earlier(place), 0);
    if (number == SIGABRT) raise(number);
}

// Exits with 70 and says why, if the process ends for want of memory below a limit in bytes.
static inline void harness_tell_of_lost_memory(unsigned long long limit) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = harness_memory_handler;
    action.sa_flags = SA_ONSTACK | SA_NODEFER;
    *harness_memory_limit() = limit;
    for (int place = 0; place < harness_memory_signals; place++)
        sigaction(harness_memory_signal(place), &action, harness_memory_earlier(place));
}
