internal import Foundation

/// What went wrong with a file, in the words of the operating system.
public enum FileProblem {
    /// The reason of an error, such as `Permission denied`.
    ///
    /// Foundation describes its errors on Linux by domain and number; what the kernel said lies below.
    public static func words(_ error: any Error) -> String {
        guard let error = error as? CocoaError else { return String(describing: error) }
        if let below = error.userInfo[NSUnderlyingErrorKey] as? any Error {
            let number = (below as NSError).code
            if (below as NSError).domain == NSPOSIXErrorDomain { return words(Int32(number)) }
        }
        return switch error.code {
        case .fileNoSuchFile, .fileReadNoSuchFile: words(ENOENT)
        case .fileReadNoPermission, .fileWriteNoPermission: words(EACCES)
        case .fileWriteFileExists: words(EEXIST)
        case .fileWriteOutOfSpace: words(ENOSPC)
        case .fileWriteVolumeReadOnly: words(EROFS)
        case .fileReadInapplicableStringEncoding, .fileReadCorruptFile: "it is not UTF-8"
        case .fileReadInvalidFileName, .fileWriteInvalidFileName: "no file can have such a name"
        default: "error \(error.code.rawValue) of the file system"
        }
    }

    /// What the kernel calls an error number.
    public static func words(_ number: Int32) -> String { String(cString: strerror(number)) }
}
