using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using LaborBridge.Tests.Fixtures;
using LaborBridge.Workers;
using LaborBridge.Workers.Rosters;
using LaborBridge.Workers.Rosters.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LaborBridge.Tests.Services.Workers;

/// <summary>Everything encrypted gets a new key while the service works, whatever is killed on the way.</summary>
public abstract class Rotating_keys(SqlKind kind)
{
    private static readonly Sql OldNames = Sql.Text("SELECT COUNT(*) FROM workers WHERE SUBSTRING(name, 1, 1) = @Key");

    private static readonly Sql Undo = Sql.Text("SELECT undo FROM roster_rows WHERE undo IS NOT NULL");

    [Fact]
    public async Task goes_on_after_a_kill_and_leaves_nothing_that_needs_the_old_key()
    {
        if (kind == SqlKind.PostgreSql)
        {
            Requires.PostgreSql();
        }

        var cancel = TestContext.Current.CancellationToken;
        await using var host = await ServiceHost.Start(kind, [new WorkersService(), new WorkersHost.TellsPlacements(), new WorkersHost.TellsMatching()], time: null, ("LaborBridge:Keys:SettleSeconds", "0"));
        var (db, keys, sealing) = (host.Services.GetRequiredService<Db<WorkersService>>(), host.Services.GetRequiredService<KeyRing>(), host.Services.GetRequiredService<Sealing>());
        var clerk = host.As(WorkersHost.Xiji);

        // 450 from a roster, changed by a second one, which keeps what it replaced; an answer kept for a repetition; the files themselves.
        var today = WorkersHost.Today;
        var rows = RosterFiles.Households(450, seed: 5, today.Year, today).Select(row => row.ToArray()).ToList();
        await Over(clerk, await Send(clerk, rows));
        foreach (var row in rows)
        {
            row[17] = row[17] == "高中" ? "初中" : "高中";
        }

        var second = await Send(clerk, rows);
        await Over(clerk, second);
        var body = WorkersHost.Body(WorkersHost.NewId());
        var key = ApiCaller.NewKey();
        var registered = (await clerk.Post("/api/workers", body, key)).Is(201);
        ISealed[] all = [.. new WorkersService().Sealed, Idempotency.Bodies];
        var people = (await db.Read(tx => tx.Scalar<long>(OldNames, new { Key = new byte[] { 1 } })));
        Assert.True(people > 300);

        // The new key encrypts at once (it settles in no time here); the old rows are behind.
        Assert.Equal(2, keys.Add());
        Assert.Equal(2, keys.Current);
        var after = (await clerk.Post("/api/workers", WorkersHost.Body(WorkersHost.NewId()))).Is(201);

        // Killed after the first portion; meanwhile the clerk reads under both keys and writes.
        using var kill = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var portions = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => KeyRotation.Run(db, keys, all, (_, _) =>
        {
            if (++portions == 1)
            {
                kill.Cancel();
            }
        }, kill.Token));
        Assert.Equal(people - 200, await db.Read(tx => tx.Scalar<long>(OldNames, new { Key = new byte[] { 1 } })));
        Assert.Equal("马燕", (string?)(await clerk.Get($"/api/workers/{registered.Id}")).Is(200).Json["name"]);

        // Another process goes on: its own ring, read from the folder.
        var other = KeyRing.Load(Path.Combine(host.Folder.Path, "keys"), create: false);
        var changed = new Dictionary<string, int>(StringComparer.Ordinal);
        Assert.True(await KeyRotation.Run(db, other, all, (name, count) => changed[name] = changed.GetValueOrDefault(name) + count, cancel) > people);
        Assert.All(new[] { "workers.name", "workers.resident_id", "rosters.file_key", "rosters.file_name", "roster_rows.undo", "idempotency.body" }, name => Assert.True(changed[name] > 0, name));
        Assert.Equal(0, await KeyRotation.Run(db, other, all, (_, _) => { }, cancel));

        // Without the old key everything is still there.
        var rest = new KeyRing(new Dictionary<int, byte[]> { [2] = Secret(host, "field-2.key") }, Secret(host, "lookup.key"));
        var alone = new Sealing(rest);
        var stored = await db.Read(tx => WorkerSearch.Find(tx, Caller.System, new SearchFilter("", "", "", "", ""), text: null, "~", 1_000));
        Assert.Equal(people + 1, stored.Count);
        Assert.All(stored, row => Assert.Equal(sealing.Open(row)!.Name, alone.Open(row)!.Name));
        var notes = await db.Read(tx => tx.Query<string>(Undo));
        Assert.NotEmpty(notes);
        Assert.All(notes.Select(note => Stored.Read<UndoNote>(note).Before).OfType<WorkerRow>(), before => Assert.NotEmpty(alone.Open(before)!.Name));
        var roster = await db.Read(tx => RosterStore.Find(tx, Guid.Parse(second)));
        var vault = new UploadVault(db, rest);
        Assert.Equal("花名册.xlsx", vault.OpenName(roster!));
        Assert.Equal(roster!.FileSize, (await vault.Load(roster, roster.FileSize, cancel)).Length);

        // The service: first answers, new people, the undo of what was changed before the rotation.
        File.Delete(Path.Combine(host.Folder.Path, "keys", "field-1.key"));
        Assert.Equal(registered.Id, (await clerk.Post("/api/workers", body, key)).Is(201).Id);
        (await clerk.Post($"/api/workers/{after.Id}/reveal", new { purpose = "核对" })).Is(200);
        (await clerk.Post($"/api/rosters/{second}/undo", new { })).Is(202);
        Assert.Equal(0, (int)(await Over(clerk, second)).Json["undo"]!["kept"]!);
    }

    [Fact]
    public void waits_until_every_process_knows_the_new_key()
    {
        using var folder = TempFolder.Create();
        var keys = KeyRing.Load(folder.Path, create: true, TimeSpan.FromHours(1));
        var second = keys.Add();
        Assert.Equal((2, 1), (second, keys.Current));
        var running = KeyRing.Load(folder.Path, create: false);
        Assert.Equal(2, running.Current);

        // A process that has not looked yet meets a value under the new key, and looks.
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        Assert.Equal("马燕", keys.Decrypt("workers", "name", id, running.Encrypt("workers", "name", id, "马燕")));
        running.Add();
        Assert.Equal("马燕", keys.Decrypt("workers", "name", id, running.Encrypt("workers", "name", id, "马燕")));
        File.Delete(folder["field-1.key"]);
        KeyRing.Load(folder.Path, create: true);
        Assert.False(File.Exists(folder["field-1.key"]));
    }

    private static byte[] Secret(ServiceHost host, string file) => Convert.FromBase64String(File.ReadAllText(Path.Combine(host.Folder.Path, "keys", file)));

    private static async Task<string> Send(ApiCaller clerk, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var content = new ByteArrayContent(RosterFiles.Xlsx(RosterFiles.HouseholdColumns, rows, "花名册"));
        return (await clerk.Post("/api/rosters?sheet=household&mode=commit", new MultipartFormDataContent { { content, "file", "花名册.xlsx" } })).Is(202).Id;
    }

    private static Task<Heard> Over(ApiCaller clerk, string id) => Wait.For(
        async () => (await clerk.Get($"/api/rosters/{id}")).Is(200) is { } now && (string?)now.Json["state"] is "done" or "failed" ? now : null, "the job is over", TimeSpan.FromMinutes(2));
}

public sealed class Rotating_keys_on_SQLite() : Rotating_keys(SqlKind.Sqlite);

public sealed class Rotating_keys_on_PostgreSQL() : Rotating_keys(SqlKind.PostgreSql);
