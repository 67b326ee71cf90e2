using System.Security.Cryptography;
using System.Text;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using LaborBridge.Workers.Rosters.Reading;

namespace LaborBridge.Workers.Rosters;

/// <summary>
/// Keeps uploaded files encrypted in the database, in parts of 256 KB as they come in: nothing plain is ever written, a slow upload holds no more
/// than a part, and whichever replica has the job finds the file. Each file has a key of its own, kept under the key ring.
/// </summary>
internal sealed class UploadVault(Db<WorkersService> db, KeyRing keys)
{
    private const int PartSize = 256 * 1024;
    private const int TagSize = 16;

    private static readonly Sql InsertPart = Sql.Insert("roster_parts", "roster_id, part, content");

    private static readonly Sql SelectParts = Sql.Text("SELECT content FROM roster_parts WHERE roster_id = @Roster AND part >= @From AND part < @UpTo ORDER BY part");

    private static readonly Sql CountParts = Sql.Text("SELECT COUNT(*) FROM roster_parts WHERE roster_id = @Roster");

    private static readonly Sql DeleteParts = Sql.Text("DELETE FROM roster_parts WHERE roster_id = @Roster");

    /// <summary>What is under the key ring: the keys of the files, not the files, which each have a key for life, and their names.</summary>
    public static readonly SealedColumn[] Columns = [new("rosters", "id", "file_key"), new("rosters", "id", "file_name")];

    /// <summary>A new file's key, encrypted for <see cref="Roster.FileKey"/>.</summary>
    public byte[] NewKey(Guid roster) => keys.Encrypt("rosters", "file_key", roster, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));

    /// <summary>Encrypts a file's name: people put names into it.</summary>
    public byte[] SealName(Guid roster, string name) => keys.Encrypt("rosters", "file_name", roster, name);

    /// <summary>The file's name.</summary>
    public string OpenName(Roster roster) => keys.Decrypt("rosters", "file_name", roster.Id, roster.FileName);

    /// <summary>Stores a stream part by part.</summary>
    /// <returns>Its length and its SHA-256 in hexadecimal.</returns>
    /// <exception cref="ProblemException">It is larger than <see cref="RosterFile.Largest"/>.</exception>
    public async Task<(long Size, string Hash)> Receive(Roster roster, Stream source, CancellationToken cancel)
    {
        using var aes = new AesGcm(Key(roster), TagSize);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[PartSize];
        var size = 0L;
        for (var part = 0; ; part++)
        {
            var read = await source.ReadAtLeastAsync(buffer, PartSize, throwOnEndOfStream: false, cancel);
            size += read;
            if (size > RosterFile.Largest)
            {
                throw new ProblemException(RosterProblems.TooLarge());
            }

            if (read > 0)
            {
                hash.AppendData(buffer, 0, read);
                var row = new PartRow { RosterId = roster.Id, Part = part, Content = Encrypt(aes, roster.Id, part, buffer.AsSpan(0, read)) };
                await db.Write(tx => tx.Execute(InsertPart, row), cancel: cancel);
            }

            if (read < PartSize)
            {
                return (size, Convert.ToHexStringLower(hash.GetHashAndReset()));
            }
        }
    }

    /// <summary>The whole file, at most <see cref="RosterFile.Largest"/> bytes.</summary>
    /// <exception cref="CryptographicException">A part is missing or was changed.</exception>
    public async Task<byte[]> Load(Roster roster, long size, CancellationToken cancel)
    {
        const int AtOnce = 16;
        using var aes = new AesGcm(Key(roster), TagSize);
        var content = new byte[size];
        var at = 0;
        for (var part = 0; at < size; part += AtOnce)
        {
            var rows = await db.Read(tx => tx.Query<PartRow>(SelectParts, new { Roster = roster.Id, From = part, UpTo = part + AtOnce }), cancel);
            for (var i = 0; i < rows.Count; i++)
            {
                at += Decrypt(aes, roster.Id, part + i, rows[i].Content, content.AsSpan(at));
            }

            if (rows.Count < AtOnce && at < size)
            {
                throw new CryptographicException($"The file of roster {roster.Id} is not complete.");
            }
        }

        return content;
    }

    /// <summary>Whether the file is still kept.</summary>
    public static async Task<bool> Exists(Tx tx, Guid roster) => await tx.Scalar<long>(CountParts, new { Roster = roster }) > 0;

    /// <summary>Forgets a file.</summary>
    public static Task Drop(Tx tx, Guid roster) => tx.Execute(DeleteParts, new { Roster = roster });

    private byte[] Key(Roster roster) => Convert.FromBase64String(keys.Decrypt("rosters", "file_key", roster.Id, roster.FileKey));

    // The key serves one file, so the part's number is a nonce that never repeats.
    private static byte[] Encrypt(AesGcm aes, Guid roster, int part, ReadOnlySpan<byte> plain)
    {
        var result = new byte[plain.Length + TagSize];
        aes.Encrypt(Nonce(part), plain, result.AsSpan(0, plain.Length), result.AsSpan(plain.Length), Bound(roster, part));
        return result;
    }

    private static int Decrypt(AesGcm aes, Guid roster, int part, ReadOnlySpan<byte> sealedPart, Span<byte> into)
    {
        var length = sealedPart.Length - TagSize;
        aes.Decrypt(Nonce(part), sealedPart[..length], sealedPart[length..], into[..length], Bound(roster, part));
        return length;
    }

    private static byte[] Nonce(int part)
    {
        var nonce = new byte[12];
        BitConverter.TryWriteBytes(nonce, part);
        return nonce;
    }

    private static byte[] Bound(Guid roster, int part) => Encoding.UTF8.GetBytes($"roster_parts\n{roster:D}\n{part}");

    private sealed class PartRow
    {
        public Guid RosterId { get; init; }

        public int Part { get; init; }

        public required byte[] Content { get; init; }
    }
}
