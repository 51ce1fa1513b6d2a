internal import GRDB
internal import HistoryModel
internal import Vocabulary

extension Event {
    func insert(by row: RawInsert) throws {
        row.bind(index, to: 1)
        row.bind(time.nanoseconds, to: 2)
        row.bind(process.rawValue, to: 3)
        row.bind(type.rawValue, to: 4)
        row.bind(function.rawValue, to: 5)
        row.bind(key?.stored ?? .null, to: 6)
        row.bind(value.stored, to: 7)
        row.bind(found?.storedOrNull ?? .null, to: 8)
        row.bind(error, to: 9)
        row.bind(node?.rawValue, to: 10)
        try row.insert()
    }
}

extension NodeTraceEvent {
    func insert(by row: RawInsert) throws {
        row.bind(time.nanoseconds, to: 1)
        row.bind(node.rawValue, to: 2)
        row.bind(name, to: 3)
        row.bind(term, to: 4)
        row.bind(index, to: 5)
        row.bind(hash.map { String($0, radix: 16) }, to: 6)
        row.bind(entryTerm, to: 7)
        row.bind(count, to: 8)
        row.bind(detail, to: 9)
        try row.insert()
    }
}
