using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using LaborBridge.Workers.Rosters.Reading;
using LaborBridge.Workers.Rosters.Verdicts;

namespace LaborBridge.Workers.Rosters;

/// <summary>
/// Their own file again, with the verdict and the reasons in two last columns and errors coloured: to be mended and sent once more. Columns that
/// must not be kept come back empty.
/// </summary>
internal static class DownloadResult
{
    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static readonly Dictionary<Verdict, Text> Names = new()
    {
        [Verdict.New] = new("新增", "new"),
        [Verdict.Updated] = new("更新", "updated"),
        [Verdict.Unchanged] = new("无变化", "unchanged"),
        [Verdict.Duplicate] = new("重复", "duplicate"),
        [Verdict.NonLabour] = new("非劳动力（未保存）", "no labour force (not kept)"),
        [Verdict.Error] = new("错误（未导入）", "error (not imported)"),
    };

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/rosters/{id:guid}/result.xlsx", Handle)
        .Allow(Role.Collector, Role.Station).Produces(200, contentType: Workbook).WithName("DownloadRosterResult");

    private static async Task<IResult> Handle(Guid id, HttpContext http, Db<WorkersService> db, UploadVault vault)
    {
        var cancel = http.RequestAborted;
        var caller = http.Caller();
        if (await db.Read(tx => RosterStore.Find(tx, caller, id), cancel) is not { } roster)
        {
            return new ProblemResult(Problem.NotFound());
        }

        if (roster.State is not (RosterWords.Done or RosterWords.Failed))
        {
            return new ProblemResult(Problem.Conflict("step-out-of-order", new Text("花名册正在处理，完成后才能下载结果。", "The roster is being worked on; its result comes when that is done.")));
        }

        if (!await db.Read(tx => UploadVault.Exists(tx, id), cancel))
        {
            return new ProblemResult(PersonInRosters.FileGone());
        }

        var result = await Write(roster, db, vault, http.Language(), cancel);
        http.Response.Headers.CacheControl = "no-store";
        return Results.Stream(result, Workbook, $"{Path.GetFileNameWithoutExtension(vault.OpenName(roster))}-结果.xlsx");
    }

    internal static async Task<MemoryStream> Write(Roster roster, Db<WorkersService> db, UploadVault vault, Language language, CancellationToken cancel)
    {
        var content = await vault.Load(roster, roster.FileSize, cancel);
        using var reader = RosterFile.Open(content);
        var header = Header.Find(reader, Kebab.Parse<RosterSheet>(roster.Sheet));
        var result = new MemoryStream();
        using (var sheet = new SheetWriter(result, language == Language.En ? "Result" : "导入结果"))
        {
            var width = header.Line.Cells.Length;
            string[] columns = language == Language.En ? ["line", "status", "reason"] : ["原行号", "状态", "原因和建议"];
            sheet.Write([.. header.Line.Cells, .. columns], RowColour.Header);
            var after = 0;
            for (var rows = await Next(); rows.Count > 0; rows = await Next())
            {
                after = rows[^1].RowNumber;
                foreach (var row in rows)
                {
                    WriteRow(sheet, row, LineOf(reader, row.RowNumber), header, width, language);
                }
            }

            Task<List<RosterRow>> Next() => db.Read(tx => RosterStore.Rows(tx, roster.Id, "", after, 1_000), cancel);
        }

        result.Position = 0;
        return result;
    }

    private static void WriteRow(SheetWriter sheet, RosterRow row, SheetLine line, Header header, int width, Language language)
    {
        var cells = new string[width + 3];
        for (var i = 0; i < width; i++)
        {
            cells[i] = i < line.Cells.Length && header.MayKeep(i) ? Unwrapped(line.Cells[i]) : "";
        }

        var verdict = Kebab.Parse<Verdict>(row.Verdict);
        cells[width] = row.RowNumber.ToString();
        cells[width + 1] = Names[verdict].In(language);
        cells[width + 2] = string.Join(language == Language.En ? " " : "", FindingNotes.Read(row.Findings).Select(finding => FindingView.Of(finding, language))
            .Select(finding => finding.Column is null ? $"{finding.Message}{finding.Advice}" : $"【{finding.Column}】{finding.Message}{finding.Advice}"));
        sheet.Write(cells, verdict is Verdict.Error or Verdict.Duplicate ? RowColour.Error : row.Warned ? RowColour.Warning : RowColour.None);
    }

    private static SheetLine LineOf(ISheetReader reader, int number)
    {
        while (reader.Read(out var line))
        {
            if (line.Number == number)
            {
                return line;
            }
        }

        throw new InvalidOperationException($"Line {number} is not in the file.");
    }

    // ="642223…" becomes the text that it meant.
    private static string Unwrapped(string cell) => cell.Trim() is ['=', '"', .., '"'] wrapped && !wrapped.AsSpan(2, wrapped.Length - 3).Contains('"') ? wrapped[2..^1] : cell;
}
