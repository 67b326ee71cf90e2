using System.Buffers.Binary;
using System.Security.Cryptography;

namespace LaborBridge.Portal.Accounts;

/// <summary>One-time codes by time: RFC 6238 with SHA-1, 30 seconds and six digits, as every authenticator has it.</summary>
internal static class Totp
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int StepSeconds = 30;

    public static string NewSecret() => Base32(RandomNumberGenerator.GetBytes(20));

    /// <summary>What an authenticator reads from a QR code.</summary>
    public static string Address(string secret, string userName) => $"otpauth://totp/LaborBridge:{Uri.EscapeDataString(userName)}?secret={secret}&issuer=LaborBridge";

    /// <summary>The time step that the code belongs to (one step of clock difference either way), later than the last one taken; else null.</summary>
    public static long? Step(string secret, string? code, DateTimeOffset now, long last)
    {
        var current = now.ToUnixTimeSeconds() / StepSeconds;
        foreach (var step in new[] { current, current - 1, current + 1 })
        {
            if (step > last && code is not null && CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(Code(secret, step)), System.Text.Encoding.UTF8.GetBytes(code.Trim())))
            {
                return step;
            }
        }

        return null;
    }

    public static string Code(string secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // RFC 6238 as authenticators implement it: HMAC-SHA-1, which is not broken as a MAC
        var hash = HMACSHA1.HashData(Bytes(secret), counter);
#pragma warning restore CA5350
        var offset = hash[^1] & 15;
        return ((BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(offset)) & int.MaxValue) % 1_000_000).ToString("D6");
    }

    private static string Base32(byte[] bytes) => string.Create(bytes.Length * 8 / 5, bytes, (text, source) =>
    {
        for (var i = 0; i < text.Length; i++)
        {
            var bit = i * 5;
            var two = (source[bit / 8] << 8) | (bit / 8 + 1 < source.Length ? source[bit / 8 + 1] : 0);
            text[i] = Alphabet[(two >> (11 - bit % 8)) & 31];
        }
    });

    private static byte[] Bytes(string secret)
    {
        var bytes = new byte[secret.Length * 5 / 8];
        for (var i = 0; i < secret.Length; i++)
        {
            var value = Alphabet.IndexOf(secret[i], StringComparison.Ordinal) << 11;
            var bit = i * 5;
            var two = value >> bit % 8;
            if (bit / 8 < bytes.Length)
            {
                bytes[bit / 8] |= (byte)(two >> 8);
            }

            if (bit / 8 + 1 < bytes.Length)
            {
                bytes[bit / 8 + 1] |= (byte)two;
            }
        }

        return bytes;
    }
}
