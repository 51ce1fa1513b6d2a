/// What a browser makes of a page, as far as texts could change it: tags, attributes, scripts.
///
/// Follows the tokenizer of the HTML standard (§13.2.5) for tags, attributes, comments and the raw text
/// of scripts and styles; states that only differ in what they call an error are one.
struct HTMLShape {
    /// Tags with the names of their attributes, comments and declarations, in order.
    private(set) var outline: [String] = []
    /// The attributes with their values as they are written.
    private(set) var attributes: [(name: String, value: Substring)] = []
    /// What stands in scripts and styles.
    private(set) var rawTexts: [Substring] = []

    private var rest: Substring

    init(_ page: String) {
        rest = page[...]
        while let start = rest.firstIndex(of: "<") {
            rest = rest[start...].dropFirst()
            guard let next = rest.first else { break }
            if rest.hasPrefix("!--") {
                outline.append("<!--")
                skip(behind: "-->")
            } else if next == "!" || next == "?" {
                outline.append("<\(next)")
                skip(behind: ">")
            } else if next == "/" || next.isASCIILetter {
                tag()
            }
        }
    }

    private mutating func tag() {
        let slash = rest.hasPrefix("/") ? "/" : ""
        rest = rest.dropFirst(slash.count)
        let name = take { !$0.isWhitespace && $0 != ">" && $0 != "/" }
        var words = [slash + name.lowercased()]
        while let next = rest.first, next != ">" {
            if next.isWhitespace || next == "/" {
                rest = rest.dropFirst()
                continue
            }
            words.append(attribute())
        }
        rest = rest.dropFirst()
        outline.append("<" + words.joined(separator: " "))
        guard ["script", "style"].contains(words[0]) else { return }
        let end = rest.firstRange(ofCaseless: "</\(words[0])") ?? rest.endIndex
        rawTexts.append(rest[..<end])
        rest = rest[end...]
    }

    private mutating func attribute() -> String {
        let name = take { !$0.isWhitespace && $0 != "=" && $0 != ">" && $0 != "/" }.lowercased()
        guard rest.first == "=" else {
            // A character that can stand nowhere, such as `=` in front, is a name of its own.
            if name.isEmpty { rest = rest.dropFirst() }
            attributes.append((name, ""))
            return name
        }
        rest = rest.dropFirst()
        guard let quote = rest.first, quote == "\"" || quote == "'" else {
            attributes.append((name, take { !$0.isWhitespace && $0 != ">" }))
            return name + "=unquoted"
        }
        rest = rest.dropFirst()
        attributes.append((name, take { $0 != quote }))
        rest = rest.dropFirst()
        return name
    }

    private mutating func take(while isPart: (Character) -> Bool) -> Substring {
        let part = rest.prefix(while: isPart)
        rest = rest[part.endIndex...]
        return part
    }

    private mutating func skip(behind end: String) {
        rest = rest.firstRange(of: end).map { rest[$0.upperBound...] } ?? rest.suffix(0)
    }
}

extension Substring {
    /// Where a text begins, in letters of any size.
    fileprivate func firstRange(ofCaseless text: String) -> Index? {
        indices.first { self[$0...].prefix(text.count).lowercased() == text }
    }
}

extension Character {
    fileprivate var isASCIILetter: Bool { isASCII && isLetter }
}
