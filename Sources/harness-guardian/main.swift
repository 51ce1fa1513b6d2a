// Ends every process of its group when its standard input ends.
//
// The harness alone holds the other end of that pipe and spawns all nodes into this group. When
// the harness ends, however it ends, the kernel closes the pipe: that works for SIGKILL, for
// nodes that are stopped, and for whatever the nodes have spawned themselves.

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

guard getpgrp() == getpid() else {
    let message = "harness-guardian: only the harness can start this, as leader of a group\n"
    write(STDERR_FILENO, message, message.utf8.count)
    exit(64)
}

// Nothing but the end of the pipe may end the guardian: when the harness dies while a node is
// stopped, the kernel sends a hang-up to the whole group.
for number in [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGTTIN, SIGTTOU] {
    signal(number, SIG_IGN)
}

var byte: UInt8 = 0
while true {
    let count = read(STDIN_FILENO, &byte, 1)
    if count == 0 || (count < 0 && errno != EINTR) { break }
}
kill(0, SIGKILL)
