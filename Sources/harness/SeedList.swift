/// Seeds as they are given on a command line: how many, or which.
enum SeedList: Equatable {
    /// So many, one after the other.
    case count(Int)
    /// These, each once, in the order in which they are named.
    case listed([UInt64])

    /// How many seeds there can be.
    static let countMax = 1_000_000

    /// Reads a list.
    ///
    /// - Throws: ``MalformedOption`` with what is wrong.
    init(parsing text: String) throws(MalformedOption) {
        if !text.isEmpty, text.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains) {
            guard let count = Int(text), count <= Self.countMax else {
                throw MalformedOption(
                    "a number alone says how many seeds, up to \(Self.countMax); to try that one "
                        + "seed, give \(text)-\(text)")
            }
            guard count > 0 else { throw MalformedOption("expected at least one seed, found 0") }
            self = .count(count)
            return
        }
        var seeds: [UInt64] = []
        var known: Set<UInt64> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            for seed in try Self.range(part) where known.insert(seed).inserted {
                guard seeds.count < Self.countMax else { throw Self.tooMany }
                seeds.append(seed)
            }
        }
        self = .listed(seeds)
    }

    private static func range(
        _ part: Substring
    ) throws(MalformedOption) -> ClosedRange<UInt64> {
        let ends = part.split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count <= 2, let first = UInt64(ends[0]), let last = UInt64(ends[ends.count - 1])
        else {
            throw MalformedOption(
                "expected a number of seeds such as 1000, or seeds from 0 to \(UInt64.max) such as "
                    + "3,17,100-120; \"\(part)\" is neither a seed nor a range")
        }
        guard first <= last else {
            throw MalformedOption("the range \(part) ends before it begins; give \(last)-\(first)")
        }
        guard last - first < UInt64(countMax) else { throw tooMany }
        return first...last
    }

    private static let tooMany = MalformedOption("at most \(countMax) seeds can be listed")
}

/// One part of several that a job is split into.
struct Shard: Equatable {
    /// Which part, from 1.
    var index: Int
    /// How many there are.
    var count: Int

    /// Reads `i/n`.
    ///
    /// - Throws: ``MalformedOption`` with what is wrong.
    init(parsing text: String) throws(MalformedOption) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let index = Int(parts[0]), let count = Int(parts[1]),
            index >= 1, count >= 1, index <= count
        else {
            throw MalformedOption("expected part i of n as i/n, 1 ≤ i ≤ n, such as 2/4")
        }
        self.index = index
        self.count = count
    }

    /// Every `count`-th of the seeds.
    func part(of seeds: [UInt64]) -> [UInt64] {
        stride(from: index - 1, to: seeds.count, by: count).map { seeds[$0] }
    }
}

/// The value of an option that makes no sense, and why.
struct MalformedOption: Error, Hashable, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
