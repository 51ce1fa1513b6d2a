import HistoryModel
import Testing
import Vocabulary

/// A packed list of events is an array of them to everybody who uses it.
@Suite struct EventListTests {
    /// Events that have everything an event can have, at places where others have not.
    private static let events: [Event] = (0..<40).map { place in
        let values: [Value] = [
            .null, true, 7, .integer(.max), .integer(.min), "text", [1, 2], [1, [2, "x"]], [],
        ]
        return Event(
            index: place < 20 ? place : place * 3, time: Instant(nanoseconds: Int64(place) << 40),
            process: ProcessID(place == 5 ? .max : place % 4),
            type: EventType.allCases[place % 4],
            function: place % 3 == 0 ? .cas : Function(rawValue: "f\(place)"),
            key: place % 5 == 0 ? nil : values[place % values.count],
            value: values[place * 7 % values.count],
            found: place > 7 && place % 2 == 0 ? values[place % values.count] : nil,
            error: place > 9 && place % 3 == 0 ? "error \(place % 2)" : nil,
            node: place % 4 == 0 ? nil : NodeID(place == 6 ? -3 : place))
    }

    @Test func `what is put in comes out`() {
        let list = EventList(Self.events)
        #expect(Array(list) == Self.events)
        #expect(list.indices.map { list.time(at: $0) } == Self.events.map(\.time))
        #expect(list.indices.map { list.type(at: $0) } == Self.events.map(\.type))
    }

    @Test(arguments: 0...40)
    func `two lists in a row are all of their events`(middle: Int) {
        var list = EventList(Self.events[..<middle])
        list.append(contentsOf: EventList(Self.events[middle...]))
        #expect(Array(list) == Self.events)
        #expect(list == EventList(Self.events))
        #expect(list.hashValue == EventList(Self.events).hashValue)
    }

    @Test func `an event is changed in its place`() {
        for place in Self.events.indices {
            var list = EventList(Self.events.reversed())
            var array = Array(Self.events.reversed())
            list[place] = Self.events[place]
            array[place] = Self.events[place]
            #expect(Array(list) == array)
            #expect(list != EventList(Self.events.reversed()) || place == Self.events.count / 2)
        }
    }

    @Test func `events are removed and inserted`() {
        var list = EventList(Self.events)
        var array = Self.events
        list.removeLast()
        array.removeLast()
        list.remove(at: 3)
        array.remove(at: 3)
        list.insert(contentsOf: Self.events[10..<14], at: 7)
        array.insert(contentsOf: Self.events[10..<14], at: 7)
        #expect(Array(list) == array)
    }

    @Test func `operations are the same as if they were paired one by one`() throws {
        let text = """
            0 :invoke :cas [1 2]
            1 :invoke :write "a"
            0 :ok :cas [1 2]
            1 :info :write :timeout
            0 :invoke :read nil
            0 :ok :read [1 2]
            2 :invoke :cas 3
            2 :ok :cas [4 5]
            3 :invoke :cas [7 8]
            """
        let history = try DecodedHistory(Array(text.utf8)).history
        let operations = try history.operations()
        let events = Array(history.events)
        let pairs = [(0, 2 as Int?), (1, 3), (4, 5), (6, 7), (8, nil)]
        #expect(
            Array(operations)
                == pairs.map { pair in
                    Operation(invocation: events[pair.0], completion: pair.1.map { events[$0] })
                })
    }

    @Test func `an event takes 32 bytes`() {
        var list = EventList()
        for number in 0..<10_000 {
            list.append(
                Event(
                    index: number, process: ProcessID(number % 10), type: .fail, function: .cas,
                    key: .integer(Int64(number % 100)),
                    value: [.integer(Int64(number)), .integer(Int64(number + 1))], found: 3,
                    error: "mismatch", node: NodeID(number % 5)))
        }
        #expect(list.bytesHeld < 33 * 10_000)
    }
}
