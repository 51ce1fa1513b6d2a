internal import Foundation

/// What the user's terminal can show.
enum Terminal {
    /// Whether text on a descriptor may have colours: it goes to a terminal that has them, and the user
    /// has not said no.
    ///
    /// Source: no-color.org: `NO_COLOR`, if it is not empty.
    static func hasColours(
        _ descriptor: Int32,
        in environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> Bool {
        canMove(descriptor, in: environment) && environment["NO_COLOR"] ?? "" == ""
    }

    /// Whether a descriptor is a terminal that knows escape sequences.
    static func canMove(
        _ descriptor: Int32,
        in environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> Bool {
        isatty(descriptor) == 1 && environment["TERM"] != "dumb"
    }
}
