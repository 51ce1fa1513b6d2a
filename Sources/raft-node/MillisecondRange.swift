import ArgumentParser
import Vocabulary

/// A span of milliseconds as it stands on the command line: `MIN-MAX`.
struct MillisecondRange: ExpressibleByArgument, CustomStringConvertible {
    var bounds: ClosedRange<Int>

    init(bounds: ClosedRange<Int>) {
        self.bounds = bounds
    }

    init?(argument: String) {
        let parts = argument.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 2, parts[0] >= 1, parts[1] >= parts[0], parts[1] <= 3_600_000 else {
            return nil
        }
        bounds = parts[0]...parts[1]
    }

    var nanoseconds: ClosedRange<Nanoseconds> {
        Nanoseconds(bounds.lowerBound) * 1_000_000...Nanoseconds(bounds.upperBound) * 1_000_000
    }

    var description: String { "\(bounds.lowerBound)-\(bounds.upperBound)" }
}
