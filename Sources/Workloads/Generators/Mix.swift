public import HistoryModel
public import Vocabulary

/// Several generators, drawn from by weight.
public struct Mix: Generator {
    private var parts: [(weight: Int, generator: any Generator)]
    private var total: Int

    /// Draws from each generator with a chance in proportion to its weight, which is at least 1.
    public init(_ parts: [(weight: Int, generator: any Generator)]) {
        self.parts = parts.filter { $0.weight > 0 }
        total = self.parts.reduce(0) { $0 + $1.weight }
    }

    /// Draws a part and asks it; a part that is exhausted is left out from then on.
    public mutating func next(
        _ context: GeneratorContext, random: inout RandomStream
    ) -> GeneratorStep {
        while total > 0 {
            let chosen = index(at: Int.random(in: 0..<total, using: &random))
            let step = parts[chosen].generator.next(context, random: &random)
            guard case .exhausted = step else { return step }
            total -= parts[chosen].weight
            parts.remove(at: chosen)
        }
        return .exhausted
    }

    private func index(at draw: Int) -> Int {
        var rest = draw
        for (index, part) in parts.enumerated() {
            rest -= part.weight
            if rest < 0 { return index }
        }
        return parts.count - 1
    }

    /// Tells every part.
    public mutating func update(_ event: Event, thread: ThreadID) {
        for index in parts.indices { parts[index].generator.update(event, thread: thread) }
    }
}
