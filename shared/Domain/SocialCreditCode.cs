namespace LaborBridge.Domain;

/// <summary>Why a text is no unified social credit code.</summary>
public enum SocialCreditCodeError
{
    /// <summary>No error.</summary>
    None,

    /// <summary>The text is empty.</summary>
    Missing,

    /// <summary>A spreadsheet rounded the digits away.</summary>
    Destroyed,

    /// <summary>Not 18 characters.</summary>
    Length,

    /// <summary>A character outside <c>0-9A-HJ-NPQRTUWXY</c>, or a letter in the division (characters 3 to 8).</summary>
    Characters,

    /// <summary>The inner check fails: characters 9 to 17 are no organisation code.</summary>
    OrganisationCode,
}

/// <summary>
/// A unified social credit code (统一社会信用代码, GB 32100-2015) of 18 characters that holds an organisation code (GB 11714).
/// A failing outer check is a warning, since early codes of Fuzhou and Xiamen are legal without it: see <see cref="OuterCheckFailed"/>. <c>default</c> is <see cref="IsEmpty"/>.
/// </summary>
public readonly record struct SocialCreditCode
{
    const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    static ReadOnlySpan<byte> OuterWeights => [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
    static ReadOnlySpan<byte> InnerWeights => [3, 7, 9, 10, 5, 8, 4, 2];

    readonly string? text;

    SocialCreditCode(string text) => this.text = text;

    /// <summary>Whether this is the <c>default</c> value, no code at all.</summary>
    public bool IsEmpty => text is null;

    /// <summary>The outer check fails. Legal for early codes; a person must look at the licence and clear the warning.</summary>
    public bool OuterCheckFailed => text is not null && CheckDigit(text) != text[17];

    /// <summary>The organisation code, characters 9 to 17.</summary>
    public string OrganisationCode => Text[8..17];

    string Text => text ?? throw new InvalidOperationException("This SocialCreditCode is the default value; it holds no code.");

    /// <summary>Reads a code; case, full-width forms, blanks and dashes do not matter.</summary>
    /// <returns>False with the first <paramref name="error"/> found; <paramref name="code"/> is then empty. A failing outer check is no error.</returns>
    public static bool TryParse(string? text, out SocialCreditCode code, out SocialCreditCodeError error)
    {
        var cleaned = Cells.Identifier(text).Replace("-", "", StringComparison.Ordinal);
        error = Check(cleaned);
        code = error == SocialCreditCodeError.None ? new SocialCreditCode(cleaned) : default;
        return error == SocialCreditCodeError.None;
    }

    /// <inheritdoc cref="TryParse(string?, out SocialCreditCode, out SocialCreditCodeError)"/>
    public static bool TryParse(string? text, out SocialCreditCode code) => TryParse(text, out code, out _);

    /// <summary>Reads a code that was checked before.</summary>
    /// <exception cref="FormatException">The text is no code.</exception>
    public static SocialCreditCode Parse(string text) =>
        TryParse(text, out var code, out var error) ? code : throw new FormatException($"Not a social credit code: {error}.");

    /// <summary>The outer check character of 17 characters: (31 − Σ value × 3^i mod 31) mod 31.</summary>
    /// <exception cref="ArgumentException"><paramref name="first17"/> is too short or holds a foreign character.</exception>
    public static char CheckDigit(ReadOnlySpan<char> first17)
    {
        if (first17.Length < OuterWeights.Length)
            throw new ArgumentException("17 characters are needed.", nameof(first17));
        var sum = 0;
        for (var i = 0; i < OuterWeights.Length; i++)
        {
            var value = Alphabet.IndexOf(first17[i], StringComparison.Ordinal);
            if (value < 0)
                throw new ArgumentException("A character is not of the code's alphabet.", nameof(first17));
            sum += value * OuterWeights[i];
        }

        return Alphabet[(31 - (sum % 31)) % 31];
    }

    /// <summary>The check character of an organisation code's first 8 characters (GB 11714): 0 to 9 or X.</summary>
    /// <exception cref="ArgumentException"><paramref name="first8"/> is too short or holds something other than digits and capital letters.</exception>
    public static char OrganisationCheckDigit(ReadOnlySpan<char> first8)
    {
        if (first8.Length < InnerWeights.Length)
            throw new ArgumentException("8 characters are needed.", nameof(first8));
        var sum = 0;
        for (var i = 0; i < InnerWeights.Length; i++)
        {
            var c = first8[i];
            var value = char.IsAsciiDigit(c) ? c - '0' : char.IsAsciiLetterUpper(c) ? c - 'A' + 10
                : throw new ArgumentException("Digits and capital letters only.", nameof(first8));
            sum += value * InnerWeights[i];
        }

        return (11 - (sum % 11)) switch
        {
            10 => 'X',
            11 => '0',
            var digit => (char)('0' + digit),
        };
    }

    /// <summary>The 18 characters. A firm's code is public.</summary>
    public override string ToString() => text ?? "";

    static SocialCreditCodeError Check(string cleaned)
    {
        if (cleaned.Length == 0)
            return SocialCreditCodeError.Missing;
        if (Cells.IsDestroyedNumber(cleaned))
            return SocialCreditCodeError.Destroyed;
        if (cleaned.Length != 18)
            return SocialCreditCodeError.Length;
        if (!cleaned.All(c => Alphabet.Contains(c, StringComparison.Ordinal)) || !cleaned.AsSpan(2, 6).ContainsOnlyDigits())
            return SocialCreditCodeError.Characters;
        return OrganisationCheckDigit(cleaned.AsSpan(8)) == cleaned[16] ? SocialCreditCodeError.None : SocialCreditCodeError.OrganisationCode;
    }
}
