internal import Foundation
internal import GRDB
internal import HistoryModel
internal import Vocabulary

/// How the parts of a run become rows.
extension FaultRecord {
    func insert(into db: Database) throws {
        try db.execute(
            sql: """
                INSERT OR REPLACE INTO fault
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                id, kind, summary, try toJSON(nodes), try toJSON(links), start.nanoseconds,
                end?.nanoseconds, touched, touchedUnit, applied.seenAt, applied.missingText,
                healed.seenAt, healed.missingText, firstDelivery?.nanoseconds, effects.rawValue,
            ])
    }

    init(row: Row) throws {
        let kind: String = try row.decode(forColumn: "kind")
        let effects: Int? = try row.optional("effects")
        self.init(
            id: try row.decode(forColumn: "id"), kind: kind,
            summary: try row.decode(forColumn: "summary"),
            nodes: try fromJSON(try row.decode(String.self, forColumn: "nodes")),
            links: try fromJSON(try row.decode(String.self, forColumn: "links")),
            effects: effects.map { Effects(rawValue: $0) } ?? Effects(ofKind: kind),
            start: Instant(nanoseconds: try row.decode(Int64.self, forColumn: "start_ns")),
            touchedUnit: try row.decode(forColumn: "touched_unit"))
        end = try row.instant("end_ns")
        touched = try row.decode(forColumn: "touched")
        applied = Proof(
            seenAt: try row.optional("applied_seen_ns"),
            missing: try row.optional("applied_missing"))
        healed = Proof(
            seenAt: try row.optional("healed_seen_ns"),
            missing: try row.optional("healed_missing"))
        firstDelivery = try row.instant("first_delivery_ns")
    }
}

extension RunPhase {
    init(row: Row) throws {
        self.init(
            name: try row.decode(forColumn: "name"),
            start: Instant(nanoseconds: try row.decode(Int64.self, forColumn: "start_ns")),
            end: try row.instant("end_ns"))
    }
}

extension Row {
    /// What a column that may be NULL holds.
    func optional<Stored: DatabaseValueConvertible>(_ column: String) throws -> Stored? {
        let value: (any DatabaseValueConvertible)? = self[column]
        return try Stored.stored(value?.databaseValue ?? .null)
    }

    /// The instant in a column that may be NULL.
    func instant(_ column: String) throws -> Instant? {
        let nanoseconds: Int64? = try optional(column)
        return nanoseconds.map { Instant(nanoseconds: $0) }
    }
}

extension DatabaseValueConvertible {
    fileprivate static func stored(_ value: DatabaseValue) throws -> Self? {
        guard !value.isNull else { return nil }
        guard let stored = fromDatabaseValue(value) else {
            throw StoredValueError(text: value.description)
        }
        return stored
    }
}

extension FaultRecord.Proof {
    var seenAt: Int64? {
        guard case .seen(let instant) = self else { return nil }
        return instant.nanoseconds
    }

    var missingText: String? {
        guard case .missing(let text) = self else { return nil }
        return text
    }

    init(seenAt: Int64?, missing: String?) {
        if let seenAt {
            self = .seen(at: Instant(nanoseconds: seenAt))
        } else if let missing {
            self = .missing(missing)
        } else {
            self = .notTried
        }
    }
}

extension CheckerResult {
    func insert(into db: Database) throws {
        try db.execute(
            sql: "INSERT OR REPLACE INTO verdict VALUES (?, ?, ?, ?, ?, ?)",
            arguments: [
                checker, verdict.rawValue, kind, try toJSON(reasons),
                try counterexample.map { try toJSON($0) }, try toJSON(measures),
            ])
        for finding in findings { try finding.insert(into: db, checker: checker) }
    }

    init(row: Row, findings: [CheckerResult.Finding]) throws {
        let name: String = try row.decode(forColumn: "verdict")
        guard let verdict = Verdict(rawValue: name) else {
            throw StoredValueError(text: "verdict \(name)")
        }
        let counterexample: String? = try row.optional("counterexample")
        self.init(
            checker: try row.decode(forColumn: "checker"), verdict: verdict,
            kind: try row.optional("kind"),
            reasons: try fromJSON(try row.decode(String.self, forColumn: "reasons")),
            counterexample: try counterexample.map { try fromJSON($0) }, findings: findings,
            measures: try fromJSON(try row.decode(String.self, forColumn: "measures")))
    }
}

extension CheckerResult.Finding {
    fileprivate func insert(into db: Database, checker: String) throws {
        try db.execute(
            sql: "INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                checker, kind, explanation, key, version, writer, node?.rawValue, time?.nanoseconds,
            ])
    }

    init(row: Row) throws {
        let node: Int? = try row.optional("node")
        self.init(
            kind: try row.decode(forColumn: "kind"),
            explanation: try row.decode(forColumn: "story"),
            key: try row.optional("key"), version: try row.optional("version"),
            writer: try row.optional("writer"), node: node.map { NodeID($0) },
            time: try row.instant("time_ns"))
    }
}

extension RunMetadata {
    func insert(into db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO run (id, started_at, workload, system, defects, nodes, seed, world,
                                 command, configuration, versions, faults_planned, trace_hash)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                id, startedAt, workload, system, try toJSON(defects), nodes, String(seed), world,
                try toJSON(command), configuration, try toJSON(versions), faultsPlanned,
                traceHash,
            ])
    }

    init(row: Row) throws {
        let seedText: String = try row.decode(forColumn: "seed")
        guard let seed = UInt64(seedText) else { throw StoredValueError(text: "seed \(seedText)") }
        self.init(
            id: try row.decode(forColumn: "id"), startedAt: try row.decode(forColumn: "started_at"),
            workload: try row.decode(forColumn: "workload"),
            system: try row.decode(forColumn: "system"),
            defects: try fromJSON(try row.decode(String.self, forColumn: "defects")),
            nodes: try row.decode(forColumn: "nodes"), seed: seed,
            world: try row.decode(forColumn: "world"),
            command: try fromJSON(try row.decode(String.self, forColumn: "command")),
            configuration: try row.decode(forColumn: "configuration"),
            versions: try fromJSON(try row.decode(String.self, forColumn: "versions")),
            faultsPlanned: try row.decode(forColumn: "faults_planned"),
            traceHash: try row.optional("trace_hash"))
    }
}

private func toJSON(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
}

private func fromJSON<Decoded: Decodable>(_ text: String) throws -> Decoded {
    try JSONDecoder().decode(Decoded.self, from: Data(text.utf8))
}
