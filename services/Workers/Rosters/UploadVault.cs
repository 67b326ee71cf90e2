using System.Security.Cryptography;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using LaborBridge.Workers.Rosters.Reading;

namespace LaborBridge.Workers.Rosters;

/// <summary>Keeps uploaded rosters encrypted in the database, so that whichever replica has the job finds the file.</summary>
internal sealed class UploadVault(Db<WorkersService> db, KeyRing keys)
{
    private static readonly SealedFiles Files = new("rosters", "roster_parts", "roster_id");

    /// <summary>What is under the key ring: the keys of the files and their names.</summary>
    public static readonly SealedColumn[] Columns = [Files.Keys, new("rosters", "id", "file_name")];

    /// <summary>A new file's key, encrypted for <see cref="Roster.FileKey"/>.</summary>
    public byte[] NewKey(Guid roster) => Files.NewKey(keys, roster);

    /// <summary>Encrypts a file's name: people put names into it.</summary>
    public byte[] SealName(Guid roster, string name) => keys.Encrypt("rosters", "file_name", roster, name);

    /// <summary>The file's name.</summary>
    public string OpenName(Roster roster) => keys.Decrypt("rosters", "file_name", roster.Id, roster.FileName);

    /// <summary>Stores a stream part by part.</summary>
    /// <returns>Its length and its SHA-256 in hexadecimal.</returns>
    /// <exception cref="ProblemException">It is larger than <see cref="RosterFile.Largest"/>.</exception>
    public async Task<(long Size, string Hash)> Receive(Roster roster, Stream source, CancellationToken cancel) =>
        await Files.Receive(db, keys, roster.Id, roster.FileKey, source, RosterFile.Largest, cancel) ?? throw new ProblemException(RosterProblems.TooLarge());

    /// <summary>The whole file, at most <see cref="RosterFile.Largest"/> bytes.</summary>
    /// <exception cref="CryptographicException">A part is missing or was changed.</exception>
    public Task<byte[]> Load(Roster roster, long size, CancellationToken cancel) => Files.Load(db, keys, roster.Id, roster.FileKey, size, cancel);

    /// <summary>Whether the file is still kept.</summary>
    public static Task<bool> Exists(Tx tx, Guid roster) => Files.Exists(tx, roster);

    /// <summary>Forgets a file.</summary>
    public static Task Drop(Tx tx, Guid roster) => Files.Drop(tx, roster);
}
