using System.Security.Cryptography;
using System.Text;

namespace LaborBridge.Persistence;

/// <summary>
/// The secret keys of a service: numbered field keys (the highest encrypts, all decrypt, so that keys rotate) and one key for
/// look-up hashes. They live as files in a folder: <c>field-1.key</c>, <c>field-2.key</c>, …, <c>lookup.key</c>, each 32 bytes in base64.
/// <para>A file that is added while the service runs is found within seconds. It encrypts only when it has lain there for a while, so that every process has it by
/// then and none meets a value that it cannot read.</para>
/// <para>The look-up key does not rotate: a unique index on the hash of the ID is what keeps a person from being registered twice, and would not while
/// two keys hash. A hash says nothing without the key, and the key nothing without the database. Should it be lost to somebody, stop the service and import anew.</para>
/// </summary>
public sealed class KeyRing
{
    private const int LookEvery = 5_000;

    private readonly byte[] lookup;
    private readonly string? folder;
    private readonly TimeSpan settle;
    private volatile IReadOnlyDictionary<int, FieldKey> fields;
    private long lookedAt;

    /// <summary>A ring of given keys.</summary>
    /// <param name="fields">Key number (1–255) → 32 bytes.</param>
    /// <param name="lookup">32 bytes.</param>
    public KeyRing(IReadOnlyDictionary<int, byte[]> fields, byte[] lookup)
        : this(fields.ToDictionary(field => field.Key, field => new FieldKey(field.Value, DateTimeOffset.MinValue)), lookup, folder: null, TimeSpan.Zero)
    {
    }

    private KeyRing(Dictionary<int, FieldKey> fields, byte[] lookup, string? folder, TimeSpan settle)
    {
        if (fields.Count == 0 || fields.Any(field => field.Key is < 1 or > 255 || field.Value.Secret.Length != 32) || lookup.Length != 32)
        {
            throw new ArgumentException("A key ring needs at least one field key numbered 1 to 255 and a look-up key, 32 bytes each.", nameof(fields));
        }

        (this.fields, this.lookup, this.folder, this.settle) = (fields, lookup, folder, settle);
        lookedAt = Environment.TickCount64;
    }

    /// <summary>Number of the key that encrypts: the highest that has settled, or the lowest where none has.</summary>
    public int Current
    {
        get
        {
            Look(Environment.TickCount64 - Volatile.Read(ref lookedAt) > LookEvery);
            var known = fields;
            if (known.Count == 1)
            {
                return known.Keys.First();
            }

            var settled = TimeProvider.System.GetUtcNow() - settle;
            return known.Where(one => one.Value.Since <= settled).Select(one => one.Key).DefaultIfEmpty(known.Keys.Min()).Max();
        }
    }

    /// <summary>Number of the highest key, settled or not.</summary>
    public int Newest
    {
        get
        {
            Look(now: true);
            return fields.Keys.Max();
        }
    }

    /// <summary>Adds a key to the folder, with the next number. It encrypts once it has settled.</summary>
    /// <returns>Its number.</returns>
    /// <exception cref="IOException">The folder cannot be written to (a mounted secret): the key is to be put there by hand.</exception>
    public int Add()
    {
        var number = Newest + 1;
        Make(Path.Combine(folder ?? throw new InvalidOperationException("This ring has no folder."), $"field-{number}.key"));
        return Newest;
    }

    /// <summary>Reads a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="create">Makes missing keys (mode 600); otherwise a missing key is an error that says what to put where.</param>
    /// <param name="settle">How long a further key lies in the folder before it encrypts.</param>
    public static KeyRing Load(string folder, bool create, TimeSpan settle = default)
    {
        if (create)
        {
            Directory.CreateDirectory(folder);
            if (Files(folder).Length == 0)
            {
                Make(Path.Combine(folder, "field-1.key"));
            }

            Make(Path.Combine(folder, "lookup.key"));
        }

        var files = Directory.Exists(folder) ? Files(folder) : [];
        var lookupFile = Path.Combine(folder, "lookup.key");
        if (files.Length == 0 || !File.Exists(lookupFile))
        {
            throw new InvalidOperationException(
                $"No keys in '{folder}'. Put field-1.key and lookup.key there (32 random bytes in base64 each, e.g. 'openssl rand -base64 32'), the same for every service.");
        }

        return new KeyRing(files.ToDictionary(Number, Open), Read(lookupFile), folder, settle);
    }

    /// <summary>Encrypts one field with AES-256-GCM; table, column and row are bound to it, so that a value moved elsewhere does not decrypt.</summary>
    /// <returns>Key number (1 byte), nonce (12), ciphertext, tag (16).</returns>
    public byte[] Encrypt(string table, string column, Guid row, string plain)
    {
        var text = Encoding.UTF8.GetBytes(plain);
        var result = new byte[1 + 12 + text.Length + 16];
        var current = Current;
        result[0] = (byte)current;
        RandomNumberGenerator.Fill(result.AsSpan(1, 12));
        fields[current].Cipher.Encrypt(result.AsSpan(1, 12), text, result.AsSpan(13, text.Length), result.AsSpan(13 + text.Length), Bound(table, column, row));
        return result;
    }

    /// <summary>Decrypts what <see cref="Encrypt"/> made.</summary>
    /// <exception cref="CryptographicException">The value was changed or moved, or its key is gone.</exception>
    public string Decrypt(string table, string column, Guid row, byte[] cipher)
    {
        // A key that another process encrypts with already may be new in the folder.
        Look(cipher.Length > 0 && !fields.ContainsKey(cipher[0]));
        if (cipher.Length < 29 || !fields.TryGetValue(cipher[0], out var key))
        {
            throw new CryptographicException($"{table}.{column} of {row} is encrypted with a key that this service does not have.");
        }

        var plain = new byte[cipher.Length - 29];
        key.Cipher.Decrypt(cipher.AsSpan(1, 12), cipher.AsSpan(13, plain.Length), cipher.AsSpan(13 + plain.Length), plain, Bound(table, column, row));
        return Encoding.UTF8.GetString(plain);
    }

    /// <summary>Encrypts a value that may be missing.</summary>
    public byte[]? EncryptOrNull(string table, string column, Guid row, string? plain) => plain is null ? null : Encrypt(table, column, row, plain);

    /// <summary>Decrypts a value that may be missing.</summary>
    public string? DecryptOrNull(string table, string column, Guid row, byte[]? cipher) => cipher is null ? null : Decrypt(table, column, row, cipher);

    /// <summary>HMAC-SHA-256 for look-up of equal values, 64 hexadecimal characters; <paramref name="purpose"/> separates the kinds of value.</summary>
    public string Hash(string purpose, string value) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(lookup, Encoding.UTF8.GetBytes($"{purpose}\n{value}")));

    private void Look(bool now)
    {
        if (!now || folder is null)
        {
            return;
        }

        Volatile.Write(ref lookedAt, Environment.TickCount64);
        var known = fields;
        var added = Files(folder).Where(file => !known.ContainsKey(Number(file))).ToList();
        if (added.Count > 0)
        {
            fields = known.Concat(added.Select(file => KeyValuePair.Create(Number(file), Open(file)))).ToDictionary();
        }
    }

    private static string[] Files(string folder) => Directory.GetFiles(folder, "field-*.key");

    private static int Number(string file) => int.Parse(Path.GetFileNameWithoutExtension(file)["field-".Length..]);

    private static FieldKey Open(string file) => new(Read(file), new DateTimeOffset(File.GetLastWriteTimeUtc(file)));

    private static byte[] Bound(string table, string column, Guid row) => Encoding.UTF8.GetBytes($"{table}\n{column}\n{row:D}");

    private static byte[] Read(string file) => Convert.FromBase64String(File.ReadAllText(file).Trim());

    private static void Make(string file)
    {
        if (File.Exists(file))
        {
            return;
        }

        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        // Under its name it is there whole or not at all: running services read whatever they find.
        var draft = $"{file}.{Environment.ProcessId}.new";
        using (var writer = new StreamWriter(draft, options))
        {
            writer.Write(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        }

        File.Move(draft, file);
    }

    private sealed record FieldKey(byte[] Secret, DateTimeOffset Since)
    {
        // To set a cipher up takes longer than to encrypt a field. One serves one thread.
        private readonly ThreadLocal<AesGcm> cipher = new(() => new AesGcm(Secret, 16));

        public AesGcm Cipher => cipher.Value!;
    }
}
