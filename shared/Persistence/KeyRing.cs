using System.Security.Cryptography;
using System.Text;

namespace LaborBridge.Persistence;

/// <summary>
/// The secret keys of a service: numbered field keys (the highest encrypts, all decrypt, so that keys rotate) and one key for
/// look-up hashes. They live as files in a folder: <c>field-1.key</c>, <c>field-2.key</c>, …, <c>lookup.key</c>, each 32 bytes in base64.
/// </summary>
public sealed class KeyRing
{
    private readonly Dictionary<int, byte[]> fields;
    private readonly byte[] lookup;

    /// <summary>A ring of given keys.</summary>
    /// <param name="fields">Key number (1–255) → 32 bytes.</param>
    /// <param name="lookup">32 bytes.</param>
    public KeyRing(IReadOnlyDictionary<int, byte[]> fields, byte[] lookup)
    {
        if (fields.Count == 0 || fields.Any(field => field.Key is < 1 or > 255 || field.Value.Length != 32) || lookup.Length != 32)
        {
            throw new ArgumentException("A key ring needs at least one field key numbered 1 to 255 and a look-up key, 32 bytes each.", nameof(fields));
        }

        this.fields = new Dictionary<int, byte[]>(fields);
        this.lookup = lookup;
        Current = fields.Keys.Max();
    }

    /// <summary>Number of the key that encrypts.</summary>
    public int Current { get; }

    /// <summary>Reads a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="create">Makes missing keys (mode 600); otherwise a missing key is an error that says what to put where.</param>
    public static KeyRing Load(string folder, bool create)
    {
        if (create)
        {
            Directory.CreateDirectory(folder);
            Make(Path.Combine(folder, "field-1.key"));
            Make(Path.Combine(folder, "lookup.key"));
        }

        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "field-*.key") : [];
        var lookupFile = Path.Combine(folder, "lookup.key");
        if (files.Length == 0 || !File.Exists(lookupFile))
        {
            throw new InvalidOperationException(
                $"No keys in '{folder}'. Put field-1.key and lookup.key there (32 random bytes in base64 each, e.g. 'openssl rand -base64 32'), the same for every service.");
        }

        var fields = files.ToDictionary(file => int.Parse(Path.GetFileNameWithoutExtension(file)["field-".Length..]), Read);
        return new KeyRing(fields, Read(lookupFile));
    }

    /// <summary>Encrypts one field with AES-256-GCM; table, column and row are bound to it, so that a value moved elsewhere does not decrypt.</summary>
    /// <returns>Key number (1 byte), nonce (12), ciphertext, tag (16).</returns>
    public byte[] Encrypt(string table, string column, Guid row, string plain)
    {
        var text = Encoding.UTF8.GetBytes(plain);
        var result = new byte[1 + 12 + text.Length + 16];
        result[0] = (byte)Current;
        RandomNumberGenerator.Fill(result.AsSpan(1, 12));
        using var aes = new AesGcm(fields[Current], 16);
        aes.Encrypt(result.AsSpan(1, 12), text, result.AsSpan(13, text.Length), result.AsSpan(13 + text.Length), Bound(table, column, row));
        return result;
    }

    /// <summary>Decrypts what <see cref="Encrypt"/> made.</summary>
    /// <exception cref="CryptographicException">The value was changed or moved, or its key is gone.</exception>
    public string Decrypt(string table, string column, Guid row, byte[] cipher)
    {
        if (cipher.Length < 29 || !fields.TryGetValue(cipher[0], out var key))
        {
            throw new CryptographicException($"{table}.{column} of {row} is encrypted with a key that this service does not have.");
        }

        var plain = new byte[cipher.Length - 29];
        using var aes = new AesGcm(key, 16);
        aes.Decrypt(cipher.AsSpan(1, 12), cipher.AsSpan(13, plain.Length), cipher.AsSpan(13 + plain.Length), plain, Bound(table, column, row));
        return Encoding.UTF8.GetString(plain);
    }

    /// <summary>Encrypts a value that may be missing.</summary>
    public byte[]? EncryptOrNull(string table, string column, Guid row, string? plain) => plain is null ? null : Encrypt(table, column, row, plain);

    /// <summary>Decrypts a value that may be missing.</summary>
    public string? DecryptOrNull(string table, string column, Guid row, byte[]? cipher) => cipher is null ? null : Decrypt(table, column, row, cipher);

    /// <summary>HMAC-SHA-256 for look-up of equal values, 64 hexadecimal characters; <paramref name="purpose"/> separates the kinds of value.</summary>
    public string Hash(string purpose, string value) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(lookup, Encoding.UTF8.GetBytes($"{purpose}\n{value}")));

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

        using var writer = new StreamWriter(file, options);
        writer.Write(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
    }
}
