/// A figure or a word with its name, as templates show it.
struct Fact {
    var name: String
    var value: String
    var note: String?
}
