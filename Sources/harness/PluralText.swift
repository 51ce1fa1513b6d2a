/// Numbers of things as people say them.
enum PluralText {
    /// Such as `1 fault` and `3 faults`.
    static func count(_ number: Int, _ thing: String) -> String {
        "\(number) \(thing)\(number == 1 ? "" : "s")"
    }
}
