using System.Security.Cryptography;
using System.Text;

namespace LaborBridge.Persistence;

/// <summary>
/// Files kept encrypted in the database, in parts of 256 KB: nothing plain is ever written, and whichever replica is asked finds them. Each file has a key of its own, kept
/// under the key ring in the column <c>file_key</c> of the table that lists the files; each part is bound to its table, its file and its number.
/// </summary>
public sealed class SealedFiles
{
    private const int PartSize = 256 * 1024;
    private const int TagSize = 16;
    private const int AtOnce = 16;

    private readonly string files;
    private readonly string parts;
    private readonly Sql insertPart;
    private readonly Sql selectParts;
    private readonly Sql countParts;
    private readonly Sql deleteParts;

    /// <summary>The files of one table.</summary>
    /// <param name="files">The table that lists them, with the columns <c>id</c> and <c>file_key</c>.</param>
    /// <param name="parts">The table of their parts, with the columns <c>part</c> and <c>content</c>.</param>
    /// <param name="file">The column of that table with the file's id.</param>
    public SealedFiles(string files, string parts, string file)
    {
        (this.files, this.parts) = (files, parts);
        Keys = new SealedColumn(files, "id", "file_key");
        insertPart = Sql.Text($"INSERT INTO {parts} ({file}, part, content) VALUES (@File, @Part, @Content)");
        selectParts = Sql.Text($"SELECT content FROM {parts} WHERE {file} = @File AND part >= @From AND part < @UpTo ORDER BY part");
        countParts = Sql.Text($"SELECT COUNT(*) FROM {parts} WHERE {file} = @File");
        deleteParts = Sql.Text($"DELETE FROM {parts} WHERE {file} = @File");
    }

    /// <summary>What is under the key ring: the keys of the files, not the files, which each have a key for life.</summary>
    public SealedColumn Keys { get; }

    /// <summary>Its statements, for the tests that parse them.</summary>
    public IReadOnlyList<Sql> Statements => [insertPart, selectParts, countParts, deleteParts, .. Keys.Statements];

    /// <summary>A new file's key, encrypted for <c>file_key</c>.</summary>
    public byte[] NewKey(KeyRing keys, Guid file) => keys.Encrypt(files, "file_key", file, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));

    /// <summary>Stores a stream part by part as it comes in, each in a transaction of its own: a slow sender holds no more than a part.</summary>
    /// <returns>Its length and its SHA-256 in hexadecimal; null when it is longer than <paramref name="longest"/>, with the parts before that stored.</returns>
    public async Task<(long Size, string Hash)?> Receive(Db db, KeyRing keys, Guid file, byte[] fileKey, Stream source, long longest, CancellationToken cancel)
    {
        using var aes = Open(keys, file, fileKey);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[PartSize];
        var size = 0L;
        for (var part = 0; ; part++)
        {
            var read = await source.ReadAtLeastAsync(buffer, PartSize, throwOnEndOfStream: false, cancel);
            size += read;
            if (size > longest)
            {
                return null;
            }

            if (read > 0)
            {
                hash.AppendData(buffer, 0, read);
                var row = Encrypt(aes, file, part, buffer.AsSpan(0, read));
                await db.Write(tx => tx.Execute(insertPart, row), cancel: cancel);
            }

            if (read < PartSize)
            {
                return (size, Convert.ToHexStringLower(hash.GetHashAndReset()));
            }
        }
    }

    /// <summary>Stores a whole file within a transaction.</summary>
    public async Task Store(Tx tx, KeyRing keys, Guid file, byte[] fileKey, byte[] content)
    {
        using var aes = Open(keys, file, fileKey);
        var rows = content.Chunk(PartSize).Select((plain, part) => Encrypt(aes, file, part, plain)).ToList();
        await tx.ExecuteMany(insertPart, rows);
    }

    /// <summary>The whole file.</summary>
    /// <param name="db">The database.</param>
    /// <param name="keys">The ring that its key is under.</param>
    /// <param name="file">Its id.</param>
    /// <param name="fileKey">Its <c>file_key</c>.</param>
    /// <param name="size">Its length in bytes.</param>
    /// <param name="cancel">Stops between two portions.</param>
    /// <exception cref="CryptographicException">A part is missing or was changed.</exception>
    public async Task<byte[]> Load(Db db, KeyRing keys, Guid file, byte[] fileKey, long size, CancellationToken cancel)
    {
        using var aes = Open(keys, file, fileKey);
        var content = new byte[size];
        var at = 0;
        for (var part = 0; at < size; part += AtOnce)
        {
            var rows = await db.Read(tx => tx.Query<PartRow>(selectParts, new { File = file, From = part, UpTo = part + AtOnce }), cancel);
            for (var i = 0; i < rows.Count; i++)
            {
                at += Decrypt(aes, file, part + i, rows[i].Content, content.AsSpan(at));
            }

            if (rows.Count < AtOnce && at < size)
            {
                throw new CryptographicException($"The file {file} in {parts} is not complete.");
            }
        }

        return content;
    }

    /// <summary>Whether the file is still kept.</summary>
    public async Task<bool> Exists(Tx tx, Guid file) => await tx.Scalar<long>(countParts, new { File = file }) > 0;

    /// <summary>Forgets a file.</summary>
    public Task Drop(Tx tx, Guid file) => tx.Execute(deleteParts, new { File = file });

    private AesGcm Open(KeyRing keys, Guid file, byte[] fileKey) => new(Convert.FromBase64String(keys.Decrypt(files, "file_key", file, fileKey)), TagSize);

    // The key serves one file, so the part's number is a nonce that never repeats.
    private PartRow Encrypt(AesGcm aes, Guid file, int part, ReadOnlySpan<byte> plain)
    {
        var result = new byte[plain.Length + TagSize];
        aes.Encrypt(Nonce(part), plain, result.AsSpan(0, plain.Length), result.AsSpan(plain.Length), Bound(file, part));
        return new PartRow { File = file, Part = part, Content = result };
    }

    private int Decrypt(AesGcm aes, Guid file, int part, ReadOnlySpan<byte> sealedPart, Span<byte> into)
    {
        var length = sealedPart.Length - TagSize;
        if (length < 0 || length > into.Length)
        {
            throw new CryptographicException($"Part {part} of the file {file} in {parts} has not the length that it was stored with.");
        }

        aes.Decrypt(Nonce(part), sealedPart[..length], sealedPart[length..], into[..length], Bound(file, part));
        return length;
    }

    private static byte[] Nonce(int part)
    {
        var nonce = new byte[12];
        BitConverter.TryWriteBytes(nonce, part);
        return nonce;
    }

    private byte[] Bound(Guid file, int part) => Encoding.UTF8.GetBytes($"{parts}\n{file:D}\n{part}");

    private sealed class PartRow
    {
        public Guid File { get; init; }

        public int Part { get; init; }

        public required byte[] Content { get; init; }
    }
}
