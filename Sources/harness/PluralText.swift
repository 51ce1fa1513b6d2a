/// Numbers of things as people say them.
enum PluralText {
    /// Such as `1 fault` and `3 faults`.
    static func count(_ number: Int, _ thing: String, _ things: String? = nil) -> String {
        "\(number) \(number == 1 ? thing : things ?? thing + "s")"
    }
}
