/// One seed as it is given on a command line.
enum SeedOption {
    /// Reads a seed.
    ///
    /// - Throws: ``MalformedOption`` with the seeds that there are.
    static func parse(_ text: String) throws(MalformedOption) -> UInt64 {
        guard let seed = UInt64(text) else {
            throw MalformedOption(
                "expected a whole number from 0 to \(UInt64.max), found \"\(text)\"")
        }
        return seed
    }
}
