using System.Security.Cryptography;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using Microsoft.IdentityModel.Tokens;

namespace LaborBridge.Portal.Accounts;

/// <summary>
/// The ES256 keys that sign tokens, kept encrypted. A new key is published before it signs, and an old one stays published until
/// its last token has expired. The very first signs at once: nobody can have fetched the keys before it.
/// </summary>
internal sealed class SigningKeys(Db<PortalService> db, KeyRing ring, TimeProvider time)
{
    private static readonly TimeSpan SignsFor = TimeSpan.FromDays(30);
    private static readonly TimeSpan Afterwards = TokenRules.Lifetime + TimeSpan.FromMinutes(15);

    private static readonly Sql SelectAll = Sql.Text("SELECT id, number, private_key, sign_from FROM signing_keys ORDER BY number");
    private static readonly Sql Insert = Sql.InsertOrIgnore("signing_keys", "number", "id, private_key, sign_from");
    private static readonly Sql Delete = Sql.Text("DELETE FROM signing_keys WHERE number = @Number");

    private IReadOnlyList<SigningKey> keys = [];

    /// <summary>The key that signs now.</summary>
    public SigningKey Current => keys.LastOrDefault(key => key.SignFrom <= time.GetUtcNow())
        ?? throw new InvalidOperationException("There is no signing key yet; the host makes one at its start.");

    /// <summary>All published keys.</summary>
    public IReadOnlyList<SigningKey> Published => keys;

    /// <summary>Makes a key when one is due, drops what is no longer needed, and reads what other replicas made.</summary>
    public async Task Refresh(CancellationToken cancel)
    {
        var rows = await db.Read(tx => tx.Query<Row>(SelectAll), cancel);
        var now = time.GetUtcNow();
        if (rows.Count == 0 || rows[^1].SignFrom + SignsFor - TokenRules.Publication <= now || rows.Count > 1 && rows[1].SignFrom + Afterwards <= now)
        {
            rows = await db.Write(tx => Rotate(tx, now), repeatable: true, cancel);
        }

        if (!rows.Select(row => row.Id).SequenceEqual(keys.Select(key => key.Id)))
        {
            keys = [.. rows.Select(Open)];
        }
    }

    private async Task<List<Row>> Rotate(Tx tx, DateTimeOffset now)
    {
        var rows = await tx.Query<Row>(SelectAll);
        if (rows.Count == 0 || rows[^1].SignFrom + SignsFor - TokenRules.Publication <= now)
        {
            var id = Guid.CreateVersion7(now);
            using var fresh = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var secret = ring.Encrypt("signing_keys", "private_key", id, Convert.ToBase64String(fresh.ExportPkcs8PrivateKey()));

            // Another replica may be doing the same: the number is unique, one of the two keys is made.
            await tx.Execute(Insert, new { Number = rows.Count == 0 ? 1 : rows[^1].Number + 1, Id = id, PrivateKey = secret, SignFrom = rows.Count == 0 ? now : now + TokenRules.Publication });
        }

        for (var i = 0; i + 1 < rows.Count && rows[i + 1].SignFrom + Afterwards <= now; i++)
        {
            await tx.Execute(Delete, new { rows[i].Number });
        }

        return await tx.Query<Row>(SelectAll);
    }

    private SigningKey Open(Row row)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(ring.Decrypt("signing_keys", "private_key", row.Id, row.PrivateKey)), out _);
        return new SigningKey(row.Id, new ECDsaSecurityKey(key) { KeyId = row.Id.ToString() }, row.SignFrom);
    }

    private sealed class Row
    {
        public required Guid Id { get; init; }

        public required int Number { get; init; }

        public required byte[] PrivateKey { get; init; }

        public required DateTimeOffset SignFrom { get; init; }
    }
}

/// <summary>A key with the moment from which it signs.</summary>
internal sealed record SigningKey(Guid Id, ECDsaSecurityKey Key, DateTimeOffset SignFrom);

/// <summary>Keeps the keys fresh: at the start, then every minute.</summary>
internal sealed class RotateSigningKeys(SigningKeys keys, TimeProvider time, ILogger<RotateSigningKeys> log) : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await keys.Refresh(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await keys.Refresh(stoppingToken);
            }
            catch (System.Data.Common.DbException error)
            {
                log.LogWarning(error, "The signing keys could not be read; the ones at hand stay in use.");
            }
        }
    }
}
