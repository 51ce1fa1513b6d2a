import Testing
import Vocabulary

@testable import Shrinking

@Suite struct SubsetSearchTests {
    private func search(
        _ count: Int, fine: Bool = false, _ fails: ([Int]) -> Bool
    ) -> (kept: [Int], tries: Int) {
        var search = SubsetSearch(count: count, fine: fine)
        var tries = 0
        while let part = search.next(), tries < 100_000 {
            tries += 1
            search.record(fails: fails(part))
        }
        return (search.kept, tries)
    }

    @Test(arguments: [0, 1, 2, 3, 7, 100])
    func `what needs nothing is found in one try, what needs all keeps all`(count: Int) {
        let nothing = search(count) { _ in true }
        #expect(nothing.kept.isEmpty)
        #expect(nothing.tries == min(1, count))
        let all = search(count) { $0.count == count }
        #expect(all.kept == Array(0..<count))
        #expect(all.tries <= 3 * count + 8)
    }

    @Test(arguments: 1...8, [10, 100, 1_000, 10_000])
    func `a few of many are found in few tries`(few: Int, count: Int) {
        for seed in 0..<10 as Range<UInt64> {
            var random = Seed(seed).stream("wanted")
            let wanted = Set((0..<few).map { _ in Int.random(in: 0..<count, using: &random) })
            let result = search(count) { wanted.isSubset(of: $0) }
            #expect(result.kept == wanted.sorted())
            let doublings = Int.bitWidth - (count / wanted.count).leadingZeroBitCount
            #expect(result.tries <= 4 * wanted.count * (doublings + 1) + 4)
        }
    }

    @Test(arguments: [false, true], 0..<50 as Range<UInt64>)
    func `no single element can be left out of what is found`(fine: Bool, seed: UInt64) {
        // Fails if a pair that the seed has chosen is whole, or if parity says so: not monotone.
        var random = Seed(seed).stream("pairs")
        let pairs = (0..<4).map { _ in
            [Int.random(in: 0..<40, using: &random), Int.random(in: 0..<40, using: &random)]
        }
        let fails: ([Int]) -> Bool = { part in
            pairs.contains { $0.allSatisfy(part.contains) } && part.count % 7 != 5
                || part.count % 11 == 10
        }
        guard fails(Array(0..<40)) else { return }
        let result = search(40, fine: fine, fails)
        #expect(fails(result.kept))
        for element in result.kept { #expect(!fails(result.kept.filter { $0 != element })) }
        #expect(result.tries <= 40 * 40)
    }
}
