import Foundation
import HistoryModel
import Testing

@testable import Reports

@Suite(.serialized, .enabled(if: Browser.installed != nil, "no Chromium on the PATH"))
struct BrowserTests {
    @Test(arguments: ["valid", "invalid", "unknown", "imported", "empty", "large"])
    func `a page draws itself without an error`(name: String) throws {
        let browser = try #require(Browser.installed)
        let page = try HTMLReport.render(SampleRun.named(name))
        let document = try browser.document(of: page)
        let root = try #require(document.firstMatch(of: /<html[^>]*>/)).output
        #expect(root.contains("data-rendered=\"true\""))
        #expect(!root.contains("data-error"), "\(root)")
        #expect(document.contains("<canvas"))
        if let folder = ProcessInfo.processInfo.environment["HARNESS_SAMPLES"] {
            try page.write(toFile: "\(folder)/\(name).html", atomically: true, encoding: .utf8)
        }
    }

    @Test func `the script of a section adds tracks, which the page draws`() throws {
        let section = ReportSection(
            id: "more", title: "More", rank: 45,
            template: "<section id=\"more\"><div id=\"more-tracks\"></div></section>",
            script: "new AxisTrack(document.getElementById(\"more-tracks\"));"
        ) { _ in 0 }
        let page = try HTMLReport.render(
            SampleRun.imported(), sections: ReportSection.inOrder(ReportSection.all + [section]))
        let script = """
            const canvas = document.querySelector("#more-tracks canvas");
            const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
            document.documentElement.dataset.saidmore = pixels.data.some(byte => byte > 0);
            """
        let document = try #require(Browser.installed).document(of: page, script: script)
        #expect(Self.said("more", in: document) == "true")
        #expect(!document.contains("data-error"))
    }

    @Test func `the pointer finds the operation below it`() throws {
        let document = try Self.play(
            SampleRun.imported(),
            """
            const canvas = document.querySelector('canvas[aria-label="Threads"]');
            canvas.scrollIntoView();
            const box = canvas.getBoundingClientRect();
            canvas.dispatchEvent(new PointerEvent("pointermove",
              { clientX: box.left + box.width * 9 / 14, clientY: box.top + 30, bubbles: true }));
            say("tooltip", document.getElementById("tooltip").textContent);
            """)
        let said = try #require(Self.said("tooltip", in: document))
        #expect(said.contains("write 3"))
        #expect(said.contains("info"))
        #expect(said.contains("process 1"))
        #expect(said.contains("event 7"))
    }

    @Test func `wheel, keys, drag and double-click move the view`() throws {
        let document = try Self.play(
            SampleRun(operations: 2_000).valid(),
            """
            const canvas = document.querySelector("canvas"), box = canvas.getBoundingClientRect();
            const at = (x, more) => ({ clientX: box.left + x, clientY: box.top + 5, pointerId: 1,
              bubbles: true, cancelable: true, ...more });
            canvas.setPointerCapture = () => {};
            const steps = {
              wheel: () => canvas.dispatchEvent(new WheelEvent("wheel", at(box.width / 2, { deltaY: -280 }))),
              key: () => canvas.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowLeft" })),
              drag: () => {
                canvas.dispatchEvent(new PointerEvent("pointerdown", at(100)));
                canvas.dispatchEvent(new PointerEvent("pointermove", at(40)));
                canvas.dispatchEvent(new PointerEvent("pointerup", at(40)));
              },
              reset: () => canvas.dispatchEvent(new MouseEvent("dblclick", at(40))),
              fault: () => document.querySelector(".faults tr[data-zoom]").click(),
            };
            (async () => {
              say("start", view());
              for (const [name, step] of Object.entries(steps)) {
                await new Promise(done => setTimeout(done, 300));
                step();
                await new Promise(done => setTimeout(done, 100));
                say(name, view());
              }
            })();
            """)
        let views = try ["start", "wheel", "key", "drag", "reset", "fault"].map { name in
            let text = try #require(Self.said(name, in: document), "\(name) was not reached")
            return text.split(separator: ",").compactMap { Int($0) }
        }
        try #require(views.allSatisfy { $0.count == 2 })
        let spans = views.map { $0[1] - $0[0] }
        #expect(spans[1] * 10 / spans[0] == 3, "one notch shows a share of 1/e")
        #expect(abs(spans[2] - spans[1]) <= 1 && views[2][0] < views[1][0], "a key moves left")
        #expect(abs(spans[3] - spans[2]) <= 1 && views[3][0] > views[2][0], "a drag moves right")
        #expect(views[4] == views[0], "a double-click shows the whole run")
        #expect(spans[5] < spans[0] / 5, "a click on a fault zooms there")
    }

    @Test func `the button switches between light and dark`() throws {
        let document = try Self.play(
            SampleRun.imported(),
            """
            const background = () => getComputedStyle(document.body).backgroundColor;
            const before = background();
            document.getElementById("theme").click();
            say("changed", before !== background());
            """)
        #expect(Self.said("changed", in: document) == "true")
    }

    private static func play(_ record: RunRecord, _ script: String) throws -> String {
        let frame = """
            const say = (name, text) => { document.documentElement.dataset["said" + name] = text; };
            // A browser without a window need not draw frames.
            window.requestAnimationFrame = action => setTimeout(action, 0);
            const view = () => document.documentElement.dataset.view;
            """
        let browser = try #require(Browser.installed)
        return try browser.document(of: HTMLReport.render(record), script: frame + script)
    }

    private static func said(_ name: String, in document: String) -> String? {
        guard let root = document.firstMatch(of: /<html[^>]*>/) else { return nil }
        let parts = root.output.split(separator: "data-said\(name)=\"")
        return parts.count < 2 ? nil : parts[1].split(separator: "\"").first.map(String.init)
    }
}
