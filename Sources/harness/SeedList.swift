internal import ArgumentParser

/// Seeds as they are given on a command line: how many, or which.
enum SeedList: ExpressibleByArgument {
    /// So many, one after the other.
    case count(Int)
    /// These.
    case listed([UInt64])

    static let hint = "a number of seeds such as 1000, or seeds such as 3,17,100-120"
    private static let countMax = 10_000_000

    init?(argument: String) {
        if let count = Int(argument) {
            guard count > 0, count <= Self.countMax else { return nil }
            self = .count(count)
            return
        }
        var seeds: [UInt64] = []
        for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false)
            guard ends.count <= 2, let first = UInt64(ends[0]),
                let last = UInt64(ends[ends.count - 1]), first <= last,
                last - first < UInt64(Self.countMax), seeds.count < Self.countMax
            else { return nil }
            seeds += first...last
        }
        self = .listed(seeds)
    }
}

/// One part of several that a job is split into.
struct Shard: ExpressibleByArgument {
    /// Which part, from 1.
    var index: Int
    /// How many there are.
    var count: Int

    init?(argument: String) {
        let parts = argument.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let index = Int(parts[0]), let count = Int(parts[1]),
            index >= 1, count >= 1, index <= count
        else { return nil }
        self.index = index
        self.count = count
    }

    /// Every `count`-th of the seeds.
    func part(of seeds: [UInt64]) -> [UInt64] {
        stride(from: index - 1, to: seeds.count, by: count).map { seeds[$0] }
    }
}
