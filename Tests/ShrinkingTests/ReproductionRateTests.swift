import Shrinking
import Testing

@Suite struct ReproductionRateTests {
    /// Values from published tables of the Wilson score interval.
    @Test(arguments: [
        (0, 10, 0.0, 0.2775), (1, 10, 0.0179, 0.4042), (5, 10, 0.2366, 0.7634),
        (10, 10, 0.7225, 1.0), (7, 10, 0.3968, 0.8922), (50, 100, 0.4038, 0.5962),
    ])
    func `the interval is Wilson's`(failed: Int, runs: Int, low: Double, high: Double) {
        let interval = ReproductionRate(failed: failed, runs: runs).interval
        #expect(abs(interval.lowerBound - low) < 0.0002)
        #expect(abs(interval.upperBound - high) < 0.0002)
    }

    @Test func `without runs nothing is known`() {
        #expect(ReproductionRate(failed: 0, runs: 0).interval == 0...1)
        #expect(ReproductionRate(failed: 0, runs: 0).description == "no runs")
    }

    @Test func `the interval holds the rate that was seen`() {
        for runs in 1...60 {
            for failed in 0...runs {
                let interval = ReproductionRate(failed: failed, runs: runs).interval
                #expect(interval.contains(Double(failed) / Double(runs)))
                #expect(interval.lowerBound >= 0 && interval.upperBound <= 1)
            }
        }
    }

    @Test func `a person can read it`() {
        #expect(
            ReproductionRate(failed: 7, runs: 10).description
                == "7 of 10 runs (70 %, 40 to 89 % with 95 % confidence)")
    }
}
