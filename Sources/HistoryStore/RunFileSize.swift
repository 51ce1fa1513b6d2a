internal import Foundation

/// How much of a run file is really on the disk.
struct RunFileSize {
    /// The bytes of the file and of what waits beside it to be folded in, without holes.
    let bytes: Int
    /// The bytes that both claim to have.
    private let claimed: Int

    /// Looks at the file and at what waits beside it to be folded in.
    init(_ path: String) {
        let file = Self.stored(path)
        let beside = Self.stored(path + "-wal")
        bytes = file.bytes + beside.bytes
        claimed = file.claimed + beside.claimed
    }

    /// More bytes of texts than can be in the file; file systems that compress keep them in fewer.
    var textBytesMax: Int { min(claimed, 20 * bytes) }

    /// More rows of any table than can be in the file: the shortest takes seven bytes.
    var shortRowsMax: Int { textBytesMax / 6 }

    /// More events than can be in the file, whatever its header and the events' numbers say.
    ///
    /// An event takes a byte for each of ten columns, its number, two words and its place in a page.
    /// In memory it takes less than eight times that, so that no file asks for much more than it is.
    var rowsMax: Int { bytes / 24 }

    /// The bytes of a file that are there; none if there is no such file.
    ///
    /// One with holes can claim to be of any size.
    private static func stored(_ path: String) -> (bytes: Int, claimed: Int) {
        var status = stat()
        guard stat(path, &status) == 0 else { return (0, 0) }
        let claimed = Int(status.st_size)
        return (min(claimed, Int(status.st_blocks) * 512), claimed)
    }

    /// Whether something is a regular file, or not there at all.
    static func isFileOrMissing(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) != 0 || status.st_mode & S_IFMT == S_IFREG
    }
}
