internal import GRDB

/// The tables of a run file, as `docs/run-file.md` explains them to people.
enum RunSchema {
    /// "HRNS": tells a run file from any other SQLite file.
    static let applicationID = 0x4852_4e53
    /// Rises when a reader of the old format could not read the new one.
    static let version = 2

    /// Waits for others that have the file open, such as a person with a query.
    static var connection: Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(2)
        return configuration
    }

    /// The same for a file that anybody may have written or changed.
    static func distrustful(of path: String) -> Configuration {
        var configuration = connection
        let guardian = ConnectionGuard(file: path)
        configuration.prepareDatabase { db in try guardian.watch(db) }
        return configuration
    }

    /// Pragmas of a file that is being written: fast, and whole after a kill at any moment.
    static func prepareForWriting(_ db: Database) throws {
        try db.execute(
            sql: """
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = NORMAL;
                PRAGMA wal_autocheckpoint = 10000;
                PRAGMA cache_size = -65536;
                PRAGMA temp_store = MEMORY;
                """)
    }

    static func create(_ db: Database) throws {
        try db.execute(sql: "PRAGMA application_id = \(applicationID)")
        try db.execute(sql: "PRAGMA user_version = \(version)")
        try db.execute(sql: tables)
        try db.execute(sql: views)
    }

    /// What makes queries by hand fast; made at the end, because it would slow down writing.
    static let indexes = """
        CREATE INDEX IF NOT EXISTS event_process ON event (process, seq);
        CREATE INDEX IF NOT EXISTS event_key ON event (key, seq);
        """

    private static let tables = """
        CREATE TABLE run (
            id            TEXT NOT NULL,
            started_at    TEXT NOT NULL,   -- ISO 8601, UTC
            workload      TEXT NOT NULL,
            system        TEXT NOT NULL,
            defects       TEXT NOT NULL,   -- JSON array
            nodes         INTEGER NOT NULL,
            seed          TEXT NOT NULL,   -- decimal; up to 64 bits without sign
            world         TEXT NOT NULL,   -- real | simulated
            command       TEXT NOT NULL,   -- JSON array
            configuration TEXT NOT NULL,   -- YAML
            versions      TEXT NOT NULL,   -- JSON object
            faults_planned INTEGER NOT NULL,
            trace_hash    TEXT,            -- hexadecimal; of a simulated run
            finished      INTEGER NOT NULL DEFAULT 0
        );
        CREATE TABLE event (
            seq     INTEGER PRIMARY KEY,   -- the order that checkers go by
            time_ns INTEGER NOT NULL,      -- since the start of the run
            process INTEGER NOT NULL,
            type    TEXT NOT NULL,         -- invoke | ok | fail | info
            f       TEXT NOT NULL,         -- read | write | cas | ...
            key     ,
            value   ,                      -- integers as such, NULL for nil, else JSON
            found   ,                      -- what a failed cas found, if that is known
            error   TEXT,
            node    INTEGER
        );
        CREATE TABLE fault (
            id                INTEGER PRIMARY KEY,
            kind              TEXT NOT NULL,
            summary           TEXT NOT NULL,
            nodes             TEXT NOT NULL,   -- JSON array
            links             TEXT NOT NULL,   -- JSON array of {"from", "to"}
            start_ns          INTEGER NOT NULL,
            end_ns            INTEGER,
            touched           INTEGER NOT NULL,
            touched_unit      TEXT NOT NULL,
            applied_seen_ns   INTEGER,         -- when a probe saw the fault
            applied_missing   TEXT,            -- what the probe saw instead
            healed_seen_ns    INTEGER,         -- when a probe saw that all was well again
            healed_missing    TEXT,
            first_delivery_ns INTEGER,         -- first bytes over a healed link
            effects           INTEGER          -- bits: 1 ended processes, 2 stopped them, 4 lost stores
        );
        CREATE TABLE phase (name TEXT NOT NULL, start_ns INTEGER NOT NULL, end_ns INTEGER);
        CREATE TABLE trace (
            time_ns INTEGER NOT NULL,
            node    INTEGER NOT NULL,
            name    TEXT NOT NULL,
            term    INTEGER,
            log_index INTEGER,
            hash    TEXT,                      -- hexadecimal
            entry_term INTEGER,
            count   INTEGER,
            detail  TEXT
        );
        CREATE TABLE notice (text TEXT NOT NULL);
        CREATE TABLE verdict (
            checker        TEXT PRIMARY KEY,
            verdict        TEXT NOT NULL,      -- valid | invalid | unknown
            kind           TEXT,               -- groups violations alike
            reasons        TEXT NOT NULL,      -- JSON array
            counterexample TEXT,               -- JSON object
            measures       TEXT NOT NULL       -- JSON array of {"name", "value"}
        );
        """ + findings

    /// A table of its own, which files from before it was there lack until they are judged again.
    static let findings = """
        CREATE TABLE IF NOT EXISTS finding (
            checker TEXT NOT NULL,
            kind    TEXT NOT NULL,             -- such as lost update
            story   TEXT NOT NULL,
            key     TEXT,
            version INTEGER,                   -- of the write that it is about
            writer  TEXT,
            node    INTEGER,
            time_ns INTEGER                    -- when that node gave a wrong answer
        );
        """

    private static let views = """
        CREATE VIEW operation AS
        SELECT i.seq AS call, c.seq AS return, i.time_ns AS call_ns, c.time_ns AS return_ns,
               (c.time_ns - i.time_ns) / 1e6 AS ms, i.process, i.f, i.key, i.value AS input,
               c.value AS output, coalesce(c.type, 'info') AS outcome, c.error, c.node
        FROM event i
        LEFT JOIN event c ON c.seq =
            (SELECT min(seq) FROM event WHERE process = i.process AND seq > i.seq)
        WHERE i.type = 'invoke';

        CREATE VIEW outcome AS
        SELECT f, sum(type = 'invoke') AS invoked, sum(type = 'ok') AS ok,
               sum(type = 'fail') AS fail,
               sum(type = 'invoke') - sum(type = 'ok') - sum(type = 'fail') AS info
        FROM event GROUP BY f;
        """
}
