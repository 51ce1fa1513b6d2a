// swift-tools-version: 6.2
import PackageDescription

// MARK: - Products of other packages

let argumentParser = Target.Dependency.product(
    name: "ArgumentParser", package: "swift-argument-parser")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let protobuf = Target.Dependency.product(name: "SwiftProtobuf", package: "swift-protobuf")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let unixSignals = Target.Dependency.product(
    name: "UnixSignals", package: "swift-service-lifecycle")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

/// Lists the entries of catalogues: all files of a folder `XCatalogue`.
let lists = Target.PluginUsage.plugin(name: "CatalogueLists")

// MARK: - Targets: dependencies point to targets further up in this list only

let pure: [Target] = [
    .target(name: "Vocabulary"),
    .target(name: "HistoryModel", dependencies: ["Vocabulary"]),
    .target(
        name: "Checkers", dependencies: ["HistoryModel", "Vocabulary"], plugins: [lists]),
    .target(
        name: "Faults", dependencies: ["HistoryModel", "Vocabulary"], plugins: [lists]),
    .target(
        name: "Workloads", dependencies: ["Checkers", "Faults", "HistoryModel", "Vocabulary"],
        plugins: [lists]),
    .target(
        name: "Shrinking", dependencies: ["Faults", "HistoryModel", "Vocabulary", "Workloads"]),
    .target(name: "Interpreter", dependencies: ["HistoryModel", "Workloads", "Vocabulary"]),
    .target(name: "Objects", dependencies: ["Vocabulary"]),
    .target(
        name: "ObjectBinding", dependencies: ["HistoryModel", "Objects", "Vocabulary", "Workloads"]),
    .target(name: "RaftCore", dependencies: ["Objects", "Vocabulary"]),
    .target(name: "GossipCore", dependencies: ["Vocabulary"]),
    .target(
        name: "GossipBinding",
        dependencies: ["Faults", "GossipCore", "HistoryModel", "Vocabulary", "Workloads"]),
    .target(
        name: "RaftBinding",
        dependencies: [
            "Checkers", "Faults", "HistoryModel", "ObjectBinding", "Objects", "RaftCore",
            "Vocabulary", "Workloads",
        ]),
    .target(
        name: "SystemCatalogue",
        dependencies: [
            "Checkers", "GossipBinding", "HistoryModel", "ObjectBinding", "RaftBinding",
            "Workloads",
        ]),
    .target(
        name: "Simulator",
        dependencies: [
            "Checkers", "Faults", "GossipBinding", "GossipCore", "HistoryModel", "Interpreter",
            "ObjectBinding", "Objects", "RaftBinding", "RaftCore", "Vocabulary", "Workloads",
        ]),
    .target(
        name: "Exploration",
        dependencies: [
            "Checkers", "Faults", "HistoryModel", "Simulator", "SystemCatalogue", "Vocabulary",
            "Workloads",
        ]),
    .target(
        name: "Epidemics", dependencies: ["GossipCore", "Vocabulary"],
        linkerSettings: [.linkedLibrary("m")]),
    .target(
        name: "Conformance",
        dependencies: [
            "Checkers", "Epidemics", "Exploration", "Faults", "GossipBinding", "GossipCore",
            "HistoryModel", "Objects", "RaftCore", "Vocabulary", "Workloads",
        ]),
]

/// What C libraries offer and their modules for Swift leave out.
let system: [Target] = [
    .systemLibrary(name: "CMalloc"), .systemLibrary(name: "CSQLiteConfig"),
]

let shells: [Target] = [
    .target(name: "Files"),
    .target(
        name: "WorkloadFiles",
        dependencies: ["Faults", "Files", "HistoryModel", "Vocabulary", "Workloads", yams]),
    .target(
        name: "NodeWire",
        dependencies: ["GossipCore", "Objects", "RaftCore", "Vocabulary", nioCore, protobuf],
        exclude: ["Protos"]),
    .target(
        name: "NodeRuntime",
        dependencies: [
            "GossipCore", "NodeWire", "Objects", "RaftCore", "Vocabulary", nioCore, nioPosix,
            logging,
        ]),
    .target(
        name: "NodeProgram",
        dependencies: ["NodeRuntime", "Vocabulary", argumentParser, logging, nioCore]),
    .target(
        name: "FaultProxy",
        dependencies: ["Faults", "HistoryModel", "Vocabulary", nioCore, nioPosix]),
    .target(
        name: "ClusterControl", dependencies: ["Vocabulary", subprocess, systemPackage, logging]),
    .target(
        name: "Systems",
        dependencies: [
            "Checkers", "ClusterControl", "FaultProxy", "Faults", "Files", "GossipBinding",
            "GossipCore", "HistoryModel", "NodeRuntime", "NodeWire", "ObjectBinding", "Objects",
            "RaftBinding", "RaftCore", "SystemCatalogue", "Vocabulary", "WorkloadFiles",
            "Workloads", nioCore, nioPosix, logging,
        ]),
    .target(
        name: "HistoryStore",
        dependencies: ["CSQLiteConfig", "HistoryModel", "Vocabulary", grdb, grdbSQLite]),
    .target(
        name: "Runner",
        dependencies: [
            "Checkers", "Epidemics", "Exploration", "Vocabulary", "Faults", "Files", "HistoryModel",
            "HistoryStore",
            "Interpreter", "Shrinking", "Systems", "Workloads", logging, nioCore, nioPosix,
            .target(name: "CMalloc", condition: .when(platforms: [.linux])),
        ]),
    .target(
        name: "Reports", dependencies: ["Epidemics", "HistoryModel", "Vocabulary", mustache],
        resources: [.embedInCode("Assets")], plugins: [lists]),
]

let programs: [Target] = [
    .executableTarget(
        name: "raft-node",
        dependencies: ["NodeProgram", "NodeRuntime", "RaftCore", "Vocabulary", argumentParser]),
    .executableTarget(
        name: "gossip-node",
        dependencies: [
            "GossipBinding", "GossipCore", "NodeProgram", "NodeRuntime", "Vocabulary",
            "WorkloadFiles", "Workloads", argumentParser,
        ]),
    .executableTarget(name: "harness-guardian"),
    .executableTarget(
        name: "harness",
        dependencies: [
            "Checkers", "ClusterControl", "Conformance", "Epidemics", "Exploration", "Vocabulary",
            "Faults", "Files", "GossipBinding", "GossipCore", "HistoryModel", "HistoryStore",
            "FaultProxy", "Reports", "Runner", "Shrinking", "Simulator", "SystemCatalogue",
            "Systems",
            "WorkloadFiles",
            "Workloads",
            "gossip-node", "raft-node", "harness-guardian", argumentParser, logging, unixSignals,
        ]),
    .executableTarget(
        name: "harness-bench",
        dependencies: [
            "Checkers", "Epidemics", "Exploration", "FaultProxy", "Faults", "GossipCore",
            "HistoryModel", "HistoryStore", "NodeWire", "Runner", "Shrinking", "Simulator",
            "Systems", "Vocabulary", "WorkloadFiles", "Workloads", argumentParser,
        ]),
]

let tests: [Target] = [
    .target(name: "FuzzSupport", dependencies: ["Vocabulary"], path: "Tests/FuzzSupport"),
    .testTarget(name: "FilesTests", dependencies: ["Files"]),
    .testTarget(
        name: "CheckersTests",
        dependencies: ["Checkers", "FuzzSupport", "HistoryModel", "Vocabulary"]),
    .testTarget(
        name: "ClusterControlTests",
        dependencies: [
            "ClusterControl", "Vocabulary", "harness-guardian", logging, nioCore, nioPosix,
            subprocess, systemPackage,
        ]),
    .testTarget(
        name: "ConformanceTests",
        dependencies: ["Conformance", "GossipCore", "HistoryModel", "Vocabulary"]),
    .testTarget(
        name: "FaultProxyTests",
        dependencies: ["FaultProxy", "Faults", "HistoryModel", "Vocabulary", nioCore, nioPosix]),
    .testTarget(name: "FaultsTests", dependencies: ["Faults", "HistoryModel", "Vocabulary"]),
    .testTarget(
        name: "HarnessTests",
        dependencies: [
            "ClusterControl", "Exploration", "FuzzSupport", "GossipCore", "HistoryModel",
            "HistoryStore", "NodeWire", "Runner", "Simulator", "gossip-node", "harness",
            "harness-guardian", "raft-node",
            "Vocabulary", "Workloads", argumentParser, nioCore,
        ]),
    .testTarget(
        name: "HistoryModelTests", dependencies: ["FuzzSupport", "HistoryModel", "Vocabulary"]),
    .testTarget(
        name: "HistoryStoreTests",
        dependencies: [
            "Checkers", "FuzzSupport", "HistoryModel", "HistoryStore", "Reports", "Runner",
            "Vocabulary", "Workloads", grdb,
        ]),
    .testTarget(
        name: "InterpreterTests",
        dependencies: ["HistoryModel", "Interpreter", "Vocabulary", "Workloads"]),
    .testTarget(
        name: "RunnerTests",
        dependencies: [
            "Checkers", "Epidemics", "Exploration", "Faults", "HistoryModel", "Runner", "Shrinking",
            "Systems", "Vocabulary", "Workloads",
        ]),
    .testTarget(
        name: "SimulatorTests",
        dependencies: [
            "Checkers", "Exploration", "Faults", "HistoryModel", "RaftCore", "Shrinking",
            "Simulator",
            "Vocabulary", "WorkloadFiles", "Workloads",
        ]),
    .testTarget(
        name: "ShrinkingTests",
        dependencies: [
            "Faults", "HistoryModel", "Shrinking", "Vocabulary", "WorkloadFiles", "Workloads",
        ]),
    .testTarget(name: "TidyTests"),
    .testTarget(
        name: "WorkloadFilesTests",
        dependencies: [
            "Faults", "FuzzSupport", "HistoryModel", "Vocabulary", "WorkloadFiles", "Workloads",
        ]),
    .testTarget(
        name: "WorkloadsTests",
        dependencies: ["HistoryModel", "Interpreter", "Vocabulary", "Workloads"]),
    .testTarget(
        name: "ReportsTests", dependencies: ["Epidemics", "HistoryModel", "Reports", "Vocabulary"]),
    .testTarget(
        name: "NodeRuntimeTests",
        dependencies: [
            "FuzzSupport", "GossipCore", "NodeRuntime", "NodeWire", "Objects", "RaftCore",
            "Vocabulary", nioCore, nioPosix, logging,
        ]),
    .testTarget(
        name: "ObjectBindingTests",
        dependencies: ["Checkers", "HistoryModel", "ObjectBinding", "Objects", "Workloads"]),
    .testTarget(name: "ObjectsTests", dependencies: ["Objects"]),
    .testTarget(name: "RaftCoreTests", dependencies: ["Objects", "RaftCore", "Vocabulary"]),
    .testTarget(
        name: "GossipBindingTests",
        dependencies: ["GossipBinding", "GossipCore", "HistoryModel", "Vocabulary", "Workloads"]),
    .testTarget(
        name: "GossipCoreTests",
        dependencies: ["Checkers", "GossipCore", "HistoryModel", "Vocabulary"]),
    .testTarget(name: "EpidemicsTests", dependencies: ["Epidemics", "GossipCore", "Vocabulary"]),
]

// MARK: - Settings shared by all

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let plugins: [Target] = [
    .plugin(
        name: "CatalogueLists", capability: .buildTool(), path: "Sources/Plugins/CatalogueLists")
]

let targets = plugins + pure + system + shells + programs + tests
for target in targets where target.type != .system && target.type != .plugin {
    target.swiftSettings = (target.swiftSettings ?? []) + settings
}

let package = Package(
    name: "harness",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "harness", targets: ["harness"]),
        .executable(name: "gossip-node", targets: ["gossip-node"]),
        .executable(name: "raft-node", targets: ["raft-node"]),
        .executable(name: "harness-guardian", targets: ["harness-guardian"]),
        .library(name: "Checkers", targets: ["Checkers", "HistoryModel"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: targets
)
