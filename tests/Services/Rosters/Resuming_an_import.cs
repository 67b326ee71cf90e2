using LaborBridge.Contracts;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using LaborBridge.Tests.Fixtures;
using LaborBridge.Workers;
using LaborBridge.Workers.Rosters;
using LaborBridge.Workers.Rosters.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LaborBridge.Tests.Services.Rosters;

/// <summary>A worker of the job that dies in the middle is followed by another: nothing is lost, nothing doubled.</summary>
public abstract class Resuming_an_import(RosterHost host) : RosterTest(host)
{
    private static readonly Sql CountWorkers = Sql.Text("SELECT COUNT(*) FROM workers WHERE entered_by = @By");

    private static readonly Sql CountRows = Sql.Text("SELECT COUNT(*) FROM roster_rows WHERE roster_id = @Id");

    private static readonly Sql ExpireLease = Sql.Text("UPDATE rosters SET lease_until = 0 WHERE id = @Id");

    [Fact]
    public async Task goes_on_behind_the_last_portion()
    {
        const int Rows = 2_300;
        var clerk = Rosters.Clerk with { Subject = $"resuming-{Rosters.Kind}" };
        var services = Rosters.Host.Services;
        var db = services.GetRequiredService<Db<WorkersService>>();
        var people = RosterFiles.Households(Rows, seed: 71 + (int)Rosters.Kind, RosterHost.Today.Year, RosterHost.Today).ToList();
        var duplicate = people.First(row => row[20].Length > 0);
        var roster = await Upload(services, clerk, RosterFiles.Xlsx(RosterFiles.HouseholdColumns, people.Append(duplicate), "花名册"));

        // It stops after some portions as a killed one does: the lease stands, nothing is tidied up.
        using (var killed = new CancellationTokenSource())
        {
            var import = services.GetRequiredService<RosterImport>();
            db.Committed += StopInTheMiddle;
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => import.Run(roster, "first", killed.Token));
            db.Committed -= StopInTheMiddle;

            void StopInTheMiddle()
            {
                if (db.Read(tx => tx.Scalar<long>(CountRows, new { roster.Id })).GetAwaiter().GetResult() >= 750)
                {
                    killed.Cancel();
                }
            }
        }

        var stopped = (await db.Read(tx => RosterStore.Find(tx, roster.Id)))!;
        Assert.InRange(stopped.RowsDone, 750, Rows - 250);
        await Assert.ThrowsAsync<LeaseLostException>(() => db.Write(tx => RosterLease.Advance(tx, roster.Id, "second", stopped.LastLine, stopped.LastLine + 1, new Tally(1))));

        await db.Write(tx => tx.Execute(ExpireLease, new { roster.Id }));
        var done = await Wait.For(async () => await db.Read(tx => RosterStore.Find(tx, roster.Id)) is { State: RosterWords.Done } over ? over : null, "the import is over");
        Assert.Equal((Rows + 1, Rows + 1, 1, 0), (done.RowsDone, done.CountNew + done.CountNonLabour + done.CountDuplicate, done.CountDuplicate, done.CountError));
        Assert.Equal(done.CountNew, await db.Read(tx => tx.Scalar<long>(CountWorkers, new { By = clerk.Subject })));
        Assert.Equal(Rows + 1, await db.Read(tx => tx.Scalar<long>(CountRows, new { roster.Id })));
        await Wait.Until(() => Task.FromResult(Spells(roster.Id).Count == people.Count(Works)), "every spell is told");
        Assert.Equal(Spells(roster.Id).Count, Spells(roster.Id).Distinct().Count());
    }

    private List<Guid> Spells(Guid roster) => [.. Rosters.Ear.Heard.OfType<SelfFoundSpellReported>().Where(spell => spell.Roster == roster).Select(spell => spell.SpellId)];

    private static bool Works(IReadOnlyList<string> row) => row[20].Length > 0;

    private static async Task<Roster> Upload(IServiceProvider services, Caller caller, byte[] file)
    {
        var (db, vault) = (services.GetRequiredService<Db<WorkersService>>(), services.GetRequiredService<UploadVault>());
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var roster = UploadRoster.New(id, caller, LaborBridge.Workers.Rosters.Reading.RosterSheet.Household, RosterWords.Commit, vault, TimeProvider.System) with { FileName = vault.SealName(id, "roster.xlsx") };
        await db.Write(tx => RosterStore.Insert(tx, roster));
        var (size, hash) = await vault.Receive(roster, new MemoryStream(file), CancellationToken.None);
        var complete = await UploadRoster.Inspect(roster with { FileSize = size, FileHash = hash }, LaborBridge.Workers.Rosters.Reading.RosterSheet.Household, vault, CancellationToken.None);
        // Claimed in the same transaction, so that the job of this process does not take it first.
        return await db.Write(async tx =>
        {
            await RosterStore.Complete(tx, complete);
            return (await RosterLease.Take(tx, roster.Id, "first", TimeProvider.System.GetUtcNow()))!;
        });
    }
}

[Collection(OnSqlite.Name)]
public sealed class Resuming_an_import_on_SQLite(SqliteRosters host) : Resuming_an_import(host);

[Collection(OnPostgreSql.Name)]
public sealed class Resuming_an_import_on_PostgreSQL(PostgreSqlRosters host) : Resuming_an_import(host);
