using System.Text.Json.Nodes;
using AngleSharp.Dom;
using Xunit;

namespace LaborBridge.Tests.Services.Portal;

public sealed class Working_the_lists : IAsyncLifetime
{
    private const string Pair = "01900000-0000-7000-8000-000000000001", First = "01900000-0000-7000-8000-000000000002", Second = "01900000-0000-7000-8000-000000000003";

    private PagesHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await PagesHost.Start();
        host.SignIn("station");
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task two_records_stand_side_by_side_and_the_differences_are_marked()
    {
        host.Stub.On("GET /api/duplicates", 200, $$"""
            {"items":[{"id":"{{Pair}}","version":1,"state":"open","likeness":["birth-date","town"],"foundAt":"2026-11-20T01:00:00Z","first":{"workerId":"{{First}}","name":"马*","age":36,"home":"640422101","status":"registered"},"second":{"workerId":"{{Second}}","name":"马*","age":36,"home":"640422101","status":"willing"} }],"next":null}
            """);
        host.Stub.On($"GET /api/duplicates/{Pair}", 200, Shown("open"));
        host.Stub.On($"POST /api/duplicates/{Pair}/merger", 200, """{"id":"x","version":2,"state":"merged"}""");
        var list = await host.Get("/station/duplicates");
        Assert.Contains("出生日期 · 乡镇", list.Text("duplicates"), StringComparison.Ordinal);

        var page = await host.Get($"/station/duplicates/{Pair}");
        var rows = page.Html.QuerySelectorAll("[data-test=side-by-side] tbody tr").ToDictionary(row => row.QuerySelector("th")!.TextContent, row => row.GetAttribute("data-differs"));
        Assert.Equal(("true", "false", "true"), (rows["文化程度"], rows["户籍地"], rows["身份证号"]));
        var done = await host.Send(page, "keep-second");
        Assert.Equal((302, $"/station/duplicates/{Pair}"), (done.Status, done.Location));
        Assert.Equal(Second, (string?)JsonNode.Parse(host.Stub.Heard.Last().Body)!["keep"]);
    }

    [Fact]
    public async Task a_merger_is_undone_and_a_refusal_says_why()
    {
        host.Stub.On($"GET /api/duplicates/{Pair}", 200, Shown("merged"));
        host.Stub.On($"POST /api/duplicates/{Pair}/separation", 409, """{"status":409,"code":"step-out-of-order","detail":"这一对档案已有处理结果，请刷新后再看。","errors":[]}""");
        var page = await host.Get($"/station/duplicates/{Pair}");
        Assert.Null(page.Html.QuerySelector("[data-test=keep-first]"));
        var refused = await host.Send(page, "separate");
        Assert.Equal(409, refused.Status);
        Assert.Contains("已有处理结果", refused.Text("problem"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_transfer_is_asked_for_and_answered()
    {
        host.Stub.On("GET /api/transfers", 200, $$"""
            {"items":[{"id":"{{Pair}}","version":1,"state":"open","name":"马*","workerId":"{{First}}","from":"640422","to":"640425100","reason":"户口迁来","requestedBy":"彭阳","requestedAt":"2026-11-20T01:00:00Z","refusal":null,"mayDecide":true,"mayWithdraw":false}],"next":null}
            """);
        host.Stub.On("POST /api/transfers", 400, """{"status":400,"code":"validation","detail":"请检查标出的项目后再提交。","errors":[{"field":"residentId","code":"id-checksum","message":"末位校验码不符，请对照证件逐位核对。"}]}""");
        host.Stub.On($"POST /api/transfers/{Pair}/decision", 200, "{}");
        var page = await host.Get("/station/transfers");
        Assert.Contains("西吉县 → ", page.Text("transfer"), StringComparison.Ordinal);
        Assert.All(page.Html.QuerySelectorAll("#transfer-hukou option"), option => Assert.Equal("640422", option.GetAttribute("value")));

        var wrong = await host.Send(page, "new-transfer", ("name", "马燕"), ("residentId", "649901199003070022"), ("hukou", "640422"), ("reason", "搬迁"));
        Assert.Equal((400, "末位校验码不符，请对照证件逐位核对。"), (wrong.Status, wrong.Error("residentId")));
        Assert.Equal("马燕", wrong.Html.QuerySelector("#transfer-name")!.GetAttribute("value"));

        var decided = await host.Send(page, "decide", ("decision", "refused"), ("reason", "户口没有迁出"));
        Assert.Equal((302, "/station/transfers"), (decided.Status, decided.Location));
        var sent = JsonNode.Parse(host.Stub.Heard.Last().Body)!;
        Assert.Equal(("refused", "户口没有迁出"), ((string?)sent["decision"], (string?)sent["reason"]));
    }

    [Fact]
    public async Task an_attempt_is_noted_and_the_sheet_is_fetched_with_its_purpose()
    {
        host.Stub.On("GET /api/call-list", 200, $$"""
            {"items":[{"id":"{{First}}","version":1,"name":"马燕","phones":["138****0000"],"age":36,"home":"640422101","village":"毛沟村","householdNumber":null,"enteredAt":"2026-11-20T01:00:00Z","attempts":2,"triedAt":"2026-11-21T01:00:00Z","outcome":"later"}],"next":null}
            """);
        host.Stub.On($"POST /api/workers/{First}/calls", 200, "{}");
        host.Stub.On("GET /api/call-list/sheet.xlsx", 200, "PK");
        var page = await host.Get("/station/call-list?division=640422101&village=%E6%AF%9B%E6%B2%9F%E6%9D%91");
        Assert.Contains("约定再联系", page.Text("call-list"), StringComparison.Ordinal);
        var noted = await host.Send(page, "tried", ("outcome", "no-answer"));
        Assert.Equal(302, noted.Status);
        Assert.StartsWith("/station/call-list?division=640422101", noted.Location, StringComparison.Ordinal);
        Assert.Equal("no-answer", (string?)JsonNode.Parse(host.Stub.Heard.Last().Body)!["outcome"]);

        var form = page.Html.QuerySelector("form[data-test=call-sheet]")!;
        Assert.Equal(("Sheet", "640422101"), (Hidden(form, "handler"), Hidden(form, "division")));
        Assert.Equal(200, (await host.Get("/station/call-list?handler=Sheet&division=640422101&purpose=%E6%91%B8%E5%BA%95")).Status);
        var asked = host.Stub.Heard.Last();
        Assert.Equal(("GET /api/call-list/sheet.xlsx", "摸底", "640422101"), (asked.Request, asked.Query["purpose"], asked.Query["division"]));
    }

    private static string? Hidden(IElement form, string name) => form.QuerySelector($"input[name={name}]")!.GetAttribute("value");

    private static string Shown(string state) => $$"""
        {"id":"{{Pair}}","version":1,"state":"{{state}}","likeness":["birth-date","town"],"foundAt":"2026-11-20T01:00:00Z","kept":null,"decidedBy":null,"decidedAt":null,
         "first":{{Person(First, "642223********1234", "college")}},"second":{{Person(Second, "642223********5678", "bachelor")}}}
        """;

    private static string Person(string id, string residentId, string education) => $$"""
        {"id":"{{id}}","version":1,"name":"马燕","residentId":"{{residentId}}","phones":["138****0000"],"sex":"female","birthYear":1990,"age":36,"status":"registered","hukou":"640422","home":"640422101","education":"{{education}}","erased":false}
        """;
}
