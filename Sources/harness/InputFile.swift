internal import Foundation
internal import HistoryStore

/// The file that a command is to read: a run file, or a history from elsewhere.
enum InputFile {
    /// The run file in a run's folder; any other path as it is.
    static func run(at path: String) -> String {
        let inside = path.hasSuffix("/") ? "\(path)run.sqlite" : "\(path)/run.sqlite"
        return isFolder(path) && FileManager.default.fileExists(atPath: inside) ? inside : path
    }

    /// Whether a path names a folder.
    static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            && isFolder.boolValue
    }

    /// Whether it is a run file; standard input never is.
    ///
    /// - Throws: ``UnusableFile`` if there is nothing to read.
    static func isDatabase(_ path: String) throws -> Bool {
        guard path != "-" else { return false }
        guard FileManager.default.fileExists(atPath: path) else {
            throw UnusableFile.missing(path: path)
        }
        guard !isFolder(path) else { throw UnusableFile.folder(path: path) }
        var status = stat()
        // What can't even be asked for its kind says why when it is read.
        if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
            throw UnusableFile.irregular(path: path)
        }
        return RunReader.isDatabase(path)
    }
}

/// A file to read that can't be read.
enum UnusableFile: Error, CustomStringConvertible {
    case missing(path: String)
    case folder(path: String)
    case irregular(path: String)
    case unreadable(path: String, reason: String)

    var description: String {
        switch self {
        case .missing(let path):
            "no file at \(path); `\(Invocation.word) list runs` names the recorded runs"
        case .folder(let path):
            "\(path) is a folder without a run.sqlite; name a run's folder, or a file"
        case .irregular(let path):
            "\(path) is no regular file, but a device or a pipe; name a file, or - and pass the "
                + "history by standard input"
        case .unreadable(let path, let reason): "\(path) can't be read: \(reason)"
        }
    }
}
