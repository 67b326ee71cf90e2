using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using LaborBridge.Workers.Rosters;
using LaborBridge.Workers.Rosters.Reading;

namespace LaborBridge.Workers.Calls;

/// <summary>
/// The empty wish sheet (求职意愿摸底表) with the names of the call list, to be filled while calling and sent back as a roster. It holds phones and IDs in clear, so a
/// station states what for, and each person on it stands in the access log before the file leaves.
/// </summary>
internal static class DownloadCallSheet
{
    /// <summary>People on one sheet.</summary>
    public const int Most = 500;

    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static readonly Column[] Columns =
    [
        Column.Name, Column.ResidentId, Column.MemberPhone, Column.Village, Column.Willing, Column.WishedPlaces, Column.WishedTrades, Column.WishedPay, Column.From, Column.Lodging,
        Column.Certificates, Column.Languages, Column.With, Column.Consent, Column.ConsentForm, Column.AskedOn,
    ];

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/call-list/sheet.xlsx", Handle)
        .Allow(Role.Station).Produces(200, contentType: Workbook).WithName("DownloadCallSheet");

    private static async Task<IResult> Handle(
        HttpContext http, Db<WorkersService> db, Sealing sealing, DisclosureLog log, string? purpose = null, string? division = null, string? village = null)
    {
        var checks = new Checks();
        var why = checks.Require("purpose", purpose);
        checks.That(!RevealWorker.HasNumber(why), "purpose", "purpose-has-number", "请只写用途，不要写证件号码或电话号码。", "State the purpose only, no ID or phone number.");
        var filter = new CallFilter(division, village);
        if ((checks.Problem ?? filter.Problem()) is { } problem)
        {
            return new ProblemResult(problem);
        }

        var caller = http.Caller();
        var lines = await db.Read(async tx =>
        {
            var lines = await CallStore.Next(tx, caller, filter, new PageRequest(Most - 1, After: null), sealing);
            await log.Note(tx, caller, [.. lines.Select(line => line.Row.Id)], $"call sheet: {why}");
            return lines;
        }, http.RequestAborted);
        http.Response.Headers.CacheControl = "no-store";
        return Results.Stream(Write(lines), Workbook, "求职意愿摸底表.xlsx");
    }

    internal static MemoryStream Write(IEnumerable<CallLine> lines)
    {
        var stream = new MemoryStream();
        using (var sheet = new SheetWriter(stream, "求职意愿摸底表"))
        {
            sheet.Write(Columns.Select(column => Words.Chinese(column)), RowColour.Header);
            foreach (var line in lines.OrderBy(line => line.Row.HomeDivision, StringComparer.Ordinal).ThenBy(line => line.Village, StringComparer.Ordinal))
            {
                var person = RevealWorker.InClear(line.Person);
                sheet.Write([person.Name, person.ResidentId, string.Join('、', person.Phones), line.Village ?? ""]);
            }
        }

        stream.Position = 0;
        return stream;
    }
}
