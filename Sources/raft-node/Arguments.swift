import ArgumentParser
import Vocabulary

/// An address as it stands on the command line: `HOST:PORT`.
struct HostAndPort: ExpressibleByArgument, CustomStringConvertible {
    var host: String
    var port: Int

    init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    init?(argument: String) {
        guard let colon = argument.lastIndex(of: ":"), colon > argument.startIndex,
            let port = UInt16(argument[argument.index(after: colon)...])
        else { return nil }
        self.init(host: String(argument[..<colon]), port: Int(port))
    }

    var description: String { "\(host):\(port)" }
}

/// A peer as it stands on the command line: `NUMBER=HOST:PORT`.
struct PeerArgument: ExpressibleByArgument {
    var node: NodeID
    var address: HostAndPort

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1)
        guard parts.count == 2, let number = Int(parts[0]),
            let address = HostAndPort(argument: String(parts[1]))
        else { return nil }
        node = NodeID(number)
        self.address = address
    }
}

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
