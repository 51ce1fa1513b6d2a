import Testing
import Vocabulary

@testable import Checkers

/// A set of configurations is held against a list in which each is compared with each.
@Suite struct ConfigurationSetTests {
    /// What the set promises, in the plainest way.
    private struct PlainSet {
        var all: [(key: [UInt64], counts: [UInt64])] = []

        mutating func insert(_ key: [UInt64], _ counts: [UInt64]) -> Int? {
            for place in all.indices where all[place].key == key {
                if isNoMore(all[place].counts, than: counts) { return nil }
                if isNoMore(counts, than: all[place].counts) {
                    all[place].counts = counts
                    return place
                }
            }
            all.append((key, counts))
            return all.count - 1
        }

        private func isNoMore(_ left: [UInt64], than right: [UInt64]) -> Bool {
            zip(left, right).allSatisfy { $0 <= $1 }
        }
    }

    /// Classes of these sizes take no word of counts, one, two or three.
    @Test(arguments: [
        (sizes: [], words: 0), ([7, 3, 100], 1), ([1 << 40, 3, 1 << 40], 2),
        ([1 << 40, 1 << 40, 5, 1 << 40], 3),
    ])
    func `of configurations with one key only the sparing are kept`(
        sizes: [Int], words: Int
    ) throws {
        let layout = CountLayout(sizes: sizes, keyWords: 2)
        try #require(layout.guards.count == words)
        var random = Seed(53).stream("configurations \(words)")
        var set = ConfigurationSet(keyWords: 2, guards: layout.guards)
        for _ in 0..<20 {
            set.removeAll()
            var plain = PlainSet()
            for _ in 0..<200 {
                let key: [UInt64] = [
                    .random(in: 0...3, using: &random), .random(in: 0...1, using: &random),
                ]
                let counts = sizes.map { _ in UInt64.random(in: 0...3, using: &random) }
                let place = set.insert(packed(key, counts, layout))
                let expected = plain.insert(key, counts)
                try #require(place == expected)
            }
            #expect(set.count == plain.all.count)
            let wanted = plain.all.flatMap { packed($0.key, $0.counts, layout) }
            #expect(Array(set.words.prefix(wanted.count)) == wanted)
        }
    }

    @Test func `room is made for no more than twice as many`() {
        var set = ConfigurationSet(keyWords: 1, guards: [])
        for number in 0..<1_000 { _ = set.insert([UInt64(number)]) }
        #expect(set.words.count <= 2_048)
    }

    private func packed(
        _ key: [UInt64], _ counts: [UInt64], _ layout: CountLayout
    ) -> [UInt64] {
        var words = key + layout.guards.map { _ in 0 }
        for (place, count) in zip(layout.places, counts) { words[place.word] += count * place.unit }
        return words
    }
}
