using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using LaborBridge.Workers.Rosters.Jobs;
using LaborBridge.Workers.Rosters.Reading;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Workers.Rosters;

/// <summary>
/// Takes a roster's file. What is wrong with the file as a whole (size, format, encoding, header) is said at once and nothing is kept; the rows are a job.
/// </summary>
internal static class UploadRoster
{
    private const long LargestBody = 160L * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/api/rosters", Receive)
        .Allow(Role.Collector, Role.Station).Accepts<IFormFile>("multipart/form-data").DisableAntiforgery().WithName("UploadRoster");

    private static async Task<IResult> Receive(
        HttpContext http, [FromQuery] string? sheet, [FromQuery] string? mode, Requests<WorkersService> requests, Db<WorkersService> db, UploadVault vault, RosterSignal signal, TimeProvider time)
    {
        var checks = new Checks();
        checks.That(Kebab.TryParse<RosterSheet>(sheet, out var kind), "sheet", "unknown-value", "sheet 应为 household（花名册）或 wishes（求职意愿摸底表）。", "The sheet is household or wishes.");
        checks.That(mode is RosterWords.DryRun or RosterWords.Commit, "mode", "unknown-value", "mode 应为 dry-run（预检）或 commit（导入）。", "The mode is dry-run or commit.");
        if (checks.Problem is { } problem)
        {
            return new ProblemResult(problem);
        }

        var roster = New(Guid.CreateVersion7(time.GetUtcNow()), http.Caller(), kind, mode!, vault, time);
        try
        {
            var file = await Spool(http, db, vault, roster);
            var complete = await Inspect(file, kind, vault, http.RequestAborted);
            return await requests.Write(http, new { complete.FileHash }, async (tx, _) =>
            {
                await RosterStore.Complete(tx, complete);
                tx.AfterCommit(signal.Wake);
                return Reply.Accepted($"/api/rosters/{complete.Id}", RosterView.Of(complete with { State = RosterWords.Queued }, vault, time.GetUtcNow()));
            });
        }
        catch (ProblemException refused)
        {
            return new ProblemResult(refused.Problem);
        }
        finally
        {
            await Discard(db, roster.Id);
        }
    }

    /// <summary>A roster of which nothing is there yet.</summary>
    internal static Roster New(Guid id, Caller caller, RosterSheet sheet, string mode, UploadVault vault, TimeProvider time)
    {
        return new Roster
        {
            Id = id, State = RosterWords.Receiving, Phase = mode == RosterWords.Commit ? RosterWords.Store : RosterWords.Check, Sheet = Kebab.Of(sheet), Mode = mode,
            FileName = vault.SealName(id, ""), FileKey = vault.NewKey(id), FileSize = 0, Lines = 0, RowsDone = 0, LastLine = 0, CountNew = 0, CountUpdated = 0,
            CountUnchanged = 0, CountDuplicate = 0, CountNonLabour = 0, CountError = 0, CountWarning = 0, CountUndone = 0, CountKept = 0, UploadedBy = caller.Subject,
            UploaderName = caller.Name, UploaderRole = Kebab.Of(caller.Role), StationId = caller.Station, Divisions = Stored.Write(caller.Divisions), UploadedAt = time.GetUtcNow(), LeaseUntil = 0,
        };
    }

    private static async Task<Roster> Spool(HttpContext http, Db<WorkersService> db, UploadVault vault, Roster roster)
    {
        var cancel = http.RequestAborted;
        var (name, content) = await UploadedFile.Find(http, LargestBody) ?? throw new ProblemException(RosterProblems.NoFile());
        var named = roster with { FileName = vault.SealName(roster.Id, name.Length > 0 ? name : "roster") };
        await db.Write(tx => RosterStore.Insert(tx, named), cancel: cancel);
        try
        {
            var (size, hash) = await vault.Receive(named, content, cancel);
            return named with { FileSize = size, FileHash = hash };
        }
        catch (ProblemException)
        {
            await content.CopyToAsync(Stream.Null, cancel);
            throw;
        }
    }

    /// <summary>The roster with what its file shows; refuses what is no roster.</summary>
    internal static async Task<Roster> Inspect(Roster roster, RosterSheet sheet, UploadVault vault, CancellationToken cancel)
    {
        var content = await vault.Load(roster, roster.FileSize, cancel);
        var format = RosterFile.Check(content, vault.OpenName(roster));
        using var reader = RosterFile.Open(content);
        var header = Header.Find(reader, sheet);
        if (!reader.Read(out _))
        {
            throw new ProblemException(RosterProblems.NoRows());
        }

        return roster with
        {
            Format = Kebab.Of(format), Encoding = reader.Encoding, ColumnReport = Stored.Write(header.Report()), Lines = Math.Max(1, reader.Lines - header.Line.Number + 1),
        };
    }

    // What did not become a job (refused, broken off, or the same key a second time) leaves nothing behind.
    private static Task Discard(Db<WorkersService> db, Guid roster) => db.Write(async tx =>
    {
        if (await RosterStore.Find(tx, roster) is { State: RosterWords.Receiving })
        {
            await UploadVault.Drop(tx, roster);
            await RosterStore.Remove(tx, roster);
        }
    }, repeatable: true);
}
